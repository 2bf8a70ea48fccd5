"""What a discount for assistance would mean in cents: off the balance, and for what was paid before.

A policy may take its discount off what is asked now or off all that fell to the patient, so both are worked out and
neither is claimed to be the right one: the letter of the hospital says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.paid import paid_by_statement
from medbills_desktop.domain.records import Payment

WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Discounted:
    """An amount with a percentage taken off: `off` + `left` = `base`, to the cent; half a cent goes to the patient."""

    base: Cents
    off: Cents
    left: Cents


def discounted(base: Cents, percent: Decimal) -> Discounted:
    """Take a percentage off. Raises `ValueError` for one outside 0 to 100 or an amount below zero."""
    if not 0 <= percent <= WHOLE:
        raise ValueError("a discount is 0 to 100 percent")
    if base < 0:
        raise ValueError("there is nothing to take a discount off")
    with localcontext(prec=len(percent.as_tuple().digits) + 40):
        off = Cents(int((Decimal(base) * percent / WHOLE).to_integral_value(ROUND_HALF_UP)))
    return Discounted(base, off, Cents(base - off))


@dataclass(frozen=True, slots=True)
class AssistanceMoney:
    """What a discount would leave of one bill.

    `on_balance` takes it off what is asked now. `on_whole` takes it off that and what was paid before; `paid` is what
    the patient paid so far, less what came back from the biller. Then `to_pay` is left, or `back` is to come back.
    """

    on_balance: Discounted
    on_whole: Discounted
    paid: Cents
    to_pay: Cents
    back: Cents


def assistance_money(case: Case, bill_id: int, percent: Decimal | None) -> AssistanceMoney | None:
    """The cents of a discount on a bill; `None` without a percentage of 0 to 100, or a balance that is stated."""
    statement = asked_statement(case, bill_id)
    if percent is None or not 0 <= percent <= WHOLE or statement is None or statement.balance is None:
        return None
    own = [one for one in case.of(Payment, "bill_id", bill_id) if one.kind != "reimbursement"]
    found = paid_by_statement(own, statement)
    paid = Cents(found.counted + found.in_transit + found.later)
    whole = discounted(Cents(max(0, statement.balance + found.counted)), percent)
    rest = whole.left - paid
    balance = discounted(Cents(max(0, statement.balance)), percent)
    return AssistanceMoney(balance, whole, paid, Cents(max(0, rest)), Cents(max(0, -rest)))
