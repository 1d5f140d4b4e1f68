"""Holds the decisions and rules on AI services against their restatement: one service, told as a profile would."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import ai_tables as law
from ai_tables import Row, Service, Table, row_of
from inventions import document

from kb.engine.answering.profile import read_profile
from kb.engine.answering.situation import Situation
from kb.engine.answering.view import View
from kb.engine.answering.workings import Workings
from kb.engine.checking.evaluate import outcomes
from kb.engine.checking.unsettled import contested
from kb.engine.diagrams.outcome import words
from kb.engine.ruleset import RuleSet
from kb.rules import open_rules

Plain = dict[str, Any]
FOLDER = Path(__file__).parents[2] / "rules"
TODAY = date(2026, 11, 22)
DAYS = sorted({TODAY, *law.IN_FORCE.values(), *(day - timedelta(days=1) for day in law.IN_FORCE.values())})
AM_DAY = law.IN_FORCE["AM"]
CONTENTS = tuple(
    map(frozenset, [(), ("text",), ("image", "video"), ("audio", "scene", "other"), ("text", "image")])
)
"""Kinds of content that go together often enough."""

VALUES: Mapping[str, Sequence[Any]] = {
    "day": (*DAYS, *[TODAY] * 6),
    "position": ("offers", "offers", "supplies", *law.POSITIONS),
    "audience": ("mainland_public", "mainland_public", "closed", "internal", "outside_only"),
    "reach": ("mainland", "mainland", "mainland", "from_abroad", "to_abroad_only", "inside_network", "none"),
    "model": ("own", "modified", "local", "call_filed", "call_filed", "call_unfiled", "foreign"),
    "started": (None, date(2020, 1, 1), AM_DAY - timedelta(days=1), AM_DAY, TODAY, TODAY + timedelta(days=1)),
    "changed": (None, TODAY),
    "ended": (None, None, date(2020, 6, 1), TODAY, TODAY + timedelta(days=1)),
    "abroad": (False, False, True),
    "gen": (True, True, False),
    "persona": (True, True, False),
    "emo": (True, True, False),
    "launch": (False, False, True),
    "technology": (False, False, True),
    "growth": (False, False, True),
    "harm": (False, False, False, True),
    "notice": (False, False, False, True),
    "registered": (0, law.REGISTERED - 1, law.REGISTERED, law.REGISTERED + 1),
    "active": (0, law.ACTIVE - 1, law.ACTIVE, law.ACTIVE + 1),
    "companion_event": (False, False, True),
    "contents": CONTENTS,
    "confusing": (*CONTENTS, frozenset(("text", "audio", "image", "video", "scene", "other"))),
    "log_months": (0, law.LOG_MONTHS - 1, law.LOG_MONTHS),
    "meta": ("clear", "vague", "none", "no_file"),
    "otherwise": (frozenset(),),
}
"""What each field is drawn from, more often what more hangs on; the others are yes or no."""

QUESTIONS = (
    "from abroad", "to abroad only", "inside network", "aimed", "circle", "feeds", "companion supply",
    "label of supporters", "filing of supporters", "companion gate", "fine-tuning", "run locally", "compulsory",
    "registration without attribute", "assessment without attribute", "size again", "online before",
    "exception on request", "function when harmless", "function outside DS", "label in files",
    "mark without file", "vague metadata", "plain platform",
)  # fmt: skip
"""Every question that the tables leave open."""


def choices(field: str) -> Sequence[Any]:
    return VALUES.get(field, (False, True))


def random_service(random: Random) -> Service:
    return possible(Service(**{field: random.choice(choices(field)) for field in Service._fields}))


def possible(service: Service) -> Service:
    """The service, which is not run from abroad if it is offered inside the mainland by someone there."""
    inside = service.position == "offers" and service.reach == "mainland"
    return service._replace(abroad=False) if inside else service


OLD_FORUM = Service(TODAY, "offers", "mainland_public", reach="mainland", opinion=True)
"""Without an algorithm, and online before anyone asked for an assessment: hardly ever come upon."""
TABLES: tuple[Table, ...] = tuple(
    value for value in vars(law).values() if isinstance(value, tuple) and value and isinstance(value[0], Row)
)


@cache
def examples() -> Mapping[tuple[int, str], Service]:
    """A service for each row, by the number of its table and its name; rows not come upon are missing."""
    random = Random(20261122)
    many = [OLD_FORUM, *(random_service(random)._replace(day=TODAY) for _ in range(2_500))]
    return {(number, row_of(table, each).name): each for number, table in enumerate(TABLES) for each in many}


# ---- a service as a profile tells it -------------------------------------------------------------------------

REACH = {
    "mainland": "within-mainland",
    "to_abroad_only": "from-mainland-abroad-only",
    "inside_network": "internal-network",
}
MODEL = {"local": "local-unmodified"}
EVENTS = {
    "launch": "launch-or-function",
    "technology": "new-technology",
    "growth": "user-growth",
    "harm": "harm-spreads",
    "notice": "written-notice",
}
JUDGED = ("customers-many-unrelated", "aimed-at-mainland", "model-change-weighty", "technical-mark-possible")
"""Facts that a person weighs and that no table takes as given."""


def _option(value: str) -> str:
    return value.replace("_", "-")


def _day(value: date | None) -> date | str:
    return value or "none"


def _contents(kinds: frozenset[str]) -> list[str]:
    return sorted("virtual-scene" if kind == "scene" else kind for kind in kinds)


def service_answers(s: Service) -> Plain:
    """Everything the rules ask of such a service."""
    return {
        "service-position": _option(s.position),
        "service-audience": _option(s.audience),
        "customers-many-unrelated": s.unrelated,
        "downstream-public": s.downstream,
        "offered-from-abroad": s.abroad,
        "aimed-at-mainland": s.aimed,
        "internet-service-reach": REACH.get(s.reach, _option(s.reach)),
        "generative-model": s.gen,
        "deep-synthesis": s.ds,
        "algorithm-types": ["ranking"] if s.recommends else [],
        "opinion-attribute": s.opinion,
        "supported-opinion-attribute": s.opinion_down,
        "simulates-personality": s.persona,
        "sustained-emotional-interaction": s.emo,
        "algorithm-filing-made": s.filed,
        "companion-algorithm-filed": s.filed,
        "algorithm-number-issued": s.filed and s.issued,
        "algorithm-filing-changed-on": _day(s.changed),
        "companion-filing-changed-on": _day(s.changed),
        "model-source": MODEL.get(s.model, _option(s.model)),
        "base-model-filed": s.base_filed,
        "model-change-weighty": s.weighty,
        "model-number-held": s.number,
        "service-started-on": _day(s.started),
        "service-ended-on": _day(s.ended),
        "assessment-events": [option for field, option in EVENTS.items() if getattr(s, field)],
        "opinion-assessment-on-record": s.opinion_record,
        "service-features": ["biometric-tool"] if s.tool else [],
        **_companion_answers(s),
        **_label_answers(s),
    }


def _companion_answers(s: Service) -> Plain:
    return {
        "companion-registered-users": s.registered,
        "companion-active-users": s.active,
        "companion-size-assessed": s.size_assessed,
        "companion-events": ["technology"] if s.companion_event else [],
        "companion-assessment-on-record": s.companion_record,
    }


def _label_answers(s: Service) -> Plain:
    return {
        "synthesis-functions": ["voice"] if s.functions else [],
        "may-mislead-public": s.confuse,
        "output-kinds": _contents(s.contents),
        "misleading-kinds": _contents(s.confusing),
        "unlabelled-on-request": s.request,
        "unlabelled-agreement": s.agreement,
        "unlabelled-log-months": s.log_months,
        "content-export": s.export,
        "output-as-file": s.file,
        "technical-mark-possible": s.markable,
        "spreads-others-content": s.spreads,
    }


def content_answers(s: Service) -> Plain:
    """One piece of content of someone else; whether the platform has an algorithm is what LM 2 makes of it."""
    by = "algorithm-platform" if law.label_role(s) == "provider" else "plain-platform"
    return {
        "content-spread-by": by if s.spreads else "not-spread",
        "content-metadata": _option(s.meta),
        "content-declared": s.declared,
        "content-traces": s.detected,
    }


@cache
def rules() -> RuleSet:
    return open_rules(FOLDER).check


@cache
def workings() -> Workings:
    return Workings(rules())


def situation(s: Service, *, judged: bool = True) -> Situation:
    """The profile of the service; without `judged`, of what a person weighs nothing is said."""
    service = {fact: answer for fact, answer in service_answers(s).items() if judged or fact not in JUDGED}
    profile = {
        "kind": "profile",
        "entity": "Invented Ltd",
        "company": {
            "handles-ai-content": s.handles,
            "posts-ai-content": s.posts,
            "distributes-apps": s.apps,
        },
        rules().items["ai-service"]["list"]: [{"id": "it", **service}],
        rules().items["posted-content"]["list"]: [{"id": "post", **content_answers(s)}],
    }
    return Situation(rules(), read_profile(document(profile, "profile.yaml"), rules()), s.day, workings())


# ---- what is held against what -------------------------------------------------------------------------------


class Check(NamedTuple):
    """An object of the rule set, and what the result of a table is called there."""

    id: str
    said: Callable[[Service], str]
    called: Callable[[str], str]


def decision(id_: str, said: Callable[[Service], str], **called: str) -> Check:
    return Check(id_, said, called.__getitem__)


def rule(id_: str, said: Callable[[Service], str], *results: str) -> Check:
    """A rule that applies where a table says one of these."""
    return Check(id_, said, lambda result: "applies" if result in results else "does-not-apply")


CHECKS = (
    decision("genai-role", law.genai_role, provider="provider", user="user", out="outside", none="other-part"),
    decision("deep-synthesis-role", law.synthesis_role, provider="provider", supporter="tech-supporter",
             user="user", none="bystander", out="outside"),
    decision("algorithm-role", law.algorithm_role, provider="provider", none="no-role", out="outside"),
    decision("companion-role", law.companion_role, provider="provider", out="outside"),
    decision("label-role", law.label_role, provider="service-provider", supporter="supporter", out="not-bound"),
    decision("algorithm-filing", law.algorithm_filing, ten_days="file-within-ten-days",
             by_reference="file-by-reference", not_required="not-required"),
    decision("genai-filing", law.service_filing, file="file", register="register-instead",
             no_route="no-working-route", not_required="not-required"),
    decision("genai-registration", law.registration, register="register", not_required="not-required"),
    decision("opinion-assessment", law.opinion_assessment, before_launch="before-launch", after_event="after-event",
             both="both", no_date="no-date", nothing_now="nothing-due", not_required="not-required"),
    decision("companion-assessment", law.companion_assessment, required="required", first="first-assessment",
             nothing_now="nothing-now", not_required="not-required"),
    decision("explicit-label", law.explicit_label, required="required", offer="offer-function",
             except_on_request="required-except-on-request", advise="advise-customers", not_required="not-required"),
    decision("implicit-label", law.implicit_label, required="required", mark="mark-where-possible",
             advise="advise-customers", not_required="not-required"),
    decision("platform-notice", law.platform_notice, may_be="may-be-generated", suspected="suspected-generated",
             as_labelled="as-labelled", none="no-notice", **{"is": "is-generated"}),
    rule("algorithms/file-algorithm", law.filing_clock, "standing"),
    rule("algorithms/file-within-ten-days", law.filing_clock, "dated"),
    rule("algorithms/file-as-supporter", law.algorithm_filing, "by_reference"),
    rule("ai-companions/file-without-attribute", law.companion_clock, "standing"),
    rule("ai-companions/file-within-ten-days", law.companion_clock, "dated"),
    rule("algorithms/file-change", law.filing_change, "due"),
    rule("algorithms/deregister", law.filing_end, "due"),
    rule("algorithms/show-filing-number", law.filing_number, "due"),
    rule("ai-companions/file-change-without-attribute", law.companion_change, "due"),
    rule("ai-companions/deregister-without-attribute", law.companion_end, "due"),
    rule("generative-ai/file-service", law.service_duty, "due"),
    rule("generative-ai/register-application", law.registration_duty, "due"),
    rule("generative-ai/show-model-number", law.number_display, "show"),
    rule("generative-ai/assess-before-launch", law.opinion_assessment, "before_launch", "both"),
    rule("generative-ai/assess-after-event", law.opinion_assessment, "after_event", "both"),
    rule("generative-ai/assess-standing", law.opinion_assessment, "no_date"),
    rule("generative-ai/assess-synthesis-tool", law.tool_assessment, "assess"),
    rule("ai-companions/assess-and-report", law.companion_assessment, "required", "first"),
    *(
        rule(f"ai-labels/label-{'virtual-scene' if kind == 'scene' else kind}",
             lambda s, kind=kind: law.content_label(s, kind), "label")
        for kind in ("text", "audio", "image", "video", "scene", "other")
    ),
    rule("ai-labels/label-exported-files", law.file_label, "label"),
    rule("ai-labels/label-conspicuously", law.early_label, "label"),
    rule("ai-labels/offer-label-function", law.label_function, "offer"),
    rule("ai-labels/write-metadata", law.implicit_label, "required"),
    rule("ai-labels/add-technical-mark", law.technical_mark, "mark"),
    rule("ai-labels/check-uploads", law.platform_duties, "owed"),
    rule("ai-labels/mark-others-content", law.platform_duties, "owed"),
    rule("ai-labels/offer-declaration", law.platform_duties, "owed"),
    rule("ai-labels/show-platform-notice", law.platform_notice, "is", "may_be", "suspected", "as_labelled"),
    rule("ai-labels/declare-ai-content", law.declaration, "declare"),
    rule("ai-labels/no-tampering", law.tampering, "forbidden"),
    rule("ai-labels/check-apps", law.app_check("LM"), "check"),
    rule("generative-ai/check-synthesis-apps", law.app_check("DS"), "check"),
    rule("ai-companions/check-companion-apps", law.app_check("AM"), "check"),
    rule("algorithms/tell-users", law.algorithm_role, "provider"),
    rule("generative-ai/publish-intended-use", law.genai_role, "provider"),
    rule("ai-companions/say-it-is-ai", law.companion_role, "provider"),
    rule("ai-companions/remind-dependent-users", law.companion_role, "provider"),
    rule("ai-companions/remind-after-two-hours", law.companion_role, "provider"),
)  # fmt: skip


def diagram(check: Check, s: Service) -> tuple[int, str] | None:
    """The compiled function of an object on the day, and what it is asked of; none where it is not in force."""
    owner = rules().decisions.get(check.id) or rules().rules[check.id]
    period = rules().period(owner, s.day)
    root = period and period["outcomes" if "rows" in owner else "applicability"]
    return None if root is None else (root, owner.get("for_each", "company"))


def view(of: Situation, scope: str) -> View:
    (only,) = of.views(scope)
    return only


def wanted(check: Check, s: Service) -> str | None:
    """What the table says, as the rule set would; none on a day before the instrument."""
    result = check.said(s)
    return None if result == "not_in_force" else check.called(result)


def disagreements(s: Service) -> Iterator[str]:
    """Everything that the rule set does not say as the tables do; what is not in force does not apply."""
    told = situation(s)
    for check in CHECKS:
        found = diagram(check, s)
        got = words(outcomes(told, found[0], view(told, found[1]))) if found else []
        expected = wanted(check, s)
        if got != [expected] and (got or expected not in (None, "does-not-apply")):
            yield f"{check.id} says {got}, the table {expected}: {s}"


def silences(s: Service) -> Iterator[str]:
    """Questions that are open by the tables, but of whose other answer the rule set shows nothing."""
    for check in CHECKS:
        found, usual = diagram(check, s), wanted(check, s)
        for question in QUESTIONS:
            other = wanted(check, s._replace(otherwise=frozenset([question])))
            if found and other != usual and other not in shown(s, *found):
                yield f"{check.id}: {question!r} could make it {other}, not shown: {s}"


def shown(s: Service, root: int, scope: str) -> set[str]:
    """The outcomes under each single reading, and with nothing said of what a person weighs."""
    told, unsaid = situation(s), situation(s, judged=False)
    readings = contested(told, [root], view(told, scope), [])
    others = {word for each in readings for other in each["otherwise"] for word in other["outcomes"]}
    return others | set(words(outcomes(unsaid, root, view(unsaid, scope))))
