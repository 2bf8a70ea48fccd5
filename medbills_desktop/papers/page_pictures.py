"""Pages as pictures: for exhibits whose pages can't be copied, and to prove that a copy looks like its
original."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageStat

from medbills_desktop.papers.geometry import framing, thumbnail_zoom
from medbills_desktop.papers.hidden_text import hidden_text
from medbills_desktop.papers.pdf_writing import PicturePdf
from medbills_desktop.papers.picture_storing import stored_image
from medbills_desktop.papers.protocol import PageSize, PixelFormat
from medbills_desktop.papers.reading import Paper
from medbills_desktop.papers.reasons import PaperRefusedError, Why, cant_show

DOTS_PER_INCH = 200
LOSSLESS_BYTES = 600_000

_SKETCH_SIDE = 500
_CHANGED = 48
_MOST_CHANGED = 20
"""Two 500-pixel sketches are alike when at most so many pixels differ by more than 48 of 255 in any
colour (a yellow highlight that got lost changes blue only)."""


def write_pictures(paper: Paper, pages: Iterable[int], rotations: Mapping[int, int], target: Path) -> list[int]:
    """A PDF at `target` with a picture of each of the pages as shown; those that can't be drawn are returned.

    A page that can't be drawn is white with a sentence, so that the pages after it keep their numbers.
    """
    missing: list[int] = []
    with PicturePdf(target) as pdf:
        for page in pages:
            rotation = rotations.get(page, 0)
            own_size = paper.sizes[page - 1]
            size = shown_size(own_size, rotation)
            text = b""
            try:
                image = _drawn(paper, page, DOTS_PER_INCH / 72, rotation)
                text = hidden_text(paper.words(page), own_size, rotation)
            except PaperRefusedError:
                missing.append(page)
                image = _placeholder(size)
            pdf.add(size, stored_image(_grey_if_grey(image), LOSSLESS_BYTES), text=text)
    return missing


def looks_alike(original: Paper, rotation: int, copy: Paper, page: int) -> bool:
    """Whether a page of the copy looks like the original's, turned by `rotation`."""
    try:
        one = _sketch(original, page, rotation)
    except PaperRefusedError:
        return True  # nothing to be compared with
    try:
        other = _sketch(copy, page, 0)
    except PaperRefusedError:
        return False
    if one.size != other.size:
        return False
    red, green, blue = ImageChops.difference(one, other).split()
    counts = ImageChops.lighter(ImageChops.lighter(red, green), blue).histogram()
    return sum(counts[_CHANGED:]) <= _MOST_CHANGED


def average_difference(one: Paper, other: Paper, page: int) -> float:
    """How far a page of two papers is from its like on a sketch: 0 to 255, 255 where one of them can't be drawn."""
    try:
        sketches = _sketch(one, page, 0), _sketch(other, page, 0)
    except PaperRefusedError:
        return 255.0
    if sketches[0].size != sketches[1].size:
        return 255.0
    return max(ImageStat.Stat(ImageChops.difference(*sketches)).mean)


def shown_size(size: PageSize, rotation: int) -> PageSize:
    """The size of a page after the person's own turn."""
    return PageSize(size.height, size.width) if rotation % 180 else size


def _sketch(paper: Paper, page: int, rotation: int) -> Image.Image:
    return _drawn(paper, page, thumbnail_zoom(paper.sizes[page - 1], _SKETCH_SIDE), rotation)


def _drawn(paper: Paper, page: int, zoom: float, rotation: int) -> Image.Image:
    frame = framing(paper.sizes[page - 1], zoom, rotation)
    return Image.frombytes("RGB", (frame.width, frame.height), paper.draw(page, frame, PixelFormat.RGB))


def _grey_if_grey(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    same = ImageChops.difference(red, green).getbbox() is None and ImageChops.difference(red, blue).getbbox() is None
    return red if same else image


def _placeholder(size: PageSize) -> Image.Image:
    scale = DOTS_PER_INCH / 2 / 72
    side = 4000 / max(size.width, size.height, 1)
    scale = min(scale, side)
    image = Image.new("RGB", (max(1, int(size.width * scale)), max(1, int(size.height * scale))), "white")
    font = ImageFont.load_default(max(8, image.width // 40))
    middle = (image.width / 2, image.height / 2)
    ImageDraw.Draw(image).text(middle, cant_show(Why.DAMAGED_PAGE).sentence, "black", font, anchor="mm")
    return image
