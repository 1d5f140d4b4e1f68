"""A draft says that it is one, where it is shown, and never since when it is in force."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from kb.model.instrument import Instrument

DRAFT: dict[str, Any] = {
    "kind": "instrument", "id": "mist-draft", "rank": "draft", "state": "draft", "topics": ["tea"],
    "title": {"en": "Mist Act (draft)", "zh": "雾法草案"}, "short": {"en": "Mist draft", "zh": "雾草案"},
    "issued_by": [], "source": {"language": "zh"}, "coverage": "cited-only",
    "review": {"status": "reviewed", "checked_on": "2026-11-22", "checked_against": "secondary",
               "by": "testers", "recheck_by": "2027-05-22"},
}  # fmt: skip


def test_a_draft_with_topics_is_sound() -> None:
    assert Instrument.model_validate(DRAFT).topics == ("tea",)


@pytest.mark.parametrize(
    "wrong",
    [
        {"topics": []},
        {"rank": "law"},
        {"in_force": {"from": "2026-01-01"}},
        {"rank": "law", "state": "in-force", "in_force": {"from": "2026-01-01"}},
        {"state": "in-force", "in_force": {"from": "2026-01-01"}},
    ],
)
def test_what_only_half_says_that_it_is_a_draft_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="draft"):
        Instrument.model_validate({**DRAFT, **wrong})
