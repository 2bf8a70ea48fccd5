"""Automatic backups inside the library folder: the database copied, its papers beside it, proved by reopening.

`backups/20261125T034210Z/` holds `library.db` and `manifest.json`; `backups/papers/ab/abcdef…` holds each paper once
for all backups. A backup appears under its name only after it was proved.
"""

from __future__ import annotations

import os
import re
import shutil
import uuid
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store.copying import copy_database
from medbills_desktop.store.manifest import LARGEST_TEXT, Manifest
from medbills_desktop.store.opening import find_database
from medbills_desktop.store.thinning import superfluous
from medbills_desktop.store.vault import Vault, blocks_of, sync_folder

STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)(?:-\d+)?", re.ASCII)
_MAKING = ".making-"
SHARE = 16
"""Every backup reads one in so many of the papers kept with earlier backups again, in turn."""


def backups_folder(folder: Path) -> Path:
    """Where a library keeps its automatic backups."""
    return folder / "backups"


def list_backups(folder: Path) -> list[Path]:
    """The automatic backups of a library that were proved when they were made, oldest first."""
    parent = backups_folder(folder)
    with suppress(OSError):
        found = [entry for entry in parent.iterdir() if made_at(entry) and (entry / "manifest.json").is_file()]
        return sorted(found, key=lambda entry: (made_at(entry), len(entry.name), entry.name))
    return []


def newest_backup(folder: Path) -> Path | None:
    """The newest backup whose files are all there, if any."""
    return next((entry for entry in reversed(list_backups(folder)) if looks_whole(entry)), None)


def newest_entry(folder: Path) -> int:
    """The journal entry up to which the newest backup goes; 0 where there is none."""
    newest = newest_backup(folder)
    return read_manifest(newest).journal_entry if newest else 0


def read_manifest(entry: Path) -> Manifest:
    """The manifest of an automatic backup; raises `UserError` where it can't be read."""
    try:
        with (entry / "manifest.json").open(encoding="utf-8") as stream:
            return Manifest.from_text(stream.read(LARGEST_TEXT))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{entry} is not a backup.", "Choose a backup that MedBills made.") from error


def looks_whole(entry: Path) -> bool:
    """Whether a backup's manifest can be read and its database has its size (its hash is compared on restoring)."""
    try:
        return (entry / "library.db").stat().st_size == read_manifest(entry).database_bytes
    except (OSError, UserError):
        return False


def made_at(entry: Path) -> datetime | None:
    """When a backup was made according to its name (UTC); `None` for anything that is not named as one."""
    found = _NAME.fullmatch(entry.name)
    try:
        return datetime.strptime(found[1], STAMP).replace(tzinfo=UTC) if found else None
    except ValueError:
        return None


def make_backup(folder: Path, now: datetime | None = None) -> Path:
    """Make, prove and thin automatic backups; gives the new backup's folder. Safe while the library is in use.

    Raises `UserError` where there is no room or the copy could not be proved; older backups then stay untouched.
    """
    return make_backup_with_manifest(folder, now or datetime.now(UTC))[0]


def make_backup_with_manifest(folder: Path, moment: datetime) -> tuple[Path, Manifest]:
    """As `make_backup`, with what the new backup holds."""
    database = find_database(folder)
    parent = backups_folder(folder)
    aside = parent / f"{_MAKING}{uuid.uuid4().hex}"
    try:
        parent.mkdir(exist_ok=True)
        aside.mkdir()
        manifest = copy_database(database, aside / "library.db", moment)
        manifest = _keep_papers(Vault(folder / "vault"), Vault(parent / "papers"), manifest)
        _write(aside / "manifest.json", manifest.text())
        sync_folder(aside)
        final = _free_name(parent, moment)
        os.replace(aside, final)
        sync_folder(parent)
    except OSError as error:
        raise UserError(
            f"A backup could not be made: {error.strerror or error}.",
            "Check that the disk has room. Nothing else changed.",
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    thin(folder, moment)
    return final, manifest


def thin(folder: Path, now: datetime) -> None:
    """Let superfluous backups go. One that is not whole is left where it is and never takes the place of another."""
    whole = {entry: made_at(entry) or now for entry in list_backups(folder) if looks_whole(entry)}
    for old in superfluous(whole, now):
        gone = old.with_name(f"{_MAKING}{uuid.uuid4().hex}")
        with suppress(OSError):
            os.replace(old, gone)
            shutil.rmtree(gone, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what a backup that was cut short left behind; only while nobody makes one."""
    parent = backups_folder(folder)
    with suppress(OSError):
        for left in parent.glob(f"{_MAKING}*"):
            shutil.rmtree(left, ignore_errors=True)
        Vault(parent / "papers").sweep()


def _free_name(parent: Path, moment: datetime) -> Path:
    name = moment.astimezone(UTC).strftime(STAMP)
    final, number = parent / name, 1
    while final.exists():
        number += 1
        final = parent / f"{name}-{number}"
    return final


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _keep_papers(vault: Vault, pool: Vault, manifest: Manifest) -> Manifest:
    """Put each paper beside the backups once; a paper that is lost or damaged in the vault is noted, not copied.

    The papers kept earlier are read again in turn, so that a damaged one is replaced while the vault still has it.
    """
    missing = set(manifest.missing)
    turn = manifest.journal_entry % SHARE
    with pool.many():
        for sha in manifest.papers:
            kept = pool.holds(sha)
            if kept and int(sha[:8], 16) % SHARE == turn and pool.fault(sha):
                kept = False
            if not kept and not _copied(vault, pool, sha):
                missing.add(sha)
    return manifest.without(missing)


def _copied(vault: Vault, pool: Vault, sha: str) -> bool:
    if vault.fault(sha):
        return False
    with vault.path(sha).open("rb") as stream:
        pool.take_blocks(blocks_of(stream), sha256=sha)
    return True
