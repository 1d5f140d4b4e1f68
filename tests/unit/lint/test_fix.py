"""`kb lint --fix` moves whole lines, loses nothing, says the same, and has nothing to do a second time."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.lint.fixing.fix import SCHEMA_LINE, Wanted, fix
from kb.lint.fixing.order import put_in_order
from kb.store import yaml

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
SCATTERED = """\
# Ours, and free to use
- id: a  # short
  # what it is
  kind: term
  # its words
  term:
    en: A
    zh: |
      # 不是注释
      甲
    # after the words
  definition: {en: D, zh: 丁}

- kind: threshold
  id: b
  values:
    # the later one
    - from: 2025-01-01
      value: 2
    - from: 2024-01-01
      value: 1
  unit: load

"""
TIDY = """\
# Ours, and free to use
- # what it is
  kind: term
  id: a  # short
  # its words
  term:
    en: A
    zh: |
      # 不是注释
      甲
    # after the words
  definition: {en: D, zh: 丁}

- kind: threshold
  id: b
  unit: load
  values:
    - from: 2024-01-01
      value: 1
    # the later one
    - from: 2025-01-01
      value: 2

"""


def test_lines_move_with_their_comments() -> None:
    assert put_in_order(SCATTERED) == (
        TIDY,
        (
            "keys of term a put in order",
            "keys of threshold b put in order",
            "values of threshold b put in order",
        ),
    )


def test_line_ends_are_kept() -> None:
    assert put_in_order(SCATTERED.replace("\n", "\r\n"))[0] == TIDY.replace("\n", "\r\n")
    mixed = SCATTERED.replace("\n", "\r\n", 3)
    assert put_in_order(mixed) == (mixed, ())


@pytest.mark.parametrize(
    "text",
    [
        "{id: a, kind: term}\n",
        "id: a\nkind: trem\n",
        "id: [a\nkind: term\n",
        "- id\n- kind\n",
        'id: "a\n  b"\nterm: {en: A,\n  zh: 甲}\nkind: 3\n',
    ],
)
def test_what_cannot_be_moved_by_lines_stays(text: str) -> None:
    assert put_in_order(text) == (text, ())


def test_provisions_stand_as_in_the_law() -> None:
    refs = ["annex.1", "10", "3-1", "3", "preamble", "2", "10.2", "10.1"]
    text = "kind: instrument\nprovisions:\n" + "".join(f'  - ref: "{ref}"\n' for ref in refs)
    lines = put_in_order(text)[0].splitlines()[2:]
    assert [line.split('"')[1] for line in lines] == [
        "preamble",
        "2",
        "3",
        "3-1",
        "10",
        "10.1",
        "10.2",
        "annex.1",
    ]


KEYS = {
    "kind": ["kind: rule  # which"],
    "id": ["id: tea/rest"],
    "title": ["title:", "  en: Rest", "  zh: 歇工", "  # deep"],
    "topics": ["topics:", "- tea", "- leaf"],
    "modality": ["modality: >-", "  obligation", "", "  # not a comment"],
    "versions": [
        "versions:",
        "  - from: 2025-01-01",
        "    # old",
        "  - from: 2024-01-01",
        "    to: 2024-12-31",
    ],
    "other": ["other: [x,", "  y]"],
}
BESIDE = st.sampled_from(["", "# about it", "# two\n# lines", "\n", "# apart\n"])


@given(st.permutations(list(KEYS)), st.lists(BESIDE, min_size=7, max_size=7), st.booleans(), st.booleans())
def test_any_order_of_keys_becomes_one_and_nothing_is_lost(
    keys: list[str], beside: list[str], listed: bool, ended: bool
) -> None:
    lines = [
        line for key, note in zip(keys, beside, strict=True) for line in [*note.splitlines(), *KEYS[key]]
    ]
    if listed:
        lines = ["- kind: topic", "-", *(f"  {line}".rstrip() for line in lines)]
    text = "\n".join(lines) + ("\n" if ended else "")
    new, told = put_in_order(text)
    assert put_in_order(new) == (new, ())
    assert sorted(new.split("\n")) == sorted(text.split("\n"))
    assert bool(told) == (new != text)
    found = yaml.parse(new, "x.yaml").value
    each = found[1] if isinstance(found, list) else found
    before = yaml.parse(text, "x.yaml").value
    assert isinstance(each, dict)
    assert set(each) == set(KEYS)
    assert {**each, "versions": 0} == {**(before[1] if isinstance(before, list) else before), "versions": 0}
    assert [key for key in each if key != "other"] == [
        "kind",
        "id",
        "title",
        "modality",
        "topics",
        "versions",
    ]


@given(st.text(alphabet="kindrulea: -\n\r#'\"|>[]{},012", max_size=80))
def test_any_text_survives(text: str) -> None:
    new, _ = put_in_order(f"kind: term\n{text}")
    assert put_in_order(new) == (new, ())


def test_the_library_is_in_order() -> None:
    assert list(fix(LIBRARY / "rules", Wanted({}))) == []


def test_every_file_names_its_schema_once(tmp_path: Path) -> None:
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    broken = library / "rules" / "broken.yaml"
    broken.write_text("kind: [\n", encoding="utf-8")
    wanted = Wanted({}, schema=library / "schemas" / "rules.json")
    changed = dict(fix(library / "rules", wanted))
    assert set(changed) == {path.resolve() for path in (library / "rules").rglob("*.yaml")} - {
        broken.resolve()
    }
    rest = library / "rules" / "tea" / "rest.yaml"
    assert changed[rest.resolve()] == ("schema line added",)
    text = rest.read_text(encoding="utf-8")
    assert text.splitlines()[0] == f"{SCHEMA_LINE}../../schemas/rules.json"
    assert text.partition("\n")[2] == (LIBRARY / "rules" / "tea" / "rest.yaml").read_text(encoding="utf-8")
    assert list(fix(library / "rules", wanted)) == []
    moved = Wanted({}, schema=library / "rules" / "rules.json")
    assert ("schema line renewed",) in dict(fix(library / "rules", moved)).values()
    assert rest.read_text(encoding="utf-8").startswith(f"{SCHEMA_LINE}../rules.json\nkind: rule\n")


def test_a_byte_order_mark_is_not_left_behind_the_schema_line(tmp_path: Path) -> None:
    path = tmp_path / "rules" / "a.yaml"
    path.parent.mkdir()
    path.write_text(SCATTERED, encoding="utf-8-sig")
    assert dict(fix(path.parent, Wanted({}, schema=tmp_path / "rules.json")))
    assert yaml.read(path).value == yaml.parse(TIDY, "").value
    assert path.read_text(encoding="utf-8") == f"{SCHEMA_LINE}../rules.json\n{TIDY}"


def test_a_byte_order_mark_alone_is_nothing_to_mend(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(TIDY, encoding="utf-8-sig")
    assert list(fix(tmp_path, Wanted({}))) == []
