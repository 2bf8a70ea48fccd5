"""Counting days as rules of law count them: calendar days, business days, months and years.

The federal holidays are data (`resources/rules/federal_holidays.toml`); a year that the data does not reach raises
`BeyondCalendarError`, since a date that is guessed is worse than none.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from medbills_desktop.domain.dates import EARLIEST_YEAR, LATEST_YEAR, Day
from medbills_desktop.domain.resource_files import resource

_SATURDAY = 5


class BeyondCalendarError(ValueError):
    """A date lies outside the years that the holidays, or dates at all, are known for."""


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days of federal holidays from `first_year` to `last_year`, both included, and where they are written."""

    days: frozenset[Day]
    first_year: int
    last_year: int
    source: str

    def is_business_day(self, day: Day) -> bool:
        """Whether federal offices work on a day: Monday to Friday, no federal holiday.

        Raises `BeyondCalendarError`.
        """
        if not self.first_year <= day.year <= self.last_year:
            raise BeyondCalendarError(f"federal holidays are known from {self.first_year} to {self.last_year}")
        return day.weekday() < _SATURDAY and day not in self.days

    def next_business_day(self, day: Day) -> Day:
        """The day itself where it is a business day, else the next one that is."""
        while not self.is_business_day(day):
            day += timedelta(1)
        return day

    def add_business_days(self, day: Day, number: int) -> Day:
        """The last of `number` business days after a day, or before it where `number` is below zero.

        The day that the counting starts from is not counted, whether it is a business day or not.
        """
        step = timedelta(1 if number >= 0 else -1)
        left = abs(number)
        while left:
            day += step
            left -= self.is_business_day(day)
        return day


@cache
def federal_holidays() -> Holidays:
    """The federal holidays that are shipped with the program."""
    read = tomllib.loads(resource("rules/federal_holidays.toml").read_text("utf-8"))
    days = frozenset(day for year in read["days"].values() for day in year)
    return Holidays(days, read["first_year"], read["last_year"], read["source"])


def add_days(day: Day, number: int) -> Day:
    """The day `number` calendar days later. Raises `BeyondCalendarError` outside the years that the program keeps."""
    try:
        return within(day + timedelta(number))
    except OverflowError as fault:
        raise BeyondCalendarError("the date lies too far away") from fault


def add_months(day: Day, number: int) -> Day:
    """The same day of the month `number` months later, or before where `number` is below zero.

    Where that month has no such day it is the first of the month after it: October 30 and four months is March 1. That
    is the rule of 45 CFR 147.136(d)(2)(i); no other rule of the cards says something else.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BeyondCalendarError("the date lies too far away")
    try:
        return Day(year, month + 1, day.day)
    except ValueError:
        later, first = divmod(year * 12 + month + 1, 12)
        return Day(later, first + 1, 1)


def within(day: Day) -> Day:
    """The day, where it lies in the years that the program keeps; raises `BeyondCalendarError` where not."""
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BeyondCalendarError("the date lies too far away")
    return day
