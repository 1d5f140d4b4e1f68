"""Findings as a person reads them, each with its lines, and what shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import dedent

from kb.diagnostics import Diagnostic
from kb.lint.registry import Code, examples
from kb.lint.run import Report


def explained(code: Code) -> str:
    """What a code means, with what brings it up and what does not."""
    lines = [f"{code.code} ({code.severity}): {code.meaning}", f"  why   {code.why}", f"  fix   {code.fix}"]
    example = examples()[code.code]
    lines += [f"  where {example.file}"] if example.file else []
    for name, words in (("bad", example.bad), ("good", example.good)):
        first, *more = dedent(words).splitlines() or ["(nothing)"]
        lines += [f"  {name:5} {first}", *(f"        {line}" for line in more)]
    return "\n".join(lines)


def as_text(report: Report, lines: Sequence[str] = ()) -> str:
    """The findings as a person reads them, then some lines about all of them."""
    blocks = ["\n".join(block(report, each)) for each in report.findings]
    return "\n\n".join([*blocks, "\n".join([*lines, summary(report)])])


def block(report: Report, each: Diagnostic) -> Iterator[str]:
    """One finding as a person reads it."""
    mark = "" if each.severity == "error" else f"  {each.severity}"
    yield f"{each.place}  {each.code}{mark}  {each.message}"
    if excerpt := report.snippet(each.place):
        yield excerpt
    yield f"     {each.hint + '  ' if each.hint else ''}More: kb lint --explain {each.code}"
    if shown := report.shown.get(each):
        first, *file = shown.words().splitlines()
        yield f"     {first}"
        yield from (f"       {line}" for line in file)


def summary(report: Report) -> str:
    """How many errors and warnings there are, in how many objects."""
    errors, warnings = (counted(report.count(each), each) for each in ("error", "warning"))
    waived = f", {len(report.waived)} waived" if report.waived else ""
    return f"{errors}, {warnings}{waived} in {counted(report.objects, 'object')}"


def counted(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
