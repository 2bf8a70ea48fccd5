"""What an exhibit page shows of its paper, drawn by two engines as large as the paper itself, and its stamp, read.

An exhibit page shows its paper smaller, with the stamp in a band below. Both engines can undo this while they draw, so
that the page can be held against the original dot by dot; and they can draw the band alone, in which letters and
digits are told apart by their shapes, as by somebody who reads the printed page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import pymupdf
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from medbills_desktop.domain.resource_files import resource
from medbills_desktop.packet.page_geometry import PageFrame

SIDE = 800
"""The most dots of the longer side. A line of text of 8 points that is missing is then more than 100 dots off."""
LARGEST = 0.9
"""Dots for each unit at most: pictures that are drawn dot by dot would jump by a whole one."""
CLEARLY, BLUR, EDGE = 64, 2, 3
MOST_OFF = 20
"""Dots that may be clearly off, after softening: the engines put a picture's edge on whole dots."""


@dataclass(frozen=True)
class View:
    """A page of `width` and `height` magnified `zoom` times, moved by `left` and `top`, cut to so many dots."""

    zoom: float
    left: float
    top: float
    dots: tuple[int, int]


Draw = Callable[[Any, View], Image.Image]


def by_mupdf(page: Any, view: View) -> Image.Image:
    clip = pymupdf.Rect(view.left, view.top, view.left + view.dots[0], view.top + view.dots[1]) / view.zoom
    whole = pymupdf.Matrix(view.zoom, 0, 0, view.zoom, -view.left, -view.top)
    drawn = page.get_pixmap(matrix=whole, clip=clip, colorspace=pymupdf.csGRAY, alpha=False)
    image = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    page_of = Image.new("L", view.dots, 255)
    page_of.paste(image, (drawn.x, drawn.y))
    return page_of


def by_pdfium(page: Any, view: View) -> Image.Image:
    picture = pypdfium2.PdfBitmap.new_native(*view.dots, pdfium.FPDFBitmap_BGR)
    pdfium.FPDFBitmap_FillRect(picture, 0, 0, *view.dots, 0xFFFFFFFF)
    matrix = pdfium.FS_MATRIX(view.zoom, 0, 0, view.zoom, -view.left, -view.top)
    pdfium.FPDF_RenderPageBitmapWithMatrix(picture, page, matrix, pdfium.FS_RECTF(0, 0, *view.dots), pdfium.FPDF_ANNOT)
    return picture.to_pil().convert("L")


def size_by_mupdf(page: Any) -> tuple[float, float]:
    return float(page.rect.width), float(page.rect.height)


def size_by_pdfium(page: Any) -> tuple[float, float]:
    width, height = page.get_size()
    return float(width), float(height)


@dataclass(frozen=True)
class Engine:
    """One way to draw PDFs: `opened` gives a list of pages."""

    name: str
    opened: Callable[[str], Any]
    size: Callable[[Any], tuple[float, float]]
    draw: Draw

    def paper(self, page: Any) -> Image.Image:
        """A page as it is."""
        return self._paper(page, None)

    def exhibit(self, page: Any, frame: PageFrame) -> Image.Image:
        """What an exhibit page shows of its paper, as large as `paper` draws the paper."""
        return self._paper(page, frame)

    def _paper(self, page: Any, frame: PageFrame | None) -> Image.Image:
        width, height = self.size(page)
        zoom = min(SIDE / max(width, height), LARGEST)
        dots = (max(1, round(width * zoom)), max(1, round(height * zoom)))
        if frame is None:
            return self.draw(page, View(zoom, 0, 0, dots))
        left = frame.left_margin / frame.width * width
        zoom /= frame.shrink
        return self.draw(page, View(zoom, left * zoom, 0, dots))

    def band(self, page: Any, frame: PageFrame, letter_dots: float, stamp_size: float) -> Image.Image:
        """The strip below the paper with the stamp, whose letters (`stamp_size` units) become `letter_dots` high."""
        width, height = self.size(page)
        unit = width / frame.width
        zoom = letter_dots / (stamp_size * unit)
        strip = frame.height * (1 - frame.shrink) * unit
        dots = (round(width * zoom), round(strip * zoom))
        return self.draw(page, View(zoom, 0, height * zoom - dots[1], dots))


