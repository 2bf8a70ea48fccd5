"""One writer at a time: the lock file of a library folder, held as long as the library is open for writing."""

from __future__ import annotations

import contextlib
import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from medbills_desktop.domain.errors import LibraryBusyError

LOCK_FILES = ("library.lock", "library.lock-holder")
"""What the lock leaves in a library folder; harmless when nobody holds it."""


class LibraryLock:
    """An operating-system lock on `library.lock`; it goes by itself when the process ends, so none is ever stale."""

    def __init__(self, folder: Path) -> None:
        self._note = folder / LOCK_FILES[1]
        self._lock = FileLock(str(folder / LOCK_FILES[0]), mode=0o600)

    def take(self) -> None:
        """Take the lock at once, or raise `LibraryBusyError` naming who holds it.

        Raises `OSError` where the folder can't be written to.
        """
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise LibraryBusyError(
                f"This library is already open{self._holder()}.",
                "Use that window, or close it first. It can be opened for reading meanwhile.",
            ) from None
        holder = {"pid": os.getpid(), "host": platform.node(), "since": datetime.now(UTC).isoformat(timespec="seconds")}
        with contextlib.suppress(OSError):  # the note is only for the message; a full disk must not keep us out
            self._note.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._lock.is_locked:
            with contextlib.suppress(OSError):
                self._note.unlink(missing_ok=True)
            self._lock.release()

    def _holder(self) -> str:
        try:
            holder = json.loads(self._note.read_text(encoding="utf-8"))
            return f" on {holder['host']} since {holder['since'][:16].replace('T', ' ')} UTC (process {holder['pid']})"
        except (OSError, ValueError, KeyError, TypeError):
            return " in another window"
