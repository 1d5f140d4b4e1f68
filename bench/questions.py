"""How many questions a session takes, and how long it takes to choose one."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from itertools import count
from random import Random
from typing import Any, NamedTuple

from bench.found import Found, Subjects
from bench.optimum import Optimum
from bench.sessions import Choose, Session, in_file_order, indispensable, situation_of
from bench.subject import Subject
from kb.engine.answering.view import View
from kb.engine.ruleset import RuleSet
from kb.interview.memory import forget_all
from kb.interview.outlook import Outlook
from kb.interview.plan import Scope, next_question
from kb.store.files import data_folder
from kb.store.yaml import parse

DECISION = "export-route"
LEAVES = {"leaves-mainland": True}
PERSONAL = {**LEAVES, "core-or-secret": False, "personal-information": True, "personal-affairs": False}
"""A flow of personal information out of the mainland, of which the law has most to say."""
_TRIES, _EVERY = 3, 5
_QUICK = 50
"""Rounds below which a first impression is wanted."""
Answers = dict[str, Any]


class Asked(NamedTuple):
    """The mean and the worst number of questions."""

    mean: float
    worst: int


def against_optimum(subjects: Subjects) -> Found | None:
    """Mean number of questions on the export route, over that of the best way to ask there is."""
    if not subjects.shipped:
        return None
    known = PERSONAL if subjects.rounds < _QUICK else LEAVES
    route = Route(subjects.shipped.rules, known)
    ours, files = route.all(next_question), route.all(in_file_order(route.rules))
    best = Asked(route.ways.mean(route.whole), route.ways.worst(route.whole, ours.worst))
    told = ", ".join(
        f"{name} {each.mean:.2f} (worst {each.worst})"
        for name, each in (("ours", ours), ("optimum", best), ("file order", files))
    )
    return Found(ours.mean / best.mean, told)


class Route:
    """The decision on the export route alone, for one flow of which something is known."""

    def __init__(self, rules: RuleSet, known: Answers) -> None:
        self.rules = RuleSet({**rules.data, "rules": {}, "decisions": {DECISION: rules.decisions[DECISION]}})
        self._scope = Scope(closed=frozenset(rules.items))  # this flow, and no other item of any kind
        self.known = known
        outlook, view = self._outlook(known)
        self.root = outlook.owners["transfer"][0].outcome
        self.ways = Optimum(outlook.table, view.cells)
        self.whole = outlook.left(self.root, view).whole

    def _outlook(self, answers: Answers) -> tuple[Outlook, View]:
        situation = situation_of(self.rules, _profile(self.rules, answers))
        return Outlook(situation, self._scope), situation.views("transfer")[0]

    def all(self, choose: Choose) -> Asked:
        """The numbers over every company that can be, asked one way."""
        return self._from(self.known, self.whole, choose)

    def _from(self, answers: Answers, whole: int, choose: Choose) -> Asked:
        question = choose(situation_of(self.rules, _profile(self.rules, answers)), self._scope)
        if question is None:
            return Asked(0.0, 0)
        domain = self.rules.level_of[question.fact]
        mean, worst = 1.0, 0
        samples = {self.ways.given(whole, domain.level, cell): domain.sample(cell) for cell in domain.all}
        for share, left in self.ways.after(whole, domain.level):
            below = self._from({**answers, question.fact: samples[left]}, left, choose)
            mean, worst = mean + share * below.mean, max(worst, below.worst)
        return Asked(mean, worst + 1)


def _profile(rules: RuleSet, answers: Answers) -> dict[str, Any]:
    company = {fact: said for fact, said in answers.items() if rules.facts[fact]["about"] == "company"}
    flow = {fact: said for fact, said in answers.items() if fact not in company}
    return {"kind": "profile", "entity": "made up", "company": company, "transfers": [{"id": "one", **flow}]}


def against_indispensable(subjects: Subjects) -> Found | None:
    """Mean number of questions of whole sessions, over those that no way of asking could do without."""
    if not subjects.shipped:
        return None
    rules = subjects.shipped.rules
    ours, files, least = [], [], []
    for company in _companies(subjects.shipped, max(4, subjects.rounds // 8)):
        session = Session(rules, company)
        ours.append(session.run(next_question))
        least.append(indispensable(session))
        files.append(Session(rules, company).run(in_file_order(rules)))
    told = f"{len(ours)} random companies: ours {_told(ours)}, indispensable {_told(least)}, file order {_told(files)}"
    return Found(sum(ours) / sum(least), told)


def _told(counts: list[int]) -> str:
    return f"{sum(counts) / len(counts):.1f} (worst {max(counts)})"


def _companies(subject: Subject, count: int) -> Iterator[Mapping[str, Any]]:
    """Random companies with one flow of personal information out of the mainland."""
    random = Random(4)
    for _ in range(count):
        yield subject.as_profile(subject.world(random, PERSONAL))


def time_to_choose(subjects: Subjects) -> Found | None:
    """Milliseconds of processor time to choose a question with nothing remembered, at its slowest."""
    if not subjects.shipped:
        return None
    path = data_folder("examples") / "hotel-group.yaml"
    company = parse(path.read_text(encoding="utf-8"), str(path)).value
    session = Session(subjects.shipped.rules, company)
    taken = []
    for number in count():
        question = next_question(session.situation, session.scope)
        if question is None:
            break
        if number % _EVERY == 0:
            taken.append(_choosing(session))
        session.answer(question)
    told = ", ".join(
        f"{name} {taken[int(share * (len(taken) - 1))]:.0f} ms"
        for name, share in (("empty", 0), ("half full", 0.5), ("full", 1))
    )
    return Found(max(taken), f"{told}, mean {sum(taken) / len(taken):.0f} ms; 5 flows, {number} questions")


def _choosing(session: Session) -> float:
    """The quickest of a few tries: what disturbs a try is not the planner's doing."""
    situation = session.situation

    def tried() -> float:
        forget_all()
        start = time.process_time()
        next_question(situation, session.scope)
        return time.process_time() - start

    return 1e3 * min(tried() for _ in range(_TRIES))
