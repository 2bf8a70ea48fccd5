"""Making a new library folder: nothing half-made is left behind, and nothing that was there is touched."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store.engine import DATABASE, check_path, open_engine
from medbills_desktop.store.lock import LOCK_FILES, LibraryLock
from medbills_desktop.store.refusals import translated
from medbills_desktop.store.schema import create_schema
from medbills_desktop.store.vault import sync_folder

_ASIDE = f".{DATABASE}.making"


def create_library(folder: Path) -> LibraryLock:
    """Make an empty library in a new or empty folder and give the lock on it.

    Raises `UserError` where something is there already, the path is too long or the folder can't be written to.
    """
    check_path(folder / DATABASE)
    _refuse_full(folder)
    new = not folder.exists()
    lock: LibraryLock | None = None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = LibraryLock(folder)
        lock.take()
        _refuse_full(folder)
        _make(folder)
    except OSError as error:
        _undo(folder, lock, new)
        raise UserError(
            f"A library can't be made in {folder}: {error.strerror or error}.", "Choose another folder."
        ) from error
    except UserError:
        _undo(folder, lock, new)
        raise
    return lock


def _refuse_full(folder: Path) -> None:
    if not folder.exists():
        return
    ours = {*LOCK_FILES, _ASIDE, f"{_ASIDE}-journal"}
    if not folder.is_dir() or any(entry.name not in ours for entry in folder.iterdir()):
        raise UserError(f"{folder} is not empty.", "Choose a new or empty folder for the library.")


def _make(folder: Path) -> None:
    """Write the database under another name first, so that `library.db` is whole from the moment it is there."""
    aside = folder / _ASIDE
    _remove_aside(folder)
    engine = open_engine(aside, "rwc")
    try:
        with translated(folder, _ASIDE), engine.execution_options(medbills_writing=True).begin() as connection:
            create_schema(connection)
    finally:
        engine.dispose()
    (folder / "vault").mkdir(exist_ok=True)
    os.replace(aside, folder / DATABASE)
    sync_folder(folder)


def _undo(folder: Path, lock: LibraryLock | None, new: bool) -> None:
    _remove_aside(folder)
    if lock:
        lock.release()
    if new:
        with contextlib.suppress(OSError):
            for name in (*LOCK_FILES, "vault"):
                path = folder / name
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink(missing_ok=True)
            folder.rmdir()


def _remove_aside(folder: Path) -> None:
    for name in (_ASIDE, f"{_ASIDE}-journal"):
        with contextlib.suppress(OSError):
            (folder / name).unlink()
