"""The strict YAML reader: what a bare value means, what is refused and where, places, snippets."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml as pyyaml
from pydantic import BaseModel, ConfigDict

from kb.diagnostics import Diagnostic, KbError, Place
from kb.store.yaml import Document, Mapping, Sequence, parse, read, snippet
from kb.store.yaml_refusals import REFUSALS

TEXTS = ["no", "on", "yes", "off", "True", "NULL", "3.10", "012", "1:30", "1e3", "0x1F", "1_000"]
TEXTS += ["+5", "2024-1-1", "2024-01-01T00:00:00", ".inf", "一二三", "４２", "=", "<<", "-x", "a-1"]

RULE = """\
kind: rule
when:
  all:
    - {fact: exports-personal-information, is: true}
    - fact: 处理敏感个人信息  # a note
      is: "x y"
title:
  en: A notice
"""


def refusal(text: str | bytes) -> Diagnostic:
    with pytest.raises(KbError) as caught:
        parse(text, "f.yaml")
    (only,) = caught.value.diagnostics
    return only


@pytest.fixture(params=["libyaml", "pure Python"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "pure Python":
        monkeypatch.delattr(pyyaml, "CSafeLoader")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("999999999999999999", 999_999_999_999_999_999),
        ("2024-02-29", date(2024, 2, 29)),
        *[(text, text) for text in TEXTS],
        ('"true"', "true"),
        ("'12'", "12"),
        ('"2024-02-29"', "2024-02-29"),
        ('""', ""),
        ('"a\\tb\\nc"', "a\tb\nc"),
        ("|\n  12\n", "12\n"),
        (">-\n  two\n  lines\n", "two lines"),
        ("two\n  lines", "two lines"),
    ],
)
def test_a_scalar_means_what_its_author_sees(written: str, meant: object) -> None:
    value = parse(f"key: {written}", "f.yaml").value
    assert value == {"key": meant}
    assert type(value["key"]) is type(meant)


def test_containers_are_dicts_and_lists_and_keys_may_be_quoted() -> None:
    document = parse('{a: [1, {b: }], "true": [], "<<": x}', "f.yaml")
    assert document.value == {"a": [1, {"b": None}], "true": [], "<<": "x"}
    assert type(document.value) is Mapping and type(document.value["a"]) is Sequence


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("text", "where", "code", "words"),
    [
        ("a: [1,\nb: 2\n", (2, None), "KB010", "line 1"),
        ("a: b: c", (1, None), "KB010", "not allowed"),
        ("a:\n\t- b", (2, 1), "KB010", "spaces, not tabs"),
        ('a: "\\U7FFFFFFF"', (1, None), "KB010", ""),
        ("", (1, 1), "KB011", "empty"),
        ("# only a note\n", (1, 1), "KB011", "empty"),
        ("---\n", (1, 4), "KB011", "empty"),
        ("a: 1\n---\nb: 2\n", (2, 1), "KB012", "second document"),
        ("%YAML 1.2\n---\na: 1", (1, 1), "KB013", "%YAML 1.2"),
        ("a: 1\n...\n%TAG ! !x\n---\nb: 1", (3, 1), "KB013", "%TAG"),
        ("b:\n  a: 1\n  c: 2\n  'a': 3\n", (4, 3), "KB014", 'key "a" was already given on line 2'),
        ("12: x", (1, 1), "KB015", 'Put it in quotes: "12"'),
        ("a: {true: x}", (1, 5), "KB015", "key true is not text"),
        ("2024-01-01: x", (1, 1), "KB015", "2024-01-01"),
        ("? [a]\n: b", (1, 3), "KB015", "a list cannot be a key"),
        ("{{a: 1}: b}", (1, 2), "KB015", "a mapping cannot be a key"),
        ("{? : b}", (1, None), "KB015", "an empty key"),
        ("a: 1\n<<: {b: 2}", (2, 1), "KB016", "<<"),
        ("a: &here 1", (1, 4), "KB017", "anchor &here"),
        ("a: &here [1]", (1, 4), "KB017", "anchor &here"),
        ("a: 1\nb: *gone", (2, 4), "KB017", "alias *gone Write the value out"),
        ("*gone : b", (1, 1), "KB017", "alias *gone"),
        ("a: !!str 1", (1, 4), "KB018", "tag !!str"),
        ("a: !local {b: 1}", (1, 4), "KB018", "tag !local"),
        ("a: ! 1", (1, 4), "KB018", "tag !"),
        ("a: 2025-02-30", (1, 4), "KB019", "2025-02-30"),
        ("- 0000-01-01", (1, 3), "KB019", "0000-01-01"),
        ("a: -1234567890123456789", (1, 4), "KB020", "18 digits"),
        ("[" * 41, (1, 41), "KB021", "40"),
        ("a: " + "x" * 20_001, (1, 4), "KB022", "20,000"),
        ("a: x" + "\n" * 2_097_152, (1, 1), "KB004", "2 MiB"),
        ("a: b\nb: c\x00d", (2, 5), "KB006", "U+0000 NUL"),
        ("a: \x1b[31m", (1, 4), "KB006", "U+001B"),
        ("a: ok \u202edesrever", (1, 7), "KB006", "RIGHT-TO-LEFT OVERRIDE"),
        ("a: \u2066x", (1, 4), "KB006", "U+2066"),
        ("a: x\u2028b: y", (1, 5), "KB006", "LINE SEPARATOR"),
        ("a: \ud800", (1, 4), "KB006", "U+D800"),
        ('a: "\\u202e"', (1, 4), "KB006", "U+202E"),
        ('a: "\\0"', (1, 4), "KB006", "NUL"),
        (b"a: b\n\xe4\xb8\xad: \xff", (2, 4), "KB005", "byte 0xFF"),
        ("a: 个人信息".encode("gbk"), (1, 4), "KB005", "GBK"),
        ("a: b".encode("utf-16"), (1, 1), "KB005", "UTF-16"),
        ("a: b".encode("utf-16-be"), (1, 1), "KB005", "UTF-16"),
        ("a: b".encode("utf-32"), (1, 1), "KB005", "UTF-32"),
    ],
)
def test_what_is_refused_is_located(
    text: str | bytes, where: tuple[int, int | None], code: str, words: str
) -> None:
    found = refusal(text)
    assert found.place.line == where[0] and where[1] in (None, found.place.column)
    assert found.code == code and words in f"{found.message} {found.hint}"
    assert found.hint


def test_the_limits_themselves_are_allowed() -> None:
    assert parse("[" * 40 + "]" * 40, "f").value
    assert parse("a: " + "x" * 20_000, "f").value
    assert isinstance(parse("- 1\n" * 199_999, "f").value, Sequence)
    one_more = refusal("- 1\n" * 200_000)
    assert (one_more.code, one_more.place.line) == ("KB023", 200_000)


@pytest.mark.usefixtures("parser")
def test_half_a_surrogate_pair_is_no_character_even_as_an_escape() -> None:
    assert refusal('a: "\\uD800"').code in {"KB006", "KB010"}  # libyaml refuses it before we do


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[\n", "{? "])
@pytest.mark.usefixtures("parser")
def test_a_hundred_thousand_levels_are_refused_not_followed(opening: str) -> None:
    assert refusal(opening * 100_000).code in {"KB010", "KB015", "KB021"}


def test_many_directives_are_refused_before_the_parser_compares_each_with_all() -> None:
    many = "".join(f"%TAG !{number}! x\n" for number in range(100_000))
    for before in ("", "# note\n", "...\n", "a: 1\n", "a: 1\n... # end\n"):
        assert refusal(f"{before}{many}---\nb: 1\n").code == "KB013"


def test_messages_stay_one_short_printable_line() -> None:
    for text in ('"a\\nb": 1\n"a\\nb": 2', "!%1B%0A x", f"{'k' * 900}: 1\n{'k' * 900}: 2"):
        message = refusal(text).message
        assert message.isprintable() and len(message) < 120


def test_a_byte_order_mark_is_dropped_and_crlf_counts_as_one_line_end() -> None:
    document = parse(b"\xef\xbb\xbfa: 1\r\nb:\r\n  c: 2\r\n", "f.yaml")
    assert document.value == {"a": 1, "b": {"c": 2}}
    assert document.place(["b", "c"]) == Place("f.yaml", 3, 6)
    assert document.lines == ("a: 1", "b:", "  c: 2")


@pytest.mark.usefixtures("parser")
@pytest.mark.parametrize(
    ("location", "value_at", "key_at"),
    [
        ((), (1, 1), (1, 1)),
        (("kind",), (1, 7), (1, 1)),
        (("when", "all"), (4, 5), (3, 3)),
        (("when", "all", 0), (4, 7), (4, 7)),
        (("when", "all", 0, "is"), (4, 48), (4, 44)),
        (("when", "all", 1, "fact"), (5, 13), (5, 7)),
        (("when", "Condition", "all", "list[Condition]", 1, "Fact", "is", "str"), (6, 11), (6, 7)),
        (("when", "all", "all", 0, "fact", "is"), (4, 48), (4, 44)),  # union members named as keys
        (("when", "all", "all", 0, "fact", "fact"), (4, 14), (4, 8)),
        (("title", "kind"), (8, 3), (7, 1)),  # missing below, present above
        (("when", "all", 7, "nothing"), (4, 5), (3, 3)),
        (("nowhere", -1), (1, 1), (1, 1)),
    ],
)
def test_a_location_becomes_a_place(
    location: tuple[str | int, ...], value_at: tuple[int, int], key_at: tuple[int, int]
) -> None:
    document = parse(RULE, "r.yaml")
    assert document.place(location) == Place("r.yaml", *value_at)
    assert document.place(location, key=True) == Place("r.yaml", *key_at)


def test_a_snippet_shows_two_lines_and_underlines_the_value() -> None:
    document = parse(RULE, "r.yaml")
    assert snippet(document, document.place(["when", "all", 0, "fact"])) == (
        "     3 |   all:\n"
        "  →  4 |     - {fact: exports-personal-information, is: true}\n"
        "       |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    )
    assert snippet(document, Place("r.yaml")) == "  →  1 | kind: rule\n       | ^^^^"


def test_carets_count_terminal_columns_and_long_lines_are_cut() -> None:
    document = parse(RULE, "r.yaml")
    wide = snippet(document, document.place(["when", "all", 1, "fact"])).splitlines()
    assert wide[-1] == "       |             " + "^" * 16
    long = Document(None, "x", ("a: 中" * 200 + "\tEND\x1b", "b"))
    shown = snippet(long, Place("x", 1, 802)).splitlines()
    assert "…" in shown[0] and "END�" in shown[0] and len(shown[0]) < 120
    assert snippet(long, Place("x", 9, 1)).endswith("→  2 | b\n       | ^")
    assert snippet(Document(None, "x", ()), Place("x")) == ""


def test_values_are_plain_data_for_pydantic_and_copies() -> None:
    class Inner(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True)
        days: list[date]

    class Outer(BaseModel):
        inner: dict[str, Inner]
        rest: object

    value = parse("inner: {a: {days: [2024-01-01]}}\nrest: {x: [1]}", "f").value
    model = Outer.model_validate(value)
    assert model.inner["a"].days == [date(2024, 1, 1)]
    assert copy.deepcopy(model).rest == {"x": [1]} == model.model_dump()["rest"]


def test_read_names_the_file_as_told(tmp_path: Path) -> None:
    file = tmp_path / "规则.yaml"
    file.write_text("a: 中\nb: [", encoding="utf-8")
    with pytest.raises(KbError, match=r"^rules/x\.yaml:2:5 KB010"):
        read(file, "rules/x.yaml")
    file.write_text("a: 中\n", encoding="utf-8")
    assert read(file).value == {"a": "中"} and read(file).path == str(file)


class Growing(type(Path())):  # type: ignore[misc]
    """A file that reports the size it had before it grew."""

    def stat(self, **_: object) -> os.stat_result:
        return Path(__file__).stat()


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    huge, loop = tmp_path / "huge.yaml", tmp_path / "loop.yaml"
    with huge.open("wb") as file:
        file.truncate(1_000_000_000)
    loop.symlink_to(loop)
    cases: list[tuple[Path, str]] = [
        (huge, "KB004"),
        (Growing(huge), "KB004"),
        (tmp_path, "KB003"),
        (loop, "KB002"),
    ]
    cases += [(tmp_path / "none.yaml", "KB001"), (Path("a\0b"), "KB002"), (huge / "x", "KB002")]
    if os.name == "posix":
        os.mkfifo(tmp_path / "pipe")
        cases += [(tmp_path / "pipe", "KB003"), (Path("/dev/zero"), "KB003")]
    for path, code in cases:
        with pytest.raises(KbError) as caught:
            read(path, "shown.yaml")
        (found,) = caught.value.diagnostics
        assert (found.code, found.place) == (code, Place("shown.yaml")) and found.hint


def test_every_refusal_has_its_own_code_and_says_what_to_do() -> None:
    assert len({entry.code for entry in REFUSALS}) == len(REFUSALS) == 20
    assert all(entry.code.startswith("KB0") and entry.meaning and entry.hint for entry in REFUSALS)


def test_importing_the_reader_does_not_import_the_parser() -> None:
    code = "import sys, kb.store.yaml; sys.exit('yaml' in sys.modules or 'pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
