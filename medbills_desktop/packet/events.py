"""What happened, in order: the events of a packet's timeline, each with the record that proves it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from medbills_desktop.domain.appeal_levels import kind_of_claim, level_named
from medbills_desktop.domain.appeal_words import OUTCOME
from medbills_desktop.domain.dates import Day, Moment, plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill, Claim, Document, Letter, Organization, Record
from medbills_desktop.domain.words import CLAIM_STATUS
from medbills_desktop.packet.linked import LinkedDocument, linked_documents
from medbills_desktop.packet.scope import Scope


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened. `record` is what tells of it, `document` the paper itself where nothing else does."""

    when: Moment
    text: str
    record: Record | None = None
    document: Document | None = None


def events(scope: Scope) -> tuple[Event, ...]:
    """Every dated thing of the bills, oldest first; of one day, in the order in which such things follow each other."""
    found = [event for source in _SOURCES for event in source(scope)]
    return tuple(sorted(found, key=lambda event: event.when.sort_text))


def _day(day: Day) -> Moment:
    return Moment(day)


def _name(scope: Scope, organization_id: int | None) -> str:
    found = scope.case.find(Organization, organization_id)
    return found.name if found else ""


def _of(scope: Scope, bill_id: int | None) -> str:
    """The biller of a record, only where the packet has several bills."""
    bill = scope.case.find(Bill, bill_id)
    return f", {_name(scope, bill.biller_id)}" if bill and len(scope.bills) > 1 else ""


def _visits(scope: Scope) -> Iterator[Event]:
    for visit in scope.visits:
        place = _name(scope, visit.facility_id)
        kind = f" ({visit.kind})" if visit.kind and visit.kind != "other" else ""
        at = f" at {place}" if place else ""
        if visit.start:
            yield Event(visit.start, f"Visit{kind}{at}", visit)
        if visit.end and visit.start and visit.end.day != visit.start.day:
            yield Event(visit.end, f"End of the visit{at}", visit)


def _estimates(scope: Scope) -> Iterator[Event]:
    for estimate in scope.estimates:
        if estimate.date:
            noun = "Good-faith estimate" if estimate.kind == "good_faith_estimate" else "Price quoted"
            by = estimate.by or _name(scope, estimate.provider_id)
            amount = f": {dollars(estimate.amount)}" if estimate.amount is not None else ""
            yield Event(_day(estimate.date), f"{noun}{f' by {by}' if by else ''}{amount}", estimate)


def _claims(scope: Scope) -> Iterator[Event]:
    for claim in scope.claims:
        if claim.date:
            share = claim.patient_responsibility
            words = CLAIM_STATUS.get(claim.status or "", "")
            told = ", ".join(
                filter(None, (words.lower(), share is not None and f"patient’s share {dollars(share)}"))  # type: ignore[arg-type]
            )
            number = f" {claim.number}" if claim.number else ""
            yield Event(_day(claim.date), f"EOB{number}{_of(scope, claim.bill_id)}{f': {told}' if told else ''}", claim)


def _statements(scope: Scope) -> Iterator[Event]:
    for statement in scope.statements:
        number = f" {statement.number}" if statement.number else ""
        asked = f": asks {dollars(statement.balance)}" if statement.balance is not None else ""
        due = f", due {plain_day(statement.due)}" if statement.due else ""
        itemized = "Itemized statement" if statement.itemized else "Statement"
        text = f"{itemized}{number}{_of(scope, statement.bill_id)}{asked}{due}"
        yield Event(_day(statement.date), text, statement)


def _calls(scope: Scope) -> Iterator[Event]:
    ways = {"phone": "Call", "portal": "Portal message", "email": "E-mail", "fax": "Fax", "letter": "Letter"}
    for call in scope.calls:
        way = ways.get(call.channel or "phone", "Talk in person")
        with_whom = ", ".join(filter(None, (_name(scope, call.organization_id), call.representative)))
        side = "from" if call.direction == "in" else "to" if call.channel not in (None, "in_person") else "with"
        whom = f" {side} {with_whom}" if with_whom else ""
        outcome = f": {call.outcome}" if call.outcome else ""
        yield Event(call.started, f"{way}{whom}{outcome}", call)


def _promises(scope: Scope) -> Iterator[Event]:
    for promise in scope.promises:
        if promise.status == "kept" and promise.closed:
            yield Event(_day(promise.closed), f"Promise kept: {promise.text}", promise)
        elif promise.status == "broken" and (promise.closed or promise.due):
            yield Event(_day(promise.closed or promise.due), f"Promise not kept: {promise.text}", promise)  # type: ignore[arg-type]
        elif promise.due:
            yield Event(_day(promise.due), f"Promised for this day: {promise.text}", promise)


