"""When an automatic backup is due while one works."""

from __future__ import annotations

from datetime import datetime, timedelta

EVERY = timedelta(minutes=30)
"""Between two automatic backups of a library that changes; what a person can type in that time can be typed again."""


def backup_due(last_backup_at: datetime | None, changed: bool, now: datetime) -> bool:
    """Whether to make a backup now.

    `changed` says whether anything was entered since the last one; without a change none is ever due. A clock that was
    set back must not put backups off, so a last backup in the future counts as long ago.
    """
    if not changed:
        return False
    if last_backup_at is None:
        return True
    return not timedelta(0) <= now - last_backup_at < EVERY
