"""Keeps the words of rules apart from the markup of pages.

Texts are built of three things: words, links and words of the other language. The last two stand between
characters that no rule needs (private use, removed from words), so a text can be joined and cut
like any other and is made into Markdown once, at the end, with every character of its words
that could mean something to Markdown or HTML written as an entity.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.render.terminal.card import Text

_OPEN, _TARGET, _CLOSE, _ZH, _EN, _BACK, _STRONG, _WEAK = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006\ue007"
_PRIVATE = re.compile("[\ue000-\ue007]")
_MEANT = re.compile(r"[&<>\"'`*_\[\]{}\\|#~^!=]|^[-+:]|^(?:[0-9]+)(?=[.)])")
_LINK = re.compile(f"{_OPEN}([^{_TARGET}]*){_TARGET}([^{_CLOSE}]*){_CLOSE}")
_FOREIGN = re.compile(f"([{_ZH}{_EN}])([^{_BACK}]*){_BACK}")
_ADDRESS = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&*+,;=%]")
_DAY = re.compile(r"(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-])")
_MARKS = re.compile(f"{_OPEN}[^{_TARGET}]*{_TARGET}|[{_CLOSE}{_ZH}{_EN}{_BACK}{_STRONG}{_WEAK}]")


def words(text: str) -> str:
    """Words as Markdown and HTML that mean just these words, on one line; days are kept in one piece."""
    line = " ".join(_PRIVATE.sub("", text).split())
    meant = _MEANT.sub(lambda found: "".join(f"&#{ord(each)};" for each in found[0]), line)
    return _DAY.sub(r"<time>\g<0></time>", meant)


def quoted(paragraphs: Iterable[Iterable[tuple[str, bool]]]) -> str:
    """Chinese paragraphs as HTML on one line that Markdown leaves alone and search passes over."""
    made = ("".join(_piece(text, marked) for text, marked in each) for each in paragraphs)
    told = "".join(f"<p>{each}</p>" for each in made)
    return f'<div class="official" lang="zh" data-search-exclude>{told}</div>'


def _piece(text: str, marked: bool) -> str:
    escaped = "".join(f"&#{ord(each)};" if each in "&<>\"'" else each for each in " ".join(text.split("\n")))
    return f"<mark>{escaped}</mark>" if marked else escaped


def link(key: str, label: Text) -> Text:
    """A text that leads to the object (`rule:pipl/notice`), provision or address it names."""
    return {lang: f"{_OPEN}{key}{_TARGET}{_PRIVATE.sub('', said)}{_CLOSE}" for lang, said in label.items()}


def chinese(said: str) -> Text:
    """Chinese words that stand in a page of either language."""
    return {"en": f"{_ZH}{_PRIVATE.sub('', said)}{_BACK}", "zh": said}


def other(label: Text) -> Text:
    """A name in the language that the page is not in."""
    kept = {lang: _PRIVATE.sub("", said) for lang, said in label.items()}
    return {"en": f"{_ZH}{kept['zh']}{_BACK}", "zh": f"{_EN}{kept['en']}{_BACK}"}


def strong(text: Text) -> Text:
    """A text, with its links, that a reader should see first."""
    return {lang: f"{_STRONG}{said}{_WEAK}" for lang, said in text.items()}


def bare(text: str) -> str:
    """A text without its links."""
    return _MARKS.sub("", text)


def inline(text: str, target: Callable[[str], str | None]) -> str:
    """A text as Markdown; `target` says where a key lies as seen from the page, None where it has no page."""
    made: list[str] = []
    at = 0
    for found in _LINK.finditer(text):
        made += [_foreign(text[at : found.start()]), _linked(found[1], found[2], target)]
        at = found.end()
    return "".join([*made, _foreign(text[at:])]).strip()


def _linked(key: str, label: str, target: Callable[[str], str | None]) -> str:
    where = address(key) if key.startswith(("https://", "http://")) else target(key)
    return f"[{words(label)}]({where})" if where else words(label)


def _foreign(text: str) -> str:
    made: list[str] = []
    at = 0
    for found in _FOREIGN.finditer(text):
        lang = "zh" if found[1] == _ZH else "en"
        made += [_spaced(text[at : found.start()]), f'<span lang="{lang}">{words(found[2])}</span>']
        at = found.end()
    return "".join([*made, _spaced(text[at:])])


def _spaced(text: str) -> str:
    """Words, with the spaces at either end that keep them apart from what stands beside them."""
    for mark, tag in ((_STRONG, "<strong>"), (_WEAK, "</strong>")):
        if mark in text:
            before, _, after = text.partition(mark)
            return f"{_spaced(before)}{tag}{_spaced(after)}"
    made = words(text)
    if not made:
        return " " if text else ""
    return " " * text[:1].isspace() + made + " " * text[-1:].isspace()


def address(url: str) -> str:
    """An address in which nothing can end the link it stands in."""
    return _ADDRESS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
