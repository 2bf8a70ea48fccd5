"""A change names the bills whose findings may differ, and no others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.command import Command
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.records import AddRecord, EditRecord, RemoveRecord
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Line, Organization, Payment, Price, Task, Visit
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.affected import FindAffectedBills, ListBillIds


class Three:
    """Three bills: Ana's two of one visit, and Ben's."""

    def __init__(self, library: Library) -> None:
        self.library, self.desk = library, Desk(library)
        self.told: list[ChangeSet] = []
        for biller, patient in (("North", "Ana"), ("South", "Ana"), ("North", "Ben")):
            self.desk.perform(EnterBill(biller, "hospital", patient, None))
        visit = self.desk.perform(AddRecord(Visit(person_id=1)))
        for bill_id in (1, 2):
            self.desk.perform(EditRecord(Bill, bill_id, (("visit_id", visit.id),)))
        self.desk.listen(self.told.append)

    def affected(self, command: Command) -> set[int]:
        self.desk.perform(command)
        return set(self.library.read(FindAffectedBills(self.told[-1])))


@pytest.fixture
def three(tmp_path: Path) -> Iterator[Three]:
    with Library.create(tmp_path / "library") as library:
        yield Three(library)


def test_a_line_affects_its_bill_and_those_of_the_visit(three: Three) -> None:
    line = Line(bill_id=0, description="Gauze", charge=Cents(100))
    assert three.affected(AddLines(1, (line,))) == {1, 2}
    assert three.affected(AddLines(3, (line,))) == {3}


def test_a_line_affects_the_other_bill_of_its_account(three: Three) -> None:
    """A follow-up statement entered as a bill of its own is told by what stands on both."""
    three.desk.perform(EnterBill("North", "hospital", "Ben", "00 12-3"))
    three.desk.perform(EditRecord(Bill, 3, (("account_number", "00123"),)))
    assert three.affected(AddLines(3, (Line(bill_id=0, description="Gauze"),))) == {3, 4}
    three.desk.perform(EditRecord(Bill, 3, (("account_number", "123"),)))
    assert three.affected(AddLines(3, (Line(bill_id=0, description="Gauze"),))) == {3}


def test_a_removed_line_affects_its_bill_too(three: Three) -> None:
    (line,) = three.desk.perform(AddLines(3, (Line(bill_id=0, description="Gauze"),)))
    assert three.affected(RemoveRecord(Line, line.id)) == {3}


def test_a_payment_affects_all_bills_of_the_patient(three: Three) -> None:
    payment = Payment(bill_id=1, kind="payment", amount=Cents(100), date=date(2025, 5, 4))
    assert three.affected(AddRecord(payment)) == {1, 2}


def test_an_organization_affects_the_bills_that_it_sent(three: Three) -> None:
    assert three.affected(EditRecord(Organization, 1, (("nonprofit", True),))) >= {1, 3}


def test_a_price_affects_the_bills_with_a_line_of_its_code_before_or_after(three: Three) -> None:
    three.desk.perform(AddLines(1, (Line(bill_id=0, description="A", code="J1885"),)))
    three.desk.perform(AddLines(3, (Line(bill_id=0, description="B", code="a45 50"),)))
    assert three.affected(AddRecord(Price(code="j18 85", amount=Cents(1), source="list"))) >= {1}
    assert 3 not in three.affected(EditRecord(Price, 1, (("amount", Cents(2)),)))
    assert three.affected(EditRecord(Price, 1, (("code", "A4550"),))) >= {1, 3}
    assert three.affected(RemoveRecord(Price, 1)) == {3}


def test_a_task_affects_none(three: Three) -> None:
    assert three.affected(AddRecord(Task(text="Call", bill_id=1))) == set()


def test_all_bills_are_listed_newest_first(three: Three) -> None:
    assert three.library.read(ListBillIds()) == [3, 2, 1]
