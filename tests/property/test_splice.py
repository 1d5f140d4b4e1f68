"""Whatever a profile looks like, a change changes one answer or is refused; nothing else moves."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.diagnostics import KbError
from kb.interview.splice import with_answer, with_item, without_items
from kb.interview.yaml_words import written
from kb.store import yaml

COMMENTS = ["# plain", "# 中文注释", "#", "# a: b, {c: d}", "# 'quoted"]
FACTS = ["licensed", "chests-sold", "茶叶", "with space"]
plain = st.one_of(
    st.booleans(),
    st.integers(0, 10**9),
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        [
            "unknown",
            "sale",
            "true",
            "12",
            "no",
            "a # b",
            "a: b",
            "云雾",
            "x,y",
            "- z",
            "'",
            '"',
            "2026-01-01",
            "",
        ]
    ),
)
ranges = st.fixed_dictionaries({"at_least": st.integers(0, 99)}, optional={"at_most": st.integers(100, 999)})
lists = st.lists(st.sampled_from(["green", "dark", "white"]), unique=True, max_size=3)
answers = st.one_of(plain, ranges, lists)
provenance = st.fixed_dictionaries(
    {},
    optional={
        "by": st.sampled_from(["Mei Lin", "王芳"]),
        "on": st.just(date(2026, 11, 2)),
        "note": st.just("a: # b"),
    },
)


def sourced(said: Any, source: dict[str, Any]) -> Any:
    if not source:
        return said
    return {**(said if isinstance(said, dict) else {"value": said}), **source}


told = st.builds(sourced, answers, provenance)
sections = st.dictionaries(st.sampled_from(FACTS), told, max_size=4)


class Layout:
    """Writes a profile in one of the many ways YAML allows."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.eol = draw(st.sampled_from(["\n", "\r\n"]))
        self.step = draw(st.sampled_from([2, 3, 4]))

    def flip(self) -> bool:
        return bool(self.draw(st.integers(0, 3)) == 0)

    def tail(self) -> str:
        return (
            self.draw(st.sampled_from(["  ", "\t"])) + self.draw(st.sampled_from(COMMENTS))
            if self.flip()
            else ""
        )

    def extra(self, indent: int) -> list[str]:
        if not self.flip():
            return []
        return [self.draw(st.sampled_from(["", " " * indent + "# on its own", "   ", "# at the left"]))]

    def key(self, key: str) -> str:
        return (f'"{key}"' if self.flip() else key) + ":" + ("\t" if self.flip() else " ")

    def scalar(self, value: Any) -> str:
        if isinstance(value, str) and "'" not in value and self.flip():
            return f"'{value}'"
        return written(value)

    def value(self, key: str, value: Any, indent: int) -> list[str]:
        head = " " * indent + self.key(key)
        if isinstance(value, dict) and value and self.flip():
            inner = indent + self.step
            return [
                head.rstrip() + self.tail(),
                *(line for k, v in value.items() for line in self.value(k, v, inner)),
            ]
        if isinstance(value, list) and value and self.flip():
            return [
                head.rstrip() + self.tail(),
                *(" " * (indent + self.step) + "- " + each + self.tail() for each in value),
            ]
        if isinstance(value, dict | list) and value and self.flip():
            text = written(value)
            return [head + text[0], " " * (indent + 1) + text[1:] + self.tail()]
        if (
            isinstance(value, str)
            and re.fullmatch(r"[a-z]+", value)
            and value not in ("true", "false")
            and self.flip()
        ):
            return [head + "|-" + self.tail(), " " * (indent + self.step) + value]
        return [head + self.scalar(value) + self.tail()]

    def section(self, facts: dict[str, Any], indent: int) -> list[str]:
        return [line for k, v in facts.items() for line in [*self.extra(indent), *self.value(k, v, indent)]]

    def profile(self, value: dict[str, Any]) -> str:
        lines = [*self.extra(0), "kind: profile" + self.tail()]
        if "company" in value:
            company = value["company"]
            if not company or self.flip():
                lines += [self.key("company") + written(company) + self.tail()]
            else:
                lines += ["company:" + self.tail(), *self.section(company, self.step)]
        if "shipments" in value:
            lines += self.items(value["shipments"])
        lines += self.extra(0)
        return self.eol.join(lines) + (self.eol if self.flip() else "")

    def items(self, items: list[dict[str, Any]]) -> list[str]:
        if not items or self.flip():
            return [self.key("shipments") + written(items) + self.tail()]
        dash = " " * self.draw(st.sampled_from([0, 2]))
        lines = ["shipments:" + self.tail()]
        for item in items:
            first, *rest = self.section(item, 0)
            body = [line for line in [first, *rest] if line.strip() and not line.startswith("#")]
            lines += [dash + "- " + body[0], *(dash + "  " + line for line in body[1:])]
        return lines


