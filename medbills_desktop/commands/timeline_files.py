"""A timeline as a file: a PDF to print or hand over, or a CSV for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from medbills_desktop.domain.timeline import KIND, TimelineEvent
from medbills_desktop.exchange.csv_writing import write_csv_file
from medbills_desktop.exchange.tables import Table, TableColumn
from medbills_desktop.exchange.whole_files import whole_file
from medbills_desktop.packet.timeline_pages import TimelineSheet, timeline_pdf

_COLUMNS = (
    TableColumn("when", "moment", lambda event: event.when),
    TableColumn("what", "text", lambda event: KIND[event.kind]),
    TableColumn("who", "text", lambda event: event.who or None),
    TableColumn("details", "text", lambda event: event.what or None),
    TableColumn("state", "text", lambda event: event.state or None),
    TableColumn("amount", "money", lambda event: event.amount),
)


def save_timeline(sheet: TimelineSheet, target: Path) -> Path:
    """Save the events of a sheet as a PDF, or as a CSV where the name of the file ends so; gives where they are.

    The file is there whole or not at all. Raises `UserError` where the disk refuses.
    """
    if target.suffix.casefold() == ".csv":
        write_csv_file(timeline_table(sheet.events), target)
        return target
    made = timeline_pdf(sheet)
    with whole_file(target) as aside:
        aside.write_bytes(made)
    return target


def timeline_table(events: tuple[TimelineEvent, ...]) -> Table:
    """Events as rows of a spreadsheet; what has no day has an empty cell for it."""
    return Table("timeline", _COLUMNS, events)
