"""How a result comes out on the two sides of a comparison, in words."""

from __future__ import annotations

from kb.engine.wording.labels import Text
from kb.engine.wording.quantities import listed
from kb.plain import Plain
from kb.render.comparison.because import Scenes, because
from kb.render.report.scene import Scene
from kb.render.texts import both, joined


def shown(scenes: Scenes, change: Plain) -> list[Text]:
    """What is told of a change: how it comes out on both sides, and why."""
    then = _result(scenes, change) if change["about"] == "decision" else _then(scenes, change)
    return [text for text in (then, because(scenes, change["because"])) if text]


def one_or_both(before: Text, after: Text) -> Text:
    """The same text once, or the one and then the other."""
    return before if before == after else joined([before, after], " → ", " → ")


def known(scene: Scene) -> dict[str, Plain]:
    """Every rule and decision of a side."""
    return {**scene.rules.rules, **scene.rules.decisions}


def _then(scenes: Scenes, change: Plain) -> Text | None:
    """How a rule comes out on one side and on the other, in each respect that differs."""
    aspects = change["aspects"]
    told = []
    if change["about"] == "rule" and not {"applicability", "outcomes", "exempted_by"}.isdisjoint(aspects):
        told.append(_states(scenes, change))
    if "fulfilment" in aspects:
        told.append(one_or_both(*(_state(s, e["fulfilment"]) for s, e in _sides(scenes, change))))
    if "due" in aspects:
        told.append(one_or_both(*(_due(each) for _, each in _sides(scenes, change))))
    if "duty" in aspects:
        told.append(both("another wording of the duty", "义务表述有变"))
    return joined(told) if told else None


def _sides(scenes: Scenes, change: Plain) -> list[tuple[Scene, Plain]]:
    return [(scenes.before, change["before"]), (scenes.after, change["after"])]


def _states(scenes: Scenes, change: Plain) -> Text:
    return one_or_both(
        *(
            _outcomes(scene, each) if each else _absent(scene, change["id"])
            for scene, each in _sides(scenes, change)
        )
    )


def _absent(scene: Scene, id_: str) -> Text:
    """Why there is no result: the rule set has no such rule, or the profile no such item."""
    if id_ in known(scene):
        return both("no such item", "无此事项")
    return both("not in that rule set", "该规则集未收录")


def _outcomes(scene: Scene, entry: Plain) -> Text:
    """A state of a rule; of one that is open what may come of it, of one exempt by what."""
    if entry["state"] == "not-in-force":
        starts = entry["from"] > scene.day.isoformat()
        return both("not yet in force", "尚未施行") if starts else both("no longer in force", "已失效")
    names = joined([scene.rules.rules[name]["title"] for name in entry["exempted_by"]], "; ", "；")
    by = both(f" ({names['en']})", f"（{names['zh']}）") if entry["exempted_by"] else both("", "")
    said = scene.say(lambda words: listed([words.state(each) for each in entry["outcomes"]], words.lang))
    return {lang: said[lang] + by[lang] for lang in ("en", "zh")}


def _state(scene: Scene, word: str) -> Text:
    return scene.say(lambda words: words.state(word))


def _due(entry: Plain) -> Text:
    due = entry["due"] or {}
    day = due.get("date") or due.get("earliest") or due.get("latest")
    return both(f"by {day}", f"期限{day}") if day else both("no date", "无日期")


def _result(scenes: Scenes, change: Plain) -> Text:
    """The outcomes of a decision on one side and on the other."""
    return one_or_both(*(_of_decision(side, change["id"], each) for side, each in _sides(scenes, change)))


def _of_decision(scene: Scene, id_: str, entry: Plain | None) -> Text:
    if entry is None:
        return _absent(scene, id_)
    if not entry["outcomes"]:
        return _state(scene, entry["state"])
    return scene.say(
        lambda words: listed([words.outcome(id_, each) for each in entry["outcomes"]], words.lang)
    )
