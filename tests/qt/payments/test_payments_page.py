"""The Payments page: over all bills, narrowed by year and patient, with totals that are sums and nothing more."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Letter, Payment, Statement
from medbills_desktop.qt.pages.payments_page import PaymentsPage
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import fill, form_in_front, go_to, problem_at
from tests.support.keys import press
from tests.support.windows import in_front, settle

DAY = date(2025, 3, 1)


@pytest.fixture
def page(window: MainWindow) -> PaymentsPage:
    """The page over two bills of two patients."""
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY))
    perform(EnterBill("Blue Mesa Imaging", "imaging", "Ben Ruiz", "000124", DAY))
    perform(AddRecord(Payment(bill_id=1, date=date(2024, 12, 31), amount=Cents(100_00), method="=card")))
    perform(AddRecord(Payment(bill_id=1, date=date(2025, 1, 1), amount=Cents(50_00))))
    perform(AddRecord(Payment(bill_id=2, date=date(2025, 5, 1), amount=Cents(70_00))))
    perform(AddRecord(Payment(bill_id=2, date=date(2025, 6, 1), amount=Cents(30_00), kind="refund")))
    perform(AddRecord(Statement(bill_id=2, date=date(2025, 5, 20), balance=Cents(-40_00))))
    window.going.show_page("payments")
    settle(window)
    return window.payments


def rows(page: PaymentsPage) -> list[str]:
    return [f"{row.payment.date} {row.payment.amount} {row.patient}" for row in page.view.rows_model.rows]


def totals(page: PaymentsPage) -> list[tuple[int, str, int, int]]:
    return [(row.year, row.patient, row.paid, row.net) for row in page.totals.rows_model.rows]


def choose(window: MainWindow, page: PaymentsPage, year: object, person_id: object) -> None:
    for choice, value in ((page.year, year), (page.patient, person_id)):
        choice.setCurrentIndex(choice.findData(value) if value is not None else 0)
        choice.activated.emit(choice.currentIndex())
    settle(window)


def test_everything_is_listed_and_summed_up_by_year_and_patient(page: PaymentsPage) -> None:
    assert rows(page) == [
        "2025-06-01 3000 Ben Ruiz",
        "2025-05-01 7000 Ben Ruiz",
        "2025-01-01 5000 Ana Ruiz",
        "2024-12-31 10000 Ana Ruiz",
    ]
    assert totals(page) == [
        (2025, "Ana Ruiz", 50_00, 50_00),
        (2025, "Ben Ruiz", 70_00, 40_00),
        (2025, "", 120_00, 90_00),
        (2024, "Ana Ruiz", 100_00, 100_00),
    ]


def test_it_is_narrowed_by_year_and_patient_and_the_totals_follow(window: MainWindow, page: PaymentsPage) -> None:
    choose(window, page, 2025, 1)
    assert rows(page) == ["2025-01-01 5000 Ana Ruiz"]
    assert totals(page) == [(2025, "Ana Ruiz", 50_00, 50_00)]
    choose(window, page, 2024, 2)
    assert rows(page) == []
    assert "No payment of this year" in page.view.accessibleDescription()
    assert not page.save.isEnabled()
    window.session.desk.perform(AddRecord(Payment(bill_id=2, date=date(2024, 1, 1), amount=Cents(1))))
    settle(window)
    assert rows(page) == ["2024-01-01 1 Ben Ruiz"], "what was chosen stays chosen when something new comes"


def test_what_is_due_back_is_told_by_its_fact(window: MainWindow, page: PaymentsPage) -> None:
    assert [(row.biller, row.due.due, row.due.outstanding) for row in page.due.rows_model.rows] == [
        ("Blue Mesa Imaging", 40_00, 10_00)
    ]
    page.due.choose(2)
    assert page.said == "The latest statement states a credit of $40.00. $30.00 came back. $10.00 is still due."
    assert page.ask.isVisible()
    page.ask.click()
    settle(window)
    letters = window.session.read(lambda reader: reader.find(Letter))
    assert [(one.kind, one.bill_id) for one in letters] == [("refund_demand", 2)]
    assert window.going.page_name == "letters"
    window.going.show_page("payments")
    page.due.opened.emit(2)
    settle(window)
    assert window.going.page_name == "bills"
    assert window.bills.bill.bill_id == 2


def test_a_refund_is_entered_with_its_bill(window: MainWindow, page: PaymentsPage) -> None:
    page._add_refund.click()
    form = form_in_front()
    assert form.windowTitle() == "Add refund"
    assert set(form.form.raw().values()) <= {"", None}, "nothing is invented"
    fill(form, date="7/1/2025", amount="10")
    press("Return")
    assert problem_at(form, "bill_id").startswith("Bill is needed.")
    go_to(form, "bill_id")
    press("End", "Return")
    in_front(window)
    settle(window)
    kept = window.session.read(lambda reader: reader.find(Payment))[-1]
    assert (kept.bill_id, kept.kind, kept.amount) == (2, "refund", 10_00)
    page.due.choose(2)
    assert page.said.endswith("It came back.")


def test_no_money_is_no_payment(window: MainWindow, page: PaymentsPage) -> None:
    press("Ctrl+Shift+P")
    form = form_in_front()
    go_to(form, "bill_id")
    press("Down")
    fill(form, date="7/1/2025", amount="0")
    press("Return")
    assert problem_at(form, "amount").startswith("No money moved.")
    fill(form, amount="5")
    press("Return")
    in_front(window)


def test_a_removed_payment_comes_back(window: MainWindow, page: PaymentsPage) -> None:
    page.view.setFocus()
    page.view.choose(3)
    press("Delete")
    settle(window)
    assert len(rows(page)) == 3
    press("Ctrl+Z")
    settle(window)
    assert len(rows(page)) == 4


def test_what_is_chosen_is_saved_as_csv_and_as_a_workbook_with_its_totals(
    window: MainWindow, page: PaymentsPage, tmp_path: Path
) -> None:
    choose(window, page, 2025, None)
    page.save_to(tmp_path / "paid.csv")
    page.save_to(tmp_path / "paid.xlsx")
    settle(window)
    with (tmp_path / "paid.csv").open(encoding="utf-8-sig", newline="") as stream:
        read = list(csv.DictReader(stream))
    assert [(row["Date"], row["Kind"], row["Amount"], row["Net"]) for row in read] == [
        ("2025-06-01", "Refund", "30.00", "-30.00"),
        ("2025-05-01", "Payment", "70.00", "70.00"),
        ("2025-01-01", "Payment", "50.00", "50.00"),
    ]
    book = openpyxl.load_workbook(tmp_path / "paid.xlsx")
    assert book.sheetnames == ["Payments", "Totals"]
    assert [cell.value for cell in book["Totals"][4]] == [2025, "All together", 120, 30, 0, 90]


def test_a_text_that_looks_like_a_formula_stays_a_text_and_another_ending_is_refused(
    window: MainWindow, page: PaymentsPage, tmp_path: Path
) -> None:
    page.save_to(tmp_path / "paid.csv")
    settle(window)
    assert "'=card" in (tmp_path / "paid.csv").read_text(encoding="utf-8-sig")
    said: list[str] = []
    window.session.noticed.connect(lambda notice: said.append(notice.text))
    page.save_to(tmp_path / "paid.pdf")
    settle(window)
    assert "Use .csv or .xlsx." in said[-1]
    assert not (tmp_path / "paid.pdf").exists()


def test_an_empty_page_says_what_it_is_for_and_offers_the_first_step(window: MainWindow) -> None:
    window.going.show_page("payments")
    settle(window)
    page = window.payments
    assert page.view.empty_state is not None
    assert page.view.empty_state.isVisible()
    assert not page._below.isVisible()
    said: list[str] = []
    window.session.noticed.connect(lambda notice: said.append(notice.text))
    page.view.step_wanted.emit()
    assert said == ["A payment belongs to a bill. Press Ctrl+N to enter the bill first."]
    window.session.desk.perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY))
    page.view.step_wanted.emit()
    assert form_in_front().windowTitle() == "Add payment"
    press("Escape")
    in_front(window)
