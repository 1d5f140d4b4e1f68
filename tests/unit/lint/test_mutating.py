"""Mutation of the law: what a scenario notices is killed, what says the same is dropped, the rest is named."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from inventions import FOREVER, FURNITURE, Plain, as_yaml, decision, document, fact, knowledge, rule

from kb.cli.app import main
from kb.cli.site import measured
from kb.diagnostics import KbError
from kb.lint.mutating.law import Law
from kb.lint.mutating.mutants import Mutant, mutants
from kb.lint.mutating.mutate import Trial, made, trials
from kb.lint.mutating.report import tallies
from kb.lint.scenarios import Found, profile_of
from kb.model.scenario import Scenario
from kb.render.site.noticed import is_measured
from kb.rules import open_rules
from kb.store import yaml

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
ALWAYS: Plain = {"from": FOREVER}
DAY = date(2015, 1, 1)


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def scenario(name: str, expect: Plain, day: date = DAY, **company: Any) -> Plain:
    words = {"en": "w", "zh": "文"}
    return {
        "kind": "scenario",
        "id": name,
        "title": words,
        "as_of": day,
        "given": {"company": company},
        "expect": expect,
    }


def tried(objects: list[Plain], *scenarios: Plain) -> list[Trial]:
    """What becomes of each mutant of the invented objects, but for the furniture."""
    base = knowledge([*FURNITURE, *objects])
    chosen = [each for each in made(base) if each.key[0] != "threshold"]
    law = Law(base, chosen)
    found = []
    for each in scenarios:
        one = Found(Scenario.model_validate(each), document(each))
        found.append((one, profile_of(law.rules, one.scenario, one.document, Path())))
    return list(trials(base, found, chosen, law))


def fates(found: list[Trial], kind: str) -> dict[str, str]:
    return {each.mutant.words: each.fate for each in found if each.mutant.kind == kind}


COUNT = fact("n", "count")
LINE = rule("r", [{**ALWAYS, "applies_when": {"fact": "n", "at_least": 10}}])


def test_scenarios_on_both_sides_of_a_line_notice_every_slip_of_it() -> None:
    found = tried(
        [COUNT, LINE],
        scenario("at", {"applies": ["r"]}, n=10),
        scenario("below", {"does_not_apply": ["r"]}, n=9),
    )
    assert fates(found, "threshold") == {"at_least 10 → 9": "killed", "at_least 10 → 11": "killed"}
    assert fates(found, "bound") == {"at_least → more_than": "killed"}


def test_a_slip_nobody_tried_survives_with_the_scenario_that_would_notice_it() -> None:
    found = tried(
        [COUNT, LINE],
        scenario("far", {"applies": ["r"]}, n=100),
        scenario("none", {"does_not_apply": ["r"]}, n=0),
    )
    assert fates(found, "threshold") == {"at_least 10 → 9": "survived", "at_least 10 → 11": "survived"}
    missing = {each.mutant.words: each.missing for each in found if each.mutant.kind == "threshold"}
    low, high = missing["at_least 10 → 9"], missing["at_least 10 → 11"]
    assert low is not None and low.text() == (
        "as_of: 2010-01-01\ngiven:\n  company:\n    n: 9\nexpect:\n  does_not_apply: [r]\n  # after the change: applies\n"
    )
    assert high is not None and high.expect() == {"applies": ["r"]} and "n: 10" in high.text()


def test_every_scenario_that_is_called_missing_kills_its_mutant() -> None:
    objects = [
        COUNT, fact("a", "boolean"), fact("d", "date", "flow"),
        fact("big", "boolean", derive={"fact": "n", "at_least": {"threshold": "from-line"}}),
        rule("free", [{**ALWAYS, "applies_when": {"fact": "d", "before": date(2014, 1, 1)}}], "flow", "exemption"),
        rule("r", [
            {**ALWAYS, "to": date(2013, 12, 31), "applies_when": {"all": [yes("a"), yes("big")]}},
            {"from": date(2014, 1, 1), "applies_when": {"any": [yes("a"), yes("big")]}, "unless": ["free"],
             "fulfilled_when": {"fact": "d", "within": {"years": 2}}},
        ], "flow"),
    ]  # fmt: skip
    first = tried(objects)
    survivors = [each for each in first if each.missing is not None]
    assert {each.mutant.kind for each in survivors} == {"all-any", "bound", "branch", "date", "threshold"}
    asked = []
    for number, each in enumerate(survivors):
        assert each.missing is not None
        plain = document_of(each.missing.text())
        asked.append({"kind": "scenario", "id": f"s{number}", "title": {"en": "w", "zh": "文"}, **plain})
    again = tried(objects, *asked)
    assert Counter(each.fate for each in again)["survived"] == 0
    assert [each.fate for each in again if each.fate == "equivalent"] == [
        each.fate for each in first if each.fate == "equivalent"
    ]


def document_of(text: str) -> Plain:
    value: Any = yaml.parse(text, "missing.yaml").value
    return {
        **value,
        "given": {key: each for key, each in value["given"].items() if key not in ("kind", "as_of")},
    }


def test_a_change_that_changes_nothing_is_dropped() -> None:
    """The second branch lies within the first, so that losing it loses nobody."""
    inside = {"any": [{"fact": "n", "at_least": 10}, {"fact": "n", "at_least": 20}]}
    found = tried([COUNT, rule("r", [{**ALWAYS, "applies_when": inside}])])
    assert fates(found, "branch") == {
        "without part 1 of `any`": "survived",
        "without part 2 of `any`": "equivalent",
    }


def test_a_table_that_no_longer_closes_is_refused() -> None:
    rows = {
        "in": [{**ALWAYS, "when": yes("a"), "outcome": "x"}],
        "out": [{**ALWAYS, "when": {"not": yes("a")}, "outcome": "y"}],
    }
    wide = {"all": [yes("a"), yes("b")]}
    rows["in"][0]["when"], rows["out"][0]["when"] = wide, {"not": wide}
    found = tried([fact("a", "boolean"), fact("b", "boolean"), decision("way", rows)])
    assert set(fates(found, "all-any").values()) == {"refused"}


def test_a_slip_in_a_shared_fact_is_noticed_by_a_scenario_about_what_rests_on_it() -> None:
    shared = fact("big", "boolean", derive={"fact": "n", "at_least": 10})
    user = rule("r", [{**ALWAYS, "applies_when": yes("big")}])
    found = tried([COUNT, shared, user], scenario("at", {"applies": ["r"]}, n=10))
    assert fates(found, "threshold") == {"at_least 10 → 9": "survived", "at_least 10 → 11": "killed"}


def test_versions_that_meet_move_together() -> None:
    versions = [
        {**ALWAYS, "to": date(2019, 12, 31), "applies_when": yes("a")},
        {"from": date(2020, 1, 1), "applies_when": yes("b")},
    ]
    base = knowledge([*FURNITURE, fact("a", "boolean"), fact("b", "boolean"), rule("r", versions)])
    moved: list[Mutant] = [
        each for each in mutants(("rule", "r"), base.rules["r"]) if "2020-01-01" in each.words
    ]
    spans = [[(one.start, one.end) for one in each.changed.versions] for each in moved]
    assert spans == [
        [(FOREVER, date(2019, 12, 30)), (date(2019, 12, 31), None)],
        [(FOREVER, date(2020, 1, 1)), (date(2020, 1, 2), None)],
    ]


def test_a_sample_is_spread_evenly_and_always_the_same() -> None:
    base = knowledge([*FURNITURE, COUNT, LINE])
    whole, part = made(base), made(base, most=4)
    assert part == made(base, most=4)
    assert [whole.index(each) for each in part] == [0, len(whole) // 4, len(whole) // 2, 3 * len(whole) // 4]


def test_the_command_reports_each_topic_and_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    assert main(["lint", str(library / "rules"), "--mutate", "--topic", "tea", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["code"] for each in told["findings"]} == {"KB540"}
    (dates,) = [each for each in told["mutation"] if each["change"] == "date"]
    assert dates == {
        "topic": "tea",
        "change": "date",
        "killed": 0,
        "refused": 4,
        "survived": 6,
        "equivalent": 2,
        "rate": 0.4,
    }
    more = [
        {
            "kind": "scenario",
            "id": f"more-{number}",
            "title": {"en": "w", "zh": "文"},
            **document_of(each["scenario"]),
        }
        for number, each in enumerate(told["findings"])
    ]
    (library / "tests" / "scenarios" / "more.yaml").write_text(as_yaml(more), encoding="utf-8")
    rates = tmp_path / "rates.json"
    assert main(["lint", str(library / "rules"), "--mutate", "--format", "json", "--rates", str(rates)]) == 0
    published = json.loads(rates.read_text(encoding="utf-8"))
    assert is_measured(published)
    assert published["total"]["date"] == published["topics"]["tea"]["date"] == {"noticed": 10, "missed": 0}
    assert published["rules"] == open_rules(library / "rules").hash
    told = json.loads(capsys.readouterr().out)
    assert told["findings"] == []
    assert {each["rate"] for each in told["mutation"]} == {1}


def test_a_shared_number_counts_in_each_topic_that_rests_on_it() -> None:
    base = knowledge([*FURNITURE, COUNT, LINE])
    (line,) = [each for each in made(base) if each.kind == "bound"]
    assert tallies(base, [Trial(line, "killed")])["trade", "bound"].rate == 1


def test_rates_are_of_all_topics(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    rates = ["--rates", str(tmp_path / "rates.json")]
    for words in (["--prove"], ["--mutate", "--topic", "tea"], ["--mutate", "--sample", "3"]):
        assert main(["lint", str(LIBRARY / "rules"), *words, *rates]) == 2
    assert capsys.readouterr().err.count("KB431 --rates goes with --mutate") == 3


def test_a_survivor_stands_in_sarif_with_the_scenario_that_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["lint", str(LIBRARY / "rules"), "--mutate", "--format", "sarif"]) == 0
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert {each["ruleId"] for each in results} == {"KB540"}
    assert all(each["properties"]["scenario"].startswith("as_of: ") for each in results)


def test_an_unknown_topic_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", str(LIBRARY / "rules"), "--mutate", "--topic", "coffee"]) == 2
    assert 'no rules on a topic "coffee"' in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "[" * 9999,
        '{"rules": "x"}',
        '{"schema": "hegui/mutation/1", "day": "", "rules": ""}',
    ],
)
def test_rates_of_another_shape_are_refused_by_the_site(text: str, tmp_path: Path) -> None:
    (tmp_path / "rates.json").write_text(text, encoding="utf-8")
    with pytest.raises(KbError, match=r"rates\.json:1:1 KB104"):
        measured(tmp_path / "rates.json")
