"""What a zip must be like before a byte of it is taken: the names, sizes and kinds of its entries.

Every zip is treated as hostile: names that climb out, links, doubled names, entries that expand without end, headers
that lie. Nothing is ever written under a name from the zip.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from medbills_desktop.domain.errors import UserError

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What is taken at most; sizes in bytes, unpacked. `ratio` is unpacked to packed, for entries over `ratio_from`."""

    entries: int = 10_000
    file_size: int = 2 * 1024 * MEGABYTE
    total_size: int = 4 * 1024 * MEGABYTE
    ratio: int = 200
    ratio_from: int = 10 * MEGABYTE


_DRIVE = re.compile(r"[A-Za-z]:")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LONGEST_NAME = 1000
_DIRECTORY_BYTES_AN_ENTRY = 2048
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LITTER = re.compile(r"(?:.*/)?(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini)")


def refuse_zip(reason: str) -> NoReturn:
    """Refuse the whole zip; `reason` ends without a full stop."""
    raise UserError(f"The zip is refused: {reason}.", "Nothing was imported. Get a new copy of it and try again.")


def checked_entries(path: Path, archive: zipfile.ZipFile, limits: ZipLimits) -> dict[str, zipfile.ZipInfo]:
    """The files in a zip by name, each checked; folders and what systems leave behind are passed over."""
    listed = archive.infolist()
    if len(listed) > limits.entries:
        refuse_zip(f"it has more than {limits.entries:,} entries")
    found: dict[str, zipfile.ZipInfo] = {}
    folded: set[str] = set()
    for entry in listed:
        _check_name(entry)
        if entry.filename.casefold() in folded:
            refuse_zip(f"the name “{_shown(entry.filename)}” comes twice")
        folded.add(entry.filename.casefold())
        if not entry.is_dir() and not _LITTER.fullmatch(entry.filename):
            _check_content(entry, limits)
            found[entry.filename] = entry
    if sum(entry.file_size for entry in found.values()) > limits.total_size:
        refuse_zip(f"it unpacks to more than {limits.total_size // MEGABYTE:,} MB")
    if sum(entry.compress_size for entry in found.values()) > path.stat().st_size:
        refuse_zip("its entries lie over one another")
    return found


def check_directory(stream: BinaryIO, limits: ZipLimits) -> None:
    """Look at the end of the zip before its table of contents is read, so that a huge one takes no memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 65_557))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        refuse_zip("it is not a zip, or it is cut short")
    length = int(struct.unpack("<I", tail[at + 12 : at + 16])[0])
    if length == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        if wide < 0 or len(tail) < wide + 48:
            refuse_zip("its table of contents can't be read")
        length = int(struct.unpack("<Q", tail[wide + 40 : wide + 48])[0])
    if length > limits.entries * _DIRECTORY_BYTES_AN_ENTRY:
        refuse_zip("its table of contents is too large")
    stream.seek(0)


def _check_name(entry: zipfile.ZipInfo) -> None:
    for name in (entry.filename, entry.orig_filename):
        parts = name.removesuffix("/").split("/")
        shown = _shown(name)
        if not name or len(name) > _LONGEST_NAME or _CONTROL.search(name):
            refuse_zip(f"the name “{shown}” can't be a file name")
        if "\\" in name or name.startswith("/") or _DRIVE.match(name) or any(part in ("", ".", "..") for part in parts):
            refuse_zip(f"the name “{shown}” leads out of the zip")
    mode = entry.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        refuse_zip(f"“{_shown(entry.filename)}” is a link or another thing that is not a file")


def _check_content(entry: zipfile.ZipInfo, limits: ZipLimits) -> None:
    shown = _shown(entry.filename)
    if entry.flag_bits & _ENCRYPTED:
        refuse_zip(f"“{shown}” is encrypted")
    if entry.compress_type not in _METHODS:
        refuse_zip(f"“{shown}” is packed in a way that is not read here")
    if entry.file_size > limits.file_size:
        refuse_zip(f"“{shown}” is larger than {limits.file_size // MEGABYTE:,} MB")
    if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(1, entry.compress_size):
        refuse_zip(f"“{shown}” unpacks to more than {limits.ratio} times its size")


def _shown(name: str) -> str:
    return _CONTROL.sub("?", name[:60]).encode("utf-8", "replace").decode("utf-8")
