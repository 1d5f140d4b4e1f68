"""`kb report`: formats people hand on, the same bytes each time, nothing of a profile turned into markup."""

from __future__ import annotations

import builtins
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from kb.cli.app import main
from kb.engine.answering.profile import read_profile
from kb.engine.checking.assess import assess
from kb.render.report.agenda import agenda
from kb.render.report.fields import shelved
from kb.render.report.scene import Scene
from kb.rules import open_rules
from kb.store import yaml
from kb.store.files import data_folder

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "examples" / "first-check.yaml"
HOTEL = ROOT / "examples" / "hotel-group.yaml"
NAMES = [
    '=HYPERLINK("https://evil.example","x")',
    "<script>alert(1)</script>",
    "[click](javascript:alert(1)) `code` | cell",
    "{{ 7 * 7 }} {% raw %}",
    "长" * 300,
]


def told(path: Path, output: Path, *words: str) -> Path:
    assert main(["report", str(path), "-o", str(output), *words]) == 0
    return output


@pytest.mark.parametrize("form", ["html", "md", "docx", "xlsx"])
def test_the_same_profile_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    one, two = (told(EXAMPLE, tmp_path / f"{n}.{form}", "--lang", "both") for n in "ab")
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_computed_is_told_and_drawn(tmp_path: Path, lang: str) -> None:
    example = ROOT / "examples" / "drug-patents.yaml"
    made = told(example, tmp_path / "r.html", "--lang", lang, "--topic", "pharma-pte")
    page = parsed(made)
    words = {"en": ("days of extension 1,826", "first day unprotected"), "zh": ("1,826", "期满终止")}[lang]
    assert all(each in page.text for each in words)
    assert page.drawn == 3, "a line of days for each patent"
    assert "2038-04-22" in page.text and "patent-law-2020" not in page.text
    again = told(example, tmp_path / "again.html", "--lang", lang, "--topic", "pharma-pte")
    assert again.read_bytes() == made.read_bytes()


def rows_of(path: Path, id_: str) -> list[list[str]]:
    """The texts of the table in a chapter, row by row."""
    _, _, chapter = path.read_text(encoding="utf-8").partition(f'<section id="{id_}">')
    rows = re.findall(r"<tr>(.*?)</tr>", chapter.partition("</section>")[0], re.DOTALL)
    cells = (re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows)
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


