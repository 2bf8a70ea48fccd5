"""Payments as a spreadsheet: what is chosen, with its sign, and the sums of each year; a refusal changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.payment_files import save_payments
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Payment
from medbills_desktop.store.library import Library

DAY = date(2025, 3, 1)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        desk.perform(EnterBill("Blue Mesa Hospital", "hospital", "Ana Ruiz", "000123", DAY))
        desk.perform(AddRecord(Payment(bill_id=1, date=DAY, amount=Cents(100_01), memo="=1+1")))
        desk.perform(AddRecord(Payment(bill_id=1, date=date(2024, 1, 1), amount=Cents(-5_00))))
        yield library


def test_the_account_number_keeps_its_zeros_and_nothing_is_a_formula(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "paid.xlsx"
    assert save_payments(library, target) == f"Written to {target}."
    sheet = openpyxl.load_workbook(target)["Payments"]
    heading = [cell.value for cell in sheet[1]]
    rows = [dict(zip(heading, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=2)]
    assert [(row["Account"], row["Kind"], row["Amount"], row["Net"], row["Note"]) for row in rows] == [
        ("000123", "Payment", 100.01, 100.01, "=1+1"),
        ("000123", "Refund", 5, -5, None),
    ]
    assert sheet.cell(2, heading.index("Note") + 1).data_type == "s"


def test_only_what_is_chosen_is_written(library: Library, tmp_path: Path) -> None:
    target = tmp_path / "paid.csv"
    save_payments(library, target, 2024, 1)
    assert target.read_text(encoding="utf-8-sig").splitlines()[1:] == [
        "2024-01-01,Refund,Ana Ruiz,Blue Mesa Hospital,000123,5.00,-5.00,,,,"
    ]


@pytest.mark.parametrize(("name", "year", "said"), [("paid.csv", 2020, "no payment"), ("paid.ods", None, "ending")])
def test_a_refusal_leaves_the_old_file(
    library: Library, tmp_path: Path, name: str, year: int | None, said: str
) -> None:
    target = tmp_path / name
    target.write_text("old")
    with pytest.raises(UserError, match=said):
        save_payments(library, target, year)
    assert target.read_text() == "old"


def test_nothing_is_written_into_the_library_itself(library: Library) -> None:
    with pytest.raises(UserError):
        save_payments(library, library.folder / "paid.csv")
