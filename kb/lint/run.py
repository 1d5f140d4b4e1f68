"""Runs every check over a folder of rules and reports all findings at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from kb.diagnostics import Diagnostic, KbError, Place
from kb.engine.answering.profile import Profile
from kb.engine.answering.workings import Workings
from kb.engine.compiling.build import build
from kb.engine.ruleset import RuleSet
from kb.lint import checks, citations, copied, sources
from kb.lint.coverage import uncovered
from kb.lint.registry import finding
from kb.lint.scenarios import Found, profile_of, read_folder, read_scenarios, run_scenario
from kb.store import yaml
from kb.store.files import need_folder
from kb.store.knowledge import KnowledgeBase
from kb.store.loader import inspect, shown_as
from kb.store.official.statutes import Folder, Statute
from kb.store.official.statutes import read_folder as read_statutes
from kb.store.yaml_text import read_bytes


@dataclass(frozen=True)
class Waived:
    """A finding that somebody lets stand for a time, and why."""

    finding: Diagnostic
    reason: str


class Shown(NamedTuple):
    """A file that shows a finding: a `profile` to check, or the `scenario` that is missing."""

    kind: Literal["profile", "scenario"]
    text: str

    def words(self) -> str:
        """The file, and what it is."""
        said = "Shown by this profile, under `kb check`" if self.kind == "profile" else "The scenario"
        return f"{said}:\n{self.text}"


@dataclass(frozen=True)
class Report:
    """All findings about a folder of rules, in order of place."""

    findings: tuple[Diagnostic, ...]
    objects: int
    root: Path
    """The folder from which paths of findings count."""
    documents: Mapping[str, yaml.Document] = field(repr=False)
    owners: Mapping[str, tuple[tuple[int, str], ...]] = field(default_factory=dict, repr=False)
    """Per file the line each object begins at and its id, in order."""
    waived: tuple[Waived, ...] = ()
    base: KnowledgeBase | None = field(default=None, repr=False)
    """What was read; nothing where it is not sound enough to be compared."""
    shown: Mapping[Diagnostic, Shown] = field(default_factory=dict, repr=False)

    @property
    def files(self) -> tuple[str, ...]:
        """Every file with an object that was looked at, sorted."""
        return tuple(sorted(self.owners))

    def owner(self, place: Place) -> str:
        """The id of the object a place lies in; empty outside of all."""
        before = [id_ for line, id_ in self.owners.get(place.path, ()) if line <= place.line]
        return before[-1] if before else ""

    def count(self, severity: str) -> int:
        """How many findings are errors, or warnings."""
        return sum(each.severity == severity for each in self.findings)

    def snippet(self, place: Place) -> str:
        """The lines a finding is about; empty where there is no such file."""
        document = self.documents.get(place.path)
        for path in (self.root / place.path, Path(place.path)):
            document = document or _unparsed(path)
        return yaml.snippet(document, place) if document else ""


def lint(
    rules: Path,
    statutes: Path | None = None,
    scenarios: Path | None = None,
    draft: Path | None = None,
    today: date = date.min,
    older: Path | None = None,
) -> Report:
    """Every finding about a folder of rules, or a `draft` among them. Raises KbError for what cannot be read.

    `scenarios` is `tests/scenarios` beside the rules unless given; example profiles are looked up from the
    folder that holds them. Reviews due before `today` are told; texts of `older` show what changed.
    """
    rules = need_folder(rules).resolve()
    example = draft if draft and _is_scenario(draft) else None
    base, findings = inspect(rules, None if example else draft)
    texts, told = _against_texts(base, statutes, older)
    findings += told
    found: list[Found] = []
    sound = not any(each.severity == "error" for each in findings if each.code < "KB3")
    if sound:
        findings += checks.check(checks.Material(base, texts, today))
        found, more = _scenarios(scenarios or default_scenarios(rules), rules, example)
        findings += [*more, *_by_running(base, found, rules.parent)]
    about = shown_as(draft, rules) if draft else None
    unique = sorted(each for each in dict.fromkeys(findings) if about in (None, each.place.path))
    origins = [*base.origins.values(), *(found if example else ())]
    objects = sum(about in (None, each.document.path) for each in origins)
    documents, owners = _documents(base, found), _owners(base, found, about)
    return Report(tuple(unique), objects, rules.parent, documents, owners, base=base if sound else None)


def report_on_law(
    base: KnowledgeBase, rules: Path, findings: Iterable[Diagnostic], shown: Mapping[Diagnostic, Shown]
) -> Report:
    """What proofs, or changes made up, found out about a folder of rules."""
    documents, owners = _documents(base, ()), _owners(base, (), None)
    unique = tuple(sorted(set(findings)))
    return Report(unique, len(base.origins), rules.parent, documents, owners, shown=shown)


def _documents(base: KnowledgeBase, found: Iterable[Found]) -> Mapping[str, yaml.Document]:
    of_rules = {origin.document.path: origin.document for origin in base.origins.values()}
    return {**of_rules, **{each.document.path: each.document for each in found}}


def _owners(
    base: KnowledgeBase, found: Iterable[Found], about: str | None
) -> Mapping[str, tuple[tuple[int, str], ...]]:
    owners: dict[str, list[tuple[int, str]]] = {}
    named = [(origin.place(), id_) for (_, id_), origin in base.origins.items()]
    for place, id_ in (*named, *((each.document.place(()), each.scenario.id) for each in found)):
        if about in (None, place.path):
            owners.setdefault(place.path, []).append((place.line, id_))
    return {path: tuple(sorted(lines)) for path, lines in owners.items()}


def default_scenarios(rules: Path) -> Path | None:
    """The scenarios that belong to a folder of rules, if there are any."""
    beside = rules.parent / "tests" / "scenarios"
    return beside if beside.is_dir() else None


def _against_texts(
    base: KnowledgeBase, folder: Path | None, older: Path | None
) -> tuple[Mapping[str, Statute], list[Diagnostic]]:
    """The official texts of a folder, and what is wrong with them or with what is said of them."""
    if folder is None:
        return {}, []
    texts, before = read_statutes(folder), read_statutes(older) if older else Folder({}, ())
    cited, listings = sources.citations(base), sources.listings(base)
    copies = copied.index(texts.statutes)
    return texts.statutes, [
        *texts.problems,
        *before.problems,
        *citations.check(listings, cited, texts.statutes, before.statutes),
        *copied.check(sources.chinese_words(base), copies, set(sources.carried_over(base))),
    ]


def _is_scenario(draft: Path) -> bool:
    try:
        value = yaml.read(draft).value
    except KbError:  # told when it is read with the rules
        return False
    return isinstance(value, dict) and value.get("kind") == "scenario"


def _scenarios(folder: Path | None, rules: Path, draft: Path | None) -> tuple[list[Found], list[Diagnostic]]:
    """All scenarios of a folder, and one that is still a draft."""
    found: list[Found] = []
    findings: list[Diagnostic] = []
    if folder is not None:
        found, findings = read_folder(need_folder(folder, "scenarios").resolve(), rules.parent)
    if draft is not None:
        more, wrong = read_scenarios(draft, shown_as(draft, rules))
        found, findings = [*found, *more], [*findings, *wrong]
    return found, findings


def _by_running(base: KnowledgeBase, found: list[Found], root: Path) -> Iterator[Diagnostic]:
    """What only the compiled rules can show: proofs over decisions, and scenarios run."""
    try:
        rules = RuleSet(build(base))
    except KbError as error:
        yield from error.diagnostics
        return
    if not found:
        return
    run: list[tuple[Found, Profile]] = []
    for each in found:
        try:
            run.append((each, profile_of(rules, each.scenario, each.document, root)))
        except KbError as error:
            yield from error.diagnostics
    yield from _differences(rules, [each for each, _ in run], root)
    yield from uncovered(base, [each for each, _ in run], [profile for _, profile in run])


def _differences(rules: RuleSet, found: Iterable[Found], root: Path) -> Iterator[Diagnostic]:
    """Scenarios that come out otherwise."""
    workings = Workings(rules)
    for each in found:
        for words in run_scenario(rules, each.scenario, each.document, root, workings):
            place = each.document.place(("expect",), key=True)
            message = f"{each.scenario.id}: {words}"
            yield finding("KB525", place, message, "Mend the rule, or the example.")


def _unparsed(path: Path) -> yaml.Document | None:
    """The lines of a file that is no sound YAML."""
    try:
        text = read_bytes(path, str(path)).decode("utf-8", "replace")
    except KbError:
        return None
    return yaml.Document(None, str(path), tuple(text.splitlines()))
