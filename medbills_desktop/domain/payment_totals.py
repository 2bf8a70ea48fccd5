"""Totals of what was paid and what came back, by tax year (the calendar year) and by patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import Payment

NOT_ADVICE = (
    "These are sums of what was entered here, by the day of each payment. They are not tax advice: what can be "
    "deducted, and in which year, is a question for a tax professional or the IRS (Publication 502)."
)


@dataclass(frozen=True, slots=True)
class PaidFor:
    """A payment with the patient whose care it was for."""

    payment: Payment
    person_id: int
    patient: str


@dataclass(frozen=True, slots=True)
class YearTotal:
    """One patient in one year, in cents; each part is zero or above, `net` may be below zero.

    A `person_id` of `None` is everybody together. A payment below zero counts as a refund.
    """

    year: int
    person_id: int | None
    patient: str
    paid: Cents
    refunds: Cents
    reimbursements: Cents
    count: int

    @property
    def net(self) -> Cents:
        """What was paid less what came back."""
        return Cents(self.paid - self.refunds - self.reimbursements)


def year_totals(rows: Iterable[PaidFor]) -> tuple[YearTotal, ...]:
    """Totals of each patient in each year, the newest year first; with several patients also of all together."""
    by_year: dict[int, dict[int, list[PaidFor]]] = {}
    for row in rows:
        by_year.setdefault(row.payment.date.year, {}).setdefault(row.person_id, []).append(row)
    found: list[YearTotal] = []
    for year in sorted(by_year, reverse=True):
        patients = sorted(by_year[year].values(), key=lambda some: (some[0].patient.casefold(), some[0].person_id))
        found += [_total(year, some, some[0].person_id, some[0].patient) for some in patients]
        if len(patients) > 1:
            found.append(_total(year, [row for some in patients for row in some], None, ""))
    return tuple(found)


def _total(year: int, rows: list[PaidFor], person_id: int | None, patient: str) -> YearTotal:
    sums = {"paid": 0, "refund": 0, "reimbursement": 0}
    for row in rows:
        sums[way_of(row.payment)] += abs(row.payment.amount)
    return YearTotal(
        year,
        person_id,
        patient,
        Cents(sums["paid"]),
        Cents(sums["refund"]),
        Cents(sums["reimbursement"]),
        len(rows),
    )


def way_of(payment: Payment) -> str:
    """`paid`, `refund` or `reimbursement`: what a payment counts as in the totals."""
    if not came_back(payment):
        return "paid"
    return "reimbursement" if payment.kind == "reimbursement" else "refund"
