"""How many slips made up on purpose the examples notice, by field of law: a part of the page on coverage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kb.plain import Plain
from kb.render.site.blocks import Block, Heading, Lines, Table
from kb.render.site.hubs import every, named
from kb.render.site.linking import Linking
from kb.render.terminal.card import Text, same
from kb.render.texts import both

_KINDS: Mapping[str, Text] = {
    "threshold": both("Numbers", "数值"),
    "bound": both("Bounds", "界限"),
    "date": both("Days", "日期"),
    "all-any": both("All or any", "“且”与“或”"),
    "branch": both("Parts left out", "缺项"),
}
_ABOUT = both(
    "Each number and day was moved by one, each bound word turned round, each “all” made “any”, each part "
    "left out. Shown is the share of these slips that an example, or a proof over all companies, notices.",
    "将每个数值和日期移动一位、每个界限词反转、每处“且”改“或”、每个部分删去。"
    "表中为由实例或者对一切企业的证明察觉的比例。",
)


def is_measured(found: Plain) -> bool:
    """Whether plain data has the form of a measurement, whatever its numbers."""
    return (
        isinstance(found, dict)
        and found.get("schema") == "hegui/mutation/1"
        and all(isinstance(found.get(key), str) for key in ("day", "rules"))
        and all(isinstance(found.get(key), dict) for key in ("total", "topics"))
        and all(map(_are_counts, (found["total"], *found["topics"].values())))
    )


def _are_counts(kinds: Plain) -> bool:
    return isinstance(kinds, dict) and all(
        isinstance(count, dict) and all(type(count.get(key)) is int for key in ("noticed", "missed"))
        for count in kinds.values()
    )


def noticed(measured: Plain, rules: str, linking: Linking) -> Iterator[Block]:
    """A section with a row for each field of law; `rules` is the hash of the rules shown here."""
    yield Heading("noticed", both("What the examples notice", "实例能察觉多少"))
    earlier = (
        both("", "")
        if measured["rules"] == rules
        else both(" These rules have changed since.", "此后规则有变动。")
    )
    day, hash_ = measured["day"], measured["rules"].removeprefix("sha256:")[:12]
    when = both(
        f"Measured on {day}, of the rules {hash_}.{earlier['en']}", f"{day}测得，规则{hash_}。{earlier['zh']}"
    )
    yield Lines([_ABOUT, when])
    head = [both("Field of law", "领域"), *_KINDS.values()]
    body = [
        [named(each), *_shares(measured["topics"][each.id])]
        for each in every(linking, "topic")
        if each.id in measured["topics"]
    ]
    yield Table(head, [*body, [both("All", "全部"), *_shares(measured["total"])]], 1)


def _shares(counts: Plain) -> Sequence[Text]:
    return [_share(counts.get(kind, {})) for kind in _KINDS]


def _share(count: Plain) -> Text:
    """`98 % of 41`; nothing where there was nothing to change."""
    of = count.get("noticed", 0) + count.get("missed", 0)
    if not of:
        return same("–")
    share = 100 * count["noticed"] // of
    return both(f"{share} % of {of}", f"{of}处的{share}%")
