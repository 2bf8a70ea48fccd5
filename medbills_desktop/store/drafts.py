"""Typed text that is not a record yet, kept so that a crash or a closed window loses nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from medbills_desktop.store.library import Library


def keep_draft(library: Library, key: str, body: dict[str, Any]) -> None:
    """Keep what stands in a form under a key, in place of what was kept before. Not journaled, not undone."""
    text, now = json.dumps(body), datetime.now(UTC).isoformat(timespec="seconds")
    with library.working() as work:
        work.rows_written("DELETE FROM draft WHERE key = ?", key)
        work.rows_written("INSERT INTO draft VALUES (?, ?, ?)", key, text, now)


def find_draft(library: Library, key: str) -> dict[str, Any] | None:
    """What was kept under a key, or `None`."""
    text = library.read(lambda reader: reader.scalar("SELECT body FROM draft WHERE key = ?", key))
    return None if text is None else dict(json.loads(text))


def drop_draft(library: Library, key: str) -> None:
    """Forget what was kept under a key, once it has become a record."""
    with library.working() as work:
        work.rows_written("DELETE FROM draft WHERE key = ?", key)
