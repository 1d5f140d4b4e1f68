"""Drafts of law to watch: shown apart, because they bind nobody and no result rests on them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.plain import Plain
from kb.render.report.scene import Scene
from kb.render.terminal.blocks import Detail, Entry, Section
from kb.render.texts import both, joined

HEADING = both("DRAFTS TO WATCH: not law, counted nowhere", "关注中的草案：尚非法律，不计入任何结论")


def draft_section(scene: Scene) -> Section:
    """The drafts under the topics looked at that were published by the day asked about, topic by topic."""
    return Section(HEADING, list(_entries(scene)))


def _entries(scene: Scene) -> Iterator[Entry]:
    looked_at, told = _topics(scene), set[str]()
    for topic, title in scene.rules.data["topics"].items():
        for draft in scene.rules.data["drafts"]:
            if (
                topic in looked_at
                and topic in draft["topics"]
                and _is_out(draft, scene)
                and draft["id"] not in told
            ):
                told.add(draft["id"])
                yield Entry(draft["title"], title, list(_details(draft)))


def _topics(scene: Scene) -> set[str]:
    """The topics of everything that was looked at."""
    rules = [scene.rules.rules[each["rule"]] for each in scene.result["findings"]]
    decisions = [scene.rules.decisions[each["id"]] for each in scene.result["decisions"]]
    return {topic for each in (*rules, *decisions) for topic in each["topics"]}


def _is_out(draft: Plain, scene: Scene) -> bool:
    """Whether a draft was published by the day asked about; without a day, when the editors knew of it."""
    day: str = draft.get("published_on") or draft["review"]["checked_on"]
    return day <= str(scene.result["as_of"])


def _details(draft: Plain) -> Iterator[Detail]:
    """What the editors note of it; when it came out, where it stands, and its id."""
    if "note" in draft["review"]:
        yield Detail(draft["review"]["note"])
    day, url = draft.get("published_on"), draft["source"].get("url")
    out = both(f"published {day}", f"{day}公布") if day else None
    yield Detail(joined([out, both(url, url) if url else None, both(draft["id"], draft["id"])]), "dim")
