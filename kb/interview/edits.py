"""Edits to the text of a profile: which characters give way to which, keeping layout and comments.

An edit that would lose a comment, or whose place is not plain enough, is `Unsafe`. What an edit
means is checked by whoever asks for it (`splice`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kb.interview.spans import Span
from kb.interview.yaml_words import written

Location = tuple[str | int, ...]
PROVENANCE = ("by", "on", "note")
"""Keys beside an answer that say who gave it, when and why."""
LINE_END = re.compile(r"\r\n|\n|\r")
_REST = re.compile(r"[^\r\n]*")


class Edit(NamedTuple):
    """Characters from `start` up to `end` give way to `text`."""

    start: int
    end: int
    text: str


class Unsafe(Exception):
    """A change that would lose or move what a person wrote; `at` is the offset it is about."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def _line_end(text: str) -> str:
    found = LINE_END.search(text)
    return found[0] if found else "\n"


def _rest(text: str, at: int) -> str:
    """What stands on the line from an offset on."""
    found = _REST.match(text, at)
    return found[0] if found else ""


def _before(text: str, at: int) -> str:
    """What stands on the line before an offset."""
    return text[max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1 : at]


def replaced(text: str, there: Span, new: Any) -> Edit:
    """Another value where one stood, unless a comment stood inside."""
    inside = text[there.start : there.end]
    if there.kind != "scalar" and ("#" in inside or (there.flow and LINE_END.search(inside))):
        raise Unsafe(there.start)
    if there.flow:
        return Edit(there.start, there.end, written(new))
    lead = text[: there.start].rstrip()
    if "#" in text[len(lead) : there.start] or not lead.endswith(":"):
        raise Unsafe(there.start)
    return Edit(len(lead), there.end, f" {written(new)}")


def keyed(text: str, there: Span, forms: Mapping[str, Any]) -> list[Edit]:
    """Another value inside a mapping that also says who said so: its other keys stay."""
    present = [(key, value) for key, value in there.entries if key.text not in PROVENANCE]
    names = [key.text for key, _ in present]
    added = [name for name in forms if name not in names]
    edits, anchor = list[Edit](), None
    for key, value in present:
        if key.text in forms:
            edits.append(replaced(text, value, forms[key.text]))
        elif added:
            name = added.pop(0)
            edits += [Edit(key.start, key.end, written(name)), replaced(text, value, forms[name])]
        else:
            edits.append(_removed(text, there, key, value))
            continue
        anchor = value.end
    for name in added:
        edits.append(_entry(text, there, anchor if anchor is not None else there.end, name, forms[name]))
    return edits


def _removed(text: str, holder: Span, key: Span, value: Span) -> Edit:
    if holder.flow:
        before = [other.end for _, other in holder.entries if other.end <= key.start]
        after = [other.start for other, _ in holder.entries if other.start >= value.end]
        edit = Edit(before[-1], value.end, "") if before else Edit(key.start, after[0], "")
        if "#" in text[edit.start : edit.end]:
            raise Unsafe(key.start)
        return edit
    lead, rest = _before(text, key.start), _rest(text, value.end)
    if lead.strip() or rest.strip() or LINE_END.search(text[key.start : value.end]):
        raise Unsafe(key.start)
    end = value.end + len(rest)
    found = LINE_END.match(text, end)
    return Edit(key.start - len(lead), found.end() if found else end, "")


def _entry(text: str, holder: Span, after: int, key: str, new: Any) -> Edit:
    """One more key of a mapping that has some, behind what ends at `after`."""
    if holder.flow:
        return Edit(after, after, f", {written(key)}: {written(new)}")
    at = after + len(_rest(text, after))
    return Edit(at, at, f"{_line_end(text)}{' ' * holder.column}{written(key)}: {written(new)}")


def added_section(text: str, root: Span, key: str, new: Any) -> list[Edit]:
    """A new section at the end of the profile."""
    if root.flow or not isinstance(new, dict):
        return [_entry(text, root, root.entries[-1][1].end, key, new)]
    return [_lines(text, root, root.end, [f"{key}:", *(f"  {n}: {written(v)}" for n, v in new.items())])]


def added_into(text: str, root: Span, section: Location, fact: str, new: Any) -> list[Edit]:
    """One more answer in a section that is there. Raises Unsafe where it holds no answers."""
    holder = root.at(*section)
    if holder is None or holder.kind != "mapping":
        raise Unsafe(holder.start if holder else 0)
    if holder.entries:
        return [_entry(text, holder, holder.entries[-1][1].end, fact, new)]
    if root.flow or text[holder.start : holder.end] != "{}" or len(section) > 1:
        return [Edit(holder.end - 1, holder.end - 1, f"{written(fact)}: {written(new)}")]
    return _opened(text, root, holder, str(section[0]), [f"  {written(fact)}: {written(new)}"])


def _opened(text: str, root: Span, empty: Span, key: str, lines: list[str]) -> list[Edit]:
    """Lines below a key instead of the `{}` or `[]` behind it."""
    lead = text[: empty.start].rstrip(" \t")
    if not lead.endswith(":"):
        raise Unsafe(empty.start)
    return [Edit(len(lead), empty.end, ""), _lines(text, root, empty.end, lines)]


def _lines(text: str, root: Span, after: int, lines: list[str]) -> Edit:
    at, line_end = after + len(_rest(text, after)), _line_end(text)
    return Edit(at, at, "".join(line_end + " " * root.column + line for line in lines))


def appended(text: str, root: Span, name: str, item: Mapping[str, str]) -> list[Edit]:
    """One more item, laid out as the list is."""
    there = root.at(name)
    inner = [f"{key}: {written(value)}" for key, value in item.items()]
    block = ["  - " + inner[0], *("    " + each for each in inner[1:])]
    if there is None:
        if root.flow:
            return [_entry(text, root, root.end - 1, name, [item])]
        return [_lines(text, root, root.end, ["", f"{name}:", *block])]
    if there.kind != "sequence":
        raise Unsafe(there.start)
    if there.flow and there.items:
        return [Edit(there.items[-1].end, there.items[-1].end, f", {written(item)}")]
    if there.flow:
        inside = text[there.start : there.end]
        if root.flow or inside != "[]":
            return [Edit(there.end - 1, there.end - 1, written(item))]
        return _opened(text, root, there, name, block)
    dash = " " * there.column
    at, line_end = there.end + len(_rest(text, there.end)), _line_end(text)
    added = [dash + "- " + inner[0], *(f"{dash}  {each}" for each in inner[1:])]
    return [Edit(at, at, line_end + "".join(line_end + each for each in added))]
