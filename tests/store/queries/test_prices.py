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
from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.commands.prices import AddProof, LinkProof
from medbills_desktop.commands.records import AddRecord, RemoveRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.price_comparison import Comparison
from medbills_desktop.domain.records import Document, DocumentLink, Line, Price
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.prices import CompareLine, FindProof, HasNotedPrices, ListChargesFor, ListPrices

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


def compared(library: Library, price: int) -> dict[str, Comparison]:
    return {row.line.description: row.comparison for row in library.read(ListChargesFor(price))}


def test_a_line_is_compared_with_the_price_for_its_units(library: Library) -> None:
    rows = compared(library, 1)
    assert set(rows) == {"A", "B", "C"}
    assert (rows["A"].more, rows["A"].ratio, rows["A"].one) == (6000, "3", 4500)
    assert rows["A"].line.date == Moment(DAY)


def test_without_units_or_charge_nothing_is_compared_and_it_says_why(library: Library) -> None:
    rows = compared(library, 1)
    assert [(rows[name].more, rows[name].ratio) for name in "BC"] == [(None, None)] * 2
    assert "units" in rows["B"].why_not
    assert "charges nothing" in rows["C"].why_not


def test_a_price_of_nothing_gives_no_ratio(library: Library) -> None:
    (row,) = compared(library, 2).values()
    assert (row.more, row.ratio) == (None, None)
    assert "zero" in row.why_not


def test_a_line_is_shown_beside_every_price_for_its_code(library: Library) -> None:
    Desk(library).perform(AddRecord(Price(code=" j18 85", amount=Cents(4000), source="Cash", basis="cash")))
    assert [one.price.amount for one in library.read(CompareLine(1))] == [4000, 1500]
    assert library.read(CompareLine(99)) == []
    assert library.read(HasNotedPrices(1))


def test_the_proof_on_a_page_comes_before_the_one_on_a_whole_paper(library: Library) -> None:
    desk = Desk(library)
    paper, other = ReceivedPaper("fees.pdf", "a" * 64, 5), ReceivedPaper("whole.pdf", "b" * 64, 5)
    assert library.read(FindProof(1)) is None
    desk.perform(AddProof(1, (paper, other), DAY))
    desk.perform(LinkProof(1, 1, 3, (1.0, 2.0, 3.0, 4.0)))
    proof = library.read(FindProof(1))
    assert proof is not None
    assert (proof.document_id, proof.page) == (1, 3)
    assert library.read(lambda reader: {each.kind for each in reader.find(Document)}) == {"price_evidence"}
    assert next(row.proof for row in library.read(ListPrices()) if row.id == 1) == "fees.pdf"


def test_with_the_price_go_the_links_of_its_proof_and_undo_brings_them_back(library: Library) -> None:
    desk = Desk(library)
    desk.perform(AddProof(1, (ReceivedPaper("fees.pdf", "a" * 64, 5),), DAY))
    desk.perform(RemoveRecord(Price, 1))
    assert library.read(lambda reader: reader.find(DocumentLink)) == []
    desk.undo()
    assert library.read(FindProof(1)) is not None


@pytest.mark.parametrize(
    ("words", "codes"), [("", ["A4550", "J1885"]), ("ashgrove county", ["J1885"]), ("fair price", ["A4550"]), ("x", [])]
)
def test_prices_are_found_by_any_word(library: Library, words: str, codes: list[str]) -> None:
    assert [row.code for row in library.read(ListPrices(words))] == codes


def test_a_price_counts_the_lines_with_its_code(library: Library) -> None:
    assert {row.code: row.charged for row in library.read(ListPrices())} == {"J1885": 3, "A4550": 1}
