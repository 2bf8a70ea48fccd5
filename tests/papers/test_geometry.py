"""Zoom, turns and tiles land on whole pixels, within bounds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.papers.geometry import LETTER, framing, page_pixels, picture_page, thumbnail_zoom
from medbills_desktop.papers.protocol import MAX_PIXELS, PageSize, PixelBox


@given(
    width=st.floats(0.01, 200_000),
    height=st.floats(0.01, 200_000),
    zoom=st.floats(0.001, 64),
    rotation=st.integers(-720, 720),
    clip=st.none() | st.builds(PixelBox, *[st.integers(-(10**6), 10**7)] * 4),
)
def test_whatever_is_asked_for_the_picture_is_within_the_page_and_the_limit(
    width: float, height: float, zoom: float, rotation: int, clip: PixelBox | None
) -> None:
    frame = framing(PageSize(width, height), zoom, rotation, clip)
    assert frame.rotation in {0, 90, 180, 270}
    assert frame.zoom <= zoom
    assert (frame.page_width, frame.page_height) == page_pixels(PageSize(width, height), frame.zoom, frame.rotation)
    assert frame.left >= 0
    assert frame.top >= 0
    assert frame.width >= 1
    assert frame.height >= 1
    assert frame.left + frame.width <= frame.page_width
    assert frame.top + frame.height <= frame.page_height
    assert frame.width * frame.height <= MAX_PIXELS


def test_a_turned_page_changes_its_sides() -> None:
    assert page_pixels(LETTER, 2) == (1224, 1584)
    assert page_pixels(LETTER, 2, 270) == (1584, 1224)


@pytest.mark.parametrize("zoom", [0, -1, float("nan"), float("inf")])
def test_a_zoom_that_means_nothing_is_refused(zoom: float) -> None:
    with pytest.raises(ValueError, match="zoom"):
        framing(LETTER, zoom)


def test_a_thumbnail_has_its_longer_side() -> None:
    assert max(page_pixels(LETTER, thumbnail_zoom(LETTER, 120))) == 120


@pytest.mark.parametrize(
    ("pixels", "dpi", "size"),
    [
        ((1700, 2200), (200, 200), (612, 792)),
        ((1728, 1100), (204, 98), (609.9, 808.2)),
        ((4000, 3000), (72, 72), (792, 594)),
        ((3000, 4000), None, (594, 792)),
        ((1080, 2400), (1, 1), (356.4, 792)),
        ((100, 100), (float("nan"), 300), (612, 612)),
        ((40, 40), (300, 300), (612, 612)),
    ],
)
def test_a_stated_resolution_is_believed_when_it_makes_a_sheet(
    pixels: tuple[int, int], dpi: tuple[float, float] | None, size: tuple[float, float]
) -> None:
    page = picture_page(*pixels, dpi)
    assert (page.width, page.height) == pytest.approx(size, abs=0.1)
