"""The page of the checks: every code with what it means, what to do, and an example of either kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.render.site.addresses import page_of
from kb.render.site.blocks import Block, Code, Heading, Lines, Page, Rows
from kb.render.terminal.card import Row, Text
from kb.render.texts import both

CHECKS = page_of("checks")
_ABOUT = both(
    "What kb lint and the other commands report, each with an example from an invented law on tea.",
    "kb lint及其他命令报告的各项代码，逐一举例；例子取自虚构的茶叶法。",
)
_SEVERITY = {"error": both("error", "错误"), "warning": both("warning", "警告")}


class Check(NamedTuple):
    """One code as the page shows it; `file` is where the example stands, if in a file."""

    code: str
    severity: str
    meaning: Text
    why: Text
    fix: Text
    file: str
    bad: str
    good: str
    told: str


def check_page(checks: Sequence[Check]) -> Page:
    """A section for each code; its anchor is the code in small letters."""
    title = both("Every check, with an example", "各项检查及实例")
    return Page(CHECKS, title, _ABOUT, [block for each in checks for block in _section(each)], boost=0.5)


def _section(check: Check) -> Iterator[Block]:
    yield Heading(
        check.code.lower(), {lang: f"{check.code} · {said}" for lang, said in check.meaning.items()}
    )
    yield Rows(
        [
            Row(both("Severity", "级别"), [_SEVERITY[check.severity]]),
            Row(both("Why", "理由"), [check.why]),
            Row(both("What to do", "办法"), [check.fix]),
        ]
    )
    where = both(f" in {check.file}", f"（{check.file}）") if check.file else both("", "")
    yield Lines([{lang: f"{said}{where[lang]}" for lang, said in both("Wrong", "错误写法").items()}])
    language = "yaml" if check.file.endswith(".yaml") else "text"
    yield Code(check.bad, language)
    if check.told:
        yield Lines([both("What is said of it", "所得提示")])
        yield Code(check.told, "text")
    yield Lines([both("Right", "正确写法")])
    yield Code(check.good or "-", language)
