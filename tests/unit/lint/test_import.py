"""A made-up law on made-up pages of several kinds becomes the one text, and nothing on a page is lost unseen."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.cli.app import main
from kb.diagnostics import KbError
from kb.lint.importing.arrange import arrange
from kb.lint.importing.imports import import_file
from kb.lint.importing.page import Block, Page
from kb.store.official.statutes import parse, read

LIBRARY = Path(__file__).parents[2] / "fixtures" / "library"
LAW = read(LIBRARY / "statutes" / "tea-law.md")
LINES = [
    line.removeprefix("## ")
    for line in (LIBRARY / "statutes" / "tea-law.md")
    .read_text(encoding="utf-8")
    .split("\n\n", 1)[1]
    .splitlines()
    if line
]
ENACTED = "（2023年12月1日虚构茶叶委员会第3次会议通过）"


def modern(lines: list[str]) -> bytes:
    """A page of today: UTF-8, paragraphs, a menu, a table of contents, links below."""
    chapters = [line for line in lines if line.startswith(("第一章", "第二章"))]
    body = "".join(f"<p>　　{line.replace(' ', '　', 1)}</p>\n" for line in ["目 录", *chapters, *lines])
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{LAW.title}_茶网</title>
    <link rel="canonical" href="https://tea.example/law"></head><body><nav>首页 登录</nav>
    <div class="crumbs">首页 &gt; 政策</div><header><h1>{LAW.title}</h1></header>
    <p>发布时间：2023-12-01　来源：茶网</p><p>{ENACTED}</p><article>{body}</article>
    <div>责任编辑：某某</div><footer>版权所有</footer><script>var x = "第九条 假的";</script></body></html>""".encode()


