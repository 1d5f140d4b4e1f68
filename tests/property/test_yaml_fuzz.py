"""Whatever the bytes, the YAML reader gives a document or a located refusal; data round-trips."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.diagnostics import KbError
from kb.store.yaml import Document, Mapping, Sequence, parse, snippet
from kb.store.yaml_text import FORBIDDEN

GOOD = """\
# a rule
kind: rule
title: {en: "A notice: given", zh: '告知''义务'}
when:
  all:
    - {fact: a, is: true}
    - any: [{fact: b, at_least: 10}, {not: {fact: c, is: 2024-02-29}}]
text: |
  first line
  第二行
note: >-
  folded
  text
"""

PIECES = [*"[]{}:,-?&*!|>'\"%@`#~<=\\ \n\t\r.x0中", ": ", "- ", "\n  ", "\n    ", "? ", "---", "..."]
PIECES += ["&a ", "*a", "!!int ", "!<x> ", "%TAG ! x\n", "<<: ", "2024-02-30", '"\\u202e"', '"\\xZ"']
PIECES += ["'", "key: ", "key", "true", "null", "12", "|2\n", "\u2028", "\u202e", "\ufeff", "\x85"]

relaxed = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(params=["libyaml", "pure Python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.delattr(pyyaml, "CSafeLoader")


def visit(document: Document, value: object, location: tuple[str | int, ...]) -> None:
    """Ask for the place of everything in the document: each is in the file, children not before."""
    for key in (False, True):
        place = document.place(location, key=key)
        assert 1 <= place.line <= len(document.lines)
        assert 1 <= place.column <= len(document.lines[place.line - 1]) + 1
    children = value.items() if isinstance(value, Mapping) else ()
    items = enumerate(value) if isinstance(value, Sequence) else ()
    for name, child in (*children, *items):
        at = (*location, name)
        assert document.place(at) >= document.place(location)
        assert document.place(at) >= document.place(at, key=True)
        visit(document, child, at)


def examine(source: str | bytes) -> None:
    """Fail unless the source is a document or is refused at a place within it."""
    try:
        document = parse(source, "f.yaml")
    except KbError as error:
        (found,) = error.diagnostics
        text = source.decode("utf-8", "replace") if isinstance(source, bytes) else source
        lines = text.removeprefix("\ufeff").splitlines() or [""]
        assert found.place.line <= len(lines)
        assert 1 <= found.place.column <= len(lines[found.place.line - 1]) + 1
        assert found.message and found.message.isprintable()
        assert snippet(Document(None, "f.yaml", tuple(lines)), found.place)
        return
    visit(document, document.value, ())


@relaxed
@given(st.binary(max_size=80))
def test_random_bytes(source: bytes) -> None:
    examine(source)


@relaxed
@given(st.text(max_size=60))
def test_random_text(source: str) -> None:
    examine(source)


@relaxed
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_text_made_of_what_yaml_gives_a_meaning(source: str) -> None:
    examine(source)


@relaxed
@given(st.data())
def test_good_documents_with_mistakes(data: st.DataObject) -> None:
    source = GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(source)))
        end = data.draw(st.integers(start, min(start + 6, len(source))))
        source = source[:start] + data.draw(st.sampled_from(["", *PIECES])) + source[end:]
    examine(source)
    encoded = bytearray(source.encode("utf-8"))
    encoded[data.draw(st.integers(0, len(encoded) - 1))] = data.draw(st.integers(0, 255))
    examine(bytes(encoded))


plain_text = st.text(max_size=12).filter(lambda text: not FORBIDDEN.search(text))
leaves = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.dates()
    | plain_text
    | st.sampled_from(["no", "012", "3.10", "true", "1:30", "", "~", "<<", "2024-01-01"])
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(plain_text, inner, max_size=4),
    max_leaves=12,
)


def double(value: object) -> str:
    """Write a scalar as JSON does, but for its pairs of escapes, which YAML does not join."""
    return json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:
    """Write a value on one line; text always in double quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{double(k)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return value.isoformat() if isinstance(value, date) else double(value)


def block(value: Any, indent: str = "") -> str:
    """Write a value over many lines; text in single quotes where that can hold it."""
    if isinstance(value, dict) and value:
        return "".join(f"\n{indent}{quoted(k)}: {block(v, indent + '  ')}" for k, v in value.items())
    if isinstance(value, list) and value:
        return "".join(f"\n{indent}- {block(item, indent + '  ')}" for item in value)
    return quoted(value) if isinstance(value, str) else flow(value)


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'" if text.isprintable() else double(text)


@relaxed
@given(values, st.sampled_from([flow, block]))
def test_data_written_and_read_is_the_same_data(value: Any, write: Any) -> None:
    document = parse(write(value), "f.yaml")
    assert document.value == value
    assert repr(document.value) == repr(value)  # 1 is not true, a date is not its text
    visit(document, document.value, ())
