"""A library folder, opened: reading, the unit of work, and everything that belongs to the folder."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeVar

from sqlalchemy.exc import DBAPIError

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.errors import DamagedLibraryError, ReadOnlyError, UserError
from medbills_desktop.store import backup, journal, search
from medbills_desktop.store.engine import driver, open_engine
from medbills_desktop.store.lock import LibraryLock
from medbills_desktop.store.opening import DATABASE, check_whole, damaged, identify
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.schema import USER_VERSION, create_schema
from medbills_desktop.store.vault import Vault
from medbills_desktop.store.work import Work

T = TypeVar("T")
Mode = Literal["write", "read"]


class Library:
    """One open library. Reading may happen on any thread; writing is one transaction at a time.

    Use `Library.create` or `Library.open`, and close it (or use it as a context manager).
    """

    def __init__(self, folder: Path, mode: Mode, lock: LibraryLock | None) -> None:
        self.folder = folder
        self.mode: Mode = mode
        self.vault = Vault(folder / "vault")
        self._lock = lock
        self._engine = open_engine(folder / DATABASE, "rw" if mode == "write" else "ro")
        self._writer = self._engine.execution_options(medbills_writing=True)
        self._writing = threading.RLock()
        self._backed_up_at: int | None = None

    @classmethod
    def create(cls, folder: Path) -> Library:
        """Make an empty library in a new or empty folder; raises `UserError` where something is there already."""
        if folder.exists() and (not folder.is_dir() or any(entry.name != "library.lock" for entry in folder.iterdir())):
            raise UserError(f"{folder} is not empty.", "Choose a new or empty folder for the library.")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = LibraryLock(folder)
            lock.take()
        except OSError as error:
            raise UserError(
                f"A library can't be made in {folder}: {error.strerror or error}.", "Choose another folder."
            ) from error
        with _translated(folder):
            engine = open_engine(folder / DATABASE, "rwc")
            with engine.execution_options(medbills_writing=True).begin() as connection:
                create_schema(connection)
            engine.dispose()
        return cls(folder, "write", lock)

    @classmethod
    def open(cls, folder: Path, mode: Mode = "write") -> Library:
        """Open an existing library; every refusal is a `UserError` that says what to do. Writing takes the lock."""
        version = identify(folder)
        lock: LibraryLock | None = None
        if mode == "write":
            lock = LibraryLock(folder)
            try:
                lock.take()
            except OSError as error:
                raise ReadOnlyError(
                    f"The folder {folder} can't be written to: {error.strerror or error}.",
                    "Open it for reading only, or copy it to a place where you may write.",
                ) from error
        try:
            check_whole(folder, "rw" if mode == "write" else "ro")
            if version < USER_VERSION:
                from medbills_desktop.store.migrating import migrate

                migrate(folder, mode)
            library = cls(folder, mode, lock)
            if mode == "write":
                library.vault.sweep()
            library._backed_up_at = library.journal_head()[0]
        except BaseException:
            if lock:
                lock.release()
            raise
        return library

    def close(self, with_backup: bool = False) -> None:
        """Close; with `with_backup` a proved backup is made first if anything changed since the last one."""
        try:
            if with_backup and self.changed_since_backup():
                self.back_up()
        finally:
            self._engine.dispose()
            if self._lock:
                self._lock.release()

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, query: Callable[[Reader], T]) -> T:
        """Run a query on one consistent view; it gets a `Reader` and gives frozen values."""
        with _translated(self.folder), self._engine.connect() as connection, connection.begin():
            return query(Reader(connection))

    @contextmanager
    def working(self) -> Iterator[Work]:
        """One writing transaction that is not journaled: for derived data (page texts, drafts) and library facts."""
        if self.mode == "read":
            raise ReadOnlyError("This library is open for reading only.", "Open it for writing to change it.")
        with self._writing, _translated(self.folder), self._writer.begin() as connection:
            yield Work(connection)

    def perform(self, label: str, act: Callable[[Work], T]) -> tuple[T, ChangeSet]:
        """Run `act` in one transaction and write what it changed into the journal; all or nothing."""
        with self.working() as work:
            result = act(work)
            changes = ChangeSet(label, tuple(work.recorded))
            if changes.rows:
                journal.append(work._connection, changes)  # noqa: SLF001 - the same room
        return result, changes

    def journal_head(self) -> tuple[int, str]:
        """Number and hash of the newest journal entry."""
        return self.read(lambda reader: journal.head(reader._connection))  # noqa: SLF001 - the same room

    def rebuild_search(self) -> None:
        """Make the search index anew from the records and page texts."""
        with self.working() as work:
            search.rebuild(work._connection)  # noqa: SLF001 - the same room

    def changed_since_backup(self) -> bool:
        """Whether anything was journaled since the last backup of this session (or since opening)."""
        return self._backed_up_at != self.journal_head()[0]

    def back_up(self) -> Path:
        """Make and prove an automatic backup now."""
        number = self.journal_head()[0]
        made = backup.make_backup(self.folder, datetime.now(UTC))
        self._backed_up_at = number
        return made


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Turn the database's own complaints into refusals that a person can act on."""
    try:
        yield
    except DBAPIError as error:
        raise _refusal(folder, error.orig or error) from error
    except driver().DatabaseError as error:
        raise _refusal(folder, error) from error


def _refusal(folder: Path, error: Any) -> Exception:
    text = str(error)
    if "full" in text:
        return UserError("The disk is full, so the change was not saved.", "Make room on the disk, then do it again.")
    if "readonly" in text or "unable to open" in text:
        return ReadOnlyError(f"The library in {folder} can't be written to.", "Check that the folder is writable.")
    if "locked" in text:
        return UserError("Another program is using the library just now.", "Wait a moment and do it again.")
    if "malformed" in text or "not a database" in text or "disk I/O" in text:
        return damaged(folder, text)
    if isinstance(error, DamagedLibraryError):
        return error
    return RuntimeError(f"the database refused a statement: {type(error).__name__}: {text[:200]}")
