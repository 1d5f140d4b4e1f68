"""The conversation itself: what each deed does to the profile and to what is asked next."""

from __future__ import annotations

from typing import Any

import pytest

from kb.diagnostics import KbError, Place, fail
from kb.interview import dialogue
from kb.interview.clash import Clash
from kb.interview.dialogue import Talk
from kb.interview.lookup import unanswered
from kb.interview.question import Question, Scope
from kb.store import yaml

LICENSED = Question("licensed", None, "fact")
CHESTS = Question("chests-sold", None, "fact")
SHIPMENTS = Question("shipments", None, "items")
COMPANY = "kind: profile\ncompany: {licensed: true, chests-sold: 1, tasters: 1, leaves: [], licence-issued-on: none}\n"


def said(talk: Talk) -> Any:
    return yaml.parse(talk.text, "tea.yaml").value


def going_on(found: Talk | Clash) -> Talk:
    assert isinstance(found, Talk)
    return found


def test_answers_go_into_the_profile_one_by_one(talks: Any) -> None:
    talk = talks()
    assert talk.question == LICENSED
    talk = going_on(dialogue.answer(talk, True))
    assert said(talk) == {"kind": "profile", "company": {"licensed": True}}
    assert talk.question == CHESTS
    talk = going_on(dialogue.answer(talk, {"at_least": 80_000, "at_most": 120_000}))
    assert said(talk)["company"]["chests-sold"] == {"at_least": 80_000, "at_most": 120_000}


def test_not_knowing_is_noted_and_not_asked_again(talks: Any) -> None:
    talk = dialogue.dont_know(talks())
    assert said(talk)["company"] == {"licensed": "unknown"}
    assert talk.question == CHESTS
    assert LICENSED in talk.scope.skipped


def test_another_session_asks_again_what_was_not_known(talks: Any) -> None:
    assert talks("kind: profile\ncompany: {licensed: unknown}\n").question == LICENSED


def test_items_are_named_one_after_another_until_there_are_no_more(talks: Any) -> None:
    talk = talks(COMPANY)
    assert talk.question == SHIPMENTS
    talk = dialogue.name_item(talk, "Spring harvest")
    assert said(talk)["shipments"] == [{"id": "spring-harvest", "name": "Spring harvest"}]
    assert talk.question == Question("leaves-port", "spring-harvest", "fact")
    talk = going_on(dialogue.answer(talk, False))
    assert said(talk)["shipments"][0]["leaves-port"] is False


def test_no_items_is_an_answer(talks: Any) -> None:
    talk = dialogue.no_more(talks(COMPANY))
    assert said(talk)["shipments"] == []
    assert talk.question is None


def test_no_more_items_leaves_those_named(talks: Any) -> None:
    talk = dialogue.name_item(talks(COMPANY), "spring")
    talk = dialogue.no_more(dialogue.change(talk, SHIPMENTS))
    assert said(talk)["shipments"] == [{"id": "spring"}]
    assert "shipment" in talk.scope.closed


def test_back_goes_to_the_question_before_with_its_answer_in_place(talks: Any) -> None:
    first = talks()
    assert dialogue.back(first) is first
    talk = dialogue.back(going_on(dialogue.answer(first, True)))
    assert talk.question == LICENSED
    assert dialogue.keep(talk).question == CHESTS
    assert said(going_on(dialogue.answer(talk, False)))["company"] == {"licensed": False}


def test_back_reopens_what_was_passed_over_or_closed(talks: Any) -> None:
    talk = dialogue.back(dialogue.dont_know(talks()))
    assert (talk.question, talk.scope.skipped) == (LICENSED, frozenset())
    talk = dialogue.back(dialogue.no_more(talks(COMPANY)))
    assert (talk.question, talk.scope.closed) == (SHIPMENTS, frozenset())


def test_a_contradiction_is_explained_and_not_kept(talks: Any) -> None:
    talk = going_on(dialogue.answer(talks(), False))
    clash = dialogue.answer(talk, 500)
    assert isinstance(clash, Clash)
    assert clash.sentences == (
        {"en": "a house without a licence sells nothing", "zh": "无执照的茶行不得销售"},
    )
    assert clash.others == (LICENSED,)
    assert "chests-sold" not in said(talk)["company"]


