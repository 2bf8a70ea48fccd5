"""A whole library as one backup file, and the way back from a backup into a new folder."""

from __future__ import annotations

import dataclasses
import os
import shutil
import uuid
import zipfile
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from medbills_desktop.domain.errors import NewerLibraryError, UserError
from medbills_desktop.store.backup import backups_folder
from medbills_desktop.store.backup_source import MANIFEST, BackupSource, opened_backup
from medbills_desktop.store.copying import copy_database
from medbills_desktop.store.engine import DATABASE, check_path
from medbills_desktop.store.manifest import Manifest
from medbills_desktop.store.opening import check_whole, identify, shown_version
from medbills_desktop.store.own_place import keep_out_of
from medbills_desktop.store.schema import USER_VERSION
from medbills_desktop.store.vault import BLOCK, Vault, sync_folder

FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_backup_file(folder: Path, target: Path) -> Manifest:
    """Write the library with all its papers into one file, prove it by reading it back, then give it its name.

    A paper that is lost or damaged in the vault is taken from the automatic backups; one that is not there either is
    told in the manifest as `missing`, which the caller must show. Raises `UserError` where the file can't be written or
    did not read back as written.
    """
    identify(folder)
    keep_out_of(folder, target)
    if target.exists():
        raise UserError(f"{target} exists already.", "Choose another name; a backup never overwrites anything.")
    mark = uuid.uuid4().hex
    aside, copy = target.with_name(f".{mark}.part"), target.with_name(f".{mark}.db")
    try:
        manifest = copy_database(folder / DATABASE, copy, datetime.now(UTC))
        manifest, papers = _whole_papers(folder, manifest)
        _write_zip(aside, copy, manifest, papers)
        with opened_backup(aside) as source:
            source.prove()
        os.replace(aside, target)
        sync_folder(target.parent)
    except OSError as error:
        raise UserError(
            f"The backup could not be written: {error.strerror or error}.", "Check the folder and the room there."
        ) from error
    finally:
        for left in (aside, copy, copy.with_name(f"{copy.name}-journal")):
            with suppress(OSError):
                left.unlink(missing_ok=True)
    return manifest


def restore_backup(source: Path, folder: Path) -> Manifest:
    """Make a new library folder from a backup (a file, or one of the automatic backup folders); overwrites nothing.

    The folder appears only when every byte was proved. Raises `UserError` or `NewerLibraryError` otherwise.
    """
    check_path(folder / DATABASE)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not empty.", "Choose a new folder; a restore never overwrites anything.")
    aside = folder.with_name(f".restoring-{uuid.uuid4().hex}")
    try:
        with opened_backup(source) as backup:
            _refuse_newer(backup.manifest)
            aside.mkdir(mode=0o700, parents=True)
            _unpack(backup, aside)
            check_whole(aside, "rw")
            if folder.exists():
                folder.rmdir()
            os.replace(aside, folder)
            sync_folder(folder.parent)
            return backup.manifest
    except OSError as error:
        raise UserError(
            f"The backup could not be restored: {error.strerror or error}.", "Nothing was changed."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _whole_papers(folder: Path, manifest: Manifest) -> tuple[Manifest, dict[str, Path]]:
    """Where the bytes of each paper are as received: in the vault, else beside the automatic backups."""
    vaults = (Vault(folder / "vault"), Vault(backups_folder(folder) / "papers"))
    papers: dict[str, Path] = {}
    for sha in sorted(manifest.papers):
        whole = next((vault for vault in vaults if vault.fault(sha) is None), None)
        if whole:
            papers[sha] = whole.path(sha)
    sizes = {sha: path.stat().st_size for sha, path in papers.items()}
    manifest = manifest.without(manifest.papers.keys() - papers.keys())
    return dataclasses.replace(manifest, papers=sizes), papers


def _write_zip(aside: Path, database: Path, manifest: Manifest, papers: dict[str, Path]) -> None:
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        archive.writestr(zipfile.ZipInfo(MANIFEST, FIXED_DATE), manifest.text(), zipfile.ZIP_DEFLATED)
        _store(archive, DATABASE, database, zipfile.ZIP_DEFLATED)
        for sha, path in papers.items():
            _store(archive, f"papers/{sha}", path, zipfile.ZIP_STORED)
    with aside.open("rb") as stream:
        os.fsync(stream.fileno())


def _store(archive: zipfile.ZipFile, name: str, path: Path, method: int) -> None:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = method
    with path.open("rb") as stream, archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(stream, target, BLOCK)


def _refuse_newer(manifest: Manifest) -> None:
    if manifest.library_version > USER_VERSION:
        raise NewerLibraryError(
            "This backup was made by a newer version of MedBills "
            f"(library version {shown_version(manifest.library_version)}).",
            "Install the newer version to restore it.",
        )


def _unpack(backup: BackupSource, aside: Path) -> None:
    with (aside / DATABASE).open("xb") as target:
        for block in backup.blocks(DATABASE):
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    vault = Vault(aside / "vault")
    (aside / "vault").mkdir()
    with vault.many():
        for sha in backup.parts()[1:]:
            vault.take_blocks(backup.blocks(sha), sha256=sha)
    sync_folder(aside)
