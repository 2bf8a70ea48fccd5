"""Reading a backup, whether a file or an automatic backup's folder; nothing in it is believed before it is proved."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from medbills_desktop.domain.errors import UserError
from medbills_desktop.store.backup import read_manifest
from medbills_desktop.store.engine import DATABASE
from medbills_desktop.store.manifest import LARGEST_TEXT, Manifest
from medbills_desktop.store.vault import BLOCK, Vault

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class BackupSource:
    """An opened backup: what it says that it holds, and how to open a part (`library.db`, or a paper by its hash)."""

    manifest: Manifest
    open: Callable[[str], BinaryIO]

    def blocks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part; raises `UserError` where there are more or fewer than the manifest says, or others.

        The size is looked at while reading, so that a part which unpacks without end is stopped.
        """
        manifest = self.manifest
        size = manifest.database_bytes if name == DATABASE else manifest.papers[name]
        digest, count = hashlib.sha256(), 0
        with self.open(name) as stream:
            while block := stream.read(BLOCK):
                digest.update(block)
                count += len(block)
                if count > size:
                    break
                yield block
        if count != size or digest.hexdigest() != (manifest.database_sha256 if name == DATABASE else name):
            what = "The database" if name == DATABASE else f"A paper ({name[:12]}…)"
            raise UserError(f"{what} in this backup was changed or damaged.", "Choose another backup.")

    def parts(self) -> list[str]:
        """The names of all parts, the database first."""
        return [DATABASE, *sorted(self.manifest.papers)]

    def prove(self) -> None:
        """Read every part to its end; raises `UserError` at the first that is not as the manifest says."""
        for name in self.parts():
            for _ in self.blocks(name):
                pass


@contextmanager
def opened_backup(path: Path) -> Iterator[BackupSource]:
    """Open a backup file, or the folder of an automatic backup; raises `UserError` for anything else."""
    if path.is_dir():
        pool = Vault(path.parent / "papers")
        yield BackupSource(
            read_manifest(path), lambda name: (path / name if name == DATABASE else pool.path(name)).open("rb")
        )
        return
    if not path.is_file():
        raise UserError(f"There is no backup at {path}.", "Check the name.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield BackupSource(_manifest_in(archive), lambda name: _open_in(archive, name))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise UserError(f"{path.name} is not a whole backup file.", "Choose another backup.") from error


def _manifest_in(archive: zipfile.ZipFile) -> Manifest:
    try:
        with archive.open(MANIFEST) as stream:
            return Manifest.from_text(stream.read(LARGEST_TEXT).decode("utf-8"))
    except (UnicodeDecodeError, RuntimeError) as error:
        raise UserError("This is not a backup of a MedBills library.", "Choose a backup that MedBills made.") from error


def _open_in(archive: zipfile.ZipFile, name: str) -> BinaryIO:
    try:
        return archive.open(name if name == DATABASE else f"papers/{name}")  # type: ignore[return-value]
    except RuntimeError as error:
        raise UserError("A part of this backup is locked with a password.", "Choose another backup.") from error
