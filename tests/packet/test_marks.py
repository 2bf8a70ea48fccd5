"""Frames around the lines that the packet speaks of: at their place, whatever the page's size, turn or box."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Pdf
from PIL import Image, ImageChops

from medbills_desktop.domain.records import Evidence, Line, PageView, Record
from medbills_desktop.packet.order import PacketFinding
from tests.packet.packets import build, changed, order, paper, papers_case, picture, texts

INK = (0.1, 0.1, 0.6, 0.12)
"""The black bar of every test paper, as shares of its width and height: left, bottom, right, top."""
WIDE = 2000
LINE = Line(id=1, bill_id=1, number=17, description="x", mark="duplicate", disputed=100)  # type: ignore[arg-type]


def _bar(path: Path) -> tuple[float, float, float, float]:
    """Where the bar is on the page as shown, in points from its top left corner: found by looking."""
    with pikepdf.open(path) as pdf:
        unit = float(pdf.pages[0].obj.get("/UserUnit", 1))
    shown = picture(path, 1, WIDE)
    dark = shown.point(lambda value: 255 if value < 100 else 0)
    box = _largest(dark)
    width, _ = _size(path)
    return tuple(edge * width * unit / WIDE for edge in box)  # type: ignore[return-value]


def _size(path: Path) -> tuple[float, float]:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(path)
    size = pdf[0].get_size()
    pdf.close()
    return size


def _largest(dark: Image.Image) -> tuple[int, int, int, int]:
    """The box of what stays dark when thin things (letters) are taken away."""
    for across, down in ((1, 0), (0, 1)):
        for step in (1, 2, 4, 8, 9):
            dark = ImageChops.darker(dark, ImageChops.offset(dark, -step * across, -step * down))
    box = dark.getbbox()
    assert box is not None
    return box[0], box[1], box[2] + 24, box[3] + 24


def _framed(path: Path, folder: Path, *more: Record, turned: int = 0) -> tuple[Image.Image, int]:
    rect = _bar(path)
    evidence = Evidence(id=1, line_id=1, document_id=1, page=1, rect=rect)
    case, sources = papers_case([path], LINE, evidence, *more)
    if turned:
        changed(path, lambda pdf: pdf.pages[0].rotate(turned, relative=True))
    made = build(order(case, sources), folder)
    page = made.exhibits[0].first_page + 1
    assert "17" in texts(made.path)[page - 1]
    return picture(made.path, page, WIDE), page


def _assert_bar_is_framed(shown: Image.Image) -> None:
    """Around the bar stands a thin frame with a little white between."""
    dark = shown.point(lambda value: 255 if value < 120 else 0)
    left, top, right, bottom = _largest(dark)
    any_ink = shown.point(lambda value: 255 if value < 140 else 0)
    for side, (x, y) in {
        "left": (left, (top + bottom) // 2),
        "right": (right, (top + bottom) // 2),
        "top": ((left + right) // 2, top),
        "bottom": ((left + right) // 2, bottom),
    }.items():
        step = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}[side]
        ray = [any_ink.getpixel((x + step[0] * far, y + step[1] * far)) for far in range(30)]
        assert 0 in ray, side
        assert 255 in ray[ray.index(0) :], side


def _turn(degrees: int):  # type: ignore[no-untyped-def]
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = degrees

    return change


def _crop(pdf: Pdf) -> None:
    pdf.pages[0].obj.CropBox = Array([30, 20, 590, 760])


def _unit(pdf: Pdf) -> None:
    pdf.pages[0].obj.UserUnit = 2


def _nothing(_pdf: Pdf) -> None:
    """A plain page."""


KINDS = {
    "plain": _nothing,
    "turned-90": _turn(90),
    "turned-180": _turn(180),
    "turned-270": _turn(270),
    "cropped": _crop,
    "user-unit": _unit,
}


@pytest.mark.parametrize("name", KINDS)
def test_the_line_is_framed_at_its_place(name: str, tmp_path: Path) -> None:
    path = changed(paper(tmp_path / "a.pdf"), KINDS[name])
    shown, _ = _framed(path, tmp_path)
    _assert_bar_is_framed(shown)


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_page_that_the_user_turned_keeps_the_frame_on_its_line(turned: int, tmp_path: Path) -> None:
    view = PageView(id=1, document_id=1, page=1, rotation=turned)
    shown, _ = _framed(paper(tmp_path / "a.pdf"), tmp_path, view, turned=turned)
    _assert_bar_is_framed(shown)


def test_a_region_drawn_on_a_page_of_another_size_is_scaled(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf")
    rect = tuple(2 * edge for edge in _bar(path))
    case, sources = papers_case([path], LINE, Evidence(id=1, line_id=1, document_id=1, page=1, rect=rect))
    made = build(order(case, [replace(sources[0], shown_sizes=((1224, 1584),))]), tmp_path)
    _assert_bar_is_framed(picture(made.path, made.exhibits[0].first_page + 1, WIDE))


def test_only_lines_that_the_packet_speaks_of_are_framed(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf")
    fine = replace(LINE, mark="ok", disputed=None)
    evidence = Evidence(id=1, line_id=1, document_id=1, page=1, rect=(50, 50, 200, 80))
    case, sources = papers_case([path], fine, evidence)
    asked = order(case, sources)
    plain = build(asked, tmp_path)
    page = plain.exhibits[0].first_page + 1
    without = texts(plain.path)[page - 1]
    finding = PacketFinding("Listed twice.", "strong", None, "", "", 1, (1,))
    spoken = build(replace(asked, findings=(finding,)), tmp_path)
    assert "17" in texts(spoken.path)[spoken.exhibits[0].first_page]
    assert "17" not in without.replace("P0001-1", "")


def test_a_region_outside_the_page_draws_nothing_and_stops_nothing(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf")
    regions = [(9000.0, 9000.0, 9100.0, 9100.0), (-50.0, -50.0, -10.0, -10.0), (5.0, 5.0, 5.0, 5.0)]
    places = [Evidence(id=place, line_id=1, document_id=1, page=1, rect=rect) for place, rect in enumerate(regions, 1)]
    case, sources = papers_case(
        [path], LINE, *places, Evidence(id=9, line_id=1, document_id=1, page=77, rect=(1, 1, 9, 9))
    )
    assert build(order(case, sources), tmp_path).exhibits[0].shown


def test_the_number_of_the_line_stands_in_the_margin_beside_it(tmp_path: Path) -> None:
    path = paper(tmp_path / "a.pdf")
    shown, _ = _framed(path, tmp_path)
    dark = shown.point(lambda value: 255 if value < 120 else 0)
    left, top, _, bottom = _largest(dark)
    margin = dark.crop((20, top - 16, 90, bottom + 16))
    assert margin.getbbox() is not None
    assert left > 120
