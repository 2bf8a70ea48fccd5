"""Money as whole cents, and the reading of amounts as people type and papers print them."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import NewType

from medbills_desktop.domain.errors import UserError

Cents = NewType("Cents", int)
"""An amount in US cents; may be negative. Absent amounts are `None`, never zero."""

LARGEST = 99_999_999_999_99
"""The largest amount that may be typed, in cents: a hundred billion dollars less one cent."""

_PLAIN = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d{1,2})?|\.\d{1,2}", re.ASCII)
_STORED = re.compile(r"-?\d{1,12}\.\d{2}", re.ASCII)
_SIGNED = re.compile(
    r"(?:\$\s*(?=\())?(?P<open>\()?(?P<before>[-+])?\s*\$?\s*(?P<sign>[-+])?(?P<core>[\d.,][\d., ]*?)\s*"
    r"(?P<after>-|CR|DR)?(?P<close>\))?",
    re.ASCII | re.IGNORECASE,
)
_SAME = str.maketrans(
    {"\u2212": "-", "\u2010": "-", "\u2011": "-", "\u2013": "-", "\u00a0": " ", "\u2009": " ", "\u202f": " "}
)
_LONGEST = 40
_BLANK = ("", "-", "\u2014", "$")


def cents_from_text(text: str) -> Cents | None:
    """Read an amount that a person typed or pasted; blank and a lone dash mean not known.

    Takes `1,234.50`, `$1 234.50`, `.5`, and, below zero, `-45`, `(45.00)`, `45.00-`, `45.00 CR` (a credit). Raises
    `UserError` for what could be read in two ways (`12,34`, `1.234,50`, `(-45)`) instead of guessing.
    """
    shown = text.strip()
    plain = shown.translate(_SAME).strip()
    if plain in _BLANK:
        return None
    found = _SIGNED.fullmatch(plain) if len(plain) <= _LONGEST and plain.count("$") < 2 else None
    if not found or not _PLAIN.fullmatch(found["core"]):
        raise _unreadable(shown)
    signs = [found["before"] or "", found["sign"] or "", (found["after"] or "").upper(), found["open"] or ""]
    marks = [sign for sign in signs if sign]
    if len(marks) > 1 or bool(found["open"]) != bool(found["close"]):
        raise _unreadable(shown)
    value = int(Decimal(found["core"].replace(",", "").replace(" ", "")).scaleb(2))
    if value > LARGEST:
        raise UserError(f"“{shown[:40]}” is too large for an amount.", "Check the number of digits.")
    return Cents(-value if marks and marks[0] in ("-", "CR", "(") else value)


def _unreadable(shown: str) -> UserError:
    return UserError(
        f"“{shown[:40]}” can't be read as a dollar amount.",
        "Type it like 1234.50 or 1,234.50, with a point before the cents.",
    )


def cents_from_decimal_text(text: str) -> Cents:
    """Read the exact form of the case format (`"1234.50"`, up to 12 digits of dollars); raises `ValueError` else."""
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
    """Units × price in cents, exact half cents rounded up and rounded down: a biller may round either way.

    Both are the same unless the product ends in exactly half a cent. Quantities of any length are exact.
    """
    whole = int(units)
    if units == whole:
        return Cents(whole * price), Cents(whole * price)
    with localcontext(prec=len(units.as_tuple().digits) + 40):
        exact = units * Decimal(price)
        up = exact.to_integral_value(ROUND_HALF_UP)
        down = exact.to_integral_value(ROUND_HALF_DOWN)
    return Cents(int(up)), Cents(int(down))
