"""The drawn pieces of pages that are kept, bounded in bytes: what was shown longest ago goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from PySide6.QtGui import QImage

from medbills_desktop.papers.protocol import PageDrawn, PixelFormat
from medbills_desktop.qt.viewer.tiles import Tile

MOST_BYTES = 96 * 1024 * 1024
SMALL_BYTES = 32 * 1024 * 1024
"""Memory for sharp pieces, and for the small pictures that stand in for pages not drawn yet."""

_FORMATS = {
    PixelFormat.BGRA: QImage.Format.Format_RGB32,
    PixelFormat.RGB: QImage.Format.Format_RGB888,
}


def image_of(drawn: PageDrawn) -> QImage:
    """The answer's pixels as an image that shares their memory (it is never written to)."""
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, _FORMATS[drawn.pixel_format])


class PageImages:
    """Sharp pieces by tile. A tile asked for counts as used."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self._images: OrderedDict[Tile, QImage] = OrderedDict()
        self._by_page: dict[tuple[str, int], set[Tile]] = {}

    def __contains__(self, tile: object) -> bool:
        return tile in self._images

    def get(self, tile: Tile) -> QImage | None:
        """The image of a tile, which thereby is the last to be dropped."""
        image = self._images.get(tile)
        if image is not None:
            self._images.move_to_end(tile)
        return image

    def put(self, tile: Tile, image: QImage) -> None:
        """Keep an image, and drop the longest unused ones beyond the limit."""
        self._drop(tile)
        self._images[tile] = image
        self._by_page.setdefault((tile.document, tile.page), set()).add(tile)
        self.bytes += image.sizeInBytes()
        while self.bytes > self.most_bytes and len(self._images) > 1:
            self._drop(next(iter(self._images)))

    def others(self, document: str, page: int, rotation: int, width: int) -> list[tuple[Tile, QImage]]:
        """Pieces of a page drawn for other zooms, the coarsest first, to be shown until the right ones come."""
        tiles = [
            tile
            for tile in self._by_page.get((document, page), ())
            if tile.rotation == rotation and tile.page_width != width
        ]
        return [(tile, self._images[tile]) for tile in sorted(tiles, key=lambda tile: tile.page_width)]

    def clear(self) -> None:
        """Drop everything."""
        self._images.clear()
        self._by_page.clear()
        self.bytes = 0

    def _drop(self, tile: Tile) -> None:
        image = self._images.pop(tile, None)
        if image is None:
            return
        self.bytes -= image.sizeInBytes()
        key = (tile.document, tile.page)
        self._by_page[key].discard(tile)
        if not self._by_page[key]:
            del self._by_page[key]


class SmallPictures:
    """Small pictures of pages: shown as thumbnails, and in a page's place until its sharp picture comes.

    Looking one up counts as use, so that those which somebody still wants outlive the others.
    """

    def __init__(self, most_bytes: int = SMALL_BYTES) -> None:
        self.most_bytes = most_bytes
        self.bytes = 0
        self.side = 128
        self._pictures: OrderedDict[tuple[str, int, int], QImage] = OrderedDict()

    def fit_ratio(self, ratio: float) -> None:
        """Make pictures as large as a screen of this ratio needs; those made for another stay as they are."""
        self.side = 128 if ratio <= 1 else min(256, round(128 * ratio))

    def get(self, document: str, page: int, rotation: int) -> QImage | None:
        """The picture of a page, which thereby is the last to be dropped."""
        key = (document, page, rotation)
        picture = self._pictures.get(key)
        if picture is not None:
            self._pictures.move_to_end(key)
        return picture

    def put(self, document: str, page: int, rotation: int, picture: QImage) -> None:
        """Keep a picture, and drop the longest unused ones beyond the limit."""
        old = self._pictures.pop((document, page, rotation), None)
        self.bytes += picture.sizeInBytes() - (old.sizeInBytes() if old is not None else 0)
        self._pictures[document, page, rotation] = picture
        while self.bytes > self.most_bytes and len(self._pictures) > 1:
            self.bytes -= self._pictures.popitem(last=False)[1].sizeInBytes()

    def around(self, current: int, pages: int) -> Iterator[int]:
        """Pages to make pictures of: from the current one outwards, so many that thumbnails have room too."""
        room = max(1, self.most_bytes // (self.side * self.side * 4)) * 3 // 4
        return _outwards(current, pages, room)


def _outwards(current: int, pages: int, count: int) -> Iterator[int]:
    given = 0
    for distance in range(pages):
        for page in (current + distance, current - distance) if distance else (current,):
            if 1 <= page <= pages:
                yield page
                given += 1
                if given >= count:
                    return
