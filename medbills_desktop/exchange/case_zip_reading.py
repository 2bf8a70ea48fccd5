"""A zip with a case and its papers in: `case.json` and `documents/…`, all of it checked before any of it is taken.

Beside the case may stand `library.json` with what only a library keeps of it; nothing else is let in.
"""

from __future__ import annotations

import hashlib
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.json_text import LARGEST_TEXT
from medbills_desktop.exchange.library_records import with_library_records
from medbills_desktop.exchange.zip_checking import ZipLimits, check_directory, checked_entries, refuse_zip

CASE_NAME, LIBRARY_NAME, PAPERS = "case.json", "library.json", "documents/"

_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ZipPaper:
    """One paper in a zip that was read through and checked: its hash and its size in bytes."""

    zip_path: Path
    member: str
    sha256: str
    size: int

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """Its bytes as a stream to be read; raises `UserError` where the zip is gone or changed since."""
        with ExitStack() as open_files:
            with _explained(self.zip_path):
                archive = open_files.enter_context(zipfile.ZipFile(self.zip_path))
                try:
                    stream = open_files.enter_context(archive.open(self.member))
                except KeyError:
                    refuse_zip("it changed while it was read")
            yield cast("BinaryIO", _ExplainedStream(stream, self.zip_path))


def read_case_zip(path: Path, limits: ZipLimits | None = None) -> tuple[Case, dict[int, ZipPaper]]:
    """The case in a zip, and its papers by the id of their document.

    Everything is read through once and nothing is written: names, sizes, checksums and the SHA-256 that the case gives
    must all be right, else the zip is refused with a `UserError` (`CaseFileError` for its `case.json`). A document
    whose paper is not in the zip has no entry in the result.
    """
    bounds = limits or ZipLimits()
    with _explained(path), path.open("rb") as file:
        check_directory(file, bounds)
        with zipfile.ZipFile(file) as archive:
            entries = checked_entries(path, archive, bounds)
            case = _read_case(archive, entries)
            if LIBRARY_NAME in entries:
                case = with_library_records(case, _text(archive, entries.pop(LIBRARY_NAME)))
            members = {document.id: _member_of(document.file, entries) for document in case.all(Document)}
            unknown = sorted(set(entries) - set(members.values()))
            if unknown:
                refuse_zip(f"“{unknown[0][:60]}” is not a paper that the case names")
            papers = {
                document.id: _checked_paper(path, archive, entries[members[document.id]], document)
                for document in case.all(Document)
                if members[document.id] in entries
            }
    return case, papers


def member_name(file: str) -> str:
    """The name in the zip of a document's file."""
    return file if file.startswith(PAPERS) and file != PAPERS else PAPERS + file


def _member_of(file: str, entries: dict[str, zipfile.ZipInfo]) -> str:
    return member_name(file) if member_name(file) in entries else PAPERS + file


def _read_case(archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo]) -> Case:
    if CASE_NAME not in entries:
        refuse_zip(f"there is no {CASE_NAME} in it")
    return read_case(_text(archive, entries.pop(CASE_NAME)))


def _text(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.file_size > LARGEST_TEXT:
        refuse_zip(f"{entry.filename} is larger than {LARGEST_TEXT // 1024 // 1024} MB")
    with archive.open(entry) as stream:
        return stream.read()


def _checked_paper(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, document: Document) -> ZipPaper:
    digest, size = hashlib.sha256(), 0
    with archive.open(entry) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    if size != entry.file_size:
        refuse_zip(f"“{entry.filename[:60]}” is not as long as the zip says")
    if document.sha256 is not None and document.sha256.lower() != digest.hexdigest():
        refuse_zip(f"“{entry.filename[:60]}” is not the paper that the case names (its SHA-256 differs)")
    return ZipPaper(path, entry.filename, digest.hexdigest(), size)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        struct.error,
    ) as fault:
        raise UserError(
            f"The zip “{path.name}” is damaged or not a zip.", "Nothing was imported. Get a new copy of it."
        ) from fault
    except OSError as fault:
        raise UserError(
            f"“{path.name}” could not be read: {fault.strerror or fault}.", "Check that the file is still there."
        ) from fault


class _ExplainedStream:
    """A stream whose faults are told as those of the zip, not of whoever reads it."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        self._stream, self._path = stream, path

    def read(self, size: int = -1) -> bytes:
        with _explained(self._path):
            return self._stream.read(size)
