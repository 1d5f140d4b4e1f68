"""After the chosen fields of law: which others have duties that apply all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from inventions import WORDS, Plain, compiled, fact, rule, situation_of

from kb.engine.answering.situation import Situation
from kb.interview.elsewhere import duties_elsewhere, elsewhere_lines

YES: Plain = {"fact": "a", "is": True}


def of(id_: str, topics: list[str], scope: str = "company", **how: Any) -> Plain:
    return {**rule(id_, [{"from": date(2020, 1, 1), "applies_when": YES}], scope, **how), "topics": topics}


RULES = compiled([
    fact("a", "boolean"),
    *({"kind": "topic", "id": each, "title": WORDS, "summary": WORDS} for each in ("rain", "snow")),
    of("asked", ["trade"]), of("shared", ["rain", "trade"]), of("one", ["rain"]), of("two", ["rain", "snow"]),
    of("of-flow", ["snow"], "flow"), of("free", ["snow"], modality="permission"),
])  # fmt: skip


def told(topics: tuple[str, ...], company: Plain, **items: Any) -> list[tuple[str, int]]:
    return list(duties_elsewhere(situation_of(RULES, company, **items), topics).items())


def test_duties_that_surely_apply_are_counted_by_field_and_those_asked_about_are_not() -> None:
    assert told(("trade",), {"a": True}) == [("rain", 2), ("snow", 1)]
    assert told(("trade",), {"a": True}, flows=[{}, {}]) == [("rain", 2), ("snow", 2)]
    assert told(("trade", "rain"), {"a": True}) == []
    assert told((), {"a": True}) == []


def test_what_may_or_does_not_apply_is_not_named() -> None:
    assert told(("trade",), {}) == []
    assert told(("trade",), {"a": False}) == []


def test_it_is_said_how_to_ask() -> None:
    situation: Situation = situation_of(RULES, {"a": True})
    heading, first, second = elsewhere_lines(situation, ("trade",), "kb ask me.yaml --topic", "en")
    assert "not asked about" in heading
    assert first.startswith("kb ask me.yaml --topic rain  ")
    assert first.endswith("(2)")
    assert "--topic snow" in second
    assert elsewhere_lines(situation, (), "kb ask me.yaml --topic", "en") == []
