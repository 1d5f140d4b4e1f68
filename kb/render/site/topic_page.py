"""The hub of a field of law: its decisions, rules, numbers, open points, instruments and drafts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from kb.engine.wording.labels import on_day
from kb.plain import Plain
from kb.render.cards.rule_cards import nearest
from kb.render.site.addresses import page_of
from kb.render.site.blocks import Block, Heading, Lines, Page
from kb.render.site.hubs import TITLES, every, named
from kb.render.site.linking import Linking, bullets
from kb.render.terminal.card import Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry


def topic_page(entry: Entry, linking: Linking) -> Page:
    """The hub of a field of law: its decisions, rules, numbers, open points, instruments and drafts."""
    found = _of_topic(linking, entry.id)
    blocks: list[Block] = [Lines([entry.data["summary"]])]
    if found["decision"]:
        blocks += [Heading("decisions", TITLES["decisions"]), Lines(bullets(map(named, found["decision"])))]
    rules: dict[str, list[Entry]] = defaultdict(list)
    for rule in found["rule"]:
        rules[rule.data["modality"]].append(rule)
    for modality, title in _MODALITIES.items():
        if rules[modality]:
            blocks += [
                Heading(modality, title),
                Lines(bullets(_with_article(each, linking) for each in rules[modality])),
            ]
    for kind, name in (("threshold", "thresholds"), ("reading", "readings"), ("instrument", "instruments")):
        if found[kind]:
            blocks += [Heading(name, TITLES[name]), Lines(bullets(map(named, found[kind])))]
    drafts = [each for each in every(linking, "instrument") if entry.id in each.data.get("topics", ())]
    if drafts:
        blocks += [Heading("drafts", TITLES["drafts"]), Lines(bullets(map(named, drafts)))]
    about = joined([linking.kind("topic"), same(entry.id)])
    return Page(page_of(entry.key), entry.data["title"], about, blocks, boost=4)


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


def _of_topic(linking: Linking, topic: str) -> dict[str, list[Entry]]:
    """What belongs to a topic, and what its rules and decisions rely on."""
    found: dict[str, list[Entry]] = {
        kind: [each for each in every(linking, kind) if topic in each.data["topics"]]
        for kind in ("rule", "decision")
    }
    facts = [each for each in every(linking, "fact") if topic in each.data.get("topics", ())]
    own = {each.key for each in (*found["rule"], *found["decision"], *facts)}
    for kind in ("threshold", "reading"):
        found[kind] = [
            each
            for each in every(linking, kind)
            if own & {user.key for user in linking.library.users(each.key)}
        ]
    cited = {
        ref.partition("/")[0] for each in (*found["rule"], *found["decision"]) for ref in _refs(each.data)
    }
    found["instrument"] = [each for each in every(linking, "instrument") if each.id in cited]
    return found


def _refs(data: Plain) -> Iterator[str]:
    versions = data.get("versions") or [one for row in data["rows"] for one in row["versions"]]
    for version in versions:
        yield from (each["ref"] for each in version["basis"])
