"""What a line charges beside a noted price: the one place where both are compared, for checks, lists and the line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from medbills_desktop.domain.charge_history import Rate, charge_for_one
from medbills_desktop.domain.money import Cents, dollars, times
from medbills_desktop.domain.records import Line, Price, Visit

NOT_WANTED = frozenset({"duplicate", "not_received", "cancelled"})
"""Marks of lines that are not to be paid at any price."""

_PRICED_APART = frozenset({"26", "TC", "53", "NU", "RR", "UE"})
"""Modifiers that give a code another price: a part of the service, rented instead of bought."""

_SETTINGS = {
    "inpatient": ("inpatient", "facility", "any"),
    "emergency": ("outpatient", "facility", "any"),
    "observation": ("outpatient", "facility", "any"),
    "outpatient": ("outpatient", "facility", "any"),
    "office": ("non_facility", "outpatient", "any"),
    "telehealth": ("non_facility", "outpatient", "any"),
}
SETTING = {
    "facility": "care in a hospital or facility",
    "non_facility": "care in an office",
    "inpatient": "an inpatient stay",
    "outpatient": "outpatient care",
    "any": "any place of care",
}
"""How the setting of a price is read in a sentence."""

BASIS = {
    "medicare": "Medicare",
    "cash": "cash price",
    "negotiated": "agreed with an insurer",
    "gross": "list price",
    "fair_price": "fair-price estimate",
    "other": "other",
}
_COUNTED = ("", "each", "unit", "item", "ea")


@dataclass(frozen=True, slots=True)
class Comparison:
    """A line beside one price that was noted for its code.

    Where the two can be compared, `one` is the charge for one unit in cents, `more` what the charge is above units ×
    price (below zero: under it), and `why_not` empty; else `why_not` says in a sentence why they are not compared.
    """

    line: Line
    price: Price
    one: Rate | None = None
    more: Cents | None = None
    why_not: str = ""

    @property
    def ratio(self) -> str | None:
        """`2.4`: how many times the price the charge for one unit is."""
        return None if self.one is None else ratio_text(self.one, self.price.amount)


def plain_code(code: str | None) -> str:
    """A code as it is compared: without blanks, in upper case."""
    return "".join(code.split()).upper() if code else ""


def compare(line: Line, visit: Visit | None, price: Price) -> Comparison:
    """Hold a line against a price noted for the same code. Only equal units, modifiers and settings are compared."""
    why_not = _why_not(line, visit, price)
    one = None if why_not else price_for_one(line)
    if one is None:
        return Comparison(line, price, why_not=why_not or "The line does not say how many units it is for.")
    units = line.units if line.units else Decimal(1)
    return Comparison(line, price, one, Cents((line.charge or 0) - times(units, price.amount)[0]))


def compare_all(line: Line, visit: Visit | None, prices: Iterable[Price]) -> list[Comparison]:
    """A line beside every price noted for its code: first those that can be compared, the highest price first."""
    code = plain_code(line.code)
    same = [price for price in prices if code and plain_code(price.code) == code]
    return sorted((compare(line, visit, price) for price in same), key=_order)


def price_for_one(line: Line) -> Rate | None:
    """The charge for one unit in cents; `None` where neither units nor a unit price are stated."""
    known = line.units or line.unit_price is not None
    return charge_for_one(line) if known else None


def ratio_text(one: Rate, other: Rate) -> str:
    """`5.1`: one decimal, or none from 100 on."""
    ratio = Fraction(one) / Fraction(other)
    tenths = int(ratio * 10 + Fraction(1, 2))
    return f"{tenths // 10:,}" if ratio >= 100 or tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def price_order(price: Price) -> tuple[int, str, str, str]:
    """The highest price first, always in the same order."""
    return -price.amount, price.basis or "", price.source, str(price.date or "")


def about_price(price: Price) -> str:
    """`Medicare, Houston, Jan 2026`: what a price is, where and when; what is not known is left out."""
    basis = BASIS[price.basis] if price.basis and price.basis != "other" else ""
    parts = (basis or price.source.strip(), (price.place or "").strip(), price.date and f"{price.date:%b %Y}")
    return ", ".join(part for part in parts if part)


def comparison_text(found: Comparison) -> str:
    """`2.4 times the noted $210.00 (Medicare, Houston, Jan 2026); $294.00 more.`, or why the two are not compared."""
    noted = f"{dollars(found.price.amount)} ({about_price(found.price)})"
    if found.more is None:
        return f"Noted {noted}, not compared. {found.why_not}"
    units = found.line.units
    whole = f" for {units.normalize():,f} units" if units and units != 1 else ""
    if not found.more:
        return f"The same as the noted {noted}."
    times_of = {"1": "About", "0": "Less than 0.1 times"}.get(found.ratio or "", f"{found.ratio} times")
    return f"{times_of} the noted {noted}; {dollars(abs(found.more))} {'more' if found.more > 0 else 'less'}{whole}."


def _order(found: Comparison) -> tuple[bool, int, str, str, str, int]:
    return (bool(found.why_not), *price_order(found.price), found.price.id)


def _why_not(line: Line, visit: Visit | None, price: Price) -> str:
    if price.amount <= 0:
        return "The noted price is zero."
    if line.charge is None or line.charge <= 0:
        return "The line charges nothing."
    if line.mark in NOT_WANTED:
        return "You marked the line as one not to be paid at all."
    if line.code_system and price.code_system and price.code_system.casefold() != line.code_system:
        return "The code is noted for another list of codes."
    return _other_modifiers(line, price) or _other_unit(line, price) or _other_setting(visit, price)


def _other_modifiers(line: Line, price: Price) -> str:
    wanted = frozenset(part.strip().upper() for part in price.modifiers or ())
    has = frozenset(part.strip().upper() for part in line.modifiers or ())
    if wanted and wanted != has:
        return f"The price is for the code with modifier {', '.join(sorted(wanted))}."
    apart = sorted(_PRICED_APART & has)
    return f"Modifier {apart[0]} on the line gives the code another price." if apart and not wanted else ""


def _other_unit(line: Line, price: Price) -> str:
    unit, of_line = (price.unit or "").strip().casefold(), line.unit or ""
    if unit == of_line or (unit in _COUNTED and of_line in ("", "each")):
        return ""
    of_price = f"for “{(price.unit or '').strip()}”" if unit else "without a unit"
    counts = f"counts {of_line}" if of_line else "names no unit"
    return f"The price is noted {of_price}, the line {counts}."


def _other_setting(visit: Visit | None, price: Price) -> str:
    kind = visit.kind if visit else None
    if price.setting is None or price.setting in _SETTINGS.get(kind or "", ("any",)):
        return ""
    of_visit = f"the visit is “{kind}”" if kind else "the kind of visit is not known"
    return f"The price is for {SETTING[price.setting]}; {of_visit}."
