"""Tests of a date seen from the day asked about, held to a direct reading of the calendar."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.evaluate import open_facts, outcomes
from kb.engine.compiling.build import build
from kb.engine.dates.workdays import Calendar, Offset
from kb.engine.ruleset import RuleSet
from kb.store import yaml
from kb.store.loader import load

RULES = """
- kind: topic
  id: licences
  title: {en: Licences, zh: 许可}
  summary: {en: Licences, zh: 许可}
- kind: term
  id: holder
  term: {en: holder, zh: 持有人}
  definition: {en: who holds a licence, zh: 持有许可的人}
- kind: authority
  id: office
  name: {en: Office, zh: 办公室}
  short: {en: Office, zh: 办公室}
- kind: instrument
  id: act
  rank: law
  title: {en: Licence Act, zh: 许可法}
  short: {en: Licence Act, zh: 许可法}
  issued_by: [office]
  in_force: {from: 2020-01-01}
  state: in-force
  source: {language: zh}
  coverage: complete
  review: REVIEW
  provisions:
    - ref: "1"
      heading: {en: Term, zh: 期限}
      formalised: full
- kind: fact
  id: granted-on
  about: company
  type: date
  optional: true
  label: {en: day of the grant, zh: 授予日}
  question: {en: When was it granted?, zh: 何时授予}
- kind: fact
  id: sound
  about: company
  type: boolean
  label: {en: It is sound, zh: 有效}
  negative: {en: It is not sound, zh: 无效}
  question: {en: Is it sound?, zh: 是否有效}
- kind: decision
  id: standing
  title: {en: Standing, zh: 状态}
  topics: [licences]
  outcomes:
    - {id: early, label: {en: early, zh: 早}, meaning: {en: early, zh: 早}}
    - {id: holds, label: {en: holds, zh: 有}, meaning: {en: holds, zh: 有}}
    - {id: lapsed, label: {en: lapsed, zh: 失}, meaning: {en: lapsed, zh: 失}}
    - {id: old-law, label: {en: old law, zh: 旧}, meaning: {en: old law, zh: 旧}}
  review: REVIEW
  rows:
    - row: early
      title: {en: early, zh: 早}
      versions:
        - from: 2020-01-01
          when: {fact: granted-on, happened: false}
          outcome: early
          basis: [{ref: act/1}]
    - row: holds
      title: {en: holds, zh: 有}
      versions:
        - from: 2020-01-01
          when:
            all:
              - {fact: granted-on, within: {years: 3}}
              - {fact: granted-on, on_or_after: 2024-03-22}
          outcome: holds
          basis: [{ref: act/1}]
    - row: old-law
      title: {en: old law, zh: 旧}
      versions:
        - from: 2020-01-01
          when:
            all:
              - {fact: granted-on, within: {years: 3}}
              - {fact: granted-on, before: 2024-03-22}
          outcome: old-law
          basis: [{ref: act/1}]
    - row: lapsed
      title: {en: lapsed, zh: 失}
      versions:
        - from: 2020-01-01
          when:
            all:
              - {fact: granted-on, happened: true}
              - not: {fact: granted-on, within: {years: 3}}
          outcome: lapsed
          basis: [{ref: act/1}]
""".replace(
    "REVIEW",
    "{status: reviewed, checked_on: 2026-11-21, checked_against: official-text, by: x, recheck_by: 2027-05-21}",
)


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> RuleSet:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "all.yaml").write_text(RULES, encoding="utf-8")
    return RuleSet(json.loads(json.dumps(build(load(Path(folder))))))


def standing(rules: RuleSet, answer: str, as_of: date) -> tuple[Situation, int, View]:
    text = f"kind: profile\ncompany:\n  granted-on: {answer}\n"
    situation = Situation(rules, read_profile(yaml.parse(text, "p.yaml"), rules), as_of)
    period = rules.period(rules.decisions["standing"], as_of)
    assert period is not None
    return situation, period["outcomes"], situation.company


def expected(granted: date | None, as_of: date) -> str:
    if granted is None or granted > as_of:
        return "early"
    if Calendar.of([]).add(granted, Offset(years=3)).day < as_of:
        return "lapsed"
    return "holds" if granted >= date(2024, 3, 22) else "old-law"


@pytest.mark.parametrize(
    ("granted", "as_of", "outcome"),
    [
        ("2024-05-10", "2024-05-09", "early"),
        ("2024-05-10", "2024-05-10", "holds"),
        ("2024-05-10", "2027-05-10", "holds"),
        ("2024-05-10", "2027-05-11", "lapsed"),
        ("2024-02-29", "2027-02-28", "old-law"),
        ("2024-02-29", "2027-03-01", "lapsed"),
        ("none", "2026-11-21", "early"),
    ],
)
def test_a_term_runs_through_its_last_day(rules: RuleSet, granted: str, as_of: str, outcome: str) -> None:
    situation, root, view = standing(rules, granted, date.fromisoformat(as_of))
    assert outcomes(situation, root, view) == (outcome,)


days = st.dates(date(2019, 1, 1), date(2031, 1, 1))


@settings(max_examples=200, deadline=None)
@given(st.tuples(days, days).map(sorted), days)
def test_a_range_leaves_exactly_the_outcomes_of_its_days(
    rules: RuleSet, ends: list[date], as_of: date
) -> None:
    as_of = max(as_of, date(2020, 1, 1))
    situation, root, view = standing(rules, f"{{at_least: {ends[0]}, at_most: {ends[1]}}}", as_of)
    every = (ends[0] + timedelta(days=offset) for offset in range((ends[1] - ends[0]).days + 1))
    assert set(outcomes(situation, root, view)) == {expected(each, as_of) for each in every}


def test_what_is_open_is_said_in_days(rules: RuleSet) -> None:
    situation, root, view = standing(rules, "unknown", date(2026, 11, 21))
    (fact,) = open_facts(situation, root, view)
    assert fact.domain.name == "granted-on"
    left: dict[str, Any] = {json.dumps(words): removed for words, removed in fact.removes}
    everything = {"early", "holds", "lapsed", "old-law"}
    assert {key: everything - set(removed) for key, removed in left.items()} == {
        '{"before": "2023-11-21"}': {"lapsed"},
        '{"on_or_after": "2023-11-21", "before": "2024-03-22"}': {"old-law"},
        '{"on_or_after": "2024-03-22", "before": "2026-11-22"}': {"holds"},
        '{"on_or_after": "2026-11-22"}': {"early"},
        '{"is": "none"}': {"early"},
    }
