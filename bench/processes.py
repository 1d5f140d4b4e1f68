"""Measures of whole processes and of files: starting up, reading YAML, loading what is compiled."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import yaml

from bench import peers
from bench.found import Found, Subjects, ratio
from bench.timing import medians, process_medians
from bench.workload import AS_OF
from kb.engine.ruleset import RuleSet
from kb.store import bundle
from kb.store.files import yaml_files
from kb.store.yaml import parse

COLD = Path(__file__).parent / "cold.py"
_READ = """import sys, yaml
from pathlib import Path
for folder in sys.argv[1:]:
    for path in Path(folder).rglob("*.yaml"):
        yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
"""
_CHECK = "import sys; from kb.cli.app import main; sys.exit(main())"  # what the command `kb` runs


def cold_start(subjects: Subjects) -> Found | None:
    """From nothing to the outcomes of all rules of W: Python, engine, rules and answers from disk."""
    if find_spec("zen") is None:
        return None
    folder, subject = subjects.folder, subjects.made_up
    bundle.write(folder / "workload", {"check": subject.compiled, "library": {}})
    answers = _file(folder / "answers.json", peers.as_json({"as_of": AS_OF, **subject.answers}))
    known = _file(folder / "context.json", peers.as_json(peers.zen_context(subject)))
    rules = _file(folder / "rules.zen", peers.zen_rules(subject))
    commands = {"ours": (COLD, "hegui", answers), "zen": (COLD, "zen", known, rules)}
    return ratio(process_medians(commands, max(5, subjects.rounds // 8), folder))


def check_command(subjects: Subjects) -> Found | None:
    """`kb check` of a company with the shipped rules, as text, against a Python that does nothing."""
    if subjects.shipped is None:
        return None
    company = yaml.safe_dump(subjects.shipped.as_profile(subjects.shipped.answers), allow_unicode=True)
    profile = _file(subjects.folder / "company.yaml", company)
    check = ("-c", _CHECK, "check", profile, "--rules", subjects.rules, "--as-of", str(AS_OF))
    commands = {"kb check": check, "bare Python": ("-c", "")}
    return ratio(process_medians(commands, max(5, subjects.rounds // 8), subjects.folder))


def lint_command(subjects: Subjects) -> Found | None:
    """`kb lint` of the shipped rules with all their scenarios, against reading the same files with CSafeLoader."""
    if subjects.shipped is None:
        return None
    scenarios = subjects.rules.resolve().parent / "tests" / "scenarios"
    read = ("-c", _READ, subjects.rules, scenarios)
    commands = {"kb lint": ("-c", _CHECK, "lint", subjects.rules), "CSafeLoader": read}
    return ratio(process_medians(commands, max(1, subjects.rounds // 50), subjects.folder))


def strict_yaml(subjects: Subjects) -> Found:
    """Reading the rule files strictly and with places, against PyYAML's CSafeLoader."""
    texts = _texts(subjects)
    functions = {
        "ours": lambda: [parse(text, "bench") for text in texts],
        "CSafeLoader": lambda: _with_csafeloader(texts),
    }
    return ratio(medians(functions, max(3, subjects.rounds // 8)))


def load_bundle(subjects: Subjects) -> Found | None:
    """Loading the compiled rules, verified, against reading the rule files with CSafeLoader."""
    if subjects.shipped is None:
        return None
    texts = _texts(subjects)
    file = subjects.folder / "shipped"
    bundle.write(file, {"check": subjects.shipped.compiled, "library": {}})
    functions = {
        "bundle": lambda: RuleSet(bundle.read_verified(file / "check.json")),
        "CSafeLoader": lambda: _with_csafeloader(texts),
    }
    return ratio(medians(functions, max(3, subjects.rounds // 8)))


def _with_csafeloader(texts: list[str]) -> None:
    for text in texts:
        yaml.load(text, Loader=yaml.CSafeLoader)


def _texts(subjects: Subjects) -> list[str]:
    return [path.read_text(encoding="utf-8") for path in yaml_files(subjects.rules)]


def _file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
