"""A case with its papers out: one zip with `case.json` and `documents/…`, the same bytes for the same case.

What only a library keeps of the case goes beside it as `library.json`, where there is any.
"""

from __future__ import annotations

import dataclasses
import hashlib
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Document
from medbills_desktop.exchange.case_writing import write_case
from medbills_desktop.exchange.case_zip_reading import CASE_NAME, LIBRARY_NAME, member_name
from medbills_desktop.exchange.library_records import write_library_records
from medbills_desktop.exchange.whole_files import whole_file

_BLOCK = 1024 * 1024
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o100600 << 16

_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\\:*?"<>|]')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
_LONGEST_PART = 120


def write_case_zip(case: Case, papers: Callable[[Document], Path | None], out: Path) -> tuple[Document, ...]:
    """Write a case with its papers; gives the documents whose papers are not in the zip.

    `papers` gives the file of a document, or `None` where its bytes are not held. A file that is not there, or whose
    bytes are not those that the document's hash names, is left out and listed. A file name that could not stand in a
    zip on every system, or that two papers share, is changed in `case.json` too.
    """
    missing: list[Document] = []
    named = _with_safe_names(case)
    with whole_file(out) as aside, zipfile.ZipFile(aside, "w") as archive:
        text = write_case(named).encode("utf-8")
        archive.writestr(_entry(CASE_NAME, zipfile.ZIP_DEFLATED), text, compresslevel=9)
        if (beside := write_library_records(named)) is not None:
            archive.writestr(_entry(LIBRARY_NAME, zipfile.ZIP_DEFLATED), beside.encode("utf-8"), compresslevel=9)
        for document in named.all(Document):
            source = papers(document)
            if source is None or not _is_whole(source, document.sha256):
                missing.append(document)
                continue
            entry = _entry(member_name(document.file), zipfile.ZIP_STORED)
            with source.open("rb") as stream, archive.open(entry, "w", force_zip64=True) as packed:
                shutil.copyfileobj(stream, packed, _BLOCK)
    return tuple(missing)


def _is_whole(source: Path, sha256: str | None) -> bool:
    if not source.is_file():
        return False
    with source.open("rb") as stream:
        return sha256 is None or hashlib.file_digest(stream, "sha256").hexdigest() == sha256.lower()


def _entry(name: str, method: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _FIXED_DATE)
    entry.compress_type = method
    entry.create_system = 3
    entry.external_attr = _OWNER_ONLY
    return entry


def _with_safe_names(case: Case) -> Case:
    taken: set[str] = set()
    documents: list[Document] = []
    for document in case.all(Document):
        file = _safe(document.file)
        if member_name(file).casefold() in taken:
            stem, dot, ending = file.rpartition(".")
            mark = f" ({_safe(document.ref).replace('/', '_')})"
            file = f"{stem}{mark}.{ending}" if dot else f"{file}{mark}"
        while member_name(file).casefold() in taken:
            file = f"{file}_"
        taken.add(member_name(file).casefold())
        documents.append(document if file == document.file else dataclasses.replace(document, file=file))
    return dataclasses.replace(case, records={**case.records, Document: tuple(documents)}) if documents else case


def _safe(file: str) -> str:
    parts = [_UNSAFE.sub("_", part).strip(" .") for part in file.split("/")]
    kept = [f"_{part}" if _RESERVED.fullmatch(part) else part for part in parts if part]
    return "/".join(part if len(part) <= _LONGEST_PART else _shortened(part) for part in kept[-8:]) or "paper"


def _shortened(part: str) -> str:
    stem, dot, ending = part.rpartition(".")
    return f"{stem[: _LONGEST_PART - 12]}.{ending[:10]}" if dot else part[:_LONGEST_PART]
