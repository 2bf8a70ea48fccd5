"""A whole library as one backup file, and the way back from a backup into a new folder."""

from __future__ import annotations

import os
import shutil
import uuid
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from medbills_desktop.domain.errors import NewerLibraryError, UserError
from medbills_desktop.store.backup import Manifest, copy_database, file_hash
from medbills_desktop.store.opening import check_whole, identify, shown_version
from medbills_desktop.store.schema import USER_VERSION
from medbills_desktop.store.vault import BLOCK, Vault

Open = Callable[[str], BinaryIO]
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def write_backup_file(folder: Path, target: Path) -> Manifest:
    """Write the library with all its papers into one file, prove it by reading it back, then give it its name.

    Raises `UserError` where a paper is missing or changed (a backup that is not whole is never called one) or there is
    no room.
    """
    identify(folder)
    if target.exists():
        raise UserError(f"{target} exists already.", "Choose another name; a backup never overwrites anything.")
    aside = target.with_name(f".{target.name}.part-{os.getpid()}")
    copy = target.with_name(f".{target.name}.db-{os.getpid()}")
    try:
        manifest = copy_database(folder / "library.db", copy, datetime.now(UTC))
        _write_zip(aside, copy, manifest, Vault(folder / "vault"))
        with _zip_source(aside) as (again, opened):
            _prove(again, opened)
        os.replace(aside, target)
    except OSError as error:
        raise UserError(
            f"The backup could not be written: {error.strerror or error}.", "Check the room there."
        ) from error
    finally:
        aside.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
    return manifest


def restore_backup(source: Path, folder: Path) -> Manifest:
    """Make a new library folder from a backup (a file, or one of the automatic backup folders); overwrites nothing.

    The folder appears only when every byte was proved. Raises `UserError` or `NewerLibraryError` otherwise.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} is not empty.", "Choose a new folder; a restore never overwrites anything.")
    aside = folder.with_name(f".{folder.name}.restoring-{uuid.uuid4().hex}")
    try:
        aside.mkdir(parents=True)
        with _source(source) as (manifest, opened):
            _unpack(manifest, opened, aside)
        check_whole(aside, "rw")
        identify(aside)
        if folder.exists():
            folder.rmdir()
        os.replace(aside, folder)
    except OSError as error:
        raise UserError(
            f"The backup could not be restored: {error.strerror or error}.", "Nothing was changed."
        ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


@contextmanager
def _source(source: Path) -> Iterator[tuple[Manifest, Open]]:
    if source.is_dir():
        manifest = Manifest.from_text(_read_text(source / "manifest.json"))
        pool = Vault(source.parent / "papers")
        yield manifest, lambda name: (source / name if name == "library.db" else pool.path(name)).open("rb")
        return
    with _zip_source(source) as found:
        yield found


@contextmanager
def _zip_source(path: Path) -> Iterator[tuple[Manifest, Open]]:
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest.from_text(archive.read("manifest.json")[: 64 << 20].decode("utf-8"))

            def opened(name: str) -> BinaryIO:
                return archive.open(name if name == "library.db" else f"papers/{name}")  # type: ignore[return-value]

            yield manifest, opened
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError) as error:
        raise UserError(f"{path.name} is not a whole backup file.", "Choose another backup.") from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path.parent} is not a backup.", "Choose a backup that MedBills made.") from error


def _write_zip(aside: Path, database: Path, manifest: Manifest, vault: Vault) -> None:
    with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        archive.writestr(zipfile.ZipInfo("manifest.json", FIXED_DATE), manifest.text(), zipfile.ZIP_DEFLATED)
        _store(archive, "library.db", database, zipfile.ZIP_DEFLATED)
        for sha in sorted(manifest.papers):
            if fault := vault.fault(sha):
                raise UserError(
                    f"A paper can't be backed up: {fault} ({sha[:12]}…).", "Run “medbills verify” on the library."
                )
            _store(archive, f"papers/{sha}", vault.path(sha), zipfile.ZIP_STORED)
    with aside.open("rb") as stream:
        os.fsync(stream.fileno())


def _store(archive: zipfile.ZipFile, name: str, path: Path, method: int) -> None:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = method
    with path.open("rb") as stream, archive.open(entry, "w", force_zip64=True) as target:
        shutil.copyfileobj(stream, target, BLOCK)


def _prove(manifest: Manifest, opened: Open) -> None:
    import hashlib

    for name, expected in [("library.db", manifest.database_sha256), *((sha, sha) for sha in manifest.papers)]:
        with opened(name) as stream:
            digest = hashlib.sha256()
            while block := stream.read(BLOCK):
                digest.update(block)
        if digest.hexdigest() != expected:
            raise UserError("The backup file did not read back as written.", "Try another disk.")


def _unpack(manifest: Manifest, opened: Open, aside: Path) -> None:
    if manifest.library_version > USER_VERSION:
        raise NewerLibraryError(
            "This backup was made by a newer version of MedBills "
            f"(library version {shown_version(manifest.library_version)}).",
            "Install the newer version to restore it.",
        )
    with opened("library.db") as stream, (aside / "library.db").open("xb") as target:
        shutil.copyfileobj(stream, target, BLOCK)
    if file_hash(aside / "library.db") != manifest.database_sha256:
        raise UserError("The database in this backup was changed or damaged.", "Choose another backup.")
    vault = Vault(aside / "vault")
    for sha in sorted(manifest.papers):
        with opened(sha) as stream:
            held = vault.take(stream)
        if held.sha256 != sha:
            raise UserError(f"A paper in this backup was changed or damaged ({sha[:12]}…).", "Choose another backup.")
