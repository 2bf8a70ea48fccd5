"""A library folder, opened: reading, the unit of work, and everything that belongs to the folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy import Engine

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.errors import DamagedLibraryError, ReadOnlyError, UserError
from medbills_desktop.domain.records import CodeTable
from medbills_desktop.store import backup, checked, journal, search_index
from medbills_desktop.store.creating import create_library
from medbills_desktop.store.engine import DATABASE, driver, open_engine, raw_connection
from medbills_desktop.store.lock import LibraryLock
from medbills_desktop.store.opening import connected, open_sound
from medbills_desktop.store.places import allows_log
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.refusals import search_damaged, translated
from medbills_desktop.store.salvage import salvage
from medbills_desktop.store.soundness import soundness
from medbills_desktop.store.table_shelf import TableShelf
from medbills_desktop.store.vault import Vault
from medbills_desktop.store.work import Work

T = TypeVar("T")
Mode = Literal["write", "read"]


class Library:
    """One open library. Reading may happen on any thread; writing is one transaction at a time.

    Use `Library.create` or `Library.open`, and close it (or use it as a context manager). Both may be called on any
    thread; opening reads the whole file now and then, which takes half a second for 2,000 bills.
    """

    def __init__(self, folder: Path, mode: Mode, lock: LibraryLock | None, engine: Engine | None = None) -> None:
        self.folder = folder
        self.mode: Mode = mode
        self.vault = Vault(folder / "vault")
        self.tables = TableShelf(folder)
        self.left_out: Mapping[str, int] = {}
        """Rows of each kind that could not be read from a damaged library (`accept_damage`)."""
        self._lock = lock
        self._keeper: Any = None
        self._engine = engine or open_engine(folder / DATABASE, "rw" if mode == "write" else "ro")
        self._writer = self._engine.execution_options(medbills_writing=True)
        self._writing = threading.RLock()
        self._in_work = False
        self._closed = False
        self._checked_at: datetime | None = None
        self._backed_up: int | None = None

    @classmethod
    def create(cls, folder: Path) -> Library:
        """Make an empty library in a new or empty folder; raises `UserError` where something is there already."""
        lock = create_library(folder)
        library = cls(folder, "write", lock)
        library._checked_at = datetime.now(UTC)
        library._use_log()
        return library

    @classmethod
    def open(cls, folder: Path, mode: Mode = "write", accept_damage: bool = False) -> Library:
        """Open an existing library; every refusal is a `UserError` that says what to do. Writing takes the lock.

        With `accept_damage` (reading only) the rows that can still be read are shown, and `left_out` counts the rest.
        """
        if accept_damage:
            return cls._open_damaged(folder, mode)
        opened = open_sound(folder, writing=mode == "write")
        try:
            library = cls(folder, mode, opened.lock)
            library._checked_at = opened.checked_at
            if mode == "write":
                library._use_log()
                library.vault.sweep()
                backup.sweep(folder)
                library.tables.sweep(library.read(_loaded_tables))
        except BaseException:
            if opened.lock:
                opened.lock.release()
            raise
        return library

    @classmethod
    def _open_damaged(cls, folder: Path, mode: Mode) -> Library:
        if mode != "read":
            raise ReadOnlyError("A damaged library can't be changed.", "Open it for reading only, or restore a backup.")
        saved = salvage(folder)
        library = cls(folder, "read", None, saved.engine)
        library.left_out = saved.left_out
        library._keeper = saved.keeper
        return library

    def close(self, with_backup: bool = False) -> None:
        """Close; with `with_backup` a proved backup is made first if anything changed since the last one.

        A library at rest is one file without a log beside it. Closing twice does nothing.
        """
        if self._closed:
            return
        try:
            if with_backup and self.mode == "write" and self.changed_since_backup():
                self.back_up()
        finally:
            self._closed = True
            self.tables.close()
            self._engine.dispose()
            if self._keeper is not None:
                self._keeper.close()
            if self.mode == "write":
                self._put_log_away()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, query: Callable[[Reader], T]) -> T:
        """Run a query on one consistent view; it gets a `Reader` and gives frozen values."""
        try:
            return self._read(query)
        except DamagedLibraryError as error:
            self._mend_search(error)
        return self._read(query)

    @contextmanager
    def working(self) -> Iterator[Work]:
        """One writing transaction that is not journaled: for derived data (page texts, drafts) and library facts.

        Raises `RuntimeError` where a record was changed in it: that goes through `perform`, or it would miss journal,
        undo and the refresh of screens.
        """
        with self._transaction() as work:
            yield work
            if work.recorded:
                raise RuntimeError("records were changed outside of perform, so nothing was kept")

    def perform(
        self, label: str, act: Callable[[Work], T], before_commit: Callable[[ChangeSet], None] | None = None
    ) -> tuple[T, ChangeSet]:
        """Run `act` in one transaction and write what it changed into the journal; all or nothing.

        `before_commit` sees the changes while the rest of the world still has the state before them; what it raises
        undoes everything. Where the search index turns out to be damaged it is made again, and `act` runs once more.
        """
        try:
            return self._perform(label, act, before_commit)
        except DamagedLibraryError as error:
            self._mend_search(error)
        return self._perform(label, act, before_commit)

    def journal_head(self) -> tuple[int, str]:
        """Number and hash of the newest journal entry."""
        return self.read(lambda reader: journal.head(reader.connection))

    def rebuild_search(self) -> None:
        """Make the search index anew from the records and page texts."""
        with self._writing:
            try:
                with self.working() as work:
                    search_index.rebuild(work.connection)
            except DamagedLibraryError:
                self._engine.dispose()
                with translated(self.folder):
                    search_index.repair(self.folder)
                    self._use_log()

    def changed_since_backup(self) -> bool:
        """Whether anything was journaled since the newest backup."""
        if self._backed_up is None:
            self._backed_up = backup.newest_entry(self.folder)
        return self._backed_up != self.journal_head()[0]

    def last_backup_at(self) -> datetime | None:
        """When the newest backup was made (UTC), or `None` where there is none."""
        newest = backup.newest_backup(self.folder)
        return backup.made_at(newest) if newest else None

    def back_up(self) -> Path:
        """Make and prove an automatic backup now. May run on any thread, beside reading and writing."""
        made, manifest = backup.make_backup_with_manifest(self.folder, datetime.now(UTC))
        self._backed_up = manifest.journal_entry
        return made

    def _mend_search(self, error: DamagedLibraryError) -> None:
        """Make the search index again where only it is damaged; else raise the damage that was met."""
        with connected(self.folder, "ro") as connection:
            found = soundness(connection)
        if found.records or not found.search:
            raise error
        if self.mode == "read":
            raise search_damaged() from error
        self.rebuild_search()

    def _read(self, query: Callable[[Reader], T]) -> T:
        with translated(self.folder), self._engine.connect() as connection, connection.begin():
            return query(Reader(connection, self.tables))

    @contextmanager
    def _transaction(self) -> Iterator[Work]:
        if self.mode == "read":
            raise ReadOnlyError("This library is open for reading only.", "Open it for writing to change it.")
        with self._writing:
            if self._in_work:
                raise RuntimeError("a unit of work was begun inside another one")
            self._in_work = True
            try:
                with translated(self.folder), self._writer.begin() as connection:
                    yield Work(connection, self.tables)
            finally:
                self._in_work = False

    def _perform(
        self, label: str, act: Callable[[Work], T], before_commit: Callable[[ChangeSet], None] | None
    ) -> tuple[T, ChangeSet]:
        with self._transaction() as work:
            result = act(work)
            changes = ChangeSet(label, tuple(work.recorded))
            if changes.rows and before_commit:
                before_commit(changes)
            if changes.rows:
                journal.append(work.connection, changes)
        return result, changes

    def _use_log(self) -> None:
        """Let readers and the writer work side by side while the library is open, where the place allows it."""
        if allows_log(self.folder):
            self._set_journal("WAL")

    def _put_log_away(self) -> None:
        self._set_journal("DELETE")
        if self._checked_at:
            with suppress(OSError):
                checked.remember(self.folder, self._checked_at)

    def _set_journal(self, kind: str) -> None:
        """Change how SQLite keeps changes in progress; another reader or a full disk may prevent it, which is fine."""
        with suppress(driver().DatabaseError, UserError):
            connection = raw_connection(self.folder / DATABASE, "rw")
            try:
                connection.execute("PRAGMA busy_timeout=200")
                connection.execute(f"PRAGMA journal_mode={kind}").fetchall()
            finally:
                connection.close()


def _loaded_tables(reader: Reader) -> set[str]:
    return {table.rows_sha256 for table in reader.find(CodeTable)}
