"""Proves of a finished packet that nothing of what was to be taken out can be got out of it again.

Reads the file as somebody would who wants to know: its bytes, every stream unpacked, every string and name, the texts
of its pages by an engine that took no part in taking them out, and whether an earlier revision is kept in it. What is
found is told by its place, so that a person can look there; what it was is never told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.left_over import LeftOver, Where
from medbills_desktop.domain.records.handing_over import RedactionKind
from medbills_desktop.domain.redaction import ANYWHERE, Needles, takes_in, values_in
from medbills_desktop.papers.drawn_data import beside_strings, is_font_file, shown_strings, tables_of_numbers
from medbills_desktop.papers.packet_listing import PacketListing
from medbills_desktop.papers.page_owners import page_owners, streams_of_pages
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.reasons import Why
from medbills_desktop.papers.refusing import refusing

_LONGEST_TOLD = 200_000


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found, and whether the file keeps an earlier revision of itself."""

    left: tuple[LeftOver, ...]
    earlier_revisions: bool
    pages: tuple[int, int] = (0, 0)
    """First and last page of the packet that are in this file."""

    @property
    def holds(self) -> bool:
        return not self.left and not self.earlier_revisions


def prove(path: Path, needles: Needles, manifest: str = "") -> Proof:
    """Search a finished file. Raises PaperRefusedError where it can't be read.

    `manifest` is the name in the catalog under which the packet keeps the list of hashes of what is in it: digits
    inside a hash of that list are no number of anybody. Pages count through all volumes of a packet.
    """
    with refusing(Why.NOT_REDACTED):
        return _Search(path, needles, PacketListing.read(path, manifest)).proof()


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


Found = Counter[RedactionKind]
"""How often something of each kind was found in one thing."""


@dataclass
class _Search:
    """One file. `_found` counts by page or object, kind and kind of place; an object's page is looked up at the end,
    since hardly ever anything is found."""

    path: Path
    needles: Needles
    listing: PacketListing
    _found: Counter[tuple[Any, RedactionKind, Where]] = field(default_factory=Counter)
    _pages: int = 0
    _inside: Found = field(default_factory=Counter)
    """What was found in streams as they are stored, which is found in the bytes of the file once more."""

    def proof(self) -> Proof:
        self._texts()
        with pikepdf.open(self.path, suppress_warnings=True) as pdf:
            self._objects(pdf)
            raw = self.path.read_bytes()
            self._add(0, "bytes", self._in_bytes(self.listing.blanked(raw)) - self._inside)
            owners: Mapping[Any, int] = page_owners(pdf) if self._found else {}
        placed: Counter[tuple[int, RedactionKind, Where]] = Counter()
        for (at, kind, where), count in self._found.items():
            placed[owners.get(at, 0) if isinstance(at, tuple) else at, kind, where] += count
        before = self.listing.pages_before
        left = sorted(
            LeftOver(page and page + before, kind, where, count, (page and self.listing.paper_on(page + before)) or "")
            for (page, kind, where), count in placed.items()
        )
        return Proof(tuple(left), raw.count(b"%%EOF") != 1, (before + 1, before + self._pages))

    def _add(self, at: Any, where: Where, found: Mapping[RedactionKind, int]) -> None:
        for kind, count in found.items():
            self._found[at, kind, where] += count

    @cached_property
    def _forms(self) -> dict[bytes, RedactionKind]:
        return {form: kind for kind, form in written_forms(self.needles)}

    def _in_bytes(self, data: bytes) -> Found:
        found: Found = Counter()
        for form, kind in self._forms.items():
            if form in data:
                found[kind] += data.count(form)
        return found

    def _in_text(self, text: str) -> Found:
        """What is known by its value, in a text that is not meant to be read by people."""
        takes = values_in(text, self.needles)
        if takes:
            takes = values_in(self.listing.without(text), self.needles)
        return Counter(take.kind for take in takes)

    def _texts(self) -> None:
        """The pages' texts as the second engine reads them."""
        paper = PdfiumPaper(self.path, None, ())
        try:
            self._pages = len(paper.sizes)
            for page in range(1, self._pages + 1):
                text = paper.plain_text(page)
                if takes_in(text, self.needles):
                    takes = takes_in(self.listing.without(text), self.needles)
                    self._add(page, "words", Counter(take.kind for take in takes))
        finally:
            paper.close()

    def _objects(self, pdf: Any) -> None:
        drawing = streams_of_pages(pdf)
        for thing in (*pdf.objects, pdf.trailer):
            at = thing.objgen if isinstance(thing, pikepdf.Object) and thing.is_indirect else 0
            for text in _strings(thing):
                self._add(at, "names", self._in_text(text[:_LONGEST_TOLD]))
            if isinstance(thing, pikepdf.Stream):
                self._stream(thing, at, at in drawing or thing.get("/Subtype") == "/Form")

    def _stream(self, stream: Any, at: Any, draws: bool) -> None:
        raw = stream.read_raw_bytes()
        stored = self._in_bytes(raw)
        self._inside += stored
        try:
            data = stream.read_bytes()
        except pikepdf.PdfError:  # a picture in a packing of its own
            self._add(at, "picture" if stream.get("/Subtype") == "/Image" else "data", stored)
            return
        if raw != data:
            self._add(at, "bytes", stored)
        if stream.get("/Subtype") == "/Image":
            self._add(at, "picture", self._in_bytes(data))
        elif draws:
            self._drawing(data, at)
        else:
            self._other(data, at)

    def _drawing(self, data: bytes, at: Any) -> None:
        self._add(at, "numbers", self._in_bytes(beside_strings(data, self._forms)))
        text = " ".join(part.decode("latin-1") for part in shown_strings(data))
        written = self._in_bytes(text.encode("latin-1"))
        if written:
            written = self._in_bytes(self.listing.without(text).encode("latin-1"))
        self._add(at, "drawing", written | self._in_text(text))

    def _other(self, data: bytes, at: Any) -> None:
        """Any other data. In a font the tables of numbers are just that, and all that is beside them is searched."""
        if is_font_file(data):
            for start, end in tables_of_numbers(data):
                data = data[:start] + b" " * (end - start) + data[end:]
            self._add(at, "font", self._in_bytes(data))
            return
        data = self.listing.blanked(data)
        text = " ".join(part.decode("latin-1") for part in shown_strings(data))
        self._add(at, "data", self._in_bytes(data) | self._in_text(text))


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
