"""The list of measures: a name, a bar that should not be exceeded, and the function that measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench import engines, processes, questions, site
from bench.found import Found, Subjects


@dataclass(frozen=True)
class Measure:
    """`find` returns None where a peer is missing or the shipped rules do not load."""

    name: str
    bar: float | None
    find: Callable[[Subjects], Found | None]


MEASURES = (
    Measure("exact / Kleene", 0.5, engines.against_kleene),
    Measure("exact / zen list", 1.0, engines.against_zen),
    Measure("exact with proof / zen with trace", 1.0, engines.proof_against_trace),
    Measure("one answer changed / all rules", 0.35, engines.one_change),
    Measure("cold start / zen", 0.95, processes.cold_start),
    Measure("kb check / bare Python", 5.0, processes.check_command),
    Measure("kb lint / CSafeLoader", 10.0, processes.lint_command),
    Measure("strict YAML / CSafeLoader", 0.6, processes.strict_yaml),
    Measure("bundle load / CSafeLoader", 0.06, processes.load_bundle),
    Measure("site, a page written at 16x / at 4x", 1.2, site.writing_pages),
    Measure("site, a page built at 16x / at 4x", 1.2, site.building_pages),
    Measure("disagreements, W", 0, engines.agreement_made_up),
    Measure("disagreements, shipped rules", 0, engines.agreement_shipped),
    Measure("questions on a route / optimum", 1.1, questions.against_optimum),
    Measure("questions / indispensable ones", 1.1, questions.against_indispensable),
    Measure("choosing a question, ms", 100, questions.time_to_choose),
    Measure("compile, W", None, engines.compile_made_up),
    Measure("compile, shipped rules", None, engines.compile_shipped),
    Measure("diagram sizes, W", None, engines.sizes_made_up),
    Measure("diagram sizes, shipped rules", None, engines.sizes_shipped),
)
