"""The three figures on Today with their months, also for those who read by ear or by keyboard."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QToolTip
from pytestqt.qtbot import QtBot

from medbills_desktop.domain.dates import plain_month
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.progress import Figures, Month, Progress
from medbills_desktop.qt.today.months_chart import SERIES, MonthsChart
from medbills_desktop.qt.today.progress_panel import ProgressPanel
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.queries.progress import ReadProgress
from tests.support.windows import settle

MONTHS = (
    Month(date(2025, 12, 1), Figures(None, Cents(100_00), Cents(0))),
    Month(date(2026, 1, 1), Figures(Cents(500_00), Cents(80_00), Cents(20_00))),
    Month(date(2026, 2, 1), Figures(Cents(500_00), Cents(0), Cents(100_00))),
)


def shown(window: MainWindow) -> ProgressPanel:
    window.going.show_page("today")
    settle(window)
    return window.today.progress


def test_the_figures_are_those_of_the_records(sample_window: MainWindow) -> None:
    panel = shown(sample_window)
    found = sample_window.session.read(ReadProgress(sample_window.session.today))
    assert panel.isVisible()
    assert [one.value.text() for one in panel.figures] == [dollars(one.value(found.today)) for one in SERIES]


def test_an_empty_library_shows_no_figures(window: MainWindow) -> None:
    assert not shown(window).isVisible()


def test_the_months_open_as_a_table(sample_window: MainWindow) -> None:
    panel = shown(sample_window)
    assert not panel.table.isVisible()
    panel._toggle.click()
    assert panel.table.isVisible()
    found = sample_window.session.read(ReadProgress(sample_window.session.today))
    rows = panel.table.rows_model.rows
    assert [plain_month(row.month.first) for row in rows] == [plain_month(one.first) for one in reversed(found.months)]


def test_the_chart_is_told_in_words_and_leaves_out_what_is_not_known(sample_window: MainWindow) -> None:
    panel = shown(sample_window)
    panel.show_progress(Progress(MONTHS[-1].figures, MONTHS, 1, 0))
    told = panel.chart.accessibleDescription().splitlines()
    assert told[0] == "Dec 2025: still asked $100.00, taken off $0.00"
    assert told[2] == "Feb 2026: billed $500.00, still asked $0.00, taken off $100.00"


@pytest.fixture
def chart(qtbot: QtBot) -> MonthsChart:
    made = MonthsChart()
    qtbot.addWidget(made)
    made.resize(300, 90)
    made.show_months(MONTHS)
    return made


def test_a_month_that_is_not_known_is_a_gap_and_not_a_zero(chart: MonthsChart) -> None:
    billed, asked, _off = (chart.points_of(one) for one in SERIES)
    assert [len(piece) for piece in billed] == [2]
    assert [len(piece) for piece in asked] == [3]
    heights = [point.y() for point in asked[0]]
    assert heights == sorted(heights), "less asked stands lower"
    assert billed[0][0].y() < asked[0][0].y()


def test_the_month_below_the_mouse_is_told(chart: MonthsChart) -> None:
    assert [chart.month_at(x) for x in (-5, 150, 900)] == list(MONTHS)
    place = QPoint(299, 20)
    chart.event(QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert QToolTip.text().splitlines()[0] == "Feb 2026"
    QToolTip.hideText()


def test_one_month_alone_is_no_chart(sample_window: MainWindow) -> None:
    panel = shown(sample_window)
    panel.show_progress(Progress(MONTHS[-1].figures, MONTHS[-1:], 2, 1))
    assert not panel.chart.isVisible()
    assert panel._without.text() == "1 bill states no balance"


def test_each_line_is_told_apart_without_its_colour() -> None:
    assert len({one.dashes for one in SERIES}) == len(SERIES)
