"""The rules on AI services held against a restatement of the law by another hand.

A hundred services and more here, some ten thousand in the thorough profile.
"""

from __future__ import annotations

from datetime import date
from random import Random

import ai_tables as law
import pytest
from ai_cases import (
    CHECKS,
    DAYS,
    QUESTIONS,
    TABLES,
    TODAY,
    choices,
    disagreements,
    examples,
    possible,
    random_service,
    silences,
    wanted,
)
from ai_tables import Row, Service
from hypothesis import given, settings
from hypothesis import strategies as st

ROUNDS = max(settings.default.max_examples // 100, 1) if settings.default else 1
COMPANION_ON_A_PLATFORM = Service(
    TODAY, "offers", "mainland_public", reach="mainland", gen=True, ds=True, recommends=True, opinion=True,
    persona=True, emo=True, number=True, started=law.IN_FORCE["AM"], filed=True, issued=True, changed=TODAY,
    launch=True, tool=True, functions=True, confuse=True, contents=frozenset(["video"]), export=True,
    confusing=frozenset(["video"]), file=True, spreads=True, handles=True, posts=True, apps=True,
)  # fmt: skip
"""Of which every instrument asks something."""
FOLLOWING = {"A6 circle", "A10 both", "X2", "Y2", "Z2"}
"""Rows whose doubt is that of another: two questions at once, or the role."""
services = st.builds(Service, **{field: st.sampled_from(choices(field)) for field in Service._fields}).map(
    possible
)


@given(services)
def test_the_rules_say_what_the_tables_say(service: Service) -> None:
    assert not list(disagreements(service))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_the_rules_say_what_the_tables_say_of_many(seed: int) -> None:
    random = Random(f"services {seed}")
    found = [line for _ in range(150) for line in disagreements(random_service(random))]
    assert not found, "\n".join(found[:5])


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_first_day_of_each_instrument_and_the_day_before(day: date) -> None:
    for position in law.POSITIONS:
        assert not list(disagreements(COMPANION_ON_A_PLATFORM._replace(day=day, position=position)))


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_the_texts_leave_open_is_never_a_silent_yes_or_no(seed: int) -> None:
    random = Random(f"questions {seed}")
    found = [line for _ in range(20) for line in silences(random_service(random))]
    assert not found, "\n".join(found[:5])


def test_every_row_has_an_example_on_which_the_rules_agree() -> None:
    assert set(examples()) == {(number, row.name) for number, table in enumerate(TABLES) for row in table}
    found = [line for each in set(examples().values()) for line in disagreements(each)]
    assert not found, "\n".join(found[:5])


def test_every_question_is_one_that_a_table_asks_and_that_matters() -> None:
    rows = [row for table in TABLES for row in table]
    assert {row.asks for row in rows if row.asks} < set(QUESTIONS)
    assert {row.name for row in rows if row.asks and row.kind != "review"} == {"X5"}
    assert {row.name for row in rows if row.kind == "review" and not row.asks} == FOLLOWING
    services = set(examples().values())
    assert {each for each in QUESTIONS if any(matters(each, service) for service in services)} == set(
        QUESTIONS
    )


def matters(question: str, service: Service) -> bool:
    other = service._replace(otherwise=frozenset([question]))
    return any(check.said(service) != check.said(other) for check in CHECKS)


def test_a_disagreement_and_a_silence_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    chat = Service(TODAY, "offers", "mainland_public", reach="mainland", gen=True, opinion=True)
    assert wanted(CHECKS[0], chat) == "provider"
    assert not [*disagreements(chat), *silences(chat)]
    unsure = Row("A2", "review", "provider", lambda s: True, "aimed", "user")
    monkeypatch.setattr(law, "GENAI_ROLE", (unsure,))
    nobody = chat._replace(gen=False, registered=7)  # a service of this test alone: roles are remembered
    assert next(disagreements(nobody)).startswith("genai-role says ['outside'], the table provider")
    assert next(silences(nobody)).startswith("genai-role: 'aimed' could make it user, not shown")
