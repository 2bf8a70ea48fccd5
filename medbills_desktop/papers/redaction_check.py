"""Reads and looks at a copy again after something was taken out: nothing of it is left, nothing else has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, ImageChops, ImageDraw, ImageStat

from medbills_desktop.domain.redaction import Needles, takes_in
from medbills_desktop.papers.geometry import framing, thumbnail_zoom
from medbills_desktop.papers.page_letters import inked_spots, readings, text_of
from medbills_desktop.papers.pdf_pages import MupdfPaper
from medbills_desktop.papers.pdfium_pages import PdfiumPaper
from medbills_desktop.papers.protocol import PixelFormat
from medbills_desktop.papers.reading import Paper
from medbills_desktop.papers.reasons import PaperRefusedError
from medbills_desktop.papers.redaction_areas import Area, goes_with
from medbills_desktop.papers.spots import Spot, meet, middle, moved

_ZOOM = 2.0
_SPREAD = 24
"""Steps of 255 by which the pixels of an area may differ after all was taken out of it, before it is covered."""

_SIDE = 700
_CHANGED, _MOST_CHANGED = 64, 60
"""Two 700-pixel pictures of a page agree outside the areas when at most so many pixels differ by more than that."""

_COARSE = 6
"""A page drawn as a picture is compared so many times smaller: its letters are those of the picture's own grid."""

_BLACK = 40
_THIN = 2.5
"""Points: a rule of a table is no content."""


def all_one_colour(page: Any, boxes: Sequence[Any]) -> bool:
    """Whether each of some boxes of a page (as shown) is of one colour but for characters that stay and for thin rules
    across it."""
    letters = [spot for reading in readings(page) for spot in inked_spots(reading)]
    shown = tuple(page.rotation_matrix)
    drawings = [moved(tuple(drawing["rect"]), shown) for drawing in page.get_drawings()]
    rules = [rule for rule in drawings if min(rule[2] - rule[0], rule[3] - rule[1]) <= _THIN]
    for box in boxes:
        sides = tuple(box)
        staying = [each for each in letters if meet(each, sides) and not goes_with(each, sides)]
        if not _one_colour(page, box, [*staying, *rules]):
            return False
    return True


def _one_colour(page: Any, box: Any, others: Sequence[Spot]) -> bool:
    picture = page.get_pixmap(matrix=pymupdf.Matrix(_ZOOM, _ZOOM), clip=box, alpha=False)
    if not (picture.width and picture.height):
        return True
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.samples)
    mask = Image.new("L", image.size, 255)
    draw = ImageDraw.Draw(mask)
    draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=0, width=2)
    for other in others:
        left, top, right, bottom = (side * _ZOOM for side in other)
        draw.rectangle(
            (left - picture.x - 2, top - picture.y - 2, right - picture.x + 2, bottom - picture.y + 2), fill=0
        )
    if mask.getbbox() is None:
        return True
    return all(high - low <= _SPREAD for low, high in ImageStat.Stat(image, mask).extrema)


class Checked:
    """A copy held against the paper that it was made from."""

    def __init__(
        self, original: Paper, copy: Path, needles: Needles, areas: Mapping[int, Sequence[Area]], pictured: set[int]
    ) -> None:
        self._original = original
        self._copy = copy
        self._needles = needles
        self._areas = areas
        self._pictured = pictured

    def bad_pages(self) -> Iterator[int]:
        """Pages (from 1) on which something is left or something else has changed."""
        document = pymupdf.open(filename=str(self._copy), filetype="pdf")
        drawn = MupdfPaper(self._copy, None)
        try:
            second: PdfiumPaper | None = PdfiumPaper(self._copy, None, ())
        except PaperRefusedError:
            second = None
        try:
            for number in range(1, document.page_count + 1):
                if self._is_left(document[number - 1], second, number) or (
                    number in self._areas and not self._looks_right(drawn, second, number)
                ):
                    yield number
        finally:
            document.close()
            drawn.close()
            if second is not None:
                second.close()

    def _is_left(self, page: Any, second: PdfiumPaper | None, number: int) -> bool:
        boxes = [box for area in self._areas.get(number, ()) if not area.by_rule for box in area.boxes]

        def wanted(text: str) -> bool:
            return bool(boxes) or bool(takes_in(text, self._needles))

        for reading in readings(page, second, number, wanted):
            if takes_in(text_of(reading), self._needles):
                return True
            if boxes and any(goes_with(spot, box) for spot in inked_spots(reading) for box in boxes):
                return True
        return False

    def _looks_right(self, copy: Paper, second: Paper | None, number: int) -> bool:
        boxes = [box for area in self._areas[number] for box in area.boxes]
        letters = [letter for area in self._areas[number] for letter in area.letters]
        covers = [cover for area in self._areas[number] for cover in area.covers]
        try:
            before = _picture(self._original, number)
        except PaperRefusedError:
            return number in self._pictured
        after = _picture(copy, number)
        if before.size != after.size:
            return False
        scale = before.width / self._original.sizes[number - 1].width
        for image in (before, after):
            draw = ImageDraw.Draw(image)
            for box in (*boxes, *letters, *covers):
                left, top, right, bottom = (side * scale for side in box)
                draw.rectangle((left - 3, top - 3, right + 3, bottom + 3), "black")
        if number in self._pictured:
            before, after = (image.resize(_coarse(image.size), Image.Resampling.BOX) for image in (before, after))
        red, green, blue = ImageChops.difference(before, after).split()
        counts = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
        return sum(counts[_CHANGED:]) <= _MOST_CHANGED and all(
            _is_black(_picture(paper, number), boxes, scale) for paper in (copy, second) if paper is not None
        )


def _coarse(size: tuple[int, int]) -> tuple[int, int]:
    return max(1, size[0] // _COARSE), max(1, size[1] // _COARSE)


def _is_black(image: Image.Image, boxes: Sequence[Spot], scale: float) -> bool:
    """Whether the middle of each box is covered, as whoever opens the copy sees it."""
    for box in boxes:
        x, y = (side * scale for side in middle(box))
        if 0 <= x < image.width and 0 <= y < image.height:
            pixel = image.getpixel((int(x), int(y)))
            if max(pixel if isinstance(pixel, tuple) else (pixel or 0,)) > _BLACK:
                return False
    return True


def _picture(paper: Paper, number: int) -> Image.Image:
    frame = framing(paper.sizes[number - 1], thumbnail_zoom(paper.sizes[number - 1], _SIDE), 0)
    return Image.frombytes("RGB", (frame.width, frame.height), paper.draw(number, frame, PixelFormat.RGB))
