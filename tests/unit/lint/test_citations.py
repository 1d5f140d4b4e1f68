"""What is cited stands in the text, is what a person read, and is not copied."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kb.diagnostics import Diagnostic, KbError, Place
from kb.lint import copied
from kb.lint.citations import Citation, Listing, check
from kb.lint.fixing.fingerprints import fix_fingerprints
from kb.store.official.statutes import Statute, parse, read_folder
from kb.store.official.typography import fingerprint

FOLDER = Path(__file__).parents[2] / "fixtures" / "statutes"
STATUTES = read_folder(FOLDER).statutes
LAW = STATUTES["tea-law"]
HERE = Place("rules/tea/pick.yaml", 12, 9)
FILE = Place("rules/tea/instruments/tea-law.yaml")


def cite(ref: str, *anchors: str) -> list[Diagnostic]:
    return list(check({}, [Citation(HERE, ref, anchors)], STATUTES))


def listing(refs: list[str], **changed: str | None) -> Listing:
    known: dict[str, str | None] = {ref: fingerprint(LAW.texts.get(ref, "")) for ref in refs}
    return Listing(FILE, known | {ref.lstrip("_"): value for ref, value in changed.items()})


def lint(listed: Listing) -> list[Diagnostic]:
    return list(check({"tea-law": listed}, [], STATUTES))


@pytest.mark.parametrize("ref", ["tea-law/3", "tea-law/3.1.2.2", "tea-law/annex.2", "tea-answers/1.2"])
def test_a_citation_that_holds_is_silent(ref: str) -> None:
    assert cite(ref) == []


@pytest.mark.parametrize(
    ("ref", "near"),
    [
        ("tea-law/9", "tea-law/5"),
        ("tea-law/3.4", "tea-law/3.3"),
        ("tea-law/4.2", "tea-law/4.1.2"),  # item 2 of a single paragraph
        ("tea-law/3.1.8", "tea-law/3.1.3"),
        ("tea-law/1.1.1", "tea-law/1.1"),
        ("tea-law/annex.7.1", "tea-law/annex.3"),
    ],
)
def test_missing_provision_names_the_nearest(ref: str, near: str) -> None:
    (found,) = cite(ref)
    assert (found.place, found.code, found.severity) == (HERE, "KB301", "error")
    assert ref in found.message
    assert f'"{near}"' in found.hint


def test_a_word_has_no_nearest_number() -> None:
    (found,) = cite("tea-answers/annex.1")
    assert "The text has 1 to 2." in found.hint


def test_in_a_partial_text_a_missing_provision_is_a_warning() -> None:
    (found,) = cite("tea-guide/8")
    assert (found.code, found.severity) == ("KB301", "warning")


def test_anchors_are_found_whatever_the_typography() -> None:
    assert cite("tea-law/2.1", "“头春茶”", "「头春茶」", "清明 以前") == []


def test_missing_anchor_says_where_it_occurs() -> None:
    (found,) = cite("tea-law/3.2", "茶汤", "竹篓")
    assert (found.place, found.code) == (HERE, "KB302")
    assert '"竹篓"' in found.message
    assert "3.3.2, 5.1" in found.hint


def test_anchor_outside_the_cited_item_is_missing_even_in_the_same_article() -> None:
    (found,) = cite("tea-law/3.1.1", "十个时辰")
    assert "3.1.3." in found.hint


@pytest.mark.parametrize("anchor", ["咖啡", "\u3000"])
def test_anchor_that_is_nowhere(anchor: str) -> None:
    (found,) = cite("tea-law/3", anchor)
    assert "nowhere" in found.hint


def test_instrument_without_text_is_a_warning_once() -> None:
    listings = {"salt-law": Listing(FILE, {"1": None})}
    citations = [Citation(HERE, "salt-law/1"), Citation(HERE, "salt-law/2"), Citation(HERE, "oil/1")]
    found = list(check(listings, citations, STATUTES))
    assert [(one.place, one.code, one.severity) for one in found] == [
        (FILE, "KB306", "warning"),
        (HERE, "KB306", "warning"),
    ]
    assert "salt-law" in found[0].message
    assert "oil" in found[1].message


def test_complete_listing_with_true_fingerprints_is_silent() -> None:
    assert lint(listing(list(LAW.articles))) == []
    assert lint(listing(["1", "2.1", "2.2", "3", "3-1", "4.1.1", "5"])) == []


def test_changed_text_names_the_article_and_where_to_read_it() -> None:
    (found,) = lint(listing(list(LAW.articles), _2="sha256:" + "0" * 64))
    assert (found.place, found.code, found.severity) == (FILE, "KB303", "error")
    assert "tea-law/2" in found.message
    assert str(LAW.place("2")) in found.hint
    assert "kb lint --fix --read tea-law/2" in found.hint


def test_only_the_changed_provision_is_reported() -> None:
    before = listing(list(LAW.articles))
    text = "\n".join(LAW.texts[ref] for ref in LAW.articles).replace("老茶树", "茶树")
    changed = parse(text.replace("当年编的", "去年编的"), "tea-law.md", "tea-law")
    found = list(check({"tea-law": before}, [], {"tea-law": changed}))
    assert [(one.code, one.message.split()[3]) for one in found] == [("KB303", "tea-law/5")]


def after(*changes: tuple[str, str]) -> dict[str, Statute]:
    """The law with some words replaced."""
    text = (FOLDER / "tea-law.md").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {"tea-law": parse(text, "new/tea-law.md", "tea-law")}


RENUMBERED = (("第五条　", "第六条　"), ("第四条 有", "第五条 有"), ("附件", "第四条 新来的一条。\n\n附件"))


def test_an_article_that_only_moved_is_found_without_an_older_copy() -> None:
    found = list(check({"tea-law": listing(["4", "5"])}, [], after(*RENUMBERED)))
    moved = {one.message.split()[3]: one.hint for one in found if one.code == "KB303"}
    assert moved["tea-law/4"].startswith(
        "Word for word, what was read stands now in tea-law/5 (new/tea-law.md:"
    )
    assert "tea-law/6 (new" in moved["tea-law/5"]


def hint(older: dict[str, Statute], *changes: tuple[str, str]) -> str:
    """What is said of article 3, which was read."""
    found = check({"tea-law": listing(["3"])}, [], after(*changes), older)
    return next(one.hint for one in found if "tea-law/3 " in one.message or "provision 3," in one.message)


def test_every_change_of_an_amended_article_is_shown_from_an_older_copy() -> None:
    old = {"tea-law": LAW}
    shown = hint(
        old, ("（三）下雨超过十个时辰。\n", "（三）下雨超过九个时辰。\n（四）起雾。\n"), ("早上有霜；", "")
    )
    assert 'Was "（一）早上有霜；", is now "（一）".' in shown
    assert 'Was "（三）下雨超过十个时辰。", is now "（三）下雨超过九个时辰。（四）起雾。".' in shown


def test_an_amended_article_is_found_under_its_new_number() -> None:
    shown = hint({"tea-law": LAW}, ("第三条 采茶", "第九条 采茶"), ("十个时辰", "九个时辰"))
    assert "What was read is most like tea-law/9 now (new/tea-law.md:" in shown
    assert 'Was "（三）下雨超过十个时辰。", is now "（三）下雨超过九个时辰。".' in shown


def test_an_older_copy_that_is_not_what_was_read_says_so() -> None:
    shown = hint(after(("早上有霜", "傍晚有霜")), ("早上有霜", "中午有霜"))
    assert "The older copy (new/tea-law.md) does not have the text that was read either." in shown


def test_anchors_that_moved_together_are_found_together() -> None:
    moved = list(check({}, [Citation(HERE, "tea-law/4", ("好茶", "香气"))], after(*RENUMBERED)))
    assert {one.hint for one in moved} == {"All 2 anchors cited here stand in 5.1: was it renumbered?"}


def test_missing_fingerprints_are_one_finding_at_the_first() -> None:
    place = Place(FILE.path, 30, 5)
    known: dict[str, str | None] = dict.fromkeys(LAW.articles)
    (found,) = lint(Listing(FILE, known, places={"1": place}))
    assert (found.place, found.code) == (place, "KB304")
    assert "1, 2, 3, 3-1, 4 and 1 more" in found.message


def test_listing_and_text_that_differ() -> None:
    found = lint(listing(["1", "2", "3", "4", "6"]))
    assert [one.code for one in found] == ["KB305", "KB305"]
    assert "provision 6" in found[0].message
    assert "3-1, 5 " in found[1].message


def test_listing_of_what_is_cited_needs_no_other_articles() -> None:
    assert lint(Listing(FILE, {"1": fingerprint(LAW.texts["1"])}, complete=False)) == []


def test_odd_numbering_of_a_text_in_use_is_passed_on() -> None:
    odd = parse("第二条 水。\n", "odd.md", "odd")
    (found,) = check({}, [Citation(HERE, "odd/2")], {"odd": odd, "unused": odd})
    assert (found.code, found.place.path) == ("KB309", "odd.md")


SENTENCE = "采茶的人须先看云再看雾然后看路最后才看自己的篓子满了没有"
TEXTS = copied.index({"long": parse(f"第一条 早起。\n\n第七条 {SENTENCE}，很好。\n", "long.md")})


def copies(text: str, *excepted: str) -> list[Diagnostic]:
    return list(copied.check([(HERE, text)], TEXTS, excepted))


def test_copied_sentence_is_found_and_its_article_named() -> None:
    (found,) = copies(f"我们说：{SENTENCE[:24]}。")
    assert (found.place, found.code, found.severity) == (HERE, "KB307", "error")
    assert "24 characters" in found.message
    assert "long/7" in found.message


@pytest.mark.parametrize("start", range(len(SENTENCE) - 24))
def test_copy_is_found_wherever_it_begins(start: int) -> None:
    assert copies("另外" + SENTENCE[start : start + 24])
    assert not copies("另外" + SENTENCE[start : start + 23])


def test_punctuation_and_digits_do_not_hide_a_copy() -> None:
    assert copies(SENTENCE[:10] + "（1），\n" + SENTENCE[10:24])


def test_titles_and_terms_do_not_count() -> None:
    assert not copies(SENTENCE[:26], SENTENCE[3:6])
    assert copies(SENTENCE[:27], SENTENCE[3:6])


def test_a_run_does_not_cross_provisions() -> None:
    texts = copied.index({"two": parse(f"第一条 {SENTENCE[:14]}\n\n第二条 {SENTENCE[14:28]}", "two.md")})
    assert not list(copied.check([(HERE, SENTENCE)], texts))


INSTRUMENT = """\
kind: instrument   # ours
id: tea-law
displaces:
  - ref: "1"
    fingerprint: "not in the list"
