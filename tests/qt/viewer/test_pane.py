"""A paper in the pane: it opens, says why when it can't, and tells the window what the person did."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMainWindow

from medbills_desktop.papers.protocol import Box
from medbills_desktop.papers.reasons import Why
from medbills_desktop.qt.viewer.page_layout import Fit
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.shown import (
    FilesDropped,
    PageTurned,
    RegionActivated,
    ShownPaper,
    ShownRegion,
)
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from tests.qt.viewer.conftest import WAIT
from tests.qt.viewer.papers_made import locked_pdf, photo, quarters_pdf, typed_pdf

Show = Callable[..., ViewerPane]
Settled = Callable[[ViewerPane], None]


def shot(pane: ViewerPane) -> QImage:
    return pane.view.viewport().grab().toImage()


def colour_at(pane: ViewerPane, page: int, x: float, y: float) -> tuple[int, int, int]:
    """The colour on the screen at a point of an unturned page."""
    place = pane.view.layout_of_pages.place(page)
    left, top, _, _ = place.pixels_of(Box(x, y, x, y))
    sight = pane.view.sight
    colour = shot(pane).pixelColor(round(left - sight.left), round(top - sight.top))
    return colour.red(), colour.green(), colour.blue()


def on_screen(pane: ViewerPane, page: int, x: float, y: float) -> QPoint:
    """The viewport's position of a point of an unturned page."""
    left, top, _, _ = pane.view.layout_of_pages.place(page).pixels_of(Box(x, y, x, y))
    sight, ratio = pane.view.sight, pane.view.ratio
    return QPoint(round((left - sight.left) / ratio), round((top - sight.top) / ratio))


def hover(pane: ViewerPane, qtbot: Any, settled: Settled, at: QPoint) -> None:
    qtbot.mouseMove(pane.view.viewport(), QPoint(at.x() + 1, at.y()))
    qtbot.mouseMove(pane.view.viewport(), at)
    settled(pane)


def drag(pane: ViewerPane, qtbot: Any, start: QPoint, end: QPoint) -> None:
    viewport = pane.view.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewport, (start + end) / 2)
    qtbot.mouseMove(viewport, end)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=end)


RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)
QUARTERS = (((100, 100), RED), ((300, 100), GREEN), ((100, 500), BLUE), ((300, 500), YELLOW))


def test_an_empty_pane_says_what_it_is_for(pane: ViewerPane) -> None:
    assert pane.message.isVisible()
    assert pane.message.heading.text() == "Choose a paper to see it here"
    assert pane.current_page == 0


def test_a_paper_opens_at_its_first_page_and_its_pixels_are_where_they_belong(show: Show, tmp_path: Path) -> None:
    pane = show(quarters_pdf(tmp_path / "quarters.pdf", pages=2))
    assert pane.current_page == 1
    assert pane.header.page.text() == "1"
    assert pane.header.of_pages.text() == "/ 2"
    for (x, y), colour in QUARTERS:
        assert colour_at(pane, 1, x, y) == colour


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_drawn_turned_and_its_points_keep_their_names(show: Show, tmp_path: Path, turn: int) -> None:
    pane = show(quarters_pdf(tmp_path / "quarters.pdf"), rotations={1: turn})
    place = pane.view.layout_of_pages.place(1)
    assert (place.width > place.height) == (turn % 180 == 90)
    for (x, y), colour in QUARTERS:
        assert colour_at(pane, 1, x, y) == colour


def test_every_kind_of_picture_is_shown_like_a_page(show: Show, tmp_path: Path) -> None:
    for kind, name in (("JPEG", "photo.jpg"), ("PNG", "photo.png"), ("TIFF", "photo.tif"), ("WEBP", "photo.webp")):
        pane = show(photo(tmp_path / name, kind))
        size = pane.source.opened.sizes[0]
        above = colour_at(pane, 1, size.width / 2, size.height / 4)
        below = colour_at(pane, 1, size.width / 2, size.height * 3 / 4)
        assert above[0] > 150 > above[2], kind
        assert below[2] > 150 > below[0], kind


def test_a_paper_opens_at_the_page_it_is_asked_for(show: Show, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9), page=6)
    assert pane.current_page == 6


