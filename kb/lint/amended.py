"""What became of a provision whose text is not the one that was read: where it stands now, what changed.

A fingerprint alone tells whether an article only moved to another number: under its old number its text
still has the fingerprint. What changed within it only an older copy of the text can show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from kb.engine.wording.citation import chinese_number
from kb.lint.registry import shortened
from kb.store.official.markers import ARTICLES
from kb.store.official.statutes import Statute
from kb.store.official.typography import fingerprint, normalise

ALIKE = 0.6
"""From this share of common characters on, two articles are taken for the same one amended."""
_SHOWN = 3
"""How many changes a message shows before it says how many more there are."""
_AROUND = 8
"""Characters before and after a change that are shown with it."""
_CLAUSE = re.compile(r"[^，。；：\n]*[，。；：\n]|[^，。；：\n]+")
_NUMBER = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]?))?")


def moved(ref: str, known: str, statute: Statute) -> str | None:
    """The article that has, but for its number, the text with the fingerprint `known`; None if none has."""
    head = _head(ref)
    for other in statute.articles if head else ():
        text = statute.texts[other]
        found = ARTICLES.pattern.match(text)
        if other != ref and found and fingerprint(f"{head}{text[found.end() :]}") == known:
            return other
    return None


def _head(ref: str) -> str | None:
    """第三条之一 for 3-1; None for what is no article."""
    found = _NUMBER.fullmatch(ref)
    if not found:
        return None
    inserted = f"之{chinese_number(int(found[2]))}" if found[2] else ""
    return f"第{chinese_number(int(found[1]))}条{inserted}"


def told(ref: str, known: str, statute: Statute, older: Statute | None) -> str:
    """In sentences, what became of the text of a provision that was read; "" where nothing shows it.

    `known` is the fingerprint of what was read, `older` a copy that may still have it.
    """
    if place := moved(ref, known, statute):
        return f"Word for word, what was read stands now in {statute.id}/{place} ({_line(statute, place)})."
    if older is None:
        return ""
    before = older.provision(ref)
    if before is None or fingerprint(before) != known:
        return f"The older copy ({older.path}) does not have the text that was read either."
    place = _likest(ref, before, statute)
    if place is None:
        return "Nothing in the text is much like what was read."
    where = f"What was read is most like {statute.id}/{place} now ({_line(statute, place)}). "
    changes = list(_changes(_body(before), _body(statute.texts[place])))
    more = f" More changes: {len(changes) - _SHOWN}." if len(changes) > _SHOWN else ""
    return (where if place != ref else "") + " ".join(changes[:_SHOWN]) + more


def _line(statute: Statute, ref: str) -> str:
    return str(statute.place(ref))


def _likest(ref: str, before: str, statute: Statute) -> str | None:
    """The provision most like an older text: the one with its number before others that are as much alike."""
    level = ref.count(".")
    rivals = (other for other in statute.texts if other.count(".") == level and other != ref)
    best, share = None, ALIKE
    for other in ([ref] if ref in statute.texts else []) + list(rivals):
        if (found := _share(before, statute.texts[other], share)) > share:
            best, share = other, found
    return best


def _share(one: str, other: str, least: float) -> float:
    """How much two texts have in common, from 0 to 1, their numbers aside; 0 where it is below `least`."""
    matcher = SequenceMatcher(None, _body(one), _body(other), autojunk=False)
    quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
    return matcher.ratio() if quick > least else 0


def _body(text: str) -> str:
    """A text without the number it begins with."""
    found = ARTICLES.pattern.match(text)
    return text[found.end() :].strip() if found else text


def _changes(before: str, after: str) -> Iterator[str]:
    """Each change of one or more clauses, as was and is."""
    old, new = _clauses(before), _clauses(after)
    same = SequenceMatcher(None, [*map(normalise, old)], [*map(normalise, new)], autojunk=False)
    for kind, a, b, c, d in same.get_opcodes():
        if kind == "insert":
            yield f'New: "{shortened("".join(new[c:d]))}".'
        elif kind == "delete":
            yield f'Gone: "{shortened("".join(old[a:b]))}".'
        elif kind == "replace":
            was, now = _apart("".join(old[a:b]), "".join(new[c:d]))
            yield f'Was "{was}", is now "{now}".'


def _clauses(text: str) -> list[str]:
    return [each.strip() for each in _CLAUSE.findall(text) if each.strip()]


def _apart(was: str, now: str) -> tuple[str, str]:
    """Both sides of a change without most of what they have in common at their ends."""
    shorter = min(len(was), len(now))
    start = next((at for at in range(shorter) if was[at] != now[at]), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if was[-1 - at] != now[-1 - at]), rest)
    return _shown(was, start, end), _shown(now, start, end)


def _shown(text: str, start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), min(len(text), len(text) - end + _AROUND)
    kept = shortened(text[first:last])
    return f"{'…' if first else ''}{kept}{'…' if last < len(text) and not kept.endswith('…') else ''}"
