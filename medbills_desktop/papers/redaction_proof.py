"""Proves of a finished packet that nothing of what was to be taken out can be got out of it again.

Reads the file as somebody would who wants to know: its bytes, every stream unpacked, every string and name, the texts
of its pages by an engine that took no part in taking them out, and whether an earlier revision is kept in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.domain.redaction import ANYWHERE, Needles, takes_in, values_in
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.reasons import Why
from medbills_desktop.papers.refusing import refusing

_STRING = re.compile(rb"\((?:\\.|[^\\()])*\)|<[0-9A-Fa-f\s]{2,}>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_LONGEST_TOLD = 200_000


@dataclass(frozen=True, slots=True)
class Left:
    """Something that is still there: of which kind, and on which page (0: in no page, but in the file)."""

    kind: RedactionKind
    page: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found, and whether the file keeps an earlier revision of itself."""

    left: tuple[Left, ...]
    earlier_revisions: bool

    @property
    def holds(self) -> bool:
        return not self.left and not self.earlier_revisions


def prove(path: Path, needles: Needles) -> Proof:
    """Search a finished file. Raises PaperRefusedError where it can't be read."""
    with refusing(Why.NOT_REDACTED):
        raw = path.read_bytes()
        found = dict.fromkeys((*_in_texts(path, needles), *_in_objects(path, needles), *_in_bytes(raw, needles)))
        return Proof(tuple(sorted(found, key=_order)), raw.count(b"%%EOF") != 1)


def written_forms(needles: Needles) -> Iterator[tuple[RedactionKind, bytes]]:
    """The bytes by which a value stands in a stream in the usual codings; shorter ones stand anywhere by chance."""
    texts: list[tuple[RedactionKind, str]] = []
    for number in needles.numbers:
        if len(number.value) >= ANYWHERE:
            texts += [(number.kind, form) for form in dict.fromkeys((number.value, number.value.lower()))]
    for day in needles.births:
        texts += [("birth_date", form) for form in _day_forms(day)]
    for kind, text in texts:
        for coding in ("ascii", "utf-16-be", "utf-16-le"):
            yield kind, text.encode(coding, "ignore")
        yield kind, text.encode("ascii", "ignore").hex().encode()
        yield kind, text.encode("ascii", "ignore").hex().upper().encode()


def _day_forms(day: Day) -> Iterable[str]:
    month, number, year = day.month, day.day, day.year
    return dict.fromkeys(
        (
            f"{month:02}/{number:02}/{year}",
            f"{month}/{number}/{year}",
            f"{month:02}-{number:02}-{year}",
            f"{year}-{month:02}-{number:02}",
        )
    )


def _order(left: Left) -> tuple[int, str]:
    return left.page, left.kind


def _in_texts(path: Path, needles: Needles) -> Iterator[Left]:
    """The pages' texts as the second engine reads them."""
    paper = PdfiumPaper(path, None, ())
    try:
        for page in range(1, len(paper.sizes) + 1):
            for take in takes_in(paper.plain_text(page), needles):
                yield Left(take.kind, page)
    finally:
        paper.close()


def _in_bytes(data: bytes, needles: Needles, page: int = 0) -> Iterator[Left]:
    for kind, form in written_forms(needles):
        if form in data:
            yield Left(kind, page)


def _in_objects(path: Path, needles: Needles) -> Iterator[Left]:
    with pikepdf.open(path, suppress_warnings=True) as pdf:
        owners = _owners(pdf)
        for thing in (*pdf.objects, pdf.trailer):
            page = owners.get(thing.objgen, 0) if isinstance(thing, pikepdf.Object) else 0
            for text in _strings(thing):
                for take in values_in(text[:_LONGEST_TOLD], needles):
                    yield Left(take.kind, page)
            if isinstance(thing, pikepdf.Stream):
                yield from _in_stream(thing, needles, page)


def _owners(pdf: Any) -> dict[tuple[int, int], int]:
    """The page of each page object and of each stream of drawing commands, by object number."""
    owners: dict[tuple[int, int], int] = {}
    for number, page in enumerate(pdf.pages, 1):
        owners.setdefault(page.obj.objgen, number)
        contents = page.obj.get("/Contents")
        for each in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if isinstance(each, pikepdf.Object):
                owners.setdefault(each.objgen, number)
        found = page.obj.get("/Resources", {}).get("/XObject", {})
        for key in found.keys():  # noqa: SIM118
            owners.setdefault(found[key].objgen, number)
    return owners


def _in_stream(stream: Any, needles: Needles, page: int) -> Iterator[Left]:
    raw = stream.read_raw_bytes()
    yield from _in_bytes(raw, needles, page)
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return  # a picture in a packing of its own: its bytes have been searched
    yield from _in_bytes(data, needles, page)
    if stream.get("/Subtype") != "/Image":
        text = " ".join(part.decode("latin-1") for part in shown_strings(data))
        for take in values_in(text, needles):
            yield Left(take.kind, page)


def shown_strings(data: bytes) -> Iterator[bytes]:
    """The strings of drawing commands, which may show a number in several pieces."""
    for found in _STRING.finditer(data):
        inner = found[0][1:-1]
        if found[0].startswith(b"("):
            yield _ESCAPE.sub(_unescaped, inner)
        else:
            digits = b"".join(inner.split())
            yield bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _unescaped(found: re.Match[bytes]) -> bytes:
    what = found[1]
    if what[:1] in b"01234567":
        return bytes((int(what, 8) & 255,))
    return b"" if what in (b"\n", b"\r", b"\r\n") else _LETTERS.get(what, what)


def _strings(thing: Any, depth: int = 0) -> Iterator[str]:
    """All strings and names that stand in an object itself, not those of objects that it only names."""
    if isinstance(thing, pikepdf.String):
        yield str(thing)
        yield bytes(thing).decode("latin-1")
    elif isinstance(thing, pikepdf.Name):
        yield str(thing)
    elif depth < 50 and isinstance(thing, pikepdf.Array | pikepdf.Dictionary | pikepdf.Stream):
        if isinstance(thing, pikepdf.Array):
            inner: list[Any] = list(thing)
        else:
            entries: Any = thing.stream_dict if isinstance(thing, pikepdf.Stream) else thing
            yield from entries.keys()
            inner = [entries[key] for key in entries.keys()]  # noqa: SIM118
        for each in inner:
            if isinstance(each, pikepdf.Object) and not each.is_indirect:
                yield from _strings(each, depth + 1)
