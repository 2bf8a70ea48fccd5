"""Money as whole cents, and the reading of amounts as people type and papers print them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import NewType

from medbills_desktop.domain.errors import UserError

Cents = NewType("Cents", int)
"""An amount in US cents; may be negative. Absent amounts are `None`, never zero."""

LARGEST = 99_999_999_999_99
"""The largest amount taken, in cents: a hundred billion dollars less one cent."""

_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?|\.\d{1,2}", re.ASCII)
_STORED = re.compile(r"-?\d{1,12}\.\d{2}", re.ASCII)


def cents_from_text(text: str) -> Cents | None:
    """Read an amount that a person typed or pasted; blank and "–" mean not known.

    Takes `1,234.50`, `$1 234.50`, `(45.00)`, `45.00-`, `-45`, `45.00 CR`. Raises `UserError` for anything
    that could be read in two ways (`12,34`, `1.234,50`) instead of guessing.
    """
    shown = text.strip()
    core = shown.replace("\u2212", "-").replace("$", "").replace("\u00a0", " ").replace("\u202f", " ").strip()
    if core in ("", "–", "-", "—"):
        return None
    negative = False
    if core.startswith("(") and core.endswith(")"):
        negative, core = True, core[1:-1]
    for mark in ("CR", "cr", "-"):
        if core.endswith(mark):
            negative, core = not negative, core[: -len(mark)]
            break
    core = core.strip()
    if core.startswith(("-", "+")):
        negative, core = negative != (core[0] == "-"), core[1:].strip()
    core = re.sub(r"(?<=\d) (?=\d{3}(?:\D|$))", "", core)
    if len(core) > 20 or not _PLAIN.fullmatch(core):
        raise UserError(
            f"“{shown[:40]}” can't be read as a dollar amount.",
            "Type it like 1234.50 or 1,234.50, with a point before the cents.",
        )
    value = int((Decimal(core.replace(",", "")) * 100).to_integral_value())
    if value > LARGEST:
        raise UserError(f"“{shown[:40]}” is too large for an amount.", "Check the number of digits.")
    return Cents(-value if negative else value)


def cents_from_decimal_text(text: str) -> Cents:
    """Read the exact form of the case format (`"1234.50"`); raises `ValueError` for any other."""
    if not _STORED.fullmatch(text):
        raise ValueError(f"{text!r} is not an amount with two decimal places")
    return Cents(int(text.replace(".", "")))


def decimal_text(amount: Cents | int) -> str:
    """Write cents in the exact form of the case format, such as `-0.05` or `1234.50`."""
    sign = "-" if amount < 0 else ""
    dollars, cents = divmod(abs(amount), 100)
    return f"{sign}{dollars}.{cents:02d}"


def dollars(amount: Cents | int | None, unknown: str = "–") -> str:
    """Write an amount for people: `$1,234.50`, `-$5.00`; `unknown` where there is none."""
    if amount is None:
        return unknown
    sign = "-" if amount < 0 else ""
    whole, cents = divmod(abs(amount), 100)
    return f"{sign}${whole:,}.{cents:02d}"


def total(amounts: list[Cents | None] | tuple[Cents | None, ...]) -> Cents | None:
    """Sum of the known amounts, or `None` where none is known (absent is not zero)."""
    known = [amount for amount in amounts if amount is not None]
    return Cents(sum(known)) if known else None


def times(units: Decimal, price: Cents) -> tuple[Cents, Cents]:
    """Units × price in cents, rounded half up and half to even: a biller may round either way."""
    exact = units * Decimal(price)
    up = exact.to_integral_value(ROUND_HALF_UP)
    even = exact.to_integral_value(ROUND_HALF_EVEN)
    return Cents(int(up)), Cents(int(even))
