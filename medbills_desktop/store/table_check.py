"""The row files of loaded tables of codes against their records: only notes, since each file can be loaded again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medbills_desktop.store.table_shelf import TableShelf


def table_notes(folder: Path, connection: Any) -> Iterator[str]:
    """Tables whose rows are not here (as after restoring a backup), or not as they were written."""
    shelf = TableShelf(folder)
    for file, sha in connection.execute("SELECT file, rows_sha256 FROM code_table ORDER BY id").fetchall():
        if not shelf.holds(str(sha)):
            yield f"The rows of the table of codes “{file}” are not here; load its file again to have it checked with."
        elif shelf.fault(str(sha)):
            yield f"The rows of the table of codes “{file}” were changed or damaged; remove it and load its file again."