def test_showing_the_same_paper_again_keeps_place_and_zoom(show: Show, tmp_path: Path) -> None:
    path = typed_pdf(tmp_path / "typed.pdf", pages=9)
    pane = show(path)
    pane.go_to(5)
    pane.view.set_zoom(1.5)
    before = pane.view.sight
    show(path)
    assert pane.view.sight == before
    show(path, page=2)
    assert pane.current_page == 2


def test_a_paper_seen_before_is_there_at_once(show: Show, tmp_path: Path, link: WorkerLink) -> None:
    one, other = typed_pdf(tmp_path / "one.pdf"), typed_pdf(tmp_path / "other.pdf")
    show(one)
    pane = show(other)
    sent = link.sent
    pane.show_paper(ShownPaper(document_id=1, path=one, media_type="", title="one", footer=""))
    assert pane.source.pages == 3
    assert all(tile in pane.source.images for tile, _ in pane.view.needed_tiles(ahead=False))
    assert link.sent == sent


def test_a_file_written_anew_under_the_same_name_is_shown_anew(show: Show, tmp_path: Path) -> None:
    path = tmp_path / "packet.pdf"
    assert show(typed_pdf(path, pages=2)).source.pages == 2
    assert show(typed_pdf(path, pages=5)).source.pages == 5


def test_a_damaged_paper_says_so_and_what_to_do(show: Show, tmp_path: Path) -> None:
    path = tmp_path / "damaged.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"\x00garbage" * 200)
    pane = show(path)
    assert pane.message.isVisible()
    assert pane.message.heading.text() == "This paper can't be shown"
    assert pane.message.sentence.text() == pane.source.refusal.sentence
    assert "Ask the sender for a new copy" in pane.message.todo.text()
    assert not pane.message.password.isVisible()
    assert not pane.actions_by_id["zoom_in"].isEnabled()


def test_a_page_that_no_engine_draws_is_asked_for_once(show: Show, shared: Path, link: WorkerLink) -> None:
    pane = show(shared / "samples" / "odd-pdfs" / "pdfjs--Pages-tree-refs.pdf")
    assert pane.source.refused_pages
    asked = link.sent
    pane.source.wake()
    QTest.qWait(50)
    assert link.sent == asked


def test_a_missing_file_says_so_and_is_shown_when_it_is_back(show: Show, settled: Settled, tmp_path: Path) -> None:
    path = tmp_path / "late.pdf"
    pane = show(path)
    assert pane.source.refusal.code is Why.MISSING
    typed_pdf(path)
    pane.message.again.click()
    settled(pane)
    assert pane.source.pages == 3


def test_a_locked_paper_asks_for_its_password_once_in_a_session(
    show: Show, settled: Settled, qtbot: Any, tmp_path: Path, link: WorkerLink
) -> None:
    locked, other = locked_pdf(tmp_path / "locked.pdf", "open sesame"), typed_pdf(tmp_path / "other.pdf")
    pane = show(locked, page=2)
    assert pane.message.password.isVisible()
    qtbot.keyClicks(pane.message.password, "wrong")
    qtbot.keyClick(pane.message.password, Qt.Key.Key_Return)
    settled(pane)
    assert pane.source.refusal.code is Why.WRONG_PASSWORD
    assert pane.message.password.text() == ""
    qtbot.keyClicks(pane.message.password, "open sesame")
    pane.message.open.click()
    settled(pane)
    assert (pane.source.pages, pane.current_page) == (2, 2)
    show(other)
    show(locked)
    assert pane.source.pages == 2
    if sys.platform != "win32":
        os.kill(link.process_id, signal.SIGKILL)
        qtbot.waitUntil(lambda: link.losses == 1, timeout=WAIT)
        pane.view.set_zoom(0.7)
        settled(pane)
        assert all(tile in pane.source.images for tile, _ in pane.view.needed_tiles(ahead=False))


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_a_killed_worker_takes_nothing_along_and_the_pages_come_all_the_same(
    show: Show, settled: Settled, qtbot: Any, tmp_path: Path, link: WorkerLink
) -> None:
    pane = show(quarters_pdf(tmp_path / "quarters.pdf", pages=4))
    for page in (2, 3, 4):
        os.kill(link.process_id, signal.SIGKILL)
        pane.source.images.clear()
        pane.go_to(page)
        qtbot.waitUntil(lambda: link.process_id > 0, timeout=WAIT)
        settled(pane)
        assert colour_at(pane, page, 100, 100) == RED


