"""The dates of a library as a file for the user's own calendar."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.domain.dates import Day
from medbills_desktop.exchange.calendar_writing import write_calendar
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_place import keep_out_of
from medbills_desktop.store.queries.calendar_dates import LibraryMark, ListCalendarDates

ENDING = ".ics"


def export_dates(library: Library, target: Path, today: Day, detailed: bool = False) -> int:
    """Write what is due from today on; gives how many dates. The ending is added where it is missing.

    Raises `UserError` where the target can't be written or lies in the library; an old file stays then.
    """
    if target.suffix.lower() != ENDING:
        target = target.with_name(f"{target.name}{ENDING}")
    keep_out_of(library.folder, target)
    dates, mark = library.read(lambda reader: (ListCalendarDates(today)(reader), LibraryMark()(reader)))
    write_calendar(target, dates, today, mark, detailed)
    return len(dates)
