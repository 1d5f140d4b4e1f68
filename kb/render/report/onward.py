"""What to type after a check: the commands that have something to say about this result, and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from kb.engine.wording.labels import Text
from kb.render.report.agenda import Agenda, due_date
from kb.render.report.scene import Scene
from kb.render.texts import both

Step = tuple[Text, str]
"""What a command is for, and the command.

PROFILE stands for the profile, TOPICS for the fields of law looked at, RULE for a rule on the page.
"""
WHY = both("Why? For any line: ", "查看任何一项的理由：")
GO_ON = both("Answer what is open: ", "继续回答待定问题：")
_WHOLE = both("One field, nothing left out: ", "完整列出一个领域：")
_DATES = both("The dates, also as a calendar: ", "列出期限，也可生成日历：")
_HAND_ON = both("To hand on: ", "生成可以转交的报告：")
_NUMBERS = both("How far each number is from its line: ", "各项数量距界线还有多远：")
_NUMERIC = ("count", "amount")


def onward(scene: Scene, found: Agenda, asked: bool, aside: Sequence[str] = ()) -> Iterator[Step]:
    """The steps that fit: nothing is named that would come out empty. `aside` are fields set aside."""
    duties = [*found.now, *found.dated]
    if duties or found.unless or found.open or found.exempt:
        yield WHY, "kb explain RULE -p PROFILE"
    if asked:
        yield GO_ON, "kb ask PROFILE TOPICS"
    if aside and (field := _fullest(scene, found, aside)):
        yield _WHOLE, f"kb check PROFILE --topic {field} --all"
    if any(due_date(each) for duty in (*duties, *found.unless) for each in duty.findings):
        yield _DATES, "kb due PROFILE"
    if found.coming:
        day = found.coming[0]["from"]
        yield both(f"What changes on {day}: ", f"{day}起有何变化："), f"kb diff PROFILE --and {day}"
    if _has_numbers(scene):
        yield _NUMBERS, "kb whatif PROFILE"
    if duties:
        yield _HAND_ON, "kb report PROFILE TOPICS -o report.html"


def _fullest(scene: Scene, found: Agenda, aside: Sequence[str]) -> str | None:
    """The field looked at with the most duties to do or open."""
    counts = Counter(
        topic
        for duty in (*found.now, *found.dated, *found.unless, *found.open)
        for topic in scene.rules.rules[duty.rule].get("topics", ())
        if topic not in aside
    )
    return max(counts, key=counts.__getitem__, default=None)


def _has_numbers(scene: Scene) -> bool:
    """Whether a number about the company was answered."""
    facts = scene.rules.facts
    return any(said.known and facts[fact]["type"] in _NUMERIC for fact, said in scene.profile.company.items())
