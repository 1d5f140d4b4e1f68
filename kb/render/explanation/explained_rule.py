"""Why a rule applies or not: its condition, exemptions, deadline and fulfilment, for one item."""

from __future__ import annotations

from collections.abc import Iterator

from kb.engine.explaining.explain import Explained
from kb.engine.explaining.proof import Proof, RuleProof
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.explanation.reasons import caveat_lines, change_lines, open_lines, reading_lines
from kb.render.explanation.tree import fails, failures, proof_lines
from kb.render.report.deadline import ahead, counted, yearly
from kb.render.report.routes import missing_items
from kb.render.report.scene import Scene, refs
from kb.render.terminal.blocks import Detail, Entry, Pen
from kb.render.texts import both, joined

_MARKS = {
    "applies": ("✓", "green"), "does-not-apply": ("✗", ""), "exempt": ("–", ""),
    "undetermined": ("?", "yellow"), "not-in-force": ("–", ""),
}  # fmt: skip
_WHY = {
    "applies": both("WHY IT APPLIES", "为何适用"),
    "does-not-apply": both("WHY IT DOES NOT APPLY", "为何不适用"),
    "exempt": both("WHY IT WOULD APPLY", "为何本应适用"),
    "undetermined": both("WHAT IT HANGS ON", "取决于什么"),
}


def rule_lines(scene: Scene, rule: Plain, one: Explained, pen: Pen) -> Iterator[str]:
    """All about a rule for one item, the result first."""
    entry, version = one.entry, scene.version(rule["id"])
    yield from _result(scene, rule, one, pen)
    if one.rule is None or one.view is None:
        return
    if not scene.situation.spoken_of(scene.scope(rule)):
        yield from pen.text(missing_items(scene, scene.scope(rule)), 4)
    yield from pen.heading(_WHY[entry["applicability"]])
    yield from proof_lines(scene, one.rule.condition, pen)
    yield from _exemptions(scene, one.rule, pen)
    if entry["applicability"] == "applies":
        yield from _fulfilment(scene, one.rule.fulfilment, pen)
        yield from _deadline(scene, one, version, pen)
        yield from _evidence(scene, version, pen)
    yield from open_lines(scene, rule, entry, pen)
    yield from change_lines(scene, rule, one, pen)
    yield from reading_lines(scene, rule, entry, pen)
    yield from caveat_lines(version, pen)


def _result(scene: Scene, rule: Plain, one: Explained, pen: Pen) -> Iterator[str]:
    state = one.entry["applicability"]
    mark, style = _MARKS[state]
    name = scene.named(scene.scope(rule), one.entry["item"])
    said = scene.say(lambda words: words.state(state))
    title = joined([name, said, _done(scene, one), _by_when(one), _why_exempt(scene, one), _when(scene, one)])
    yield from pen.entry(Entry(title, scene.articles(refs(one.entry)), (), mark, style, "bold"))


def _done(scene: Scene, one: Explained) -> Text | None:
    if one.entry["applicability"] != "applies" or one.entry["fulfilment"] == "not-assessed":
        return None
    if one.entry["fulfilment"] == "undetermined":
        return both("not said whether met", "未填写是否已履行")
    return scene.say(lambda words: words.state(one.entry["fulfilment"]))


def _by_when(one: Explained) -> Text | None:
    due = one.entry["due"]
    return both(f"by {due['date']}", f"期限{due['date']}") if due and due["date"] else None


def _why_exempt(scene: Scene, one: Explained) -> Text | None:
    names = one.entry["exempted_by"]
    if not names:
        return None
    titles = joined([scene.rules.rules[name]["title"] for name in names], "; ", "；")
    cited = scene.articles([ref for name in names for ref in refs(scene.version(name))])
    return both(f"{titles['en']} ({cited['en']})", f"{titles['zh']}（{cited['zh']}）")


def _when(scene: Scene, one: Explained) -> Text | None:
    if one.entry["applicability"] != "not-in-force":
        return None
    start, end = one.entry["from"], one.entry["to"]
    if start > scene.day.isoformat():
        return both(f"starts on {start}", f"自{start}起施行")
    return both(f"ended on {end}", f"已于{end}失效")


