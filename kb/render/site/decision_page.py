"""The page of a decision: its results, the ladder of its rows, and each row in full."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.wording.labels import on_day
from kb.plain import Plain
from kb.render.cards.reference import period, review_row, texts
from kb.render.cards.rule_cards import change_days
from kb.render.site.addresses import page_of
from kb.render.site.beside import beside
from kb.render.site.blocks import Block, Heading, Lines, Page, Rows, Table
from kb.render.site.drawn import decision_dates, ladder_drawn
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import link
from kb.render.terminal.card import Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


def decision_page(entry: Entry, linking: Linking) -> Page:
    """A decision with the rows in force on the day, in legal order."""
    decision = entry.data
    rows = [(row, version) for row in decision["rows"] if (version := on_day(row["versions"], linking.day))]
    outcomes = {each["id"]: each for each in decision["outcomes"]}
    blocks = [
        _table(rows, outcomes),
        *(ladder_drawn(decision, linking) if rows else ()),
        beside(entry, linking.day, linking),
        Heading("results", both("Results", "结论")),
        Rows([Row(each["label"], [each["meaning"]]) for each in outcomes.values()]),
        *(block for row, version in rows for block in _row(row, version, outcomes, linking)),
        *_end(decision, linking),
    ]
    about = joined(
        [linking.kind("decision"), same(entry.id), linking.scope(decision.get("for_each")),
         both(f"rows in force on {linking.day}", f"{linking.day}有效的各行")]
    )  # fmt: skip
    return Page(page_of(entry.key), decision["title"], about, blocks, boost=3)


def _table(rows: list[tuple[Plain, Plain]], outcomes: dict[str, Plain]) -> Table:
    head = [both("Row", "行"), both("Case", "情形"), both("Result", "结论"), both("Since", "起始")]
    body = [
        [
            same(str(number)),
            link(f"#row-{row['row']}", row["title"]),
            outcomes[version["outcome"]]["label"],
            same(version["from"]),
        ]
        for number, (row, version) in enumerate(rows, 1)
    ]
    return Table(head, body)


def _row(row: Plain, version: Plain, outcomes: dict[str, Plain], linking: Linking) -> Iterator[Block]:
    yield Heading(f"row-{row['row']}", row["title"])
    before = [period(each) for each in row["versions"] if each is not version]
    yield Rows(
        [
            Row(both("Result", "结论"), [outcomes[version["outcome"]]["label"]]),
            Row(both("When", "条件"), linking.condition(version["when"])),
            Row(both("Source", "依据"), linking.citations(version["basis"])),
            Row(both("Note", "说明"), texts(version, "note")),
            Row(both("Since", "起始"), [period(version)]),
            Row(both("Other versions", "其他版本"), before),
        ]
    )


def _end(decision: Plain, linking: Linking) -> Iterator[Block]:
    contested = bullets(linking.entries("reading", decision.get("readings", ())))
    parts: list[tuple[str, Text, list[Text]]] = [
        ("contested", both("Contested", "争议"), contested),
        ("gaps", both("Gaps", "缺口"), texts(decision, "gap")),
        ("history", both("Changes", "变更日"), [same(", ".join(change_days(decision)))]),
        ("checked", both("Checked", "核对"), list(review_row(decision["review"]).lines)),
    ]  # fmt: skip
    for id_, title, lines in parts:
        if lines:
            yield from (Heading(id_, title, searched=id_ not in ("history", "checked")), Lines(lines))
        if id_ == "history":
            yield from decision_dates(decision, linking)
