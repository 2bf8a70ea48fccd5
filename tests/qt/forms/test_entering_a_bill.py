"""A bill as it lies on the table, entered with the keyboard: what is kept, what is refused, that nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Bill, Organization, Person, Statement, Visit
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.drafts import find_draft
from tests.support.bills import enter
from tests.support.dialogs import Answer, fill, form_in_front, go_to, problem_at, shown
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle, wait_for


def records(window: MainWindow, kind: type) -> list:
    return window.session.read(lambda reader: reader.find(kind))


def test_a_whole_bill_is_entered_by_keys_alone(window: MainWindow) -> None:
    press("Ctrl+N")
    form_in_front()
    type_text("Blue Mesa Imaging")
    press("Tab")
    type_text("im")
    press("Tab")
    type_text("Ana Ruiz")
    press("Tab")
    type_text("000123-4")
    press("Tab")
    type_text("10/17/2025")
    press("Tab")
    type_text("11/2/25")
    press("Tab", "Tab")
    type_text("1,234.50")
    press("Tab", "Tab", "Tab", "Tab")
    type_text("$234.50")
    press("Return")
    settle(window)
    bill, statement = records(window, Bill)[0], records(window, Statement)[0]
    assert bill.account_number == "000123-4"
    assert [(each.name, each.kind) for each in records(window, Organization)] == [("Blue Mesa Imaging", "imaging")]
    assert [each.name for each in records(window, Person)] == ["Ana Ruiz"]
    assert records(window, Visit)[0].start == Moment(date(2025, 10, 17))
    assert (statement.date, statement.due) == (date(2025, 11, 2), None)
    assert (statement.total_charges, statement.adjustments, statement.balance) == (123_450, None, 23_450)
    assert window.bills.bill.bill_id == bill.id
    assert window.bills.view.current_id() == bill.id
    assert window.actions_by_id["undo"].text() == "&Undo: Add bill"
    in_front(window)


def test_biller_and_patient_that_are_known_are_offered_and_not_made_twice(window: MainWindow) -> None:
    enter(window, "Étoile Emergency Physicians")
    press("Ctrl+N")
    dialog = form_in_front()
    assert shown(dialog, "patient") == "Ana Ruiz"
    type_text("etoile")
    press("Down", "Return")
    assert shown(dialog, "biller") == "Étoile Emergency Physicians"
    fill(dialog, account_number="0042")
    press("Return")
    settle(window)
    assert [each.account_number for each in records(window, Bill)] == ["000123", "0042"]
    assert len(records(window, Organization)) == len(records(window, Person)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("total_charges", "12,34", "“12,34” can't be read as a dollar amount. Type it like 1234.50"),
        ("balance", "1.234,50", "“1.234,50” can't be read as a dollar amount."),
        ("visit_day", "13/13/2025", "“13/13/2025” is not a day that exists. Dates are month, day, year"),
        ("date", "2/30/2025", "“2/30/2025” is not a day that exists."),
        ("due", "soon", "“soon” can't be read as a date. Type it like 3/31/2025"),
        ("biller", "", "Who sent it is needed."),
        ("patient", "   ", "Patient is needed."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    window: MainWindow, field: str, typed: str, said: str
) -> None:
    press("Ctrl+N")
    dialog = form_in_front()
    fill(dialog, biller="Blue Mesa Imaging", patient="Ana Ruiz", account_number="007", date="11/2/2025")
    fill(dialog, biller_kind="Imaging")
    fill(dialog, **{field: typed})
    press("Return")
    assert problem_at(dialog, field).startswith(said)
    assert QApplication.focusWidget() is dialog.form.widget(field)
    assert dialog.form.widget(field).accessibleDescription().startswith(said)
    assert shown(dialog, field) == typed
    assert shown(dialog, "account_number") == "007"
    assert records(window, Bill) == records(window, Organization) == []
    right = {"biller": "Blue Mesa Imaging", "patient": "Ana Ruiz", "total_charges": "12.34", "balance": "1,234.50"}
    fill(dialog, **{field: right.get(field, "11/3/2025")})
    press("Return")
    settle(window)
    assert [each.account_number for each in records(window, Bill)] == ["007"]


def test_figures_without_the_date_of_their_statement_ask_for_it(window: MainWindow) -> None:
    press("Ctrl+N")
    dialog = form_in_front()
    fill(dialog, biller="Blue Mesa Imaging", patient="Ana Ruiz", balance="12.34")
    fill(dialog, biller_kind="Imaging")
    press("Return")
    assert "Type the date that is printed on it." in problem_at(dialog, "date")
    assert QApplication.focusWidget() is dialog.form.widget("date")
    assert records(window, Bill) == []
    type_text("11/3/2025")
    press("Return")
    settle(window)
    assert records(window, Statement)[0].balance == 1_234


def test_escape_asks_and_keeps_what_was_typed(window: MainWindow) -> None:
    press("Ctrl+N")
    dialog = form_in_front()
    fill(dialog, biller="Blue Mesa")
    answer = Answer("Keep typing")
    press("Escape")
    assert answer.asked == "What you typed is not saved yet. Close without saving it?"
    assert form_in_front() is dialog
    assert shown(dialog, "biller") == "Blue Mesa"
    answer = Answer("Close without saving")
    press("Escape")
    in_front(window)
    press("Ctrl+N")
    assert shown(form_in_front(), "biller") == ""
    press("Escape")


def test_an_untouched_form_closes_without_a_question(window: MainWindow) -> None:
    press("Ctrl+N")
    form_in_front()
    press("Escape")
    in_front(window)


def test_what_was_typed_comes_back_after_a_crash(window: MainWindow) -> None:
    library = window.session.library
    press("Ctrl+N")
    dialog = form_in_front()
    fill(dialog, biller="Blue Mesa", account_number="000")
    press("Shift+Tab", "Shift+Tab")
    press("Down")
    wait_for(lambda: find_draft(library, "form:add:bill") is not None, 3)
    typed = dialog.form.raw()
    dialog.drafts.rest()
    dialog.hide()
    dialog.deleteLater()
    in_front(window)
    press("Ctrl+N")
    again = form_in_front()
    assert again.form.raw() == typed
    fill(again, patient="Ana Ruiz")
    press("Return")
    settle(window)
    assert records(window, Bill)[0].account_number == "000"
    assert find_draft(library, "form:add:bill") is None


def test_the_wheel_over_a_choice_changes_nothing(window: MainWindow) -> None:
    press("Ctrl+N")
    dialog = form_in_front()
    go_to(dialog, "account_number")
    before = shown(dialog, "biller_kind")
    combo = dialog.form.widget("biller_kind")
    middle = QPointF(combo.rect().center())
    event = QWheelEvent(
        middle,
        combo.mapToGlobal(middle),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(combo, event)
    assert shown(dialog, "biller_kind") == before
    press("Escape")
