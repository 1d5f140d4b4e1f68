"""The page of a rule: who must, when, what, by when, how to show it; then all that stands behind that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kb.engine.comparing.foundations import tests_in
from kb.engine.wording.labels import MODALITIES, on_day
from kb.plain import Plain
from kb.render.cards.reference import period, review_row, shown_day, texts
from kb.render.cards.rule_cards import deadline_lines, in_force, nearest
from kb.render.site.addresses import page_of
from kb.render.site.beside import beside
from kb.render.site.blocks import Block, Folded, Heading, Lines, Page, Rows
from kb.render.site.drawn import rule_dates, rule_drawn
from kb.render.site.examples import Examples
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import link
from kb.render.site.official import Official
from kb.render.terminal.card import Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


def rule_page(entry: Entry, linking: Linking, examples: Examples, official: Official) -> Page:
    """A rule in the version of the day, or the one nearest to it; the others below."""
    rule = entry.data
    version = on_day(rule["versions"], linking.day) or nearest(rule["versions"], linking)
    blocks = [
        Rows(list(_answers(rule, version, linking)), "answers"),
        beside(entry, shown_day(version, linking.day), linking),
        *_sections(rule, version, linking),
        *official.beside(version),
        *_examples(examples.lines(rule, version)),
        *_history(rule, version, linking),
        *_checked(version),
    ]
    about = joined(
        [
            linking.kind("rule"),
            MODALITIES[rule["modality"]],
            same(entry.id),
            in_force(rule["versions"], version, linking),
        ]
    )
    return Page(page_of(entry.key), rule["title"], about, blocks, boost=2)


def _answers(rule: Plain, version: Plain, linking: Linking) -> Iterator[Row]:
    """The five short lines that most readers came for."""
    owes = linking.name("term", rule["addressee"])
    yield Row(both("Who must", "谁"), [joined([owes, linking.scope(rule.get("for_each"))])])
    yield Row(both("When", "何时适用"), [_when(version, linking)])
    yield Row(both("Do", "做什么"), [version["duty"]])
    by_when = deadline_lines(version["deadline"], linking) if "deadline" in version else []
    yield Row(both("By when", "期限"), by_when or [both("no date is set", "未规定期限")])
    shown = version.get("evidence", ())
    if not shown and "fulfilled_when" in version:
        shown = [link("#done", both("see what counts as done", "见履行标准"))]
    yield Row(both("Show how", "如何证明"), shown)


def _when(version: Plain, linking: Linking) -> Text:
    condition = version["applies_when"]
    said = linking.sentence(condition, shown_day(version, linking.day))
    unless = link("#unless", both("Exceptions", "但书")) if version.get("unless") else None
    count = sum(1 for _ in tests_in(condition))
    long = link("#when", both(f"under {count} conditions, listed below", f"共{count}项条件，见下文"))
    return joined([said or long, unless])


def _sections(rule: Plain, version: Plain, linking: Linking) -> Iterator[Block]:
    day = shown_day(version, linking.day)
    for id_, title, lines in _parts(rule, version, linking, day):
        if lines:
            yield from (Heading(id_, title), Lines(list(lines)))
        if id_ == "when":
            yield from rule_drawn(rule, version, linking)


def _parts(
    rule: Plain, version: Plain, linking: Linking, day: date
) -> Iterator[tuple[str, Text, Iterable[Text]]]:
    yield "when", both("When it applies", "适用条件"), linking.condition(version["applies_when"], day)
    yield "unless", both("Unless", "但书"), bullets(linking.entries("rule", version.get("unless", ())))
    if "fulfilled_when" in version:
        done = linking.condition(version["fulfilled_when"], day)
        yield "done", both("Done when", "履行标准"), done
    yield "consequence", both("If you don't", "法律后果"), linking.citations(version.get("consequence", ()))
    yield "source", both("Source", "依据"), linking.citations(version["basis"])
    contested = linking.entries("reading", version.get("readings", ()))
    yield "contested", both("Contested", "争议"), bullets(contested)
    yield "gaps", both("Gaps", "缺口"), texts(version, "gap")


def _examples(lines: Sequence[Text]) -> Iterator[Block]:
    if lines:
        yield Heading("examples", both("Examples", "示例"), searched=False)
        yield Lines(lines)


def _history(rule: Plain, shown: Plain, linking: Linking) -> Iterator[Block]:
    """Every version with the sources that came or went; what another one says differently is folded away."""
    yield Heading("history", both("History", "沿革"), searched=False)
    versions = rule["versions"]
    yield Lines(
        bullets(
            _told(each, before, shown, linking)
            for before, each in zip([None, *versions], versions, strict=False)
        )
    )
    yield from rule_dates(rule, linking)
    as_shown = list(_version(shown, linking))
    for each in versions:
        rows = [row for row in _version(each, linking) if row not in as_shown]
        if rows:
            yield Folded(_differs(each), [Rows(rows)])


def _differs(version: Plain) -> Text:
    when = period(version)
    return both(f"What the version {when['en']} said differently", f"{when['zh']}的版本有何不同")


def _told(version: Plain, before: Plain | None, shown: Plain, linking: Linking) -> Text:
    now, then = _cited(version), _cited(before)
    came = joined([linking.article(each) for each in now if each not in then], "; ", "；")
    went = joined([linking.article(each) for each in then if each not in now], "; ", "；")
    parts = [
        period(version),
        both(f"{'now also ' if before else ''}{came['en']}", f"{'新增' if before else ''}{came['zh']}")
        if came["en"]
        else None,
        both(f"no longer {went['en']}", f"不再依据{went['zh']}") if went["en"] else None,
        both("shown on this page", "本页所示") if version is shown else None,
    ]
    return joined(parts)


def _cited(version: Plain | None) -> list[str]:
    return list(dict.fromkeys(each["ref"] for each in version["basis"])) if version else []


def _version(version: Plain, linking: Linking) -> Iterator[Row]:
    """What a version says, in rows that can be compared with another's."""
    day = shown_day(version, linking.day)
    yield Row(both("Do", "做什么"), [version["duty"]])
    yield Row(both("When", "何时适用"), linking.condition(version["applies_when"], day))
    yield Row(both("Unless", "但书"), bullets(linking.entries("rule", version.get("unless", ()))))
    if "deadline" in version:
        yield Row(both("By when", "期限"), deadline_lines(version["deadline"], linking))
    if "fulfilled_when" in version:
        yield Row(both("Done when", "履行标准"), linking.condition(version["fulfilled_when"], day))
    yield Row(both("Gap", "缺口"), texts(version, "gap"))


def _checked(version: Plain) -> Iterator[Block]:
    yield Heading("checked", both("Checked", "核对"), searched=False)
    yield Lines(review_row(version["review"]).lines)
