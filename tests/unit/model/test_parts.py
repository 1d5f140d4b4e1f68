"""The walk over an object meets every model in it once, where it was written."""

from __future__ import annotations

from datetime import date

from inventions import FURNITURE, WORDS, fact, knowledge, rule

from kb.model.base import Citation, Text
from kb.model.parts import located_tests, parts

DUTY = rule(
    "duty",
    [
        {
            "from": date(2020, 1, 1),
            "applies_when": {"any": [{"not": {"fact": "a", "is": True}}, {"fact": "b", "is": True}]},
            "evidence": [WORDS, WORDS],
        }
    ],
)
BASE = knowledge([*FURNITURE, fact("a", "boolean"), fact("b", "boolean"), DUTY])


def test_the_object_itself_comes_first() -> None:
    assert next(parts(BASE.rules["duty"])) == ((), BASE.rules["duty"])


def test_every_part_stands_where_the_walk_says() -> None:
    origin = BASE.origins["rule", "duty"]
    found = list(parts(BASE.rules["duty"]))
    places = {at: origin.place(*at) for at, _ in found}
    assert len(places) == len(set(places.values())) == len(found)
    for at, part in found:
        text = origin.document.lines[0][places[at].column - 1 :]
        if isinstance(part, Text):
            assert text.startswith('{"en":')
        if isinstance(part, Citation):
            assert text.startswith('{"ref":')


def test_tests_are_found_below_all_and_any_and_not() -> None:
    assert [at for at, _ in located_tests(BASE.rules["duty"])] == [
        ("versions", 0, "applies_when", "any", 0, "not"),
        ("versions", 0, "applies_when", "any", 1),
    ]
    assert list(located_tests(BASE.facts["a"])) == []