MUPDF = Engine("MuPDF", lambda path: pymupdf.open(path, filetype="pdf"), size_by_mupdf, by_mupdf)
PDFIUM = Engine("PDFium", pypdfium2.PdfDocument, size_by_pdfium, by_pdfium)
ENGINES = (MUPDF, PDFIUM)


def dots_off(paper: Image.Image, exhibit: Image.Image) -> int:
    """How many dots of two grey pictures are clearly different, edges aside; all of them where the sizes differ."""
    if paper.size != exhibit.size:
        return paper.width * paper.height
    box = (EDGE, EDGE, max(EDGE + 1, paper.width - EDGE), max(EDGE + 1, paper.height - EDGE))
    one, other = (each.filter(ImageFilter.BoxBlur(BLUR)).crop(box) for each in (paper, exhibit))
    return sum(ImageChops.difference(one, other).histogram()[CLEARLY:])


# Reading the stamp

DIGITS, CAPITALS = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FINER, _STEPS = 4, 4
_MOST_UNLIKE = 0.6
"""How much of a letter's ink may be elsewhere, at most."""


@dataclass(frozen=True)
class Line:
    """A line of a stamp in the band's dots: its words, where it begins, its base line from the top, its letter size."""

    words: str
    left: float
    base: float
    size: float


def read(band: Image.Image, line: Line, advance: Callable[[str], float], one_bit: bool = False) -> str:
    """The words that stand on the band where the line should: digits and capitals as they are seen, others as told.

    Each place is compared with all digits (or capitals) as the font draws them; the most alike is what is read, and a
    place without enough ink is read as `·`.
    """
    if one_bit:
        band = band.point(lambda value: 255 if value >= 128 else 0)
    return "".join(_seen(band, line, *place) for place in _places(line, advance))


def _places(line: Line, advance: Callable[[str], float]) -> Iterator[tuple[str, float, float]]:
    across = line.left
    for char in line.words:
        yield char, across, advance(char)
        across += advance(char) * line.size


def _seen(band: Image.Image, line: Line, char: str, left: float, wide: float) -> str:
    known = next((kind for kind in (DIGITS, CAPITALS) if char in kind), "")
    if not known:
        return char
    size = round(line.size, 2)
    width, height = round(wide * line.size) + 1, round(1.05 * size)
    part = (round(left % 1 * _STEPS), round(line.base % 1 * _STEPS))
    shapes = {each: _shape(each, size, (width, height), part) for each in known}
    corner = (int(left), int(line.base) - round(0.8 * size))
    there = band.crop((*corner, corner[0] + width, corner[1] + height))
    there = there.filter(ImageFilter.BoxBlur(1))
    off = {each: _ink(ImageChops.difference(there, shape)) for each, shape in shapes.items()}
    best = min(off, key=lambda each: off[each])
    return best if off[best] < _MOST_UNLIKE * _ink(ImageChops.invert(shapes[best])) else "·"


def _ink(image: Image.Image) -> int:
    return sum(value * count for value, count in enumerate(image.histogram()))


@cache
def _shape(char: str, size: float, dots: tuple[int, int], part: tuple[int, int]) -> Image.Image:
    """A letter as the font draws it on a place of so many dots, moved by parts of a dot."""
    fine = Image.new("L", (dots[0] * _FINER, dots[1] * _FINER), 255)
    at = (part[0] * _FINER / _STEPS, (round(0.8 * size) + part[1] / _STEPS) * _FINER)
    ImageDraw.Draw(fine).text(at, char, 0, _font(size), anchor="ls")
    return fine.reduce(_FINER).filter(ImageFilter.BoxBlur(1))


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(str(resource("fonts/MedBillsSans-Regular.ttf")), size * _FINER, layout_engine=layout)
