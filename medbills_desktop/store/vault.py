"""The originals: every paper's bytes as received, named by their SHA-256, never changed and never written twice."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from medbills_desktop.domain.errors import UserError

BLOCK = 1 << 20
LARGEST_BYTES = 4 << 30
"""The largest paper or recording taken, in bytes."""


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are safely in the vault: their hash, their size in bytes, and whether they were there before."""

    sha256: str
    size: int
    known: bool


class Vault:
    """The folder of originals. A file appears under its name only when it is whole and synced to the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"

    def path(self, sha256: str) -> Path:
        """Where the bytes with that hash are kept (whether or not they are there)."""
        return self._folder / sha256[:2] / sha256

    def holds(self, sha256: str | None) -> bool:
        """Whether the bytes are there."""
        return sha256 is not None and self.path(sha256).is_file()

    def take_file(self, source: Path, progress: Callable[[int], bool] | None = None) -> Held:
        """Copy a file in. `progress` gets the bytes so far and returns False to cancel.

        Raises `UserError` where the file can't be read, vanishes, changes size while it is read, or the disk is full;
        then nothing is left behind.
        """
        try:
            with source.open("rb") as stream:
                before = os.fstat(stream.fileno()).st_size
                held = self.take(stream, progress)
        except OSError as error:
            raise UserError(
                f"“{source.name}” could not be read: {error.strerror or error}.", "Check that the file is still there."
            ) from error
        if held.size != before:
            raise UserError(
                f"“{source.name}” changed while it was read.", "Wait until it is complete, then add it again."
            )
        return held

    def take(self, stream: BinaryIO, progress: Callable[[int], bool] | None = None) -> Held:
        """Copy a stream in: written aside, synced, renamed."""
        self._incoming.mkdir(parents=True, exist_ok=True)
        aside = self._incoming / uuid.uuid4().hex
        digest, size = hashlib.sha256(), 0
        try:
            with aside.open("xb") as target:
                while block := stream.read(BLOCK):
                    digest.update(block)
                    size += len(block)
                    self._guard(size, progress)
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            return self._settle(aside, digest.hexdigest(), size)
        finally:
            aside.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what an interrupted copy left in the incoming folder; originals are never swept."""
        if self._incoming.is_dir():
            for left in self._incoming.iterdir():
                left.unlink(missing_ok=True)

    def fault(self, sha256: str) -> str | None:
        """What is not right with one original, in words; `None` where its bytes are as received."""
        path = self.path(sha256)
        if not path.is_file():
            return "its file is missing from the vault"
        with path.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
        return None if found == sha256 else "its file was changed or damaged after it was received"

    def all_hashes(self) -> set[str]:
        """The names of all originals that are there."""
        return {path.name for path in self._folder.glob("??/*") if path.is_file()}

    def _guard(self, size: int, progress: Callable[[int], bool] | None) -> None:
        if size > LARGEST_BYTES:
            raise UserError("The file is larger than 4 GB.", "Split it, or keep it elsewhere and note where.")
        if progress is not None and not progress(size):
            raise UserError("Adding the paper was cancelled.", "Nothing was kept of it.")

    def _settle(self, aside: Path, sha256: str, size: int) -> Held:
        target = self.path(sha256)
        if target.is_file() and self.fault(sha256) is None:
            return Held(sha256, size, known=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.chmod(aside, 0o400)
        os.replace(aside, target)
        for folder in (target.parent, self._folder):
            _sync_folder(folder)
        return Held(sha256, size, known=False)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
