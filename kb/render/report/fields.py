"""What a check is told without: fields of law of which the answers settle nothing, and idle results.

A knowledge base of many fields would else bury what is known under what was never spoken of. Nothing
that is certain is set aside: a field with a duty known to apply, an exemption known to hold or a decision
settled stays whole. Screen, Markdown and report set the same aside; `--all` and JSON leave nothing out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kb.engine.checking.presumed import due_unless_exempt
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Entry, Section
from kb.render.texts import both, joined

_UNLESS = "due-unless-exempt"
_KNOWN = ("applies", "exempt", _UNLESS, "settled", "exact", "range", "incomplete")
"""States of results that say something is owed, spared, one of the two, decided or computed."""


class Shelf(NamedTuple):
    """A scene without what is set aside, and the fields of law that were."""

    scene: Scene
    aside: tuple[str, ...] = ()


def shelved(scene: Scene, topics: Sequence[str] = ()) -> Shelf:
    """The scene without idle results and without the fields of which nothing is known.

    No field is set aside where some are asked for by name, or where that would be all of them.
    """
    silent = _silent(scene) if not topics else set()
    rest = {
        **scene.result,
        "findings": list(_findings(scene, silent)),
        "decisions": [
            each
            for each in scene.result["decisions"]
            if _stays(scene.rules.decisions[each["id"]], silent) and not _idle(scene, each)
        ],
        "calculations": [
            each
            for each in scene.result["calculations"]
            if _stays(scene.rules.calculations[each["id"]], silent)
        ],
    }
    return Shelf(scene.having(rest), tuple(each for each in scene.rules.data["topics"] if each in silent))


def told(scene: Scene) -> set[str]:
    """The rules and decisions whose open facts and readings are told when nothing is asked for by name.

    A brief assessment is enough to know: what is set aside hangs on states alone.
    """
    silent = _silent(scene)
    owners = {**scene.rules.rules, **scene.rules.decisions}
    return {id_ for id_, owner in owners.items() if _stays(owner, silent)}


def _silent(scene: Scene) -> set[str]:
    """The fields of which nothing is known; none where that would be all of them."""
    heard = _fields(scene, _KNOWN)
    return _fields(scene, ("undetermined",)) - heard if heard else set()


def _findings(scene: Scene, silent: set[str]) -> Iterator[Plain]:
    """Those of the fields looked at; of the others what is not for you, without its contested points."""
    for each in scene.result["findings"]:
        if _stays(scene.rules.rules[each["rule"]], silent):
            yield each
        elif each["applicability"] == "does-not-apply":
            yield {**each, "readings": []}


def _idle(scene: Scene, entry: Plain) -> bool:
    """Whether a decision comes to this: what it is about has not happened."""
    idle = {each["id"] for each in scene.rules.decisions[entry["id"]]["outcomes"] if each.get("idle")}
    return entry["state"] == "settled" and idle.issuperset(entry["outcomes"])


def _fields(scene: Scene, states: Iterable[str]) -> set[str]:
    """The fields with a result in one of some states."""
    owners = {**scene.rules.rules, **scene.rules.decisions, **scene.rules.calculations}
    result = scene.result
    states_of = [
        *(
            (each["rule"], _UNLESS if due_unless_exempt(each) else each["applicability"])
            for each in result["findings"]
        ),
        *((each["id"], each["state"]) for each in [*result["decisions"], *result["calculations"]]),
    ]
    return {topic for id_, state in states_of if state in states for topic in owners[id_].get("topics", ())}


def _stays(owner: Plain, silent: set[str]) -> bool:
    """Whether something belongs to a field looked at, or to none."""
    topics = set(owner.get("topics", ()))
    return not topics or not topics <= silent


def aside_section(scene: Scene, aside: Iterable[str]) -> Section:
    """The fields set aside, by the names under which `--topic` takes them."""
    titles = scene.rules.data["topics"]
    named = joined([both(each, f"{titles[each]['zh']} {each}") for each in aside], ", ", "、")
    heading = both(
        "SET ASIDE: your answers settle nothing here yet; --topic NAME looks",
        "未展开：现有回答尚不能确定任何结论，可用 --topic 名称 查看",
    )
    return Section(heading, [Entry(named, mark="?", mark_style="yellow")] if named["en"] else [])
