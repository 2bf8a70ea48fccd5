"""The journal: every ChangeSet in order, chained by hashes, so that a note can be shown to be as old as it says."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from medbills_desktop.domain.changes import ChangeSet, RowChange

BEGINNING = "0" * 64
"""What stands for the hash before the first entry."""


def changes_text(changes: ChangeSet) -> str:
    """The rows of a ChangeSet in the one canonical text that is hashed: JSON, keys sorted, no blanks."""
    rows = [
        {"kind": row.kind, "id": row.id, "before": _plain(row.before), "after": _plain(row.after)}
        for row in changes.rows
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def entry_hash(previous: str, seq: int, at: str, label: str, changes: str) -> str:
    """SHA-256 of the entry with the hash before it, each part in its own line of UTF-8."""
    return hashlib.sha256("\n".join((previous, str(seq), at, label, changes)).encode()).hexdigest()


def head(connection: Connection) -> tuple[int, str]:
    """Number and hash of the newest entry."""
    row = connection.exec_driver_sql("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").first()
    return (int(row[0]), str(row[1])) if row else (0, BEGINNING)


def head_of(connection: Any) -> tuple[int, str]:
    """As `head`, of a raw connection's file."""
    row = connection.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return (int(row[0]), str(row[1])) if row else (0, BEGINNING)


def append(connection: Connection, changes: ChangeSet) -> None:
    """Write one entry in the running transaction, with the present UTC time."""
    number, previous = head(connection)
    seq, at = number + 1, datetime.now(UTC).isoformat(timespec="milliseconds")
    text = changes_text(changes)
    values = (seq, at, changes.label, text, previous, entry_hash(previous, seq, at, changes.label, text))
    connection.exec_driver_sql("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?)", values)


def faults(connection: Any) -> list[str]:
    """What is not right with the chain in a raw connection's file, in words; empty where it is whole."""
    expected, previous = 1, BEGINNING
    result = connection.execute("SELECT seq, at, label, changes, previous, hash FROM journal ORDER BY seq")
    for seq, at, label, text, before, kept in result:
        if seq != expected:
            return [f"Journal entry {expected} is missing."]
        if before != previous or kept != entry_hash(before, seq, at, label, text):
            return [f"Journal entry {seq} of {at[:16].replace('T', ' ')} UTC was changed after it was written."]
        expected, previous = seq + 1, kept
    return []


def changes_from_text(label: str, text: str) -> ChangeSet:
    """The ChangeSet of a journal entry."""
    rows = tuple(RowChange(row["kind"], row["id"], row["before"], row["after"]) for row in json.loads(text))
    return ChangeSet(label, rows)


def _plain(image: object) -> object:
    return None if image is None else dict(image)  # type: ignore[call-overload]
