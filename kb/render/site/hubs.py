"""Pages that lead to others: fields of law, and every kind of object in one list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kb.engine.wording.words import capitalised
from kb.render.cards.law_cards import FORCE, STATES, coverage_counts, law_dates
from kb.render.cards.reference import period
from kb.render.site.addresses import hub_of, page_of
from kb.render.site.beside import said_bound
from kb.render.site.blocks import Block, Heading, Lines, Page, Rows, Table
from kb.render.site.instrument_page import RANKS
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import link, other
from kb.render.terminal.card import Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry

TITLES: Mapping[str, Text] = {
    "index": both("The law, page by page", "逐页查法"),
    "topics": both("Fields of law", "领域"),
    "instruments": both("Laws and other instruments", "法律文件"),
    "rules": both("Rules", "规则"),
    "decisions": both("Decisions", "判定表"),
    "thresholds": both("Numbers", "数量标准"),
    "facts": both("Facts asked about", "所问事实"),
    "terms": both("Terms", "术语"),
    "authorities": both("Authorities", "机关"),
    "readings": both("Open points", "争议问题"),
    "coverage": both("Coverage", "收录情况"),
    "drafts": both("Drafts to watch", "值得关注的草案"),
    "constraints": both("What cannot be true together", "不能同时成立的事实"),
    "calculations": both("Calculations", "计算"),
}
"""Pages that list things, by name, in the order of the contents."""
_FEW: Mapping[str, Text] = {
    "item": both("What a company may have several of", "企业可有多项的事物"),
    "register": both("Registers", "清单"),
    "calendar": both("Working days", "工作日"),
}
"""Kinds of which so few are held that the contents name each."""
_ABOUT: Mapping[str, Text] = {
    "index": both("Every page of the law as held here.", "本库所收法律内容的全部入口。"),
    "readings": both(
        "Points on which the law can be read in more than one way, the reading applied here, and the others.",
        "法律可作多种理解之处：本库采用的理解，以及其他理解。",
    ),
    "coverage": both(
        "How many provisions of each instrument rules cover, and how far.",
        "各法律文件的条款有多少已规则化，程度如何。",
    ),
    "drafts": both("Not law, and never counted in a result.", "尚非法律，不计入任何结果。"),
}


def hubs(linking: Linking) -> Iterator[Page]:
    """All pages that list things."""
    made: Mapping[str, Sequence[Block]] = {
        "topics": [
            Lines(bullets(joined([named(each), each.data["summary"]]) for each in every(linking, "topic")))
        ],
        "index": list(_index(linking)),
        "instruments": list(_instruments(linking)),
        "rules": list(_by_topic(linking, "rule")),
        "decisions": _listed(linking, "decision"),
        "thresholds": [_thresholds(linking)],
        "facts": list(_facts(linking)),
        "terms": [_terms(linking)],
        "authorities": _listed(linking, "authority"),
        "readings": list(_readings(linking)),
        "coverage": [_coverage(linking)],
        "drafts": _drafts(linking),
        "constraints": _listed(linking, "constraint"),
        "calculations": _listed(linking, "calculation"),
    }
    for name, blocks in made.items():
        yield Page(page_of(name), TITLES[name], _ABOUT.get(name, both("", "")), blocks, boost=0)


def every(linking: Linking, kind: str) -> list[Entry]:
    """The objects of a kind, by id, so that both languages list them alike."""
    return [Entry(kind, data) for _, data in sorted(linking.library.of_kind(kind).items())]


def named(each: Entry) -> Text:
    """An object by name, leading to its page; the name begins a line."""
    return link(each.key, {lang: capitalised(said) for lang, said in each.name.items()})


def _listed(linking: Linking, kind: str) -> Sequence[Block]:
    return [Lines(bullets(map(named, every(linking, kind))))]


def _index(linking: Linking) -> Iterator[Block]:
    """Every list, and what is on none."""
    yield Table([both("Page", "页面"), both("Held", "数量")], list(_contents(linking)), 1)
    for kind, title in _FEW.items():
        yield Heading(kind, title)
        yield from _listed(linking, kind)


def _contents(linking: Linking) -> Iterator[Sequence[Text]]:
    """Every list with how much it holds."""
    held = {hub_of(kind): len(linking.library.of_kind(kind)) for kind in linking.library.kinds}
    held |= {"coverage": len(linking.library.of_kind("instrument")), "drafts": len(_draft(linking))}
    for name, title in TITLES.items():
        if name != "index":
            yield [link(name, title), same(str(held.get(name, 0)))]


def _draft(linking: Linking) -> list[Entry]:
    return [each for each in every(linking, "instrument") if each.data["state"] == "draft"]


def _drafts(linking: Linking) -> Sequence[Block]:
    rows = [
        joined([named(each), law_dates(each.data), *linking.entries("topic", each.data["topics"])])
        for each in _draft(linking)
    ]
    return [Lines(bullets(rows))]


def _instruments(linking: Linking) -> Iterator[Block]:
    """By rank, each with its state and dates."""
    for rank, title in RANKS.items():
        rows = [
            joined([named(each), _short(each), FORCE[each.data["state"]], law_dates(each.data)])
            for each in every(linking, "instrument")
            if each.data["rank"] == rank
        ]
        if rows:
            heading = {lang: capitalised(said) for lang, said in title.items()}
            yield from (Heading(rank, heading), Lines(bullets(rows)))


def _short(law: Entry) -> Text | None:
    """What lawyers call an instrument, where that is not its title."""
    return law.data["short"] if law.data["short"]["en"] != law.data["title"]["en"] else None


def _by_topic(linking: Linking, kind: str) -> Iterator[Block]:
    """Each object under the first of its topics."""
    rows: dict[str, list[Text]] = defaultdict(list)
    for each in every(linking, kind):
        rows[each.data["topics"][0]].append(named(each))
    for topic in every(linking, "topic"):
        if topic.id in rows:
            yield from (Heading(topic.id, named(topic)), Lines(bullets(rows[topic.id])))


def _thresholds(linking: Linking) -> Table:
    head = [both("Number", "数量标准"), both("Value", "数值"), both("In force", "施行期间")]
    return Table(head, [row for each in every(linking, "threshold") for row in _values(each)])


def _values(each: Entry) -> Iterator[Sequence[Text]]:
    for value in each.data["values"]:
        yield [named(each), said_bound(each.data, value), period(value)]


def _facts(linking: Linking) -> Iterator[Block]:
    """By whom they are about."""
    groups: dict[str, list[Entry]] = defaultdict(list)
    for each in every(linking, "fact"):
        groups[each.data["about"]].append(each)
    for about, found in sorted(groups.items(), key=lambda pair: pair[0] != "company"):
        yield Heading(f"about-{about}", linking.scope(about))
        yield Lines(bullets(map(named, found)))


def _terms(linking: Linking) -> Table:
    head = [both("Term", "术语"), both("中文", "English"), both("Meaning", "释义")]
    body = [[named(each), other(each.name), each.data["definition"]] for each in every(linking, "term")]
    return Table(head, body)


def _readings(linking: Linking) -> Iterator[Block]:
    """Each open point with the reading applied and what hangs on it."""
    for each in every(linking, "reading"):
        applied = next(one for one in each.data["alternatives"] if one["id"] == each.data["applied"])
        others = len(each.data["alternatives"]) - 1
        more = both(f"other readings: {others}", f"其他理解：{others}种")
        told = joined([both("Applied here: ", "本库采用："), applied["text"]], "", "")
        yield Rows([Row(named(each), [told, more])], "open-points")


def _coverage(linking: Linking) -> Table:
    head = [both("Instrument", "法律文件"), *(STATES[state] for state in STATES), both("Listed", "所列")]
    body = []
    for each in every(linking, "instrument"):
        if each.data["state"] != "draft":
            counts = [same(str(count)) for count in coverage_counts(each.data).values()]
            whole = both("all articles", "全部条文")
            part = both("cited articles only", "仅被引用的条文")
            listed = whole if each.data["coverage"] == "complete" else part
            body.append([link(each.key, each.data["short"]), *counts, listed])
    return Table(head, body, 1)
