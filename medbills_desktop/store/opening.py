"""Opening a library folder: identify the file, refuse what is not ours or too new, migrate, check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from medbills_desktop.domain.errors import DamagedLibraryError, NewerLibraryError, UserError
from medbills_desktop.store.engine import APPLICATION_ID, driver, raw_connection
from medbills_desktop.store.schema import USER_VERSION

DATABASE = "library.db"
SQLITE_HEADER = b"SQLite format 3\x00"


def identify(folder: Path) -> int:
    """The version number in the library's file; refuses folders that hold no library, and files too new or not ours.

    Raises `UserError`, `NewerLibraryError` or `DamagedLibraryError`, each naming the folder and what to do.
    """
    database = folder / DATABASE
    if not database.is_file():
        raise UserError(f"There is no library in {folder}.", "Check the folder, or make a new library there.")
    try:
        with database.open("rb") as stream:
            header = stream.read(100)
    except OSError as error:
        raise UserError(
            f"The library in {folder} can't be read: {error.strerror}.", "Check the permissions."
        ) from error
    if len(header) < 100 or not header.startswith(SQLITE_HEADER):
        raise damaged(folder, "its file does not begin as a database does")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise UserError(f"{database} is a database of another program.", "Choose the folder of a MedBills library.")
    version = int.from_bytes(header[60:64], "big")
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


def check_whole(folder: Path, mode: str) -> None:
    """SQLite's own quick check of the file; raises `DamagedLibraryError` where it finds something."""
    connection: Any = None
    try:
        connection = raw_connection(folder / DATABASE, mode)
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    except driver().DatabaseError as error:
        raise damaged(folder, str(error)) from error
    finally:
        if connection is not None:
            connection.close()
    if found != ["ok"]:
        raise damaged(folder, found[0])


def damaged(folder: Path, detail: str) -> DamagedLibraryError:
    """The refusal of a damaged library, naming the newest backup where there is one."""
    from medbills_desktop.store.backup import newest_backup

    newest = newest_backup(folder)
    todo = (
        f"Restore the newest backup into a new folder: medbills restore {newest} --library NEWFOLDER."
        if newest
        else "No backup was found beside it. Keep the folder as it is; the papers in its vault are separate files."
    )
    return DamagedLibraryError(f"The library in {folder} is damaged ({detail}).", todo)
