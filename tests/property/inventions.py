"""Invented law and invented companies, for the engine to be held against the oracle.

Small, but with everything in it: all types of fact, derived facts, constraints of the company, of
an item and across both, thresholds and versions that change, exemptions, references between
rules and decisions, contested readings, two kinds of item.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from oracle import raw_values, size, world_of

from kb.diagnostics import Diagnostic
from kb.engine.answering.profile import Profile, read_profile
from kb.engine.answering.situation import Situation
from kb.engine.checking.assess import assess
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.store import yaml
from kb.store.knowledge import KnowledgeBase
from kb.store.links import unresolved
from kb.store.loader import objects_in
from kb.store.names import misnamed
from kb.store.soundness import unsound

Draw = Any
Plain = dict[str, Any]
WORDS = {"en": "words", "zh": "文字"}
LISTS = {"flow": "flows", "site": "sites"}
LINES = (1, 2, 10)
DAYS = (date(2020, 6, 1), date(2022, 3, 1))
SPANS = ({"months": 6}, {"years": 1}, {"working_days": 10}, {"days": 30})
CHANGES = (date(2020, 1, 1), date(2021, 1, 1), date(2021, 6, 1), date(2022, 1, 1))
FOREVER = date(2010, 1, 1)
A_DAY = date(2026, 11, 21)
BASIS = [{"ref": "law/1"}]
REVIEW = {
    "status": "reviewed", "checked_on": date(2026, 1, 1), "checked_against": "official-text",
    "by": "editors", "recheck_by": date(2027, 1, 1),
}  # fmt: skip
FURNITURE: list[Plain] = [
    {
        "kind": "instrument", "id": "law", "rank": "law", "title": WORDS, "short": WORDS, "issued_by": ["office"],
        "state": "in-force", "source": {"language": "zh"}, "coverage": "complete", "in_force": {"from": FOREVER}, "review": REVIEW,
        "provisions": [{"ref": "1", "heading": WORDS, "formalised": "full"}],
    },
    {"kind": "authority", "id": "office", "name": WORDS, "short": WORDS},
    {"kind": "term", "id": "handler", "term": WORDS, "definition": WORDS},
    {"kind": "topic", "id": "trade", "title": WORDS, "summary": WORDS},
    *({"kind": "item", "id": id_, "list": name, "label": WORDS, "question": WORDS} for id_, name in LISTS.items()),
    {
        "kind": "threshold", "id": "from-line", "unit": "person", "label": WORDS,
        "values": [
            {"from": FOREVER, "to": date(2021, 5, 31), "value": 2, "bound": "at_least", "basis": BASIS},
            {"from": date(2021, 6, 1), "value": 10, "bound": "at_least", "basis": BASIS},
        ],
    },
    {
        "kind": "threshold", "id": "above-line", "unit": "person", "label": WORDS,
        "values": [
            {"from": FOREVER, "to": date(2021, 12, 31), "value": 1, "bound": "more_than", "basis": BASIS},
            {"from": date(2022, 1, 1), "value": 9, "bound": "more_than", "basis": BASIS},
        ],
    },
    {
        "kind": "reading", "id": "point", "question": WORDS, "applied": "wide",
        "alternatives": [{"id": id_, "text": WORDS, "said_by": WORDS} for id_ in ("narrow", "wide")],
    },
]  # fmt: skip


def as_yaml(value: Any) -> str:
    """YAML text of plain data: JSON is YAML, but for dates, which stand unquoted."""
    text = json.dumps(value, ensure_ascii=False, default=lambda day: f"@{day.isoformat()}")
    return re.sub(r'"@(\d{4}-\d\d-\d\d)"', r"\1", text)


def document(value: Any, path: str = "rules/invented.yaml") -> yaml.Document:
    return yaml.parse(as_yaml(value), path)


def knowledge(objects: list[Plain]) -> KnowledgeBase:
    """The knowledge base of these objects, which the loader must find nothing wrong with."""
    findings: list[Diagnostic] = []
    base = KnowledgeBase.of(objects_in(document(objects), findings), findings)
    findings += [*unresolved(base), *misnamed(base)]
    assert not findings, findings
    findings += unsound(base)
    assert not findings, findings
    return base


def compiled(objects: list[Plain]) -> RuleSet:
    """The rule set of some objects, as it is read back from a bundle."""
    return RuleSet(json.loads(json.dumps(build(knowledge([*FURNITURE, *objects])))))


def profile_of(rules: RuleSet, company: Plain | None = None, **items: Any) -> Profile:
    """A profile with these answers; lists of items by name, each item without an id given one."""
    said: Plain = {"kind": "profile", "entity": "Invented Ltd", "company": company or {}}
    for name, each in items.items():
        said[name] = [{"id": f"{name}-{number}", **item} for number, item in enumerate(each)]
    return read_profile(document(said, "profile.yaml"), rules)


def situation_of(rules: RuleSet, company: Plain | None = None, day: date = A_DAY, **items: Any) -> Situation:
    """A profile laid over a rule set on a day."""
    return Situation(rules, profile_of(rules, company, **items), day)


def assessed(rules: RuleSet, company: Plain | None = None, day: date = A_DAY, **items: Any) -> Plain:
    """The assessment of a profile on a day."""
    return assess(rules, profile_of(rules, company, **items), day, "sha256:0")


def finding(result: Plain, id_: str, item: str | None = None) -> Plain:
    """The one finding of a rule, about the company or an item."""
    (found,) = [each for each in result["findings"] if (each["rule"], each["item"]) == (id_, item)]
    return found  # type: ignore[no-any-return]


def decided(result: Plain, id_: str, item: str | None = None) -> Plain:
    """The one entry of a decision, about the company or an item."""
    (found,) = [each for each in result["decisions"] if (each["id"], each["item"]) == (id_, item)]
    return found  # type: ignore[no-any-return]


def fact(id_: str, type_: str, about: str = "company", **more: Any) -> Plain:
    """A fact with the furniture its type asks for."""
    made: Plain = {"kind": "fact", "id": id_, "about": about, "type": type_, "label": WORDS, **more}
    if type_ == "boolean":
        made["negative"] = WORDS
    if type_ in ("choice", "choices"):
        made.setdefault("options", [{"id": option, "label": WORDS} for option in ("red", "green", "blue")])
    if "derive" not in made:
        made["question"] = WORDS
    return made


def rule(id_: str, versions: list[Plain], scope: str = "company", modality: str = "obligation") -> Plain:
    """A rule whose versions say only what matters to a test."""
    made = {
        "kind": "rule", "id": id_, "title": WORDS, "modality": modality, "addressee": "handler", "topics": ["trade"],
        "versions": [{"review": REVIEW, "basis": BASIS, "duty": WORDS, **version} for version in versions],
    }  # fmt: skip
    return made if scope == "company" else {**made, "for_each": scope}


def decision(id_: str, rows: dict[str, list[Plain]], scope: str = "company") -> Plain:
    """A decision of outcomes x, y, z with the given versions of each row."""
    made = {
        "kind": "decision", "id": id_, "title": WORDS, "topics": ["trade"], "review": REVIEW,
        "outcomes": [{"id": id_, "label": WORDS, "meaning": WORDS} for id_ in ("x", "y", "z")],
        "rows": [
            {"row": row, "title": WORDS, "versions": [{"basis": BASIS, **version} for version in versions]}
            for row, versions in rows.items()
        ],
    }  # fmt: skip
    return made if scope == "company" else {**made, "for_each": scope}


def constraint(id_: str, never: Plain) -> Plain:
    return {
        "kind": "constraint",
        "id": id_,
        "never": never,
        "message": {"en": f"not {id_}", "zh": f"不得{id_}"},
    }


@dataclass
class Lawyer:
    """Makes up conditions from what has been defined so far."""

    draw: Draw
    facts: list[Plain] = field(default_factory=list)
    derived: list[Plain] = field(default_factory=list)
    named: list[tuple[str, str, str]] = field(default_factory=list)
    """Rules and decisions that may be referred to: kind, id, scope."""

    def pick(self, *options: Any) -> Any:
        return self.draw(st.sampled_from(options))

    def chance(self, percent: int) -> bool:
        return bool(self.draw(st.integers(0, 99)) < percent)

    def atom(self, scopes: tuple[str, ...], plain: bool) -> Plain:
        """One test; `plain` ones hold on every day, as a constraint must."""
        facts = [each for each in self.facts if each["about"] in scopes]
        kinds = ["fact"] * 6
        if not plain:
            kinds += ["derived"] * 2 + ["named"] * 2 + ["reading"]
        kind = self.pick(*kinds)
        derived = [each for each in self.derived if each["about"] in scopes]
        if kind == "derived" and derived:
            return {"fact": self.pick(*derived)["id"], "is": self.chance(50)}
        named = [each for each in self.named if each[2] in scopes]
        if kind == "named" and named:
            what, id_, _ = self.pick(*named)
            words = ("x", "y", "z") if what == "decision" else ("applies", "does-not-apply", "exempt")
            return (
                {what: id_, "is": self.pick(*words)}
                if self.chance(60)
                else {what: id_, "is_any_of": words[:2]}
            )
        if kind == "reading":
            return {"reading": "point", "is": self.pick("narrow", "wide")}
        return self.fact_test(self.pick(*facts), plain)

    def fact_test(self, fact: Plain, plain: bool) -> Plain:
        id_ = fact["id"]
        match fact["type"]:
            case "boolean":
                return {"fact": id_, "is": self.chance(50)}
            case "choice":
                return {
                    "fact": id_,
                    **self.pick({"is": "red"}, {"is": "blue"}, {"is_any_of": ["red", "green"]}),
                }
            case "choices":
                return {"fact": id_, "includes": self.pick("red", "green")}
            case "date":
                if fact.get("optional") and self.chance(30):
                    return {"fact": id_, "answered": self.chance(50)}
                if not plain and self.chance(50):
                    return {
                        "fact": id_,
                        **self.pick({"happened": self.chance(50)}, *({"within": span} for span in SPANS)),
                    }
                return {"fact": id_, self.pick("before", "on_or_after"): self.pick(*DAYS)}
        if not plain and self.chance(50):
            name, ops = self.pick(
                ("from-line", ("at_least", "less_than")), ("above-line", ("more_than", "at_most"))
            )
            return {"fact": id_, self.pick(*ops): {"threshold": name}}
        return {"fact": id_, self.pick("at_least", "less_than", "more_than", "at_most"): self.pick(*LINES)}

    def condition(self, scopes: tuple[str, ...], plain: bool = False, depth: int = 2) -> Plain:
        form = self.pick("atom", "atom", "all", "any", "not") if depth else "atom"
        if form == "atom":
            return self.atom(scopes, plain)
        if form == "not":
            return {"not": self.condition(scopes, plain, depth - 1)}
        many = self.draw(st.integers(2, 3))
        return {form: [self.condition(scopes, plain, depth - 1) for _ in range(many)]}

    def dated(self, scopes: tuple[str, ...]) -> list[Plain]:
        """A condition that is another one from some day on."""
        turn = self.pick(*CHANGES)
        stretches = ({"from": FOREVER, "to": turn - timedelta(days=1)}, {"from": turn})
        return [{**stretch, "when": self.condition(scopes, depth=1)} for stretch in stretches]

    def stretches(self) -> list[Plain]:
        """The periods of one or two versions."""
        first, second, end = self.pick(*CHANGES[:2]), CHANGES[2], CHANGES[3]
        return self.pick(  # type: ignore[no-any-return]
            [{"from": FOREVER}],
            [{"from": first, "to": second - timedelta(days=1)}, {"from": second}],
            [{"from": first, "to": date(2021, 3, 31)}, {"from": second, "to": end}],
        )


def scopes_of(scope: str) -> tuple[str, ...]:
    return ("company",) if scope == "company" else ("company", scope)


@st.composite
def laws(draw: Draw) -> list[Plain]:
    """The objects of a small knowledge base, sound in form; its decisions are sound in substance."""
    lawyer = Lawyer(draw)
    for about, least, most in (("company", 1, 3), ("flow", 1, 2), ("site", 1, 1)):
        for number in range(draw(st.integers(least, most))):
            type_ = lawyer.pick("boolean", "boolean", "count", "date", "choice", "choices")
            options = [{"id": option, "label": WORDS} for option in ("red", "green", "blue")]
            more: Plain = {"optional": lawyer.chance(60)} if type_ == "date" else {}
            more |= {"options": options[:2]} if type_ == "choices" else {}
            lawyer.facts.append(fact(f"{about}-{number}-{type_}", type_, about, **more))
    for number in range(draw(st.integers(0, 2))):
        about = lawyer.pick("company", "flow")
        derive = lawyer.pick(lawyer.condition(scopes_of(about)), lawyer.dated(scopes_of(about)))
        lawyer.derived.append(fact(f"derived-{number}", "boolean", about, derive=derive))
    objects = [*_rules(lawyer, "exemption", 2), *_decisions(lawyer), *_rules(lawyer, "obligation", 3)]
    # About constraints the law is timeless: they name no threshold, reading, rule or decision.
    scopes = [("company",), ("flow",), ("company", "flow"), ("company", "flow"), ("company", "site")]
    constraints = [
        constraint(f"constraint-{number}", lawyer.condition(lawyer.pick(*scopes), plain=True))
        for number in range(draw(st.integers(0, 3)))
    ]
    return [*FURNITURE, *lawyer.facts, *lawyer.derived, *objects, *constraints]


def _rules(lawyer: Lawyer, modality: str, most: int) -> list[Plain]:
    made = []
    exemptions = [(id_, scope) for kind, id_, scope in lawyer.named if id_.startswith("exemption")]
    for number in range(lawyer.draw(st.integers(1, most))):
        scope = lawyer.pick("company", "flow", "flow", "site")
        versions = []
        for stretch in lawyer.stretches():
            version = {**stretch, "applies_when": lawyer.condition(scopes_of(scope))}
            usable = [id_ for id_, of in exemptions if of in scopes_of(scope)]
            version["unless"] = [id_ for id_ in usable if lawyer.chance(60)]
            if lawyer.chance(60):
                version["fulfilled_when"] = lawyer.condition(scopes_of(scope), depth=1)
            versions.append(version)
        made.append(rule(f"{modality}-{number}", versions, scope, modality))
        lawyer.named.append(("rule", f"{modality}-{number}", scope))
    return made


def _decisions(lawyer: Lawyer) -> list[Plain]:
    """A decision whose rows exclude one another because each begins where the ones above it end."""
    if lawyer.chance(20):
        return []
    scope = lawyer.pick("company", "flow", "flow")
    rows: dict[str, list[Plain]] = {"first": [], "second": [], "otherwise": []}
    for stretch in lawyer.stretches():
        one, two = (lawyer.condition(scopes_of(scope)) for _ in range(2))
        guards = {
            "first": one,
            "second": {"all": [{"not": one}, two]},
            "otherwise": {"not": {"any": [one, two]}},
        }
        for row, guard in guards.items():
            rows[row].append({**stretch, "when": guard, "outcome": lawyer.pick("x", "y", "z")})
    lawyer.named.append(("decision", "way", scope))
    return [decision("way", rows, scope)]


@st.composite
def answers(draw: Draw, base: KnowledgeBase, about: str, day: date, most: int) -> Plain:
    """What is known of the company or of one item; some answers are completed until few worlds are left."""
    said: Plain = {}
    facts = [each for each in base.facts.values() if each.about == about and each.derive is None]
    for each in facts:
        values = raw_values(base, each, day)
        if draw(st.integers(0, 99)) < 55:
            continue
        said[each.id] = draw(_answer(each, values))
    for each in facts:
        if size(world_of(base, about, said, day)) > most:
            value = draw(st.sampled_from(raw_values(base, each, day)))
            said[each.id] = sorted(value) if isinstance(value, frozenset) else value
    return said


@st.composite
def _answer(draw: Draw, fact: Any, values: list[Any]) -> Any:
    form = draw(st.sampled_from(("value", "value", "partly", "unknown", "provenance")))
    value = draw(st.sampled_from(values))
    value = sorted(value) if isinstance(value, frozenset) else value
    if form == "unknown":
        return draw(st.sampled_from(("unknown", {"value": "unknown", "by": "me"})))
    if form == "provenance":
        return {"value": value, "note": "seen"}
    if form == "value" or fact.type == "boolean":
        return value
    if fact.type == "choice":
        return {"one_of": draw(st.lists(st.sampled_from(values), min_size=1, max_size=3))}
    if fact.type == "choices":
        return {draw(st.sampled_from(("includes", "excludes"))): value}
    low, high = sorted(draw(st.sampled_from([each for each in values if each != "none"])) for _ in range(2))
    return draw(st.sampled_from(({"at_least": low, "at_most": high}, {"at_least": low}, {"at_most": high})))


@st.composite
def profiles(draw: Draw, base: KnowledgeBase, day: date, most: int = 12) -> Plain:
    """A company, with no, some or unmentioned items of each kind."""
    profile: Plain = {
        "kind": "profile",
        "entity": "Invented Ltd",
        "company": draw(answers(base, "company", day, most)),
    }
    for kind, name in LISTS.items():
        count = draw(st.sampled_from((None, 0, 1, 1, 2, 2)))
        if count is not None:
            profile[name] = [
                {"id": f"{kind}-{n}", **draw(answers(base, kind, day, most))} for n in range(count)
            ]
    return profile
