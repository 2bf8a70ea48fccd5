"""Whether a database file is whole, and which part of it is not: the records, or only the search index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medbills_desktop.store.engine import reading_errors

MOST_FAULTS = 5
"""Findings of SQLite that are asked for; one is enough to know."""


@dataclass(frozen=True, slots=True)
class Soundness:
    """What SQLite's own check found: faults of the records (and all that is not derived), and of the search index."""

    records: tuple[str, ...] = ()
    search: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.records and not self.search


def soundness(connection: Any, thorough: bool = False) -> Soundness:
    """Check the file behind a raw connection; `thorough` also compares indexes with their tables.

    Where something is wrong each table is checked by itself, so that a damaged search index is told from damaged
    records.
    """
    check = "integrity_check" if thorough else "quick_check"
    found = _found(connection, f"PRAGMA {check}({MOST_FAULTS})")
    if not found:
        return Soundness()
    try:
        names = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    except reading_errors():
        return Soundness(records=found)
    faults = {name: _found(connection, f'PRAGMA {check}("{name}")') for name in names}
    of_records = tuple(fault for name, found in faults.items() if not _is_search(name) for fault in found)
    of_search = tuple(fault for name, found in faults.items() if _is_search(name) for fault in found)
    if not of_records and not of_search:
        return Soundness(records=found)
    return Soundness(of_records[:MOST_FAULTS], of_search[:MOST_FAULTS])


def _found(connection: Any, pragma: str) -> tuple[str, ...]:
    try:
        rows = [" ".join(str(row[0]).split()) for row in connection.execute(pragma)]
    except reading_errors() as error:
        return (reason_of(error),)
    return () if rows == ["ok"] else tuple(row.replace("*** in database main *** ", "") for row in rows)


def _is_search(name: str) -> bool:
    return name == "search" or name.startswith("search_")


def reason_of(error: Exception) -> str:
    """Why a damaged file can't be read, without what stands in it."""
    return "a text in it can't be read" if "decode" in str(error) else " ".join(str(error).split())[:200]
