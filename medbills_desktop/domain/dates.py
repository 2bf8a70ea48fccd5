"""Days and moments as papers print them, and the reading of what people type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Self, TypeAlias

from medbills_desktop.domain.errors import UserError

Day: TypeAlias = date
"""A calendar day without time zone: what the paper says."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_US = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.ASCII)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?)?", re.ASCII)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A day, with the local time of day where the paper gives one; no time zone, as on paper."""

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
        return f"{self.day.isoformat()}T{(self.time or time()).strftime('%H:%M:%S')}"


def moment_from_datetime(value: datetime) -> Moment:
    """The local day and minute of a clock reading."""
    return Moment(value.date(), value.time().replace(second=0, microsecond=0))


def day_from_text(text: str) -> date | None:
    """Read a date as people in the United States type it; blank means not known.

    Takes `3/31/2025`, `03-31-25` (two-digit years are 1970 to 2069), `2025-03-31`, `Mar 31, 2025`. Raises `UserError`
    for a day that does not exist or can't be read; it never guesses between two readings.
    """
    shown = text.strip()
    if shown in ("", "–", "-"):
        return None
    if found := _ISO.fullmatch(shown):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _US.fullmatch(shown):
        month, day = int(found[1]), int(found[2])
        year = int(found[3]) if len(found[3]) == 4 else _century(int(found[3]))
    elif (found := _NAMED.fullmatch(shown)) and found[1][:3].lower() in _MONTHS:
        month, day, year = _MONTHS.index(found[1][:3].lower()) + 1, int(found[2]), int(found[3])
    else:
        raise UserError(f"“{shown[:40]}” can't be read as a date.", "Type it like 3/31/2025 (month, day, year).")
    try:
        value = date(year, month, day)
    except ValueError:
        raise UserError(
            f"“{shown[:40]}” is not a day that exists.", "Dates are month, day, year, like 3/31/2025."
        ) from None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UserError(f"The year of “{shown[:40]}” is out of range.", "Check the year.")
    return value


def moment_from_typed(text: str) -> Moment | None:
    """Read a date, with an optional time after it (`3/31/2025 2:05 pm`, `14:05`)."""
    shown = text.strip()
    found = re.fullmatch(r"(.+?)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp][Mm])?", shown)
    if not found:
        day = day_from_text(shown)
        return None if day is None else Moment(day)
    day = day_from_text(found[1])
    hour, minute, half = int(found[2]), int(found[3]), (found[5] or "").lower()
    if half and not 1 <= hour <= 12:
        hour = 99
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    if day is None or hour > 23 or minute > 59:
        raise UserError(f"“{shown[:40]}” can't be read as a date and time.", "Type it like 3/31/2025 2:05 pm.")
    return Moment(day, time(hour, minute))


def _century(two_digits: int) -> int:
    return (2000 if two_digits < 70 else 1900) + two_digits


def plain_day(day: date | None, unknown: str = "–") -> str:
    """A date in words that can't be misread: `Mar 31, 2025`."""
    return f"{_MONTHS[day.month - 1].title()} {day.day}, {day.year}" if day else unknown


def plain_moment(moment: Moment | None, unknown: str = "–") -> str:
    """A date, with the time where it is known: `Mar 31, 2025 2:05 pm`."""
    if moment is None:
        return unknown
    if moment.time is None:
        return plain_day(moment.day)
    hour = moment.time.hour % 12 or 12
    half = "am" if moment.time.hour < 12 else "pm"
    return f"{plain_day(moment.day)} {hour}:{moment.time.minute:02d} {half}"
