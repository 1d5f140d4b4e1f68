"""Every mention of another object is found, with where it stands."""

from __future__ import annotations

from datetime import date

from inventions import FURNITURE, WORDS, Plain, decision, fact, knowledge, rule
from pydantic import BaseModel

from kb.model.kinds import KINDS
from kb.store.references import Reference, kind_named, references

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def test_mentions_are_listed_with_their_places() -> None:
    version = {
        **ALWAYS,
        "applies_when": {
            "any": [{"not": {"fact": "a", "is": True}}, {"fact": "n", "at_least": {"threshold": "from-line"}}]
        },
        "unless": ["small"],
        "deadline": {"action": WORDS, "to": "office", "counts_from": "on", "due": {"days": 1}},
    }
    facts = [fact("a", "boolean"), fact("n", "count"), fact("on", "date")]
    small = rule("small", [{**ALWAYS, "applies_when": {"fact": "a", "is": True}}], modality="exemption")
    base = knowledge([*FURNITURE, *facts, small, rule("duty", [version], "flow")])
    at = ("versions", 0)
    assert list(references(base.rules["duty"])) == [
        Reference("term", "handler", ("addressee",)),
        Reference("item", "flow", ("for_each",)),
        Reference("topic", "trade", ("topics", 0)),
        Reference("rule", "small", (*at, "unless", 0)),
        Reference("provision", "law/1", (*at, "basis", 0, "ref")),
        Reference("fact", "a", (*at, "applies_when", "any", 0, "not", "fact")),
        Reference("fact", "n", (*at, "applies_when", "any", 1, "fact")),
        Reference("threshold", "from-line", (*at, "applies_when", "any", 1, "at_least", "threshold")),
        Reference("authority", "office", (*at, "deadline", "to")),
        Reference("fact", "on", (*at, "deadline", "counts_from")),
    ]


def test_the_place_of_a_mention_is_where_it_was_written() -> None:
    rows = {row: [{**ALWAYS, "when": {"fact": row, "is": True}, "outcome": "x"}] for row in ("a", "b")}
    base = knowledge([*FURNITURE, fact("a", "boolean"), fact("b", "boolean"), decision("way", rows)])
    origin = base.origins["decision", "way"]
    for reference in references(base.decisions["way"]):
        place = origin.place(*reference.location)
        text = origin.document.lines[place.line - 1][place.column - 1 :]
        assert text.startswith(f'"{reference.id}"'), (reference, text[:40])


def test_the_company_is_no_kind_of_item() -> None:
    base = knowledge([*FURNITURE, fact("a", "boolean")])
    assert [each.kind for each in references(base.facts["a"])] == []


def test_every_kind_named_is_a_kind_or_a_provision() -> None:
    def models(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
        for each in model.__subclasses__():
            if each not in seen:
                seen.add(each)
                models(each, seen)
        return seen

    named = {kind_named(model, name) for model in models(BaseModel, set()) for name in model.model_fields} - {
        None
    }
    assert named <= {*KINDS, "provision"}
    assert {"fact", "rule", "decision", "reading", "threshold", "item", "provision"} <= named
