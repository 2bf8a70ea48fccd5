"""The seal of a packet: the SHA-256 of all its bytes, kept inside it, so that a single changed bit is noticed.

The seal is written as zeros, the file is hashed, and the zeros are replaced in place; whoever checks it puts the zeros
back in thought.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Name, Pdf, String

KEY = "/MedBillsSeal"
_MARK = b"medbills-seal-sha256:"
_ZEROS = b"0" * 64
_CHUNK = 1024 * 1024


def keep_place_for_seal(pdf: Pdf) -> None:
    """Put an unwritten seal into the catalog.

    It stands in the dictionary of an empty stream, which is the one place that is never packed when a file is written.
    """
    stream = pikepdf.Stream(pdf, b"")
    stream.Type = Name("/MedBillsSeal")
    stream.Seal = String(_MARK + _ZEROS)
    pdf.Root[KEY] = pdf.make_indirect(stream)


def seal(path: Path) -> str:
    """Write the seal into a saved file; returns the SHA-256 of the file as it then is."""
    sealed, place, _ = _sealed_digest(path)
    if place is None:
        raise ValueError("the file has no place for a seal")
    with path.open("rb+") as file:
        file.seek(place)
        file.write(sealed.encode())
    return file_digest(path)


def seal_holds(path: Path) -> bool | None:
    """Whether the file is byte for byte the one that was sealed; `None` where it has no seal."""
    sealed, place, written = _sealed_digest(path)
    return None if place is None else written == sealed.encode()


def file_digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sealed_digest(path: Path) -> tuple[str, int | None, bytes]:
    """The digest with zeros in the place of the seal, where that place is (the first mark), and what stands there."""
    digest: Any = hashlib.sha256()
    place: int | None = None
    written = b""
    offset, waiting = 0, b""
    keep = len(_MARK) + len(_ZEROS)
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            waiting += chunk
            if place is None and (found := waiting.find(_MARK)) >= 0 and (found + keep <= len(waiting) or not chunk):
                start = found + len(_MARK)
                place, written = offset + start, waiting[start : start + len(_ZEROS)]
                waiting = waiting[:start] + _ZEROS[: len(written)] + waiting[start + len(written) :]
            done = len(waiting) if not chunk else max(0, len(waiting) - keep)
            digest.update(waiting[:done])
            offset, waiting = offset + done, waiting[done:]
            if not chunk:
                return digest.hexdigest(), place, written
