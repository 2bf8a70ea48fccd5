"""Noted prices beside what was charged: the figures, and silence where one of them is not known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Line, Price
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.prices import ListChargesFor, ListPrices

DAY = date(2025, 5, 4)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        desk = Desk(made)
        desk.perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "001"))
        lines = (
            Line(bill_id=0, date=Moment(DAY), code="J1885", description="A", units=Decimal(2), charge=Cents(9000)),
            Line(bill_id=0, code="j1885", description="B", charge=Cents(9000)),
            Line(bill_id=0, code="J1885", description="C", units=Decimal("0.5"), charge=None),
            Line(bill_id=0, code="A4550", description="D", units=Decimal(1), charge=Cents(100)),
        )
        desk.perform(AddLines(1, lines))
        desk.perform(AddRecord(Price(code="J1885", amount=Cents(1500), source="County fee list", place="Ashgrove")))
        desk.perform(AddRecord(Price(code="A4550", amount=Cents(0), source="A gift", basis="fair_price")))
        yield made


def test_one_unit_is_compared_with_the_price(library: Library) -> None:
    rows = {row.description: row for row in library.read(ListChargesFor(1))}
    assert set(rows) == {"A", "B", "C"}
    assert (rows["A"].difference, rows["A"].ratio) == (3000, Decimal("3.00"))
    assert rows["A"].day == DAY


def test_without_units_or_charge_nothing_is_compared(library: Library) -> None:
    rows = {row.description: row for row in library.read(ListChargesFor(1))}
    for name in ("B", "C"):
        assert (rows[name].difference, rows[name].ratio) == (None, None)


def test_a_price_of_nothing_gives_no_ratio(library: Library) -> None:
    (row,) = library.read(ListChargesFor(2))
    assert (row.difference, row.ratio) == (None, None)


@pytest.mark.parametrize(
    ("words", "codes"), [("", ["A4550", "J1885"]), ("ashgrove county", ["J1885"]), ("fair price", ["A4550"]), ("x", [])]
)
def test_prices_are_found_by_any_word(library: Library, words: str, codes: list[str]) -> None:
    assert [row.code for row in library.read(ListPrices(words))] == codes


def test_a_price_counts_the_lines_with_its_code(library: Library) -> None:
    assert {row.code: row.charged for row in library.read(ListPrices())} == {"J1885": 3, "A4550": 1}
