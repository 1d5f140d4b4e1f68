"""What is worked out for one company on one day is true of every other and of every day, on invented law."""

from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inventions import CHANGES, document, knowledge, laws, profiles
from test_changes import situation_of, slow
from test_exactness import compiled

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.workings import Workings
from kb.engine.checking.assess import assess, assessed

HASH = "sha256:" + "0" * 64
some = settings(slow, max_examples=max(settings.default.max_examples // 5, 1) if settings.default else 20)


@some
@given(st.data(), laws())
def test_companies_and_days_may_share_their_workings(data: st.DataObject, law: list[dict[str, Any]]) -> None:
    base = knowledge(law)
    rules = compiled(base)
    assume(rules)
    workings = Workings(rules)
    for day in CHANGES:
        said = data.draw(profiles(base, day))
        if situation_of(rules, said, day):
            profile = read_profile(document(said, "profile.yaml"), rules)
            shared = Situation(rules, profile, day, workings)
            assert assessed(shared, HASH) == assess(rules, profile, day, HASH)
