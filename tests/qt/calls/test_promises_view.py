"""Promises as a list: what waits, what was kept and what shows it, one click away; all of it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Call, Letter, Promise, PromiseProof
from medbills_desktop.qt.calls.phone_time import phone_time
from medbills_desktop.qt.calls.promise_columns import PROMISE_COLUMNS, SHOWN_BY
from medbills_desktop.qt.calls.promises_view import PromisesView
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.calls import CallRow
from tests.support.bills import enter
from tests.support.dialogs import fill, form_in_front
from tests.support.keys import press
from tests.support.windows import settle

DUE = (Day(2026, 3, 9), Day(2026, 4, 9), None)


@pytest.fixture
def promised(library: Library, open_window: Callable[..., MainWindow]) -> MainWindow:
    """Three promises: one late, one with a day to come, one without a day."""
    window = open_window(library, date(2026, 3, 12))
    bill = enter(window)
    promises = tuple(Promise(call_id=0, text=f"Promise {n}", by="Ms. Field", due=due) for n, due in enumerate(DUE, 1))
    call = Call(started=Moment(Day(2026, 3, 2)), said="First")
    window.session.desk.perform(LogCall(call, "Blue Mesa Imaging", (bill.id,), (), promises))
    window.session.desk.perform(
        AddRecord(Letter(kind="reply", bill_id=bill.id, subject="Your bill", status="received"))
    )
    press("Ctrl+4")
    window.calls.tabs.setCurrentWidget(window.calls.promises)
    settle(window)
    return window


def view(window: MainWindow) -> PromisesView:
    return window.calls.promises


def listed(window: MainWindow, which: str = "waiting") -> list[tuple[str, str]]:
    combo = view(window).which
    combo.setCurrentIndex(combo.findData(which))
    combo.activated.emit(combo.currentIndex())
    settle(window)
    return [(row.text, row.state) for row in view(window).view.rows_model.rows]


def test_what_waits_the_longest_comes_first(promised: MainWindow) -> None:
    assert listed(promised) == [("Promise 1", "late"), ("Promise 2", "open"), ("Promise 3", "open")]
    assert listed(promised, "late") == [("Promise 1", "late")]
    assert listed(promised, "kept") == []
    assert view(promised)._sum.text() == "3 promises · 1 late · 2 open"
    assert promised.calls.tabs.tabText(1) == "Promises 3"


def test_a_promise_is_marked_by_keys_with_the_letter_that_shows_it(promised: MainWindow) -> None:
    view(promised).view.choose(1)
    view(promised).acts["kept"].setFocus()
    press("Space")
    dialog = form_in_front()
    assert dialog.form.widget("day").text() == "3/12/2026"  # type: ignore[union-attr]
    letter = dialog.form.widget("letter_id")
    letter.setFocus()
    press("Down")
    fill(dialog, day="3/10/2026")
    press("Return")
    settle(promised)
    kept = promised.session.read(lambda reader: reader.get(Promise, 1))
    assert (kept.status, kept.closed) == ("kept", Day(2026, 3, 10))
    (proof,) = promised.session.read(lambda reader: reader.find(PromiseProof))
    assert (proof.promise_id, proof.letter_id) == (1, 1)
    assert listed(promised, "kept") == [("Promise 1", "kept")]
    promised.session.desk.undo()
    settle(promised)
    assert listed(promised, "late") == [("Promise 1", "late")]
    assert promised.session.read(lambda reader: reader.find(PromiseProof)) == []


def test_one_click_on_what_shows_it_opens_it(promised: MainWindow) -> None:
    view(promised).view.choose(1)
    view(promised).keep_broken()
    dialog = form_in_front()
    dialog.form.widget("letter_id").setCurrentIndex(1)  # type: ignore[union-attr]
    dialog.accept()
    settle(promised)
    listed(promised, "broken")
    table = view(promised).view
    place = next(n for n, column in enumerate(PROMISE_COLUMNS) if column.title == SHOWN_BY)
    middle = table.visualRect(table.rows_model.index(0, place)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    settle(promised)
    assert promised.going.page_name == "letters"
    assert promised.letters.view.current_id() == 1


def test_a_note_alone_is_shown_in_words(promised: MainWindow) -> None:
    view(promised).view.choose(2)
    view(promised).keep_kept()
    dialog = form_in_front()
    dialog.form.widget("note").setPlainText("They called on Monday")  # type: ignore[union-attr]
    dialog.accept()
    settle(promised)
    listed(promised, "kept")
    row = view(promised).view.rows_model.row_at(0)
    assert row.shown.words == "They called on Monday"
    assert not view(promised).acts["proof"].isVisible()


def test_opened_again_it_waits_and_keeps_its_proof(promised: MainWindow) -> None:
    view(promised).view.choose(1)
    view(promised).keep_kept()
    dialog = form_in_front()
    dialog.form.widget("note").setPlainText("Half of it came")  # type: ignore[union-attr]
    dialog.accept()
    settle(promised)
    listed(promised, "kept")
    view(promised).view.choose(1)
    view(promised).reopen()
    settle(promised)
    assert ("Promise 1", "late") in listed(promised)
    assert promised.session.read(lambda reader: reader.find(PromiseProof))[0].note == "Half of it came"


def test_enter_opens_the_call_of_a_promise(promised: MainWindow) -> None:
    view(promised).view.setFocus()
    view(promised).view.choose(1)
    press("Return")
    assert promised.call.isVisible()
    assert promised.call.draft().call_id == 1


def test_the_form_says_which_promise_it_is_about(promised: MainWindow) -> None:
    view(promised).view.choose(1)
    view(promised).keep_kept()
    assert form_in_front().windowTitle() == "The promise was kept: Promise 1"


def row(minutes: str | None, channel: str | None = "phone") -> CallRow:
    time = None if minutes is None else Decimal(minutes)
    return CallRow(1, Moment(Day(2026, 3, 2)), None, None, channel, None, time, None, "", "", 0)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], ""),
        ([row("12")], "1 call, 12 min"),
        ([row("60"), row("25")], "2 calls, 1 h 25 min"),
        ([row("60"), row("25"), row(None), row(None)], "4 calls, 1 h 25 min; 2 without a time"),
        ([row(None)], "1 call; 1 without a time"),
        ([row("0.5"), row("0.5", None)], "2 calls, 1 min"),
        ([row("12"), row("90", "letter"), row(None, "portal")], "1 call, 12 min; 2 by other ways"),
        ([row(None, "email")], "1 by another way"),
        ([row("90000")], "1 call, 1,500 h 0 min"),
    ],
)
def test_the_time_on_the_phone_is_summed_and_what_has_none_is_said(rows: list[CallRow], words: str) -> None:
    assert phone_time(QObject(), rows) == words


def test_the_time_stands_below_the_log_and_on_the_bill(promised: MainWindow) -> None:
    call = Call(started=Moment(Day(2026, 3, 3)), minutes=Decimal(85), channel="phone")
    promised.session.desk.perform(LogCall(call, "Blue Mesa Imaging", (1,)))
    settle(promised)
    promised.calls.tabs.setCurrentIndex(0)
    settle(promised)
    assert promised.calls._sum.text() == "2 calls, 1 h 25 min; 1 without a time"
    assert promised.bills.bill.calls._time.text() == "2 calls, 1 h 25 min; 1 without a time"
