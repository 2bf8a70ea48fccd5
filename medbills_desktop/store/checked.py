"""Remembering that a library file was found whole, so that opening need not read all of it each time."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from medbills_desktop.store.engine import DATABASE, driver_version
from medbills_desktop.store.schema import USER_VERSION

TRUSTED_FOR = timedelta(days=7)
"""A file that nobody touched is checked again after this time: disks forget."""


def note_of(folder: Path) -> Path:
    """Where the note is kept; it may be deleted at any time."""
    return folder / "derived" / "checked.json"


def trusted(folder: Path, now: datetime) -> bool:
    """Whether the file is byte for byte as old as it was when it was last closed in good order, and checked lately.

    After a crash, a copy or any foreign change its size or time differs, and the answer is no.
    """
    try:
        note = json.loads(note_of(folder).read_text(encoding="utf-8"))
        checked = datetime.fromisoformat(note["checked_at"])
        same = note["file"] == _fingerprint(folder) and note["programs"] == _programs()
        return bool(same and timedelta(0) <= now - checked <= TRUSTED_FOR)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(folder: Path, checked_at: datetime) -> None:
    """Note the state of a closed file that was whole at `checked_at` (UTC) and changed only by us since."""
    path = note_of(folder)
    note = {
        "checked_at": checked_at.isoformat(),
        "file": _fingerprint(folder),
        "programs": _programs(),
    }
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        aside = path.with_suffix(".part")
        aside.write_text(json.dumps(note), encoding="utf-8")
        aside.replace(path)


def checked_at(folder: Path) -> datetime:
    """When the file was last checked according to the note; the present where there is none."""
    try:
        return datetime.fromisoformat(json.loads(note_of(folder).read_text(encoding="utf-8"))["checked_at"])
    except (OSError, ValueError, KeyError, TypeError):
        return datetime.now(UTC)


def _programs() -> list[int]:
    """The versions of library and SQLite: another one looks at the file with its own eyes."""
    return [USER_VERSION, *driver_version()]


def _fingerprint(folder: Path) -> list[int]:
    """Which file it is, its size and time of change, and the size of a log or journal beside it."""
    known = (folder / DATABASE).stat()
    beside = sum(path.stat().st_size for path in folder.glob(f"{DATABASE}-[jw]*"))
    return [known.st_ino, known.st_size, known.st_mtime_ns, beside]
