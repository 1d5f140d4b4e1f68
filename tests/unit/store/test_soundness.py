"""Statements that cannot mean anything, circles, and names that mean something else."""

from __future__ import annotations

from datetime import date

import pytest
from inventions import FURNITURE, REVIEW, WORDS, Plain, constraint, decision, document, fact, rule

from kb.diagnostics import Diagnostic
from kb.store.knowledge import KnowledgeBase
from kb.store.links import unresolved
from kb.store.loader import objects_in
from kb.store.names import misnamed
from kb.store.soundness import unsound

D = date(2020, 1, 1)
ALWAYS: Plain = {"from": D}
YES = {"fact": "it", "is": True}
FACTS = [
    fact("it", "boolean"),
    fact("persons", "count"),
    fact("money", "amount"),
    fact("on", "date"),
    fact("maybe-on", "date", optional=True),
    fact("hue", "choice"),
    fact("hues", "choices"),
    fact("remark", "text"),
    fact("x", "boolean", "flow"),
    fact("y", "boolean", "site"),
    fact("flow-on", "date", "flow"),
    fact("big", "boolean", derive={"fact": "persons", "at_least": {"threshold": "from-line"}}),
    fact("late", "boolean", derive=[{**ALWAYS, "when": YES}]),
    fact("plain", "boolean", derive={"fact": "persons", "at_least": 5}),
]


def told(*objects: Plain) -> list[Diagnostic]:
    findings: list[Diagnostic] = []
    base = KnowledgeBase.of(objects_in(document([*FURNITURE, *FACTS, *objects]), findings), findings)
    findings += unresolved(base)
    assert not findings, findings
    return [*misnamed(base), *unsound(base)]


def about(test: Plain, scope: str = "company") -> list[Diagnostic]:
    return told(rule("duty", [{**ALWAYS, "applies_when": test}], scope))


@pytest.mark.parametrize(
    "test",
    [
        YES,
        {"fact": "persons", "at_least": 5},
        {"fact": "money", "less_than": 5},
        {"fact": "persons", "less_than": {"threshold": "from-line"}},
        {"fact": "persons", "at_most": {"threshold": "above-line"}},
        {"fact": "on", "before": D},
        {"fact": "on", "happened": True},
        {"fact": "on", "within": {"years": 3}},
        {"fact": "maybe-on", "answered": False},
        {"fact": "hue", "is": "red"},
        {"fact": "hue", "is_any_of": ["red", "blue"]},
        {"fact": "hues", "includes": "green"},
        {"fact": "big", "is": False},
        {"reading": "point", "is": "narrow"},
    ],
)
def test_tests_that_suit_their_fact(test: Plain) -> None:
    assert about(test) == []


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ({"fact": "it", "at_least": 5}, '"at_least" does not suit it, a boolean'),
        ({"fact": "it", "is": "true"}, "it is true or false"),
        ({"fact": "it", "is": 1}, "it is true or false"),
        ({"fact": "persons", "is": 5}, '"is" does not suit persons, a count'),
        ({"fact": "persons", "before": D}, '"before" does not suit persons'),
        ({"fact": "persons", "at_least": D}, "persons is compared with a whole number"),
        ({"fact": "money", "at_least": D}, "money is compared with a whole number"),
        ({"fact": "on", "at_least": D}, '"at_least" does not suit on, a date'),
        ({"fact": "on", "before": 5}, "on is compared with a day"),
        ({"fact": "on", "before": {"threshold": "from-line"}}, "contradicts the bound"),
        ({"fact": "on", "answered": True}, '"answered" does not suit on'),
        ({"fact": "hue", "is": "purple"}, '"purple" is not one of red, green, blue'),
        ({"fact": "hue", "is_any_of": ["red", "purple"]}, '"purple" is not one of'),
        ({"fact": "hue", "is": True}, '"True" is not one of'),
        ({"fact": "hue", "includes": "red"}, '"includes" does not suit hue'),
        ({"fact": "hues", "is": "red"}, '"is" does not suit hues'),
        ({"fact": "hues", "includes": "purple"}, '"purple" is not one of'),
        ({"fact": "remark", "is": "x"}, '"is" does not suit remark, a text'),
        (
            {"fact": "persons", "more_than": {"threshold": "from-line"}},
            '"more_than" contradicts the bound "at_least"',
        ),
        (
            {"fact": "persons", "at_least": {"threshold": "above-line"}},
            '"at_least" contradicts the bound "more_than"',
        ),
        ({"fact": "x", "is": True}, 'this speaks of one company, but the test is about each "flow"'),
        ({"reading": "point", "is": "deep"}, '"deep" is not one of narrow, wide'),
    ],
)
def test_tests_that_do_not(test: Plain, says: str) -> None:
    (found,) = about(test)
    assert found.code == "KB210" and says in found.message
    line = document([*FURNITURE, *FACTS, rule("duty", [{**ALWAYS, "applies_when": test}])]).lines[0]
    assert line[found.place.column - 1 :].startswith("{")


