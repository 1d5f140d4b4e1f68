"""Several patents on one drug, only one of which can be extended: which would end last, by dates alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from kb.calculations.compare import Candidate, Choice, choose
from kb.calculations.spread import Spread
from kb.engine.wording.labels import Text
from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry
from kb.render.texts import both, joined

EXTENSION, ELIGIBLE, DRUG = "pte", "pte-eligible", "drug-name"
_NOT_THE_CLAIMS = both(
    "Which keeps out more is for you to weigh: a product claim may reach further than a use or a process.",
    "何者保护更宽由您权衡：产品权利要求可能宽于用途或者方法权利要求。",
)
_ONE_OF_SEVERAL = "patent-rules-2023/81.1.1"


def choices(scene: Scene, entries: Sequence[Plain]) -> list[Entry]:
    """For each drug with several patents, which of them would end last."""
    return [
        _choice(scene, drug, choose(found))
        for drug, found in candidates(scene, entries).items()
        if len(found) > 1
    ]


def candidates(scene: Scene, entries: Sequence[Plain]) -> Mapping[str, list[Candidate]]:
    """The patents on each drug of which every date that matters is known, if only within limits."""
    found: dict[str, list[Candidate]] = defaultdict(list)
    kind = scene.rules.calculations[EXTENSION]["for_each"]
    items = {item.id: item for item in scene.profile.items.get(kind, ())}
    for entry in entries:
        values = {each["id"]: each for each in entry["values"]}
        item = items.get(entry["item"])
        if "end" in values and item and DRUG in item.answers and item.answers[DRUG].known:
            days = Spread(values["days"]["least"], values["days"]["most"])
            end, base_end = _spread(values["end"]), _spread(values["base-end"])
            candidate = Candidate(item.id, end, base_end, days, _excluded(scene, item.id))
            found[item.answers[DRUG].said].append(candidate)
    return found


def _spread(value: Plain) -> Spread[date]:
    return Spread(date.fromisoformat(value["least"]), date.fromisoformat(value["most"]))


def _excluded(scene: Scene, item: str) -> bool:
    return any(
        each["outcomes"] == ["not-eligible"]
        for each in scene.result["decisions"]
        if each["id"] == ELIGIBLE and each["item"] == item
    )


def _choice(scene: Scene, drug: str, choice: Choice) -> Entry:
    details = [*(Detail(_ranked(each)) for each in choice.order), Detail(_NOT_THE_CLAIMS, "dim")]
    if named := choice.without:
        en, zh = f"{named} runs as long without any extension", f"{named}无需补偿即可有效至同样时间"
        details.append(Detail(both(en, zh)))
    title = joined([both(drug, drug), _last(choice.best)], ": ", "：")
    return Entry(title, scene.articles([_ONE_OF_SEVERAL]), details, "→")


def _ranked(each: Candidate) -> Text:
    end, base = _told(each.end), _told(each.base_end)
    if each.excluded or not each.days.most:
        return both(f"{each.item}: cannot be extended, ends {base}", f"{each.item}：不能补偿，{base}终止")
    days = _told(each.days)
    return both(
        f"{each.item}: ends {end} with {days} days, {base} without",
        f"{each.item}：补偿{days}天后{end}终止，不补偿则{base}终止",
    )


def _told(spread: Spread[date] | Spread[int]) -> str:
    """A day or number, or both ends of what it can be."""
    least, most = (f"{end:,}" if isinstance(end, int) else end.isoformat() for end in spread)
    return least if least == most else f"{least} – {most}"


def _last(best: Sequence[str]) -> Text:
    named = both(", ".join(best), "、".join(best))
    if not best:
        return both("none of these patents can be extended", "以上专利均不能补偿")
    if len(best) == 1:
        return both(f"by the dates {named['en']} would end last", f"仅按日期，{named['zh']}终止最晚")
    return both(f"by the dates {named['en']} may end last alike", f"仅按日期，{named['zh']}的终止日可能相同")
