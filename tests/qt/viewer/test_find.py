"""Search in the paper that is shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from medbills_desktop.papers.protocol import Box, Hit, TextFound
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.paper_search import PAGES_AT_A_TIME, PaperSearch
from tests.qt.viewer.papers_made import photo, typed_pdf

Show = Callable[..., ViewerPane]
Settled = Callable[[ViewerPane], None]


def open_bar(pane: ViewerPane, qtbot: Any, needle: str) -> None:
    qtbot.keyClick(pane.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert pane.find_bar.isVisible()
    qtbot.keyClicks(pane.find_bar.field, needle)


def test_places_are_found_as_one_types_and_enter_goes_from_one_to_the_next(
    show: Show, settled: Settled, qtbot: Any, tmp_path: Path
) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=50, lines=3))
    open_bar(pane, qtbot, "only")
    settled(pane)
    assert pane.find_bar.count.text() == "1 of 50"
    qtbot.keyClicks(pane.find_bar.field, "4")
    settled(pane)
    assert pane.find_bar.count.text() == "1 of 11"
    assert pane.current_page == 4
    field = pane.find_bar.field
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (pane.current_page, pane.find_bar.count.text()) == (40, "2 of 11")
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert (pane.current_page, pane.find_bar.count.text()) == (49, "11 of 11")
    qtbot.keyClick(pane.view, Qt.Key.Key_F3)
    assert (pane.current_page, pane.find_bar.count.text()) == (4, "1 of 11")


def test_the_search_begins_at_the_page_in_front(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=50, lines=3), page=30)
    open_bar(pane, qtbot, "statement")
    settled(pane)
    assert pane.find_bar.count.text() == "30 of 50"
    assert pane.current_page == 30


def test_what_is_not_there_is_said_so(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    open_bar(pane, qtbot, "zebra")
    settled(pane)
    assert pane.find_bar.count.text() == "Not found"
    assert not pane.find_bar.following.isEnabled()
    pane = show(photo(tmp_path / "photo.jpg"))
    open_bar(pane, qtbot, "zebra")
    settled(pane)
    assert pane.find_bar.count.text() == "A picture has no text to search"


def test_escape_closes_the_bar_takes_the_marks_away_and_gives_the_pages_the_keys(
    show: Show, settled: Settled, qtbot: Any, tmp_path: Path
) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    open_bar(pane, qtbot, "supply")
    settled(pane)
    assert list(pane.view._marks())
    qtbot.keyClick(pane.find_bar.field, Qt.Key.Key_Escape)
    assert not pane.find_bar.isVisible()
    assert not list(pane.view._marks())
    assert pane.view.hasFocus()


def test_a_search_asks_for_a_few_pages_at_a_time_and_goes_on_where_it_was() -> None:
    search = PaperSearch("d", "x", pages=70, first_page=40)
    request = search.request()
    assert (request.first_page, request.pages) == (1, PAGES_AT_A_TIME)
    hit = Hit(3, (Box(0, 0, 1, 1),))
    assert not search.take(TextFound(number=1, document="d", through_page=16, hits=(hit,), done=False))
    assert not search.take(TextFound(number=1, document="d", through_page=32, hits=(), done=True))
    assert search.current is None
    assert search.request().first_page == 33
    later = Hit(45, (Box(0, 0, 1, 1),))
    assert search.take(TextFound(number=2, document="d", through_page=64, hits=(later,), done=True))
    assert search.current_hit is later
    search.take(TextFound(number=3, document="d", through_page=70, hits=(), done=True))
    assert search.done
    assert search.request() is None


def test_when_all_places_lie_before_the_page_in_front_the_first_one_is_gone_to() -> None:
    search = PaperSearch("d", "x", pages=20, first_page=10)
    hit = Hit(3, (Box(0, 0, 1, 1),))
    assert search.take(TextFound(number=1, document="d", through_page=20, hits=(hit,), done=True))
    assert search.current_hit is hit
