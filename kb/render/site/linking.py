"""Looks objects up as cards do, but every object and provision that is named becomes a link to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kb.engine.wording.words import GROUPS, Words, capitalised, form_of, lowered, operator
from kb.plain import Plain
from kb.render.cards.reference import KINDS, Reference
from kb.render.site.addresses import hub_of
from kb.render.site.blocks import BULLET
from kb.render.site.markup import chinese, link, other
from kb.render.terminal.card import Text
from kb.render.texts import both, joined
from kb.store.library import Entry

SHORT = 4
"""A condition of so few tests is also said as one sentence."""


class Linking(Reference):
    """A rule set to make pages of, on a day."""

    def kind(self, kind: str) -> Text:
        """What kind of object a page is about, leading to the list of them."""
        return link(hub_of(kind), KINDS[kind])

    def name(self, kind: str, id_: str) -> Text:
        """An object by name."""
        return link(f"{kind}:{id_}", super().name(kind, id_))

    def entry(self, kind: str, id_: str) -> Text:
        """An object by name, which begins a line; its id is in the address of its page."""
        name = super().name(kind, id_)
        return link(f"{kind}:{id_}", {lang: capitalised(said) for lang, said in name.items()})

    def user(self, each: Entry) -> Text:
        """An object with its kind."""
        return joined([self.entry(each.kind, each.id), KINDS[each.kind]], " · ", " · ")

    def users(self, entries: Iterable[Entry]) -> list[Text]:
        """Objects that refer to something, as a list."""
        return bullets(self.user(each) for each in entries)

    def article(self, ref: str) -> Text:
        """A provision as lawyers write it."""
        return link(f"provision:{ref}", super().article(ref))

    def citation(self, ref: str, anchors: Iterable[str]) -> Text:
        """A provision in both languages, with the official words it is tied to."""
        quoted = "、".join(anchors)
        parts = [self.article(ref), other(super().article(ref)), chinese(quoted) if quoted else None]
        return joined([both(BULLET, BULLET), joined(parts)], "", "")

    def condition(self, condition: Plain, day: date | None = None) -> list[Text]:
        """A condition as a list, groups further in than what holds them together."""
        return list(self._lines(condition, day or self.day, 0))

    def _lines(self, condition: Plain, day: date, depth: int, holds: bool = True) -> Iterator[Text]:
        form = form_of(condition)
        if form == "not":
            yield from self._lines(condition["not"], day, depth, not holds)
        elif form not in GROUPS:
            yield self._at(depth, self.test(condition, day, holds))
        elif len(condition[form]) == 1:
            yield from self._lines(condition[form][0], day, depth, holds)
        else:
            heading = self.say(lambda words: capitalised(words.heading(form, holds)), day)
            yield self._at(depth, joined([heading, both(":", "：")], "", ""))
            for part in condition[form]:
                yield from self._lines(part, day, depth + 1)

    def _at(self, depth: int, text: Text) -> Text:
        return {lang: BULLET * depth + said for lang, said in text.items()}

    def test(self, test: Plain, day: date, holds: bool = True, inside: bool = False) -> Text:
        """One test as a statement that leads to what it tests, with the number it is measured against."""
        kind, value = form_of(test), operator(test)[1]
        said = self.say(lambda words: _cased(words, test, holds, inside), day)
        line = value.get("threshold") if isinstance(value, dict) else None
        return joined([link(f"{kind}:{test[kind]}", said), self._line(line)], " ", "") if line else link(
            f"{kind}:{test[kind]}", said
        )  # fmt: skip

    def _line(self, id_: str) -> Text:
        number = link(f"threshold:{id_}", both("this number", "该数量标准"))
        return both(f"({number['en']})", f"（{number['zh']}）")

    def sentence(self, condition: Plain, day: date) -> Text | None:
        """A condition of a few tests in one sentence; None where it has more or holds groups."""
        form = form_of(condition)
        parts = condition[form] if form in GROUPS else [condition]
        tests = [self._single(part) for part in parts]
        if len(parts) > SHORT or not all(tests):
            return None
        said = [
            self.test(test[0], day, test[1], inside=at > 0) for at, test in enumerate(filter(None, tests))
        ]
        last = (
            both("; and ", "；并且") if form == "all" else both("; or ", "；或者") if form == "any" else None
        )
        if last is None or len(said) == 1:
            return said[0]
        most = joined(said[:-1], "; ", "；")
        return joined([most, said[-1]], last["en"], last["zh"])

    def _single(self, condition: Plain, holds: bool = True) -> tuple[Plain, bool] | None:
        form = form_of(condition)
        if form == "not":
            return self._single(condition["not"], not holds)
        if form in GROUPS:
            return self._single(condition[form][0], holds) if len(condition[form]) == 1 else None
        return condition, holds


def _cased(words: Words, test: Plain, holds: bool, inside: bool) -> str:
    said = words.test(test, holds)
    return lowered(said) if inside else capitalised(said)


def bullets(lines: Iterable[Text]) -> list[Text]:
    """Lines as a list."""
    return [{lang: BULLET + said for lang, said in line.items()} for line in lines]