def test_a_hint_says_what_would_suit() -> None:
    assert (
        about({"fact": "persons", "is": 5})[0].hint
        == "It can be tested with: at_least, at_most, less_than, more_than."
    )
    assert about({"fact": "remark", "is": "x"})[0].hint == "It can be tested with: nothing."
    assert about({"fact": "hue", "is": "gren"})[0].hint == 'Did you mean "green"?'


def test_words_of_rules_and_decisions() -> None:
    rows = {
        row: [{**ALWAYS, "when": when, "outcome": "x"}] for row, when in (("a", YES), ("b", {"not": YES}))
    }
    other = rule("other", [{**ALWAYS, "applies_when": YES}])
    (found,) = told(other, rule("duty", [{**ALWAYS, "applies_when": {"rule": "other", "is": "fulfilled"}}]))
    assert '"fulfilled" is not one of applies, does-not-apply, exempt' in found.message
    (found,) = told(
        decision("way", rows), rule("duty", [{**ALWAYS, "applies_when": {"decision": "way", "is": "w"}}])
    )
    assert '"w" is not one of x, y, z' in found.message


def test_an_item_speaks_of_itself_and_its_company_only() -> None:
    assert about({"fact": "x", "is": True}, "flow") == []
    assert about(YES, "flow") == []
    (found,) = about({"fact": "y", "is": True}, "flow")
    assert 'this speaks of one flow, but the test is about each "site"' in found.message
    each_flow = rule("of-flows", [{**ALWAYS, "applies_when": YES}], "flow")
    (found,) = told(
        each_flow, rule("duty", [{**ALWAYS, "applies_when": {"rule": "of-flows", "is": "applies"}}])
    )
    assert 'about each "flow"' in found.message


def test_only_exemptions_of_the_same_scope_exempt() -> None:
    other = rule("other", [{**ALWAYS, "applies_when": YES}])
    (found,) = told(other, rule("duty", [{**ALWAYS, "applies_when": YES, "unless": ["other"]}]))
    assert "other is a obligation, not an exemption" in found.message or "not an exemption" in found.message
    small = rule("small", [{**ALWAYS, "applies_when": {"fact": "x", "is": True}}], "flow", "exemption")
    (found,) = told(small, rule("duty", [{**ALWAYS, "applies_when": YES, "unless": ["small"]}]))
    assert "small is about each flow" in found.message


@pytest.mark.parametrize("name", ["persons", "flow-on"])
def test_a_deadline_counts_from_a_date_of_its_own(name: str) -> None:
    deadline = {"action": WORDS, "counts_from": name, "due": {"days": 5}}
    (found,) = told(rule("duty", [{**ALWAYS, "applies_when": YES, "deadline": deadline}]))
    assert f"{name} is not a date of this company" in found.message


@pytest.mark.parametrize(
    ("never", "says"),
    [
        ({"fact": "persons", "at_least": {"threshold": "from-line"}}, "the threshold for persons changes"),
        ({"fact": "on", "happened": True}, "depends on the day"),
        ({"fact": "late", "is": True}, "late"),
        ({"fact": "big", "is": True}, "the threshold for persons changes"),
        ({"reading": "point", "is": "narrow"}, "facts alone"),
        ({"rule": "other", "is": "applies"}, "facts alone"),
        ({"all": [{"fact": "x", "is": True}, {"fact": "y", "is": True}]}, "one kind of item"),
    ],
)
def test_a_constraint_holds_on_every_day_and_of_one_item(never: Plain, says: str) -> None:
    (found,) = told(rule("other", [{**ALWAYS, "applies_when": YES}]), constraint("no", never))
    assert found.code == "KB210" and says in found.message


def test_a_constraint_may_name_derived_facts_that_never_change() -> None:
    assert told(constraint("no", {"all": [{"fact": "plain", "is": True}, {"fact": "x", "is": True}]})) == []


def circle(*names: str) -> list[Plain]:
    return [
        fact(name, "boolean", derive={"fact": after, "is": True})
        for name, after in zip(names, [*names[1:], names[0]], strict=True)
    ]


@pytest.mark.parametrize(
    "objects",
    [
        circle("p"),
        circle("p", "q", "r"),
        [rule("duty", [{**ALWAYS, "applies_when": {"rule": "duty", "is": "applies"}}])],
        [
            rule(a, [{**ALWAYS, "applies_when": YES, "unless": [b]}], modality="exemption")
            for a, b in (("p", "q"), ("q", "p"))
        ],
    ],
    ids=["itself", "three", "rule", "exemptions"],
)
def test_circles_are_named(objects: list[Plain]) -> None:
    (found,) = [each for each in told(*objects) if each.code == "KB211"]
    assert "goes in a circle: " in found.message and " needs " in found.message


def test_a_constraint_over_a_circle_is_no_endless_walk() -> None:
    codes = {each.code for each in told(*circle("p", "q"), constraint("no", {"fact": "p", "is": True}))}
    assert "KB211" in codes


