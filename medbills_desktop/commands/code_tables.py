"""Tables of codes: reading a file of the user's own into the library beside the window, and removing one."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import CodeTable
from medbills_desktop.domain.records.loaded_tables import TableSetting
from medbills_desktop.exchange.code_table_files import RefusedRow, TableHead, TableRows, cells_of, opened
from medbills_desktop.store.library import Library
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A file that was read: the record that may be kept now, and the rows that could not be read."""

    table: CodeTable
    refused: tuple[RefusedRow, ...]


def read_table(
    library: Library,
    path: Path,
    head: TableHead,
    setting: TableSetting,
    accepted: datetime | None,
    go_on: Callable[[int], bool],
) -> ReadTable:
    """Read the rows of a file into a file of the library's own. No record refers to them until `LoadCodeTable` is done.

    `accepted` is when the user said that he may use the table; it may be `None` where `head.asks` is off. `go_on` gets
    the rows so far and gives False to stop.
    Raises `UserError` where that was not said, where the file changed or can't be read, and where it has no row.
    """
    if accepted is None and head.asks:
        raise UserError("The notice was not accepted.", "Read it, and load the table if you may use it.")
    before = _fingerprint(path)
    with opened(path) as (stream, name, _size):
        rows = TableRows(head, cells_of(stream, name, head.sheet, max(head.columns) + 1))
        held, count = library.tables.keep(head.kind, rows, go_on)
    if not count:
        raise UserError(f"“{path.name}” has no row that can be read.", "Choose the file with the table.")
    if _fingerprint(path) != before:
        raise UserError(f"“{path.name}” changed while it was read.", "Load it again once it is complete.")
    sha256, size = before
    table = CodeTable(
        kind=head.kind,
        setting=setting,
        file=path.name,
        sha256=sha256,
        size=size,
        release=head.release,
        effective=head.effective,
        rows=count,
        refused=rows.refused_count,
        rows_sha256=held.sha256,
        notice=head.notice,
        accepted_at=_instant(accepted) if accepted else "",
        loaded_at=_instant(datetime.now(UTC)),
    )
    return ReadTable(table, tuple(rows.refused))


@dataclass(frozen=True, slots=True)
class LoadCodeTable:
    """Keep a table whose rows were read (`read_table`). Gives the kept record.

    The same file again only renews its record, with the rows as they were read now.
    """

    table: CodeTable

    @property
    def label(self) -> str:
        return "Load table of codes"

    def run(self, work: Work) -> CodeTable:
        if work.tables is None or not work.tables.holds(self.table.rows_sha256):
            raise UserError("The rows of this table are not here.", "Load its file again.")
        known = work.find(CodeTable, sha256=self.table.sha256, kind=self.table.kind)
        if known:
            return work.put(dataclasses.replace(self.table, id=known[0].id))
        return work.add(dataclasses.replace(self.table, id=0))


@dataclass(frozen=True, slots=True)
class RemoveCodeTable:
    """Remove a table. Undo brings it back while the library stays open; its rows go when it is opened next."""

    table_id: int

    @property
    def label(self) -> str:
        return "Remove table of codes"

    def run(self, work: Work) -> None:
        work.remove(CodeTable, self.table_id)


def _fingerprint(path: Path) -> tuple[str, int]:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest(), path.stat().st_size
    except OSError as error:
        raise UserError(f"“{path.name}” can't be read.", "Check that the file is still there.") from error


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
