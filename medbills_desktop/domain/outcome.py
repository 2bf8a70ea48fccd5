"""What came of a dispute in dollars: what was asked first, what it has come to, and how much less that is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.offers import accepted_offer
from medbills_desktop.domain.paid import paid_by_statement, paid_in_all
from medbills_desktop.domain.records import Bill, Offer, Payment, Statement
from medbills_desktop.domain.settlement import percent_of

Basis = Literal["agreed", "paid", "asked"]
_DONE = ("paid", "refunded", "closed", "settled")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`first` was asked on `first_day`, `now` is what it has come to; both in cents.

    `basis` says what `now` is: the amount agreed, what was paid in all on a bill that is done, or what the latest
    statement asks for together with what was paid until then (a payment makes no bill cheaper).
    """

    first: Cents
    first_day: Day
    now: Cents
    basis: Basis

    @property
    def less(self) -> Cents:
        """How much less it has come to; below zero where it is more."""
        return Cents(self.first - self.now)

    @property
    def percent(self) -> Decimal | None:
        """`less` as a percentage of what was asked first."""
        return percent_of(self.less, self.first)

    @property
    def sentence(self) -> str:
        """`Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %)`."""
        head = f"Asked {dollars(self.first)} → {_NOW[self.basis]} {dollars(self.now)}"
        if not self.less:
            return f"{head}: the same."
        side = "less" if self.less > 0 else "more"
        share = self.percent
        shown = f" ({abs(share)} %)" if share is not None else ""
        return f"{head}: {dollars(Cents(abs(self.less)))} {side}{shown}."


_NOW: dict[Basis, str] = {"agreed": "agreed", "paid": "paid in all", "asked": "asked now"}


@dataclass(frozen=True, slots=True)
class OutcomeStep:
    """One step of how it came to that: a balance that was asked, an offer, or the agreement."""

    day: Day
    kind: Literal["asked", "from_me", "from_them", "offer", "agreed"]
    amount: Cents


def outcome(case: Case, bill_id: int) -> Outcome | None:
    """What a bill has come to; `None` where no statement states a balance above zero, or where nothing changed since.

    Raises `KeyError` if the case has no such bill.
    """
    bill = case.get(Bill, bill_id)
    stating = [one for one in case.statements(bill_id) if one.balance is not None and one.balance > 0]
    if not stating:
        return None
    first = stating[0]
    found = _now(case, bill)
    if found is None or first.balance is None or (found == (first.balance, "asked")):
        return None
    return Outcome(first.balance, first.date, *found)


def _now(case: Case, bill: Bill) -> tuple[Cents, Basis] | None:
    payments = case.of(Payment, "bill_id", bill.id)
    agreed = accepted_offer(case.of(Offer, "bill_id", bill.id))
    if agreed is not None:
        return agreed.amount, "agreed"
    paid = paid_in_all(payments)
    if bill.status in _DONE and paid is not None and paid >= 0:
        return paid, "paid"
    stating = [one for one in case.statements(bill.id) if one.balance is not None]
    return _asked(stating[-1], payments) if len(stating) > 1 else None


def _asked(latest: Statement, payments: tuple[Payment, ...]) -> tuple[Cents, Basis] | None:
    if latest.balance is None or latest.balance < 0:
        return None
    counted = paid_by_statement(payments, latest).counted
    return (Cents(latest.balance + max(0, counted)), "asked")


def outcome_history(case: Case, bill_id: int) -> tuple[OutcomeStep, ...]:
    """What was asked, offered and agreed, oldest first; a statement that asks for the same again is passed over."""
    found: list[OutcomeStep] = []
    before: Cents | None = None
    for statement in case.statements(bill_id):
        if statement.balance is not None and statement.balance != before:
            found.append(OutcomeStep(statement.date, "asked", statement.balance))
            before = statement.balance
    for offer in sorted(case.of(Offer, "bill_id", bill_id), key=lambda one: (one.date, one.id)):
        kind = "agreed" if offer.status == "accepted" else offer.direction or "offer"
        found.append(OutcomeStep(offer.date, kind, offer.amount))
    return tuple(sorted(found, key=lambda step: step.day))
