"""The columns of the lists on the money page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.rows_model import Column


def _compared(row: Any) -> str:
    """How the balance stands to the EOBs; the first that leaves them says so."""
    return f"Sides part: {row.compared}" if row.parts_here else row.compared or "–"


def _compared_tone(row: Any) -> str | None:
    if row.gap is None:
        return None
    return "green" if row.gap == 0 else "red" if row.parts_here else "amber"


def _money(title: str, name: str, rank: int = 0) -> Column:
    return Column(title, lambda row: dollars(getattr(row, name)), lambda row: getattr(row, name), True, 84, rank=rank)


def _day(title: str, name: str) -> Column:
    return Column(
        title, lambda row: plain_day(getattr(row, name)), lambda row: _ordinal(getattr(row, name)), width=96, whole=True
    )


def _ordinal(day: Any) -> int | None:
    return day.toordinal() if day else None


def _word(title: str, name: str, width: int = 0, table: dict[str, str] | None = None, rank: int = 0) -> Column:
    def text(row: Any) -> str:
        value = getattr(row, name)
        return (
            (table or {}).get(value, str(value).replace("_", " ").capitalize() if table is not None else str(value))
            if value
            else "–"
        )

    return Column(title, text, lambda row: text(row).casefold(), width=width, rank=rank)


def _of_statement(column: Column) -> Column:
    """A column of a statement, for a row that is a step of the history."""
    text, sort = column.text, column.sort
    return replace(column, text=lambda row: text(row.statement), sort=sort and (lambda row: sort(row.statement)))


STATEMENTS = (
    *map(
        _of_statement,
        (
            _day("Date", "date"),
            _word("Number", "number", rank=6),
            _money("Charges", "total_charges", rank=3),
            _money("Adjustments", "adjustments", rank=5),
            _money("Insurer paid", "insurer_paid", rank=4),
            _money("I paid", "patient_paid", rank=2),
            _money("Balance asked", "balance"),
        ),
    ),
    Column("Against the EOBs", _compared, lambda row: row.gap, width=130, pill=_compared_tone),
    Column("What changed", lambda row: row.changed, lambda row: row.changed.casefold(), rank=1, sentence=True),
)
CLAIMS = (
    _day("Date", "date"),
    _word("Claim", "number", rank=3),
    _word("Status", "status", 96, words.CLAIM_STATUS, rank=4),
    _money("Billed", "billed", rank=2),
    _money("Allowed", "allowed"),
    _money("Plan paid", "plan_paid", rank=1),
    _money("Your share", "patient_responsibility"),
)
PAYMENTS = (
    _day("Date", "date"),
    _word("Kind", "kind", 120, {}),
    _word("How", "method", 120, rank=1),
    _word("Note", "memo"),
    _money("Amount", "amount"),
)
OFFERS = (
    _day("Date", "date"),
    _word("From", "direction", 96, {"from_me": "Me", "from_them": "Them"}),
    _word("Status", "status", 110, {}),
    _word("Conditions", "conditions"),
    _day("Pay by", "pay_by"),
    _money("Amount", "amount"),
)
