"""The originals: every paper's bytes as received, named by their SHA-256, never changed and never written twice."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from medbills_desktop.domain.errors import UserError

BLOCK = 1 << 20
LARGEST_BYTES = 4 << 30
"""The largest paper or recording taken, in bytes."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


def is_hash(text: str) -> bool:
    """Whether a text has the form of a SHA-256, and so can name a file of a vault."""
    return _HASH.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes that are safely in the vault: their hash, their size in bytes, and whether they were there before."""

    sha256: str
    size: int
    known: bool


class ChangedWhileReadError(UserError):
    """A file that did not have the size at its end that it had at its beginning."""


class Vault:
    """The folder of originals. A file appears under its name only when it is whole and synced to the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._late: set[Path] | None = None

    @contextmanager
    def many(self) -> Iterator[None]:
        """While many files are taken, folders are synced once at the end; until then a power cut may lose the names.

        For copies of what is safe elsewhere (backups, restoring), never for papers that are received.
        """
        self._late = set()
        try:
            yield
            for folder in self._late:
                sync_folder(folder)
        finally:
            self._late = None

    def path(self, sha256: str) -> Path:
        """Where the bytes with that hash are kept (whether or not they are there).

        Raises `ValueError` for anything but 64 small hexadecimal digits: a hash can come from a file of somebody else.
        """
        if not is_hash(sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / sha256

    def holds(self, sha256: str | None) -> bool:
        """Whether the bytes are there."""
        return sha256 is not None and is_hash(sha256) and self.path(sha256).is_file()

    def take_file(self, source: Path, progress: Callable[[int], bool] | None = None) -> Held:
        """Copy a file in. `progress` gets the bytes so far and returns False to cancel.

        Raises `UserError` where the file can't be read, vanishes, changes size while it is read, or the disk is full;
        then nothing is left behind.
        """
        try:
            with source.open("rb") as stream:
                before = os.fstat(stream.fileno()).st_size
                return self.take(stream, progress, before)
        except OSError as error:
            raise UserError(
                f"“{source.name}” could not be read: {error.strerror or error}.", "Check that the file is still there."
            ) from error
        except ChangedWhileReadError as error:
            raise UserError(f"“{source.name}” changed while it was read.", error.todo) from error

    def take(self, stream: BinaryIO, progress: Callable[[int], bool] | None = None, size: int | None = None) -> Held:
        """Copy a stream in: written aside, synced, renamed.

        Raises `UserError` where the stream has another size (in bytes) than the expected one, or where it can't be
        kept; `OSError` only where the stream itself can't be read.
        """
        return self.take_blocks(blocks_of(stream), progress, size)

    def take_blocks(
        self,
        blocks: Iterator[bytes],
        progress: Callable[[int], bool] | None = None,
        size: int | None = None,
        sha256: str | None = None,
    ) -> Held:
        """As `take`, from blocks of bytes; with `sha256` only those very bytes are kept, else `UserError` is raised."""
        aside = self._incoming / uuid.uuid4().hex
        digest, count = hashlib.sha256(), 0
        try:
            with _writing(), self._open_aside(aside) as target:
                for block in blocks:
                    digest.update(block)
                    count += len(block)
                    self._guard(count, progress)
                    if size is not None and count > size:
                        break
                    target.write(block)
                target.flush()
                os.fsync(target.fileno())
            if size is not None and count != size:
                raise ChangedWhileReadError(
                    "The file changed while it was read.", "Wait until it is complete, then add it again."
                )
            if sha256 is not None and digest.hexdigest() != sha256:
                raise UserError(f"A paper is not as it was received ({sha256[:12]}…).", "Its bytes were not kept.")
            with _writing():
                return self._settle(aside, digest.hexdigest(), count)
        finally:
            with suppress(OSError):
                aside.unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what an interrupted copy left in the incoming folder; originals are never swept."""
        if self._incoming.is_dir():
            for left in self._incoming.iterdir():
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def fault(self, sha256: str) -> str | None:
        """What is not right with one original, in words; `None` where its bytes are as received."""
        if not self.holds(sha256):
            return "its file is missing from the vault"
        try:
            with self.path(sha256).open("rb") as stream:
                found = hashlib.file_digest(stream, "sha256").hexdigest()
        except OSError as error:
            return f"its file can't be read ({error.strerror or error})"
        return None if found == sha256 else "its file was changed or damaged after it was received"

    def all_files(self) -> list[Path]:
        """Everything in the folder but what is still coming in, whether it belongs there or not."""
        if not self._folder.is_dir():
            return []
        found = (path for path in self._folder.rglob("*") if not path.is_dir())
        return sorted(path for path in found if self._incoming not in path.parents)

    def all_hashes(self) -> set[str]:
        """The names of all originals that are there."""
        return {path.name for path in self._folder.glob("??/*") if path.is_file()}

    def _guard(self, size: int, progress: Callable[[int], bool] | None) -> None:
        if size > LARGEST_BYTES:
            raise UserError("The file is larger than 4 GB.", "Split it, or keep it elsewhere and note where.")
        if progress is not None and not progress(size):
            raise UserError("Adding the paper was cancelled.", "Nothing was kept of it.")

    def _open_aside(self, aside: Path) -> BinaryIO:
        """Make the file to write to; the folder above the vault must be there, else its drive is gone."""
        if not self._folder.parent.is_dir():
            raise UserError(
                f"The folder {self._folder.parent} is no longer there.", "Connect its drive again, or put it back."
            )
        for folder in (self._folder, self._incoming):
            folder.mkdir(exist_ok=True)
        return aside.open("xb")

    def _settle(self, aside: Path, sha256: str, size: int) -> Held:
        target = self.path(sha256)
        if target.is_file() and self.fault(sha256) is None:
            return Held(sha256, size, known=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.chmod(aside, 0o400)
        os.replace(aside, target)
        for folder in (target.parent, self._folder):
            if self._late is None:
                sync_folder(folder)
            else:
                self._late.add(folder)
        return Held(sha256, size, known=False)


class _ReadingError(Exception):
    """Carries an error of the source past the errors of the disk that is written to."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


def blocks_of(stream: BinaryIO) -> Iterator[bytes]:
    """The bytes of a stream, in blocks that fit in memory."""
    while True:
        try:
            block = stream.read(BLOCK)
        except OSError as error:
            raise _ReadingError(error) from error
        if not block:
            return
        yield block


@contextmanager
def _writing() -> Iterator[None]:
    """Tell errors of the library's disk in words; errors of the source pass as they came."""
    try:
        yield
    except _ReadingError as error:
        raise error.error from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UserError(
                "The disk is full, so the paper was not kept.", "Make room on the disk, then add it again."
            ) from error
        raise UserError(
            f"The paper could not be kept: {error.strerror or error}.", "Check that the library's folder is writable."
        ) from error


def sync_folder(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system knows how to."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
