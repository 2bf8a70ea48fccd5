"""Type-ahead for lines: what was entered before."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.money import Cents
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class EarlierLine:
    """A line as it was entered before, newest first: what type-ahead offers and fills in."""

    code: str | None
    description: str
    code_system: str | None
    revenue_code: str | None
    unit: str | None
    unit_price: Cents | None


@dataclass(frozen=True, slots=True)
class ListEarlierLines:
    """The different code and description pairs of the library, newest first, at most `limit`."""

    limit: int = 2000

    def __call__(self, reader: Reader) -> list[EarlierLine]:
        rows = reader.rows(
            "SELECT code, description, code_system, revenue_code, unit, unit_price, max(id) AS newest FROM line "
            "GROUP BY code, description ORDER BY newest DESC LIMIT ?",
            self.limit,
        )
        return [
            EarlierLine(
                row.code,
                row.description,
                row.code_system,
                row.revenue_code,
                row.unit,
                None if row.unit_price is None else Cents(row.unit_price),
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class CountLines:
    """How many lines a bill has."""

    bill_id: int

    def __call__(self, reader: Reader) -> int:
        return int(reader.scalar("SELECT count(*) FROM line WHERE bill_id = ?", self.bill_id))


@dataclass(frozen=True, slots=True)
class FindPrintedTotal:
    """The total charges printed on the paper that the lines were read from, in cents; `None` where none states it.

    That is the latest itemized statement that states a total; where none is marked itemized, the latest that does.
    """

    bill_id: int

    def __call__(self, reader: Reader) -> Cents | None:
        value = reader.scalar(
            "SELECT total_charges FROM statement WHERE bill_id = ? AND total_charges IS NOT NULL "
            "ORDER BY coalesce(itemized, 0) DESC, coalesce(date, '') DESC, id DESC LIMIT 1",
            self.bill_id,
        )
        return None if value is None else Cents(value)
