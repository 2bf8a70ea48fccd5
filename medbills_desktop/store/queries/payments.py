"""Payments over all bills, with whom they were for, and the money that is due back."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.offer_warnings import OfferWarning, missing_confirmation, offer_warnings
from medbills_desktop.domain.records import Bill, Document, Offer, Organization, Payment, Person, Statement
from medbills_desktop.domain.refunds import MoneyDueBack, due_back
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment with the bill that it was for; `proof` is what its paper is called, empty where it has none."""

    payment: Payment
    biller: str
    account_number: str | None
    person_id: int
    patient: str
    proof: str

    @property
    def id(self) -> int:
        return self.payment.id


@dataclass(frozen=True, slots=True)
class DueRow:
    """Money that is due back on a bill, with the bill's names. `id` is that of the bill."""

    due: MoneyDueBack
    biller: str
    account_number: str | None
    person_id: int
    patient: str

    @property
    def id(self) -> int:
        return self.due.bill_id


@dataclass(frozen=True, slots=True)
class AllPayments:
    """Every payment, the newest first, and every bill on which a recorded fact says that money is due back."""

    payments: tuple[PaymentRow, ...] = ()
    due: tuple[DueRow, ...] = ()


@dataclass(frozen=True, slots=True)
class ListPayments:
    """All payments, or those on one bill, with the money that is due back."""

    bill_id: int | None = None

    def __call__(self, reader: Reader) -> AllPayments:
        own = {} if self.bill_id is None else {"bill_id": self.bill_id}
        payments = sorted(reader.find(Payment, **own), key=lambda one: (one.date, one.id), reverse=True)
        asked = [one.bill_id for one in reader.find(Statement, **own) if one.balance is not None and one.balance < 0]
        names = _Names(reader)
        rows = tuple(names.payment_row(payment) for payment in payments)
        ids = {*(payment.bill_id for payment in payments), *asked}
        case = load_bills(reader, ids)
        found = (due_back(case, bill_id) for bill_id in sorted(ids))
        due = sorted((one for one in found if one), key=lambda one: (-one.outstanding, one.bill_id))
        return AllPayments(rows, tuple(names.due_row(one) for one in due))


class _Names:
    """The names of billers, patients and papers, read once."""

    def __init__(self, reader: Reader) -> None:
        self._bills = {bill.id: bill for bill in reader.find(Bill)}
        self._billers = {one.id: one.name for one in reader.find(Organization)}
        self._people = {one.id: one.name for one in reader.find(Person)}
        wanted = [one.document_id for one in reader.find(Payment)]
        self._papers = {one.id: one.shown_title for one in reader.find_any(Document, "id", wanted)}

    def payment_row(self, payment: Payment) -> PaymentRow:
        bill = self._bills[payment.bill_id]
        proof = self._papers.get(payment.document_id or 0, "")
        return PaymentRow(payment, *self._about(bill), proof)

    def due_row(self, due: MoneyDueBack) -> DueRow:
        return DueRow(due, *self._about(self._bills[due.bill_id]))

    def _about(self, bill: Bill) -> tuple[str, str | None, int, str]:
        return self._billers[bill.biller_id], bill.account_number, bill.person_id, self._people[bill.person_id]


@dataclass(frozen=True, slots=True)
class BeforePaying:
    """What to know before a payment on a bill is kept: an agreement that is not confirmed, and the time for a lawsuit.

    `unconfirmed` is for a payment of any day; one of an earlier day than the offer is none under it.
    """

    unconfirmed: Offer | None = None
    limitation: OfferWarning | None = None


@dataclass(frozen=True, slots=True)
class FindBeforePaying:
    """What to know before a payment on a bill is kept; nothing for a bill that is gone."""

    bill_id: int
    today: Day

    def __call__(self, reader: Reader) -> BeforePaying:
        if not reader.find(Bill, id=self.bill_id):
            return BeforePaying()
        case = load_bills(reader, {self.bill_id})
        warnings = offer_warnings(case, self.bill_id, self.today, CardsOn()(reader))
        limitation = next((one for one in warnings if one.kind == "limitation"), None)
        return BeforePaying(missing_confirmation(case, self.bill_id, Day.max), limitation)
