"""What a question is worth, and what it costs."""

from __future__ import annotations

from kb.interview.gain import cost


def test_numbers_and_dates_are_more_trouble_than_yes_or_no() -> None:
    plain = {"type": "boolean"}
    assert all(
        cost({"type": type_}) > cost(plain) for type_ in ("choice", "choices", "date", "count", "amount")
    )


def test_what_must_be_weighed_is_more_trouble() -> None:
    assert cost({"type": "boolean", "judgement": True}) > cost({"type": "boolean"})
