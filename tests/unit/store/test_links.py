"""References that lead nowhere are told where they stand, with what was probably meant."""

from __future__ import annotations

from datetime import date

import pytest
from inventions import FURNITURE, REVIEW, WORDS, Plain, decision, document, fact, rule

from kb.diagnostics import Diagnostic
from kb.store.knowledge import KnowledgeBase
from kb.store.links import listed, unresolved
from kb.store.loader import objects_in

YES = {"fact": "licensed", "is": True}
ALWAYS: Plain = {"from": date(2020, 1, 1)}


def told(*objects: Plain) -> list[Diagnostic]:
    findings: list[Diagnostic] = []
    base = KnowledgeBase.of(
        objects_in(document([*FURNITURE, fact("licensed", "boolean"), *objects]), findings), findings
    )
    assert not findings
    return list(unresolved(base))


def duty(**version: object) -> Plain:
    return rule("duty", [{**ALWAYS, "applies_when": YES, **version}])


def test_sound_references_are_not_told() -> None:
    assert told(duty(), fact("big", "boolean", derive=YES)) == []


@pytest.mark.parametrize(
    ("thing", "kind", "name"),
    [
        (duty(applies_when={"fact": "licenced", "is": True}), "fact", "licenced"),
        (duty(applies_when={"decision": "way", "is": "x"}), "decision", "way"),
        (duty(applies_when={"rule": "other", "is": "applies"}), "rule", "other"),
        (duty(applies_when={"reading": "points", "is": "wide"}), "reading", "points"),
        (
            duty(applies_when={"fact": "licensed", "at_least": {"threshold": "from-lines"}}),
            "threshold",
            "from-lines",
        ),
        (duty(fulfilled_when={"not": {"fact": "done", "is": True}}), "fact", "done"),
        (duty(unless=["small"]), "rule", "small"),
        (duty(readings=["pointed"]), "reading", "pointed"),
        (duty(deadline={"action": WORDS, "counts_from": "on", "due": {"days": 5}}), "fact", "on"),
        (duty(deadline={"action": WORDS, "before": WORDS, "to": "offices"}), "authority", "offices"),
        ({**duty(), "for_each": "flows"}, "item", "flows"),
        ({**duty(), "topics": ["trades"]}, "topic", "trades"),
        ({**duty(), "addressee": "handlers"}, "term", "handlers"),
        (fact("x", "boolean", "flows"), "item", "flows"),
        (fact("x", "boolean", topics=["trades"]), "topic", "trades"),
        (fact("x", "boolean", ask_when={"fact": "licenced", "is": True}), "fact", "licenced"),
        (fact("x", "boolean", derive={"fact": "licenced", "is": True}), "fact", "licenced"),
        ({**FURNITURE[0], "id": "law-2", "issued_by": ["offices"]}, "authority", "offices"),
        ({**FURNITURE[0], "id": "law-2", "replaced_by": "law-3"}, "instrument", "law-3"),
    ],
)
def test_a_reference_that_leads_nowhere(thing: Plain, kind: str, name: str) -> None:
    (found,) = told(thing)
    assert (found.code, found.message) == ("KB202", f'unknown {kind} "{name}"')
    assert found.place.column > 1


def test_a_near_miss_is_suggested() -> None:
    (found,) = told(duty(applies_when={"fact": "licenced", "is": True}))
    assert found.hint == 'Did you mean "licensed"?'


def test_references_in_every_row_and_version_are_followed() -> None:
    rows = {"one": [{**ALWAYS, "when": {"fact": "first", "is": True}, "outcome": "x"}],
            "two": [{**ALWAYS, "when": {"fact": "second", "is": True}, "outcome": "y"}]}  # fmt: skip
    assert [each.message for each in told(decision("way", rows))] == [
        'unknown fact "first"',
        'unknown fact "second"',
    ]


@pytest.mark.parametrize(
    ("ref", "code", "message", "hint"),
    [
        ("laws/1", "KB203", 'unknown instrument "laws"', 'Did you mean "law"?'),
        ("law/9", "KB204", 'law lists no provision "9"', "Add it to the provisions of law."),
    ],
)
def test_a_citation_that_leads_nowhere(ref: str, code: str, message: str, hint: str) -> None:
    for thing in (duty(basis=[{"ref": ref}]), duty(consequence=[{"ref": ref}])):
        (found,) = told(thing)
        assert (found.code, found.message, found.hint) == (code, message, hint)


def test_a_part_of_a_listed_provision_is_listed() -> None:
    assert told(duty(basis=[{"ref": "law/1.2.3"}])) == []


def test_a_listed_part_does_not_list_the_whole() -> None:
    findings: list[Diagnostic] = []
    provisions = [{"ref": ref, "heading": WORDS, "formalised": "full"} for ref in ("7.1", "7-1")]
    instrument = {**FURNITURE[0], "review": REVIEW, "provisions": provisions}
    base = KnowledgeBase.of(objects_in(document(instrument), findings), findings)
    found = {
        ref: listed(base.instruments["law"], ref)
        for ref in ("7", "7.1", "7.1.2", "7.10", "7-1", "7-1.2", "8")
    }
    assert found == {
        "7": None,
        "7.1": "7.1",
        "7.1.2": "7.1",
        "7.10": None,
        "7-1": "7-1",
        "7-1.2": "7-1",
        "8": None,
    }
