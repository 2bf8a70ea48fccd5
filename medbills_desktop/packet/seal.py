"""The seal of a packet: the SHA-256 of all its bytes, kept inside it, so that a single changed bit is noticed.

The seal is written as zeros, the file is hashed, and the zeros are replaced in place; whoever checks it puts the zeros
back in thought. It stands at the end of the file, so that what comes before is hashed once for seal and file together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from pikepdf import Pdf, String

from medbills_desktop.packet.hashed_file import Begun

KEY = "/MedBillsSeal"
_MARK = b"medbills-seal-sha256:"
_ZEROS = b"0" * 64
_END = b"%%EOF\n"
_TRIED = 8
"""So many seals are tried, the last first: a program that adds something may have copied the seal."""
_CHUNK = 256 * 1024
"""So many bytes are hashed at a time: few enough for the processor's cache."""
_TOLD_EVERY = 64 * _CHUNK

Told = Callable[[int, int], None]
"""Takes how many bytes are done, and of how many."""


def keep_place_for_seal(pdf: Pdf) -> None:
    """Put an unwritten seal into the trailer: it is written last of all, and never packed."""
    pdf.trailer[KEY] = String(_MARK + _ZEROS)


def seal(path: Path, told: Told = lambda _done, _of: None, begun: Begun | None = None) -> str:
    """Write the seal into a saved file; returns the SHA-256 of the file as it then is.

    `told` hears every few megabytes how far it is, and may raise to stop. What `begun` has hashed while the file was
    written is not hashed again.
    """
    with path.open("rb+") as file:
        size, place = path.stat().st_size, _place(file)
        if place is None:
            raise ValueError("the file has no place for a seal")
        if begun is None or begun.size > place:
            begun = Begun(hashlib.sha256(), 0)
        digest = begun.digest.copy()
        file.seek(begun.size)
        for done in range(begun.size, place, _TOLD_EVERY):
            told(done, size)
            _add(digest, file, min(_TOLD_EVERY, place - done))
        sealed = digest.copy()
        written = _closed(sealed, _ZEROS, file, place)
        file.seek(place)
        file.write(written.encode())
        return _closed(digest, written.encode(), file, place)


def seal_holds(path: Path) -> bool | None:
    """Whether the file is byte for byte the one that was sealed; `None` where it has no seal."""
    with path.open("rb") as file:
        place = _place(file)
        if place is None:
            return None
        return _holds(file, place, file.seek(0, 2))


def whole_before(path: Path) -> int | None:
    """How many of the first bytes are a sealed file behind which something was added; `None` where there is none.

    Programs that sign a PDF or note something in it leave what is there and write behind it.
    """
    with path.open("rb") as file:
        size = end = file.seek(0, 2)
        for _ in range(_TRIED):
            place = _place(file, end)
            if place is None:
                return None
            closed = _end_of_file(file, place)
            if closed < size and _holds(file, place, closed):
                return closed
            end = place - len(_MARK)
    return None


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _holds(file: BinaryIO, place: int, end: int) -> bool:
    """Whether the seal at a place is that of all bytes before `end`."""
    digest = hashlib.sha256()
    file.seek(0)
    _add(digest, file, place)
    written = file.read(len(_ZEROS))
    return written == _closed(digest, _ZEROS[: len(written)], file, place, end).encode()


def _closed(digest: Any, written: bytes, file: BinaryIO, place: int, end: int | None = None) -> str:
    """The digest of a file up to `end`, given that of what is before the seal, and what stands for the seal."""
    digest.update(written)
    file.seek(place + len(written))
    _add(digest, file, None if end is None else max(0, end - file.tell()))
    return str(digest.hexdigest())


def _end_of_file(file: BinaryIO, place: int) -> int:
    """Where the file that has its seal at a place ends: behind its mark of the end, and the end of that line."""
    file.seek(place)
    behind = b""
    while chunk := file.read(_CHUNK):
        found = (behind + chunk).find(_END)
        if found >= 0:
            return file.tell() - len(chunk) - len(behind) + found + len(_END)
        behind = chunk[-len(_END) :]
    return file.tell()


def _add(digest: Any, file: BinaryIO, size: int | None = None) -> None:
    """Hash so many of the next bytes of a file, or all."""
    while chunk := file.read(_CHUNK if size is None else min(size, _CHUNK)):
        digest.update(chunk)
        size = None if size is None else size - len(chunk)


def _place(file: BinaryIO, end: int | None = None) -> int | None:
    """Where the last seal of a file, or of its bytes before `end`, begins: right behind its mark."""
    end, behind = file.seek(0, 2) if end is None else end, b""
    while end > 0:
        start = max(0, end - _CHUNK)
        file.seek(start)
        there = file.read(end - start) + behind
        found = there.rfind(_MARK)
        if found >= 0:
            return start + found + len(_MARK)
        end, behind = start, there[: len(_MARK) - 1]
    return None
