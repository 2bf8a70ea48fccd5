"""Units × unit price against the charge of a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, number_text, on_day, quantity, service_key, sum_lines
from medbills_desktop.domain.money import Cents, dollars, times
from medbills_desktop.domain.records import Line

_PARTS = (60, 24, 7)
"""Parts of which quantities are made: minutes of an hour (and so thirds), hours of a day, days of a week."""

_SMALL_DIFFERENCE = 100
_SMALL_PRICE = 100
"""Cents below which a unit price that was rounded may account for a difference; see `_price_was_rounded`."""


@check("line-arithmetic", "fact")
def line_arithmetic(facts: BillFacts) -> Iterator[Finding]:
    """Report each line whose units × unit price is not its charge.

    Silent where a figure is missing, for a line charged at nothing, where only the sign differs (a credit), and where
    rounding accounts for the difference: half a cent either way, a quantity cut short (0.333 for a third) or a unit
    price that was itself rounded to the cent.
    """
    for line in facts.lines:
        if line.units is None or line.unit_price is None or not line.charge:
            continue
        products = sorted({abs(product) for product in times(line.units, line.unit_price)})
        charge = abs(line.charge)
        if charge in products or _rounding_accounts_for(line.units, abs(line.unit_price), charge):
            continue
        yield _finding(facts, line, Cents(min(products, key=lambda product: abs(charge - product))))


def _finding(facts: BillFacts, line: Line, product: Cents) -> Finding:
    units, price, charge = line.units or Decimal(0), line.unit_price or Cents(0), line.charge or Cents(0)
    if charge < 0:
        product = Cents(-product)
    amount = Cents(abs(charge - product))
    side = "more" if abs(charge) > abs(product) else "less"
    rows = (
        ("", f"{number_text(units)} × {dollars(price)}", product),
        ("", "charged on the line", charge),
        ("", f"difference ({side} is charged)", amount),
    )
    return Finding(
        check="line-arithmetic",
        level="fact",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=amount,
        title=f"{named(line)}: {quantity(line)} × {dollars(price)} is {dollars(product)}, "
        f"but {dollars(charge)} is charged.",
        explanation=sum_lines(rows),
        ask=f"Could you check the charge for {named(line)}{on_day(line)}? "
        f"By the printed figures {number_text(units)} × {dollars(price)} comes to {dollars(product)}.",
        evidence=(itemised_bill(facts, (line,)),),
        fingerprint=fingerprint("line-arithmetic", service_key(line), line.date, units, line.unit, price, charge),
    )


def _rounding_accounts_for(units: Decimal, price: int, charge: int) -> bool:
    exact = abs(Fraction(units))
    return _quantity_was_cut(units, exact, price, charge) or _price_was_rounded(exact, price, charge)


def _quantity_was_cut(units: Decimal, exact: Fraction, price: int, charge: int) -> bool:
    """Whether the quantity is a fraction written with too few places, and the whole fraction gives the charge.

    One decimal place is taken as exact: 2.5 is not a shortened fraction.
    """
    exponent = units.normalize().as_tuple().exponent
    places = -exponent if isinstance(exponent, int) else 0
    if places < 2:
        return False
    for parts in _PARTS:
        for whole in (math.floor(exact * parts), math.ceil(exact * parts)):
            fraction = Fraction(whole, parts)
            if abs(fraction - exact) < Fraction(1, 10**places) and abs(fraction * price - charge) <= Fraction(1, 2):
                return True
    return False


def _price_was_rounded(exact: Fraction, price: int, charge: int) -> bool:
    """Whether charge ÷ units, rounded to the cent, is the printed unit price, as where 3 for $100.00 are $33.33 each.

    Only for differences under a dollar or unit prices under a dollar (a drug at $0.0382 a unit is printed as $0.04):
    beyond that a whole-dollar difference would hide behind a large quantity.
    """
    difference = abs(exact * price - charge)
    small = difference < _SMALL_DIFFERENCE or price < _SMALL_PRICE
    return small and difference <= exact / 2
