"""The proof tree tells what the diagram decided: equal where all is known, never against it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from gc import collect
from itertools import product
from pathlib import Path
from typing import Any
from weakref import ref

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from published import result

from kb.diagnostics import KbError
from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.checking.evaluate import outcomes
from kb.engine.diagrams.domain import NONE
from kb.engine.explaining.explain import explain_decision, explain_rule
from kb.engine.explaining.proof import Proof, prove_decision, prove_rule
from kb.engine.explaining.proof_tree import Node, tree
from kb.engine.explaining.verdicts import Verdicts
from kb.engine.ruleset import RuleSet
from kb.model.names import COMPANY
from kb.rules import compile_folder
from kb.store import yaml
from kb.store.files import data_folder

FIXTURES = Path(__file__).parents[3] / "fixtures" / "rules"
DAY = date(2026, 11, 21)
DAYS = [date(2023, 12, 31), date(2025, 6, 30), date(2025, 12, 31), date(2026, 1, 1), DAY, date(2027, 3, 1)]


@cache
def tea() -> RuleSet:
    return RuleSet(compile_folder(FIXTURES)["check"])


@cache
def shipped() -> RuleSet:
    return RuleSet(compile_folder(data_folder("rules"))["check"])


def situation(rules: RuleSet, body: Mapping[str, Any], day: date = DAY) -> Situation:
    # JSON is YAML, and dates are written as text there, so they are put back as bare scalars.
    text = json.dumps({"kind": "profile", **body}, ensure_ascii=False)
    for written in set(_days(body)):
        text = text.replace(f'"{written}"', written)
    return Situation(rules, read_profile(yaml.parse(text, "profile.yaml"), rules), day)


def _days(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for each in value.values():
            yield from _days(each)
    elif isinstance(value, list):
        for each in value:
            yield from _days(each)
    elif isinstance(value, str) and len(value) == 10 and value[:2] == "20":
        yield value


def profiles(rules: RuleSet, complete: bool) -> st.SearchStrategy[dict[str, Any]]:
    """Profiles with one item of each kind; a complete one answers every fact that is asked."""
    sections: dict[str, Any] = {"company": _answers(rules, COMPANY, complete)}
    for kind, item in rules.items.items():
        one = _answers(rules, kind, complete).map(lambda answers: [{"id": "one", **answers}])
        sections[item["list"]] = one
    return st.fixed_dictionaries(sections)


def _answers(rules: RuleSet, about: str, complete: bool) -> st.SearchStrategy[dict[str, Any]]:
    asked = {
        id_: _values(rules, fact)
        for id_, fact in rules.facts.items()
        if fact["about"] == about and "question" in fact and fact["type"] != "text"
    }
    return st.fixed_dictionaries(asked if complete else {}, optional={} if complete else asked)


def _values(rules: RuleSet, fact: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    options = [option["id"] for option in fact.get("options", ())]
    if fact["type"] == "boolean":
        return st.booleans()
    if fact["type"] == "choice":
        return st.sampled_from(options)
    if fact["type"] == "choices":
        return st.lists(st.sampled_from(options), unique=True)
    domain = rules.level_of[fact["id"]]
    samples = [str(each) if fact["type"] == "date" else each for each in map(domain.sample, domain.all)]
    # No one has ever answered 1800-01-01, and the profile reader knows only days that read like days.
    if fact["type"] == "date":
        days = [each for each in samples if each == NONE or not str(each).startswith(("0", "18"))]
        return st.sampled_from([*days, "2022-11-21", "2023-11-21", "2023-11-22", "2026-11-21", "2026-11-22"])
    return st.sampled_from(samples or [0])


def proofs(at: Situation, day: date) -> Iterator[Proof]:
    for id_, rule in at.rules.rules.items():
        for view in at.views(rule.get("for_each", COMPANY)):
            found = prove_rule(Verdicts(at, view, day), id_)
            if found:
                yield found.condition
                yield from (exemption.condition for exemption in found.exemptions.values())
    for id_, decision in at.rules.decisions.items():
        for view in at.views(decision.get("for_each", COMPANY)):
            yield from (row.proof for row in prove_decision(Verdicts(at, view, day), id_))


def possible(rules: RuleSet, body: Mapping[str, Any], day: date = DAY) -> Situation:
    try:
        return situation(rules, body, day)
    except KbError:
        assume(False)
        raise


@given(body=profiles(tea(), complete=True), day=st.sampled_from(DAYS))
def test_tree_and_diagram_are_equal_where_everything_is_known(body: dict[str, Any], day: date) -> None:
    for proof in proofs(possible(tea(), body, day), day):
        assert proof.tree.verdict is proof.verdict is not None


@given(body=profiles(tea(), complete=False), day=st.sampled_from(DAYS))
def test_tree_never_contradicts_the_diagram(body: dict[str, Any], day: date) -> None:
    for proof in proofs(possible(tea(), body, day), day):
        assert proof.tree.verdict in (None, proof.verdict)


@given(body=profiles(tea(), complete=False), day=st.sampled_from(DAYS))
def test_fulfilment_never_contradicts_the_diagram(body: dict[str, Any], day: date) -> None:
    at = possible(tea(), body, day)
    for id_, rule in at.rules.rules.items():
        for view in at.views(rule.get("for_each", COMPANY)):
            found = prove_rule(Verdicts(at, view, day), id_)
            if found and found.fulfilment and found.condition.verdict:
                assert found.fulfilment.tree.verdict in (None, found.fulfilment.verdict)


@settings(max_examples=15)
@given(data=st.data())
def test_the_shipped_rules_are_explained_without_contradiction(data: st.DataObject) -> None:
    body = data.draw(profiles(shipped(), complete=False))
    for proof in proofs(possible(shipped(), body), DAY):
        assert proof.tree.verdict in (None, proof.verdict)


def leaf(node: Node, id_: str) -> Node:
    return next(each for each in nodes(node) if each.id == id_)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    for part in node.parts:
        yield from nodes(part)


def rule_tree(id_: str, body: dict[str, Any], day: date = DAY) -> Node:
    at = situation(tea(), body, day)
    found = prove_rule(Verdicts(at, at.company, day), id_)
    assert found is not None
    return found.condition.tree


def test_a_leaf_carries_answer_source_threshold_and_article() -> None:
    count = {"value": 50, "by": "Mei Lin", "note": "ledger"}
    tree = rule_tree("tea/small-house-exemption", {"company": {"chests-sold": count, "tasters": 1}})
    found = leaf(tree, "chests-sold")
    assert found.verdict is True
    assert found.answer == {"en": "50", "zh": "50"}
    assert found.provenance == {"by": "Mei Lin", "note": "ledger"}
    assert found.line is not None
    assert (found.line.value, found.line.since, found.line.basis) == (100, "2024-01-01", ("tea-law/5",))
    assert found.basis == ("tea-law/3.1",)


def test_a_derived_fact_stands_on_what_it_meant_on_the_day() -> None:
    body = {"company": {"chests-sold": 50, "tasters": 5}}
    then = rule_tree("tea/small-house-exemption", body, date(2025, 12, 31))
    now = rule_tree("tea/small-house-exemption", body)
    assert then.verdict is True
    assert now.verdict is False
    assert {each.id for each in nodes(then)} == {"small-house", "chests-sold"}
    assert leaf(now, "tasters").verdict is False


def test_a_tree_that_stays_open_is_settled_by_the_diagram_and_says_so() -> None:
    # A house that sells anything holds a licence, says the constraint; the tree cannot see that.
    at = situation(tea(), {"company": {"chests-sold": 5}})
    found = prove_rule(Verdicts(at, at.company, DAY), "tea/report-yearly")
    assert found is not None
    assert found.condition.tree.verdict is None
    assert found.condition.verdict is True
    assert found.condition.regardless


def test_a_duty_met_wherever_it_applies_is_met() -> None:
    at = situation(tea(), {"company": {"samples-kept": True}})
    found = prove_rule(Verdicts(at, at.company, DAY), "tea/keep-samples")
    assert found is not None
    assert found.condition.verdict is None
    assert found.fulfilment is not None
    assert found.fulfilment.verdict is True


def test_a_duty_that_can_never_apply_has_no_fulfilment() -> None:
    at = situation(tea(), {"company": {"licensed": False, "samples-kept": True}})
    found = prove_rule(Verdicts(at, at.company, DAY), "tea/keep-samples")
    assert found is not None
    assert found.fulfilment is None


def test_what_is_not_in_force_has_no_outcome_and_does_not_apply() -> None:
    at = situation(tea(), {"company": {"licensed": True}}, date(2023, 12, 31))
    before = Verdicts(at, at.company, date(2023, 12, 31))
    decision = tree(before, {"decision": "shipment-route", "is": "inspection"})
    assert (decision.verdict, decision.answer) == (False, {"en": "not in force", "zh": "未在施行期间"})
    assert tree(before, {"rule": "tea/keep-samples", "is": "does-not-apply"}).verdict is True


def test_a_rule_that_is_not_in_force_has_no_proof() -> None:
    at = situation(tea(), {"company": {}})
    assert prove_rule(Verdicts(at, at.company, DAY), "tea/digital-ledger") is None
    assert prove_decision(Verdicts(at, at.company, date(2023, 12, 31)), "shipment-route") == ()


def test_only_the_row_that_holds_is_proved_and_each_other_fails() -> None:
    body = {
        "company": {"chests-sold": 9999},
        "shipments": [{"id": "one", "leaves-port": True, "purpose": "sale"}],
    }
    at = situation(tea(), body)
    rows = prove_decision(Verdicts(at, at.views("shipment")[0], DAY), "shipment-route")
    assert {row.row: row.proof.verdict for row in rows} == {
        "stays": False, "gift": False, "large": False, "ordinary": True,
    }  # fmt: skip


def test_a_decision_in_a_condition_tells_its_outcomes_and_their_articles() -> None:
    body = {"company": {}, "shipments": [{"id": "one", "leaves-port": True, "purpose": "gift"}]}
    at = situation(tea(), body)
    found = prove_rule(Verdicts(at, at.views("shipment")[0], DAY), "tea/file-for-inspection")
    assert found is not None
    tree = found.condition.tree
    assert tree.verdict is False
    assert tree.answer == {"en": "Exempt", "zh": "免予办理"}
    assert tree.basis == ("tea-law/5",)


def test_the_smallest_change_is_one_answer_where_one_suffices() -> None:
    body = {
        "company": {"chests-sold": 9999},
        "shipments": [{"id": "one", "leaves-port": True, "purpose": "sale"}],
    }
    explained = explain_decision(situation(tea(), body), "shipment-route", DAY)[0]
    found = {
        (change["changed"][0]["fact"], str(change["outcomes"])) for change in result(explained)["changes"]
    }
    assert found == {
        ("leaves-port", "['none']"),
        ("purpose", "['exempt']"),
        ("chests-sold", "['inspection']"),
    }


def test_the_smallest_change_takes_several_answers_where_one_does_not_suffice() -> None:
    body = {"company": {"licensed": False, "chests-sold": 0, "tasters": 20, "leaves": []}}
    explained = explain_rule(situation(tea(), body), "tea/small-house-exemption", DAY)[0]
    assert explained.entry["applicability"] == "does-not-apply"
    (only,) = result(explained)["changes"]
    assert [each["fact"] for each in only["changed"]] == ["tasters"]
    licensed = {"company": {"licensed": True, "chests-sold": 500, "tasters": 20}}
    two = result(explain_rule(situation(tea(), licensed), "tea/small-house-exemption", DAY)[0])["changes"]
    assert [sorted(each["fact"] for each in change["changed"]) for change in two] == [
        ["chests-sold", "tasters"]
    ]


@given(body=profiles(tea(), complete=True))
def test_what_is_said_to_change_the_result_does(body: dict[str, Any]) -> None:
    at = possible(tea(), body)
    for explained in explain_rule(at, "tea/keep-samples", DAY):
        for change in explained.changes:
            applies = explained.entry["applicability"] == "applies"
            assert change.changed
            assert all((outcome == "applies") is not applies for outcome in change.outcomes)


@given(body=profiles(tea(), complete=True), id_=st.sampled_from(["tea/keep-samples", "tea/use-the-mark"]))
def test_no_smaller_change_would_do(body: dict[str, Any], id_: str) -> None:
    at = possible(tea(), body)
    for explained in explain_rule(at, id_, DAY):
        fewest = _fewest(at, id_, explained.entry["applicability"] == "applies")
        assert {len(change.changed) for change in explained.changes} == ({fewest} if fewest else set())


def _fewest(at: Situation, id_: str, applies: bool) -> int:
    """The fewest answers to change, found by trying every combination of all cells."""
    period = at.rules.period(at.rules.rules[id_], DAY)
    assert period is not None
    levels = sorted(at.scratch.levels(period["applicability"]))
    counts = []
    for cells in product(*(at.rules.domains[level].all for level in levels)):
        changed = list(at.company.cells)
        for level, cell in zip(levels, cells, strict=True):
            changed[level] = (cell,)
        found = outcomes(at, period["applicability"], View(None, changed, {}))
        if found and (found == ("applies",)) is not applies:
            counts.append(sum(changed[level] != at.company.cells[level] for level in levels))
    return min(counts, default=0)


@pytest.mark.parametrize(
    ("issued", "verdict"),
    [
        ("2023-11-20", False),
        ("2023-11-21", True),
        ("2026-11-21", True),
        ("2026-11-22", False),
        ("none", False),
    ],
)
def test_a_day_is_seen_from_the_day_asked_about(issued: str, verdict: bool) -> None:
    tree = rule_tree("tea/renew-licence", {"company": {"licensed": True, "licence-issued-on": issued}})
    assert leaf(tree, "licence-issued-on").verdict is verdict


def test_a_change_of_a_day_is_told_in_days() -> None:
    body = {"company": {"licensed": True, "licence-issued-on": "2023-11-20"}}
    (change,) = result(explain_rule(situation(tea(), body), "tea/renew-licence", DAY)[0])["changes"]
    days = {"on_or_after": "2023-11-21", "before": "2026-11-22"}
    assert change["changed"] == [{"fact": "licence-issued-on", "item": None, "answer": days}]


def test_an_explanation_is_plain_data() -> None:
    at = situation(tea(), {"company": {"chests-sold": {"value": 5, "on": "2026-11-02"}}})
    told = [result(each) for id_ in at.rules.rules for each in explain_rule(at, id_, DAY)]
    told += [result(each) for id_ in at.rules.decisions for each in explain_decision(at, id_, DAY)]
    assert json.loads(json.dumps(told, ensure_ascii=False)) == told


def test_what_decides_is_read_without_a_sentence_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a sentence was made")

    at = situation(tea(), {"company": {"chests-sold": 50, "tasters": 5}})
    monkeypatch.setattr("kb.engine.explaining.proof_tree.in_both", refuse)
    found = prove_rule(Verdicts(at, at.company, DAY), "tea/small-house-exemption")
    assert found is not None
    assert [each.id for each in deciding(found.condition.tree)] == ["tasters"]
    with pytest.raises(AssertionError, match="a sentence was made"):
        _ = found.condition.tree.says


def deciding(node: Node) -> Iterator[Node]:
    """The tests that decide, down to the answers."""
    if not node.parts:
        yield node
    for part in node.deciding:
        yield from deciding(part)


def test_negations_one_in_the_other_cancel_out() -> None:
    at = situation(tea(), {"company": {"licensed": True}})
    before = Verdicts(at, at.company, DAY)
    licensed = {"fact": "licensed", "is": True}
    twice = tree(before, {"not": {"not": {"any": [licensed, {"not": licensed}]}}})
    assert (twice.form, twice.verdict) == ("any", True)
    assert [part.verdict for part in twice.parts] == [True, False]
    once = tree(before, {"not": {"any": [licensed]}})
    assert (once.form, once.verdict, once.says["en"]) == ("not", False, "None of these holds")


def test_a_rule_set_that_is_no_longer_used_is_let_go() -> None:
    rules = RuleSet(compile_folder(FIXTURES)["check"])
    at = situation(rules, {"company": {"licensed": True}})
    assert prove_rule(Verdicts(at, at.company, DAY), "tea/keep-samples")
    gone = ref(rules)
    del rules, at
    collect()
    assert gone() is None
