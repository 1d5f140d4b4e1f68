"""The report as HTML or Markdown, through the templates that came along or others in their place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.loaders import FileSystemLoader
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kb.diagnostics import KbError, Place, fail
from kb.engine.wording.labels import Text
from kb.render.document.blocks import Report
from kb.render.report.markdown import escaped
from kb.store.files import data_folder

_NAMES = {"html": "report/report.html.j2", "md": "report/report.md.j2"}


def written(report: Report, form: str, langs: Sequence[str], own: Path | None = None) -> str:
    """The report as `html` or `md`. Templates under `own` stand before those that came along.

    Words that came from a profile cannot become markup. Raises KbError for a template with a mistake.
    """
    environment = _environment(form, langs, own)
    try:
        return environment.get_template(_NAMES[form]).render(report=report, langs=list(langs))
    except TemplateError as error:
        raise _located(error, own) from None


def _environment(form: str, langs: Sequence[str], own: Path | None) -> ImmutableSandboxedEnvironment:
    folders = [*([own] if own else []), data_folder("templates")]
    found = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folders, encoding="utf-8"),
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["said"] = partial(said, langs)
    found.filters["md"] = escaped
    return found


def said(langs: Sequence[str], text: Text | None) -> list[tuple[str, str]]:
    """A text in each language, with the language; what is the same in both stands once."""
    found: dict[str, str] = {}
    for lang in langs:
        if words := " ".join((text or {}).get(lang, "").split()):
            found.setdefault(words, lang)
    return [(lang, words) for words, lang in found.items()]


def _located(error: TemplateError, own: Path | None) -> KbError:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    name = getattr(error, "filename", None) or str(own or "templates")
    hint = "The templates that came along show what a report holds."
    return fail(Place(name, line, 1), "KB440", f"the template cannot be used: {error.message or error}", hint)