def old(lines: list[str]) -> bytes:
    """A page of long ago: GB 2312, one cell of a table, lines broken by hand and by the editor, no end tags."""
    body = "<BR>\r\n".join(f"&nbsp;&nbsp;{line}" for line in lines).replace("，", "，\r\n      ")
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>茶网</title>
    <body><form action=x><table><tr><td><img src=logo.gif><td>首页</table><table width=90%><tr><td align=center><b>{LAW.title}</b>
    <tr><td><font size=3>{body}</font><p>附件：1.茶样.doc<p>【打印】【关闭】</td></tr></table>""".encode(
        "gb18030"
    )


def numbered(lines: list[str]) -> bytes:
    """A page without a declared encoding whose articles are all in bold, without a blank after the number."""
    body = "".join(
        f"<div><strong>{head}</strong>{rest}</div>"
        for head, _, rest in (line.partition(" ") if line.startswith("第") and "条" in line[:8] else ("", "", line)
                              for line in (line.replace("\u3000", " ") for line in lines))
    )  # fmt: skip
    return f"<h2>{LAW.title}</h2><div hidden>第一条 隐藏</div>{body}".encode()


def bare(lines: list[str]) -> bytes:
    """No page at all: plain text, a line for a line."""
    return "\r\n".join(["云雾茶网", LAW.title, ENACTED, "", *lines]).encode("gb18030")


@pytest.mark.parametrize("layout", [modern, old, numbered, bare])
def test_a_page_of_any_layout_becomes_the_text_that_was_read(layout: Any, tmp_path: Path) -> None:
    library = shutil.copytree(LIBRARY, tmp_path / "library")
    texts = library / "statutes"
    (texts / "tea-law.md").unlink()
    page = tmp_path / "tea-law.html"
    page.write_bytes(layout(LINES))
    assert main(["statutes", "import", str(page), "-o", str(texts)]) == 0
    found = read(texts / "tea-law.md")
    assert found.title == LAW.title
    assert {ref: text.split("\n") for ref, text in found.texts.items() if "preamble" not in ref} == {
        ref: [line.replace("\u3000", " ") for line in text.split("\n")] for ref, text in LAW.texts.items()
    }
    assert main(["lint", str(library / "rules"), "--statutes", str(texts), "--fail-on", "warning"]) == 0


def test_what_is_not_law_is_told_and_what_the_page_states_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "tea-law.html"
    page.write_bytes(modern([*LINES[:3], "见下表：", "附表略。"]).replace(
        "见下表：</p>".encode(), "见下表：</p><img src=x.png alt=图一><table><tr><td>雨<td>歇</table>".encode()
    ))  # fmt: skip
    assert main(["statutes", "import", str(page)]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(
        f"# {LAW.title}\nadopted: 2023-12-01\nsource: https://tea.example/law\n\nNOTE （2023"
    )
    for words in ('menu, form or hidden part: "首页 登录"', 'before the title: "首页 > 政策"', 'a picture: "图一"',
                  'table: "雨 | 歇"', 'furniture of the page: "发布时间：2023-12-01 来源：茶网"',
                  'table of contents: "目 录" and 1 more', 'after the text: "责任编辑：某某"'):  # fmt: skip
        assert words in told.err
    assert "KB571" in told.err


def test_a_number_in_the_middle_of_a_line_is_doubtful(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<h1>甲</h1><p>第一条 有两样：（一）茶；（二）水。</p><p>第三条 完。</p>", encoding="utf-8"
    )
    assert main(["statutes", "import", str(page), "--id", "tea", "-o", str(tmp_path / "texts")]) == 1
    err = capsys.readouterr().err
    assert "a.html:1:1 KB572 more than one number in a line" in err
    assert "KB309 3 stands here, but there is no 2" in err
    assert "texts/tea.md: 甲; 2 provisions (1 to 3)" in err
    assert "KB309" not in "".join(map(str, import_file(page, "tea.partial.md", partial=True).doubtful))


def test_a_notice_without_numbers_has_paragraphs(tmp_path: Path) -> None:
    page = tmp_path / "notice.html"
    page.write_text(
        "<p>首页</p><h1>通知</h1><p>各茶园：</p><h2>安排</h2><p>明日歇工。</p><p>版权所有</p>",
        encoding="utf-8",
    )
    made = import_file(page, "notice.md")
    assert made.text == "# 通知\n\n\n各茶园：\n\n## 安排\n明日歇工。\n"
    assert made.statute.texts["2"] == "明日歇工。"
    assert len(made.left_out) == 2


def test_law_that_looks_like_a_note_or_like_a_footer_is_never_lost_unseen(tmp_path: Path) -> None:
    page = tmp_path / "law.html"
    page.write_text(
        "<h1>甲</h1><p>第一条 茶。</p><p>NOTE 茶歇。</p><p># 茶</p><p>分享茶叶的，按约定。</p><p>分享到</p><p>再分。</p>",
        encoding="utf-8",
    )
    made = import_file(page, "law.md")
    assert "分享茶叶的，按约定。" in made.statute.texts["1"]
    assert [each.message for each in made.doubtful] == [
        'a sentence below the end of the text: "再分。"',
        'read as a heading or a note, for it begins as these do: "NOTE 茶歇。"',
        'read as a heading or a note, for it begins as these do: "# 茶"',
    ]


def test_a_page_without_a_title_keeps_its_facts(tmp_path: Path) -> None:
    page = tmp_path / "law.html"
    page.write_text("<p>第一条 茶法自2024年3月1日起施行。</p>", encoding="utf-8")
    assert import_file(page, "law.md").statute.header == {"effective": "2024-03-01"}


def test_an_annex_that_nothing_announces_is_doubtful(tmp_path: Path) -> None:
    page = tmp_path / "law.html"
    page.write_text("<h1>甲</h1><p>第一条 茶。</p><p>分级指南</p><p>一、大</p>", encoding="utf-8")
    assert "if an annex begins here" in import_file(page, "law.md").doubtful[0].message


def test_end_tags_that_are_missing_or_too_many_move_nothing(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text(
        "<h1>甲</h1></div></p><table><tr><td><p>第一条 <b>茶<script>document.write('假')</script>叶。<p>（一）香；</div>"
        "</font><p>（二）甜。</b></table><ol><li>一只；<li>两只。</ol><p>第二条 水。</p>",
        encoding="utf-8",
    )
    made = import_file(page, "a.md")
    assert made.text.split("\n\n\n")[1] == (
        "第一条 茶叶。\n（一）香；\n（二）甜。\n1. 一只；\n2. 两只。\n\n第二条 水。\n"
    )


def test_answers_keep_their_questions(tmp_path: Path) -> None:
    page = tmp_path / "qa.html"
    page.write_text(
        "<title>答记者问 - 茶网</title><p>答记者问</p><p>2024-02-01</p><p>问：什么人算茶农？</p><p>答：采茶的人。</p>"
        "<ol><li>自己采的；<li>雇人采的。</ol><p>问：怎么领？</p><p>答：带篓子。</p><p>茶委会</p><p>2024年2月1日</p>",
        encoding="utf-8",
    )
    made = import_file(page, "qa.md")
    assert made.statute.title == "答记者问"
    assert made.statute.texts["1"] == "问：什么人算茶农？\n答：采茶的人。\n1. 自己采的；\n2. 雇人采的。"
    assert made.statute.texts["2"] == "问：怎么领？\n答：带篓子。"
    assert made.statute.header["promulgated"] == "2024-02-01"


LEVELS = "".join(
    f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    for depth, (form, text) in enumerate(
        [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"), ("upperLetter", "%3.")]
    )
)


def counted(paragraph: Any, depth: int) -> None:
    """Let Word number a paragraph."""
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="99"/></w:numPr>')
    )


def saved(made: Any) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def document() -> bytes:
    """A document whose numbers are all Word's own."""
    made = docx.Document()
    lists = made.part.numbering_part.element
    lists.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{LEVELS}</w:abstractNum>'))
    lists.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    made.add_paragraph("虚构茶叶委员会令")
    made.add_paragraph("第1号")
    made.add_paragraph("茶样办法", style="Title")
    for text, depth in (
        ("茶样两种：", 0),
        ("干的；", 1),
        ("湿的，分：", 1),
        ("温的。", 2),
        ("自2024年3月1日起施行。", 0),
    ):
        counted(made.add_paragraph(text), depth)
    made.paragraphs[3]._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>删去的</w:delText></w:r></w:del>")
    )
    made.paragraphs[4]._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>添上的。</w:t></w:r></w:ins>"))
    made.paragraphs[5]._p.addprevious(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>框里的。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        )
    )
    made.add_table(1, 2).rows[0].cells[0].text = "表"
    made.sections[0].header.paragraphs[0].text = "内部资料"
    return saved(made)


