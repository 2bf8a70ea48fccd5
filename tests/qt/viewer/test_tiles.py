"""Which pieces are drawn, and in which order."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from medbills_desktop.papers.protocol import PageSize, PixelBox
from medbills_desktop.qt.viewer.page_layout import Fit, Frame, PageLayout
from medbills_desktop.qt.viewer.tiles import TILE, WHOLE_PAGE_PIXELS, Sight, tiles_ahead, tiles_of, visible_tiles

LETTER = PageSize(612, 792)


def laid(zoom: float, pages: int = 5, width: int = 900, height: int = 700) -> PageLayout:
    return PageLayout([LETTER] * pages, Frame(width, height), Fit.NONE, zoom)


@given(st.floats(0.1, 8.0), st.integers(0, 5_000), st.integers(0, 5_000), st.integers(1, 2_000), st.integers(1, 2_000))
@settings(max_examples=200)
def test_the_pieces_cover_what_is_seen_of_a_page_and_never_overlap(
    zoom: float, left: int, top: int, width: int, height: int
) -> None:
    place = laid(zoom, pages=1).place(1)
    left, top = min(left, place.width - 1), min(top, place.height - 1)
    part = PixelBox(left, top, min(width, place.width - left), min(height, place.height - top))
    tiles = list(tiles_of("d", place, part))
    covered = 0
    for tile in tiles:
        assert tile.left + tile.width <= place.width
        assert tile.top + tile.height <= place.height
        across = min(tile.left + tile.width, part.left + part.width) - max(tile.left, part.left)
        down = min(tile.top + tile.height, part.top + part.height) - max(tile.top, part.top)
        assert across > 0
        assert down > 0
        covered += across * down
    assert covered == part.width * part.height
    assert len({(tile.left, tile.top) for tile in tiles}) == len(tiles)


def test_a_page_of_four_million_pixels_is_drawn_whole_and_a_larger_one_in_pieces() -> None:
    small = laid(1.5, pages=1).place(1)
    large = laid(3.0, pages=1).place(1)
    assert small.width * small.height <= WHOLE_PAGE_PIXELS < large.width * large.height
    everything = PixelBox(0, 0, 10_000, 10_000)
    assert [tile.whole for tile in tiles_of("d", small, everything)] == [True]
    pieces = list(tiles_of("d", large, PixelBox(0, 0, large.width, large.height)))
    assert len(pieces) > 4
    assert all(tile.width * tile.height <= TILE * TILE for tile in pieces)


def test_the_page_in_the_middle_of_the_view_is_drawn_first() -> None:
    layout = laid(0.3)
    sight = Sight(0, layout.place(2).top, 900, 700)
    assert next(visible_tiles("d", layout, sight)).page in {3, 4}


def test_what_is_asked_ahead_lies_where_the_person_is_heading() -> None:
    layout = laid(1.0)
    top = layout.place(3).top
    down = [tile.page for tile in tiles_ahead("d", layout, Sight(0, top, 900, 700, heading=1))]
    up = [tile.page for tile in tiles_ahead("d", layout, Sight(0, top, 900, 700, heading=-1))]
    assert down[:2] == [3, 4]
    assert up[:2] == [2, 1]


def test_a_piece_asks_for_exactly_its_own_box() -> None:
    place = laid(4.0, pages=1).place(1)
    tile = list(tiles_of("d", place, PixelBox(0, 0, place.width, place.height)))[1]
    request = tile.request(place.scale)
    assert request.clip == PixelBox(tile.left, tile.top, tile.width, tile.height)
    assert (request.zoom, request.rotation, request.page) == (place.scale, 0, 1)
