"""The columns of the lists on the money page."""

from __future__ import annotations

from typing import Any

from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.rows_model import Column


def _money(title: str, name: str) -> Column:
    return Column(title, lambda row: dollars(getattr(row, name)), lambda row: getattr(row, name), right=True, width=112)


def _day(title: str, name: str) -> Column:
    return Column(title, lambda row: plain_day(getattr(row, name)), lambda row: _ordinal(getattr(row, name)), width=112)


def _ordinal(day: Any) -> int | None:
    return day.toordinal() if day else None


def _word(title: str, name: str, width: int = 0, table: dict[str, str] | None = None) -> Column:
    def text(row: Any) -> str:
        value = getattr(row, name)
        return (
            (table or {}).get(value, str(value).replace("_", " ").capitalize() if table is not None else str(value))
            if value
            else "–"
        )

    return Column(title, text, lambda row: text(row).casefold(), width=width)


STATEMENTS = (
    _day("Date", "date"),
    _word("Number", "number"),
    _money("Charges", "total_charges"),
    _money("Adjustments", "adjustments"),
    _money("Insurer paid", "insurer_paid"),
    _money("I paid", "patient_paid"),
    _money("Balance asked", "balance"),
)
CLAIMS = (
    _day("Date", "date"),
    _word("Claim", "number"),
    _word("Status", "status", 96, words.CLAIM_STATUS),
    _money("Billed", "billed"),
    _money("Allowed", "allowed"),
    _money("Plan paid", "plan_paid"),
    _money("Your share", "patient_responsibility"),
)
PAYMENTS = (
    _day("Date", "date"),
    _word("Kind", "kind", 120, {}),
    _word("How", "method", 120),
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
