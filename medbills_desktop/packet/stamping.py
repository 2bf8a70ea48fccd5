"""Exhibit pages with their stamps: the page becomes one closed drawing, a little smaller, with the stamp below it.

Closed means that nothing in the page's own content (a font of the same name, a changed scale, a missing restore,
content shared with another page) can move or hide the stamp, and that the stamp never covers anything.
"""

from __future__ import annotations

import copy
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import repeat
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from medbills_desktop.packet.page_geometry import MARKED_BAND, PageFrame, inherited, page_frame

SIZE = 0.0147
"""Height of stamp letters as a share of the page's measure: 9 points on a Letter page, legible on any other."""
_BASELINE = 0.031
_MARGIN = 0.05
_LABEL = 0.0125
_FRAME_LINE = 0.0006
_FRAME_GREY = 0.6
_MARK_LINE = 0.001
_AROUND = 0.002
"""Room left around a region: enough to be clear of it, too little to reach the rows above and below."""

_WINDOW, _MEMORY = 12, 5
"""What a little is packed with, as zlib counts: it looks back over 4 kB and works in some more. To be given the usual
quarter of a megabyte takes longer, for each page, than to pack its stamp."""

_FLATE, _FORM = Name.FlateDecode, Name.Form
"""One object each for all pages: named anew on each, they would take megabytes of a large packet."""

_KEPT = ("/Type", "/Parent", "/Group", "/UserUnit")


@dataclass(frozen=True)
class StampFont:
    """The font of the front pages, ready to be used on exhibit pages without embedding it again.

    `named` holds its subsets by their names on stamped pages, for all of them one object; `codes` gives subset and byte
    of each character, `widths` its width for a size of 1.
    """

    named: Any
    codes: Mapping[str, tuple[int, int]]
    widths: Mapping[str, float]
    _boxes: dict[tuple[float, ...], Any] = field(default_factory=dict)

    def box(self, frame: PageFrame) -> Any:
        """The box of a page, one object for all pages of its size: each made anew would take memory of its own."""
        sides = (frame.left, frame.bottom, frame.right, frame.top)
        if sides not in self._boxes:
            self._boxes[sides] = Array(sides)
        return self._boxes[sides]

    def width(self, text: str, size: float) -> float:
        return size * sum(map(self.widths.get, text, repeat(0.0)))

    def show(self, text: str, size: float) -> bytes:
        """The operators that show a text, changing subset where they must."""
        out: list[bytes] = []
        run, run_subset = bytearray(), -1
        for char in text:
            if char not in self.codes:
                continue
            subset, code = self.codes[char]
            if subset != run_subset and run:
                out.append(_run(run_subset, size, run))
                run = bytearray()
            run_subset = subset
            run.append(code)
        if run:
            out.append(_run(run_subset, size, run))
        return b" ".join(out)


def _run(subset: int, size: float, codes: bytearray) -> bytes:
    return b"/MBFont%d %s Tf <%s> Tj" % (subset, number(size), bytes(codes).hex().encode())


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is printed below a page: left the permanent number of the paper, right the place in the packet."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A region to be framed, in points from the top left corner of the page as seen, and the line that it shows."""

    rectangle: tuple[float, float, float, float]
    label: str