class Counted(HTMLParser):
    """The text, the numbers of the summary and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.numbers: list[int] = []
        self.addresses: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.drawn = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.drawn += tag == "svg"
        self.inside.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text += data
        if self.inside[-1:] == ["strong"]:
            self.numbers.append(int(data))


def parsed(path: Path) -> Counted:
    found = Counted()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def test_the_numbers_are_those_of_the_check(tmp_path: Path) -> None:
    rules = open_rules(data_folder("rules"))
    profile = read_profile(yaml.read(HOTEL), rules.check)
    assert profile.as_of
    result = assess(rules.check, profile, profile.as_of, rules.hash)
    found = agenda(shelved(Scene(rules.check, result, profile)).scene)
    exempt = len({each["rule"] for each in found.exempt})
    told_of = (found.now, found.unless, found.dated)
    expected = [*map(len, told_of), exempt, len(found.open), len(found.not_for_you)]
    assert parsed(told(HOTEL, tmp_path / "r.html", "--lang", "en")).numbers == expected
    _, *fields = rows_of(tmp_path / "r.html", "overview")
    assert sum(int(each[1] or 0) for each in fields) == len(found.now) + len(found.dated)
    assert sum(int(each[5] or 0) for each in fields) == len(found.unless) == 1
    assert sum(int(each[6] or 0) for each in fields) == len(found.open)
    assert fields[0][0] == "Personal information"
    # What waits for a list of items stands together, so that a reader is not told the same hundreds of times.
    undecided, waiting = (rows_of(tmp_path / "r.html", each)[1:] for each in ("undecided", "waiting"))
    assert len(undecided) + sum(int(each[2]) for each in waiting) == len(found.open) > 3 * len(waiting)


def test_fields_of_which_nothing_is_known_are_only_named_unless_all_is_asked_for(tmp_path: Path) -> None:
    short, whole = (
        told(EXAMPLE, tmp_path / f"{len(more)}.md", "--lang", "en", *more).read_text(encoding="utf-8")
        for more in ((), ("--all",))
    )
    assert "## Fields set aside" in short and "Corporate credit records; Cybersecurity" in short
    assert "## Fields set aside" not in whole and len(whole) > 4 * len(short)
    assert "for none" not in whole, "nobody who reads a report writes the profile"


def test_a_duty_says_what_why_by_when_and_how_to_show_it(tmp_path: Path) -> None:
    text = " ".join(parsed(told(HOTEL, tmp_path / "r.html", "--lang", "en")).text.split())
    at = text.index("File the contract and the impact assessment report within ten working days")
    card = text[at : text.index("due again by", at)]
    for words in ("Why", "By when", "10 working days after", "2026-11-30", "filing number", "PIPL art 66(1)"):
        assert words in card
    assert "checked against" in card
    for words in ("Silver Heron", "Open questions", "Answers relied on", "sha256:", "not legal advice"):
        assert words in text


def test_a_page_needs_nothing_beside_it(tmp_path: Path) -> None:
    page = parsed(told(HOTEL, tmp_path / "r.html"))
    assert all(each.startswith("#") for each in page.addresses)
    assert not page.tags & {"script", "img", "link", "iframe", "form"}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stays_a_name_in_every_format(tmp_path: Path, name: str) -> None:
    profile = tmp_path / "p.yaml"
    quoted = name.replace("'", "''")
    profile.write_text(
        f"kind: profile\nentity: '{quoted}'\nas_of: 2026-11-21\n"
        f"company:\n  ciio-notified: {{value: false, by: '{quoted}', note: '{quoted}'}}\n"
        f"transfers:\n  - id: a\n    name: '{quoted}'\n    leaves-mainland: true\n",
        encoding="utf-8",
    )
    told(profile, tmp_path, "--format", "html", "--format", "md", "--format", "docx", "--format", "xlsx")
    page = parsed(tmp_path / "p.html")
    assert name in " ".join(page.text.split()) and "script" not in page.tags
    markdown = (tmp_path / "p.md").read_text(encoding="utf-8")
    assert not re.search(r"(?<!\\)(<script|\]\()", markdown)
    heading = markdown.splitlines()[0]
    assert heading.startswith("# ")
    assert not re.search(r"(?<!\\)[`|]", heading), "neither code nor a cell"
    word = Document(str(tmp_path / "p.docx"))
    assert any(name in each.text for each in word.paragraphs)
    cells = [
        cell for sheet in load_workbook(tmp_path / "p.xlsx") for row in sheet.iter_rows() for cell in row
    ]
    assert any(cell.value == name for cell in cells)
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_a_profile_that_says_nothing_still_makes_a_report(tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text("kind: profile\n", encoding="utf-8")
    for form in ("html", "md", "docx", "xlsx"):
        assert told(profile, tmp_path / f"r.{form}").stat().st_size


def test_a_company_to_which_nothing_applies_has_zeros(tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text("kind: profile\nas_of: 1990-01-01\n", encoding="utf-8")
    assert parsed(told(profile, tmp_path / "r.html")).numbers == [0, 0, 0, 0, 0, 0]


def test_a_folder_gets_a_file_for_each_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new"
    told(EXAMPLE, folder, "--format", "html", "--format", "md")
    made = [folder / "first-check.html", folder / "first-check.md"]
    assert sorted(folder.iterdir()) == made
    assert capsys.readouterr().out.splitlines() == list(map(str, made))


def test_pdf_is_made_of_the_same_page(tmp_path: Path) -> None:
    from pypdf import PdfReader

    made = told(EXAMPLE, tmp_path / "r.pdf", "--lang", "both", "--topic", "data-security")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made.read_bytes())).pages)
    assert "Lantern Travel" in text and "应立即办理" in text


@pytest.mark.parametrize(
    ("form", "missing", "extra"),
    [
        ("docx", "docx", 'pip install -e ".[docx]"'),
        ("pdf", "weasyprint", 'pip install -e ".[pdf]"'),
        ("xlsx", "openpyxl", 'pip install -e ".[xlsx]"'),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path,
    form: str,
    missing: str,
    extra: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] == missing:
            raise ImportError(f"No module named {missing}")
        return real(name, *rest, **more)

    for module in ("word", "sheet"):
        monkeypatch.delitem(__import__("sys").modules, f"kb.render.document.{module}", raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    old = tmp_path / f"r.{form}"
    old.write_bytes(b"kept")
    assert main(["report", str(EXAMPLE), "-o", str(old)]) == 2
    err = capsys.readouterr().err
    assert "KB442" in err and extra in err
    assert old.read_bytes() == b"kept"


def test_templates_of_ones_own_stand_before_ours(tmp_path: Path) -> None:
    folder = tmp_path / "own" / "report"
    folder.mkdir(parents=True)
    (folder / "report.html.j2").write_text(
        "<h1>{{ report.entity.en }}</h1>{% for each in report.counters %}{{ each.number }} {% endfor %}",
        encoding="utf-8",
    )
    made = told(EXAMPLE, tmp_path / "r.html", "--template", str(tmp_path / "own"))
    assert re.fullmatch(r"<h1>Lantern Travel \(invented\)</h1>(\d+ ){6}", made.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("{% for %}", "report.html.j2:1"),
        ("{{ report.nonsense }}", "own"),
        ("{{ report.__class__.__mro__ }}", "own"),
        ("{% include 'report/none.j2' %}", "own"),
    ],
)
def test_a_template_with_a_mistake_is_said_and_nothing_is_lost(
    tmp_path: Path, source: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own" / "report"
    folder.mkdir(parents=True)
    (folder / "report.html.j2").write_text(source, encoding="utf-8")
    old = tmp_path / "r.html"
    old.write_text("kept", encoding="utf-8")
    assert main(["report", str(EXAMPLE), "-o", str(old), "--template", str(tmp_path / "own")]) == 2
    err = capsys.readouterr().err
    assert "KB440" in err and where in err and "Traceback" not in err
    assert old.read_text(encoding="utf-8") == "kept"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["-o", "r.odt"], "KB441"),
        (["-o", "r.html", "--format", "html", "--format", "md"], "KB441"),
        (["-o", "none/r.html"], "KB002"),
        (["-o", "r.html", "--template", "none"], "KB100"),
    ],
)
def test_what_cannot_be_written_is_said(
    tmp_path: Path,
    words: list[str],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", str(EXAMPLE), *words]) == 2
    told = capsys.readouterr().err
    assert code in told and ".tmp" not in told
    assert not list(tmp_path.rglob("*"))


def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "r.html"
    old.write_text("kept", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.store.whole.os.fsync", full)
    assert main(["report", str(EXAMPLE), "-o", str(old)]) == 2
    assert f"{old}:1:1 KB002 cannot be used: No space left on device. Make room" in capsys.readouterr().err
    assert old.read_text(encoding="utf-8") == "kept"
    assert [each.name for each in tmp_path.iterdir()] == ["r.html"]
