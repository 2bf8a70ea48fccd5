"""The papers of a library against its vault; the check reports and never removes anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from medbills_desktop.store.backup import backups_folder
from medbills_desktop.store.vault import Vault


def paper_faults(folder: Path, connection: Any) -> Iterator[str]:
    """Papers whose bytes are missing, changed or of another size, and paper numbers that stand on two papers."""
    vault, kept = Vault(folder / "vault"), Vault(backups_folder(folder) / "papers")
    verdicts: dict[str, str | None] = {}
    for number, sha, size in _received(connection):
        if sha not in verdicts:
            verdicts[sha] = vault.fault(sha)
        fault = verdicts[sha]
        if fault is None and vault.path(sha).stat().st_size != size:
            fault = "its size is not the one noted when it was received"
        if fault:
            whole = " A whole copy is kept with the backups." if kept.fault(sha) is None else ""
            yield f"Paper {number}: {fault}.{whole}"
    twice = connection.execute("SELECT paper_number FROM document GROUP BY paper_number HAVING count(*) > 1")
    for (number,) in twice:
        if number is not None:
            yield f"Two papers bear the number {number}."


def paper_notes(folder: Path, connection: Any) -> Iterator[str]:
    """Papers that are known by name only, files in the vault that no paper refers to, and files that don't belong."""
    vault = Vault(folder / "vault")
    rows = connection.execute("SELECT sha256, size FROM document").fetchall()
    absent = sum(1 for sha, size in rows if size is None and not vault.holds(sha))
    if absent:
        yield f"{absent} papers are known by name only; their files were never received."
    known = {str(sha) for sha, _ in rows if sha}
    for path in vault.all_files():
        where = path.relative_to(folder).as_posix()
        proper = path.parent.parent == folder / "vault" and vault.holds(path.name) and vault.path(path.name) == path
        if not proper:
            yield f"{where} is not a paper's file; it was put there by hand or by another program."
        elif path.name not in known:
            yield f"{where} belongs to no paper; it stays where it is."


def _received(connection: Any) -> Iterator[tuple[str, str, int]]:
    rows = connection.execute("SELECT id, paper_number, sha256, size FROM document WHERE size IS NOT NULL ORDER BY id")
    for id_, number, sha, size in rows.fetchall():
        yield str(number or f"with the id {id_}"), str(sha or ""), int(size)
