"""Days and moments as papers print them, and the reading of what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import total_ordering
from typing import Self, TypeAlias

from medbills_desktop.domain.errors import UserError

Day: TypeAlias = date
"""A calendar day without time zone: what the paper says."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_US = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})([/\-])(\d{1,2})\2(\d{1,2})", re.ASCII)
_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:,| |, )(\d{4})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3,9})\.?(?:,? |-)(\d{4})", re.ASCII)
_CLOCK = re.compile(r"(.+?)(?:, | at |[ T])(\d{1,2})(?::(\d{2})(?::(\d{2}))?)? ?(?:([AaPp])\.?[Mm]\.?)?", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LONGEST = 40
_DASHES = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2010": "-", "\u2011": "-", "\u2212": "-"})


@total_ordering
@dataclass(frozen=True, slots=True)
class Moment:
    """A day, with the local time of day where the paper gives one; no time zone, as on paper.

    Moments sort by time; a day without a time comes before every time of that day.
    """

    day: date
    time: time | None = None
    with_seconds: bool = False

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read `YYYY-MM-DD`, `…THH:MM` or `…THH:MM:SS`; raises `ValueError` for any other."""
        found = _MOMENT.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a date like 2025-03-31 or 2025-03-31T14:05")
        day = date.fromisoformat(found[1])
        if found[2] is None:
            return cls(day)
        clock = time(int(found[2]), int(found[3]), int(found[4] or 0))
        return cls(day, clock, found[4] is not None)

    def text(self) -> str:
        """Write it exactly as the case format has it."""
        if self.time is None:
            return self.day.isoformat()
        return f"{self.day.isoformat()}T{self.time.strftime('%H:%M:%S' if self.with_seconds else '%H:%M')}"

    @property
    def sort_text(self) -> str:
        """A text that sorts as the moments do, seconds included."""
        return f"{self.day.isoformat()}T{self.time.isoformat('seconds') if self.time else '00:00:00'}"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Moment):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[str, bool, bool]:
        return self.sort_text, self.time is not None, self.with_seconds


def moment_from_datetime(value: datetime) -> Moment:
    """The local day and minute of a clock reading."""
    return Moment(value.date(), value.time().replace(second=0, microsecond=0))


def day_from_text(text: str, not_after: date | None = None) -> date | None:
    """Read a date as people in the United States type it; blank means not known.

    Takes `3/31/2025`, `03-31-25`, `2025-03-31`, `Mar 31, 2025`, `31 March 2025`. A two-digit year is one of 1970 to
    2069, and never one that would lie after `not_after` (today, for a date of birth). Raises `UserError` for a day that
    does not exist or can't be read.
    """
    shown = _spaced(text).translate(_DASHES)
    if shown in ("", "-"):
        return None
    parts = _parts(shown) if len(shown) <= _LONGEST else None
    if parts is None:
        raise UserError(f"“{shown[:40]}” can't be read as a date.", "Type it like 3/31/2025 (month, day, year).")
    year, month, day, short = parts
    try:
        value = date(year, month, day)
        if short and not_after and value > not_after:
            value = date(year - 100, month, day)
    except ValueError:
        raise UserError(
            f"“{shown[:40]}” is not a day that exists.", "Dates are month, day, year, like 3/31/2025."
        ) from None
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise UserError(f"The year of “{shown[:40]}” is out of range.", "Check the year.")
    return value


def _spaced(text: str) -> str:
    """The text with single spaces, cut where it is too long to be a date."""
    return " ".join(text.split())[: _LONGEST + 1]


def _parts(shown: str) -> tuple[int, int, int, bool] | None:
    """Year, month, day and whether the year was written with two digits."""
    if found := _ISO.fullmatch(shown):
        return int(found[1]), int(found[3]), int(found[4]), False
    if found := _US.fullmatch(shown):
        short = len(found[4]) == 2
        return _century(int(found[4])) if short else int(found[4]), int(found[1]), int(found[3]), short
    if found := _NAMED.fullmatch(shown):
        month, day = _month(found[1]), int(found[2])
    elif found := _DAY_FIRST.fullmatch(shown):
        month, day = _month(found[2]), int(found[1])
    else:
        return None
    return (int(found[3]), month, day, False) if month else None


def _month(word: str) -> int:
    """The month that a word of three letters or more begins (`Mar`, `Sept`), or 0."""
    return next((at + 1 for at, name in enumerate(_MONTHS) if name.startswith(word.lower())), 0)


def moment_from_typed(text: str) -> Moment | None:
    """Read a date, with an optional time after it: `3/31/2025 2:05 pm`, `2025-03-31T14:05:30`, `3/31/2025 2pm`.

    Blank means not known. Raises `UserError` for what can't be read; a bare number is never taken for an hour.
    """
    shown = _spaced(text)
    found = _CLOCK.fullmatch(shown) if len(shown) <= _LONGEST else None
    if not found or not (found[3] or found[5]):
        day = day_from_text(text)
        return None if day is None else Moment(day)
    day = day_from_text(found[1])
    clock = _clock(int(found[2]), int(found[3] or 0), int(found[4] or 0), (found[5] or "").lower())
    if day is None or clock is None:
        raise UserError(f"“{shown[:40]}” can't be read as a date and time.", "Type it like 3/31/2025 2:05 pm.")
    return Moment(day, clock, found[4] is not None)


def _clock(hour: int, minute: int, second: int, half: str) -> time | None:
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _century(two_digits: int) -> int:
    return (2000 if two_digits < 70 else 1900) + two_digits


def plain_day(day: date | None, unknown: str = "–") -> str:
    """A date in words that can't be misread: `Mar 31, 2025`."""
    return f"{_MONTHS[day.month - 1][:3].title()} {day.day}, {day.year}" if day else unknown


def plain_month(day: date) -> str:
    """The month of a day in words: `Mar 2025`."""
    return f"{_MONTHS[day.month - 1][:3].title()} {day.year}"


def plain_moment(moment: Moment | None, unknown: str = "–") -> str:
    """A date, with the time where it is known: `Mar 31, 2025 2:05 pm`, with seconds where the paper has them."""
    if moment is None:
        return unknown
    if moment.time is None:
        return plain_day(moment.day)
    hour = moment.time.hour % 12 or 12
    half = "am" if moment.time.hour < 12 else "pm"
    seconds = f":{moment.time.second:02d}" if moment.with_seconds else ""
    return f"{plain_day(moment.day)} {hour}:{moment.time.minute:02d}{seconds} {half}"
