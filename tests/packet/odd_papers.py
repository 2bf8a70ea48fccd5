"""One packet of papers of every kind, made as the program makes it, and what can be said against it."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
from PIL import Image
from reportlab.pdfbase.pdfmetrics import stringWidth

from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.packet import stamping
from medbills_desktop.packet.fonts import REGULAR, register
from medbills_desktop.packet.order import ExhibitPlace, ExhibitSource, PacketReport
from medbills_desktop.packet.page_geometry import PageFrame, page_frame
from tests.packet.drawing import MOST_OFF, MUPDF, Engine, Line, dots_off, read
from tests.packet.packets import build, order, papers_case, stamp_of
from tests.papers.specimens import HEIC, corners, oriented_jpeg

LETTER_DOTS = 24.0
"""How high the letters of a stamp are when they are read from the screen."""
FAX = 200 / 72
"""Dots for each point of a page that was sent by fax."""
WHITE = 200
SHEET = (612.0, 792.0)
"""Points of the sheet on which a page is printed before, made larger or smaller until it fits."""


def pictures(folder: Path) -> list[Path]:
    """A picture of every form, red at its upper left and blue at its lower right; of some forms no page can be made."""
    shown = corners(300, 200)
    made = [oriented_jpeg(folder / f"photo-{turn}.jpg", turn, shown) for turn in range(1, 9)]
    forms: dict[str, tuple[Image.Image, dict[str, Any]]] = {
        "printer.jpg": (shown.convert("CMYK"), {"quality": 95}),
        "progressive.jpg": (shown, {"progressive": True}),
        "grey.png": (shown.convert("L"), {}),
        "palette.png": (shown.convert("P"), {}),
        "one-bit.png": (shown.convert("1"), {}),
        "deep.png": (shown.convert("L").convert("I;16").point(lambda value: value * 256), {}),
        "clear.png": (_see_through(shown), {}),
        "scan.gif": (shown, {}),
        "moving.gif": (shown, {"save_all": True, "append_images": [shown.rotate(180)]}),
        "scan.webp": (shown, {"lossless": True}),
        "fax.tiff": (shown.convert("1"), {"save_all": True, "append_images": [shown.convert("1")] * 2}),
        "colour.tiff": (shown, {"compression": "tiff_lzw"}),
    }
    for name, (image, options) in forms.items():
        made.append(folder / name)
        image.save(made[-1], **options)
    made.append(folder / "IMG_0001.HEIC")
    made[-1].write_bytes(HEIC)
    return made


def not_papers(folder: Path) -> list[Path]:
    """Files of which no page can be made: each stands in the packet as a page that says why."""
    shown = corners(60, 40)
    made = [folder / "scan.bmp"]
    shown.save(made[0])
    for name, data in {
        "photo.avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf",
        "letter.docx": b"PK\x03\x04 no",
        "nothing.pdf": b"",
        "portal.pdf": b"<!DOCTYPE html><html><body>Please sign in</body></html>",
        "half.pdf": b"%PDF-1.7\n1 0 obj\n<</Type/Cat",
        "cut.jpg": b"\xff\xd8\xff\xe0 no picture",
    }.items():
        made.append(folder / name)
        made[-1].write_bytes(data)
    return made


def _see_through(shown: Image.Image) -> Image.Image:
    """The picture with everything that is white made transparent, and black below."""
    clear = shown.convert("L").point(lambda value: 0 if value > 250 else 255)
    image = Image.composite(shown, Image.new("RGB", shown.size), clear).convert("RGBA")
    image.putalpha(clear)
    return image


@dataclass
class OddPacket:
    """The packet with what it was made of; files are opened once. `unwatched` papers are not drawn to judge it."""

    files: Sequence[Path]
    sources: Sequence[ExhibitSource]
    made: PacketReport
    unwatched: frozenset[str] = frozenset()
    drawn: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def frames(self) -> list[PageFrame]:
        with pikepdf.open(self.made.path) as pdf:
            return [page_frame(page.obj) for page in pdf.pages]

    def page(self, engine: Engine, number: int) -> Any:
        """A page of the packet, from 1."""
        if engine.name not in self.drawn:
            self.drawn[engine.name] = engine.opened(str(self.made.path))
        return self.drawn[engine.name][number - 1]

    def close(self) -> None:
        """Close what was opened for drawing."""
        for opened in self.drawn.values():
            opened.close()
        self.drawn.clear()

    @property
    def shown(self) -> Iterator[tuple[ExhibitPlace, Path, Path]]:
        """Exhibits with their original and the copy that was merged."""
        originals = {path.name: path for path in self.files}
        copies = {source.document.shown_title: source.content for source in self.sources}
        for place in self.made.exhibits:
            copy = copies[place.title]
            if place.shown and isinstance(copy, Path):
                yield place, originals[place.title], copy

    @property
    def watched(self) -> Iterator[tuple[ExhibitPlace, Path, Path]]:
        """The exhibits whose pages are drawn."""
        return (each for each in self.shown if each[0].title not in self.unwatched)

    def slip(self, title: str) -> str:
        """What the slip sheet of a paper says."""
        place = next(place for place in self.made.exhibits if place.title == title)
        return re.sub(r"\s+", " ", self.page(MUPDF, place.first_page).get_text())


def make_packet_of(files: Sequence[Path], work: Path, out: Path) -> OddPacket:
    """Prepare the papers in a process of their own, and make the packet."""
    case, originals = papers_case(files)
    with ExhibitPreparer(work) as preparer:
        sources = [preparer.prepare(one.document, one.content, {}) for one in originals]  # type: ignore[arg-type]
    return OddPacket(files, sources, build(order(case, sources), out))


# What can be said against it


def unlike(packet: OddPacket, engine: Engine) -> Iterator[str]:
    """Exhibit pages that don't show what the paper shows, by one engine.

    MuPDF, with which the program shows papers, draws the original; PDFium, which draws no notes and forms of its own
    accord, the copy in which they are part of the page.
    """
    for place, original, copy in packet.watched:
        is_pdf = original.suffix == ".pdf"
        with contextlib.closing(engine.opened(str(original if is_pdf and engine is MUPDF else copy))) as paper:
            for own in range(1, place.pages + 1):
                number = place.first_page + own
                try:
                    before = engine.paper(paper[own - 1])
                except (pymupdf.mupdf.FzErrorBase, IndexError):
                    continue  # the engine can't draw the original: another one did, or the page says so
                after = engine.exhibit(packet.page(engine, number), packet.frames[number - 1])
                off = dots_off(before, after)
                if off > MOST_OFF:
                    yield f"{place.title}, page {own}: {off} dots off by {engine.name}"


def losing_words(packet: OddPacket) -> Iterator[str]:
    """Exhibit pages from which letters can't be got that can be got from the original."""
    for place, original, _ in packet.shown:
        if original.suffix != ".pdf":
            continue
        with contextlib.closing(MUPDF.opened(str(original))) as paper:
            for own in range(1, min(place.pages, len(paper)) + 1):
                with contextlib.suppress(pymupdf.mupdf.FzErrorBase):
                    before = _letters(paper[own - 1])
                    missing = before - _letters(packet.page(MUPDF, place.first_page + own))
                    if missing.total() > 0.02 * before.total():
                        yield f"{place.title}, page {own}: {missing.total()} of {before.total()} letters are lost"


