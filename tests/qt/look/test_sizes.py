"""Text from 100 to 200 %, light and dark, changed while one works: nothing is cut, everything follows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTableView

from medbills_desktop.qt import theme
from medbills_desktop.qt.forms.editing import enter_bill
from medbills_desktop.qt.tables import ROW, RowsView
from medbills_desktop.qt.window import MainWindow
from tests.support.keys import press
from tests.support.widgets_seen import clipped, cut_off, places, seen, settled
from tests.support.windows import in_front, settle

EMPTY = ("today", "bills", "calls", "papers", "people", "timeline")
SIZES = [(100, QSize(1024, 700)), (100, QSize(1400, 880)), (150, QSize(1400, 880)), (200, QSize(1920, 1080))]


@pytest.mark.parametrize(
    ("per_cent", "size"), SIZES, ids=lambda each: str(each) if isinstance(each, int) else f"{each.width()} wide"
)
def test_no_text_is_cut_on_any_page(sample_window: MainWindow, per_cent: int, size: QSize) -> None:
    sample_window.resize(size)
    sample_window.set_look(False, per_cent)
    found = {}
    for name in places(sample_window):
        settle(sample_window)
        settled()
        if cut := [*clipped(sample_window), *cut_off(sample_window)]:
            found[name] = cut
    assert not found, "\n".join(f"{name}: {each}" for name, cut in found.items() for each in cut)
    assert sample_window.width() <= max(size.width(), 1024), "the window does not grow beyond what was given to it"


@pytest.mark.parametrize("per_cent", [100, 200])
def test_no_text_is_cut_in_a_form(sample_window: MainWindow, per_cent: int) -> None:
    sample_window.set_look(False, per_cent)
    dialog = enter_bill(sample_window.session, sample_window)
    in_front(dialog)
    dialog.accept()
    settled()
    assert clipped(dialog) == cut_off(dialog) == []
    dialog.close()


@pytest.mark.parametrize("per_cent", [100, 200])
def test_no_text_is_cut_where_there_is_nothing_yet(window: MainWindow, per_cent: int) -> None:
    window.resize(1400, 880)
    window.set_look(False, per_cent)
    for name in EMPTY:
        window.going.show_page(name)
        settle(window)
        settled()
        assert clipped(window) == [], name


def test_everything_follows_the_text_size_at_once(sample_window: MainWindow) -> None:
    list(places(sample_window))
    sample_window.going.show_page("bills")
    settle(sample_window)

    def measured() -> dict[str, float]:
        view, lines = sample_window.bills.view, sample_window.bills.bill.lines.grid
        return {
            "row": view.verticalHeader().defaultSectionSize(),
            "line": lines.verticalHeader().defaultSectionSize(),
            "title": view.horizontalHeader().sizeHint().height(),
            "figure": view.horizontalHeader().sectionSize(3),
            "side": sample_window.side.width(),
            "button": sample_window.log_call.sizeHint().height(),
            "letters": sample_window.search_field.fontMetrics().height(),
            "page title": sample_window.title.fontMetrics().height(),
        }

    before = measured()
    assert before["row"] == ROW
    sample_window.set_look(False, 200)
    settle(sample_window)
    after = measured()
    for name, length in before.items():
        assert after[name] == pytest.approx(2 * length, rel=0.12), name
    sample_window.set_look(False, 100)
    settle(sample_window)
    assert measured() == pytest.approx(before, rel=0.02)


def test_the_keys_make_text_larger_and_smaller(sample_window: MainWindow) -> None:
    press("Ctrl+Shift+=")
    assert theme.per_cent() == 110
    assert sample_window.notices.text == "Text size 110 %"
    press("Ctrl+Shift+-", "Ctrl+Shift+-")
    assert theme.per_cent() == 100


def test_light_turns_dark_and_back_without_a_restart(sample_window: MainWindow) -> None:
    settle(sample_window)

    def ground() -> str:
        return str(sample_window.grab().toImage().pixelColor(sample_window.width() // 2, 46).name())

    light = ground()
    sample_window.actions_by_id["dark"].trigger()
    settle(sample_window)
    assert theme.is_dark()
    dark = ground()
    assert light != dark
    found = [each for each in seen(sample_window) if isinstance(each, QLabel | QPushButton | QTableView)]
    assert {each.palette().text().color().name() for each in found if isinstance(each, RowsView)} == {
        theme.token("text").name()
    }
    sample_window.actions_by_id["dark"].trigger()
    settle(sample_window)
    assert ground() == light
    assert QApplication.activeWindow() is sample_window


def test_with_the_largest_text_a_low_screen_still_shows_a_bill_its_list_and_every_page(
    sample_window: MainWindow,
) -> None:
    sample_window.resize(1600, 900)
    sample_window.set_look(False, 200)
    settle(sample_window)
    settled()
    side, bills = sample_window.side, sample_window.bills
    last = list(side.findChildren(QPushButton))[-1]
    below = side.saved.mapTo(sample_window, side.saved.rect().topLeft()).y()
    assert last.visibleRegion().isEmpty() or last.mapTo(sample_window, last.rect().bottomLeft()).y() < below
    foot = bills.bill.mapTo(sample_window, bills.bill.rect().bottomLeft()).y()
    assert foot < sample_window.height(), "the bill ends within the window"
    assert bills.view.viewport().height() >= bills.view.rowHeight(0), "a row of the list is in sight"
    sample_window.going.show_page("timeline")
    settle(sample_window)
    assert not last.visibleRegion().isEmpty(), "the page that is shown is in sight in the side bar"