def test_one_of_two_contradicting_answers_can_be_changed(talks: Any) -> None:
    talk = going_on(dialogue.answer(talks(), False))
    clash = dialogue.answer(talk, 500)
    assert isinstance(clash, Clash)
    changing = dialogue.change(talk, clash.others[0], clash.given)
    assert changing.question == LICENSED
    assert dialogue.back(changing).question == CHESTS, "the change can be called off"
    after = going_on(dialogue.answer(changing, True))
    assert said(after)["company"] == {"licensed": True, "chests-sold": 500}
    assert after.waiting == ()


def test_changing_the_other_answer_to_no_avail_is_a_contradiction_again(talks: Any) -> None:
    talk = going_on(dialogue.answer(talks(), False))
    clash = dialogue.answer(talk, 500)
    assert isinstance(clash, Clash)
    again = dialogue.answer(dialogue.change(talk, LICENSED, clash.given), False)
    assert isinstance(again, Clash)
    assert {each.question for each in again.given} == {LICENSED, CHESTS}


def test_why_looks_at_a_question_as_if_it_had_no_answer(talks: Any) -> None:
    text = "kind: profile\ncompany: {licensed: true, tasters: 2}\nshipments: [{id: spring, purpose: gift}, {id: old, purpose: gift}]\n"
    situation = talks(text).situation
    assert set(unanswered(situation, LICENSED).profile.company) == {"tasters"}
    items = unanswered(situation, Question("purpose", "old", "fact")).profile.items["shipment"]
    assert [set(item.answers) for item in items] == [{"purpose"}, set()]


def test_a_skipped_topic_is_not_asked_about(talks: Any) -> None:
    skipped = dialogue.skip_topics(talks(), ())
    assert skipped.question is None
    assert dialogue.begin(skipped.planner, skipped.situation, skipped.text, skipped.scope).question is None
    assert dialogue.skip_topics(talks(), ("coffee",)).question is None
    assert dialogue.skip_topics(talks(), ("tea",)).question == LICENSED


def test_a_new_rule_set_asks_only_what_is_not_answered(talks: Any) -> None:
    """Ids never change their meaning: an old profile answers what it answered, and no more."""
    old = talks("kind: profile\ncompany:\n  licensed: true\n")
    assert old.question == CHESTS


def test_an_answer_that_cannot_be_written_is_refused_with_its_line(talks: Any) -> None:
    text = "kind: profile\ncompany:\n  licensed: true\n  leaves:\n    - green # first\n    - dark\n"
    talk = dialogue.change(talks(text), Question("leaves", None, "fact"))
    with pytest.raises(KbError, match=r"tea.yaml:5:1 KB408 leaves"):
        dialogue.answer(talk, ["white"])
    with pytest.raises(KbError, match="KB408"):
        dialogue.dont_know(talk)
    assert talk.text == text


def test_what_cannot_be_written_can_be_passed_over_where_nothing_was_said(
    talks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*words: Any) -> str:
        raise fail(Place("tea.yaml"), "KB408", "cannot be written")

    monkeypatch.setattr(dialogue, "with_answer", refuse)
    talk = talks()
    after = dialogue.dont_know(talk)
    assert (after.text, after.question, LICENSED in after.scope.skipped) == (talk.text, CHESTS, True)


def test_a_profile_changed_elsewhere_is_taken_up(talks: Any) -> None:
    talk = dialogue.resumed(talks(), "kind: profile\ncompany: {licensed: true}\n")
    assert talk.question == LICENSED, "the question stays, so that it can be answered once more"
    assert going_on(dialogue.answer(talk, True)).question == CHESTS


def test_an_item_deleted_elsewhere_is_not_asked_about_any_more(talks: Any) -> None:
    talk = dialogue.name_item(talks(COMPANY), "spring")
    talk = dialogue.resumed(going_on(dialogue.answer(talk, True)), COMPANY + "shipments: []\n")
    assert talk.question is None
    assert [each for each in talk.trail if each.item] == []


def test_topics_and_what_is_closed_are_respected_from_the_start(talks: Any) -> None:
    assert talks(scope=Scope(("coffee",))).question is None
    assert talks(COMPANY, scope=Scope((), frozenset(), frozenset(["shipment"]))).question is None
