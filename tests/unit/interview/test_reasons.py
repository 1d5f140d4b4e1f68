"""Why a question is asked, as a person reads it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kb.interview import dialogue, planner
from kb.interview.question import Question
from kb.interview.reasons import spans, why
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import Paper

TEXT = """kind: profile
company: {licensed: true, chests-sold: 500}
shipments:
  - {id: spring, leaves-port: true, purpose: sale}
"""


def told(talks: Any, fact: str, item: str | None, lang: str = "en") -> str:
    talk = replace(dialogue.change(talks(TEXT), Question(fact, item, "fact")), planner=planner)
    return " ".join(" ".join(why(talk, Pen((lang,), Paper(100)))).split())


def test_options_that_do_the_same_are_named_together_by_number(talks: Any) -> None:
    assert "1, 3: rules out “Exempt”; 2: rules out “Declaration”" in told(talks, "purpose", "spring")


def test_numbers_are_told_as_stretches_between_lines(talks: Any) -> None:
    shown = told(talks, "chests-sold", None)
    assert "Which step a shipment takes Tea Law art 3(1)" in shown
    assert "10,000 or more" in shown


def test_reasons_are_given_in_chinese_with_articles(talks: Any) -> None:
    shown = told(talks, "purpose", "spring", "zh")
    assert "为何问此题" in shown
    assert "茶叶法第五条" in shown
    assert "1, 3：排除“免予办理”" in shown


@pytest.mark.parametrize(
    ("numbers", "shown"), [([1], "1"), ([3, 1, 2], "1-3"), ([1, 2, 4, 6, 7, 8], "1-2, 4, 6-8"), ([], "")]
)
def test_runs_of_numbers_are_drawn_together(numbers: list[int], shown: str) -> None:
    assert spans(numbers) == shown
