"""Where a page's points land in pixels: zoom, turns, tiles and the size of a picture as a page. Pure
arithmetic.

Every engine, the viewer and the exhibits use these functions, so that a tile fits its neighbour exactly and
a region linked in the viewer is at the same place in the packet.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from medbills_desktop.papers.protocol import MAX_PIXELS, PageSize, PixelBox

MAX_SIDE = 4_000_000
"""Pixels of a whole page's side; beyond it single-precision coordinates of the engines lose the pixel grid."""

LETTER = PageSize(612.0, 792.0)
"""US Letter in points: the size for a page whose own can't be read, and for pictures that state no sane one."""

TURNS = (0, 90, 180, 270)


@dataclass(frozen=True)
class Framing:
    """The part of a zoomed, turned page that is to be drawn; all but `zoom` and `rotation` in pixels."""

    zoom: float
    rotation: int
    left: int
    top: int
    width: int
    height: int
    page_width: int
    page_height: int


def page_pixels(size: PageSize, zoom: float, rotation: int = 0) -> tuple[int, int]:
    """Width and height in pixels of a whole page at `zoom` pixels per point, turned by `rotation`."""
    width = max(1, int(size.width * zoom + 0.5))
    height = max(1, int(size.height * zoom + 0.5))
    return (height, width) if rotation % 180 else (width, height)


def framing(
    size: PageSize, zoom: float, rotation: int = 0, clip: PixelBox | None = None, most: int = MAX_PIXELS
) -> Framing:
    """What to draw for a request: the clip cut to the page, the zoom lowered until at most `most` pixels
    result.

    `rotation` is taken to the nearest quarter turn; `zoom` has to be positive and finite (ValueError).
    """
    if not (math.isfinite(zoom) and zoom > 0):
        raise ValueError("zoom has to be positive")
    rotation = round(rotation / 90) % 4 * 90
    longest = max(size.width, size.height, 1e-3)
    zoom = min(zoom, MAX_SIDE / longest)
    while True:
        page_width, page_height = page_pixels(size, zoom, rotation)
        left, top, right, bottom = _cut(clip, page_width, page_height)
        pixels = (right - left) * (bottom - top)
        if pixels <= most:
            break
        factor = math.sqrt(most / pixels) * 0.999
        zoom *= factor
        clip = clip and _scaled(clip, factor)
    return Framing(zoom, rotation, left, top, right - left, bottom - top, page_width, page_height)


def thumbnail_zoom(size: PageSize, side: int) -> float:
    """Pixels per point with which the longer side of a page becomes `side` pixels (8 to 2,000)."""
    return min(max(side, 8), 2000) / max(size.width, size.height, 1e-3)


def picture_page(width: int, height: int, dpi: tuple[float, float] | None) -> PageSize:
    """The page that a picture of `width` x `height` pixels fills, in points.

    The stated resolution is believed when it makes a sheet of 1 to 22 inches (scanners state it); otherwise
    (phone photographs claim 72 dpi) the picture is fitted into US Letter, upright or lying as it is.
    """
    if dpi is not None and all(math.isfinite(each) and 60 <= each <= 2400 for each in dpi):
        sides = (width * 72 / dpi[0], height * 72 / dpi[1])
        if min(sides) >= 72 and max(sides) <= 22 * 72:
            return PageSize(*sides)
    sheet = LETTER if height >= width else PageSize(LETTER.height, LETTER.width)
    scale = min(sheet.width / width, sheet.height / height)
    return PageSize(max(1.0, width * scale), max(1.0, height * scale))


def _cut(clip: PixelBox | None, page_width: int, page_height: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the clip inside the page; at least one pixel remains."""
    if clip is None:
        return 0, 0, page_width, page_height
    left = min(max(clip.left, 0), page_width - 1)
    top = min(max(clip.top, 0), page_height - 1)
    right = min(max(clip.left + clip.width, left + 1), page_width)
    bottom = min(max(clip.top + clip.height, top + 1), page_height)
    return left, top, right, bottom


def _scaled(box: PixelBox, factor: float) -> PixelBox:
    left, top = int(box.left * factor), int(box.top * factor)
    return PixelBox(left, top, max(1, int(box.width * factor)), max(1, int(box.height * factor)))
