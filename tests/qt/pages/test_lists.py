"""The pages that are lists: they show what the library holds, sort, keep what is chosen, and hear of every change."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from medbills_desktop.commands.bills import EnterBill, SetBillStatus
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.records import EditRecord, RemoveRecord
from medbills_desktop.domain import words
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill, Call, Document, Organization, Payment, Statement
from medbills_desktop.qt import theme
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import form_in_front
from tests.support.keys import press
from tests.support.windows import in_front, settle

LISTS = ("bills", "calls", "papers", "timeline")


def show(window: MainWindow, name: str) -> RowsView:
    window.going.show_page(name)
    settle(window)
    view = getattr(window.pages[name], "view")  # noqa: B009
    assert isinstance(view, RowsView)
    return view


def find(window: MainWindow, kind: type) -> list[Any]:
    return window.session.read(lambda reader: reader.find(kind))


def column(view: RowsView, title: str) -> list[str]:
    """The texts of a column from the top."""
    number = next(place for place, each in enumerate(view.rows_model.columns) if each.title == title)
    return [str(view.rows_model.index(row, number).data() or "") for row in range(view.rows_model.rowCount())]


def choose(view: RowsView, row: int) -> int:
    view.setCurrentIndex(view.rows_model.index(row, 0))
    found = view.current_id()
    assert found is not None
    return found


def test_bills_show_what_the_library_holds(sample_window: MainWindow) -> None:
    view = show(sample_window, "bills")
    names = {each.id: each.name for each in find(sample_window, Organization)}
    bills = find(sample_window, Bill)
    assert sorted(column(view, "Biller")) == sorted(names[bill.biller_id] for bill in bills)
    newest = {}
    for statement in sorted(find(sample_window, Statement), key=lambda each: each.date):
        if statement.balance is not None:
            newest[statement.bill_id] = statement.balance
    assert sorted(column(view, "Asked")) == sorted(dollars(newest.get(bill.id)) for bill in bills)


def test_calls_and_papers_show_what_the_library_holds(sample_window: MainWindow) -> None:
    calls, papers = find(sample_window, Call), find(sample_window, Document)
    assert len(column(show(sample_window, "calls"), "With")) == len(calls)
    assert set(column(show(sample_window, "calls"), "Reference")) >= {
        call.reference_number for call in calls if call.reference_number
    }
    assert sorted(column(show(sample_window, "papers"), "Title")) == sorted(each.shown_title for each in papers)
    assert sorted(column(show(sample_window, "papers"), "No.")) == sorted(each.paper_number for each in papers)


def test_the_timeline_shows_every_payment_with_its_amount_and_narrows_as_one_types(sample_window: MainWindow) -> None:
    view = show(sample_window, "timeline")
    everything = view.rows_model.rowCount()
    paid = {dollars(payment.amount) for payment in find(sample_window, Payment)}
    assert paid <= set(column(view, "Amount"))
    sample_window.timeline.findChild(QLineEdit).setText("payment")
    settle(sample_window)
    assert 0 < view.rows_model.rowCount() < everything
    assert "Payment" in column(view, "What")


@pytest.mark.parametrize("name", LISTS)
def test_every_column_sorts_both_ways_and_blanks_stay_last(sample_window: MainWindow, name: str) -> None:
    view = show(sample_window, name)
    kept = choose(view, 1)
    for number, each in enumerate(view.rows_model.columns):
        if each.sort is None:
            continue
        for order in (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder):
            view.sortByColumn(number, order)
            keys = [each.sort(row) for row in view.rows_model.rows]
            known = [key for key in keys if key is not None]
            assert known == sorted(known, reverse=order == Qt.SortOrder.DescendingOrder)
            assert keys[: len(known)] == known
            assert view.current_id() == kept


CHANGES: dict[str, Callable[[MainWindow], object]] = {
    "bills": lambda window: SetBillStatus(find(window, Bill)[0].id, "on_hold"),
    "calls": lambda window: EditRecord(Call, find(window, Call)[0].id, (("representative", "Someone else"),)),
    "papers": lambda window: EditRecord(Document, find(window, Document)[0].id, (("title", "Another title"),)),
    "timeline": lambda window: EditRecord(Payment, find(window, Payment)[0].id, (("amount", 4_321),)),
}
SHOWN = {"bills": words.STATUS["on_hold"], "calls": "Someone else", "papers": "Another title", "timeline": "$43.21"}


@pytest.mark.parametrize("name", LISTS)
def test_a_command_performed_elsewhere_shows_at_once_and_what_is_chosen_stays(
    sample_window: MainWindow, name: str
) -> None:
    view = show(sample_window, name)
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    row = view.rows_model.row_at(2)
    choose(view, 2)
    sample_window.session.perform(CHANGES[name](sample_window))
    settle(sample_window)
    texts = {
        str(view.rows_model.index(line, number).data())
        for line in range(view.rows_model.rowCount())
        for number in range(view.rows_model.columnCount())
    }
    assert SHOWN[name] in texts
    now = view.rows_model.row_at(view.currentIndex().row())
    assert dataclasses.replace(now, **{"id": row.id} if hasattr(row, "id") else {}) == now
    assert getattr(now, "id", None) == getattr(row, "id", None)


def test_a_page_that_is_not_seen_reads_anew_when_it_is_shown(sample_window: MainWindow) -> None:
    view = show(sample_window, "calls")
    before = view.rows_model.rowCount()
    show(sample_window, "bills")
    sample_window.session.perform(RemoveRecord(Call, find(sample_window, Call)[0].id))
    settle(sample_window)
    assert view.rows_model.rowCount() == before
    assert show(sample_window, "calls").rows_model.rowCount() == before - 1


def test_when_the_chosen_row_goes_the_next_one_is_chosen(sample_window: MainWindow) -> None:
    view = show(sample_window, "calls")
    gone = choose(view, 1)
    following = view.rows_model.row_at(2).id
    view.setFocus()
    press("Delete")
    settle(sample_window)
    assert view.rows_model.number_of(gone) == -1
    assert view.current_id() == following
    press("Ctrl+Z")
    settle(sample_window)
    assert view.rows_model.number_of(gone) >= 0


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_list_says_what_it_is_for_and_offers_one_next_step(window: MainWindow, name: str) -> None:
    view = show(window, name)
    state = view.empty_state
    assert state is not None
    assert state.isVisible()
    assert state.step.isEnabled()
    assert view.accessibleDescription()
    view.setFocus()
    press("Tab")
    assert QApplication.focusWidget() is state.step, "the button is the next stop of the keyboard"
    if name in ("bills", "timeline"):
        press("Space")
        assert form_in_front().windowTitle() == "Add bill"
        press("Escape")
        in_front(window)
    if name == "calls":
        press("Space")
        assert window.call.isVisible()
    window.session.desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", visit_day=date(2026, 1, 2)))
    window.session.desk.perform(LogCall(Call(started=Moment(date(2026, 1, 3)), said="x")))
    settle(window)
    assert state.isVisible() == (name == "papers")


def test_a_narrowed_list_that_finds_nothing_shows_the_whole_again(sample_window: MainWindow) -> None:
    view = show(sample_window, "timeline")
    everything = view.rows_model.rowCount()
    sample_window.timeline.findChild(QLineEdit).setText("zzzz")
    settle(sample_window)
    assert view.empty_state is not None
    assert view.empty_state.isVisible()
    assert view.empty_state.step.text() == "Show the whole timeline"
    view.empty_state.step.click()
    settle(sample_window)
    assert view.rows_model.rowCount() == everything


def test_the_inbox_shows_only_what_is_not_filed_yet(sample_window: MainWindow) -> None:
    view = show(sample_window, "papers")
    which = next(each for each in sample_window.papers.findChildren(QComboBox) if each.count() == 2)
    which.setCurrentIndex(1)
    which.activated.emit(1)
    settle(sample_window)
    inbox = [row for row in view.rows_model.rows if row.links]
    assert inbox == []


def test_search_finds_an_amount_and_goes_to_where_it_is(sample_window: MainWindow) -> None:
    payment = find(sample_window, Payment)[0]
    press("Ctrl+F")
    sample_window.search_field.setText(f"{payment.amount / 100:.2f}")
    settle(sample_window)
    view = sample_window.search.view
    assert "Payment" in column(view, "Found in")
    press("Return")
    settle(sample_window)
    row = column(view, "Found in").index("Payment")
    view.setCurrentIndex(view.rows_model.index(row, 0))
    press("Return")
    settle(sample_window)
    assert sample_window.going.page_name == "bills"
    assert sample_window.bills.bill.bill_id == payment.bill_id
    press("Ctrl+F")
    sample_window.search_field.clear()
    settle(sample_window)
    assert sample_window.going.page_name == "bills"


def test_search_says_so_when_nothing_is_found(sample_window: MainWindow) -> None:
    press("Ctrl+F")
    sample_window.search_field.setText("qqqxyz")
    settle(sample_window)
    assert sample_window.search.view.rows_model.rowCount() == 0
    assert "Nothing found" in sample_window.search.view.accessibleDescription()


@pytest.mark.parametrize("name", ["bills", "calls", "letters", "papers", "people", "payments", "timeline"])
def test_no_list_has_to_be_scrolled_sideways_in_the_smallest_window(sample_window: MainWindow, name: str) -> None:
    sample_window.resize(1024, 700)
    view = show(sample_window, name)
    assert view.horizontalScrollBar().maximum() == 0


def test_a_quiet_list_shows_what_is_chosen_only_while_it_has_the_keyboard(sample_window: MainWindow) -> None:
    """The timeline begins with the heading of a month, which nobody chose."""
    view = show(sample_window, "timeline")
    view.setCurrentIndex(view.rows_model.index(0, 0))
    soft = theme.token("accent_soft")

    def ground() -> QColor:
        settle(sample_window)
        row = view.visualRect(view.rows_model.index(0, view.rows_model.columnCount() - 1)).center()
        return QColor(view.viewport().grab().toImage().pixelColor(row))

    sample_window.search_field.setFocus()
    assert ground() != soft
    view.setFocus()
    assert ground() == soft
