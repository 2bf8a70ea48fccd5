"""Where pages and their parts lie, at any zoom, turn and screen."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.papers.geometry import page_pixels
from medbills_desktop.papers.protocol import Box, PageSize
from medbills_desktop.qt.viewer.page_layout import LARGEST_SIDE, Fit, Frame, PageLayout
from medbills_desktop.qt.viewer.turns import turned_box, unturned_box

LETTER = PageSize(612, 792)
sides = st.floats(20, 2_000)
sizes = st.builds(PageSize, sides, sides)
turns = st.sampled_from((0, 90, 180, 270))
frames = st.builds(Frame, st.integers(200, 3_000), st.integers(200, 2_000), st.sampled_from((1.0, 1.25, 1.5, 2.0, 3.0)))


@st.composite
def layouts(draw: st.DrawFn) -> PageLayout:
    pages = draw(st.lists(sizes, min_size=1, max_size=8))
    rotations = {page: draw(turns) for page in range(1, len(pages) + 1)}
    return PageLayout(pages, draw(frames), draw(st.sampled_from(Fit)), draw(st.floats(0.1, 8.0)), rotations)


@st.composite
def boxes_on(draw: st.DrawFn, size: PageSize) -> Box:
    left, right = sorted((draw(st.floats(0, size.width)), draw(st.floats(0, size.width))))
    top, bottom = sorted((draw(st.floats(0, size.height)), draw(st.floats(0, size.height))))
    return Box(left, top, right, bottom)


@given(layouts(), st.data())
def test_a_region_comes_back_as_the_points_it_was_drawn_over_at_any_zoom_and_turn(
    layout: PageLayout, data: st.DataObject
) -> None:
    place = layout.place(data.draw(st.integers(1, layout.pages)))
    box = data.draw(boxes_on(place.size))
    left, top, width, height = place.pixels_of(box)
    back = place.box_of(left, top, left + width, top + height)
    for one, other in zip(
        (back.left, back.top, back.right, back.bottom), (box.left, box.top, box.right, box.bottom), strict=True
    ):
        assert one == pytest.approx(other, abs=1e-3)


@given(layouts(), st.data())
def test_a_region_lies_inside_its_page_on_the_screen(layout: PageLayout, data: st.DataObject) -> None:
    place = layout.place(data.draw(st.integers(1, layout.pages)))
    left, top, width, height = place.pixels_of(data.draw(boxes_on(place.size)))
    assert place.left - 1 <= left
    assert left + width <= place.left + place.width + 1
    assert place.top - 1 <= top
    assert top + height <= place.bottom + 1


@given(sizes, turns, st.data())
def test_turning_a_box_and_turning_it_back_changes_nothing(size: PageSize, turn: int, data: st.DataObject) -> None:
    box = data.draw(boxes_on(size))
    back = unturned_box(turned_box(box, size, turn), size, turn)
    assert (back.left, back.top, back.right, back.bottom) == pytest.approx((box.left, box.top, box.right, box.bottom))


def test_a_quarter_turn_clockwise_brings_the_top_left_corner_to_the_top_right() -> None:
    corner = Box(0, 0, 10, 20)
    assert turned_box(corner, LETTER, 90) == Box(772, 0, 792, 10)
    assert turned_box(corner, LETTER, 180) == Box(602, 772, 612, 792)
    assert turned_box(corner, LETTER, 270) == Box(0, 602, 20, 612)


@given(layouts(), st.integers(-500, 20_000), st.integers(1, 3_000))
def test_the_pages_between_two_heights_are_those_that_have_a_part_there(
    layout: PageLayout, top: int, height: int
) -> None:
    places = [layout.place(page) for page in range(1, layout.pages + 1)]
    wanted = [place.page for place in places if place.top < top + height and place.bottom > top]
    assert list(layout.pages_between(top, top + height)) == wanted


@given(layouts())
def test_pages_follow_one_another_without_touching_and_inside_the_strip(layout: PageLayout) -> None:
    places = [layout.place(page) for page in range(1, layout.pages + 1)]
    for place, following in itertools.pairwise(places):
        assert following.top == place.bottom + layout.frame.gap
    assert all(place.left >= layout.frame.margin for place in places)
    assert all(place.left + place.width <= layout.width for place in places)
    assert places[-1].bottom <= layout.height


@given(layouts())
def test_a_page_has_as_many_pixels_as_the_worker_will_draw(layout: PageLayout) -> None:
    for page in range(1, layout.pages + 1):
        place = layout.place(page)
        assert (place.width, place.height) == page_pixels(place.size, place.scale, place.rotation)


@given(st.lists(sizes, min_size=1, max_size=5), frames, turns)
def test_fit_width_never_needs_sideways_scrolling(pages: list[PageSize], frame: Frame, turn: int) -> None:
    layout = PageLayout(pages, frame, Fit.WIDTH, 1.0, dict.fromkeys(range(1, 6), turn))
    assert layout.width == frame.width


@given(sizes, frames)
def test_fit_page_shows_the_whole_page(size: PageSize, frame: Frame) -> None:
    layout = PageLayout([size], frame, Fit.PAGE)
    assert layout.height == frame.height
    assert layout.width == frame.width


def test_fit_width_fills_the_width_for_every_page_of_a_mixed_paper() -> None:
    frame = Frame(1_000, 800)
    layout = PageLayout([LETTER, PageSize(300, 300), PageSize(1_000, 500)], frame, Fit.WIDTH)
    widths = [layout.place(page).width for page in (1, 2, 3)]
    assert widths == pytest.approx([976, 976, 976], abs=1)


def test_at_100_percent_a_page_has_96_pixels_an_inch_times_the_screens_ratio() -> None:
    for ratio in (1.0, 2.0):
        place = PageLayout([LETTER], Frame(3_000, 3_000, ratio), Fit.NONE, 1.0).place(1)
        assert (place.width, place.height) == (816 * ratio, 1_056 * ratio)


def test_a_monstrous_page_is_shown_smaller_instead() -> None:
    place = PageLayout([PageSize(15_000_000, 100)], Frame(800, 600), Fit.NONE, 8.0).place(1)
    assert place.width <= LARGEST_SIDE


def test_a_paper_without_pages_has_no_page_anywhere() -> None:
    layout = PageLayout([], Frame(800, 600))
    assert list(layout.pages_between(0, 600)) == []
    assert layout.page_under(10, 10) is None
