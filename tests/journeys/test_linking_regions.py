"""A line and its place on paper: linked by mouse or by keys, and found again from either end."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from medbills_desktop.domain.records import DocumentLink, Evidence, Line
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.bill.line_cells import BY_NAME
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter, go_to_cell
from tests.support.keys import focus, press
from tests.support.small_papers import small_pdf
from tests.support.windows import settle

WORDS = Box(72, 74, 260, 96)
"""Where the one line of a small paper is printed, in points from the top left of its page."""


@pytest.fixture
def beside(window: MainWindow, tmp_path: Path) -> MainWindow:
    """A window with a bill of three lines, the second chosen, and its paper beside it."""
    path = tmp_path / "itemized.pdf"
    path.write_bytes(small_pdf("SUPPLY 2 FOR TWO DOLLARS"))
    enter(window, count=3)
    window.intake.take_files([path], window.going.bill_for_papers())
    settle(window)
    go_to_cell(window, 1, "code")
    settle(window)
    return window


def second(window: MainWindow) -> Line:
    return window.session.read(lambda reader: reader.find(Line))[1]


def regions(window: MainWindow) -> list[Evidence]:
    return window.session.read(lambda reader: reader.find(Evidence))


def drag(window: MainWindow, box: Box) -> None:
    """Draw a rectangle over a part of the first page with the mouse."""
    view = window.viewer.view
    layout = view.layout_of_pages
    assert layout is not None
    left, top, width, height = layout.place(1).pixels_of(box)
    ratio, sight = view.ratio, view.sight
    start = QPoint(round((left - sight.left) / ratio), round((top - sight.top) / ratio))
    end = start + QPoint(round(width / ratio), round(height / ratio))
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view.viewport(), button, none, start)
    QTest.mouseMove(view.viewport(), (start + end) / 2)
    QTest.mouseMove(view.viewport(), end)
    QTest.mouseRelease(view.viewport(), button, none, end)
    settle(window)


def holds_the_words(region: Evidence) -> bool:
    assert region.rect is not None
    left, top, right, bottom = region.rect
    return left <= 75 and right >= 200 and 60 <= top <= 85 and 90 <= bottom <= 110


def test_drawn_with_the_mouse_after_the_button_is_pressed(beside: MainWindow) -> None:
    beside.viewer.actions_by_id["choose_region"].trigger()
    assert beside.viewer.hint.isVisible()
    drag(beside, WORDS)
    (region,) = regions(beside)
    assert region.line_id == second(beside).id
    assert holds_the_words(region)
    assert not beside.viewer.hint.isVisible()


@pytest.mark.parametrize("begin", ["F7", "R"])
def test_chosen_with_keys_alone(beside: MainWindow, begin: str) -> None:
    if begin == "R":
        beside.viewer.view.setFocus()
    press(begin)
    settle(beside)
    press("Down", "Return")
    settle(beside)
    (region,) = regions(beside)
    assert region.line_id == second(beside).id
    assert holds_the_words(region)
    grid = beside.bills.bill.lines.grid
    assert focus() is (grid if begin == "F7" else beside.viewer.view)


def test_from_an_open_cell_the_keyboard_comes_back_to_the_grid(beside: MainWindow) -> None:
    press("F2", "F7", "Escape")
    assert focus() is beside.bills.bill.lines.grid
    assert regions(beside) == []


def test_one_key_goes_from_the_line_to_its_place(beside: MainWindow) -> None:
    press("F7")
    settle(beside)
    press("Down", "Return")
    settle(beside)
    beside.showing.clear()
    grid = beside.bills.bill.lines.grid
    grid.setCurrentIndex(grid.lines_model.index(1, BY_NAME["charge"]))
    press("F4")
    settle(beside)
    assert beside.viewer.source.opened is not None
    assert beside.viewer.view.pointed_out == f"line:{second(beside).id}"
    assert beside.viewer.header.chip.isVisible()


def test_a_line_without_a_place_says_how_to_link_one(beside: MainWindow) -> None:
    press("F4")
    assert "F7" in beside.notices.text


def test_undo_takes_the_region_away_again(beside: MainWindow) -> None:
    press("F7")
    settle(beside)
    press("Down", "Return")
    settle(beside)
    assert regions(beside)
    press("Ctrl+Z")
    settle(beside)
    assert regions(beside) == []
    assert len(beside.session.read(lambda reader: reader.find(DocumentLink))) == 1


def test_without_a_paper_the_key_says_what_to_do(window: MainWindow) -> None:
    press("F7")
    assert "Choose a paper first" in window.notices.text


def test_a_hidden_viewer_is_brought_back(beside: MainWindow) -> None:
    press("F8")
    assert not beside.viewer.isVisible()
    press("F7")
    settle(beside)
    assert beside.viewer.isVisible()
    assert beside.viewer.view.choosing
    press("Escape")
