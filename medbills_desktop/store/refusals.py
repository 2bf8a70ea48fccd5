"""The database's own complaints, turned into refusals that a person can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from medbills_desktop.domain.errors import DamagedLibraryError, NotFoundError, ReadOnlyError, UserError
from medbills_desktop.store.engine import DATABASE, driver
from medbills_desktop.store.soundness import reason_of

BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, CONSTRAINT, NOTADB = 5, 6, 8, 10, 11, 13, 14, 19, 26
"""SQLite's primary result codes, see sqlite.org/rescode.html."""

SEARCH_CORRUPT = 267
"""The code with which the full-text index itself reports that it is damaged (`SQLITE_CORRUPT_VTAB`)."""

_FOREIGN_KEY, _UNIQUE, _PRIMARY_KEY, _CHECK, _NOT_NULL = 787, 2067, 1555, 275, 1299
_BROKEN_RULES = {
    _UNIQUE: ("Another record has the same id already.", "Leave the id empty, so that a new one is given."),
    _PRIMARY_KEY: ("This record is in the library already.", "Edit the one that is there."),
    _CHECK: ("A field holds a word that is not on its list.", "Choose one of the words of the list."),
    _NOT_NULL: ("A field that must be filled is empty.", "Fill it, then do it again."),
}


class BrokenRuleError(UserError):
    """A change that would break a rule between records, so it was not made."""


class GoneError(NotFoundError, BrokenRuleError):
    """A change that refers to a record that is not in the library."""


class SearchDamagedError(DamagedLibraryError):
    """Only the search index is damaged; it is derived, so nothing is lost."""


@contextmanager
def translated(folder: Path, name: str = DATABASE) -> Iterator[None]:
    """Raise `UserError` or one of its kinds in place of the errors of the database `name` in a library's folder."""
    try:
        yield
    except DBAPIError as error:
        raise refusal(folder, error.orig or error, name) from error
    except (driver().DatabaseError, sqlite3.DatabaseError) as error:
        raise refusal(folder, error, name) from error


_CODES_BY_TEXT = {
    "disk is full": FULL,
    "is locked": BUSY,
    "disk I/O error": IOERR,
    "malformed": CORRUPT,
    "decode to UTF-8": CORRUPT,
    "not a database": NOTADB,
    "readonly": READONLY,
    "unable to open": CANTOPEN,
}
"""For errors that come without a code: those of the backup interface, and texts that are no texts any more."""


def code_of(error: Any) -> int:
    """SQLite's extended result code of a driver's error; 0 where it can't be told."""
    code = int(getattr(error, "sqlite_errorcode", 0) or 0)
    return code or next((code for part, code in _CODES_BY_TEXT.items() if part in str(error)), 0)


def refusal(folder: Path, error: Any, name: str = DATABASE) -> Exception:
    """What to raise for an error of the database of the library in `folder`."""
    code = code_of(error)
    primary = code & 0xFF
    if not (folder / name).is_file():
        return UserError(
            f"The library in {folder} is no longer there.", "Connect its drive again, or put the folder back."
        )
    if primary == CONSTRAINT:
        return _broken_rule(code, error)
    if code == SEARCH_CORRUPT:
        return search_damaged()
    if primary in (CORRUPT, NOTADB):
        return damaged(folder, reason_of(error))
    return _trouble(folder, primary, error)


def _trouble(folder: Path, primary: int, error: Any) -> Exception:
    if primary == FULL:
        return UserError("The disk is full, so the change was not saved.", "Make room on the disk, then do it again.")
    if primary in (BUSY, LOCKED):
        return UserError("Another program is using the library just now.", "Wait a moment and do it again.")
    if primary == IOERR:
        return UserError(
            "The disk could not be read or written, so nothing was changed.",
            "Check that the disk is connected and has room, then do it again.",
        )
    if primary in (READONLY, CANTOPEN):
        return unwritable(folder)
    return RuntimeError(f"the database refused a statement: {type(error).__name__}: {str(error)[:200]}")


def unwritable(folder: Path) -> ReadOnlyError:
    """The refusal where the folder does not let us write, with a word about a change that waits to be completed."""
    left = [name for name in (f"{DATABASE}-journal", f"{DATABASE}-wal") if _has_bytes(folder / name)]
    if left:
        return ReadOnlyError(
            f"The library in {folder} was left in the middle of a change, and it can't be completed there "
            "because the folder can't be written to.",
            "Copy the whole folder to a place where you may write, and open it there.",
        )
    return ReadOnlyError(
        f"The library in {folder} can't be written to.",
        "Check that the folder is writable, open it for reading only, or copy it to another place.",
    )


def search_damaged() -> SearchDamagedError:
    """The refusal of a search in a library that is open for reading only; one open for writing mends itself."""
    return SearchDamagedError(
        "The search index of this library is damaged; the records are not.",
        "Open the library for writing once; the index is then made again.",
    )


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


def _broken_rule(code: int, error: Any) -> Exception:
    if code == _FOREIGN_KEY:
        return GoneError(
            "Something that this refers to is not (or no longer) in the library.",
            "Nothing was changed. Choose it again; it may have been removed or undone.",
        )
    if code in _BROKEN_RULES:
        return BrokenRuleError(*_BROKEN_RULES[code])
    return RuntimeError(f"the database refused a statement: {type(error).__name__}: {str(error)[:200]}")


def _has_bytes(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except OSError:
        return False
