"""Commented templates of objects, made from the models, so that they cannot fall behind them.

Required keys come first and are live; optional ones are commented out with `# `, and a line that
begins with `##` says what the next key is. A template is a sound object as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import takewhile
from textwrap import wrap
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, MinLen
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

from kb.model.base import FORMS, Citation, Id, ProvisionRef, Ref, Span, Text, Url
from kb.model.condition import FactTest
from kb.model.fact import Fact
from kb.model.instrument import Instrument
from kb.model.kinds import KINDS
from kb.model.scenario import Expectation, Scenario
from kb.store.references import kind_named

TEMPLATES = (
    "constraint", "decision", "fact", "instrument", "reading", "rule", "scenario", "term", "threshold",
)  # fmt: skip
"""Kinds there is a template of."""
_WIDTH = 100
_TEXT = "…"
_ALSO_LIVE: Mapping[type[BaseModel], frozenset[str]] = {
    Citation: frozenset({"anchors"}),
    Expectation: frozenset({"applies"}),
    Fact: frozenset({"negative", "question"}),
    Instrument: frozenset({"in_force", "provisions"}),
    Scenario: frozenset({"given"}),
}
"""Optional keys without which an object would not be whole."""
_BARE = (Span, Text)
"""Models whose keys speak for themselves."""
_LIKELY: Mapping[str, str] = {
    "about": "company",
    "addressee": "handler",
    "applies": "[some-rule]",
    "by": "your-name",
    "given": "{company: {}}",
    # Only a person who has read the law says otherwise.
    "status": "unreviewed",
    "unit": "person",
    "window": "calendar-year",
}
_SHOWN: Mapping[str, str] = {
    str(get_args(kind)[1].pattern): shown
    for kind, shown in (
        (Id, "first"),
        (Ref, "some-instrument/1"),
        (ProvisionRef, '"1"'),
        (Url, '"https://example.org/"'),
    )
}
_PLAIN: Mapping[Any, str] = {bool: "true or false", int: "a whole number", date: "a day, YYYY-MM-DD"}
_ORDER = ("first", "second")


def template(kind: str, id_: str, today: date) -> str:
    """The template of an object of a kind in TEMPLATES."""
    model = KINDS[kind]
    lines = [
        *_comment(_summary(model)),
        f"kind: {kind}",
        f"id: {id_}",
        *_Writer(today).fields(model, skip=("kind", "id")),
    ]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, today: date) -> None:
        self.today = today

    def fields(self, model: type[BaseModel], index: int = 0, skip: tuple[str, ...] = ()) -> Iterator[str]:
        """The keys of a model; `index` is its position in a list, where ids must differ."""
        live = _ALSO_LIVE.get(model, frozenset())
        known = [(name, field) for name, field in model.model_fields.items() if name not in skip]
        for wanted in (True, False):
            for name, field in known:
                if (field.is_required() or name in live) is wanted:
                    if model not in _BARE:
                        yield from _comment(_description(model, name, field))
                    block = self._entry(model, name, field, index)
                    yield from block if wanted else ("# " + line for line in block)

    def _entry(self, model: type[BaseModel], name: str, field: FieldInfo, index: int) -> Iterator[str]:
        value = _LIKELY.get(name) or self._value(
            field.annotation, field.metadata, index, kind_named(model, name)
        )
        key = field.alias or name
        if isinstance(value, str):
            yield f"{key}: {value}"
        else:
            yield f"{key}:"
            yield from ("  " + line for line in value)

    def _value(
        self, annotation: Any, metadata: list[Any], index: int, refers_to: str | None
    ) -> str | list[str]:
        """A placeholder: a scalar as text, a block as lines."""
        kind, metadata = _unwrap(annotation, metadata)
        if get_origin(kind) is Literal:
            return str(get_args(kind)[0])
        if get_origin(kind) is tuple:
            return self._list(kind, metadata, refers_to)
        if kind is FactTest:
            return ["fact: some-fact", "is: true"]
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return list(self.fields(kind, index))
        if kind is bool:
            return "false"
        if kind is int:
            return str(max(0, next((int(str(each.ge)) for each in metadata if isinstance(each, Ge)), 0)))
        if kind is date:
            return self.today.isoformat()
        return (
            f"some-{refers_to}" if refers_to and refers_to != "provision" else _string(kind, metadata, index)
        )

    def _list(self, kind: Any, metadata: list[Any], refers_to: str | None) -> str | list[str]:
        least = next((each.min_length for each in metadata if isinstance(each, MinLen)), 1)
        found = [self._value(get_args(kind)[0], [], index, refers_to) for index in range(least)]
        if all(isinstance(each, str) for each in found):
            return f"[{', '.join(map(str, found))}]"
        return [line for each in found for line in _item(list(each))]


def _item(lines: list[str]) -> Iterator[str]:
    """The lines of a mapping as an item of a list; comments before its first key stay above it."""
    comments = list(takewhile(lambda line: line.startswith("#"), lines))
    first, *rest = lines[len(comments) :]
    yield from comments
    yield f"- {first}"
    yield from ("  " + line for line in rest)


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Any, list[Any]]:
    """The plain type of a field and its constraints; of alternatives the one to begin with."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return _unwrap(inner, [*metadata, *more])
    if get_origin(annotation) in (Union, UnionType):
        kinds = [_unwrap(each, metadata) for each in get_args(annotation) if each is not type(None)]
        return next((each for each in kinds if each[0] is FactTest), kinds[0])
    return annotation, metadata


def _string(kind: Any, metadata: list[Any], index: int) -> str:
    if kind is not str:
        return "{}"
    shown = _SHOWN.get(_pattern(metadata), _TEXT)
    return _ORDER[index] if shown == "first" else shown


def _pattern(metadata: list[Any]) -> str:
    found = (each.pattern for each in metadata if isinstance(each, StringConstraints))
    return str(next(found, ""))


def _description(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    """What a key is, from the model: its own description, that of its type, or its type in words."""
    kind, metadata = _unwrap(field.annotation, field.metadata)
    several = get_origin(kind) is tuple
    if several:
        kind, metadata = _unwrap(get_args(kind)[0], [])
    said = [field.description] if field.description else []
    if get_origin(kind) is Literal and len(get_args(kind)) > 1:
        said.append("one of: " + " | ".join(map(str, get_args(kind))))
    elif not said:
        said.append(_type_in_words(kind, metadata, kind_named(model, name), several))
    return "; ".join(said)


def _type_in_words(kind: Any, metadata: list[Any], refers_to: str | None, several: bool) -> str:
    many = "a list, each " if several else ""
    if refers_to and refers_to != "provision":
        return f"{many}the id of {'an' if refers_to[0] in 'aeiou' else 'a'} {refers_to}"
    if kind is FactTest:
        return "a condition: all, any, not, or one test of a fact, decision, rule or reading"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"{many and 'a list: '}{_summary(kind)}"
    return many + (
        _PLAIN.get(kind) or FORMS.get(_pattern(metadata), "text")
        if kind in (str, *_PLAIN)
        else "keys and values"
    )


def _summary(model: type[BaseModel]) -> str:
    """The first paragraph of a model's docstring on one line."""
    return " ".join((model.__doc__ or "").strip().split("\n\n")[0].split()).rstrip(".")


def _comment(text: str) -> Iterator[str]:
    yield from (f"## {line}" for line in wrap(text, _WIDTH - 3))
