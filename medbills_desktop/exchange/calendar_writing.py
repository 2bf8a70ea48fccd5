"""Dates as an iCalendar file (RFC 5545): whole days without a time zone, the same bytes for the same dates."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time
from pathlib import Path

from medbills_desktop.domain.calendar_dates import CalendarDate
from medbills_desktop.domain.dates import Day
from medbills_desktop.exchange.whole_files import whole_file

PRODUCT = "-//MedBills//Dates//EN"


def calendar_text(dates: Iterable[CalendarDate], day: Day, mark: str, detailed: bool = False) -> bytes:
    """The file as bytes.

    `day` stands for the time at which it was made, so that nothing in it follows the clock; `mark` makes the names of
    the entries (UID) this library's own. `detailed` adds what each date is about.
    """
    from icalendar import Calendar, Event  # loaded only here: a quarter of a second that no start should wait for

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    stamp = datetime.combine(day, time(), UTC)
    for one in dates:
        event = Event()
        event.add("uid", f"{one.key}@{mark}.medbills.invalid")
        event.add("dtstamp", stamp)
        event.add("dtstart", one.day)
        event.add("summary", _line(one.title))
        if detailed and one.detail:
            event.add("description", _kept(one.detail))
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def write_calendar(target: Path, dates: Iterable[CalendarDate], day: Day, mark: str, detailed: bool = False) -> None:
    """Write the file whole or not at all. Raises `UserError` where the target can't be written."""
    text = calendar_text(dates, day, mark, detailed)
    with whole_file(target) as aside:
        aside.write_bytes(text)


def _line(text: str) -> str:
    return " ".join(_kept(text).split())


def _kept(text: str) -> str:
    """The text without signs that no calendar takes; line ends stay."""
    return "".join(sign for sign in text if sign == "\n" or (sign.isprintable() or sign == "\t")).strip()
