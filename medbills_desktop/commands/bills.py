"""Entering a bill in one step, with whoever it names."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import get_args

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.offers import accepted_offer, is_confirmed
from medbills_desktop.domain.records import Bill, Offer, Organization, Person, Statement, Visit
from medbills_desktop.domain.records.bills import BillStatus
from medbills_desktop.domain.records.people import OrganizationKind
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.reader import Reader
from medbills_desktop.store.work import Work


def same_name(one: str, other: str) -> bool:
    """Whether two typed names mean one: capitals and spare blanks don't count."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def organization_named(work: Work, name: str, kind: OrganizationKind) -> Organization:
    """The organization of that name, made new where there is none."""
    for organization in work.find(Organization):
        if same_name(organization.name, name):
            return organization
    return work.add(Organization(name=" ".join(name.split()), kind=kind))


def person_named(work: Work, name: str) -> Person:
    """The person of that name, made new where there is none."""
    for person in work.find(Person):
        if same_name(person.name, name):
            return person
    return work.add(Person(name=" ".join(name.split())))


def visit_on(work: Reader, person_id: int, day: Day) -> Visit | None:
    """The visit of a person that covers a day, if one is kept."""
    for visit in work.find(Visit, person_id=person_id):
        first = visit.start.day if visit.start else None
        last = visit.end.day if visit.end else first
        if first and last and first <= day <= last:
            return visit
    return None


@dataclass(frozen=True, slots=True)
class EnterBill:
    """A bill as it lies on the table: whom it is from, for whom, its number, and its first statement.

    Biller and patient are found by name or made new; a visit on `visit_day` is found or made new. `statement` needs no
    `bill_id`.
    """

    biller: str
    biller_kind: OrganizationKind
    patient: str
    account_number: str | None = None
    visit_day: Day | None = None
    statement: Statement | None = None
    notes: str | None = None

    @property
    def label(self) -> str:
        return "Add bill"

    def run(self, work: Work) -> Bill:
        if not self.biller.strip():
            raise UserError("The bill has no sender yet.", "Type who sent the bill.")
        if not self.patient.strip():
            raise UserError("The bill names no patient yet.", "Type whose care the bill is for.")
        biller = organization_named(work, self.biller, self.biller_kind)
        person = person_named(work, self.patient)
        visit_id = None
        if self.visit_day:
            visit = visit_on(work, person.id, self.visit_day)
            visit = visit or work.add(Visit(person_id=person.id, start=Moment(self.visit_day)))
            visit_id = visit.id
        bill = work.add(
            Bill(
                biller_id=biller.id,
                person_id=person.id,
                visit_id=visit_id,
                account_number=self.account_number,
                status="new",
                notes=self.notes,
            )
        )
        if self.statement:
            work.add(dataclasses.replace(self.statement, bill_id=bill.id))
        return bill


def refuse_unconfirmed(work: Work, bill_id: int) -> None:
    """Refuse to call a bill settled whose accepted offer is not confirmed by a paper that is attached.

    A bill without an accepted offer may be called so: it was settled in another way.
    """
    case = load_bills(work, {work.get(Bill, bill_id).id})
    offer = accepted_offer(case.of(Offer, "bill_id", bill_id))
    if offer is not None and not is_confirmed(case, offer):
        raise UserError(
            f"The agreement on {dollars(offer.amount)} is not confirmed in writing here.",
            "Attach the paper that confirms it on the Offers tab, then settle the bill. One of the letters is a "
            "confirmation for them to sign.",
        )


@dataclass(frozen=True, slots=True)
class SetBillStatus:
    """Say where a bill stands. Refuses `settled` while an agreement is not confirmed in writing."""

    bill_id: int
    status: BillStatus

    @property
    def label(self) -> str:
        return "Set bill status"

    def run(self, work: Work) -> Bill:
        if self.status not in get_args(BillStatus):
            raise UserError(f"“{self.status}” is not a status of a bill.", "Choose one from the list.")
        if self.status == "settled":
            refuse_unconfirmed(work, self.bill_id)
        return work.change(Bill, self.bill_id, status=self.status)
