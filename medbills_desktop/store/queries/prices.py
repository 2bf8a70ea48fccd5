"""Noted prices as a list, and what was charged for the same code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Row

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Price
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One noted price; `charged` counts the lines with its code."""

    id: int
    code: str
    description: str | None
    amount: Cents
    unit: str | None
    basis: str | None
    setting: str | None
    source: str
    place: str | None
    date: Day | None
    charged: int


@dataclass(frozen=True, slots=True)
class ListPrices:
    """Prices that hold all the words given, somewhere; all of them without words."""

    words: str = ""

    def __call__(self, reader: Reader) -> list[PriceRow]:
        sql = (
            "SELECT price.*, (SELECT count(*) FROM line WHERE upper(line.code) = upper(price.code)) AS charged "
            "FROM price ORDER BY price.code COLLATE NOCASE, price.amount, price.id"
        )
        rows = [
            PriceRow(
                row.id,
                row.code,
                row.description,
                Cents(row.amount),
                row.unit,
                row.basis,
                row.setting,
                row.source,
                row.place,
                date.fromisoformat(row.date) if row.date else None,
                row.charged,
            )
            for row in reader.rows(sql)
        ]
        wanted = self.words.casefold().split()
        return [row for row in rows if all(word in _text(row) for word in wanted)]


def _text(row: PriceRow) -> str:
    parts = (row.code, row.description, row.basis, row.setting, row.source, row.place)
    return " ".join(part for part in parts if part).casefold().replace("_", " ")


@dataclass(frozen=True, slots=True)
class ChargedRow:
    """A line with the code of a noted price. `difference` and `ratio` compare one unit with the price.

    Both are `None` where the charge for one unit is not known: no charge, or no units.
    """

    id: int
    biller: str
    day: Day | None
    description: str
    units: Decimal | None
    charge: Cents | None
    difference: Cents | None
    ratio: Decimal | None


@dataclass(frozen=True, slots=True)
class ListChargesFor:
    """The lines with the code of a price, the newest first."""

    price_id: int

    def __call__(self, reader: Reader) -> list[ChargedRow]:
        price = reader.get(Price, self.price_id)
        rows = reader.rows(
            "SELECT line.id, organization.name AS biller, line.date, line.description, line.units, line.charge "
            "FROM line JOIN bill ON bill.id = line.bill_id JOIN organization ON organization.id = bill.biller_id "
            "WHERE upper(line.code) = upper(?) ORDER BY line.date DESC, line.id",
            price.code,
        )
        return [_charged(row, price) for row in rows]


def _charged(row: Row[Any], price: Price) -> ChargedRow:
    line_id, biller, day, description, units_text, charge = row
    units = Decimal(units_text) if units_text is not None else None
    one = Decimal(charge) / units if charge is not None and units else None
    comparable = one is not None and price.amount > 0
    return ChargedRow(
        line_id,
        biller,
        Moment.from_text(day).day if day else None,
        description,
        units,
        None if charge is None else Cents(charge),
        Cents(round(one) - price.amount) if comparable and one is not None else None,
        round(one / price.amount, 2) if comparable and one is not None else None,
    )
