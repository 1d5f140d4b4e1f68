"""The dates of instruments, rules and decisions, as strips."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kb.engine.ruleset import RuleSet
from kb.engine.wording.citation import label_in
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.pictures.strip import Event, Period, Strip
from kb.render.texts import both, joined
from kb.store.library import Library

_EXPLAINING = ("official-guidance", "standard")
_MANY = 4
"""More rows than this are counted, not named."""
_EXTENT: Mapping[str, Text] = {"partly": both("in part", "部分"), "wholly": both("wholly", "全部")}


def instrument_strip(library: Library, law: Plain, today: date) -> Strip:
    """Adopted, published, in force, displaced, ended, checked; of a draft what there is."""
    title = both(f"Dates of {law['title']['en']}", f"{law['title']['zh']}的时间线")
    force = law.get("in_force")
    events = [
        *_own_days(law),
        *_replaces(library, law),
        *_displaced(library, law),
        *_checked(law["review"]),
        _today(today),
    ]
    periods = list(_force(law, today)) if force else []
    return Strip(title, events, periods)


def rule_strip(rules: RuleSet, rule: Plain, today: date) -> Strip:
    """The versions of a rule, each by its articles, and when the latest was checked."""
    versions = rule["versions"]
    events = [
        event for number, each in enumerate(versions, 1) for event in _version(rules, versions, number, each)
    ]
    periods = [_stretch(each["from"], _last(each), number) for number, each in enumerate(versions)]
    title = both(f"History of {rule['title']['en']}", f"{rule['title']['zh']}的沿革")
    return Strip(title, [*events, *_checked(versions[-1]["review"]), _today(today)], periods)


def decision_strip(decision: Plain, today: date) -> Strip:
    """The days on which rows of a decision begin or change, and on which the last of them ends."""
    versions = [version for row in decision["rows"] for version in row["versions"]]
    days = sorted({version["from"] for version in versions})
    ends = [version.get("to") for version in versions]
    end = max(ends) if all(ends) else None
    nexts = [*(_before(each) for each in days[1:]), _day(end) if end else None]
    periods = [
        _stretch(first, last, number) for number, (first, last) in enumerate(zip(days, nexts, strict=True))
    ]
    title = both(f"History of {decision['title']['en']}", f"{decision['title']['zh']}的沿革")
    events = [Event(_day(each), _rows_from(decision, each)) for each in days]
    events += [Event(_day(end), both("last day of the table", "判定表适用的最后一日"))] if end else []
    return Strip(title, [*events, *_checked(decision["review"]), _today(today)], periods)


def field_strip(title: Text, laws: Iterable[Plain], today: date) -> Strip | None:
    """When the law of a field came into force, and when what is fixed will; None below two days.

    Guidance and standards are left out: they explain the law and are many.
    """
    told = [law for law in laws if "in_force" in law and law["rank"] not in _EXPLAINING]
    events = [Event(_day(law["in_force"]["from"]), law["short"]) for law in told]
    if len({each.day for each in events}) < 2:
        return None
    name = both(f"When the law came into force: {title['en']}", f"{title['zh']}：施行日期")
    return Strip(name, [*events, _today(today)], [])


def _stretch(first: str, last: date | None, number: int) -> Period:
    """A period whose event says what it is; every other one is striped."""
    return Period(_day(first), last, striped=number % 2 == 1)


def _own_days(law: Plain) -> Iterator[Event]:
    for key, label in (
        ("adopted_on", both("adopted", "通过")),
        ("published_on", both("published", "公布")),
    ):
        if key in law:
            yield Event(_day(law[key]), label)
    force = law.get("in_force", {})
    if force:
        yield Event(_day(force["from"]), both("in force", "施行"))
    if "to" in force:
        yield Event(_day(force["to"]), both("last day in force", "施行的最后一日"))


def _force(law: Plain, today: date) -> Iterator[Period]:
    """Made known but not yet in force, and in force."""
    first, force = min(each.day for each in _own_days(law)), law["in_force"]
    if first < _day(force["from"]):
        yield Period(
            first,
            _before(force["from"]),
            both("made known, not in force", "已通过或者公布，尚未施行"),
            striped=True,
        )
    past = "to" in force and _day(force["to"]) < today
    yield Period(
        _day(force["from"]),
        _last(force),
        both("was in force", "曾经施行") if past else both("in force", "施行"),
    )


def _replaces(library: Library, law: Plain) -> Iterator[Event]:
    """What took its place, and what it took the place of."""
    laws = library.of_kind("instrument")
    if "replaced_by" in law:
        by = laws[law["replaced_by"]]
        if "in_force" in by:
            yield Event(_day(by["in_force"]["from"]), _told("replaced by ", by, "由", "取代"))
    for other in laws.values():
        if other.get("replaced_by") == law["id"] and "in_force" in law:
            yield Event(_day(law["in_force"]["from"]), _told("replaces ", other, "取代", ""))


def _displaced(library: Library, law: Plain) -> Iterator[Event]:
    """Provisions that another instrument displaced."""
    for other in library.of_kind("instrument").values():
        for each in other.get("displaces", ()):
            if each["instrument"] == law["id"] and "in_force" in other:
                yield Event(_day(other["in_force"]["from"]), _displacement(law, other, each))


def _displacement(law: Plain, other: Plain, each: Plain) -> Text:
    numbering = law.get("numbering", "articles")
    cited = [label_in(law["short"], law["rank"], part, numbering) for part in each["provisions"]]
    by = _told("displaced by ", other, "由", "取代")
    return joined([joined(cited, ", ", "、"), _EXTENT[each["extent"]], by], " ", "")


def _told(en: str, law: Plain, before: str, after: str) -> Text:
    short: Mapping[str, str] = law["short"]
    return both(f"{en}{short['en']}", f"{before}{short['zh']}{after}")


def _version(rules: RuleSet, versions: list[Plain], number: int, version: Plain) -> Iterator[Event]:
    """Its first day with its articles; its last where no other follows at once."""
    cited = {
        lang: between.join(rules.label(each["ref"], lang) for each in version["basis"])
        for lang, between in (("en", ", "), ("zh", "、"))
    }
    yield Event(_day(version["from"]), joined([_counted(number), cited], ": ", "："))
    last = _last(version)
    if last and all(_before(other["from"]) != last for other in versions):
        yield Event(last, joined([_counted(number), both("last day", "最后一日")], ": ", "："))


def _rows_from(decision: Plain, day: str) -> Text:
    """Which rows are new or changed from a day; a count where they are many."""
    begun = [row["title"] for row in decision["rows"] if any(each["from"] == day for each in row["versions"])]
    count, all_ = len(begun), len(decision["rows"])
    if count > _MANY:
        return both(f"{count} of {all_} rows begin or change", f"{all_}行中有{count}行新增或者修改")
    return joined([both("begin or change", "新增或者修改"), joined(begun, "; ", "；")], ": ", "：")


def _checked(review: Plain) -> Iterator[Event]:
    if review["status"] == "reviewed":
        yield Event(_day(review["checked_on"]), both("checked by us", "本库核对"))
    yield Event(_day(review["recheck_by"]), both("to be checked again by this day", "应于该日前再次核对"))


def _today(today: date) -> Event:
    return Event(today, both("day of this page", "本页面的日期"), today=True)


def _counted(number: int) -> Text:
    return both(f"version {number}", f"第{number}版")


def _last(dated: Plain) -> date | None:
    return _day(dated["to"]) if dated.get("to") else None


def _before(day: str) -> date:
    return _day(day) - timedelta(days=1)


def _day(value: str) -> date:
    return date.fromisoformat(value)
