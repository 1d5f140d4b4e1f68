"""`kb new`: a template that has every key of its model and is sound as it stands."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from kb.cli import new, options
from kb.cli.app import main
from kb.model.base import Model
from kb.model.kinds import KINDS
from kb.render.authoring.template import TEMPLATES, template
from kb.rules import open_rules
from kb.store import files, yaml
from kb.store.loader import objects_in

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
TODAY = date(2024, 6, 1)
COMMENTED_OUT = re.compile(r"^( *)# (?!#)", re.MULTILINE)


def everything(kind: str) -> Any:
    """The template with every optional key, too."""
    text = template(kind, "some/id", TODAY)
    text = "\n".join(line for line in text.splitlines() if not re.match(r"[ #]*## ", line))
    while COMMENTED_OUT.search(text):
        text = COMMENTED_OUT.sub(r"\1", text)
    return yaml.parse(text + "\n", "t.yaml").value


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is not None:
        for each in get_args(annotation):
            yield from models_in(each)


def missing(model: type[BaseModel], value: Any, at: str = "") -> Iterator[str]:
    """Keys of a model, at any depth, that a value lacks or has too many of."""
    keys = {field.alias or name for name, field in model.model_fields.items()}
    yield from (f"{at}{key}" for key in keys ^ set(value))
    for name, field in model.model_fields.items():
        part = value.get(field.alias or name)
        inner = list(models_in(field.annotation))
        for each in part if isinstance(part, list) else [part]:
            if len(inner) == 1 and isinstance(each, dict):
                yield from missing(inner[0], each, f"{at}{name}.")


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_has_exactly_the_keys_of_its_model(kind: str) -> None:
    assert list(missing(KINDS[kind], everything(kind))) == []


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_a_sound_object_as_it_stands(kind: str) -> None:
    findings: list[Any] = []
    document = yaml.parse(template(kind, "some/id", TODAY), "t.yaml")
    [(found, _)] = objects_in(document, findings)
    assert findings == []
    assert isinstance(found, Model)
    assert (found.kind, found.id) == (kind, "some/id")  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", TEMPLATES)
def test_required_keys_come_first(kind: str) -> None:
    text = template(kind, "some/id", TODAY)
    top = [line for line in text.splitlines() if re.match(r"(# )?[a-z_]+:", line)]
    commented = [line.startswith("#") for line in top]
    assert commented == sorted(commented)


def test_a_template_explains_and_dates_itself() -> None:
    text = template("rule", "some/id", TODAY)
    assert "## one of: obligation | prohibition | permission | exemption\nmodality: obligation\n" in text
    assert "  - from: 2024-06-01\n" in text
    assert "status: unreviewed" in text, "only a person can say that they reviewed it"


def test_a_file_is_written_where_it_belongs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(new, "today", lambda: TODAY)
    rules = tmp_path / "rules"
    rules.mkdir()
    for kind, id_, path in (
        ("rule", "tea/rest", rules / "tea" / "rest.draft.yaml"),
        ("threshold", "long-rain", rules / "thresholds" / "long-rain.draft.yaml"),
        ("scenario", "rainy-day", tmp_path / "tests" / "scenarios" / "rainy-day.draft.yaml"),
    ):
        assert main(["new", kind, id_, "--rules", str(rules)]) == 0
        told = capsys.readouterr()
        assert told.out == f"{path}\n"
        assert f"`kb lint {path} --rules {rules}`, then name it {id_.split('/')[-1]}.yaml" in told.err
        assert path.read_text(encoding="utf-8") == template(kind, id_, TODAY)


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "glossary").mkdir()
    path = tmp_path / "glossary" / "tea.yaml"
    path.write_text("mine\n", encoding="utf-8")
    assert main(["new", "term", "tea", "--rules", str(tmp_path)]) == 2
    assert f"{path}:1:1 KB434 exists already" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A rule set of one's own."""
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    shutil.copytree(LIBRARY, tmp_path / "house")
    return tmp_path / "house" / "rules"


def test_a_draft_breaks_no_other_command(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = open_rules(house).hash
    for kind in TEMPLATES:
        assert main(["new", kind, f"tea/new-{kind}", "--rules", str(house)]) == 0
    assert open_rules(house).hash == before
    assert main(["lint", str(house)]) == 0
    assert main(["check", str(house.parent / "examples" / "large-garden.yaml"), "--rules", str(house)]) == 0


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("rule", {"KB202"}), ("scenario", {"KB525"}), ("term", set()), ("threshold", {"KB203"})],
)
def test_a_draft_is_checked_by_name(
    kind: str, codes: set[str], house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", kind, f"tea-new-{kind}", "--rules", str(house)])
    draft = capsys.readouterr().out.strip()
    main(["lint", draft, "--rules", str(house), "--format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["objects"] == 1
    assert codes <= {each["code"] for each in report["findings"]}
    assert all(each["path"].endswith(f"tea-new-{kind}.draft.yaml") for each in report["findings"])


def test_the_rules_of_an_installed_package_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(files, "_PACKAGED", tmp_path / "_data")
    (tmp_path / "_data" / "rules").mkdir(parents=True)
    monkeypatch.setattr(options, "data_folder", lambda name: tmp_path / "_data" / name)
    assert main(["new", "term", "tea"]) == 2
    assert "kb new KB481 the rules that came along" in capsys.readouterr().err
    assert list((tmp_path / "_data" / "rules").iterdir()) == []


def test_stdout_writes_no_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "term", "tea", "--rules", str(tmp_path), "--stdout"]) == 0
    assert "kind: term\nid: tea\n" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["treshold", "a"], 'kb new KB409 there is no template of "treshold". Did you mean "threshold"?'),
        (["zzz", "a"], "Kinds: "),
        (["rule", "Article 7"], 'kb new KB104 "Article 7" is no id.'),
        (["rule", "../../etc/passwd"], "is no id"),
        (["rule", "a", "--rules", "no/such/folder"], "no such folder of rules"),
    ],
)
def test_what_cannot_be_made_ends_in_2(
    words: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", *words]) == 2
    assert hint in capsys.readouterr().err
