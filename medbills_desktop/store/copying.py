"""Copying the database of a library that may be in use, and proving the copy."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store import journal
from medbills_desktop.store.engine import raw_connection
from medbills_desktop.store.manifest import Manifest
from medbills_desktop.store.refusals import translated
from medbills_desktop.store.soundness import soundness
from medbills_desktop.store.vault import is_hash


def copy_database(source: Path, target: Path, moment: datetime) -> Manifest:
    """Copy the database through SQLite's backup interface and prove the copy; gives its manifest.

    Raises `UserError` where the copy can't be made or its records are not whole.
    """
    with translated(source.parent):
        reading = raw_connection(source, "ro")
    try:
        with translated(source.parent):
            writing = raw_connection(target, "rwc")
        try:
            with translated(source.parent):
                # One view from beginning to end: without it every change elsewhere would start the copy again.
                reading.execute("BEGIN")
                reading.execute("SELECT count(*) FROM sqlite_master").fetchone()
                reading.backup(writing)
                reading.execute("COMMIT")
                writing.execute("PRAGMA journal_mode=DELETE").fetchall()
                manifest = _described(writing, moment)
        finally:
            writing.close()
    finally:
        reading.close()
    size = target.stat().st_size
    return dataclasses.replace(manifest, database_sha256=file_hash(target), database_bytes=size)


def contents(connection: Any) -> dict[str, int]:
    """The number of rows of each table but those of the search index."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall()
    ours = [str(name) for (name,) in names if not str(name).startswith(("sqlite_", "search"))]
    return {name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in ours}  # noqa: S608


def file_hash(path: Path) -> str:
    """SHA-256 of a file that nobody has open as a database, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _described(connection: Any, moment: datetime) -> Manifest:
    if found := soundness(connection, thorough=True).records:
        raise UserError(
            f"The copy of the database is not whole ({found[0]}).",
            "The library itself may be damaged: run “medbills verify” on it. Earlier backups were left as they are.",
        )
    entry, entry_hash = journal.head_of(connection)
    return Manifest(
        made_at=moment.isoformat(timespec="seconds"),
        library_version=int(connection.execute("PRAGMA user_version").fetchone()[0]),
        database_sha256="",
        database_bytes=0,
        counts=contents(connection),
        papers=held_papers(connection),
        journal_entry=entry,
        journal_hash=entry_hash,
    )


def held_papers(connection: Any) -> Mapping[str, int]:
    """The size of each paper whose bytes the library received, by hash.

    A paper that came with a case file by name and hash only has no size, and no bytes.
    """
    rows = connection.execute("SELECT sha256, max(size) FROM document WHERE size IS NOT NULL GROUP BY sha256")
    return {str(sha): int(size) for sha, size in rows if sha is not None and is_hash(str(sha))}