def number(value: float) -> bytes:
    """A number as PDF writes it."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return b"0" if text in ("", "-0") else text.encode()


def stamp_page(
    pdf: Pdf, page: Any, font: StampFont, stamp: Stamp, marks: Iterable[Mark] = (), is_picture: bool = False
) -> PageFrame:
    """Turn a page dictionary of `pdf` into a stamped one, in place; whatever acts or is hidden is left behind.

    Marked for screen readers are its own content (0), the stamp (1) and the frames of regions (2).
    """
    marks = tuple(marks)
    frame = page_frame(page)
    if marks:
        frame = replace(frame, band=MARKED_BAND)
    resources = inherited(page, "/Resources")
    resources = resources if isinstance(resources, Dictionary) else Dictionary()
    box = font.box(frame)
    drawing = _closed_drawing(pdf, page, resources, box)
    shrunk, seen, border = _drawn_alike(frame)
    content = b"\n".join(
        [
            _tagged(0, b"Figure" if is_picture else b"P"),
            b"q %s cm\n/MBPage Do\nQ" % shrunk,
            b"EMC",
            b"q %s cm" % seen,
            border,
            *_written(frame, font, stamp, marks),
            b"Q",
        ]
    )
    for key in list(page.keys()):
        if key not in _KEPT:
            del page[key]
    page.MediaBox = box
    if frame.rotation:
        page.Rotate = frame.rotation
    page.Resources = Dictionary(XObject=Dictionary(MBPage=drawing), Font=font.named)
    page.Contents = packed_stream(pdf, content)
    return frame


def packed_stream(pdf: Pdf, data: bytes, **entries: Any) -> Any:
    """A compressed stream; always the same bytes for the same data."""
    small = len(data) <= 1 << _WINDOW
    packer = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, _MEMORY) if small else zlib.compressobj(6)
    stream = Stream(pdf, packer.compress(data) + packer.flush())
    stream.Filter = _FLATE
    for key, value in entries.items():
        stream[f"/{key}"] = value
    return stream


def _closed_drawing(pdf: Pdf, page: Any, resources: Any, box: Any) -> Any:
    """The page's content as a form, cut to what is visible.

    A single stream becomes the form itself, unless it is one already: for another page, or for a paper's own drawing.
    """
    contents = page.get("/Contents")
    if isinstance(contents, Array) and len(contents) == 1:
        contents = contents[0]
    if isinstance(contents, Stream) and "/Filter" in contents:
        form = copy.copy(contents) if "/Subtype" in contents or not contents.is_indirect else contents
    elif isinstance(contents, Stream):
        form = packed_stream(pdf, _decoded(contents))
    else:
        parts = contents if isinstance(contents, Array) else ()
        form = packed_stream(pdf, b"\n".join(_decoded(part) for part in parts))
    for key in list(form.stream_dict.keys()):
        if key not in ("/Length", "/Filter", "/DecodeParms"):
            del form.stream_dict[key]
    form.Subtype = _FORM
    form.BBox = box
    form.Resources = resources
    return form


def _decoded(part: Any) -> bytes:
    """One of several content streams; one that can't be read draws nothing, as in any reader."""
    if not isinstance(part, Stream):
        return b""
    try:
        return bytes(part.read_bytes())
    except pikepdf.PdfError:
        return b""


def _tagged(number_of_mark: int, role: bytes) -> bytes:
    return b"/%s <</MCID %d>> BDC" % (role, number_of_mark)


@lru_cache(maxsize=64)
def _drawn_alike(frame: PageFrame) -> tuple[bytes, bytes, bytes]:
    """What is the same on all pages of one frame: both matrices, and the line around the page made smaller."""
    left, bottom = frame.shrunk(0, 0)
    right, top = frame.shrunk(frame.width, frame.height)
    line = b"/Artifact BMC %s w %s G 0 g" % (number(_FRAME_LINE * frame.measure), number(_FRAME_GREY))
    border = b"%s\n%s re S\nEMC" % (line, _numbers((left, bottom, right - left, top - bottom)))
    return _numbers(frame.shrink_matrix), _numbers(frame.matrix), border


def _numbers(values: Iterable[float]) -> bytes:
    return b" ".join(number(value) for value in values)


def _written(frame: PageFrame, font: StampFont, stamp: Stamp, marks: tuple[Mark, ...]) -> Iterable[bytes]:
    """What is written on the page and drawn around its regions, in seen coordinates."""
    unit = frame.measure
    size, base, margin = SIZE * unit, _BASELINE * unit, _MARGIN * unit
    yield _tagged(1, b"P")
    right_edge = frame.width - margin - font.width(stamp.right, size)
    for x, text in ((margin, stamp.left), (right_edge, stamp.right)):
        if text:
            yield _text(x, base, font.show(text, size))
    yield b"EMC"
    if marks:
        yield _tagged(2, b"P")
        for mark in marks:
            yield from _marked(frame, font, mark)
        yield b"EMC"


def _text(x: float, y: float, shown: bytes) -> bytes:
    return b"BT %s %s Td %s ET" % (number(x), number(y), shown)


def _marked(frame: PageFrame, font: StampFont, mark: Mark) -> Iterable[bytes]:
    """A thin frame around the region, and its line number in the margin beside the page, where no ink can be."""
    per_point = 1 / frame.user_unit
    x0, y0, x1, y1 = (value * per_point for value in mark.rectangle)
    pad = _AROUND * frame.shorter
    left, top = frame.shrunk(max(0, x0 - pad), frame.height - max(0, y0 - pad))
    right, bottom = frame.shrunk(min(frame.width, x1 + pad), frame.height - min(frame.height, y1 + pad))
    if right <= left or top <= bottom:
        return
    yield b"%s w 0 G" % number(_MARK_LINE * frame.shorter)
    yield b"%s re S" % _numbers((left, bottom, right - left, top - bottom))
    size = min(_LABEL * frame.shorter, 0.8 * frame.left_margin / max(font.width(mark.label, 1), 0.1))
    x = 0.92 * frame.left_margin - font.width(mark.label, size)
    yield _text(x, (top + bottom) / 2 - 0.36 * size, font.show(mark.label, size))
