"""Dates of patents and drugs, made up from a seed so that much turns on them: ends of February and of years,
caps reached to the day, none left by a day, adjustments that push an end onto 29 February."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from patent_oracle import DAY, Application, early_entry, late_reply, mark, plain_expiry, restoration, turn

DAYS_IN_WHICH_MUCH_HAPPENS = (
    (2, 28),
    (2, 29),
    (3, 1),
    (1, 31),
    (4, 30),
    (5, 31),
    (11, 30),
    (12, 31),
    (1, 1),
    (9, 30),
)


def a_day(random: Random, first: int, last: int) -> date:
    """A day of these years, every other time one on which months or years end or begin."""
    year = random.randint(first, last)
    if random.random() < 0.5:
        return date(year, 1, 1) + timedelta(days=random.randrange(365))
    month, day = random.choice(DAYS_IN_WHICH_MUCH_HAPPENS)
    if (month, day) == (2, 29):
        year -= year % 4
    return date(year, month, day) if year % 100 or day < 29 else date(year, 3, 1)


def near(random: Random, day: date, reach: int = 2) -> date:
    return day + timedelta(days=random.randint(-reach, reach))


class Plain(NamedTuple):
    """What the length of an extension is computed from."""

    filed: date
    approval: date
    adjusted: int


def extension_dates(random: Random) -> Plain:
    """A filing, an approval and an adjustment; two times in three the approval lies where a bound begins to bind."""
    filed = a_day(random, 1985, 2060)
    adjusted = random.choice((0, 0, 1, 365, 366, 1461, random.randrange(3000)))
    if random.random() < 0.2:  # the adjusted term ends about a 28 or 29 February
        leap = date((filed.year + 24) // 4 * 4, 2, 29)
        adjusted = max(0, (near(random, leap, 1) - plain_expiry(filed)).days)
    shifted = filed + adjusted * DAY
    kind = random.randrange(6)
    if kind < 2:
        return Plain(filed, filed + timedelta(days=random.randrange(9500)), adjusted)
    if kind == 2:
        leap = date((filed.year + random.randint(4, 16)) // 4 * 4, 2, 29)
        return Plain(filed, near(random, leap, 1), adjusted)
    years = {3: 6, 4: 11}.get(kind) or random.choice((1, 5, 7, 8, 9, 10, 12, 14, 20))
    return Plain(filed, near(random, turn(shifted, years)), adjusted)


class Grant(NamedTuple):
    """What an adjustment is computed from."""

    application: Application
    requested: date
    paid: date
    published: date
    granted: date
    reasonable: int
    applicant: int

    @property
    def counted_from(self) -> date:
        return self.application.submitted or self.application.entry or self.term_from

    @property
    def term_from(self) -> date:
        day = self.application.international or self.application.filed
        assert day is not None
        return day


def application_dates(random: Random, first: int = 2008, last: int = 2022) -> Application:
    """A direct, an international or a divisional application; a divisional may divide an international one."""
    filed = a_day(random, first, last)
    priority = random.choice((filed, mark(filed, -12), near(random, mark(filed, -11))))
    way = random.randrange(4)
    entry = near(random, mark(priority, random.choice((14, 20, 29, 30, 32))))
    divided = near(random, mark(filed, random.choice((37, 40, 60))))
    if way == 0:
        return Application(filed=filed, priority=priority)
    if way == 1:
        return Application(priority=priority, international=filed, entry=max(filed, entry))
    if way == 2:
        return Application(filed=filed, priority=priority, submitted=divided)
    return Application(priority=priority, international=filed, entry=max(filed, entry), submitted=divided)


def grant_dates(random: Random, application: Application) -> Grant:
    """The way to a grant, which falls about the day on which both periods are complete, or months after."""
    made = Grant(application, date.min, date.min, date.min, date.min, 0, 0)
    requested = near(random, mark(made.counted_from, random.choice((0, 6, 18, 36))), 20)
    paid = requested + timedelta(days=random.choice((0, 0, 1, 60)))
    published = near(random, mark(made.counted_from, random.choice((3, 6, 18))), 20)
    start = max(mark(made.counted_from, 48), mark(max(requested, paid, published), 36))
    granted = (
        near(random, start, 3)
        if random.random() < 0.4
        else start + timedelta(days=random.randrange(-400, 2000))
    )
    gross = max(0, (granted - start).days)
    reasonable = random.choice((0, 0, 100, random.randrange(800), gross))
    applicant = random.choice(
        (0, _delay_by_applicant(random, made), max(0, gross - reasonable + random.randint(-1, 1)))
    )
    return Grant(application, requested, paid, published, granted, reasonable, applicant)


def _delay_by_applicant(random: Random, made: Grant) -> int:
    """Replies too late or in time, a right restored, and an early entry, added up."""
    due = mark(made.counted_from, 30)
    days = late_reply(due, near(random, due, 40))
    if random.random() < 0.3:
        days += restoration(
            due, due + timedelta(days=random.randrange(400)), office_fault=random.random() < 0.3
        )
    application = made.application
    if application.entry and application.priority and not application.submitted:
        days += early_entry(application.entry, application.priority, early_processing=random.random() < 0.5)
    return days
