"""Open facts: the smallest set that settles, and what each answer would rule out."""

from __future__ import annotations

from datetime import date

from inventions import Plain, assessed, compiled, constraint, decided, decision, fact, finding, rule

ALWAYS: Plain = {"from": date(2020, 1, 1)}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def law(condition: Plain, *more: Plain, **version: Plain) -> object:
    facts = [
        *(fact(name, "boolean") for name in ("a", "b", "c")),
        fact("persons", "count"),
        fact("on", "date", optional=True),
        fact("hues", "choices"),
        fact("hue", "choice"),
    ]
    return compiled([*facts, *more, rule("duty", [{**ALWAYS, "applies_when": condition, **version}])])


def open_of(rules: object, company: Plain | None = None) -> dict[str, list[tuple[Plain, list[str]]]]:
    found = finding(assessed(rules, company), "duty")["open"]  # type: ignore[arg-type]
    return {each["fact"]: [(one["answer"], one["removes"]) for one in each["answers"]] for each in found}


def test_each_answer_says_what_it_would_rule_out() -> None:
    rules = law({"any": [yes("a"), {"fact": "persons", "at_least": 10}]})
    assert open_of(rules) == {
        "a": [({"is": False}, []), ({"is": True}, ["does-not-apply"])],
        "persons": [({"less_than": 10}, []), ({"at_least": 10}, ["does-not-apply"])],
    }


def test_a_settled_outcome_has_no_open_facts() -> None:
    rules = law({"any": [yes("a"), yes("b")]})
    assert open_of(rules, {"a": True}) == {}


def test_facts_that_no_longer_matter_are_not_open() -> None:
    rules = law({"any": [{"all": [yes("a"), yes("b")]}, {"all": [{"not": yes("a")}, yes("c")]}]})
    assert set(open_of(rules)) == {"a", "b", "c"}
    assert set(open_of(rules, {"a": True})) == {"b"}
    assert set(open_of(rules, {"b": True, "c": True})) == set()


def test_a_fact_that_another_implies_is_not_asked_as_well() -> None:
    implied = constraint(
        "a-is-b", {"any": [{"all": [yes("a"), {"not": yes("b")}]}, {"all": [yes("b"), {"not": yes("a")}]}]}
    )
    assert set(open_of(law({"all": [yes("a"), yes("b")]}, implied))) == {"a"}


def test_answers_that_cannot_be_given_are_not_listed() -> None:
    never = constraint("never-blue", {"all": [yes("a"), {"fact": "hue", "is": "blue"}]})
    rules = law({"fact": "hue", "is": "red"}, never)
    listed = open_of(rules, {"a": True})["hue"]
    assert [answer for answer, _ in listed] == [{"is": "red"}, {"is": "green"}]


def test_a_range_that_straddles_the_line_is_open_and_one_that_does_not_is_settled() -> None:
    rules = law({"fact": "persons", "at_least": 10})
    assert set(open_of(rules, {"persons": {"at_least": 9, "at_most": 10}})) == {"persons"}
    assert open_of(rules, {"persons": {"at_least": 10, "at_most": 12}}) == {}
    assert open_of(rules, {"persons": {"at_most": 9}}) == {}


def test_only_options_still_possible_are_listed() -> None:
    rules = law({"fact": "hue", "is": "red"})
    listed = open_of(rules, {"hue": {"one_of": ["blue", "red", "blue"]}})["hue"]
    assert [answer for answer, _ in listed] == [{"is": "red"}, {"is": "blue"}]


def test_a_set_of_choices_is_asked_option_by_option() -> None:
    rules = law({"any": [{"fact": "hues", "includes": "red"}, {"fact": "hues", "includes": "blue"}]})
    assert set(open_of(rules)) == {"hues:red", "hues:blue"}
    assert set(open_of(rules, {"hues": {"excludes": ["red"]}})) == {"hues:blue"}
    assert open_of(rules, {"hues": []}) == {}


