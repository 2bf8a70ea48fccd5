"""What is kept of drawn pages never takes more memory than it may."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage

from medbills_desktop.qt.viewer.page_images import PageImages, SmallPictures
from medbills_desktop.qt.viewer.tiles import Tile


def piece(page: int, width: int = 100, document: str = "d") -> Tile:
    return Tile(document, page, 0, width, 100, 0, 0, width, 100)


def image(width: int = 100, height: int = 100) -> QImage:
    return QImage(width, height, QImage.Format.Format_RGB32)


def test_beyond_the_limit_the_piece_used_longest_ago_is_dropped() -> None:
    images = PageImages(most_bytes=3 * 40_000)
    for page in (1, 2, 3):
        images.put(piece(page), image())
    images.get(piece(1))
    images.put(piece(4), image())
    assert [page for page in (1, 2, 3, 4) if piece(page) in images] == [1, 3, 4]
    assert images.bytes == 3 * 40_000


def test_a_piece_put_twice_is_counted_once() -> None:
    images = PageImages()
    images.put(piece(1), image())
    images.put(piece(1), image())
    assert images.bytes == 40_000


def test_pieces_of_other_zooms_are_found_the_coarsest_first() -> None:
    images = PageImages()
    for width in (300, 100, 200):
        images.put(piece(1, width), image(width))
    images.put(piece(2, 50), image(50))
    assert [tile.page_width for tile, _ in images.others("d", 1, 0, width=200)] == [100, 300]


@pytest.mark.parametrize("pages", [3, 300, 5_000])
def test_small_pictures_are_made_from_the_page_in_front_outwards_and_all_fit(pages: int) -> None:
    small = SmallPictures()
    wanted = list(small.around(min(150, pages), pages))
    assert wanted[0] == min(150, pages)
    assert len(set(wanted)) == len(wanted)
    distances = [abs(page - wanted[0]) for page in wanted]
    assert distances == sorted(distances)
    for page in wanted:
        small.put("d", page, 0, image(128, 128))
    assert all(small.get("d", page, 0) is not None for page in wanted)
    assert small.bytes <= small.most_bytes
