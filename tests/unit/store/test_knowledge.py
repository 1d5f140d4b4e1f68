"""The knowledge base: ids unique in their kind, nothing changes, and who uses what."""

from __future__ import annotations

from datetime import date

import pytest
from inventions import FURNITURE, WORDS, Plain, document, fact, knowledge, rule

from kb.diagnostics import Diagnostic
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import objects_in

YES = {"fact": "a", "is": True}
ALWAYS: Plain = {"from": date(2020, 1, 1)}


def test_an_id_stands_once_in_a_kind_and_the_first_is_kept() -> None:
    findings: list[Diagnostic] = []
    twice = [
        {"kind": "topic", "id": "a", "title": words, "summary": WORDS}
        for words in (WORDS, {"en": "b", "zh": "二"})
    ]
    base = KnowledgeBase.of(objects_in(document(twice), findings), findings)
    (found,) = findings
    assert found.code == "KB201"
    assert str(base.origins["topic", "a"].place("id")) in found.message
    assert found.place > base.origins["topic", "a"].place("id")
    assert base.topics["a"].title.en == "words"


def test_the_same_id_in_two_kinds_is_two_objects() -> None:
    base = knowledge(
        [
            *FURNITURE,
            fact("trade", "boolean"),
            rule("trade", [{**ALWAYS, "applies_when": {"fact": "trade", "is": True}}]),
        ]
    )
    assert base.facts["trade"].kind == "fact" and base.rules["trade"].kind == "rule" and base.topics["trade"]


def test_objects_are_in_order_of_id_whatever_the_order_of_files() -> None:
    base = knowledge([*FURNITURE, *(fact(name, "boolean") for name in ("c", "a", "b"))])
    assert list(base.facts) == ["a", "b", "c"]


def test_nothing_can_be_changed() -> None:
    base = knowledge([*FURNITURE, fact("a", "boolean")])
    with pytest.raises(TypeError):
        base.objects["fact", "b"] = base.facts["a"]  # type: ignore[index]
    with pytest.raises(TypeError):
        base.facts["b"] = base.facts["a"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        base.facts["a"].id = "b"


def test_users_of_an_object_are_known_each_once() -> None:
    both = {"any": [YES, {"not": YES}]}
    base = knowledge([*FURNITURE, fact("a", "boolean"), rule("duty", [{**ALWAYS, "applies_when": both}])])
    assert base.back_references["fact", "a"] == (("rule", "duty"),)


def test_users_of_a_provision_include_those_of_its_parts_but_not_of_its_neighbours() -> None:
    refs = {"whole": "law/1", "part": "law/1.2", "other": "law/1-1"}
    provisions = [{"ref": ref, "heading": WORDS, "formalised": "full"} for ref in ("1", "1-1")]
    furniture = [{**FURNITURE[0], "provisions": provisions}, *FURNITURE[1:]]
    duties = [
        rule(name, [{**ALWAYS, "applies_when": YES, "basis": [{"ref": ref}]}]) for name, ref in refs.items()
    ]
    base = knowledge([*furniture, fact("a", "boolean"), *duties])
    assert [id_ for kind, id_ in base.users_of_provision("law/1") if kind == "rule"] == ["whole", "part"]
    assert [id_ for kind, id_ in base.users_of_provision("law/1-1") if kind == "rule"] == ["other"]
