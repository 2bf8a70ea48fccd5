"""Payments over all bills: each with its names, and money due back only where a recorded fact says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord, EditRecord, RemoveRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Offer, Organization, Payment, Statement
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.payments import FindBeforePaying, ListPayments
from tests.support.libraries import received

DAY, TODAY = date(2025, 3, 1), date(2025, 6, 1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        yield library


@pytest.fixture
def desk(library: Library) -> Desk:
    desk = Desk(library)
    desk.perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY))
    desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ben Ruiz", None, DAY))
    return desk


def test_a_payment_has_the_names_of_its_bill_and_of_its_paper(desk: Desk, library: Library) -> None:
    desk.perform(AddPapers((received(library, "receipt"),)))
    desk.perform(AddRecord(Payment(bill_id=1, date=DAY, amount=Cents(1), document_id=1)))
    desk.perform(AddRecord(Payment(bill_id=2, date=TODAY, amount=Cents(2))))
    found = library.read(ListPayments())
    assert [(row.biller, row.account_number, row.patient, row.proof) for row in found.payments] == [
        ("Blue Mesa Imaging", None, "Ben Ruiz", ""),
        ("Blue Mesa Hospital", "000123", "Ana Ruiz", "receipt.txt"),
    ]
    assert found.due == ()
    assert [row.id for row in library.read(ListPayments(1)).payments] == [1]


def test_a_stated_credit_is_due_back_even_where_no_payment_is_entered(desk: Desk, library: Library) -> None:
    desk.perform(AddRecord(Statement(bill_id=2, date=DAY, balance=Cents(-500))))
    found = library.read(ListPayments())
    assert [(row.id, row.patient, row.due.outstanding) for row in found.due] == [(2, "Ben Ruiz", 500)]
    assert library.read(ListPayments(1)).due == ()


def test_what_to_know_before_paying_is_told_for_one_bill_and_nothing_for_one_that_is_gone(
    desk: Desk, library: Library
) -> None:
    assert library.read(FindBeforePaying(1, TODAY)).unconfirmed is None
    desk.perform(AddRecord(Offer(bill_id=1, date=DAY, amount=Cents(100), status="accepted")))
    desk.perform(EditRecord(Bill, 1, (("first_bill_date", date(2020, 1, 1)),)))
    desk.perform(EditRecord(Organization, 1, (("state", "TX"),)))
    found = library.read(FindBeforePaying(1, TODAY))
    assert found.unconfirmed is not None
    assert found.unconfirmed.id == 1
    assert found.limitation is not None
    assert found.limitation.card_id == "state.limitation.tx"
    assert library.read(FindBeforePaying(2, TODAY)).limitation is None
    desk.perform(RemoveRecord(Bill, 1))
    gone = library.read(FindBeforePaying(1, TODAY))
    assert (gone.unconfirmed, gone.limitation) == (None, None)


def test_an_empty_library_has_no_payments(library: Library) -> None:
    found = library.read(ListPayments())
    assert (found.payments, found.due) == ((), ())
