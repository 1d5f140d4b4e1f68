"""A page for which only what it tells of was worked out is the page of the whole assessment."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from inventions import CHANGES, FOREVER, document, fact, knowledge, laws, profiles, rule
from test_changes import situation_of, slow
from test_exactness import compiled

from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess, assessed, completed
from kb.render.report.fields import told
from kb.render.report.markdown import markdown
from kb.render.report.scene import Scene
from kb.render.report.screen import screen

HASH = "sha256:" + "0" * 64
FIELDS = ("trade", "tea", "mist", "paper", "ink")
SURE = [
    fact("sure", "boolean"),
    rule("surely", [{"from": FOREVER, "applies_when": {"fact": "sure", "is": True}}]),
]
"""A duty known to apply: without a field of which something is known none is set aside."""
some = settings(slow, max_examples=max(settings.default.max_examples // 5, 1) if settings.default else 20)


@st.composite
def laws_of_fields(draw: Any) -> list[dict[str, Any]]:
    """Law whose rules and decisions belong to a field or two; a duty that is sure, to one of its own."""
    law = draw(laws())
    fields = st.lists(st.sampled_from(FIELDS[1:]), min_size=1, max_size=2, unique=True)
    (trade,) = (each for each in law if each["kind"] == "topic")
    return [
        *({**each, "topics": draw(fields)} if "topics" in each else each for each in law),
        *({**trade, "id": field} for field in FIELDS[1:]),
        *SURE,
    ]


@some
@given(st.data(), laws_of_fields(), st.sampled_from(CHANGES))
def test_what_is_set_aside_need_not_be_worked_out(
    data: st.DataObject, law: list[dict[str, Any]], day: date
) -> None:
    base = knowledge(law)
    rules = compiled(base)
    said = data.draw(profiles(base, day))
    said["company"]["sure"] = True
    situation = situation_of(rules, said, day) if rules else None
    assume(rules and situation)
    profile = read_profile(document(said, "profile.yaml"), rules)
    whole = assess(rules, profile, day, HASH)
    brief = assessed(situation, HASH, brief=True)
    ids = told(Scene(rules, brief, profile))
    part = completed(situation, brief, ids)
    for page in (screen, markdown):
        assert page(rules, part, profile, ("en", "zh")) == page(rules, whole, profile, ("en", "zh"))
    assert completed(situation, brief, {*rules.rules, *rules.decisions}) == whole
