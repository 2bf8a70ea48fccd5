"""A packet in a zip with the originals of its exhibits, as they came, and a list by which each can be checked.

The list is in the form that `sha256sum --check` reads. Nothing is packed smaller, no clock is read: the same packet and
the same papers give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet import manifest
from medbills_desktop.packet.seal import file_digest
from medbills_desktop.packet.verification import verify_packet

PACKET, LIST, FOLDER = "packet.pdf", "SHA256SUMS", "originals"

LONGEST = 120
"""Characters of a name: with the folders around it, paths stay below what Windows takes."""

_DATE = (1980, 1, 1, 0, 0, 0)
_MODE = 0o600 << 16
_BLOCK = 1 << 20
_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
_MOST_OF_LIST = 10_000_000
_END = 22
"""Bytes of the record with which a zip ends that has no comment."""
_AROUND = "Something was added before or behind what the zip holds."
_NO_PACKET = "This zip does not hold a packet with its originals."


@dataclass(frozen=True, slots=True)
class Original:
    """An exhibit's original: what the packet calls it, the hash that it has to have, its name in the zip."""

    letter: str
    sha256: str
    name: str


def originals_of(packet: Path) -> tuple[Original, ...]:
    """The originals of a finished packet's exhibits, in order; those whose bytes were never held are not among them."""
    with pikepdf.open(packet) as pdf:
        exhibits = json.loads(pdf.Root[manifest.KEY].read_bytes())["exhibits"]
    return tuple(
        Original(each["letter"], each["sha256"], f"{FOLDER}/{safe_name(each['letter'], each['file'])}")
        for each in exhibits
        if each["sha256"]
    )


def safe_name(letter: str, file: str) -> str:
    """A name that every system takes: the exhibit's letter, which no other has, then the file's own name."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", file.rsplit("/", 1)[-1])).strip(" .") or "paper"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    ending = f".{ending}" if ending else ""
    start = f"{letter} - "
    return f"{start}{stem[: LONGEST - len(start) - len(ending)].rstrip(' .')}{ending}"


def write_with_originals(
    packet: Path, place_of: Callable[[str], Path | None], out: Path, step: Callable[[int, int], None]
) -> tuple[str, ...]:
    """Write the zip to `out`, a file that is not there yet; returns the letters of exhibits that are not held.

    `place_of` tells where the bytes with a hash are. `step` is told the number and count of the paper in hand and may
    raise to stop. Raises `UserError` where a paper's bytes are not those that came.
    """
    wanted = originals_of(packet)
    missing: list[str] = []
    lines = [f"{file_digest(packet)}  {PACKET}"]
    with zipfile.ZipFile(out, "w", strict_timestamps=True) as archive:
        _put(archive, PACKET, packet)
        for place, one in enumerate(wanted, 1):
            step(place, len(wanted))
            source = place_of(one.sha256)
            if source is None or not source.is_file():
                missing.append(one.letter)
                continue
            if _put(archive, one.name, source) != one.sha256:
                raise UserError(
                    f"The original of exhibit {one.letter} in the library is not the file that came.",
                    "Run “medbills verify” on the library; add the paper again, or make the packet without originals.",
                )
            lines.append(f"{one.sha256}  {one.name}")
        archive.writestr(_entry(LIST), "".join(f"{line}\n" for line in lines).encode())
    return tuple(missing)


def _put(archive: zipfile.ZipFile, name: str, source: Path) -> str:
    digest = hashlib.sha256()
    with source.open("rb") as stream, archive.open(_entry(name), "w", force_zip64=True) as packed:
        while block := stream.read(_BLOCK):
            digest.update(block)
            packed.write(block)
    return digest.hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.create_system = 3
    entry.external_attr = _MODE
    return entry


# Checking


def is_zip(path: Path) -> bool:
    """Whether a file is a zip, so that `verify` knows what to do with it."""
    return path.is_file() and zipfile.is_zipfile(path)


def verify_with_originals(path: Path) -> list[str]:
    """What is not as it was when the zip was made, a sentence each; an empty list when it is whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            problems = list(_problems(archive))
        return problems if problems or _is_all_of(path) else [_AROUND]
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError):
        return ["The zip is damaged."]


def without_original(path: Path) -> list[str]:
    """Which exhibits of a whole zip have no original in it, in a sentence; nothing where each has its own.

    It is no fault: a paper of which only the description is held has none. But nobody can tell by the zip whether one
    was taken out of it together with its line in the list, so it is said.
    """
    with zipfile.ZipFile(path) as archive, _unpacked(archive) as packet:
        names = set(archive.namelist())
        letters = [one.letter for one in originals_of(packet) if one.name not in names]
    if not letters:
        return []
    which = f" of exhibit {letters[0]} is" if len(letters) == 1 else f"s of exhibits {', '.join(letters)} are"
    return [f"The original{which} not in the zip: not held when it was made, or taken out since."]


def _is_all_of(path: Path) -> bool:
    """Whether a file is its zip from the first byte to the last, so that nothing lies before or behind it."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        first = min((entry.header_offset for entry in archive.infolist()), default=0)
        file.seek(-_END, 2)
        return first == 0 and file.read(4) == b"PK\5\6"


@contextmanager
def _unpacked(archive: zipfile.ZipFile) -> Iterator[Path]:
    """The packet of a zip as a file of its own, for as long as it is looked at."""
    with tempfile.TemporaryDirectory(prefix="medbills-") as folder:
        packet = Path(folder, PACKET)
        with archive.open(PACKET) as stream, packet.open("wb") as file:
            shutil.copyfileobj(stream, file, _BLOCK)
        yield packet


def _problems(archive: zipfile.ZipFile) -> Iterator[str]:
    entries = {entry.filename: entry for entry in archive.infolist()}
    if PACKET not in entries or LIST not in entries or entries[LIST].file_size > _MOST_OF_LIST:
        yield _NO_PACKET
        return
    if any(entry.compress_type != zipfile.ZIP_STORED for entry in entries.values()) or len(entries) != len(
        archive.infolist()
    ):
        yield "The zip was packed again by another program; unpack it and check its files one by one."
        return
    listed = dict(_listed(archive.read(LIST)))
    for name in sorted(set(entries) - set(listed) - {LIST}):
        yield f"“{name}” was added."
    for name, wanted in listed.items():
        if name not in entries:
            yield f"“{name}” is missing."
        elif _digest(archive, name) != wanted:
            yield f"“{name}” is not byte for byte the file that was put in."
    with _unpacked(archive) as packet:
        faults = verify_packet(packet)
        yield from faults
        if not faults:
            for one in originals_of(packet):
                if listed.get(one.name, one.sha256) != one.sha256:
                    yield f"“{one.name}” is not the original that the packet names as exhibit {one.letter}."


def _listed(data: bytes) -> Iterator[tuple[str, str]]:
    for line in data.decode("utf-8", "replace").splitlines():
        if found := _LINE.fullmatch(line):
            yield found[2], found[1]


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except zipfile.BadZipFile:
        return ""
    return digest.hexdigest()
