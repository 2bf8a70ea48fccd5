"""Working out an offer: what a share of the balance comes to, and instalments that add up to the cent."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from medbills_desktop.domain.money import Cents, dollars

USUAL_SHARES = (40, 50, 60, 75)
"""Percentages of the balance that the calculator shows at first."""

MOST_INSTALLMENTS = 360
"""Thirty years of monthly payments; more are refused."""

_TENTH = Decimal("0.1")


def part_of(balance: Cents, percent: Decimal | int) -> Cents:
    """That percentage of a balance, to the nearest cent, half a cent up."""
    return Cents(int((Decimal(balance) * Decimal(percent) / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP)))


def percent_of(amount: Cents, balance: Cents) -> Decimal | None:
    """What percentage of a balance an amount is, with one digit; `None` for a balance that is not above zero."""
    if balance <= 0:
        return None
    return (Decimal(amount) * 100 / Decimal(balance)).quantize(_TENTH, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Installments:
    """`first_ones` payments of `larger` cents, then the rest of `count` payments of `smaller` cents; they add up."""

    count: int
    larger: Cents
    first_ones: int
    smaller: Cents

    @property
    def total(self) -> Cents:
        return Cents(self.larger * self.first_ones + self.smaller * (self.count - self.first_ones))


def installments(total: Cents, count: int) -> Installments:
    """A total in so many payments that differ by a cent at most, the larger ones first.

    Raises `ValueError` for no payments, more than `MOST_INSTALLMENTS`, or more payments than cents.
    """
    if not 1 <= count <= MOST_INSTALLMENTS or count > total:
        raise ValueError(f"{count} payments of {total} cents")
    smaller, over = divmod(total, count)
    return Installments(count, Cents(smaller + 1 if over else smaller), over or count, Cents(smaller))


def gap_of_installments(total: Cents, count: int, each: Cents) -> Cents:
    """How far so many payments of `each` cents are from a total: below zero where they come to less."""
    return Cents(each * count - total)


def installment_words(plan: Installments) -> str:
    """`4 payments of $236.01, then 8 of $236.00: $2,832.04 together.`; one payment is said to be one."""
    together = f"{dollars(plan.total)} together."
    if plan.count == 1:
        return f"1 payment of {dollars(plan.larger)}."
    if plan.first_ones == plan.count:
        return f"{plan.count} payments of {dollars(plan.larger)}: {together}"
    first = "1 payment" if plan.first_ones == 1 else f"{plan.first_ones} payments"
    return (
        f"{first} of {dollars(plan.larger)}, then {plan.count - plan.first_ones} of {dollars(plan.smaller)}: {together}"
    )


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage of a balance, and the amount in cents that it comes to."""

    percent: Decimal
    amount: Cents


def shares_of(balance: Cents | None, own: Decimal | None = None) -> tuple[Share, ...]:
    """The usual shares of a balance and, where one is given, an own percentage; nothing without a balance above zero.

    Raises `ValueError` for an own percentage outside 0 to 100.
    """
    if balance is None or balance <= 0:
        return ()
    if own is not None and not 0 < own <= 100:
        raise ValueError(f"{own} percent")
    wanted = [Decimal(percent) for percent in USUAL_SHARES]
    if own is not None and own not in wanted:
        wanted.append(own)
    return tuple(Share(percent, part_of(balance, percent)) for percent in wanted)