@st.composite
def profiles(draw: Any) -> tuple[str, dict[str, Any]]:
    value: dict[str, Any] = {"kind": "profile"}
    if draw(st.integers(0, 4)):
        value["company"] = draw(sections)
    if draw(st.booleans()):
        ids = draw(st.lists(st.sampled_from(["spring", "old", "春茶"]), unique=True, max_size=3))
        value["shipments"] = [{"id": id_, **draw(sections)} for id_ in ids]
    text = value if draw(st.integers(0, 9)) == 0 else None
    return (written(text), value) if text else (Layout(draw).profile(value), value)


def comments(text: str) -> list[str]:
    """What stands behind a `#` on lines without a quote or a block scalar, near enough to compare."""
    found = (re.search(r"(?:^|\s)#[^'\"]*$", line) for line in text.splitlines())
    return [each[0].strip() for each in found if each]


def expected_answer(old: Any, said: Any) -> list[Any]:
    kept = {key: old[key] for key in ("by", "on", "note") if key in old} if isinstance(old, dict) else {}
    forms = said if isinstance(said, dict) else {"value": said}
    return [{**forms, **kept}] if kept else [said, forms]


def means(text: str) -> Any:
    return yaml.parse(text, "profile.yaml").value


def check_rest(before: str, after: str, most: int) -> None:
    old, new = before.splitlines(), after.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(old) - sum(block.size for block in blocks) <= most, "the other lines stay, in their order"
    assert comments(after) == comments(before)
    if "\r\n" in before:
        assert "\n" not in after.replace("\r\n", "")
    assert after.endswith("\n") == before.endswith("\n")


@given(profiles(), st.data())
def test_an_answer_changes_and_nothing_else(profile: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    text, value = profile
    assert means(text) == value
    items = range(len(value.get("shipments", [])))
    section = data.draw(st.sampled_from([("company",), *(("shipments", index) for index in items)]))
    fact, said = data.draw(st.sampled_from(FACTS)), data.draw(answers)
    holder: Any = value
    for part in section:
        holder = holder.get(part, {}) if isinstance(holder, dict) else holder[part]
    try:
        found = with_answer(text, "profile.yaml", (*section, fact), said)
    except KbError as error:
        assert [each.code for each in error.diagnostics] == ["KB408"]
        return
    after = means(found)
    changed: Any = after
    for part in section:
        changed = changed[part]
    now = changed.pop(fact)
    assert now in expected_answer(holder.get(fact), said)
    assert isinstance(now, dict | list) or type(now) is type(said)
    holder = {key: each for key, each in holder.items() if key != fact}
    assert changed == holder
    check_rest(text, found, 4)


@given(profiles(), st.sampled_from(["new", "新货"]), st.booleans())
def test_an_item_is_added_and_nothing_else(
    profile: tuple[str, dict[str, Any]], name: str, named: bool
) -> None:
    text, value = profile
    item = {"id": "new-one", **({"name": name} if named else {})}
    found = with_item(text, "profile.yaml", "shipments", item)
    assert means(found) == {**value, "shipments": [*value.get("shipments", []), item]}
    check_rest(text, found, 1)


@given(profiles())
def test_none_of_a_kind_is_said_and_nothing_else(profile: tuple[str, dict[str, Any]]) -> None:
    text, value = profile
    if "shipments" in value:
        return
    found = without_items(text, "profile.yaml", "shipments")
    assert means(found) == {**value, "shipments": []}
    check_rest(text, found, 1)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("kind: profile\ncompany:\n  leaves:\n    - green # first crop\n    - dark\n", 4),
        ("kind: profile\ncompany:\n  leaves: {value: [green,\n    dark], by: Mei Lin}\n", 3),
        ("kind: profile\ncompany:\n  leaves: [green, # first crop\n    dark]\n", 3),
    ],
)
def test_a_refusal_names_the_line_to_edit(text: str, line: int) -> None:
    with pytest.raises(KbError) as error:
        with_answer(text, "profile.yaml", ("company", "leaves"), ["white"])
    (found,) = error.value.diagnostics
    assert (found.code, found.place.line) == ("KB408", line)
    assert "editor" in found.hint


def test_most_layouts_are_written_not_refused() -> None:
    texts = [
        "kind: profile\ncompany: {}\n",
        "kind: profile\ncompany:\n  leaves: unknown  # ask Mei\n",
        "kind: profile\ncompany:\n  leaves:\n    value: [green]\n    by: Mei Lin\n",
        "kind: profile\ncompany:\n  leaves:\n    - green\n    - dark\n",
        "kind: profile\ncompany: {leaves: {value: [green], by: Mei Lin}}\n",
        "kind: profile\n",
        '{"kind": "profile", "company": {"leaves": []}}',
    ]
    for text in texts:
        found = means(with_answer(text, "profile.yaml", ("company", "leaves"), ["white"]))["company"][
            "leaves"
        ]
        assert found in (["white"], {"value": ["white"], "by": "Mei Lin"})