def test_an_optional_date_may_not_happen() -> None:
    rules = law({"fact": "on", "on_or_after": date(2024, 1, 1)})
    assert open_of(rules)["on"] == [
        ({"before": "2024-01-01"}, ["applies"]),
        ({"on_or_after": "2024-01-01"}, ["does-not-apply"]),
        ({"is": "none"}, ["applies"]),
    ]
    assert open_of(rules, {"on": "none"}) == {}


def test_fulfilment_has_open_facts_of_its_own_once_the_rule_applies() -> None:
    rules = law(yes("a"), fulfilled_when={"all": [yes("b"), yes("c")]})
    found = finding(assessed(rules, {"a": True, "b": True}), "duty")  # type: ignore[arg-type]
    assert (found["fulfilment"], found["open"]) == ("undetermined", [])
    assert [each["fact"] for each in found["fulfilment_open"]] == ["c"]
    not_yet = finding(assessed(rules, {"b": False}), "duty")  # type: ignore[arg-type]
    assert not_yet["fulfilment"] == "not-assessed"
    for done, word in ((True, "fulfilled"), (False, "unfulfilled")):
        settled = finding(assessed(rules, {"a": True, "b": True, "c": done}), "duty")  # type: ignore[arg-type]
        assert settled["fulfilment"] == word


def test_another_reading_is_named_where_it_would_change_the_outcome_and_only_there() -> None:
    rules = law({"any": [yes("a"), {"all": [yes("b"), {"reading": "point", "is": "narrow"}]}]})

    def others(company: Plain) -> list[Plain]:
        found = finding(assessed(rules, company), "duty")["readings"]  # type: ignore[arg-type]
        return [one for each in found for one in each["otherwise"]]

    narrow = {"alternative": "narrow", "fulfilment": []}
    assert others({"a": False, "b": True}) == [{**narrow, "outcomes": ["applies"]}]
    assert others({"a": True}) == others({"b": False}) == []
    assert others({"a": False}) == [{**narrow, "outcomes": ["applies", "does-not-apply"]}]


def test_a_reading_that_changes_only_fulfilment_is_named_with_what_it_would_then_be() -> None:
    rules = law(yes("a"), fulfilled_when={"any": [yes("b"), {"reading": "point", "is": "narrow"}]})
    found = finding(assessed(rules, {"a": True, "b": False}), "duty")  # type: ignore[arg-type]
    assert found["fulfilment"] == "unfulfilled"
    (point,) = found["readings"]
    assert point["otherwise"] == [
        {"alternative": "narrow", "outcomes": ["applies"], "fulfilment": ["fulfilled"]}
    ]
    assert finding(assessed(rules, {"a": True, "b": True}), "duty")["readings"] == []  # type: ignore[arg-type]


def test_exempt_on_another_ground_under_another_reading_is_still_exempt() -> None:
    exemptions = [
        rule(name, [{**ALWAYS, "applies_when": {"reading": "point", "is": name}}], modality="exemption")
        for name in ("wide", "narrow")
    ]
    rules = law(yes("a"), *exemptions, unless=["wide", "narrow"])  # type: ignore[arg-type]
    found = finding(assessed(rules, {"a": True}), "duty")  # type: ignore[arg-type]
    assert (found["exempted_by"], found["readings"]) == (["wide"], [])


def test_a_decision_is_open_only_while_its_outcome_is_not_while_its_row_is() -> None:
    way = decision(
        "way",
        {
            "one": [{**ALWAYS, "when": yes("a"), "outcome": "x"}],
            "two": [{**ALWAYS, "when": {"all": [{"not": yes("a")}, yes("b")]}, "outcome": "x"}],
            "three": [{**ALWAYS, "when": {"not": {"any": [yes("a"), yes("b")]}}, "outcome": "y"}],
        },
    )
    rules = law(yes("a"), way)
    found = decided(assessed(rules, {"b": True}), "way")  # type: ignore[arg-type]
    assert (found["state"], found["outcomes"], found["open"]) == ("settled", ["x"], [])
    assert found["rows"] == ["one", "two"]
