"""`kb report PROFILE -o FILE|DIR`: the report to hand on, in the formats that people hand on."""

from __future__ import annotations

import argparse
import io
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from kb.cli.asked import add_day_and_rules, add_profile, asked
from kb.cli.options import add_topics, languages, need_other
from kb.diagnostics import KbError, misused
from kb.render.document.blocks import Report

FORMATS = ("html", "md", "docx", "pdf", "xlsx")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Options of the command."""
    add_profile(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE|DIR",
        help="the file to write, which names the format; or a folder, made if missing,"
        " for files named after the profile",
    )
    parser.add_argument(
        "--format",
        action="append",
        choices=FORMATS,
        default=[],
        help="may be repeated for a folder (default: as the file is named, else html)",
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="DIR",
        help="a folder with your own report/report.html.j2, report/report.md.j2 or report/report.css",
    )
    parser.add_argument(
        "--all", action="store_true", help="leave nothing out: also the fields of which nothing is known"
    )
    add_topics(parser)
    add_day_and_rules(parser)


class _Order(NamedTuple):
    """What was asked for: languages, and a folder of templates."""

    langs: tuple[str, ...]
    template: Path | None


def run(args: argparse.Namespace) -> int:
    """Write the report. Raises KbError."""
    from kb.store.whole import write_whole

    targets = _targets(args)
    for path in targets.values():
        need_other(path, args.profile)
    report = _report(args)
    order = _Order(languages(args.lang), args.template and _folder(args.template))
    made = [(path, _WRITERS[form](report, order)) for form, path in targets.items()]
    for path, content in made:
        if path != args.output:
            args.output.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
        print(path)
    return 0


def _report(args: argparse.Namespace) -> Report:
    from kb.render.document.compose import compose
    from kb.render.report.fields import Shelf, shelved
    from kb.render.report.scene import Scene

    found = asked(args)
    scene = Scene(found.opened.check, found.told(args.all), found.profile, full=True, handed_on=True)
    shelf = Shelf(scene) if args.all else shelved(scene, found.topics)
    return compose(shelf, found.opened.library["instrument"], found.topics)


def _targets(args: argparse.Namespace) -> dict[str, Path]:
    """The files to write by format. Raises KbError."""
    named = args.output.suffix.removeprefix(".").lower()
    if args.output.is_dir() or not named:
        stem = "report" if str(args.profile) == "-" else args.profile.stem
        return {form: args.output / f"{stem}.{form}" for form in args.format or ["html"]}
    forms = list(dict.fromkeys(args.format)) or [named]
    if len(forms) > 1:
        raise misused("-o", "KB441", "several formats need a folder", "Name one with -o.")
    if forms[0] not in FORMATS:
        raise misused("-o", "KB441", f'no format is called "{forms[0]}"', f"Formats: {', '.join(FORMATS)}.")
    return {forms[0]: args.output}


def _folder(path: Path) -> Path:
    from kb.store.files import need_folder

    return need_folder(path, of="templates", hint="Name one with --template.")


def _page(form: str, report: Report, order: _Order) -> bytes:
    from kb.render.document.pages import written

    return written(report, form, order.langs, order.template).encode("utf-8")


def _pdf(report: Report, order: _Order) -> bytes:
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:  # OSError: the libraries it draws with are not installed
        raise _lacking("PDF needs WeasyPrint", error, "pdf") from None
    made = io.BytesIO()
    HTML(string=_page("html", report, order).decode("utf-8"), url_fetcher=_refuse).write_pdf(made)
    return made.getvalue()


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"a report fetches nothing: {url}")


def _word(report: Report, order: _Order) -> bytes:
    try:
        from kb.render.document.word import word
    except ImportError as error:
        raise _lacking("Word needs python-docx", error, "docx") from None
    return word(report, order.langs)


def _spreadsheet(report: Report, order: _Order) -> bytes:
    try:
        from kb.render.document.sheet import sheet
    except ImportError as error:
        raise _lacking("a spreadsheet needs openpyxl", error, "xlsx") from None
    return sheet(report, order.langs)


def _lacking(what: str, error: Exception, extra: str) -> KbError:
    return misused(
        "--format", "KB442", f"{what} ({error})", f'In the folder of hegui: pip install -e ".[{extra}]"'
    )


_WRITERS: Mapping[str, Callable[[Report, _Order], bytes]] = {
    "html": partial(_page, "html"),
    "md": partial(_page, "md"),
    "docx": _word,
    "pdf": _pdf,
    "xlsx": _spreadsheet,
}
