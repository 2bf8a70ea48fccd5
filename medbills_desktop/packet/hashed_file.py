"""A file that is hashed and brought to the disk by a second thread while the first still writes it.

Hashing a packet and waiting for the disk take as long as writing it; side by side, the three take as long as one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from medbills_desktop.packet.turns import short_turns

_CHUNK = 256 * 1024
"""So many bytes are hashed at a time; the last of them stay unhashed, since the end of the file is to change."""
_SYNC_EVERY = 256
"""After so many chunks they are brought to the disk, so that little is left to wait for at the end."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A SHA-256 over the first `size` bytes of a file."""

    digest: Any
    size: int


class HashedFile:
    """Takes what a library writes, in order; `begun` is there when `hashed_file` has ended well."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._written = self._told = 0
        self._digest, self._hashed = hashlib.sha256(), 0
        self._fault: OSError | None = None
        self._ends: SimpleQueue[int] = SimpleQueue()
        self._thread = Thread(target=self._follow, name="hashing", daemon=True)
        self._thread.start()

    def write(self, data: bytes | memoryview) -> int:
        """Write the next bytes."""
        self._file.write(data)
        self._written += len(data)
        if self._written - self._told >= 2 * _CHUNK:
            self._file.flush()
            self._told += _CHUNK
            self._ends.put(self._told)
        return len(data)

    def seek(self, _place: int, _whence: int = 0) -> int:
        """Nothing is written out of order."""
        raise OSError("a packet is written from its beginning to its end")

    def flush(self) -> None:
        """Give to the system what was written."""
        self._file.flush()

    @property
    def begun(self) -> Begun:
        """The SHA-256 of all but the last bytes. Raises the `OSError` that reading them or syncing them met."""
        if self._fault is not None:
            raise self._fault
        return Begun(self._digest, self._hashed)

    def finish(self) -> None:
        """Wait for the other thread."""
        self._ends.put(0)
        self._thread.join()

    def _follow(self) -> None:
        """Hash what is known to be written, until told that no more comes."""
        buffer = memoryview(bytearray(_CHUNK))
        try:
            with open(self._file.name, "rb", buffering=0) as reading:
                while end := self._ends.get():
                    while self._hashed < end:
                        got = reading.readinto(buffer[: end - self._hashed])
                        if not got:
                            raise OSError(errno.EIO, "The file is shorter than what was written", self._file.name)
                        self._digest.update(buffer[:got])
                        self._hashed += got
                    if end % (_SYNC_EVERY * _CHUNK) == 0:
                        os.fsync(self._file.fileno())
        except OSError as fault:
            self._fault = fault


@contextlib.contextmanager
def hashed_file(path: Path) -> Iterator[HashedFile]:
    """A new file to write; whole, but not yet on the disk for certain, when the block has ended well."""
    with short_turns(), path.open("wb") as file:
        hashed = HashedFile(file)
        try:
            yield hashed
        finally:
            hashed.finish()
