"""What a packet lacks, said plainly: papers that the records speak of and that are not attached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Document, DocumentLink, Organization, Promise, Record
from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.packet.scope import Scope

_IN_WRITING = ("letter", "writing", "written", "mail", "fax", "send", "itemiz", "itemis", "statement", "bill", "copy")


@dataclass(frozen=True, slots=True)
class NotHeld:
    """One thing that is missing and why it is known to exist."""

    what: str
    why: str


def not_held(case: Case, bill_ids: tuple[int, ...]) -> tuple[NotHeld, ...]:
    """Papers that the records of the bills mention but that are not there, in the order of the packet."""
    scope = Scope(case, bill_ids)
    return tuple(entry for part in _PARTS for entry in part(scope))


def _held(scope: Scope, record: Record) -> bool:
    """Whether a paper is attached to the record, by its own field or by a link."""
    if getattr(record, "document_id", None) is not None:
        return True
    names = {record.KIND, record.PLURAL}
    links = scope.case.of(DocumentLink, "target_id", record.id)
    return any(link.type in names for link in links)


def _bytes_missing(scope: Scope) -> Iterator[NotHeld]:
    for linked in linked_documents(scope.case, scope.bill_ids):
        if linked.document.sha256 is None:
            yield NotHeld(f"“{linked.document.shown_title}”", "The case names this paper, but its file is not held.")


def _bills(scope: Scope) -> Iterator[NotHeld]:
    for bill in scope.bills:
        name = _name(scope, bill.biller_id)
        for statement in scope.case.statements(bill.id):
            if not _held(scope, statement):
                number = f" no. {statement.number}" if statement.number else ""
                yield NotHeld(f"Statement{number} of {plain_day(statement.date)}, {name}", "No copy is attached.")
        if not scope.case.statements(bill.id) and not _held(scope, bill):
            account = f", account {bill.account_number}" if bill.account_number else ""
            yield NotHeld(f"Bill, {name}{account}", "Its figures are recorded; no copy is attached.")
        itemized = any(statement.itemized for statement in scope.case.statements(bill.id))
        if not itemized and not scope.case.lines(bill.id) and not _has_paper(scope, bill.id):
            yield NotHeld(f"Itemized bill, {name}", "No itemized bill has been received.")


def _has_paper(scope: Scope, bill_id: int) -> bool:
    for link in scope.case.of(DocumentLink, "target_id", bill_id):
        document = scope.case.find(Document, link.document_id)
        if link.type in ("bill", "bills") and document and document.kind == "itemized_bill":
            return True
    return False


def _claims(scope: Scope) -> Iterator[NotHeld]:
    for claim in scope.claims:
        if claim.status != "pending" and not _held(scope, claim):
            number = f" {claim.number}" if claim.number else ""
            day = f" of {plain_day(claim.date)}" if claim.date else ""
            yield NotHeld(f"EOB{number}{day}", "Its figures are recorded; no copy is attached.")


def _estimates(scope: Scope) -> Iterator[NotHeld]:
    for estimate in scope.estimates:
        if not _held(scope, estimate):
            noun = "Good-faith estimate" if estimate.kind == "good_faith_estimate" else "Quoted price"
            day = f" of {plain_day(estimate.date)}" if estimate.date else ""
            yield NotHeld(f"{noun}{day}", "It is recorded; no copy is attached.")


def _letters(scope: Scope) -> Iterator[NotHeld]:
    for letter in scope.letters:
        name = letter.subject or letter.kind.replace("_", " ")
        day = f" of {plain_day(letter.date)}" if letter.date else ""
        received = letter.status == "received"
        if not _held(scope, letter):
            why = "It was received; no copy is attached." if received else "It was sent; no copy is attached."
            yield NotHeld(f"Letter “{name}”{day}", why)
        if letter.method == "certified_mail" and not letter.tracking and not received:
            yield NotHeld(f"Proof of sending for “{name}”{day}", "Sent by certified mail; no tracking number is noted.")


def _payments(scope: Scope) -> Iterator[NotHeld]:
    for payment in scope.payments:
        if not _held(scope, payment):
            noun = {"refund": "refund", "reimbursement": "reimbursement"}.get(payment.kind or "", "payment")
            yield NotHeld(
                f"Proof of the {noun} of {dollars(payment.amount)} on {plain_day(payment.date)}",
                "It is recorded; no receipt is attached.",
            )


def _offers(scope: Scope) -> Iterator[NotHeld]:
    for offer in scope.offers:
        what = f"the offer of {dollars(offer.amount)} on {plain_day(offer.date)}"
        if offer.status == "accepted" and not offer.written_confirmation and not _held(scope, offer):
            yield NotHeld(f"Written confirmation of {what}", "The offer was accepted; nothing in writing is noted.")
        if offer.status == "accepted" and offer.zero_balance_letter is False:
            yield NotHeld(f"Zero-balance letter for {what}", "The offer was accepted; no such letter is noted.")


def _calls(scope: Scope) -> Iterator[NotHeld]:
    for call in scope.calls:
        who = call.representative or _name(scope, call.organization_id)
        for promise in scope.case.of(Promise, "call_id", call.id):
            in_writing = any(word in promise.text.lower() for word in _IN_WRITING)
            if promise.status != "kept" and in_writing and not _held(scope, promise):
                due = f", due {plain_day(promise.due)}" if promise.due else ""
                yield NotHeld(
                    f"Promised in writing: “{promise.text}”",
                    f"Promised on {plain_day(call.started.day)} by {promise.by or who}{due}; not received.",
                )
        if call.recording in ("mine", "both") and not _held(scope, call):
            yield NotHeld(f"Recording of the call of {plain_day(call.started.day)}", "Noted; no file is attached.")


def _collections(scope: Scope) -> Iterator[NotHeld]:
    for collection in scope.collections:
        if not _held(scope, collection):
            day = f" of {plain_day(collection.notice_date)}" if collection.notice_date else ""
            yield NotHeld(f"Collection notice{day}, {_name(scope, collection.collector_id)}", "No copy is attached.")


def _appeals(scope: Scope) -> Iterator[NotHeld]:
    for appeal in scope.appeals:
        if (appeal.decided or appeal.outcome) and not _held(scope, appeal):
            day = f" of {plain_day(appeal.decided)}" if appeal.decided else ""
            yield NotHeld(f"Decision on the appeal{day}", "It is recorded; no copy is attached.")


def _name(scope: Scope, organization_id: int | None) -> str:
    found = scope.case.find(Organization, organization_id)
    return found.name if found else "not named"


_PARTS = (
    _bytes_missing,
    _bills,
    _claims,
    _appeals,
    _estimates,
    _letters,
    _payments,
    _offers,
    _calls,
    _collections,
)
