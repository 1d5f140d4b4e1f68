"""The Atom feed of law changes (RFC 4287): one entry for all that an instrument changes on a day.

Addresses are relative to the feed, so that it works wherever the site lives; ids hang on neither.
"""

from __future__ import annotations

from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from kb.render.feeds.changes import Change, Group, groups
from kb.render.feeds.coming import known_on
from kb.render.feeds.places import feed, page, stable_id
from kb.render.feeds.telling import change_told, heading, named
from kb.render.texts import both
from kb.store.library import Library
from kb.xml_text import as_xml_text

MOST = 60
"""How many entries a feed holds, the newest; the API has all changes."""
_ATOM = "http://www.w3.org/2005/Atom"
_XHTML = "http://www.w3.org/1999/xhtml"
_UP = "../"
"""From the folder of feeds to the top of the site."""
TITLE = both("hegui: what changes in PRC compliance law", "合规：法律变化")
_SUBTITLE = both(
    "Instruments, rules and numbers that begin, change or end. Information, not legal advice.",
    "法律文件、规则和数量标准的施行、变更与终止。仅供参考，不构成法律意见。",
)


def atom(library: Library, today: date, lang: str) -> bytes:
    """The feed in one language."""
    newest = sorted(
        ((known_on(library, each, today), each) for each in groups(library)),
        key=lambda pair: (pair[0], pair[1].day, pair[1].law),
        reverse=True,
    )[:MOST]
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": _tag(lang)})
    _text(root, "title", TITLE[lang])
    _text(root, "subtitle", _SUBTITLE[lang])
    _text(root, "id", stable_id("feed", lang).urn)
    _text(root, "updated", _moment(newest[0][0] if newest else today.isoformat()))
    SubElement(
        root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed(lang).split("/")[-1]}
    )
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": f"{_UP}{lang}/law/changes/"})
    _text(SubElement(root, "author"), "name", "hegui")
    _text(root, "rights", "CC BY 4.0")
    for known, group in newest:
        _entry(SubElement(root, "entry"), library, group, known, lang)
    indent(root)
    made: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return made + b"\n"


def _entry(entry: Element, library: Library, group: Group, known: str, lang: str) -> None:
    said = heading(library, group)[lang]
    _text(entry, "title", f"{group.day} · {said}")
    _text(entry, "id", stable_id("change", lang, group.day, group.law).urn)
    _text(entry, "updated", _moment(known))
    first = f"instrument:{group.law}" if group.law else group.changes[0].key
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": _UP + page(first, lang)})
    for kind in dict.fromkeys(each.kind for each in group.changes):
        SubElement(entry, "category", {"term": kind})
    content = SubElement(entry, "content", {"type": "xhtml"})
    box = SubElement(content, "div", {"xmlns": _XHTML})
    lines = SubElement(box, "ul")
    for change in group.changes:
        _line(SubElement(lines, "li"), library, change, lang)


def _line(item: Element, library: Library, change: Change, lang: str) -> None:
    link = SubElement(item, "a", {"href": _UP + page(change.key, lang)})
    link.text = as_xml_text(named(library, change.key)[lang])
    link.tail = as_xml_text(" · " + change_told(library, change)[lang])


def _text(parent: Element, tag: str, words: str) -> None:
    SubElement(parent, tag).text = as_xml_text(words)


def _moment(day: str) -> str:
    """The start of a day in Beijing, where the law counts its days."""
    return f"{day}T00:00:00+08:00"


def _tag(lang: str) -> str:
    return {"en": "en", "zh": "zh-CN"}[lang]