def test_turning_a_page_tells_the_window_and_keeps_the_page_in_front(
    show: Show, settled: Settled, qtbot: Any, tmp_path: Path
) -> None:
    pane = show(quarters_pdf(tmp_path / "quarters.pdf", pages=3))
    pane.go_to(2)
    with qtbot.waitSignal(pane.page_turned) as turned:
        qtbot.keyClick(pane.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert turned.args == [PageTurned(7, 2, 90)]
    with qtbot.waitSignal(pane.page_turned) as turned:
        qtbot.keyClick(pane.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert turned.args == [PageTurned(7, 2, 0)]
    pane.set_rotations({2: 270})
    settled(pane)
    assert pane.current_page == 2
    assert colour_at(pane, 2, 300, 500) == YELLOW


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.3])
def test_a_rectangle_drawn_on_the_page_is_told_in_points_at_any_zoom_and_turn(
    show: Show, qtbot: Any, tmp_path: Path, turn: int, zoom: float
) -> None:
    pane = show(quarters_pdf(tmp_path / "quarters.pdf", pages=2), rotations={2: turn})
    pane.view.set_zoom(zoom)
    wanted = Box(100, 250, 180, 290)
    pane.go_to(2, wanted)
    qtbot.keyClick(pane.view, Qt.Key.Key_R)
    assert pane.view.choosing
    with qtbot.waitSignal(pane.region_chosen) as chosen:
        drag(pane, qtbot, on_screen(pane, 2, 100, 250), on_screen(pane, 2, 180, 290))
    told = chosen.args[0]
    assert (told.document_id, told.page) == (7, 2)
    for side in ("left", "top", "right", "bottom"):
        assert getattr(told.rect, side) == pytest.approx(getattr(wanted, side), abs=1.2 / (zoom * 96 / 72))
    assert not pane.view.choosing