def test_asking_may_go_in_a_circle_because_it_decides_nothing() -> None:
    assert (
        told(
            fact("p", "boolean", ask_when={"fact": "q", "is": True}),
            fact("q", "boolean", ask_when={"fact": "p", "is": True}),
        )
        == []
    )


def options(*ids: str) -> list[Plain]:
    return [{"id": id_, "label": WORDS} for id_ in ids]


ROW: Plain = {
    "title": WORDS,
    "versions": [{**ALWAYS, "when": YES, "outcome": "x", "basis": [{"ref": "law/1"}]}],
}
WAY = decision(
    "way",
    {"a": [{**ALWAYS, "when": YES, "outcome": "x"}], "b": [{**ALWAYS, "when": {"not": YES}, "outcome": "y"}]},
)
OUTCOME: Plain = {"label": WORDS, "meaning": WORDS}
NARROW_TWICE = [*FURNITURE[-1]["alternatives"], FURNITURE[-1]["alternatives"][0]]
ITEM: Plain = {"kind": "item", "label": WORDS, "question": WORDS}
ENTRY: Plain = {
    "id": "a",
    "region": WORDS,
    "edition": "1",
    "sectors": WORDS,
    "checked_against": "official-text",
}
REGISTER: Plain = {"kind": "register", "id": "lists", "title": WORDS, "note": WORDS}
PORT: Plain = {"id": "n", "type": "count", "label": WORDS}
SUM: Plain = {
    "kind": "calculation",
    "id": "sum",
    "title": WORDS,
    "for_each": "flow",
    "topics": ["trade"],
    "from": ALWAYS["from"],
    "inputs": ["it"],
    "basis": [{"ref": "law/1"}],
    "review": REVIEW,
}


@pytest.mark.parametrize(
    ("thing", "says"),
    [
        (fact("tone", "choice", options=options("a", "a")), '"a" stands twice'),
        (fact("tone", "choice", options=options("a", "unknown")), '"unknown" has a meaning of its own'),
        (fact("tone", "choice", options=options("a", "true")), '"true" has a meaning of its own'),
        (fact("tone", "choice", options=options("a", "7")), '"7" has a meaning of its own'),
        (fact("2024-01-01", "boolean"), '"2024-01-01" has a meaning of its own'),
        ({**ITEM, "id": "ship", "list": "null"}, '"null" has a meaning of its own'),
        (fact("name", "boolean", "flow"), '"name" has a meaning of its own'),
        ({**WAY, "rows": [*WAY["rows"], {"row": "a", **ROW}]}, '"a" stands twice'),
        ({**WAY, "rows": [*WAY["rows"], {"row": "impossible", **ROW}]}, '"impossible" has a meaning'),
        ({**WAY, "outcomes": [*WAY["outcomes"], {"id": "x", **OUTCOME}]}, '"x" stands twice'),
        (
            {**WAY, "outcomes": [*WAY["outcomes"], {"id": "impossible", **OUTCOME}]},
            '"impossible" has a meaning',
        ),
        ({**FURNITURE[-1], "id": "other", "alternatives": NARROW_TWICE}, '"narrow" stands twice'),
        ({**ITEM, "id": "company", "list": "companies"}, '"company" has a meaning'),
        ({**ITEM, "id": "ship", "list": "entity"}, '"entity" has a meaning'),
        ({**ITEM, "id": "ship", "list": "flows"}, '"flows" is already the list of item flow'),
        ({**FURNITURE[0], "id": "code", "provisions": 2 * FURNITURE[0]["provisions"]}, '"1" stands twice'),
        ({**REGISTER, "entries": [ENTRY, ENTRY]}, '"a" stands twice'),
        ({**SUM, "outputs": [PORT, PORT]}, '"n" stands twice'),
        (
            {**rule("duty", [{**ALWAYS, "applies_when": YES}]), "topics": ["trade", "trade"]},
            '"trade" stands twice',
        ),
        (
            rule("duty", [{**ALWAYS, "applies_when": YES, "readings": ["point", "point"]}]),
            '"point" stands twice',
        ),
    ],
)
def test_names_that_mean_something_else(thing: Plain, says: str) -> None:
    (found,) = [each for each in told(thing) if each.code == "KB213"]
    assert says in found.message
    line = document([*FURNITURE, *FACTS, thing]).lines[0]
    name = found.message.split('"')[1]
    assert line[found.place.column - 1 :].startswith(f'"{name}"'), "the second one is the one shown"


def test_one_id_explains_one_thing() -> None:
    (found,) = told(WAY, rule("way", [{**ALWAYS, "applies_when": YES}]))
    assert found.code == "KB213" and '"way" is already the id of rule way' in found.message


def test_a_profile_cannot_confuse_what_stands_in_different_places() -> None:
    assert told(fact("kind", "boolean"), {**ITEM, "id": "ship", "list": "name"}) == []
