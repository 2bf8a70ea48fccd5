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
