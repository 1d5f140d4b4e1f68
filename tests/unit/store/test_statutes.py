"""A text in the folder is addressed by article, paragraph and item."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.diagnostics import KbError
from kb.store.official.markers import numeral
from kb.store.official.statutes import Statute, parse, read, read_folder
from kb.store.official.typography import fingerprint, normalise

FOLDER = Path(__file__).parents[2] / "fixtures" / "statutes"


@pytest.fixture(scope="module")
def law() -> Statute:
    return read(FOLDER / "tea-law.md")


def test_header_is_read(law: Statute) -> None:
    assert (law.id, law.title, law.partial) == ("tea-law", "云雾茶保护条例（虚构）", False)
    assert law.header["doc_number"] == "茶令第1号"


def test_articles_include_inserted_ones_and_no_chapters(law: Statute) -> None:
    assert law.articles == ("1", "2", "3", "3-1", "4", "5")
    assert law.remarks == ()


@pytest.mark.parametrize(
    ("ref", "begins", "ends"),
    [
        ("1", "第一条 制茶", "火候。"),
        ("1.1", "第一条 制茶", "火候。"),
        ("2.1", "第二条 茶农", "嫩芽。"),
        ("2.2", "茶商另有", "都写。"),
        ("3.1", "第三条 采茶", "超过十个时辰。"),
        ("3.1.1", "（一）早上", "有霜；"),
        ("3.1.2", "（二）风把", "反着转的。"),
        ("3.1.2.1", "1.山口", "大风；"),
        ("3.1.2.2", "2.坡上", "反着转的。"),
        ("3.1.2.2.2", "（2）反", "转的。"),
        ("3.1.3", "（三）下雨", "时辰。"),
        ("3.2", "歇工的人", "茶汤。"),
        ("3.3", "歇工满三天", "竹篓。"),
        ("3.3.2", "（二）一只", "竹篓。"),
        ("3-1", "第三条之一", "师傅。"),
        ("4.1.1", "（一）香气", "；"),
        ("annex", "附件", "听声音。"),
        ("annex.1", "一、先看", "烟。"),
        ("annex.2.1.2", "（二）边缘", "。"),
    ],
)
def test_provision_by_ref(law: Statute, ref: str, begins: str, ends: str) -> None:
    text = law.provision(ref)
    assert text is not None
    assert text.startswith(begins)
    assert text.endswith(ends)


@pytest.mark.parametrize("ref", ["6", "3.4", "3.2.1", "3.1.4", "4.2", "annex.4", "38", ""])
def test_no_provision(law: Statute, ref: str) -> None:
    assert law.provision(ref) is None


def test_refs_are_in_the_order_of_the_text(law: Statute) -> None:
    refs = tuple(law.texts)
    assert refs[:5] == ("1", "1.1", "2", "2.1", "2.2")
    assert [ref for ref in refs if ref.startswith("3.1")] == [
        "3.1", "3.1.1", "3.1.2", "3.1.2.1", "3.1.2.2", "3.1.2.2.1", "3.1.2.2.2", "3.1.3",
    ]  # fmt: skip
    assert refs[-1] == "annex.3.1"


def test_place_of_a_provision_is_its_line(law: Statute) -> None:
    source = (FOLDER / "tea-law.md").read_text(encoding="utf-8").splitlines()
    assert source[law.place("3.1.3").line - 1] == "（三）下雨超过十个时辰。"


def test_answers_count_the_paragraphs_of_the_answer() -> None:
    answers = read(FOLDER / "tea-answers.md")
    assert answers.articles == ("1", "2")
    assert (answers.provision("1") or "").startswith("问1：什么人算茶农？\n答：")
    assert answers.provision("1.2") == "雇人采的，雇主也算一个。"
    assert answers.provision("2.1") == "答：带着空篓子去领。"


def test_sections_have_headings_that_are_no_paragraphs() -> None:
    notice = read(FOLDER / "tea-notice.md")
    assert notice.articles == ("1", "2", "3", "4")
    assert notice.provision("preamble.1") == "各村茶社：春天到了，登记也要开始了。"
    assert notice.provision("1.1") == "凡有三棵以上老茶树的人家都来登记。"
    assert notice.provision("2.1.2") == "（二）新住户随到随办。"
    assert notice.provision("3.1.1") == "（一）现场登记\n带上一片叶子作样。"
    assert notice.provision("3.1.2.2") == "2．托给谁。"
    assert notice.provision("4.1") == "四、特此通知。"


def test_dotted_sections_keep_their_printed_numbers() -> None:
    guide = read(FOLDER / "tea-guide.partial.md")
    assert (guide.id, guide.partial) == ("tea-guide", True)
    assert guide.articles == ("2", "2.1", "3.1")
    assert guide.provision("2.1.p1.2") == "（2）勤翻动。"
    assert guide.provision("2.1.p2") == "烘完晾一夜。"
    assert (guide.provision("2") or "").endswith("烘完晾一夜。")


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("问：早茶？\n答：好。\n\n问：晚茶？\n答：不好。\n", ("1", "1.1", "2", "2.1")),
        ("1.早茶好吗？\n好。\n1.不烫；\n\n2.晚茶呢？\n不好。\n", ("1", "1.1", "1.1.1", "2", "2.1")),
        ("二、问：早茶？\n答：好。\n", ("2", "2.1")),
        ("【2026年4月】1.早茶？\n好。\n\n【2026年7月，茶】问3：晚？\n不。\n",
         ("2026-04.1", "2026-04.1.1", "2026-07.3", "2026-07.3.1")),
        ("头一段。\n第二段：\n（一）甲。\n", ("1", "2", "2.1")),
        ("第一条 茶。\n\n附录一 表\n（一）甲\n\n附录二 图\n",
         ("1", "1.1", "annex-1", "annex-1.1", "annex-1.1.1", "annex-2", "annex-2.1")),
        ("第一条 茶。\n\n第二条 水。\n\n合同样本\n\n第一条 甲方。\n",
         ("1", "1.1", "2", "2.1", "annex", "annex.1", "annex.1.1")),
        ("第一条 茶。\n\nNOTE the keeper's remark\n", ("1", "1.1")),
        ("第一条 茶：\n(一)红；\n[（二）]绿；\n①浓。\n", ("1", "1.1", "1.1.1", "1.1.2", "1.1.2.1")),
        ("", ()),
    ],
)  # fmt: skip
def test_other_ways_of_numbering(text: str, refs: tuple[str, ...]) -> None:
    assert tuple(parse(text, "x.md").texts) == refs


def test_line_inside_a_list_belongs_to_the_item_before() -> None:
    statute = parse("第一条 茶：\n（一）红茶。\n要烫。\n（二）绿茶。\n要温。\n", "x.md")
    assert statute.provision("1.1.1") == "（一）红茶。\n要烫。"
    assert statute.provision("1.2") == "要温。"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("第一条 茶。\n\n第三条 水。\n", 3, "3 stands here, but there is no 2"),
        ("第一条 茶：\n（一）红；\n（三）绿。\n", 3, "1.1.3 stands here, but there is no 1.1.2"),
        ("第一条 茶。\n\n第二条 水。\n\n第二条 火。\n", 5, "2.1 begins here a second time"),
    ],
)
def test_odd_numbering_is_remarked(text: str, line: int, words: str) -> None:
    (remark,) = parse(text, "x.md").remarks
    assert (remark.place.line, remark.code, remark.severity) == (line, "KB309", "warning")
    assert words in remark.message


def test_gaps_of_a_partial_text_are_expected() -> None:
    assert parse("第三条 水。\n\n第九条 火。\n", "x.md", partial=True).remarks == ()


@pytest.mark.parametrize(
    ("words", "value"),
    [("三", 3), ("十", 10), ("十五", 15), ("二十", 20), ("一百零五", 105), ("一百二十", 120),
     ("二百二十六", 226), ("一千二百六十", 1260), ("〇", 0), ("12", 12), ("⑫", 12)],
)  # fmt: skip
def test_numerals(words: str, value: int) -> None:
    assert numeral(words) == value


def test_folder_holds_texts_by_id_and_leaves_other_files_alone() -> None:
    folder = read_folder(FOLDER)
    assert set(folder.statutes) == {"tea-law", "tea-answers", "tea-notice", "tea-guide"}
    assert folder.problems == ()


def test_whole_text_goes_before_partial_one(tmp_path: Path) -> None:
    (tmp_path / "tea.md").write_text("第一条 全。\n", encoding="utf-8")
    (tmp_path / "tea.partial.md").write_text("第一条 残。\n", encoding="utf-8")
    assert not read_folder(tmp_path).statutes["tea"].partial


def test_unreadable_text_is_a_problem_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_bytes("第一条 茶。".encode("gb18030"))
    (tmp_path / "dir.md").mkdir()
    (tmp_path / "good.md").write_bytes("\ufeff# 茶\r\n\r\n第一条 茶。\r\n".encode())
    folder = read_folder(tmp_path)
    assert [(problem.code, Path(problem.place.path).name) for problem in folder.problems] == [
        ("KB308", "bad.md"),
        ("KB308", "dir.md"),
    ]
    assert folder.statutes["good"].provision("1") == "第一条 茶。"
    assert folder.statutes["good"].title == "茶"


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(KbError, match="KB308 no such folder"):
        read_folder(tmp_path / "none")


def test_fingerprint_ignores_typography_and_sees_words() -> None:
    one = "第五条　处理“１００万人”以上（含）：应当\n备案。"
    two = "第五条 处理「100万人」以上(含): 应当备案。\u200b"
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(one) != fingerprint(one.replace("备案", "登记"))
    assert fingerprint("茶，水") != fingerprint("茶、水")
    assert fingerprint("茶") == "sha256:" + hashlib.sha256("茶".encode()).hexdigest()


@settings(deadline=None)
@given(st.text())
def test_normalise_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any(character.isspace() for character in once)


@settings(deadline=None)
@given(st.text(), st.text())
def test_normalise_goes_character_by_character(one: str, two: str) -> None:
    assert normalise(one + " " + two) == normalise(one) + normalise(two)


LINES = st.lists(
    st.sampled_from(
        ["第一条 甲。", "第二条 乙：", "第十条之一 丙", "（一）子；", "（二）丑", "1.寅", "（1）卯",
         "辰。", "巳", "", "## 第一章 总则", "附件", "附件2 表", "一、午", "二、未：", "问1：申？",
         "答：酉。", "2.1 戌", "【2026年4月】1.亥？", "NOTE x", "key: value", "# 题"]
    ),
    max_size=25,
)  # fmt: skip


@settings(deadline=None)
@given(LINES)
def test_any_text_parses_and_nothing_is_lost_or_invented(lines: list[str]) -> None:
    statute = parse("\n".join(lines), "x.md")
    for ref, text in statute.texts.items():
        assert lines[statute.lines[ref] - 1].lstrip("# ") == text.split("\n")[0]
        upper = ref.rpartition(".")[0]
        if upper in statute.texts:
            assert set(text.split("\n")) <= set(statute.texts[upper].split("\n"))
    assert set(statute.articles) <= set(statute.texts)
    held = {line for text in statute.texts.values() for line in text.split("\n")}
    assert {line for line in lines if line in ("第一条 甲。", "辰。", "（一）子；")} <= held


@settings(deadline=None)
@given(st.text(alphabet="第一二三条章问答：:（）()[]附件 1.、。\n#【】年月", max_size=80))
def test_scrambled_text_parses(text: str) -> None:
    statute = parse(text, "x.md")
    assert all(statute.provision(ref) for ref in statute.texts)


def test_a_question_is_never_a_paragraph_of_its_answer() -> None:
    statute = parse("问：请说说早茶。\n答：好。\n", "x.md")
    assert statute.provision("1.1") == "答：好。"
    assert statute.provision("1.2") is None


@pytest.mark.parametrize("tree", ["en", "zh"])
def test_the_format_is_as_its_page_says(tree: str) -> None:
    page = (Path(__file__).parents[3] / "site" / tree / "guide" / "texts.md").read_text(encoding="utf-8")
    shown = parse(page.partition("```markdown\n")[2].partition("```")[0], "shown.md")
    assert (shown.header["effective"], shown.remarks) == ("2024-01-01", ())
    assert shown.articles == ("1", "2")
    assert {"1.1", "1.2", "2.1.1", "2.1.2.1", "annex.1"} <= set(shown.texts)
