"""Which pieces of which pages are to be drawn for what the view shows, and what comes next. No widget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.papers.protocol import DrawPage, PixelBox
from medbills_desktop.qt.viewer.page_layout import PageLayout, PagePlace

WHOLE_PAGE_PIXELS = 4_000_000
"""A page of at most so many pixels is drawn in one piece."""

TILE = 1_024
"""Pixels of a tile's side, so that no single answer keeps the worker or the window busy for long."""


@dataclass(frozen=True)
class Tile:
    """A piece of a drawn page: the page's turn and whole size in device pixels, and the piece's box in it."""

    document: str
    page: int
    rotation: int
    page_width: int
    page_height: int
    left: int
    top: int
    width: int
    height: int

    @property
    def whole(self) -> bool:
        """Whether the piece is the whole page."""
        return self.width == self.page_width and self.height == self.page_height

    @property
    def bytes(self) -> int:
        """What its picture takes in memory."""
        return self.width * self.height * 4

    def request(self, scale: float) -> DrawPage:
        """The request that draws it; `scale` in device pixels per point."""
        clip = None if self.whole else PixelBox(self.left, self.top, self.width, self.height)
        return DrawPage(number=0, document=self.document, page=self.page, zoom=scale, rotation=self.rotation, clip=clip)


def tiles_of(document: str, place: PagePlace, part: PixelBox) -> Iterator[Tile]:
    """The pieces of a page that touch a part of it, row by row."""
    width, height = place.width, place.height
    if width * height <= WHOLE_PAGE_PIXELS:
        yield Tile(document, place.page, place.rotation, width, height, 0, 0, width, height)
        return
    across = width if width <= 2 * TILE else TILE
    down = max(64, TILE * TILE // across)
    for top in range(part.top // down * down, part.top + part.height, down):
        for left in range(part.left // across * across, part.left + part.width, across):
            yield Tile(
                document,
                place.page,
                place.rotation,
                width,
                height,
                left,
                top,
                min(across, width - left),
                min(down, height - top),
            )


@dataclass(frozen=True)
class Sight:
    """The part of the strip in the window (device pixels) and where the person is heading: 1 down, -1 up."""

    left: int
    top: int
    width: int
    height: int
    heading: int = 1

    @property
    def bottom(self) -> int:
        return self.top + self.height


def visible_tiles(document: str, layout: PageLayout, sight: Sight) -> Iterator[Tile]:
    """What is needed now, the page in the middle of the view first."""
    middle = sight.top + sight.height / 2
    pages = layout.pages_between(sight.top, sight.bottom)
    places = [layout.place(page) for page in pages]
    for place in sorted(places, key=lambda each: abs((each.top + each.bottom) / 2 - middle)):
        part = place.seen_part(sight.left, sight.top, sight.left + sight.width, sight.bottom)
        if part is not None:
            yield from tiles_of(document, place, part)


def tiles_ahead(document: str, layout: PageLayout, sight: Sight) -> Iterator[Tile]:
    """What comes into sight next: two views' heights where the person is heading, then half a one behind."""
    below = (sight.bottom, sight.bottom + 2 * sight.height, 1)
    above = (sight.top - 2 * sight.height, sight.top, -1)
    first, second = (below, above) if sight.heading >= 0 else (above, below)
    yield from _between(document, layout, sight, *first)
    top, bottom, step = second
    half = sight.height // 2
    yield from _between(document, layout, sight, *((bottom - half, bottom) if step < 0 else (top, top + half)), step)


def _between(document: str, layout: PageLayout, sight: Sight, top: int, bottom: int, step: int) -> Iterator[Tile]:
    pages = layout.pages_between(top, bottom)
    for page in pages if step > 0 else reversed(pages):
        place = layout.place(page)
        part = place.seen_part(sight.left, top, sight.left + sight.width, bottom)
        if part is not None:
            tiles = tiles_of(document, place, part)
            yield from tiles if step > 0 else reversed(list(tiles))
