"""Says parts of objects for cards: conditions, citations, references, periods, reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kb.engine.ruleset import RuleSet
from kb.engine.wording.citation import label_in
from kb.engine.wording.labels import CHECKED_AGAINST, DECISION
from kb.engine.wording.words import GROUPS, Words, capitalised, form_of
from kb.plain import Plain
from kb.render.terminal.card import Row, Text, same
from kb.render.texts import both, joined
from kb.store.library import Entry, Library

KINDS: Mapping[str, Text] = {
    "authority": both("authority", "机关"),
    "calculation": both("calculation", "计算"),
    "calendar": both("working days", "工作日"),
    "constraint": both("constraint", "约束"),
    "decision": DECISION,
    "fact": both("fact", "事实"),
    "instrument": both("instrument", "法律文件"),
    "item": both("kind of item", "项目类别"),
    "provision": both("provision", "条款"),
    "reading": both("reading", "争议理解"),
    "register": both("register", "清单"),
    "rule": both("rule", "规则"),
    "term": both("term", "术语"),
    "threshold": both("threshold", "数量标准"),
    "topic": both("topic", "领域"),
}


@dataclass(frozen=True)
class Reference:
    """A rule set to look things up in, on a day."""

    library: Library
    rules: RuleSet
    day: date

    def condition(self, condition: Plain, day: date | None = None) -> list[Text]:
        """A condition in words, the parts of a group on lines of their own."""
        form = form_of(condition)
        if form not in GROUPS or len(condition[form]) == 1:
            return [self.say(lambda words: words.sentence(condition), day)]
        parts = condition[form]
        return [
            self.say(lambda words: capitalised(words.heading(form)) + words.pick(":", "："), day),
            *(self.say(lambda words, part=part: "· " + words.sentence(part), day) for part in parts),
        ]

    def say(self, say: Callable[..., str], day: date | None) -> Text:
        """The same thing said in both languages, with the numbers of a day."""
        return {lang: say(Words(self.rules, day or self.day, lang)) for lang in ("en", "zh")}

    def citations(self, cited: Iterable[Plain]) -> list[Text]:
        """Provisions in words, each with its ref and the terms it is tied to."""
        return [self.citation(each["ref"], each.get("anchors", ())) for each in cited]

    def citation(self, ref: str, anchors: Iterable[str]) -> Text:
        """A provision in words, with its ref and the terms it is tied to."""
        terms = "、".join(anchors)
        quoted = [both(f"its words: {terms}", f"用语：{terms}")] if terms else []
        return joined([self.article(ref), same(f"({ref})"), *quoted], " ", " ")

    def article(self, ref: str) -> Text:
        """A provision as lawyers write it; its ref where the instrument is not known."""
        name, _, provision = ref.partition("/")
        law = self.library.of_kind("instrument").get(name)
        if not law or not provision:
            return same(ref)
        return label_in(law["short"], law["rank"], provision, law.get("numbering", "articles"))

    def entry(self, kind: str, id_: str) -> Text:
        """An object by name and id."""
        return joined([self.name(kind, id_), same(f"({id_})")], " ", " ")

    def name(self, kind: str, id_: str) -> Text:
        """An object by name."""
        return Entry(kind, self.library.of_kind(kind)[id_]).name

    def entries(self, kind: str, ids: Iterable[str]) -> list[Text]:
        """Objects by name and id, one a line."""
        return [self.entry(kind, each) for each in ids]

    def users(self, entries: Iterable[Entry]) -> list[Text]:
        """Objects that refer to something, each with its kind."""
        return [self.user(each) for each in entries]

    def user(self, each: Entry) -> Text:
        """An object with its kind, name and id."""
        return joined([KINDS[each.kind], each.name, same(f"({each.id})")], " ", " ")

    def scope(self, about: str | None) -> Text:
        """What an object speaks of: the company, or each of some kind of item."""
        if about in (None, "company"):
            return both("for the company", "适用于企业")
        label = self.name("item", str(about))
        return both(f"for each {label['en']}", f"适用于每一{label['zh']}")


def review_row(review: Plain) -> Row:
    """Who checked an object against what, and when again."""
    against = CHECKED_AGAINST[review["checked_against"]]
    on, again = review["checked_on"], review["recheck_by"]
    read = "" if review["status"] == "reviewed" else "not yet "
    said = both(
        f"{read}reviewed, {on}, against {against['en']}; again by {again}",
        f"{'已' if not read else '尚未'}核对，{on}，对照{against['zh']}；应于{again}前再次核对",
    )
    return Row(both("Checked", "核对"), [said, *texts(review, "note")])


def texts(each: Plain, key: str) -> list[Text]:
    """An optional text as a list of none or one."""
    return [each[key]] if key in each else []


def period(dated: Plain) -> Text:
    """First and last day of a version."""
    first, last = dated.get("from"), dated.get("to")
    if last:
        return both(f"{first} to {last}", f"{first}至{last}")
    return both(f"from {first}", f"自{first}起")


def shown_day(dated: Plain, day: date) -> date:
    """The day of a version nearest to the one asked about, to show the numbers of that time."""
    last = date.fromisoformat(dated["to"]) if "to" in dated else date.max
    return min(max(day, date.fromisoformat(dated["from"])), last)
