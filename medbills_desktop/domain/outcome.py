"""What came of a dispute in dollars: what was asked first, what it has come to, and how much less that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.offers import accepted_offer
from medbills_desktop.domain.paid import paid_by_statement, paid_in_all
from medbills_desktop.domain.records import Bill, Offer, Payment, Statement
from medbills_desktop.domain.rules.running import CLOSED
from medbills_desktop.domain.settlement import percent_of

Basis = Literal["agreed", "paid", "asked"]
_NOTHING = Cents(0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`first` was asked on `first_day`, `now` is what it has come to; both in cents.

    `basis` says what `now` is: the amount agreed, what was paid on a bill that is done (apart from what the first
    statement credits), or what the latest statement asks for. What was paid since the first statement is part of it,
    for a payment makes no bill cheaper; of an agreement that part is `before`. An agreement is `pending`, and counts
    nothing as taken off, until the bill is settled.
    """

    first: Cents
    first_day: Day
    now: Cents
    basis: Basis
    before: Cents = _NOTHING
    pending: bool = False

    @property
    def less(self) -> Cents:
        """How much less it has come to; below zero where it is more."""
        return Cents(self.first - self.now)

    @property
    def off(self) -> Cents:
        """What counts as taken off so far; never below zero."""
        return Cents(0) if self.pending else Cents(max(0, self.less))

    @property
    def percent(self) -> Decimal | None:
        """`less` as a percentage of what was asked first."""
        return percent_of(self.less, self.first)

    @property
    def sentence(self) -> str:
        """`Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %) once it is settled.`"""
        head = f"Asked {dollars(self.first)} → {_NOW[self.basis]} {dollars(Cents(self.now - self.before))}"
        if self.before:
            head = f"{head} and {dollars(self.before)} paid before"
        if not self.less:
            return f"{head}: the same."
        side = "less" if self.less > 0 else "more"
        share = self.percent
        shown = f" ({abs(share)} %)" if share is not None else ""
        when = " once it is settled" if self.pending else ""
        return f"{head}: {dollars(Cents(abs(self.less)))} {side}{shown}{when}."


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
    agreed = accepted_offer(case.of(Offer, "bill_id", bill_id))
    payments = case.of(Payment, "bill_id", bill_id)
    return outcome_of(case.statements(bill_id), payments, agreed, bill.status in CLOSED)


def outcome_of(
    statements: Sequence[Statement], payments: Sequence[Payment], agreed: Offer | None, done: bool
) -> Outcome | None:
    """What a bill with these statements (oldest first) and payments has come to; `done` where nothing runs any more."""
    stating = [one for one in statements if one.balance is not None]
    first = next((one for one in stating if one.balance is not None and one.balance > 0), None)
    if first is None or first.balance is None:
        return None
    since = [one for one in payments if one.date > first.date]
    if agreed is not None:
        before = max(0, paid_in_all([one for one in since if one.date < agreed.date]) or 0)
        now = Cents(agreed.amount + before)
        return Outcome(first.balance, first.date, now, "agreed", Cents(before), pending=not done)
    paid = paid_in_all(payments)
    if done and paid is not None and paid >= 0:
        return Outcome(first.balance, first.date, Cents(max(0, paid - abs(first.patient_paid or 0))), "paid")
    latest = stating[-1]
    if latest is first or latest.balance is None or latest.balance < 0:
        return None
    counted = paid_by_statement(payments, latest).counted - paid_by_statement(payments, first).counted
    now = Cents(latest.balance + max(0, counted))
    return None if now == first.balance else Outcome(first.balance, first.date, now, "asked")


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
