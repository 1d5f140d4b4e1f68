"""Fields of law of which a profile settles nothing: named on the first screen, and set aside there.

A knowledge base of many fields would else bury what is known under what was never spoken of. Nothing
that is certain is set aside: a field with a duty known to apply, an exemption known to hold or a decision
settled stays whole, and `--all`, Markdown and JSON leave nothing out.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Entry, Section
from kb.render.texts import both, joined

_KNOWN = ("applies", "exempt", "settled", "exact", "range", "incomplete")
"""States of results that say something is owed, spared, decided or computed."""


class Shelf(NamedTuple):
    """A scene without the fields set aside, and which these are."""

    scene: Scene
    aside: tuple[str, ...]


def shelved(scene: Scene) -> Shelf:
    """The scene without the fields of which nothing is known; whole where that is all of them."""
    heard = _fields(scene, _KNOWN)
    silent = _fields(scene, ("undetermined",)) - heard
    aside = tuple(each for each in scene.rules.data["topics"] if each in silent)
    if not heard or not aside:
        return Shelf(scene, ())
    rules, decisions = scene.rules.rules, scene.rules.decisions
    findings = [each for each in scene.result["findings"] if _stays(rules[each["rule"]], each, silent)]
    decided = [each for each in scene.result["decisions"] if _stays(decisions[each["id"]], each, silent)]
    rest = {**scene.result, "findings": findings, "decisions": decided}
    return Shelf(Scene(scene.rules, rest, scene.profile), aside)


def _fields(scene: Scene, states: Iterable[str]) -> set[str]:
    """The fields with a result in one of some states."""
    owners = {**scene.rules.rules, **scene.rules.decisions, **scene.rules.calculations}
    result = scene.result
    states_of = [
        *((each["rule"], each["applicability"]) for each in result["findings"]),
        *((each["id"], each["state"]) for each in [*result["decisions"], *result["calculations"]]),
    ]
    return {topic for id_, state in states_of if state in states for topic in owners[id_].get("topics", ())}


def _stays(owner: Plain, result: Plain, silent: set[str]) -> bool:
    """Whether a result belongs to a field looked at, or says of a field set aside what is not for you."""
    topics = set(owner.get("topics", ()))
    return not topics or not topics <= silent or result.get("applicability") == "does-not-apply"


def aside_section(scene: Scene, aside: Iterable[str]) -> Section:
    """The fields set aside, by the names under which `--topic` takes them."""
    titles = scene.rules.data["topics"]
    named = joined([both(each, f"{titles[each]['zh']} {each}") for each in aside], ", ", "、")
    heading = both(
        "SET ASIDE: your answers settle nothing here yet; --topic NAME looks",
        "未展开：现有回答尚不能确定任何结论，可用 --topic 名称 查看",
    )
    return Section(heading, [Entry(named, mark="?", mark_style="yellow")] if named["en"] else [])
