"""Cards of law: instruments, with how far each provision is formalised, and single provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kb.engine.wording.quantities import bound
from kb.plain import Plain
from kb.render.cards.reference import Reference, period, review_row, texts
from kb.render.terminal.card import Card, Part, Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry, Provision

_SHOWN = 8
"""Lines shown of a list of who cites a provision."""
STATES: Mapping[str, Text] = {
    "full": both("formalised", "已规则化"),
    "partial": both("partly formalised", "部分规则化"),
    "manual": both("left to a person", "由人工判断"),
    "none": both("not formalised", "未规则化"),
}
GAPS: Mapping[str, Text] = {
    "principle": both("states an aim or principle", "宗旨或者原则"),
    "definition": both("defines terms used in facts and glossary", "定义，用于事实与术语"),
    "authority": both("powers or tasks of authorities", "机关职权"),
    "other-field": both("belongs to a field not held here yet", "属于尚未收录的领域"),
    "final": both("final clause", "附则"),
    "displaced": both("displaced by another instrument", "已被其他文件取代"),
    "individual": both("rights or conduct of individuals", "个人的权利或者行为"),
    "penalty": both("consequence, shown with the duty it backs", "法律责任，随相应义务显示"),
}
FORCE: Mapping[str, Text] = {
    "draft": both("draft, not law", "草案，尚非法律"),
    "adopted": both("adopted, not yet in force", "已通过，尚未施行"),
    "in-force": both("in force", "现行有效"),
    "repealed": both("no longer in force", "已失效"),
}


def instrument_card(entry: Entry, reference: Reference) -> Card:
    """An instrument: what it is, its dates, and its provisions with who cites each."""
    law = entry.data
    about = joined([same(f"instrument {entry.id}"), same(law["rank"]), law["short"], FORCE[law["state"]]])
    rows = [
        Row(both("Issued by", "制定机关"), reference.entries("authority", law["issued_by"])),
        Row(both("Number", "文号"), [same(law["number"])] if "number" in law else []),
        Row(both("Dates", "日期"), [law_dates(law)]),
        Row(both("Official text", "官方文本"), source_lines(law["source"])),
        Row(both("Replaced by", "被替代"), _replaced(law, reference)),
        Row(both("Shown under", "所属领域"), reference.entries("topic", law.get("topics", ()))),
        Row(both("Displaces", "取代"), [displaces(each, reference) for each in law.get("displaces", ())]),
        Row(both("Coverage", "收录情况"), [coverage(law), *texts(law, "coverage_note")]),
        review_row(law["review"]),
    ]
    listed = Part(both("Provisions", "条款"), list(_provisions(entry, reference)))
    return Card(law["title"], about, [Part(None, rows), listed])


def coverage_counts(law: Plain) -> dict[str, int]:
    """How many provisions are in which state of formalisation."""
    counted = Counter(each["formalised"] for each in law.get("provisions", ()))
    return {state: counted[state] for state in STATES}


def coverage(law: Plain) -> Text:
    """The counts in words."""
    counts = coverage_counts(law)
    complete = law["coverage"] == "complete"
    whole = both("all articles", "全部条文") if complete else both("cited articles only", "仅被引用的条文")
    return both(
        f"{whole['en']}: " + ", ".join(f"{count} {STATES[state]['en']}" for state, count in counts.items()),
        f"{whole['zh']}：" + "，".join(f"{STATES[state]['zh']}{count}条" for state, count in counts.items()),
    )


def law_dates(law: Plain) -> Text:
    """When an instrument was adopted, published and in force."""
    known = [
        both(f"{en} {law[key]}", f"{law[key]}{zh}")
        for key, en, zh in (("adopted_on", "adopted", "通过"), ("published_on", "published", "公布"))
        if key in law
    ]
    if "in_force" in law:
        said = period(law["in_force"])
        known.append(both(f"in force {said['en']}", f"{said['zh']}施行"))
    return joined(known, ", ", "，")


def source_lines(source: Plain) -> list[Text]:
    """Where the official text stands."""
    return [*([same(source["url"])] if "url" in source else []), *texts(source, "note")]


def _replaced(law: Plain, reference: Reference) -> list[Text]:
    return reference.entries("instrument", [law["replaced_by"]]) if "replaced_by" in law else []


def displaces(each: Plain, reference: Reference) -> Text:
    """What an instrument displaces of another, and which article says so."""
    extent = {"wholly": both("wholly", "全部"), "partly": both("in part", "部分")}[each["extent"]]
    parts = same(", ".join(each["provisions"]))
    return joined(
        [reference.entry("instrument", each["instrument"]), parts, extent, reference.article(each["basis"])],
        ", ", "，",
    )  # fmt: skip


def _provisions(entry: Entry, reference: Reference) -> Iterator[Row]:
    for each in entry.data.get("provisions", ()):
        state = STATES[each["formalised"]]
        cited = {
            user.key: reference.user(user)
            for users in reference.library.citing(f"{entry.id}/{each['ref']}").values()
            for user in users
        }
        by = [joined([same("←"), name], " ", " ") for name in cited.values()]
        yield Row(same(each["ref"]), [joined([each["heading"], state]), *by])


def provision_card(provision: Provision, reference: Reference, every: bool = False) -> Card:
    """A provision: what it is about, how far it is formalised, what displaced it, its numbers, who cites it.

    Of a long list of who cites it the first lines only, unless `every`.
    """
    cited = list(_cited(provision, reference))
    each, law = provision.listed, provision.instrument
    inside = [] if provision.ref == each["ref"] else [same(f"⊂ {law.id}/{each['ref']}")]
    about = [
        both(f"provision {provision.full}", f"条款 {provision.full}"),
        *inside,
        reference.article(provision.full),
    ]
    unique = [
        one for index, one in enumerate(about) if one not in about[:index] and one["en"] != provision.full
    ]
    rows = [
        Row(both("Instrument", "法律文件"), [joined([law.data["title"], same(f"({law.id})")], " ", " ")]),
        Row(both("Official text", "官方文本"), source_lines(law.data["source"])),
        Row(both("Status", "效力"), [FORCE[law.data["state"]]]),
        Row(both("Here", "本库"), [STATES[each["formalised"]]]),
        Row(both("Gap", "缺口"), [GAPS[each["gap"]] if isinstance(each["gap"], str) else each["gap"]])
        if "gap" in each
        else Row(both("Gap", "缺口"), []),
        Row(both("Displaced", "被取代"), list(_displaced(provision, reference))),
        Row(both("Numbers", "数量标准"), list(_numbers(provision, reference))),
        Row(both("Cited by", "被引用"), cited if every else _first(cited)),
    ]
    return Card(each["heading"], joined(unique), [Part(None, rows)])


def _first(lines: Sequence[Text]) -> Sequence[Text]:
    """The first lines of a list, with how many more there are."""
    rest = len(lines) - _SHOWN
    return [*lines[:_SHOWN], both(f"and {rest} more: --all", f"另有{rest}项：--all")] if rest > 0 else lines


def _numbers(provision: Provision, reference: Reference) -> Iterator[Text]:
    """The thresholds that stand in a provision, each number with its place and its time."""
    found = reference.library.citing(provision.full)
    thresholds = {user.id: user for users in found.values() for user in users if user.kind == "threshold"}
    for each in thresholds.values():
        for value in each.data["values"]:
            places = [cited["ref"].partition("/")[2] for cited in value["basis"] if cited["ref"] in found]
            unit = each.data["unit"]
            said = {lang: bound(value["bound"], value["value"], lang, unit) for lang in ("en", "zh")}
            if places:
                yield joined([same(", ".join(places)), said, each.name, period(value)])


def _displaced(provision: Provision, reference: Reference) -> Iterator[Text]:
    for each, part in reference.library.displacing(provision.instrument.id, provision.ref):
        extent = {"wholly": both("wholly", "全部"), "partly": both("in part", "部分")}[each["extent"]]
        yield joined([same(part), extent, reference.article(each["basis"])])


def _cited(provision: Provision, reference: Reference) -> Iterator[Text]:
    for ref, users in sorted(reference.library.citing(provision.full).items()):
        for user in users:
            yield joined([same(ref.partition("/")[2]), reference.user(user)], " ← ", " ← ")