def _letters(scope: Scope) -> Iterator[Event]:
    for letter in scope.letters:
        if letter.date:
            received = letter.status == "received"
            whom = _name(scope, letter.recipient_id)
            side = (" from " if received else " to ") + whom if whom else ""
            subject = letter.subject or letter.kind.replace("_", " ")
            verb = "Letter received" if received else "Letter sent"
            how = f" by {letter.method.replace('_', ' ')}" if letter.method else ""
            yield Event(_day(letter.date), f"{verb}{side}{how}: {subject}", letter)


def _payments(scope: Scope) -> Iterator[Event]:
    nouns = {"refund": "Refund to patient", "reimbursement": "Reimbursement to patient"}
    for payment in scope.payments:
        noun = nouns.get(payment.kind or "", "Payment by patient")
        method = f", {payment.method}" if payment.method else ""
        text = f"{noun}{_of(scope, payment.bill_id)}: {dollars(payment.amount)}{method}"
        yield Event(_day(payment.date), text, payment)


def _offers(scope: Scope) -> Iterator[Event]:
    for offer in scope.offers:
        side = {"from_me": " by patient", "from_them": " by provider"}.get(offer.direction or "", "")
        status = f", {offer.status}" if offer.status and offer.status != "open" else ""
        if offer.status == "accepted":
            status += ", confirmed in writing" if offer.written_confirmation else ", not confirmed in writing"
        text = f"Offer{side}{_of(scope, offer.bill_id)}: {dollars(offer.amount)}{status}"
        yield Event(_day(offer.date), text, offer)


def _assistance(scope: Scope) -> Iterator[Event]:
    for application in scope.assistance:
        whom = _name(scope, application.organization_id)
        to = f" to {whom}" if whom else ""
        if application.applied:
            yield Event(_day(application.applied), f"Application for financial assistance{to}", application)
        if application.decided:
            status = (application.status or "decided").replace("_", " ")
            yield Event(_day(application.decided), f"Decision on financial assistance: {status}", application)


def _assistance_papers(scope: Scope) -> Iterator[Event]:
    for paper in scope.assistance_papers:
        if paper.sent:
            yield Event(_day(paper.sent), f"Paper sent for the application: {paper.text}", paper)


def _appeals(scope: Scope) -> Iterator[Event]:
    for appeal in scope.appeals:
        claim = scope.case.get(Claim, appeal.claim_id)
        name = level_named(kind_of_claim(scope.case, claim), appeal.level).name
        of = f", claim {claim.number}" if claim.number else ""
        if appeal.filed:
            yield Event(_day(appeal.filed), f"Appeal filed: {name}{of}", scope.case.find(Letter, appeal.letter_id))
        if appeal.decided:
            outcome = f": {OUTCOME[appeal.outcome].lower()}" if appeal.outcome else ""
            yield Event(_day(appeal.decided), f"Decision on the appeal, {name}{of}{outcome}", appeal)


def _collections(scope: Scope) -> Iterator[Event]:
    for notice in scope.collections:
        amount = f": {dollars(notice.amount)}" if notice.amount is not None else ""
        day = notice.notice_date or notice.notice_received
        if day:
            yield Event(_day(day), f"Collection notice of {_name(scope, notice.collector_id)}{amount}", notice)
        if notice.disputed_on:
            yield Event(_day(notice.disputed_on), "Debt disputed with the collector", notice)
        if notice.validated_on:
            yield Event(_day(notice.validated_on), "Collector sent proof of the debt", notice)


def _other_papers(scope: Scope) -> Iterator[Event]:
    """Dated papers that no record tells of by itself, such as a page of a medical record."""
    told = {getattr(record, "document_id", None) for source in _RECORDS for record in source(scope)}
    for linked in linked_documents(scope.case, scope.bill_ids):
        day = linked.document.date or linked.document.received
        if day and linked.document.id not in told:
            yield Event(_day(day), _paper(linked), None, linked.document)


def _paper(linked: LinkedDocument) -> str:
    sender = f" from {linked.document.sender}" if linked.document.sender else ""
    return f"Paper{sender}: {linked.document.shown_title}"


_RECORDS: tuple[Callable[[Scope], tuple[Record, ...]], ...] = (
    lambda scope: scope.statements,
    lambda scope: scope.claims,
    lambda scope: scope.estimates,
    lambda scope: scope.calls,
    lambda scope: scope.letters,
    lambda scope: scope.payments,
    lambda scope: scope.offers,
    lambda scope: scope.collections,
    lambda scope: scope.appeals,
    lambda scope: scope.promise_proofs,
)
_SOURCES: tuple[Callable[[Scope], Iterator[Event]], ...] = (
    _estimates,
    _visits,
    _claims,
    _statements,
    _collections,
    _payments,
    _offers,
    _assistance,
    _assistance_papers,
    _appeals,
    _letters,
    _calls,
    _promises,
    _other_papers,
)
