"""What each decision says for each item, with its article and the numbers it hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.checking.assess import rows_in_force
from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.engine.wording.words import Words, lowered
from kb.plain import Plain
from kb.render.report.headroom import lines_near
from kb.render.report.scene import Scene, footing, refs
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

_NAMES = frozenset(("China", "Shanghai", "Macao"))
"""Names of one word with which a statement may begin."""


_HANGS_ON = 3
"""Up to this many facts are named that a result hangs on."""


def route_sections(scene: Scene) -> Iterator[Section]:
    """One section for each decision in force; empty, unless nothing is left out, where nothing is known."""
    for id_, decision in scene.rules.decisions.items():
        entries = [each for each in scene.result["decisions"] if each["id"] == id_]
        current = [each for each in entries if _tells(scene, decision, each)]
        groups = _folded(scene, decision, current)
        title = decision["title"]
        heading = both(f"{title['en'].upper()} ({id_})", f"{title['zh']}（{id_}）")
        yield Section(heading, [_entry(scene, decision, group) for group in groups])


def _tells(scene: Scene, decision: Plain, entry: Plain) -> bool:
    """Whether a result says more than that every row is possible, which the open questions say too.

    One that waits to hear whether anything has happened that it is about says nothing yet.
    """
    if entry["state"] != "undetermined":
        return bool(entry["state"] == "settled")
    known = len(entry["rows"]) < len(rows_in_force(decision, scene.day))
    idle = any(each.get("idle") and each["id"] in entry["outcomes"] for each in decision["outcomes"])
    return scene.full or (known and not idle and scene.situation.spoken_of(scene.scope(decision)))


def _folded(scene: Scene, decision: Plain, entries: list[Plain]) -> list[list[Plain]]:
    """Items with the same result for the same reason stand together."""
    groups: dict[str, list[Plain]] = {}
    for each in entries:
        key = str((each["rows"], _hanging(each), lines_near(scene, decision, each)))
        groups.setdefault(key, []).append(each)
    return sorted(groups.values(), key=lambda group: group[0]["state"] != "settled")


def _hanging(entry: Plain) -> list[str]:
    return [each["fact"] for each in entry["open"]]


def _entry(scene: Scene, decision: Plain, group: list[Plain]) -> Entry:
    first = group[0]
    kind = scene.scope(decision)
    names = [Detail(scene.named(kind, each["item"])) for each in group]
    if first["state"] == "settled":
        outcome = scene.say(lambda words: words.outcome(decision["id"], first["outcomes"][0]))
        lines = [Detail(text) for text in lines_near(scene, decision, first)]
        details = [*names, *lines, *footing(decision), *_contested(first)]
        return Entry(outcome, scene.articles(refs(first)), details, "→", "green")
    if not scene.situation.spoken_of(kind):
        return Entry(missing_items(scene, kind), mark="?", mark_style="yellow")
    title = scene.say(lambda words: possible(scene, decision, first, words))
    details = [*names, Detail(hangs_on(scene, first)), *footing(decision), *_contested(first)]
    return Entry(title, None, details, "?", "yellow")


def possible(scene: Scene, decision: Plain, entry: Plain, words: Words) -> str:
    """The outcomes still possible, each with an article."""
    rows = rows_in_force(decision, scene.day)
    cited: dict[str, list[str]] = {}
    for row in entry["rows"]:
        cited.setdefault(rows[row]["outcome"], []).extend(refs(rows[row]))
    said = []
    for outcome, found in cited.items():
        label, article = words.outcome(decision["id"], outcome), scene.articles(found, most=1)[words.lang]
        said.append(words.pick(f"{label} ({article})", f"{label}（{article}）"))
    return listed(said, words.lang)


def hangs_on(scene: Scene, entry: Plain) -> Text:
    """The first facts that an undecided result hangs on."""
    facts = [each["fact"] for each in entry["open"]]
    more = 0 if scene.full else max(len(facts) - _HANGS_ON, 0)
    shown = facts[: _HANGS_ON if more > 1 else None]

    def say(words: Words) -> str:
        told = words.pick("; ", "；").join(in_question(words, each) for each in shown)
        rest = words.pick(f"; and {more} more", f"；另有{more}项") if more > 1 else ""
        return words.pick("hangs on: ", "取决于：") + told + rest

    return scene.say(say)


def in_question(words: Words, level: str) -> str:
    """A fact as what is to be found out: a statement becomes `whether …`, in Chinese `“…”是否成立`.

    是否 belongs after the subject, and statements name theirs, leave it out or have several; in
    quotation marks any of them can be asked about.
    """
    fact = words.rules.facts.get(level)
    said = words.pick(_small(words.fact(level)), words.fact(level))
    if fact is None or fact["type"] != "boolean":
        return said
    return words.pick(f"whether {said}", f"{words.quoted(said)}是否成立")


def _small(words: str) -> str:
    """Inside a sentence: a small first letter, unless a name or an abbreviation begins it."""
    first, _, rest = lowered(words).partition(" ")
    name = first[1:] != first[1:].lower() or rest[:1].isupper() or first in _NAMES
    return f"{first if name else first[:1].lower() + first[1:]} {rest}".rstrip()


def _contested(entry: Plain) -> list[Detail]:
    if any(reading["otherwise"] for reading in entry["readings"]):
        return [Detail(both("contested, see below", "存在争议，见下文"), "dim")]
    return []


def missing_items(scene: Scene, kind: str) -> Text:
    """Asks for the items of a kind that the profile never spoke of."""
    item = scene.rules.items[kind]
    asked = both(f"Say which there are: {item['label']['en']}", f"请列明：{item['label']['zh']}")
    if scene.handed_on:
        return asked
    how = both(f" (list `{item['list']}`, [] for none)", f"（列于 {item['list']}，没有则写 []）")
    return joined([asked, how], "", "")
