"""`kb schema`: the published schemas are what the program reads and returns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml as pyyaml

from kb.cli.app import main
from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.lint.scenarios import assessment, read_folder
from kb.model.assessment import Assessment
from kb.render.authoring import schema as schemas_module
from kb.render.authoring.ids import rules_schema
from kb.render.authoring.schema import NAMES, schemas
from kb.rules import open_rules
from kb.store import yaml
from kb.store.loader import load

ROOT = Path(__file__).parents[3]
LIBRARY = ROOT / "tests" / "fixtures" / "library"
COMPILED = json.loads(json.dumps(build(load(LIBRARY / "rules"))))
SCHEMAS = schemas(COMPILED)


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KB_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def valid(name: str, value: Any) -> bool:
    checker = jsonschema.FormatChecker()
    return jsonschema.Draft202012Validator(SCHEMAS[name], format_checker=checker).is_valid(plain(value))


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value, default=str))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(schemas_module, "FOLDER", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_every_schema_is_a_schema_that_editors_can_use(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    assert "prefixItems" not in json.dumps(SCHEMAS[name])


def test_every_rule_file_of_the_library_is_valid() -> None:
    for path in sorted(LIBRARY.rglob("*.yaml")):
        found = yaml.read(path).value
        for each in found if isinstance(found, list) else [found]:
            assert valid(each["kind"], each), path
            assert not valid(each["kind"], {**each, "another-key": 1}), path


def test_every_assessment_is_valid_and_nothing_else_is_in_it() -> None:
    rules = RuleSet(COMPILED)
    found, _ = read_folder(LIBRARY / "tests" / "scenarios")
    for each in found:
        result = assessment(rules, each.scenario, each.document, LIBRARY)
        result["rules_hash"] = "sha256:" + "0" * 64
        assert valid("assessment", result), each.scenario.id
        model = Assessment.model_validate_json(json.dumps(result))
        assert json.loads(model.model_dump_json(by_alias=True, exclude_unset=True)) == plain(result)


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_example_and_its_assessment_are_valid(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = yaml.read(path).value
    shipped = schemas(open_rules(ROOT / "rules").check.data)
    jsonschema.validate(plain(profile), shipped["profile"])
    assert main(["check", str(path), "--format", "json"]) == 0
    jsonschema.validate(json.loads(capsys.readouterr().out), shipped["assessment"])


ANSWERS = [
    ("company", "garden-loads", 100, True),
    ("company", "garden-loads", "unknown", True),
    ("company", "garden-loads", {"at_least": 5, "at_most": 9}, True),
    (
        "company",
        "garden-loads",
        {"at_least": 5, "by": "the owner", "on": date(2024, 1, 1), "note": "scales"},
        True,
    ),
    ("company", "garden-loads", {"value": 5, "by": "the owner"}, True),
    ("company", "garden-loads", {"value": "unknown", "by": "the owner"}, True),
    ("company", "garden-loads", {"by": "the owner"}, False),
    ("company", "garden-loads", "many", False),
    ("company", "garden-loads", True, False),
    ("company", "garden-loads", -1, False),
    ("company", "garden-loads", 10**15 + 1, False),
    ("company", "garden-loads", {"one_of": [1, 2]}, False),
    ("company", "garden-loads", {"value": 5, "at_least": 5}, False),
    ("company", "garden-grown-on", date(2024, 1, 1), True),
    ("company", "garden-grown-on", "none", True),
    ("company", "garden-grown-on", {"at_most": date(2024, 1, 1)}, True),
    ("company", "garden-grown-on", "soon", False),
    ("company", "fire-watcher-hired", True, True),
    ("company", "fire-watcher-hired", "true", False),
    ("company", "fire-watcher-hired", 1, False),
    ("company", "large-garden", True, False),
    ("company", "sky", "rain", False),
    ("company", "garden-load", 1, False),
    ("pickings", "sky", "rain", True),
    ("pickings", "sky", {"one_of": ["rain", "clear"]}, True),
    ("pickings", "sky", {"one_of": []}, False),
    ("pickings", "sky", "snow", False),
]


@pytest.mark.parametrize(("where", "fact", "answer", "sound"), ANSWERS)
def test_the_profile_schema_accepts_what_the_reader_accepts(
    where: str, fact: str, answer: Any, sound: bool
) -> None:
    given = {fact: answer}
    body = {"company": given} if where == "company" else {where: [{"id": "one", **given}]}
    profile = {"kind": "profile", **body}
    assert valid("profile", profile) is sound
    assert readable(profile) is sound


def test_only_a_date_that_may_never_come_can_be_none() -> None:
    compiled = json.loads(json.dumps(COMPILED))
    del compiled["facts"]["garden-grown-on"]["optional"]
    schema = schemas(compiled)["profile"]
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    assert not validator.is_valid({"kind": "profile", "company": {"garden-grown-on": "none"}})
    assert validator.is_valid({"kind": "profile", "company": {"garden-grown-on": "2024-01-01"}})


def readable(profile: Any) -> bool:
    try:
        read_profile(yaml.parse(pyyaml.safe_dump(profile), "p.yaml"), RuleSet(COMPILED))
    except KbError:
        return False
    return True


def test_the_example_profile_is_valid_and_told_in_both_languages() -> None:
    assert valid("profile", yaml.read(LIBRARY / "examples" / "large-garden.yaml").value)
    fact = SCHEMAS["profile"]["properties"]["company"]["properties"]["garden-loads"]
    assert fact["title"] == "loads of leaf the garden gives in a year"
    assert fact["description"].endswith("您的茶园一年产多少担茶叶？")


def test_one_schema_is_printed(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["schema", "rule"]) == 0
    assert json.loads(capsys.readouterr().out) == SCHEMAS["rule"]
    assert main(["schema"]) == 0
    assert capsys.readouterr().out.split() == [*NAMES, "rules"]


def test_an_unknown_kind_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "rulle"]) == 2
    assert capsys.readouterr().err == 'kb schema KB409 there is no kind "rulle". Did you mean "rule"?\n'


@pytest.mark.parametrize("option", ["--check", "--write", "-o=."])
def test_one_kind_goes_with_no_option_about_all(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "rule", option]) == 2
    told = capsys.readouterr()
    assert (told.out, "kb schema KB431 rule alone is printed" in told.err) == ("", True)


def test_stale_schemas_are_found_and_written_anew(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    words = ["schema", "--rules", str(LIBRARY / "rules")]
    assert main([*words, "--check"]) == 1
    assert main([*words, "--write"]) == 0
    assert main([*words, "--check"]) == 0
    (folder / "rule.json").write_text("{}\n", encoding="utf-8")
    (folder / "role.json").write_text("{}\n", encoding="utf-8")
    capsys.readouterr()
    assert main([*words, "--check"]) == 1
    assert [Path(line.split(" is stale")[0]).name for line in capsys.readouterr().err.splitlines()] == [
        "role.json",
        "rule.json",
    ]
    assert main([*words, "--write"]) == 0
    assert capsys.readouterr().err == "role.json removed\nrule.json written\n"
    assert main([*words, "--check"]) == 0


def test_a_folder_of_ones_own_gets_the_schemas_with_ids(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "readme.json").write_text("{}", encoding="utf-8")
    words = ["schema", "--rules", str(LIBRARY / "rules"), "-o", str(tmp_path)]
    assert main([*words, "--check"]) == 1
    assert main(words) == 0
    assert main([*words, "--check"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["profile.json", "readme.json", "rules.json"]
    assert main(["schema", "rules", "--rules", str(LIBRARY / "rules")]) == 0
    assert capsys.readouterr().out.endswith((tmp_path / "rules.json").read_text(encoding="utf-8"))


def with_ids(folder: Path) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(rules_schema(open_rules(folder).library))


def test_ids_of_the_rule_set_are_offered_and_others_marked() -> None:
    validator = with_ids(LIBRARY / "rules")
    validator.check_schema(validator.schema)
    for path in sorted((LIBRARY / "rules").rglob("*.yaml")):
        assert validator.is_valid(plain(yaml.read(path).value)), path
    text = (LIBRARY / "rules" / "tea" / "hire-fire-watcher.yaml").read_text(encoding="utf-8")
    for right, wrong in (
        ("fact: large-garden", "fact: large-gardens"),
        ("topics: [tea]", "topics: [coffee]"),
        ("addressee: grower", "addressee: dancer"),
        ("to: tea-council", "to: coffee-council"),
        ("ref: tea-law/3-1.1", "ref: tea-law/9.1"),
        ("readings: [watcher-shared]", "readings: [watcher-lent]"),
    ):
        assert right in text
        assert not validator.is_valid(plain(yaml.parse(text.replace(right, wrong), "x.yaml").value)), wrong
    told = validator.schema["$defs"]["id-of-fact"]
    shown = dict(zip(told["enum"], told["enumDescriptions"], strict=True))
    assert shown["large-garden"] == "The garden is a large one · 属于大茶园"


SHIPPED = (
    "topics.yaml", "items.yaml", "thresholds/ages.yaml", "facts/grounds.yaml", "data-export/export-route.yaml",
    "pharma-pte/pte.yaml", "data-export/file-standard-contract.yaml",
    "data-export/instruments/export-facilitation.yaml",
)  # fmt: skip


def test_shipped_files_of_most_kinds_are_valid() -> None:
    validator = with_ids(ROOT / "rules")
    for name in SHIPPED:
        assert validator.is_valid(plain(yaml.read(ROOT / "rules" / name).value)), name
