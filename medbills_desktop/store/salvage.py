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
from medbills_desktop.store.engine import driver, engine_over, memory_connection, reading_errors
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
        images, complete = self._last_images()
        for (kind, id_), image in images.items():
            unread = self._unread.setdefault(kind, set())
            if not complete and id_ not in unread:
                continue
            try:
                from_journal[kind] += self._made_equal(kind, id_, image) and image is not None
                unread.discard(id_)
            except driver().DatabaseError:
                unread.add(id_)
        return {table: len(rows) for table, rows in self._unread.items() if rows}, +from_journal

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
        except reading_errors():
            last = self._highest(table)
        if last is None:
            return
        try:
            for row in self._source.execute(f"{select} ORDER BY rowid DESC"):
                if row[0] <= lowest:
                    return
                last = row[0] - 1
                yield row[0], row
        except reading_errors():
            yield from self._probed(select, range(lowest + 1, min(last, lowest + MOST_PROBES) + 1))

    def _probed(self, select: str, numbers: range) -> Iterator[tuple[int, Row | None]]:
        for number in numbers:
            try:
                row = self._source.execute(f"{select} WHERE rowid = ?", (number,)).fetchone()
            except reading_errors():
                yield number, None
                continue
            if row is not None:
                yield number, row

    def _highest(self, table: str) -> int:
        """The highest row number that the table may have."""
        for sql in (f"SELECT max(rowid) FROM {table}", f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'"):  # noqa: S608
            try:
                row = self._source.execute(sql).fetchone()
            except reading_errors():
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

    def _made_equal(self, kind: str, id_: int, image: Image | None) -> bool:
        """Make a row as the journal has it; False where it was so already."""
        names = list(image or ())
        columns = ", ".join(f'"{name}"' for name in names) or "id"
        found = self._target.execute(f"SELECT {columns} FROM {kind} WHERE id = ?", (id_,)).fetchone()  # noqa: S608
        if found == (None if image is None else tuple(image.values())):
            return False
        self._target.execute(f"DELETE FROM {kind} WHERE id = ?", (id_,))  # noqa: S608 - our own tables
        if image is not None:
            marks = ", ".join("?" * len(names))
            values = tuple(image.values())
            self._target.execute(f"INSERT INTO {kind} ({columns}) VALUES ({marks})", values)  # noqa: S608
        return True

    def _last_images(self) -> tuple[dict[tuple[str, int], Image | None], bool]:
        """Each row as the journal left it, from the entries that prove themselves, and whether those are all.

        Only a complete journal may correct rows that could be read: else a row may be newer than what it tells.
        """
        last: dict[tuple[str, int], Image | None] = {}
        expected, previous, complete = 1, journal.BEGINNING, True
        rows = self._target.execute("SELECT seq, at, label, changes, previous, hash FROM journal ORDER BY seq")
        for seq, at, label, text, before, kept in rows:
            whole = kept == journal.entry_hash(before, seq, at, label, text)
            complete = complete and whole and seq == expected and before == previous
            expected, previous = seq + 1, kept
            if whole:
                last.update({(row.kind, row.id): row.after for row in journal.changes_from_text(label, text).rows})
        return last, complete and not self._unread.get("journal")