provisions:
  # the whole law
  - ref: "1"
    heading:
      en: Heat
      zh: |
        火候
        # 不是注释
    formalised: none

  # next
  - ref: '2'   # two names
    fingerprint: sha256:0000 # old
    formalised: full
  - ref: 3.1.3
    fingerprint:
    formalised: full
  - ref: "99"
    fingerprint: "sha256:kept"
  - ref: "5"
    gap:
      en: |
        fingerprint: of words
        # not a comment
review:
  - ref: "4"
"""


def fixed_text(text: str) -> str:
    return fix_fingerprints(text, STATUTES).text


HEAD = "kind: instrument\nid: tea-law\n"
LISTED = """\
- kind: topic
  id: tea
-
    kind: instrument
    id: tea-law
    provisions:
      - heading: {{en: Heat, zh: 火候}}
        # its number
        ref: "1"{}
  # another
- id: tea-law
  provisions:
  - formalised: none
    ref: "2"{}
  kind: instrument
"""


def test_fingerprints_are_written_and_everything_else_is_kept() -> None:
    fixed = fixed_text(INSTRUMENT)
    one, two, item, five = (fingerprint(LAW.texts[ref]) for ref in ("1", "2", "3.1.3", "5"))
    assert fixed == (
        INSTRUMENT.replace("none\n\n", f'none\n    fingerprint: "{one}"\n\n')
        .replace("sha256:0000 # old", f'"{two}" # old')
        .replace("fingerprint:\n", f'fingerprint: "{item}"\n')
        .replace("\nreview", f'\n    fingerprint: "{five}"\nreview')
    )
    loaded = yaml.safe_load(fixed)
    assert loaded["provisions"][0]["heading"]["zh"] == "火候\n# 不是注释\n"
    assert loaded["provisions"][2]["fingerprint"] == item
    assert loaded["provisions"][4]["gap"]["en"] == "fingerprint: of words\n# not a comment\n"


def test_what_was_fixed_is_found_sound() -> None:
    refs = "".join(f'  - ref: "{ref}"\n' for ref in LAW.articles)
    loaded = yaml.safe_load(fixed_text(f"{HEAD}provisions:\n{refs}"))
    known = {entry["ref"]: entry["fingerprint"] for entry in loaded["provisions"]}
    assert lint(Listing(FILE, known)) == []


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_line_endings_and_a_missing_last_one_are_kept(ending: str) -> None:
    text = ending.join(["kind: instrument", "id: tea-law", "provisions:", '- ref: "1"', "  formalised: none"])
    expected = f'{text}{ending}  fingerprint: "{fingerprint(LAW.texts["1"])}"'
    assert fixed_text(text) == expected
    assert fixed_text(text + ending) == expected + ending


@pytest.mark.parametrize("text", ["", "provisions: []\n", "provisions:\n"])
def test_file_without_provisions_stays(text: str) -> None:
    assert fixed_text(HEAD + text) == HEAD + text


def test_any_key_may_come_first_and_instruments_may_be_listed() -> None:
    text = LISTED.format("", "")
    fixed = fix_fingerprints(text, STATUTES)
    one, two = (fingerprint(LAW.texts[ref]) for ref in ("1", "2"))
    assert fixed == (
        LISTED.format(f'\n        fingerprint: "{one}"', f'\n    fingerprint: "{two}"'),
        ("tea-law/1", "tea-law/2"),
        {},
    )


@pytest.mark.parametrize(
    "entry",
    [
        "- {ref: '1'}",
        "- {ref: '1', fingerprint: ''}",
        "- ref: '1'\n  'fingerprint': ''",
        "- ref: '1'\n  fingerprint:\n    ''",
        "- ref: '1'\n  formalised: 'no\nne'",
    ],
)
def test_what_cannot_be_written_is_told_and_left_alone(entry: str) -> None:
    text = f"{HEAD}provisions:\n{entry}\n"
    assert fix_fingerprints(text, STATUTES) == (text, (), {"tea-law/1": fingerprint(LAW.texts["1"])})


def without_fingerprints(text: str) -> list[str]:
    return [line for line in text.split("\n") if not line.lstrip().startswith("fingerprint:")]


ENTRY = st.lists(
    st.sampled_from(
        ["    formalised: none", "    heading:\n      en: A\n      zh: 甲", "    # note", "",
         "    gap: |\n      words\n      # more", '    fingerprint: "sha256:00"  # why',
         "    fingerprint: sha256:1", "    fingerprint: ''"]
    ),
    max_size=4,
    unique=True,
)  # fmt: skip
ENTRIES = st.lists(
    st.tuples(st.sampled_from(['"1"', "'2'", "3-1", "4.1.1 # item", '"77"']), ENTRY), max_size=5
)


@settings(deadline=None)
@given(ENTRIES, st.sampled_from(["", "\n", "\nnotes:\n  - ref: '1'\n", "\n# end"]))
def test_fixing_changes_fingerprint_lines_only_and_twice_is_once(
    entries: list[tuple[str, list[str]]], end: str
) -> None:
    lines = [*HEAD.splitlines(), "provisions:"]
    for ref, rest in entries:
        lines += [f"  - ref: {ref}", *rest]
    text = "\n".join(lines) + end
    assume(all(sum("fingerprint:" in line for line in rest) < 2 for _, rest in entries))
    fixed = fixed_text(text)
    assert fixed_text(fixed) == fixed
    assert without_fingerprints(fixed) == without_fingerprints(text)
    for entry, (ref, _) in zip(_provisions(fixed), entries, strict=True):
        if "77" not in ref:
            assert entry["fingerprint"] == fingerprint(_text(LAW, str(entry["ref"])))


def _provisions(text: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load(text)["provisions"] or [])


def _text(statute: Statute, ref: str) -> str:
    return statute.texts[ref]


ODD = st.sampled_from(
    ["", "# note", "  # note", "   more", "  a: |", "  b: 'q", "q'", "- ref: '2'", "  c: [", "]", "notes: x",
     "  - d", "-\n  ref: '5'", "  fingerprint:", "    ''", "- {ref: '3'}", "  e: f\r"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(ODD, max_size=6), st.sampled_from(["", "\n"]))
def test_in_any_sound_file_a_fingerprint_is_written_or_told(odd: list[str], end: str) -> None:
    text = "\n".join([*HEAD.splitlines(), "provisions:", "- ref: '1'", *odd]) + end
    with contextlib.suppress(KbError):
        fixed = fix_fingerprints(text, STATUTES)
        assert fix_fingerprints(fixed.text, STATUTES) == (fixed.text, (), fixed.left)
        for entry in _provisions(fixed.text):
            ref = str(entry.get("ref")) if isinstance(entry, dict) else ""
            if ref in LAW.texts and f"tea-law/{ref}" not in fixed.left:
                assert entry["fingerprint"] == fingerprint(LAW.texts[ref])
