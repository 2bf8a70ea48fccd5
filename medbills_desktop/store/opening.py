"""Opening a library folder: identify the file, refuse what is not ours, too new or damaged, mend what is derived."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from medbills_desktop.domain.errors import DamagedLibraryError, NewerLibraryError, ReadOnlyError, UserError
from medbills_desktop.store import checked
from medbills_desktop.store.engine import APPLICATION_ID, DATABASE, check_path, driver, raw_connection
from medbills_desktop.store.lock import LibraryLock
from medbills_desktop.store.refusals import CANTOPEN, READONLY, code_of, damaged, translated
from medbills_desktop.store.schema import USER_VERSION, parts_of, strange_parts
from medbills_desktop.store.search_index import repair
from medbills_desktop.store.soundness import Soundness, reason_of, soundness

SMALLEST_FILE = 512
"""Bytes of the smallest database page; a shorter file was cut off."""


def find_database(folder: Path) -> Path:
    """The database of a library folder; refuses, and makes nothing, where there is none.

    Where the database is gone but papers or backups are there, the newest backup is named.
    """
    database = folder / DATABASE
    check_path(database)
    try:
        size = database.stat().st_size if database.is_file() else None
    except OSError as error:
        raise UserError(
            f"The library in {folder} can't be read: {error.strerror or error}.", "Check the permissions."
        ) from error
    if size is None:
        if not folder.is_dir():
            raise UserError(f"The folder {folder} is not there.", "Connect its drive, or choose another folder.")
        if (folder / "vault").is_dir() or (folder / "backups").is_dir():
            raise damaged(folder, f"its file {DATABASE} is missing")
        raise UserError(f"There is no library in {folder}.", "Check the folder, or make a new library there.")
    if size < SMALLEST_FILE:
        raise damaged(folder, f"its file {DATABASE} is cut off")
    return database


def identify(folder: Path) -> int:
    """The version number in the library's file; refuses folders that hold no library, and files too new or not ours.

    Raises `UserError`, `NewerLibraryError` or `DamagedLibraryError`, each naming the folder and what to do. The file
    is only ever read through SQLite: closing a handle of our own would drop the locks of a library that is open.
    """
    with connected(folder, "ro") as connection:
        return version_of(folder, connection)


def version_of(folder: Path, connection: Any) -> int:
    """The version number of the file behind a raw connection, under the rules of `identify`."""
    if int(connection.execute("PRAGMA application_id").fetchone()[0]) != APPLICATION_ID:
        raise UserError(
            f"{folder / DATABASE} is a database of another program.", "Choose the folder of a MedBills library."
        )
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > USER_VERSION:
        raise NewerLibraryError(
            f"This library was written by a newer version of MedBills (library version {shown_version(version)}; "
            f"this program knows {shown_version(USER_VERSION)}).",
            "Install the newer version to open it. Nothing was changed.",
        )
    return version


def shown_version(version: int) -> str:
    """A library version as people see it: 100 is `1.0`."""
    return f"{version // 100}.{version % 100}"


@dataclass(frozen=True, slots=True)
class Opened:
    """A library found fit to be opened: its lock (when it will be written) and when its whole file was last checked."""

    lock: LibraryLock | None
    checked_at: datetime


def open_sound(folder: Path, writing: bool) -> Opened:
    """Take the lock (when writing), check the file, bring it to this version and mend what is derived.

    Every refusal is a `UserError`; then nothing was changed and the lock is free again.
    """
    find_database(folder)
    lock = take_lock(folder) if writing else None
    try:
        return Opened(lock, _make_fit(folder, writing))
    except BaseException:
        if lock:
            lock.release()
        raise


def _make_fit(folder: Path, writing: bool) -> datetime:
    now = datetime.now(UTC)
    if checked.trusted(folder, now):
        return checked.checked_at(folder)
    with connected(folder, "rw" if writing else "ro") as connection:
        version = version_of(folder, connection)
        found = soundness(connection)
        refuse_damage(folder, connection, found)
        no_search = bool(found.search) or lacks_search(connection)
    if version < USER_VERSION:
        from medbills_desktop.store.migrating import migrate

        migrate(folder, "write" if writing else "read")
    if no_search and writing:
        repair(folder)
        check_whole(folder, "rw")
    return now


def take_lock(folder: Path) -> LibraryLock:
    """The lock on a library folder; raises `LibraryBusyError` or `ReadOnlyError`."""
    lock = LibraryLock(folder)
    try:
        lock.take()
    except OSError as error:
        raise ReadOnlyError(
            f"The folder {folder} can't be written to: {error.strerror or error}.",
            "Open it for reading only, or copy it to a place where you may write.",
        ) from error
    return lock


def check_whole(folder: Path, mode: str) -> None:
    """Check the file and its schema; raises `DamagedLibraryError` where the records are not whole or not ours.

    Damage to the search index alone is passed over.
    """
    with connected(folder, mode) as connection:
        refuse_damage(folder, connection, soundness(connection))


def refuse_damage(folder: Path, connection: Any, found: Soundness) -> None:
    """Raise `DamagedLibraryError` for damage outside the search index, or a schema that is not this version's."""
    if found.records:
        raise damaged(folder, found.records[0])
    current = version_of(folder, connection) == USER_VERSION
    if strange := strange_parts(connection, exactly=current):
        raise foreign(folder, strange[0])


def foreign(folder: Path, detail: str) -> DamagedLibraryError:
    """The refusal of a file with parts that could run something, or without parts that are needed."""
    refused = damaged(folder, detail)
    return DamagedLibraryError(f"The library in {folder} was changed by another program: {detail}.", refused.todo)


def lacks_search(connection: Any) -> bool:
    """Whether the file has no search index at all."""
    return ("table", "search") not in parts_of(connection)


@contextmanager
def connected(folder: Path, mode: str) -> Iterator[Any]:
    """A raw connection to a library's file in SQLite's `ro` or `rw` mode, with its errors as refusals.

    Reading a file that was left in the middle of a change needs writing first (SQLite takes the change back); where
    the folder allows it this is done.
    """
    database = find_database(folder)
    with translated(folder):
        try:
            connection = _read_once(database, mode)
        except UnicodeDecodeError as error:
            raise damaged(folder, reason_of(error)) from error
        except driver().DatabaseError as error:
            if mode != "ro" or code_of(error) & 0xFF not in (READONLY, CANTOPEN):
                raise
            _read_once(database, "rw").close()
            connection = _read_once(database, "ro")
        try:
            yield connection
        finally:
            connection.close()


def _read_once(database: Path, mode: str) -> Any:
    connection = raw_connection(database, mode)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection
