"""A library, or the part of it around some bills, as a `Case`."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    KINDS,
    Appeal,
    Assistance,
    AssistancePaper,
    Authorization,
    Bill,
    Call,
    CallBill,
    CallClaim,
    Claim,
    ClaimLine,
    CodeTable,
    Document,
    DocumentLink,
    Enclosure,
    Estimate,
    Evidence,
    FindingDecision,
    Letter,
    Line,
    Offer,
    Organization,
    PageView,
    Payment,
    Person,
    PointAnswer,
    Policy,
    Price,
    Promise,
    PromiseProof,
    Record,
    RecordingPlaces,
    Redaction,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.domain.records import (
    Collection as CollectionNotice,
)
from medbills_desktop.store.known_charges import known_charges
from medbills_desktop.store.queries.code_tables import tables_for
from medbills_desktop.store.reader import Reader

Found = dict[type[Record], tuple[Record, ...]]


def load_case(reader: Reader) -> Case:
    """Everything in the library, with the title, notes and day of a scenario."""
    case = _case(reader, {kind: tuple(reader.find(kind)) for kind in KINDS if kind is not CodeTable})
    return dataclasses.replace(case, tables=tables_for(reader, case.all(Line)))


def load_bills(reader: Reader, bill_ids: Collection[int]) -> Case:
    """The bills with all that speaks of them: enough for the money page and a packet.

    People, organizations, policies and prices come whole (they are few), the patients' visits too; the rest by
    reference.
    """
    found = _around(reader, bill_ids)
    found[Visit] = _visits_around(reader, found[Bill], _patients(found[Bill]))
    _load_documents(reader, found)
    return _case(reader, found)


def load_checked(reader: Reader, bill_ids: Collection[int]) -> Case:
    """As `load_bills`, with what the checks hold these bills against: findings are those of the whole library.

    That is what the other bills of the visits and of the same accounts say, every EOB of the patients' policies with
    the records of its papers, the bare records of all bills of the patients, and what was charged for the same services
    anywhere.
    """
    asked = [bill for bill in _by(reader, Bill, "id", bill_ids) if isinstance(bill, Bill)]
    found = _around(reader, bill_ids, _beside(reader, asked))
    patients = _patients(asked)
    found[Claim] = _together(found[Claim], _by(reader, Claim, "policy_id", _policies_of(found, patients)))
    found[ClaimLine] = _by(reader, ClaimLine, "claim_id", _ids(found[Claim]))
    spoken_of = {claim.bill_id for claim in found[Claim] if isinstance(claim, Claim)}
    theirs = _by(reader, Bill, "person_id", patients)
    bills = _together(found[Bill], theirs, _by(reader, Bill, "id", spoken_of - _ids(theirs)))
    found[Visit] = _visits_around(reader, bills, patients)
    _load_documents(reader, found)
    found[Bill] = bills
    charged = [line for line in found[Line] if isinstance(line, Line) and line.bill_id in set(bill_ids)]
    known = known_charges(reader, asked, charged)
    read = [line for line in found[Line] if isinstance(line, Line)]
    return dataclasses.replace(_case(reader, found), known_charges=known, tables=tables_for(reader, read))


_BESIDE_THEM: tuple[tuple[type[Record], str, type[Record]], ...] = (
    (PromiseProof, "promise_id", Promise),
    (RecordingPlaces, "call_id", Call),
    (Enclosure, "letter_id", Letter),
    (AssistancePaper, "assistance_id", Assistance),
    (Appeal, "claim_id", Claim),
)
"""What only the library knows of a record: kind, its field, and the kind that the field names."""


def _around(reader: Reader, bill_ids: Collection[int], beside: Collection[int] = ()) -> Found:
    """Everything but papers; of the bills `beside` what they say themselves."""
    found: Found = {}
    whole: tuple[type[Record], ...] = (Person, Organization, Policy, Price)
    for kind in whole:
        found[kind] = tuple(reader.find(kind))
    said: tuple[type[Record], ...] = (Statement, Line)
    for kind in said:
        found[kind] = _by(reader, kind, "bill_id", {*bill_ids, *beside})
    of_bill: tuple[type[Record], ...] = (
        Claim,
        Payment,
        Offer,
        Letter,
        Assistance,
        CollectionNotice,
        Task,
        FindingDecision,
        PointAnswer,
    )
    for kind in of_bill:
        found[kind] = _by(reader, kind, "bill_id", bill_ids)
    found[Bill] = _by(reader, Bill, "id", {*bill_ids, *beside})
    found[Estimate] = _by(reader, Estimate, "visit_id", _visits(found[Bill]))
    found[Evidence] = _by(reader, Evidence, "line_id", _ids(found[Line]))
    found[ClaimLine] = _by(reader, ClaimLine, "claim_id", _ids(found[Claim]))
    _load_calls(reader, found, bill_ids)
    found[Authorization] = tuple(reader.find(Authorization))
    for kind, field, owner in _BESIDE_THEM:
        found[kind] = _by(reader, kind, field, _ids(found[owner]))
    return found


def _visits_around(reader: Reader, bills: Collection[Record], patients: Collection[int]) -> tuple[Record, ...]:
    """The visits of the bills, and all those of the patients."""
    own = _by(reader, Visit, "person_id", patients)
    return _together(own, _by(reader, Visit, "id", _visits(bills) - _ids(own)))


def _beside(reader: Reader, asked: Collection[Bill]) -> set[int]:
    """The other bills of the same visits, and those with the same biller, patient and account number."""
    of_visit = _by(reader, Bill, "visit_id", _visits(asked))
    accounts = {_account(bill) for bill in asked if bill.account_number}
    of_biller = reader.find_any(Bill, "biller_id", {bill.biller_id for bill in asked if bill.account_number})
    found = _ids(of_visit) | {bill.id for bill in of_biller if bill.account_number and _account(bill) in accounts}
    return found - _ids(asked)


def _account(bill: Bill) -> tuple[int, int, str]:
    number = "".join(sign for sign in bill.account_number or "" if sign.isalnum()).upper()
    return bill.biller_id, bill.person_id, number


def _patients(bills: Collection[Record]) -> set[int]:
    return {bill.person_id for bill in bills if isinstance(bill, Bill)}


def _visits(bills: Collection[Record]) -> set[int]:
    return {bill.visit_id for bill in bills if isinstance(bill, Bill) and bill.visit_id is not None}


def _policies_of(found: Found, patients: Collection[int]) -> set[int]:
    """The policies of the patients, and those that decided on the bills."""
    theirs = {one.id for one in found[Policy] if isinstance(one, Policy) and one.person_id in patients}
    return theirs | {claim.policy_id for claim in found[Claim] if isinstance(claim, Claim)}


def _together(*some: tuple[Record, ...]) -> tuple[Record, ...]:
    """Records of one kind, each once, in the order of entry."""
    by_id = {record.id: record for records in some for record in records}
    return tuple(by_id[number] for number in sorted(by_id))


def _load_calls(reader: Reader, found: Found, bill_ids: Collection[int]) -> None:
    links = _by(reader, CallBill, "bill_id", bill_ids)
    claim_links = _by(reader, CallClaim, "claim_id", _ids(found[Claim]))
    calls = {link.call_id for link in (*links, *claim_links) if isinstance(link, CallBill | CallClaim)}
    found[Call] = _by(reader, Call, "id", calls)
    found[CallBill] = _by(reader, CallBill, "call_id", calls)
    asked = set(bill_ids)
    found[CallBill] = tuple(link for link in found[CallBill] if isinstance(link, CallBill) and link.bill_id in asked)
    claims = _ids(found[Claim])
    found[CallClaim] = tuple(link for link in claim_links if isinstance(link, CallClaim) and link.claim_id in claims)
    found[Promise] = _by(reader, Promise, "call_id", calls)


def _load_documents(reader: Reader, found: Found) -> None:
    visits = _visits(found[Bill])
    wanted: set[int] = set()
    for records in found.values():
        for record in records:
            document_id = getattr(record, "document_id", None)
            if document_id is not None:
                wanted.add(document_id)
    for kind, records in list(found.items()):
        ids = visits if kind is Visit else _ids(records) if kind not in (Person, Organization, Policy, Price) else set()
        for link in _by(reader, DocumentLink, "target_id", ids):
            if isinstance(link, DocumentLink) and link.type == kind.KIND:
                wanted.add(link.document_id)
    found[Document] = _by(reader, Document, "id", wanted)
    present = {kind.KIND: _ids(records) for kind, records in found.items()}
    links = _by(reader, DocumentLink, "document_id", wanted)
    found[DocumentLink] = tuple(
        link for link in links if isinstance(link, DocumentLink) and link.target_id in present.get(link.type, set())
    )
    found[PageView] = _by(reader, PageView, "document_id", wanted)
    found[Redaction] = _by(reader, Redaction, "document_id", wanted)


def _by(reader: Reader, kind: type[Record], field: str, values: Collection[int | None]) -> tuple[Record, ...]:
    return tuple(reader.find_any(kind, field, values))


def _ids(records: Collection[Record]) -> set[int]:
    return {record.id for record in records}


def _case(reader: Reader, found: Found) -> Case:
    records = {kind: found[kind] for kind in KINDS if found.get(kind)}
    today = reader.info("today")
    return Case(records, reader.info("title"), reader.info("notes"), date.fromisoformat(today) if today else None)
