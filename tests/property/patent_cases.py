"""Whole patents, from the answers a person gives to every figure, verdict and other reading that is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import patent_oracle as law
from chinese_calendar import constants
from patent_compare import adjustment_by_law, extension_by_law
from patent_dates import Grant, Plain, application_dates, grant_dates, near

from kb.calculations.case import Otherwise, Result, Value
from kb.engine.answering.answers import read_answer
from kb.engine.answering.calculated import computed
from kb.engine.ruleset import RuleSet
from kb.rules import open_rules

FEES_FROM, REQUEST_FEE, ANNUAL_FEE = date(2024, 8, 6), 200, 8000
PUBLISHED_YEARS = range(2021, 2027)
VERDICTS = {
    "no approval": "not-approved",
    "only conditional": "only-conditional",
    "no grant": "not-granted",
    "grant too late": "granted-too-late",
    "not in force": "term-over",
    "too early": "asked-too-early",
    "no delay": "no-delay",
    "no days": "no-days",
    "grant between": "granted-between",
}
"""What the restatement calls a thing, and what the rules call it, as far as that is one for one."""
HOPELESS = {
    "approved-before-regime", "granted-too-late", "term-over", "asked-too-late", "window-over", "no-days",
    "granted-before-regime", "no-delay",
}  # fmt: skip
"""Where nothing can be gained any more, no answer need be said to be missing."""


@cache
def rules() -> RuleSet:
    return open_rules(Path(__file__).parents[2] / "rules").check


def rest(day: date) -> bool:
    """The days of rest as a list says that is not ours; where ours has no year, weekends only."""
    return day.weekday() >= 5 or (day.year in PUBLISHED_YEARS and day in constants.holidays)


def free(day: date) -> bool:
    """The days on which offices are closed, by the same list."""
    if day.year in PUBLISHED_YEARS and day in constants.workdays:
        return False
    return rest(day)


class Patent(NamedTuple):
    """Everything said of one patent. `adjusted`: days of adjustment decided; None while that is open."""

    grant: Grant
    granted: date | None
    conditional: date | None
    formal: date | None
    asked: date | None
    adjustment_asked: date | None
    adjusted: int | None
    today: date

    @property
    def counted(self) -> date | None:
        return law.length_date(self.conditional, self.formal)


def a_patent(random: Random) -> Patent:
    """A patent about which most of what matters happens within days of something else that does."""
    grant = _a_grant(random)
    granted: date | None = grant.granted if random.random() < 0.97 else None
    conditional, formal = _approvals(random, grant)
    moments = [law.adjustment_window(grant.granted, rest), grant.granted, FEES_FROM, date(2026, 11, 22)]
    over = law.plain_expiry(grant.term_from) + adjustment_by_law(grant)[1] * law.DAY
    asked_adjustment = random.choice((None, *(near(random, each) for each in moments[:2])))
    asked = None
    if formal:
        moments += [law.extension_window(formal, rest), formal, over]
        asked = random.choice((None, *(near(random, each) for each in moments[4:])))
    today = near(random, random.choice(moments))
    decided, waived = random.random() < 0.6, random.random() < 0.3
    settled = law.length_settled(
        grant.granted, today, rest, requested=asked_adjustment is not None, decided=decided, waived=waived
    )
    given = adjustment_by_law(grant)[1] if asked_adjustment and decided else 0
    adjusted = given if settled else None
    return Patent(grant, granted, conditional, formal, asked, asked_adjustment, adjusted, today)


def _a_grant(random: Random) -> Grant:
    """A grant within the term, seldom with months of adjustment: every day of an open one is gone through."""
    while True:
        grant = grant_dates(random, application_dates(random, *random.choice(((2001, 2006), (2013, 2018)))))
        if grant.granted >= law.plain_expiry(grant.term_from):
            continue
        if adjustment_by_law(grant)[1] < 300 or random.random() < 0.1:
            return grant


def _approvals(random: Random, grant: Grant) -> tuple[date | None, date | None]:
    """The conditional and the formal approval."""
    full = law.turn(grant.term_from + adjustment_by_law(grant)[1] * law.DAY, random.choice((6, 8, 11)))
    over = law.plain_expiry(grant.term_from) + adjustment_by_law(grant)[1] * law.DAY
    around = (full, law.REGIME, grant.granted, date(2023, 7, 3), date(2026, 9, 30), over - timedelta(days=60))
    formal = near(random, random.choice(around))
    earlier = (formal - timedelta(days=400), grant.granted, full, formal)
    conditional = random.choice((None, min(formal, near(random, random.choice(earlier)))))
    return conditional, formal if random.random() < 0.9 else None


# ---- what is told ------------------------------------------------------------------------------------------------


def told(said: dict[str, Any], today: date) -> Mapping[str, Result]:
    """The results for the answers about a patent, by id of the calculation."""
    read = {id_: read_answer(rules().facts[id_], raw, rules().level_of) for id_, raw in said.items()}
    return computed(rules(), "patent", read, today)


def answers(patent: Patent) -> dict[str, Any]:
    application, grant = patent.grant.application, patent.grant
    route = "divisional" if application.submitted else "international" if application.entry else "direct"
    said: dict[str, Any] = {
        "patent-type": "invention",
        "patent-route": route,
        "patent-filed-on": law.filing_date(application),
        "examination-requested-on": max(grant.requested, grant.paid),
        "patent-published-on": grant.published,
        "patent-granted-on": patent.granted or "none",
        "reasonable-delay-days": grant.reasonable,
        "applicant-delay-days": grant.applicant,
        "pta-requested-on": patent.adjustment_asked or "none",
        "drug-approved-on": patent.formal or "none",
        "drug-conditionally-approved-on": patent.conditional or "none",
        "pte-requested-on": patent.asked or "none",
        "pta-state": "open" if patent.adjusted is None else "granted" if patent.adjusted else "none",
    }
    if route == "international":
        said["patent-entered-on"] = application.entry
    if route == "divisional":
        said["patent-divided-on"] = application.submitted
    return {**said, "pta-days": patent.adjusted} if patent.adjusted else said


def plain(values: tuple[Value, ...]) -> dict[str, Any]:
    """The values by id: one thing where it is exact, else the least and the most."""
    return {
        each.id: (set(each.words) if each.words else each.least if each.exact else (each.least, each.most))
        for each in values
    }


# ---- what the restatement has ------------------------------------------------------------------------------------


def fees(patent: Patent, years: int) -> dict[str, Any]:
    return {"annual-fees": years * ANNUAL_FEE} if patent.today >= FEES_FROM else {}


def figures(patent: Patent, adjusted: int, **other: Any) -> dict[str, Any]:
    assert patent.counted
    found = extension_by_law(
        Plain(law.filing_date(patent.grant.application), patent.counted, adjusted),
        other.pop("switches", {}),
        **other,
    )
    found["bound"] = {found["bound"]}
    return {name.replace("_", "-"): value for name, value in found.items() if name != "raw"} | {
        "raw-days": found["raw"],
        **fees(patent, found["fee_years"]),
    }


def window(patent: Patent, start: date | None) -> dict[str, Any]:
    if start is None:
        return {}
    fee = {"request-fee": REQUEST_FEE} if patent.today >= FEES_FROM else {}
    return {"window-opens": start, "window-last-day": law.limit(start, 3, rest), **fee}


def extension_values(patent: Patent) -> dict[str, Any]:
    if patent.counted is None:
        return {}
    if patent.adjusted is not None:
        return figures(patent, patent.adjusted) | window(patent, patent.formal)
    _, most = adjustment_by_law(patent.grant)
    every = [figures(patent, adjusted) for adjusted in range(most + 1)] if patent.granted else []
    return (
        {name: _spread([each[name] for each in every]) for name in every[0]} | window(patent, patent.formal)
        if every
        else {}
    )


def _spread(found: list[Any]) -> Any:
    if isinstance(found[0], set):
        return set().union(*found)
    return min(found) if min(found) == max(found) else (min(found), max(found))


def verdict(obstacles: list[str], patent: Patent, asked: date | None, regime: str) -> str:
    if not obstacles:
        return "in-time" if asked else "window-open"
    late = "asked-too-late" if asked else "window-over"
    return {**VERDICTS, "before the regime": regime, "too late": late}[obstacles[0]]


OTHER_READINGS: dict[str, dict[str, Any]] = {
    "term-ends-on-29-february": {"switches": {"clamp": True}},
    "five-years-from-which-end": {"switches": {"unshifted": True}},
    "fourteen-years-first-day": {"switches": {"late": True}},
    "fee-years-together": {"fees_together": True},
}


def other_readings(patent: Patent) -> dict[str, Any]:
    """By reading what it changes."""
    adjusted = patent.adjusted
    if adjusted is None and adjustment_by_law(patent.grant)[1] == 0:
        adjusted = 0  # open, but there is nothing to be granted
    if adjusted is None or patent.counted is None:
        return {}
    mine = figures(patent, adjusted)
    readings = dict(OTHER_READINGS)
    if patent.conditional and patent.formal:
        readings["fourteen-years-after-conditional"] = {"fourteen_from": patent.formal}
    found = {}
    for name, how in readings.items():
        changed = {
            id_: value for id_, value in figures(patent, adjusted, **how).items() if value != mine[id_]
        }
        found |= {name: changed} if changed else {}
    return found


def other_window(start: date | None) -> dict[str, Any]:
    """What differs where a weekend that is worked can be the last day."""
    if start is None or law.limit(start, 3, free, worked_weekends=True) == law.limit(start, 3, rest):
        return {}
    return {"window-on-worked-weekend": {"window-last-day": law.limit(start, 3, free, worked_weekends=True)}}


def differences(otherwise: tuple[Otherwise, ...]) -> dict[str, Any]:
    return {each.reading: plain(each.values) for each in otherwise}


# ---- the search --------------------------------------------------------------------------------------------------


def search_patent(random: Random, tally: Counter[str]) -> Iterator[str]:
    """One patent from answers to results."""
    patent = a_patent(random)
    results = told(answers(patent), patent.today)
    for what, given, wanted in (*_extension(patent, results["pte"]), *_adjustment(patent, results["pta"])):
        if given != wanted:
            yield f"{what}: told {given} not {wanted} for {patent}"
    for id_, result in results.items():
        for each in result.facts[f"{id_}-timing"]:
            tally[f"{id_} verdict {each}"] += 1
    tally["conditional approval"] += patent.conditional is not None
    tally["adjustment open"] += patent.adjusted is None


def _extension(patent: Patent, result: Result) -> Iterator[tuple[str, Any, Any]]:
    granted, adjusted = patent.granted, patent.adjusted or 0
    filed = law.filing_date(patent.grant.application)
    if patent.adjusted is not None or granted:
        undecided = (0, adjustment_by_law(patent.grant)[1] if patent.adjusted is None else 0)
        found = {_extension_verdict(patent, filed, adjusted, more) for more in undecided}
        yield "verdict", result.facts["pte-timing"], tuple(sorted(found))
        yield "figures", plain(result.values), extension_values(patent)
        yield (
            "other readings",
            differences(result.otherwise),
            other_readings(patent) | other_window(patent.formal),
        )
    last = law.extension_window(patent.formal, rest) if patent.formal else None
    yield "provisional", result.provisional, last is not None and last.year not in PUBLISHED_YEARS


def _extension_verdict(patent: Patent, filed: date, adjusted: int, undecided: int) -> str:
    dates = (patent.today, patent.conditional, patent.formal, patent.granted, patent.asked, filed)
    obstacles = law.extension_obstacles(*dates, adjusted, rest, undecided)
    return verdict(obstacles, patent, patent.asked, "approved-before-regime")


def _adjustment(patent: Patent, result: Result) -> Iterator[tuple[str, Any, Any]]:
    grant = patent.grant
    start, days = adjustment_by_law(grant)
    obstacles = law.adjustment_obstacles(
        patent.today, patent.granted, patent.adjustment_asked, start, grant.reasonable + grant.applicant, rest
    )
    wanted = verdict(obstacles, patent, patent.adjustment_asked, "granted-before-regime")
    yield "adjustment verdict", result.facts["pta-timing"], (wanted,)
    if wanted in ("not-granted", "granted-before-regime") or not patent.granted:
        yield "adjustment figures", result.values, ()
        return
    values = {
        "four-years-on": law.mark(law.adjustment_date(grant.application), 48),
        "three-years-on": law.mark(law.examination_date(grant.requested, grant.paid, grant.published), 36),
        "counted-from": start,
        "gross-days": law.adjustment_days(start, patent.granted, 0, 0),
        "days": days,
        **_adjustment_fees(patent, days),
    }
    yield "adjustment figures", plain(result.values), values | window(patent, patent.granted)
    moved, other = adjustment_by_law(grant, rest)
    readings = {"pta-marks-on-rest-days": {"counted-from": moved, "days": other}} if other != days else {}
    yield (
        "other readings of an adjustment",
        differences(result.otherwise),
        readings | other_window(patent.granted),
    )


def _adjustment_fees(patent: Patent, days: int) -> dict[str, Any]:
    """Whole years of adjustment, counted on from the end of the plain term."""
    base = law.plain_expiry(law.filing_date(patent.grant.application))
    years = law.fee_years(base, base + days * law.DAY)
    return {"fee-years": years, **fees(patent, years)}


# ---- answers forgotten ---------------------------------------------------------------------------------------------


def search_forgotten(random: Random, tally: Counter[str]) -> Iterator[str]:
    """What is told from part of the answers leaves room for what is told from all of them."""
    patent = a_patent(random)
    known = answers(patent)
    partly = {id_: forgotten(random, raw) if random.random() < 0.3 else raw for id_, raw in known.items()}
    whole, part = told(known, patent.today), told(partly, patent.today)
    for id_, result in part.items():
        tally[f"{id_} from part of the answers: {result.state}"] += 1
        verdicts = result.facts[f"{id_}-timing"]
        if not set(whole[id_].facts[f"{id_}-timing"]) <= set(verdicts):
            yield f"{id_} verdict: {verdicts} leaves no room for {whole[id_].facts} in {partly} on {patent.today}"
        given = {each.id: each for each in result.values}
        for value in whole[id_].values:
            if value.id not in given:
                if not result.missing and not HOPELESS.issuperset(verdicts):
                    yield f"{id_}: {value.id} is not told, and nothing said to be missing, in {partly}"
            elif not leaves_room(given[value.id], value):
                yield f"{id_}: {given[value.id]} leaves no room for {value} in {partly} on {patent.today}"


def forgotten(random: Random, raw: Any) -> Any:
    """The same answer, known less well or not at all."""
    if random.random() < 0.3 or not isinstance(raw, date | int):
        return "unknown"
    step: Any = law.DAY if isinstance(raw, date) else 1
    least, most = raw - random.randrange(30) * step, raw + random.randrange(30) * step
    least = least if isinstance(least, date) else max(0, least)
    return random.choice(({"at_least": least, "at_most": most}, {"at_least": least}, {"at_most": most}))


def leaves_room(wide: Value, narrow: Value) -> bool:
    if wide.words or narrow.words:
        return set(narrow.words) <= set(wide.words)
    return wide.least <= narrow.least and narrow.most <= wide.most  # type: ignore[operator]
