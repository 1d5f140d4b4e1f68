"""The hub of a field of law: its decisions, rules, numbers, open points, instruments and drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kb.engine.wording.labels import on_day
from kb.render.cards.rule_cards import nearest
from kb.render.site.addresses import page_of
from kb.render.site.beside import said_bound
from kb.render.site.blocks import Block, Heading, Lines, Page
from kb.render.site.drawn import field_dates
from kb.render.site.hubs import TITLES, every, named
from kb.render.site.linking import Linking, bullets
from kb.render.terminal.card import Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


def topic_page(entry: Entry, linking: Linking) -> Page:
    """The hub of a field of law: its decisions, rules, numbers, open points, instruments and drafts."""
    found = _of_topic(linking, entry.id)
    blocks = [
        Lines([entry.data["summary"]]),
        *_listed("decisions", map(named, found["decision"])),
        *_listed("calculations", map(named, found["calculation"])),
        *_rules(found["rule"], linking),
        *_listed("thresholds", (_with_value(each, linking) for each in found["threshold"])),
        *_listed("readings", map(named, found["reading"])),
        *_listed("instruments", map(named, found["instrument"])),
        *field_dates(entry.data, [each.data for each in found["instrument"]], linking),
        *_listed("drafts", map(named, _drafts(entry.id, linking))),
    ]
    about = joined([linking.kind("topic"), same(entry.id)])
    return Page(page_of(entry.key), entry.data["title"], about, blocks, boost=4)


def _listed(id_: str, lines: Iterable[Text], title: Text | None = None) -> Iterator[Block]:
    """A section with a list; nothing where the list is empty."""
    found = bullets(lines)
    if found:
        yield from (Heading(id_, title or TITLES[id_]), Lines(found))


def _rules(rules: Iterable[Entry], linking: Linking) -> Iterator[Block]:
    """By what they do."""
    by_modality: dict[str, list[Text]] = defaultdict(list)
    for rule in rules:
        by_modality[rule.data["modality"]].append(_with_article(rule, linking))
    for modality, title in _MODALITIES.items():
        yield from _listed(modality, by_modality[modality], title)


def _drafts(topic: str, linking: Linking) -> Iterator[Entry]:
    """Only drafts name the fields they are shown under."""
    return (each for each in every(linking, "instrument") if topic in each.data.get("topics", ()))


_MODALITIES: Mapping[str, Text] = {
    "obligation": both("Obligations", "义务"),
    "prohibition": both("Prohibitions", "禁止"),
    "permission": both("Permissions", "许可"),
    "exemption": both("Exemptions", "免予"),
}


def _with_article(rule: Entry, linking: Linking) -> Text:
    """A rule and the first article it stands on, on the day or in the version nearest to it."""
    versions = rule.data["versions"]
    version = on_day(versions, linking.day) or nearest(versions, linking)
    return joined([named(rule), linking.article(version["basis"][0]["ref"])])


def _with_value(threshold: Entry, linking: Linking) -> Text:
    """A number and what it is on the day; only its name where it is not in force."""
    value = on_day(threshold.data["values"], linking.day)
    return joined([named(threshold), said_bound(threshold.data, value) if value else None], ": ", "：")


def _of_topic(linking: Linking, topic: str) -> dict[str, list[Entry]]:
    """What belongs to a topic, and what its rules and decisions rely on."""
    found: dict[str, list[Entry]] = {
        kind: [each for each in every(linking, kind) if topic in each.data["topics"]]
        for kind in ("rule", "decision", "calculation")
    }
    facts = [each for each in every(linking, "fact") if topic in each.data.get("topics", ())]
    own = {each.key for each in (*found["rule"], *found["decision"], *found["calculation"], *facts)}
    for kind in ("threshold", "reading"):
        found[kind] = [
            each
            for each in every(linking, kind)
            if own & {user.key for user in linking.library.users(each.key)}
        ]
    cited = {
        ref.partition("/")[0]
        for kind in ("rule", "decision", "calculation")
        for each in found[kind]
        for ref in _refs(each)
    }
    found["instrument"] = [each for each in every(linking, "instrument") if each.id in cited]
    return found


def _refs(entry: Entry) -> Iterator[str]:
    """The provisions that a rule, a decision or a calculation rests on."""
    rows = {"rule": [entry.data], "decision": entry.data.get("rows", ())}.get(entry.kind, ())
    dated = [version for row in rows for version in row["versions"]] or [entry.data]
    for each in dated:
        yield from (cited["ref"] for cited in each["basis"])
