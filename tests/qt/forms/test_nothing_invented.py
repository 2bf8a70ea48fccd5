"""A form for something new holds nothing that nobody typed: no date, no status, no kind."""

from __future__ import annotations

import pytest

from medbills_desktop.domain.records import Bill, Organization, Payment, Statement
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.dialogs import fill, form_in_front, go_to, problem_at
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle

KNOWN = {"bill_id"}
"""A task of the bill in front may say which bill it is about: that is where the person asked for it."""


@pytest.mark.parametrize("action", ["add_statement", "add_payment", "add_eob", "add_task"])
def test_a_new_record_begins_blank(window: MainWindow, action: str) -> None:
    enter(window)
    window.actions_by_id[action].trigger()
    dialog = form_in_front()
    typed = {name: raw for name, raw in dialog.form.raw().items() if raw not in ("", None)}
    assert set(typed) <= KNOWN
    assert not dialog.changed
    press("Escape")
    in_front(window)


@pytest.mark.parametrize("number", range(4))
def test_what_is_added_on_the_money_page_begins_blank(window: MainWindow, number: int) -> None:
    enter(window)
    money = window.bills.bill.money
    window.bills.bill.tabs.setCurrentWidget(money)
    adds = (money._add_statement, money._add_claim, money._add_payment, money._add_offer)
    adds[number]()
    dialog = form_in_front()
    assert set(dialog.form.raw().values()) <= {"", None}
    press("Escape")
    in_front(window)


def test_a_payment_without_its_day_is_not_kept_as_of_today(window: MainWindow) -> None:
    enter(window)
    window.actions_by_id["add_payment"].trigger()
    dialog = form_in_front()
    fill(dialog, amount="20.00")
    press("Return")
    assert problem_at(dialog, "date") == "Date is needed."
    assert window.session.read(lambda reader: reader.find(Payment)) == []
    fill(dialog, date="3/1/2026")
    press("Return")
    settle(window)
    assert len(window.session.read(lambda reader: reader.find(Payment))) == 1
    in_front(window)


def test_a_statement_of_no_day_is_refused_beside_its_field(window: MainWindow) -> None:
    enter(window)
    before = window.session.read(lambda reader: reader.find(Statement))
    window.actions_by_id["add_statement"].trigger()
    dialog = form_in_front()
    fill(dialog, balance="20.00")
    press("Return")
    assert problem_at(dialog, "date") == "Date is needed."
    assert window.session.read(lambda reader: reader.find(Statement)) == before
    fill(dialog, balance="")
    press("Escape")
    in_front(window)


def test_the_kind_of_a_biller_is_asked_for_where_it_is_new_and_only_there(window: MainWindow) -> None:
    press("Ctrl+N")
    dialog = form_in_front()
    fill(dialog, biller="Blue Mesa Imaging", patient="Ana Ruiz")
    press("Return")
    assert problem_at(dialog, "biller_kind").startswith("What kind of biller this is was not chosen yet.")
    go_to(dialog, "biller_kind")
    type_text("im")
    press("Return")
    settle(window)
    press("Ctrl+N")
    again = form_in_front()
    fill(again, account_number="7")
    again.form.put_back({"biller": " blue  mesa imaging"})
    press("Return")
    settle(window)
    assert len(window.session.read(lambda reader: reader.find(Bill))) == 2
    assert [each.kind for each in window.session.read(lambda reader: reader.find(Organization))] == ["imaging"]
    in_front(window)
