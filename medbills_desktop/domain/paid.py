"""What the patient has paid on a bill, counted once whether or not the biller's statement credits it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Payment, Statement

IN_TRANSIT_DAYS = 10
"""Days before a statement within which a payment may have crossed it in the mail."""


@dataclass(frozen=True, slots=True)
class PaidByStatement:
    """The patient's payments as seen from the day of one statement, in cents.

    `counted` is what the statement had to know of: payments older than `IN_TRANSIT_DAYS`, or what it credits itself if
    that is more, less everything that came back (below zero where more came back, such as the insurer's money for a
    bill that is not paid yet). `in_transit` was paid in the days just before the statement and is not credited on it;
    `later` was paid after it. `payments` are the records behind `counted`.
    """

    counted: Cents
    in_transit: Cents
    later: Cents
    payments: tuple[Payment, ...]


def came_back(payment: Payment) -> bool:
    """Whether the money went to the patient: a refund, a reimbursement, or a payment below zero."""
    return payment.kind in ("refund", "reimbursement") or payment.amount < 0


def paid_in_all(payments: Iterable[Payment]) -> Cents | None:
    """Everything paid less everything that came back, or `None` if no payment is recorded."""
    signed = [-abs(payment.amount) if came_back(payment) else payment.amount for payment in payments]
    return Cents(sum(signed)) if signed else None


def paid_by_statement(payments: Iterable[Payment], statement: Statement) -> PaidByStatement:
    """Sort payments by whether a statement had to know of them.

    Money that came back is taken off whatever its day, since a refund after the statement leaves less paid toward it.
    """
    settled: list[Payment] = []
    sums = {"settled": 0, "in_transit": 0, "later": 0, "back": 0}
    for payment in payments:
        age = (statement.date - payment.date).days
        if came_back(payment):
            place = "back"
        else:
            place = "later" if age < 0 else "in_transit" if age <= IN_TRANSIT_DAYS else "settled"
        sums[place] += abs(payment.amount)
        if place in ("settled", "back"):
            settled.append(payment)
    credited = abs(statement.patient_paid or 0)
    known = max(credited, sums["settled"])
    crossing = max(0, sums["settled"] + sums["in_transit"] - known)
    return PaidByStatement(Cents(known - sums["back"]), Cents(crossing), Cents(sums["later"]), tuple(settled))
