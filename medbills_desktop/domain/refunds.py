"""Money that is due back on a bill, against what came back: from recorded facts only, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import MoneyViews, asked_statement, money_views
from medbills_desktop.domain.offers import accepted_offer
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import Offer, Payment

DueBasis = Literal["agreed", "share", "credit"]


@dataclass(frozen=True, slots=True)
class MoneyDueBack:
    """What is due back on a bill, in cents, and by which fact.

    `basis` is what was paid beyond the amount agreed (`agreed`), what was paid beyond the share by the EOBs (`share`),
    or a credit that the latest statement states (`credit`). `refunded` came back from the biller, `reimbursed` from the
    insurer. `reimbursement` is the part of what is still due that the insurer has to send: the EOBs say that the plan
    paid it, and the statement says that it did not reach the biller; `None` where the papers do not say so.
    """

    bill_id: int
    basis: DueBasis
    due: Cents
    refunded: Cents
    reimbursed: Cents
    reimbursement: Cents | None = None

    @property
    def outstanding(self) -> Cents:
        """What has not come back yet; never below zero."""
        return Cents(max(0, self.due - self.refunded - self.reimbursed))

    @property
    def sentence(self) -> str:
        """What is due back and what came, as one reads it."""
        fact = _FACT[self.basis].format(due=dollars(self.due))
        came = self.refunded + self.reimbursed
        if not self.outstanding:
            return f"{fact} It came back."
        back = f" {dollars(came)} came back." if came else " Nothing came back yet."
        part = ""
        if self.reimbursement:
            part = f" By the EOBs {dollars(self.reimbursement)} of it is the plan's payment: ask the insurer about it."
        return f"{fact}{back} {dollars(self.outstanding)} is still due.{part}"


_FACT: dict[DueBasis, str] = {
    "agreed": "{due} was paid beyond the amount agreed.",
    "share": "{due} was paid beyond your share by the EOBs.",
    "credit": "The latest statement states a credit of {due}.",
}


def due_back(case: Case, bill_id: int) -> MoneyDueBack | None:
    """What is due back on a bill, or `None` where no recorded fact says that anything is.

    Raises `KeyError` if the case has no such bill.
    """
    views = money_views(case, bill_id)
    payments = case.of(Payment, "bill_id", bill_id)
    found = [one for one in (_beyond(case, bill_id, views, payments), _credit(case, bill_id, payments)) if one]
    return max(found, key=lambda one: (one.outstanding, one.due), default=None)


def _sums(payments: list[Payment]) -> tuple[Cents, Cents, Cents]:
    """Paid, refunded and reimbursed; a payment below zero is money that the biller gave back."""
    paid = sum(one.amount for one in payments if not came_back(one))
    reimbursed = sum(abs(one.amount) for one in payments if one.kind == "reimbursement")
    refunded = sum(abs(one.amount) for one in payments if came_back(one) and one.kind != "reimbursement")
    return Cents(paid), Cents(refunded), Cents(reimbursed)


def _beyond(case: Case, bill_id: int, views: MoneyViews, payments: tuple[Payment, ...]) -> MoneyDueBack | None:
    basis: DueBasis
    offer = accepted_offer(case.of(Offer, "bill_id", bill_id))
    share = views.insurer_says.your_share
    if offer is not None:
        basis, most, counted = "agreed", offer.amount, [one for one in payments if one.date >= offer.date]
    elif share is not None and not views.insurer_says.pending_ids:
        basis, most, counted = "share", share, list(payments)
    else:
        return None
    paid, refunded, reimbursed = _sums(counted)
    if paid <= most:
        return None
    found = MoneyDueBack(bill_id, basis, Cents(paid - most), refunded, reimbursed)
    if basis == "agreed" or not found.outstanding:
        return found
    return MoneyDueBack(bill_id, basis, found.due, refunded, reimbursed, _from_the_insurer(views, found))


def _from_the_insurer(views: MoneyViews, found: MoneyDueBack) -> Cents | None:
    plan, credited = views.insurer_says.plan_paid, views.provider_says.insurer_paid
    if not plan or plan < 0 or credited is None or credited != 0:
        return None
    return Cents(min(found.outstanding, max(0, plan - found.reimbursed))) or None


def _credit(case: Case, bill_id: int, payments: tuple[Payment, ...]) -> MoneyDueBack | None:
    statement = asked_statement(case, bill_id)
    if statement is None or statement.balance is None or statement.balance >= 0:
        return None
    since = [one for one in payments if came_back(one) and one.date >= statement.date]
    _, refunded, reimbursed = _sums(since)
    return MoneyDueBack(bill_id, "credit", Cents(-statement.balance), refunded, reimbursed)
