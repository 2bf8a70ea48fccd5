"""Automatic backups inside the library folder: the database copied, its papers beside it, proved by reopening.

`backups/20261125T034210Z/` holds `library.db` and `manifest.json`; `backups/papers/ab/abcdef…` holds each paper once
for all backups. A backup appears under its name only after it was proved.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store.engine import raw_connection
from medbills_desktop.store.thinning import superfluous
from medbills_desktop.store.vault import Vault

STAMP = "%Y%m%dT%H%M%SZ"
FORMAT = "medbills-backup"
PAGES_A_STEP = 500
"""Database pages copied before other connections get their turn."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: enough to prove it without the library that it came from."""

    made_at: str
    library_version: int
    database_sha256: str
    counts: dict[str, int]
    papers: dict[str, int]

    def text(self) -> str:
        plain = {
            "format": FORMAT,
            "version": 1,
            "made_at": self.made_at,
            "library_version": self.library_version,
            "database_sha256": self.database_sha256,
            "counts": self.counts,
            "papers": self.papers,
        }
        return json.dumps(plain, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Manifest:
        """Read a manifest; raises `UserError` where it is not one."""
        try:
            plain = json.loads(text)
            if plain["format"] != FORMAT or plain["version"] != 1:
                raise ValueError(plain["version"])
            papers = {str(sha): int(size) for sha, size in plain["papers"].items()}
            if any(len(sha) != 64 or not sha.isalnum() for sha in papers):
                raise ValueError("papers")
            return cls(
                str(plain["made_at"]),
                int(plain["library_version"]),
                str(plain["database_sha256"]),
                {str(kind): int(count) for kind, count in plain["counts"].items()},
                papers,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UserError(
                "This is not a backup of a MedBills library.", "Choose a backup that MedBills made."
            ) from error


def backups_folder(folder: Path) -> Path:
    """Where a library keeps its automatic backups."""
    return folder / "backups"


def list_backups(folder: Path) -> list[Path]:
    """The proved automatic backups of a library, oldest first."""
    parent = backups_folder(folder)
    if not parent.is_dir():
        return []
    return sorted(entry for entry in parent.iterdir() if (entry / "manifest.json").is_file() and _moment(entry))


def newest_backup(folder: Path) -> Path | None:
    """The newest proved backup, if any."""
    found = list_backups(folder)
    return found[-1] if found else None


def make_backup(folder: Path, now: datetime | None = None) -> Path:
    """Make, prove and thin automatic backups; gives the new backup's folder. Safe while the library is in use.

    Raises `UserError` where there is no room or the copy could not be proved; older backups then stay untouched.
    """
    moment = now or datetime.now(UTC)
    parent = backups_folder(folder)
    parent.mkdir(parents=True, exist_ok=True)
    aside = parent / f".making-{uuid.uuid4().hex}"
    try:
        aside.mkdir()
        manifest = copy_database(folder / "library.db", aside / "library.db", moment)
        _keep_papers(Vault(folder / "vault"), parent / "papers", manifest)
        (aside / "manifest.json").write_text(manifest.text(), encoding="utf-8")
        final = parent / moment.strftime(STAMP)
        if final.exists():
            return final
        os.replace(aside, final)
    except OSError as error:
        raise UserError(
            f"A backup could not be made: {error.strerror or error}.",
            "Check that the disk has room. Nothing else changed.",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    for old in superfluous({entry: _moment(entry) or moment for entry in list_backups(folder)}, moment):
        shutil.rmtree(old, ignore_errors=True)
    return final


def copy_database(source: Path, target: Path, moment: datetime) -> Manifest:
    """Copy the database through SQLite's backup interface and prove the copy; gives its manifest."""
    reading, writing = raw_connection(source, "ro"), raw_connection(target, "rwc")
    try:
        reading.backup(writing, pages=PAGES_A_STEP)
        found = [row[0] for row in writing.execute("PRAGMA integrity_check(3)")]
        if found != ["ok"]:
            raise UserError(
                f"The copy of the database is not whole ({found[0]}).", "The library itself may be damaged."
            )
        version = int(writing.execute("PRAGMA user_version").fetchone()[0])
        counts, papers = _contents(writing)
    finally:
        reading.close()
        writing.close()
    return Manifest(moment.isoformat(timespec="seconds"), version, file_hash(target), counts, papers)


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read in blocks."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _contents(connection: Any) -> tuple[dict[str, int], dict[str, int]]:
    names = connection.execute(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%'"
    )
    counts = {
        str(name): int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608
        for (name,) in names.fetchall()
    }
    papers = connection.execute("SELECT DISTINCT sha256, size FROM document WHERE sha256 IS NOT NULL").fetchall()
    return counts, {str(sha): int(size or 0) for sha, size in papers}


def _keep_papers(vault: Vault, pool: Path, manifest: Manifest) -> None:
    kept = Vault(pool)
    for sha in manifest.papers:
        if not kept.holds(sha) and vault.holds(sha):
            with vault.path(sha).open("rb") as stream:
                kept.take(stream)


def _moment(entry: Path) -> datetime | None:
    try:
        return datetime.strptime(entry.name, STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