def test_a_click_on_a_printed_line_chooses_the_line(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    pane.begin_region()
    at = on_screen(pane, 1, 80, 72 + 20 * 3 - 4)
    hover(pane, qtbot, settled, at)
    with qtbot.waitSignal(pane.region_chosen) as chosen:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    box = chosen.args[0].rect
    assert box.left == pytest.approx(72, abs=1)
    assert box.top < 72 + 20 * 3 < box.bottom < 72 + 20 * 4 - 8


def test_a_line_is_chosen_by_keys_alone(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    pane.view.setFocus()
    qtbot.keyClick(pane.view, Qt.Key.Key_R)
    settled(pane)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down):
        qtbot.keyClick(pane.view, key)
    qtbot.keyClick(pane.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    with qtbot.waitSignal(pane.region_chosen) as chosen:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    box = chosen.args[0].rect
    assert box.top < 72 + 20 * 1 - 4 < 72 + 20 * 2 - 4 < box.bottom < 72 + 20 * 3 - 8


def test_escape_leaves_the_choosing_and_nothing_is_told(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    with qtbot.assertNotEmitted(pane.region_chosen):
        qtbot.keyClick(pane.view, Qt.Key.Key_R)
        qtbot.keyClick(pane.view, Qt.Key.Key_Escape)
    assert not pane.view.choosing
    assert not pane.actions_by_id["choose_region"].isChecked()


REGIONS = (
    ShownRegion(1, Box(60, 80, 300, 98), "Line 1", "line:1"),
    ShownRegion(1, Box(60, 100, 300, 118), "Line 2", "line:2"),
    ShownRegion(3, Box(60, 400, 300, 420), "Line 3", "line:3"),
)


def test_a_click_on_a_region_goes_to_what_it_is_linked_to(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"), regions=REGIONS)
    with qtbot.waitSignal(pane.region_activated) as activated:
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(pane, 1, 200, 108))
    assert activated.args == [RegionActivated("line:2")]
    with qtbot.assertNotEmitted(pane.region_activated):
        qtbot.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=on_screen(pane, 1, 200, 300))


def test_regions_are_walked_and_followed_by_keys(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"), regions=REGIONS)
    pane.view.setFocus()
    for _ in range(3):
        qtbot.keyClick(pane.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert pane.view.pointed_out == "line:3"
    assert pane.current_page in {2, 3}
    with qtbot.waitSignal(pane.region_activated) as activated:
        qtbot.keyClick(pane.view, Qt.Key.Key_Return)
    assert activated.args == [RegionActivated("line:3")]


def test_the_region_asked_for_is_in_sight_and_named_above_the_page(show: Show, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"), regions=REGIONS, focus_region="line:3")
    _, top, _, height = pane.view.layout_of_pages.place(3).pixels_of(REGIONS[2].rect)
    assert pane.view.sight.top <= top
    assert top + height <= pane.view.sight.bottom
    assert pane.header.chip.accessibleName() == "Line 3"


def test_a_region_colours_the_paper_under_it(show: Show, tmp_path: Path) -> None:
    pane = show(
        typed_pdf(tmp_path / "typed.pdf", lines=1), regions=(ShownRegion(1, Box(300, 300, 500, 400), "x", "x"),)
    )
    inside, outside = colour_at(pane, 1, 450, 350), colour_at(pane, 1, 450, 500)
    assert outside == (255, 255, 255)
    assert inside[0] < 245 < inside[2] + 10


def test_selected_text_is_copied_line_by_line(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    start, end = on_screen(pane, 1, 74, 72 + 20 - 4), on_screen(pane, 1, 102, 72 + 60 - 4)
    hover(pane, qtbot, settled, start)
    drag(pane, qtbot, start, end)
    qtbot.keyClick(pane.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Line 1 supply $ 1.01\nLine 2 supply $ 1.02\nLine 3"


def test_the_selection_runs_over_pages(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", lines=2))
    pane.view.set_zoom(0.3)
    settled(pane)
    for page in (1, 2):
        hover(pane, qtbot, settled, on_screen(pane, page, 80, 108))
    drag(pane, qtbot, on_screen(pane, 1, 74, 108), on_screen(pane, 2, 500, 56))
    assert pane.view.selecting.text() == "Line 2 supply $ 1.02\nStatement page 2 only2"


@pytest.mark.parametrize("zoom", [0.4, 1.0, 3.0, 8.0])
def test_zooming_at_the_mouse_keeps_the_point_under_it(show: Show, tmp_path: Path, zoom: float) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"), page=2)
    at = QPointF(230, 400)
    before = pane.view.layout_of_pages.place(2).point_of(*pane.view.strip_point(at))
    pane.view.set_zoom(zoom, at)
    after = pane.view.layout_of_pages.place(2).point_of(*pane.view.strip_point(at))
    if zoom >= 1.0:
        assert after == pytest.approx(before, abs=1)
    assert pane.view.current_zoom == pytest.approx(zoom)


def test_fit_width_follows_the_width_and_keeps_the_page(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9), page=5)
    for width in (360, 700, 520):
        pane.resize(width, 760)
        view = pane.view
        qtbot.waitUntil(lambda view=view: view.layout_of_pages.frame.width == view.viewport().width(), timeout=WAIT)
        assert pane.view.horizontalScrollBar().maximum() == 0
        place = pane.view.layout_of_pages.place(5)
        assert place.width == pytest.approx(pane.view.viewport().width() - 24, abs=1)
        assert pane.current_page == 5


def test_the_keys_of_the_zoom_do_what_their_buttons_say(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"))
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(pane.view, Qt.Key.Key_8, control)
    assert pane.view.current_zoom == pytest.approx(1.0)
    qtbot.keyClick(pane.view, Qt.Key.Key_Plus, control | Qt.KeyboardModifier.ShiftModifier)
    assert pane.view.current_zoom == pytest.approx(1.2)
    qtbot.keyClick(pane.view, Qt.Key.Key_Minus, control)
    assert pane.view.current_zoom == pytest.approx(1.0)
    assert pane.header.fit.text() == "100 %"
    qtbot.keyClick(pane.view, Qt.Key.Key_9, control)
    assert pane.view.fit is Fit.PAGE
    qtbot.keyClick(pane.view, Qt.Key.Key_0, control)
    assert pane.view.fit is Fit.WIDTH
    assert pane.header.fit.text() == "Fit"


def test_the_pages_are_read_by_keys_alone(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9))
    bar = pane.view.verticalScrollBar()

    def press(key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> int:
        before = bar.value()
        qtbot.keyClick(pane.view, key, *modifiers)
        qtbot.wait(250)
        return bar.value() - before

    assert press(Qt.Key.Key_Down) == 40
    assert press(Qt.Key.Key_Up) == -40
    view = round(bar.pageStep() * 0.9)
    assert press(Qt.Key.Key_Space) == pytest.approx(view, abs=1)
    assert press(Qt.Key.Key_PageDown) == pytest.approx(view, abs=1)
    assert press(Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier) == pytest.approx(-view, abs=1)
    press(Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    assert pane.current_page == 9
    press(Qt.Key.Key_Home)
    assert bar.value() == 0
    press(Qt.Key.Key_Right)
    assert pane.current_page == 2


def test_a_number_typed_into_the_page_field_goes_to_that_page(show: Show, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9))
    for typed, page in (("7", 7), ("99", 9), ("0", 1), ("x", 1)):
        qtbot.keyClick(pane.view, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(pane.header.page, typed)
        qtbot.keyClick(pane.header.page, Qt.Key.Key_Return)
        assert pane.current_page == page
    pane.go_to(3)
    assert pane.header.page.text() == "3"


def test_thumbnails_follow_the_page_and_lead_to_pages(show: Show, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9))
    qtbot.keyClick(pane.view, Qt.Key.Key_F9)
    assert pane.thumbnails.isVisible()
    pane.go_to(4)
    assert pane.thumbnails.currentIndex().row() == 3
    pane.thumbnails.setFocus()
    qtbot.keyClick(pane.thumbnails, Qt.Key.Key_Down)
    assert pane.current_page == 5
    settled(pane)
    assert all(pane.source.small.get(pane.source.document, page, 0) for page in pane.thumbnails.needed_thumbnails())


def test_files_dropped_on_the_pane_are_told_and_not_opened(pane: ViewerPane, qtbot: Any, tmp_path: Path) -> None:
    paths = (tmp_path / "one.pdf", tmp_path / "two.jpg")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    facts = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(50, 50), *facts)
    pane.dragEnterEvent(enter)
    assert enter.isAccepted()
    with qtbot.waitSignal(pane.files_dropped) as dropped:
        pane.dropEvent(QDropEvent(QPointF(50, 50), *facts))
    assert dropped.args == [FilesDropped(paths)]
    assert pane.source.document == ""


def test_moved_to_a_window_of_its_own_and_back_the_pane_keeps_page_and_zoom(
    show: Show, qtbot: Any, tmp_path: Path
) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9), page=4)
    pane.view.set_zoom(1.3)
    home, away = QMainWindow(), QMainWindow()
    for window in (home, away):
        qtbot.addWidget(window)
        window.resize(900, 700)
    with qtbot.waitSignal(pane.detach_requested):
        qtbot.keyClick(pane.view, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    for window in (away, home, away, home):
        window.setCentralWidget(pane)
        window.show()
        pane.show()
        qtbot.waitExposed(window)
        assert pane.current_page == 4
        assert pane.view.current_zoom == pytest.approx(1.3)
        window.takeCentralWidget()
    qtbot.addWidget(pane)


def test_the_window_is_told_which_page_is_in_front_by_name(show: Show, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf", pages=9), page=3)
    assert pane.view.accessibleDescription().startswith("Page 3 of 9")


def test_every_button_and_field_has_a_name_for_screen_readers(pane: ViewerPane) -> None:
    parts = [*pane.findChildren(QAbstractButton), *pane.findChildren(QLineEdit)]
    assert len(parts) >= 12
    for part in parts:
        assert part.accessibleName() or getattr(part, "text", str)(), part


def test_clearing_brings_the_empty_state_back(show: Show, tmp_path: Path) -> None:
    pane = show(typed_pdf(tmp_path / "typed.pdf"), regions=REGIONS)
    pane.clear()
    assert pane.message.isVisible()
    assert pane.message.heading.text() == "Choose a paper to see it here"
    assert not pane.footer.text()


def test_a_deleted_pane_leaves_nobody_who_asks(link: WorkerLink, settled: Settled, qtbot: Any, tmp_path: Path) -> None:
    pane = ViewerPane(link)
    pane.show_paper(
        ShownPaper(document_id=1, path=typed_pdf(tmp_path / "typed.pdf"), media_type="", title="t", footer="")
    )
    pane.show()
    pane.deleteLater()
    qtbot.wait(300)
    link.wake()
    qtbot.waitUntil(lambda: link.idle, timeout=WAIT)
    assert link._askers == []
