"""The furniture of the knowledge base: authorities, topics, terms, calendars, registers."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, StrictInt

from kb.model.base import CheckedAgainst, Citation, Id, Model, Ref, Review, Text, Url, Words
from kb.model.limits import EARLIEST, LATEST


class Authority(Model):
    """An office that issues law or receives filings and reports."""

    kind: Literal["authority"]
    id: Id
    name: Text
    short: Text
    note: Text | None = None


class Topic(Model):
    """A field of law that a reader or questionnaire can choose."""

    kind: Literal["topic"]
    id: Id
    title: Text
    summary: Text


class Term(Model):
    """A glossary entry; `atoms` are short words and abbreviations a search should find it by."""

    kind: Literal["term"]
    id: Id
    term: Text
    definition: Text
    source: tuple[Ref, ...] = ()
    atoms: tuple[Words, ...] = ()


class Notice(Model):
    """The State Council notice that fixes one year's rest days."""

    number: Words | None = None
    title: Text
    published_on: date | None = None
    url: Url | None = None


class CalendarYear(Model):
    """One year of working days: weekday rest days and weekend working days."""

    kind: Literal["calendar"]
    id: Id
    year: StrictInt = Field(ge=EARLIEST.year, le=LATEST.year)
    notice: Notice
    rest_days: tuple[date, ...]
    make_up_days: tuple[date, ...]
    review: Review


class Entry(Model):
    """One line of a register."""

    id: Id
    region: Text
    edition: Words
    published_on: date | None = None
    sectors: Text
    local_filing: Text | None = None
    checked_against: CheckedAgainst
    source_note: Text | None = None


class Register(Model):
    """A list kept by others (such as local negative lists) whose contents a person looks up."""

    kind: Literal["register"]
    id: Id
    title: Text
    note: Text
    basis: tuple[Citation, ...] = ()
    entries: tuple[Entry, ...]
