"""Pages of a finished packet as a fax machine sends them: Letter, upright, black and white, 200 dots an inch.

Print becomes black on white by what is around it, so that grey rules, coloured fills and shaded photographs of paper do
not swallow it; only where a page shows a photograph its shades are made of dots.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

from medbills_desktop.papers.geometry import framing
from medbills_desktop.papers.pdf_pages import MupdfPaper
from medbills_desktop.papers.pdf_writing import PicturePdf, StoredPicture
from medbills_desktop.papers.picture_packing import group4
from medbills_desktop.papers.protocol import PageSize, PixelFormat
from medbills_desktop.papers.reasons import Why
from medbills_desktop.papers.refusing import refusing

SHEET = PageSize(612.0, 792.0)
WIDTH, HEIGHT = 1700, 2200
"""Dots of a sheet: “fine” on a fax machine is 204 by 196 to the inch."""

SMALLEST_LETTERS = 20
"""Dots of height (7 points) below which a stamp is printed once more in a band of its own."""

STAMP_SHARE = 0.0147
"""Height of the letters of a stamp, of the shorter side of the page that it is on."""

_BAND, _LETTERS, _SIDE = 70, 28, 85
_BLACK, _DARK, _SHARE = 48, 128, 0.6
"""Always black below the first; below the second, and below this share of how bright the paper is there, black as well:
print in the shadow of a photograph stays legible."""
_LIGHT = 232
_AROUND = 8
_OWN_CONTRAST, _CONTRAST = 15, 24
"""How much darker than what is around it a black dot is: on our own pages, and on copies, which have grain."""

_TILE = 25
_PHOTO = 0.5
_LEAST_TILES = 9
_SHADE = (25, 150)

Labels = Mapping[int, tuple[str, str]]


def write_fax_pages(packet: Path, first: int, last: int, target: Path, labels: Labels, font: Path) -> None:
    """A PDF at `target` with the pages `first` to `last` of a packet.

    `labels` are what the stamps of copies say, left and right, by page; other pages are the packet's own. `font` is a
    file. Raises PaperRefusedError where the packet can't be read.
    """
    with refusing(Why.DAMAGED):
        paper = MupdfPaper(packet, None)
        try:
            with PicturePdf(target) as pdf:
                for page in range(first, last + 1):
                    bits = fax_page(paper, page, labels.get(page), font)
                    data = group4(bits)
                    pdf.add(SHEET, StoredPicture(WIDTH, HEIGHT, "DeviceGray", 1, "CCITTFaxDecode", data))
        finally:
            paper.close()


def fax_page(paper: MupdfPaper, page: int, label: tuple[str, str] | None, font: Path) -> Image.Image:
    """One page as a sheet of black and white."""
    size = paper.sizes[page - 1]
    turn = 90 if size.width > size.height else 0
    width, height = (size.height, size.width) if turn else (size.width, size.height)
    zoom = min(WIDTH / width, HEIGHT / height)
    band = 0
    if label is not None and STAMP_SHARE * width * zoom < SMALLEST_LETTERS:
        band = _BAND
        zoom = min(WIDTH / width, (HEIGHT - band) / height)
    frame = framing(size, zoom, turn)
    drawn = Image.frombytes("RGB", (frame.width, frame.height), paper.draw(page, frame, PixelFormat.RGB)).convert("L")
    drawn = drawn.crop((0, 0, min(drawn.width, WIDTH), min(drawn.height, HEIGHT - band)))
    bits = black_and_white(drawn, _OWN_CONTRAST if label is None else _CONTRAST)
    sheet = Image.new("1", (WIDTH, HEIGHT), 255)
    sheet.paste(bits, ((WIDTH - bits.width) // 2, (HEIGHT - band - bits.height) // 2))
    if band and label is not None:
        _stamp(sheet, label, font)
    return sheet


def black_and_white(grey: Image.Image, contrast: int) -> Image.Image:
    """A grey picture in black and white: what is dark, and what is darker than its surroundings, is black."""
    paper = _paper(grey)
    around = grey.filter(ImageFilter.BoxBlur(_AROUND))
    darker = ImageChops.subtract(around, grey).point([0] * contrast + [255] * (256 - contrast))
    darker = ImageChops.darker(darker, grey.point([255] * _LIGHT + [0] * (256 - _LIGHT)))
    limit = paper.point([max(_BLACK, min(_DARK, round(_SHARE * value))) for value in range(256)])
    dark = ImageChops.subtract(limit, grey).point([0] + [255] * 255)
    print_ = ImageChops.invert(ImageChops.lighter(darker, dark)).convert("1", dither=Image.Dither.NONE)
    photo = _photographs(grey, paper)
    if photo is None:
        return print_
    print_.paste(grey.convert("1"), mask=photo)
    return print_


def _paper(grey: Image.Image) -> Image.Image:
    """How bright the paper is at each place: what is brightest near by."""
    tiles = _tiles(grey).filter(ImageFilter.MaxFilter(_LEAST_TILES))
    return tiles.resize(grey.size, Image.Resampling.BILINEAR)


def _tiles(picture: Image.Image) -> Image.Image:
    """The picture with one dot for each tile."""
    size = (max(1, picture.width // _TILE), max(1, picture.height // _TILE))
    return picture.resize(size, Image.Resampling.BOX)


def _photographs(grey: Image.Image, paper: Image.Image) -> Image.Image | None:
    """Where a page shows shades instead of print, as a mask; nothing where it shows none.

    A tile most of whose dots are neither as bright as paper nor as dark as ink
    shows shades, and so many of them together a photograph.
    """
    low, high = _SHADE
    below = ImageChops.subtract(paper, grey)
    shaded = _tiles(below.point([0] * low + [255] * (high - low) + [0] * (256 - high)))
    most = round(255 * _PHOTO)
    found = shaded.point([0] * most + [255] * (256 - most))
    found = found.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.MinFilter(3))
    found = found.filter(ImageFilter.MinFilter(_LEAST_TILES)).filter(ImageFilter.MaxFilter(_LEAST_TILES))
    if found.getbbox() is None:
        return None
    return found.resize(grey.size, Image.Resampling.NEAREST).convert("1")


def _stamp(sheet: Image.Image, label: tuple[str, str], font: Path) -> None:
    draw, letters = ImageDraw.Draw(sheet), ImageFont.truetype(str(font), _LETTERS)
    draw.fontmode = "1"
    line = HEIGHT - _BAND // 2 - 6
    draw.text((_SIDE, line), label[0], 0, letters, anchor="ls")
    draw.text((WIDTH - _SIDE, line), label[1], 0, letters, anchor="rs")