def _letters(page: Any) -> Counter[str]:
    text = unicodedata.normalize("NFKC", page.get_text())
    return Counter(char for char in text if char.isalnum())


def misread_stamps(packet: OddPacket, engine: Engine, fax: bool = False) -> Iterator[str]:
    """Exhibit pages on which one of both stamps is not what is read from the drawn page, as it is or after a fax."""
    papers = {source.document.shown_title: source.document.paper_number for source in packet.sources}
    for place, _, _ in packet.watched:
        for own in range(1, place.pages + 1):
            number = place.first_page + own
            right = stamp_of(place.letter, own, place.pages, number, packet.made.pages)
            page, frame = packet.page(engine, number), packet.frames[number - 1]
            for complaint in misread(engine, page, frame, (f"{papers[place.title]}-{own}", right), fax):
                yield f"{place.title}, page {own}: {complaint}"


def misread(engine: Engine, page: Any, frame: PageFrame, stamps: tuple[str, str], fax: bool = False) -> Iterator[str]:
    """What is wrong with the left and the right stamp of one exhibit page, as it is drawn."""
    register()
    size = stamping.SIZE * frame.measure
    dots = _after_fax(frame, size) if fax else LETTER_DOTS
    band = engine.band(page, frame, dots, size)
    for line in _lines(band, frame, dots, *stamps):
        seen = read(band, line, _advance, one_bit=fax)
        if seen != line.words:
            yield f"{line.words!r} is read as {seen!r} by {engine.name}"
        if _above(band, line).getextrema()[0] < WHITE:
            yield "there is something between the paper and its stamp"


def _after_fax(frame: PageFrame, size: float) -> float:
    """How high the letters are on a page that was printed as large as a sheet allows and sent by fax."""
    fitting = min(min(SHEET) / frame.shorter, max(SHEET) / max(frame.width, frame.height))
    return size * fitting * FAX


def _above(band: Image.Image, line: Line) -> Image.Image:
    """The white between the frame around the paper and the letters."""
    top = round(0.2 * line.size)
    return band.crop((0, top, band.width, max(top + 1, int(line.base - line.size))))


def _lines(band: Image.Image, frame: PageFrame, dots: float, left: str, right: str) -> Iterator[Line]:
    per_unit = dots / (stamping.SIZE * frame.measure)
    margin, base = (
        stamping._MARGIN * frame.measure * per_unit,
        band.height - stamping._BASELINE * frame.measure * per_unit,
    )
    end = frame.width * per_unit - margin
    yield Line(left, margin, base, dots)
    yield Line(right, end - sum(map(_advance, right)) * dots, base, dots)


def _advance(char: str) -> float:
    return float(stringWidth(char, REGULAR, 1))
