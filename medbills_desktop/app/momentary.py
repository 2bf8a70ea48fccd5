"""Where files lie that live for a moment: copies of recordings being played, previews and papers for the printer.

They are private, so they lie in a folder of this person's own and not in the one that all users of a computer share.
Each run has a room there, locked as long as it runs; a run that was killed leaves its room behind, and the next start
clears it away.
"""

from __future__ import annotations

import atexit
import contextlib
import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

from medbills_desktop.app.paths import Paths, make_folder

_LOCK = ".lock"


def own_room(paths: Paths) -> Path | None:
    """Clear what runs before left behind, and make every file of a moment lie in a room of this run.

    `None` where no room can be made: then the system's folder serves, as it does for every other program.
    """
    try:
        folder = make_folder(paths.temporary)
        clear_rooms(folder)
        room = Path(tempfile.mkdtemp(prefix="run-", dir=folder))
        lock = FileLock(str(folder / f"{room.name}{_LOCK}"), mode=0o600)
        lock.acquire(timeout=0)
    except (OSError, Timeout):
        return None
    tempfile.tempdir = str(room)
    atexit.register(_leave, room, lock)
    return room


def clear_rooms(folder: Path) -> None:
    """Remove the rooms of runs that ended without doing so themselves; those of running programs stay."""
    for room in sorted(folder.glob("run-*")):
        if room.suffix == _LOCK:
            continue
        lock = FileLock(str(folder / f"{room.name}{_LOCK}"), mode=0o600)
        try:
            lock.acquire(timeout=0)
        except (OSError, Timeout):
            continue
        _leave(room, lock)


def _leave(room: Path, lock: FileLock) -> None:
    shutil.rmtree(room, ignore_errors=True)
    lock.release()
    with contextlib.suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)
