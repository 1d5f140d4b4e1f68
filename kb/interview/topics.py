"""Which fields of law a session is about: those that have rules, chosen at its start."""

from __future__ import annotations

from kb.engine.ruleset import RuleSet
from kb.interview.hear import QUIT
from kb.interview.keys import key_line
from kb.interview.options import read_choices
from kb.interview.screens import numbered
from kb.interview.session import Terminal
from kb.interview.unclear import Unclear, plain
from kb.render.texts import both

_HEADING = both(
    "Which topics? You can leave out any, and come back to it later.",
    "要问哪些主题？其余主题以后可以再问。",
)
_KEYS = key_line([("Enter", both("all of them", "全部")), ("1, 2, …", both("only these", "仅选定的"))])
_ONE = both("Name at least one, or press Enter for all.", "请至少选一项，或者直接回车选全部。")


def choose_topics(rules: RuleSet, terminal: Terminal) -> tuple[str, ...]:
    """The topics a person names, in that order, empty for all; where there is only one nothing is asked.

    Raises EOFError where the person leaves.
    """
    known = rules.topics
    options = [{"id": id_, "label": title} for id_, title in rules.data["topics"].items() if id_ in known]
    if len(options) < 2:
        return ()
    pen = terminal.pen
    lines = numbered([each["label"] for each in options], pen)
    terminal.show(["", *pen.text(_HEADING, style="bold"), *lines, ""])
    while words := plain(terminal.ask(_KEYS)):
        if words in QUIT:
            raise EOFError
        try:
            chosen = read_choices(options, words)
        except Unclear as unclear:
            terminal.show(pen.text(unclear.text, style="yellow"))
            continue
        if isinstance(chosen, list) and chosen:
            return tuple(chosen)
        terminal.show(pen.text(_ONE, style="yellow"))
    return ()