def test_numbers_that_word_writes_are_not_lost(tmp_path: Path) -> None:
    path = tmp_path / "samples.docx"
    path.write_bytes(document())
    made = import_file(path, "samples.md")
    assert made.text == (
        "# 茶样办法\nissuer: 虚构茶叶委员会\ndoc_number: 虚构茶叶委员会令第1号\neffective: 2024-03-01\n\n\n"
        "第一条 茶样两种：\n（一）干的；添上的。\n框里的。\n（二）湿的，分：\n温的。\n\n第二条 自2024年3月1日起施行。\n"
    )
    told = [each.message for each in made.left_out]
    for words in (
        'tracked deletion: "删去的"',
        'table: "表"',
        'header or footer of the document: "内部资料"',
    ):
        assert any(words in each for each in told), words
    assert [each.message.partition(":")[0] for each in made.doubtful] == [
        "its number, which Word counts in a way not known here"
    ]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.docx", b"PK no zip", "KB570 this is no Word document"),
        ("a.pdf", b"%PDF-1.7", "KB570 this is a PDF"),
        ("a.html", b"\xff\xff\xff", "KB570 the page is neither UTF-8 nor GB 18030"),
        ("a.html", "<p>没有条文</p>".encode(), "KB573 nothing here shows which part"),
        ("A B.html", b"", 'KB104 "a b" is no id of an instrument. Name one with --id'),
        ("missing.html", None, "no such file"),
    ],
)  # fmt: skip
def test_what_is_no_law_ends_in_2(
    name: str, data: bytes | None, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert main(["statutes", "import", str(tmp_path / name)]) == 2
    assert words in capsys.readouterr().err


def test_a_text_that_is_there_is_never_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tea.md").write_text("mine", encoding="utf-8")
    (tmp_path / "tea.html").write_text("<p>第一条 茶。</p>", encoding="utf-8")
    assert main(["statutes", "import", str(tmp_path / "tea.html"), "-o", str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "tea.md:1:1 KB434 exists already" in err and "kb lint --against" in err
    assert (tmp_path / "tea.md").read_text(encoding="utf-8") == "mine"
    assert main(["statutes", "import", str(tmp_path / "tea.html"), "-o", str(tmp_path), "--partial"]) == 2
    assert not (tmp_path / "tea.partial.md").exists(), "it would never be read beside the whole text"
    other = tmp_path / "other"
    assert main(["statutes", "import", str(tmp_path / "tea.html"), "-o", str(other), "--partial"]) == 0
    assert (other / "tea.partial.md").exists()


WORDS = st.sampled_from(
    ["第一条 茶。", "第二条水。", "第三条 有：", "（一）香；", "1.甜；", "第一章 总则", "目录", "附件", "题名", "版权所有",
     "2024年1月1日", "（2024年通过）", "另一款。", "来源：网", "问1：何？", "一、先。", "附件：1.表", "# 井号", "NOTE 注"]
)  # fmt: skip


@given(st.lists(st.tuples(WORDS, st.integers(0, 2)), max_size=12), st.sampled_from(["", "题名"]))
def test_every_block_is_in_the_text_or_told(given_blocks: list[tuple[str, int]], title: str) -> None:
    blocks = tuple(Block(words, line, table) for line, (words, table) in enumerate(given_blocks, 1))
    found = arrange(Page(blocks, (title,) if title else ()))
    if found is None:
        return
    told = [each.words for each in (*found.left_out, *found.doubtful)]
    seen = "".join("".join([found.text, *told]).split())
    for each in blocks:
        assert "".join(each.text.split()) in seen
    assert parse(found.text, "x.md").texts


def test_styles_in_a_circle_number_nothing(tmp_path: Path) -> None:
    made = docx.Document()
    styles = [made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH) for name in ("Sun", "Moon")]
    for style, other in zip(styles, reversed(styles), strict=True):
        style.base_style = other
    made.add_paragraph("第一条 茶。", style="Sun")
    path = tmp_path / "circle.docx"
    path.write_bytes(saved(made))
    assert import_file(path, "circle.md").statute.texts["1"] == "第一条 茶。"


def test_a_table_in_a_cell_is_told(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("第一条 茶。")
    made.add_table(1, 1).cell(0, 0).add_table(1, 1).cell(0, 0).text = "里面"
    path = tmp_path / "nested.docx"
    path.write_bytes(saved(made))
    assert 'table: "里面"' in import_file(path, "nested.md").left_out[0].message


HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<![if x]>", "<![bogus", "<!", ">", "<ol start=", "9" * 5000, "²", "<li>", "&#", ";", "第一条 茶。",
         "<meta charset=utf-7>", "<meta charset=undefined>", "+2AA-", "<table>", "<td>", "</table>", "'", '"', "\n", "# 茶", "NOTE 茶"]
    )
).map(lambda pieces: "".join(pieces).encode())  # fmt: skip
with ZipFile(io.BytesIO(document())) as archive:
    PARTS = {name: archive.read(name) for name in archive.namelist()}
SAID = {name: sorted(set(re.findall(rb'"[^"]*"|<w:\w+|</w:\w+>', PARTS[f"word/{name}.xml"])))
        for name in ("document", "numbering", "styles")}  # fmt: skip


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A document one part of which says something else in some place."""
    name = draw(st.sampled_from(sorted(SAID)))
    old = draw(st.sampled_from(SAID[name]))
    new = draw(st.sampled_from([b"", b'"x"', b'"-1"', b'"' + b"9" * 5000 + b'"', b"<w:x", b"</w:p>", b"<"]))
    out = io.BytesIO()
    with ZipFile(out, "w") as bad:
        for each, data in PARTS.items():
            bad.writestr(each, data.replace(old, new) if each == f"word/{name}.xml" else data)
    return out.getvalue()


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages") / "page"


@settings(max_examples=50)
@given(data=st.binary() | st.binary().map(b"PK\x03\x04".__add__) | HTML | damaged())
def test_any_bytes_are_read_or_refused(page: Path, data: bytes) -> None:
    page.write_bytes(data)
    try:
        made = import_file(page, "page.md")
    except KbError as error:
        assert {each.code for each in error.diagnostics} <= {"KB570", "KB573"}
    else:
        assert made.text.encode("utf-8") and made.statute.texts
