"""A long list is sorted while the window waits, so what that costs for each row is held."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.dates import Moment, moment_from_datetime
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.timeline import TimelineEvent
from medbills_desktop.qt.rows_model import RowsModel
from medbills_desktop.qt.timeline.timeline_columns import EVENT_COLUMNS

ROWS, WHEN, AMOUNT = 20_000, 0, 4


def event(number: int) -> TimelineEvent:
    place = number * 7919 % ROWS
    when = moment_from_datetime(datetime(2020, 1, 1) + timedelta(hours=place))  # noqa: DTZ001 - a day of a paper
    when = when if place % 3 else Moment(date(2020, 1, 1) + timedelta(days=place // 24))
    return TimelineEvent(number, "call", "call", number, when, "", "", Cents(place))


def took(model: RowsModel, column: int) -> float:
    """Processor time of the best of three sortings, each other way round than the one before."""
    best = []
    for way in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder):
        began = time.thread_time()
        model.sort(column, way)
        best.append(time.thread_time() - began)
    return min(best)


def test_twenty_thousand_rows_sort_by_day_about_as_fast_as_by_amount(qapp: QApplication) -> None:
    model = RowsModel(EVENT_COLUMNS)
    model.set_rows([event(number) for number in range(ROWS)])
    amount = took(model, AMOUNT)
    assert took(model, WHEN) < 6 * amount
    whens = [row.when for row in model.rows]
    assert whens[0].day == date(2020, 1, 1)
    assert [when.sort_text for when in whens] == sorted(when.sort_text for when in whens)


def test_what_a_row_is_sorted_by_is_asked_once(qapp: QApplication) -> None:
    asked: list[int] = []

    def key(row: TimelineEvent) -> int | None:
        asked.append(row.id)
        return row.amount if row.id % 2 else None

    model = RowsModel([replace(EVENT_COLUMNS[AMOUNT], sort=key)])
    model.set_rows([event(number) for number in range(10)])
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert sorted(asked) == list(range(10))
    assert [row.id % 2 for row in model.rows] == [1] * 5 + [0] * 5
    assert [row.id for row in model.rows[5:]] == [0, 2, 4, 6, 8], "blanks stay in their order"
