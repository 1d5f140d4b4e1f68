"""The page of an instrument: what it is, its dates, what it displaces, and every provision held of it."""

from __future__ import annotations

from collections.abc import Iterator

from kb.plain import Plain
from kb.render.cards.law_cards import FORCE, GAPS, STATES, coverage, law_dates, source_lines
from kb.render.cards.reference import review_row, texts
from kb.render.site.addresses import anchor, page_of
from kb.render.site.blocks import Block, Heading, Page, Rows
from kb.render.site.drawn import instrument_dates
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import chinese, link, other
from kb.render.terminal.card import Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry

RANKS = {
    "law": both("law", "法律"),
    "administrative-regulation": both("administrative regulation", "行政法规"),
    "departmental-rule": both("departmental rule", "部门规章"),
    "judicial-interpretation": both("judicial interpretation", "司法解释"),
    "normative-document": both("normative document", "规范性文件"),
    "official-guidance": both("official guidance", "官方指引"),
    "standard": both("standard", "标准"),
    "draft": both("draft", "草案"),
}
"""What kind of document an instrument is."""


def instrument_page(entry: Entry, linking: Linking) -> Page:
    """An instrument, with an anchor for each provision."""
    law = entry.data
    about = joined(
        [
            linking.kind("instrument"),
            RANKS[law["rank"]],
            law["short"],
            other(law["short"]),
            FORCE[law["state"]],
        ]
    )
    provisions = list(law.get("provisions", ()))
    blocks: list[Block] = [Rows(list(_facts(entry, linking)), "answers"), *instrument_dates(law, linking)]
    if provisions:
        anchors = [anchor(each["ref"]) for each in provisions]
        rows = [_provision(entry, each, linking) for each in provisions]
        blocks += [Heading("provisions", both("Provisions", "条款")), Rows(rows, "provisions", anchors)]
    return Page(page_of(entry.key), law["title"], about, blocks, boost=3)


def _facts(entry: Entry, linking: Linking) -> Iterator[Row]:
    law = entry.data
    yield Row(both("Dates", "日期"), [law_dates(law)] if law_dates(law)["en"] else [])
    yield Row(both("Issued by", "制定机关"), linking.entries("authority", law["issued_by"]))
    yield Row(both("Number", "文号"), [chinese(law["number"])] if "number" in law else [])
    yield Row(both("Official text", "官方文本"), _source(law["source"]))
    replaced = [linking.entry("instrument", law["replaced_by"])] if "replaced_by" in law else []
    yield Row(both("Replaced by", "被替代"), replaced)
    yield Row(both("Shown under", "所属领域"), linking.entries("topic", law.get("topics", ())))
    displaced = [_displaces(each, linking) for each in law.get("displaces", ())]
    yield Row(both("Displaces", "取代"), bullets(displaced))
    yield Row(both("Coverage", "收录情况"), [coverage(law), *texts(law, "coverage_note")])
    yield review_row(law["review"])


def _source(source: Plain) -> list[Text]:
    first, *rest = source_lines(source) or [both("", "")]
    if "url" in source:
        first = link(source["url"], first)
    return [each for each in (first, *rest) if each["en"]]


def _displaces(each: Plain, linking: Linking) -> Text:
    extent = {"wholly": both("wholly", "全部"), "partly": both("in part", "部分")}[each["extent"]]
    name = each["instrument"]
    parts = joined([linking.article(f"{name}/{ref}") for ref in each["provisions"]], "; ", "；")
    basis = linking.article(each["basis"])
    says = both(f"under {basis['en']}", f"依据：{basis['zh']}")
    return joined([linking.entry("instrument", name), parts, extent, says])


def _provision(entry: Entry, each: Plain, linking: Linking) -> Row:
    """A provision: what it is about, whether rules cover it, who cites it, what displaced it."""
    full = f"{entry.id}/{each['ref']}"
    state = STATES[each["formalised"]]
    gap = each.get("gap")
    why = GAPS[gap] if isinstance(gap, str) else gap
    lines = [joined([state, why], ": ", "："), *_displaced(entry, each, linking)]
    return Row(joined([linking.article(full), each["heading"]]), [*lines, *_cited(full, linking)])


def _displaced(entry: Entry, each: Plain, linking: Linking) -> Iterator[Text]:
    for one, _ in linking.library.displacing(entry.id, each["ref"]):
        extent = {"wholly": both("displaced", "已被取代"), "partly": both("displaced in part", "部分被取代")}
        yield joined([extent[one["extent"]], linking.article(one["basis"])], ": ", "：")


def _cited(full: str, linking: Linking) -> Iterator[Text]:
    """Who relies on a provision, each once, with the parts it names where it names parts."""
    parts: dict[str, list[str]] = {}
    users: dict[str, Entry] = {}
    for ref, found in sorted(linking.library.citing(full).items()):
        for user in found:
            users[user.key] = user
            parts.setdefault(user.key, []).append(ref.removeprefix(full).removeprefix("."))
    for key, user in users.items():
        named = same(", ".join(part for part in parts[key] if part))
        at = both(f"at {named['en']}", f"引用{named['zh']}") if named["en"] else None
        yield from bullets([joined([linking.user(user), at])])