def _exemptions(scene: Scene, proof: RuleProof, pen: Pen) -> Iterator[str]:
    """Those that defeat the rule first, with their proofs; then the others, with why they do not."""
    if proof.exemptions:
        yield from pen.heading(both("EXEMPTIONS", "免予情形"))
    for name, each in sorted(proof.exemptions.items(), key=lambda pair: pair[1].applies is False):
        yield from _exemption(scene, _told(proof, each), name, each, pen)


def _told(rule: RuleProof, exemption: RuleProof) -> Text:
    """What an exemption does to the rule."""
    if exemption.defeated:
        return both("does not exempt you: ", "不构成免予：")
    if exemption.applies and rule.condition.verdict is not True:
        return both("would exempt you: ", "如适用即可免予：")
    return {
        True: both("would apply, but: ", "本应适用，但："),
        False: both("does not reach you: ", "不符合："),
        None: both("may reach you: ", "可能符合："),
    }[exemption.applies]


def _exemption(scene: Scene, told: Text, name: str, proof: RuleProof, pen: Pen) -> Iterator[str]:
    """One exemption: why it holds or does not, and by what it is itself set aside."""
    title = joined([told, scene.rules.rules[name]["title"]], "", "")
    brief = proof.condition.verdict is False and not scene.full
    details = [Detail(fails(why)) for why in failures(proof.condition.tree)][:2] if brief else []
    yield from pen.entry(Entry(title, scene.articles(refs(scene.version(name))), details))
    if not brief:
        yield from proof_lines(scene, proof.condition, pen, depth=1)
    for other, each in proof.exemptions.items():
        if each.applies is not False or scene.full:
            aside = {
                True: both("set aside, because: ", "因下列情形不得免予："),
                False: both("not set aside by: ", "未被下列情形排除："),
                None: both("may be set aside, because: ", "可能因下列情形不得免予："),
            }[each.applies]
            yield from _exemption(scene, aside, other, each, pen)


def _fulfilment(scene: Scene, proof: Proof | None, pen: Pen) -> Iterator[str]:
    if proof:
        yield from pen.heading(both("WHETHER IT IS MET", "是否已履行"))
        yield from proof_lines(scene, proof, pen)


def _deadline(scene: Scene, one: Explained, version: Plain, pen: Pen) -> Iterator[str]:
    deadline, due = version.get("deadline"), one.entry["due"]
    if not deadline or not one.view:
        return
    yield from pen.heading(both("BY WHEN", "期限"))
    to = scene.rules.data["authorities"].get(deadline.get("to"))
    action = joined([deadline["action"], both(f"to: {to['en']}", f"向{to['zh']}") if to else None])
    yield from pen.text(action, 4)
    answer = one.view.answers.get(deadline.get("counts_from", ""))
    for text in (counted(scene, deadline, answer), yearly(deadline), ahead(deadline), _dates(due)):
        if text:
            yield from pen.text(text, 4)


def _dates(due: Plain) -> Text | None:
    if due["state"] == "date-missing":
        return both("no date yet: the first day is not answered", "起算日未填，尚无日期")
    if due["state"] == "not-started":
        return both("not running yet", "期限尚未起算")
    first, last = (due["opens"], due["date"]) if due["date"] else (due["earliest"], due["latest"])
    if not first and not last:
        return None
    days = f"{first} … {last}" if first and last else str(first or last)
    known = both("", "")
    if due["provisional"]:
        known = both(" (provisional: rest days not published yet)", "（暂定：放假安排尚未公布）")
    return both(f"= {days}{known['en']}", f"= {days}{known['zh']}")


def _evidence(scene: Scene, version: Plain, pen: Pen) -> Iterator[str]:
    if version.get("evidence"):
        yield from pen.heading(both("TO SHOW IT", "证明材料"))
        for text in version["evidence"]:
            yield from pen.entry(Entry(text))
    if cited := [each["ref"] for each in version.get("consequence", ())]:
        yield from pen.heading(both("IF NOT", "违反的后果"))
        articles = scene.articles(cited, most=0)
        yield from pen.text(joined([both("penalties in:", "罚则见："), articles], " ", ""), 4)
