"""Official texts beside a rule: the articles it rests on, with the terms it is tied to marked.

Only a builder who has the texts and asks for it (`kb site --statutes DIR`) gets these parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.plain import Plain
from kb.render.site.blocks import Block, Folded, Heading, Lines, Quotation
from kb.render.site.linking import Linking, bullets
from kb.render.site.markup import chinese, link
from kb.render.terminal.card import Text, same
from kb.render.texts import both, joined
from kb.store.official.statutes import Statute
from kb.store.official.typography import occurrences

Pieces = list[tuple[str, bool]]
"""A paragraph cut into pieces, each marked or not."""


class Official:
    """The texts given to the builder by instrument; None where none were given."""

    def __init__(self, texts: Mapping[str, Statute] | None, linking: Linking) -> None:
        self._texts = texts
        self._linking = linking

    def beside(self, version: Plain) -> Iterator[Block]:
        """Each article that a version of a rule rests on, folded; nothing where no texts were given."""
        if self._texts is None:
            return
        shown, lacking = self._sorted([*version["basis"], *version.get("consequence", ())])
        yield Heading("official-text", both("Official text", "官方原文"), searched=False)
        for (name, article), cited in shown.items():
            yield self._folded(self._texts[name], article, cited)
        if lacking:
            yield Lines(bullets(self._lacking(ref) for ref in lacking))

    def _sorted(self, citations: Sequence[Plain]) -> tuple[dict[tuple[str, str], list[Plain]], list[str]]:
        """The citations by article held, and the refs of which no text is held."""
        shown: dict[tuple[str, str], list[Plain]] = {}
        lacking: dict[str, None] = {}
        for each in citations:
            name, _, ref = each["ref"].partition("/")
            statute = (self._texts or {}).get(name)
            article = statute.article(ref) if statute else None
            if article is None:
                lacking[each["ref"]] = None
            else:
                shown.setdefault((name, article), []).append(each)
        return shown, list(lacking)

    def _folded(self, statute: Statute, article: str, cited: Sequence[Plain]) -> Folded:
        name = self._linking.article(f"{statute.id}/{article}")
        paragraphs = list(_paragraphs(statute, article, cited))
        lines = [self._label(statute), *self._source(statute)]
        return Folded(
            joined([both("Official text", "官方原文"), name], ": ", "："),
            [Quotation(paragraphs), Lines(lines)],
        )

    def _label(self, statute: Statute) -> Text:
        said = both(
            "Official text in Chinese, as given by whoever built these pages; the terms cited are marked.",
            "官方文本原文，由本站的构建者提供；标亮处为本规则所依据的用语。",
        )
        gaps = both("Parts of this text are missing.", "该文本有缺失。") if statute.partial else None
        return joined([said, gaps], " ", "")

    def _source(self, statute: Statute) -> Iterator[Text]:
        source = self._linking.library.of_kind("instrument").get(statute.id, {}).get("source", {})
        published = link(source["url"], same(source["url"])) if "url" in source else None
        copied = statute.header.get("source")
        for label, said in (
            (both("Published at", "发布于"), published),
            (both("Copied from", "文本来源"), chinese(copied) if copied else None),
        ):
            if said:
                yield joined([label, said], ": ", "：")

    def _lacking(self, ref: str) -> Text:
        said = both("no text was given to the builder", "未提供该文本")
        return joined([self._linking.article(ref), said], ": ", "：")


def _paragraphs(statute: Statute, article: str, cited: Sequence[Plain]) -> Iterator[Pieces]:
    """The article line by line; terms are marked within the parts they are cited from."""
    tied: dict[str, list[str]] = {}
    for each in cited:
        for line in statute.texts.get(each["ref"].partition("/")[2], "").split("\n"):
            tied.setdefault(line, []).extend(each.get("anchors", ()))
    for line in statute.texts[article].split("\n"):
        yield _cut(line, tied.get(line, ()))


def _cut(line: str, terms: Sequence[str]) -> Pieces:
    """A line cut at the terms that stand in it; terms that overlap become one mark."""
    pieces: Pieces = []
    end = 0
    for start, stop in sorted(found for term in terms for found in occurrences(line, term)):
        if start > end:
            pieces.append((line[end:start], False))
        if stop > end:
            piece = (line[max(start, end) : stop], True)
            pieces.append(piece)
            end = stop
    return [*pieces, (line[end:], False)] if end < len(line) else pieces
