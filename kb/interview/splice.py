"""Changes one answer in the text of a profile and leaves every other character as it was.

Each change is read back with the strict reader: where the new text does not mean exactly the old
profile and the change, or a comment would be lost, the change is refused with the line to edit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from kb.diagnostics import KbError, Place, fail
from kb.interview.edits import (
    LINE_END,
    PROVENANCE,
    Edit,
    Location,
    Unsafe,
    added_into,
    added_section,
    appended,
    keyed,
    replaced,
)
from kb.interview.spans import Span, spans
from kb.store import yaml


def with_answer(text: str, path: str, at: Location, said: Any) -> str:
    """The text with one answer given or changed; who gave the old one, when and why stays. Raises KbError."""
    *section, fact = at
    value = yaml.parse(text, path).value
    old = _found(value, at)
    kept = {key: old[key] for key in PROVENANCE if key in old} if isinstance(old, dict) else {}
    forms = dict(said) if isinstance(said, Mapping) else {"value": said}
    new = {**forms, **kept} if kept or _is_block(text, at) else said
    expected = _changed(value, at, new)

    def edits(root: Span) -> list[Edit]:
        there, holder = root.at(*at), root.at(*section)
        if there is not None:
            inside = isinstance(new, dict) and there.kind == "mapping" and (bool(kept) or not there.flow)
            return keyed(text, there, forms) if inside else [replaced(text, there, new)]
        if holder is None:  # only `company` may be missing: items are added whole
            return added_section(text, root, "company", {str(fact): new})
        return added_into(text, root, tuple(section), str(fact), new)

    return _checked(text, path, edits, expected, at)


def with_item(text: str, path: str, name: str, item: Mapping[str, str]) -> str:
    """The text with one more item (its `id` and perhaps its `name`) in the list `name`. Raises KbError."""
    value = yaml.parse(text, path).value
    present = _found(value, (name,))
    expected = _changed(value, (name,), [*(present if isinstance(present, list) else ()), dict(item)])
    return _checked(text, path, lambda root: appended(text, root, name, item), expected, (name,))


def without_items(text: str, path: str, name: str) -> str:
    """The text saying that there is nothing in the list `name`. Raises KbError."""
    expected = _changed(yaml.parse(text, path).value, (name,), [])
    return _checked(text, path, lambda root: added_section(text, root, name, []), expected, (name,))


def _checked(
    text: str, path: str, edits: Callable[[Span], Iterable[Edit]], expected: Any, at: Location
) -> str:
    """The edited text, if it means what it should."""
    try:
        found = text
        for edit in sorted(edits(spans(text)), reverse=True):
            found = found[: edit.start] + edit.text + found[edit.end :]
        if _same(yaml.parse(found, path).value, expected):
            return found
    except Unsafe as unsafe:
        line = len(LINE_END.findall(text[: unsafe.at])) + 1
        raise _refusal(Place(path, line), at) from None
    except KbError:
        pass
    raise _refusal(yaml.parse(text, path).place(at), at)


def _refusal(place: Place, at: Location) -> KbError:
    message = f"{at[-1]} cannot be written here without losing something: the file is left as it was"
    return fail(place, "KB408", message, "Change this line in an editor, then go on.")


def _found(value: Any, at: Location) -> Any:
    for part in at:
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _changed(value: Any, at: Location, new: Any) -> Any:
    """The value with something else at a location; nothing is changed in place."""
    if not at:
        return new
    first, *rest = at
    if isinstance(first, int):
        return [_changed(each, tuple(rest), new) if i == first else each for i, each in enumerate(value)]
    holder = value if isinstance(value, dict) else {}
    return {**holder, first: _changed(holder.get(first), tuple(rest), new)}


def _same(one: Any, other: Any) -> bool:
    """Equal in value and in type, so that 1 is not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)


def _is_block(text: str, at: Location) -> bool:
    found = spans(text).at(*at)
    return found is not None and found.kind == "mapping" and not found.flow
