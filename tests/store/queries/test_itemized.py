"""Which accounts wait for an itemized bill: the quick list says what the domain says of every single one."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.itemized import KeepAsItemizedBill
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.itemized_bill import itemized_bill
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Call, Letter, Line, Promise, Statement
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.itemized import ListOverdueItemized, ListWaitingForItemized, read_around
from tests.support.libraries import received

TODAY = date(2026, 3, 20)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        yield made


def fill(library: Library, draw: random.Random, number: int) -> None:
    """A bill with some of everything that its itemized bill may follow from."""
    desk = Desk(library)
    day = TODAY - timedelta(days=draw.randrange(60))
    bill = desk.perform(EnterBill(f"Biller {number}", "hospital", "Ana Ruiz", str(number)))
    for _ in range(draw.randrange(4)):
        fields: dict[str, Any] = draw.choice([{}, {"code": "A4215"}, {"code": ""}, {"date": Moment(day)}])
        charge = draw.choice([None, 0, 100, 900])
        mark = draw.choice([None, None, "removed_by_biller"])
        desk.perform(AddLines(bill.id, (Line(bill_id=0, description="Care", charge=charge, mark=mark, **fields),)))  # type: ignore[arg-type]
    if draw.random() < 0.5:
        sent = draw.choice(["sent", "draft"])
        desk.perform(AddRecord(Letter(kind="itemization_request", bill_id=bill.id, status=sent, date=day)))  # type: ignore[arg-type]
    if draw.random() < 0.5:
        promised = (Promise(call_id=0, text="Send the itemized bill", due=day),) if draw.random() < 0.5 else ()
        asked = draw.choice([None, "An ITEMISED bill, please"])
        desk.perform(LogCall(Call(started=Moment(day), asked=asked), None, (bill.id,), (), promised))
    if draw.random() < 0.2:
        desk.perform(AddRecord(Statement(bill_id=bill.id, date=day, itemized=draw.choice([True, False, None]))))
    if draw.random() < 0.2:
        (paper,) = desk.perform(AddPapers((received(library, f"paper {number}"),), bill.id))
        if draw.random() < 0.5:
            desk.perform(KeepAsItemizedBill(paper.id, bill.id))


@pytest.mark.parametrize("seed", range(4))
def test_the_list_says_what_the_domain_says_of_each_bill(library: Library, seed: int) -> None:
    draw = random.Random(seed)
    for number in range(15):
        fill(library, draw, number)
    bills = library.read(lambda reader: reader.find(Bill))
    one_by_one = {}
    for bill in bills:
        case = library.read(lambda reader, bill=bill: load_bills(reader, {bill.id}))  # type: ignore[misc]
        found = itemized_bill(case, bill.id, TODAY)
        around = library.read(lambda reader, bill=bill: read_around(reader, {bill.id}))  # type: ignore[misc]
        assert itemized_bill(around, bill.id, TODAY, case.lines(bill.id)) == found
        if found.state in ("asked", "overdue") and found.requests:
            one_by_one[bill.id] = found
    assert {one.bill_id: one.found for one in library.read(ListWaitingForItemized(TODAY))} == one_by_one


def test_one_that_is_promised_is_listed_once(library: Library) -> None:
    desk = Desk(library)
    bill = desk.perform(EnterBill("Example Hospital", "hospital", "Ana Ruiz"))
    day = TODAY - timedelta(days=40)
    desk.perform(AddRecord(Letter(kind="itemization_request", bill_id=bill.id, status="sent", date=day)))
    (item,) = library.read(ListOverdueItemized(TODAY))
    assert (item.kind, item.bill_id, item.due) == ("itemized", bill.id, day + timedelta(days=30))
    promise = Promise(call_id=0, text="Mail the itemized bill", due=TODAY - timedelta(days=1))
    desk.perform(LogCall(Call(started=Moment(day), amount_quoted=Cents(1)), None, (bill.id,), (), (promise,)))
    assert library.read(ListOverdueItemized(TODAY)) == []
