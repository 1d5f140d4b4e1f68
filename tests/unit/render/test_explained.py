"""An explanation tells which exemption really holds, whose item an answer is about, and when one is defeated."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from inventions import A_DAY, Plain, compiled, constraint, fact, profile_of, rule
from published import result

from kb.engine.answering.situation import Situation
from kb.engine.explaining.explain import Explained, explain_rule
from kb.engine.ruleset import RuleSet
from kb.render.explanation.explanation import explanation
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Pen
from kb.render.terminal.paper import Paper, paper_for

ALWAYS: Plain = {"from": date(2020, 1, 1)}
FACTS = ("trades", "small", "listed", "ill")


def named(
    id_: str, title: str, when: Plain, modality: str = "exemption", unless: tuple[str, ...] = ()
) -> Plain:
    made = rule(id_, [{**ALWAYS, "applies_when": when, "unless": list(unless)}], modality=modality)
    return {**made, "title": {"en": title, "zh": f"【{title}】"}}


def yes(name: str) -> Plain:
    return {"fact": name, "is": True}


def nested() -> RuleSet:
    """A duty from which small traders are free, unless they are listed."""
    return compiled(
        [
            *(fact(name, "boolean") for name in FACTS),
            named("listing", "Listed", yes("listed")),
            named("small", "Small", yes("small"), unless=("listing",)),
            named("ill", "Ill", yes("ill")),
            named("duty", "Duty", yes("trades"), "obligation", ("small", "ill")),
        ]
    )


def paper() -> Paper:
    return paper_for(io.StringIO())


def told(rules: RuleSet, company: Plain, lang: str = "en", full: bool = False, **items: Any) -> str:
    profile = profile_of(rules, company, **items)
    found = explain_rule(Situation(rules, profile, A_DAY), "duty", A_DAY)
    scene = Scene(rules, {"as_of": A_DAY.isoformat(), "none_named": None}, profile, full)
    return explanation(scene, rules.rules["duty"], found, Pen((lang,), paper()))


def exemptions(rules: RuleSet, company: Plain) -> Plain:
    found: list[Explained] = explain_rule(Situation(rules, profile_of(rules, company), A_DAY), "duty", A_DAY)
    return dict(result(found[0])["exemptions"])


DEFEATED: Plain = {"trades": True, "small": True, "listed": True, "ill": False}


def test_a_defeated_exemption_is_not_shown_as_exempting() -> None:
    out = told(nested(), DEFEATED)
    assert "✓  applies" in out
    assert "does not exempt you: Small" in out
    assert "set aside, because: Listed" in out
    assert "would apply, but: Small" not in out


def test_the_same_in_chinese() -> None:
    out = told(nested(), DEFEATED, "zh")
    assert "不构成免予：【Small】" in out
    assert "因下列情形不得免予：【Listed】" in out


def test_the_exemption_that_holds_is_told_first() -> None:
    out = told(nested(), {**DEFEATED, "ill": True})
    assert out.index("would apply, but: Ill") < out.index("does not exempt you: Small")


def test_an_exemption_that_nothing_sets_aside_exempts() -> None:
    out = told(nested(), {**DEFEATED, "listed": False})
    assert "would apply, but: Small" in out
    assert "Listed" not in out
    assert "not set aside by: Listed" in told(nested(), {**DEFEATED, "listed": False}, full=True)


@pytest.mark.parametrize(
    ("company", "words"),
    [
        ({**DEFEATED, "trades": False, "listed": False}, "would exempt you: Small"),
        ({**DEFEATED, "small": False}, "does not reach you: Small"),
        ({"trades": True, "small": True, "ill": False}, "may reach you: Small"),
        ({"trades": True, "small": True, "ill": False}, "may be set aside, because: Listed"),
        ({"trades": True, "listed": True, "ill": False}, "does not exempt you: Small"),
    ],
)
def test_what_an_exemption_does_is_said(company: Plain, words: str) -> None:
    assert words in told(nested(), company)


def test_json_tells_what_holds_and_what_defeats_it() -> None:
    found = exemptions(nested(), DEFEATED)
    small = found["small"]
    assert (small["applies"], small["condition"]["verdict"]) == (False, True)
    assert small["exemptions"]["listing"]["applies"] is True
    assert found["ill"]["applies"] is False
    assert exemptions(nested(), {**DEFEATED, "listed": False})["small"]["applies"] is True


def test_an_answer_about_another_item_is_told_with_the_item() -> None:
    tie = constraint("needs", {"all": [yes("secret"), {"fact": "handler", "is": False}]})
    facts = [fact("handler", "boolean"), fact("secret", "boolean", "flow")]
    rules = compiled([*facts, tie, named("duty", "Duty", yes("handler"), "obligation")])
    assert "for flows-0, " in told(rules, {}, flows=[{"secret": True}])
    assert "就flows-0而言，" in told(rules, {}, "zh", flows=[{"secret": True}])
