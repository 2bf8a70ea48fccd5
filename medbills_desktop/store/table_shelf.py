"""The rows of loaded tables of codes: one SQLite file for each table, beside the library's database.

Millions of rows would swell the database, its journal and every backup of it. They are another's property, too, and the
user accepted the licence for himself: backups and exports, which may be handed on, hold only what the table was.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records.loaded_tables import TableKind
from medbills_desktop.store.engine import driver, reading_errors
from medbills_desktop.store.vault import Held, Vault, is_hash

Row = tuple[Any, ...]
PORTION = 20_000
"""Rows that are written between two looks at whether to go on."""

FOLDER = "tables"

_TABLES: dict[TableKind, tuple[str, int]] = {
    "code_pairs": (
        "CREATE TABLE rows (column1 TEXT NOT NULL, column2 TEXT NOT NULL, effective TEXT NOT NULL, "
        "deleted TEXT NOT NULL, indicator INTEGER NOT NULL, "
        "PRIMARY KEY (column1, column2, effective, deleted, indicator)) STRICT, WITHOUT ROWID",
        5,
    ),
    "unit_limits": (
        "CREATE TABLE rows (code TEXT NOT NULL PRIMARY KEY, most INTEGER NOT NULL, per TEXT NOT NULL) "
        "STRICT, WITHOUT ROWID",
        3,
    ),
    "code_names": (
        "CREATE TABLE rows (code TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL) "
        "STRICT, WITHOUT ROWID",
        3,
    ),
}


class TableShelf:
    """The folder of row files. Each is named by the SHA-256 of its bytes, read-only, and open once while it is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._vault = Vault(self._folder)
        self._open: dict[str, Any] = {}
        self._one_at_a_time = threading.Lock()

    def keep(self, kind: TableKind, rows: Iterable[Row], go_on: Callable[[int], bool]) -> tuple[Held, int]:
        """Write rows into a new file; gives it and how many different rows it has.

        `go_on` gets the number of rows written so far and gives False to stop; then `UserError` is raised. Whatever is
        raised, nothing is left behind. The rows come one portion after another, so memory stays bounded.
        """
        incoming = self._folder / "incoming"
        incoming.mkdir(parents=True, exist_ok=True)
        aside = incoming / f"{uuid.uuid4().hex}.rows"
        try:
            count = _write(aside, kind, rows, go_on)
            return self._vault.take_file(aside), count
        except driver().DatabaseError as error:
            raise UserError("The table could not be kept.", "Check that the disk has room, then load it again.") from (
                error
            )
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def holds(self, sha256: str) -> bool:
        """Whether the rows are there; a restored backup does not bring them."""
        return self._vault.holds(sha256)

    def fault(self, sha256: str) -> str | None:
        """What is not right with the file of a table, in words; `None` where its bytes are as written."""
        return self._vault.fault(sha256)

    def rows(self, sha256: str, sql: str, *values: Any) -> list[Row]:
        """Rows of one table by a statement; none where its file is missing or can't be read."""
        if not self.holds(sha256):
            return []
        with self._one_at_a_time:
            try:
                return list(self._connection(sha256).execute(sql, values))
            except reading_errors():
                return []

    def sweep(self, wanted: Collection[str]) -> None:
        """Remove row files that no table refers to; only while nothing can be undone and nobody else writes."""
        self._vault.sweep()
        for path in self._folder.glob("??/*"):
            if is_hash(path.name) and path.name not in wanted:
                with suppress(OSError):
                    path.chmod(0o600)
                    path.unlink()

    def close(self) -> None:
        """Let go of every file."""
        with self._one_at_a_time:
            for connection in self._open.values():
                connection.close()
            self._open.clear()

    def _connection(self, sha256: str) -> Any:
        if sha256 not in self._open:
            uri = f"file:{quote(str(self._vault.path(sha256).resolve()))}?mode=ro&immutable=1"
            connection = driver().connect(uri, uri=True, isolation_level=None, check_same_thread=False)
            connection.execute("PRAGMA trusted_schema=OFF")
            self._open[sha256] = connection
        return self._open[sha256]


def _write(path: Path, kind: TableKind, rows: Iterable[Row], go_on: Callable[[int], bool]) -> int:
    create, width = _TABLES[kind]
    connection = driver().connect(str(path), isolation_level=None)
    try:
        # The file is no library yet: until it is whole it may be thrown away.
        for setting in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-64000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(create)
        insert = f"INSERT OR IGNORE INTO rows VALUES ({', '.join('?' * width)})"  # noqa: S608 - only marks
        connection.execute("BEGIN")
        stream, done = iter(rows), 0
        while portion := list(itertools.islice(stream, PORTION)):
            connection.executemany(insert, portion)
            done += len(portion)
            if not go_on(done):
                raise UserError("Loading the table was cancelled.", "Nothing was kept of it.")
        connection.execute("COMMIT")
        return int(connection.execute("SELECT count(*) FROM rows").fetchone()[0])
    finally:
        connection.close()
