"""What can still be read of a damaged library, gathered into a library in memory that every screen can read.

Rows that can't be read from their table are taken from the journal, which holds every row as it was last written.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine

from medbills_desktop.domain.changes import Image
from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.store import journal, search
from medbills_desktop.store.codec import from_row
from medbills_desktop.store.engine import driver, engine_over, memory_connection
from medbills_desktop.store.opening import connected, version_of
from medbills_desktop.store.schema import create_schema
from medbills_desktop.store.tables import metadata

Row = tuple[Any, ...]
MOST_PROBES = 2_000_000
"""Row numbers that are tried one by one where a table is torn."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A library in memory with all that could be read, and how many rows of each table could not."""

    engine: Engine
    keeper: Any
    """A connection that keeps the library in memory as long as it is open."""
    left_out: Mapping[str, int]
    from_journal: Mapping[str, int]
    """Rows of each kind that are shown as the journal has them."""


def salvage(folder: Path) -> Salvaged:
    """Gather what can be read of the library in `folder`; nothing there is changed.

    Raises `DamagedLibraryError` where not even the schema can be read.
    """
    name = f"medbills-salvage-{uuid.uuid4().hex}"
    keeper = memory_connection(name)
    engine = engine_over(lambda: memory_connection(name))
    with connected(folder, "ro") as source:
        version_of(folder, source)
        with engine.execution_options(medbills_writing=True).begin() as target:
            create_schema(target)
            left_out, from_journal = _Gathering(source, target).gather()
            search.fill(target.connection.driver_connection)
    return Salvaged(engine, keeper, left_out, from_journal)


class _Gathering:
    def __init__(self, source: Any, target: Connection) -> None:
        self._source = source
        self._target: Any = target.connection.driver_connection
        self._unread: dict[str, set[int]] = {}

    def gather(self) -> tuple[dict[str, int], dict[str, int]]:
        for table in metadata.tables:
            self._copy(table)
        from_journal: Counter[str] = Counter()
        for (kind, id_), image in self._last_images().items():
            unread = self._unread.get(kind, set())
            if id_ in unread and (image is None or self._keep_image(kind, image)):
                unread.discard(id_)
                from_journal[kind] += image is not None
        return {table: len(rows) for table, rows in self._unread.items() if rows}, dict(from_journal)

    def _copy(self, table: str) -> None:
        names = [str(row[1]) for row in self._target.execute(f'PRAGMA table_info("{table}")')]
        columns = ", ".join(f'"{name}"' for name in names)
        kept = f"INSERT INTO {table} (rowid, {columns}) VALUES (?{', ?' * len(names)})"  # noqa: S608 - our own tables
        for number, row in self._readable(table, f"SELECT rowid, {columns} FROM {table}"):  # noqa: S608
            if row is None or not self._keep(table, kept, names, row):
                self._unread.setdefault(table, set()).add(number)

    def _readable(self, table: str, select: str) -> Iterator[tuple[int, Row | None]]:
        """Rows from both ends up to where the table is torn, then what is between, number by number."""
        lowest, last = 0, None
        try:
            for row in self._source.execute(f"{select} ORDER BY rowid"):
                lowest = row[0]
                yield lowest, row
        except driver().DatabaseError:
            last = self._highest(table)
        if last is None:
            return
        try:
            for row in self._source.execute(f"{select} ORDER BY rowid DESC"):
                if row[0] <= lowest:
                    return
                last = row[0] - 1
                yield row[0], row
        except driver().DatabaseError:
            yield from self._probed(select, range(lowest + 1, min(last, lowest + MOST_PROBES) + 1))

    def _probed(self, select: str, numbers: range) -> Iterator[tuple[int, Row | None]]:
        for number in numbers:
            try:
                row = self._source.execute(f"{select} WHERE rowid = ?", (number,)).fetchone()
            except driver().DatabaseError:
                yield number, None
                continue
            if row is not None:
                yield number, row

    def _highest(self, table: str) -> int:
        """The highest row number that the table may have."""
        for sql in (f"SELECT max(rowid) FROM {table}", f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"):  # noqa: S608
            try:
                row = self._source.execute(sql).fetchone()
            except driver().DatabaseError:
                continue
            if row is not None and row[0] is not None:
                return int(row[0])
        return 0

    def _keep(self, table: str, sql: str, names: list[str], row: Row) -> bool:
        kind = KIND_BY_NAME.get(table)
        try:
            if kind is not None:
                from_row(kind, dict(zip(names, row[1:], strict=True)))
            self._target.execute(sql, row)
        except (driver().DatabaseError, ValueError, TypeError, ArithmeticError):
            return False
        return True

    def _keep_image(self, kind: str, image: Image) -> bool:
        names = list(image)
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        sql = f"INSERT INTO {kind} (rowid, {columns}) VALUES (?, {marks})"  # noqa: S608 - our own tables
        return self._keep(kind, sql, names, (image["id"], *image.values()))

    def _last_images(self) -> dict[tuple[str, int], Image | None]:
        """Each row as the journal left it, from the entries that can be read."""
        last: dict[tuple[str, int], Image | None] = {}
        for label, text in self._target.execute("SELECT label, changes FROM journal ORDER BY seq"):
            try:
                changes = journal.changes_from_text(label, text)
            except (ValueError, KeyError, TypeError):
                continue
            last.update({(row.kind, row.id): row.after for row in changes.rows})
        return last
