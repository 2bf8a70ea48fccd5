"""A library, or the part of it around some bills, as a `Case`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import (
    KINDS,
    Assistance,
    Bill,
    Call,
    CallBill,
    CallClaim,
    Claim,
    ClaimLine,
    Document,
    DocumentLink,
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
    Policy,
    Price,
    Promise,
    Record,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.domain.records import (
    Collection as CollectionNotice,
)
from medbills_desktop.store.reader import Reader


def load_case(reader: Reader) -> Case:
    """Everything in the library, with the title, notes and day of a scenario."""
    records = {kind: tuple(reader.find(kind)) for kind in KINDS}
    return _case(reader, {kind: found for kind, found in records.items() if found})


def load_bills(reader: Reader, bill_ids: Collection[int]) -> Case:
    """The bills with all that speaks of them: enough for the money page and a packet.

    People, organizations, policies, visits and prices come whole (they are few); the rest by reference.
    """
    return _around(reader, bill_ids)


def load_checked(reader: Reader, bill_ids: Collection[int]) -> Case:
    """As `load_bills`, with what the checks of these bills compare them with: findings are those of the whole library.

    That is every EOB of the patients' policies that have a yearly limit, whatever bill it speaks of, and the records of
    its papers. Of the other bills only the records themselves are there, for the visits that they name.
    """
    return _around(reader, bill_ids, with_years=True)


def _around(reader: Reader, bill_ids: Collection[int], with_years: bool = False) -> Case:
    found: dict[type[Record], tuple[Record, ...]] = {}
    whole: tuple[type[Record], ...] = (Person, Organization, Policy, Visit, Price)
    for kind in whole:
        found[kind] = tuple(reader.find(kind))
    found[Bill] = _by(reader, Bill, "id", bill_ids)
    of_bill: tuple[type[Record], ...] = (
        Statement,
        Line,
        Claim,
        Payment,
        Offer,
        Letter,
        Assistance,
        CollectionNotice,
        Task,
        FindingDecision,
    )
    for kind in of_bill:
        found[kind] = _by(reader, kind, "bill_id", bill_ids)
    visits = {bill.visit_id for bill in found[Bill] if isinstance(bill, Bill) and bill.visit_id}
    found[Estimate] = _by(reader, Estimate, "visit_id", visits)
    found[Evidence] = _by(reader, Evidence, "line_id", _ids(found[Line]))
    _load_calls(reader, found, bill_ids)
    if with_years:
        _load_years(reader, found)
    found[ClaimLine] = _by(reader, ClaimLine, "claim_id", _ids(found[Claim]))
    _load_documents(reader, found, visits)
    if with_years:
        spoken_of = {claim.bill_id for claim in found[Claim] if isinstance(claim, Claim)}
        found[Bill] = _by(reader, Bill, "id", {*bill_ids, *spoken_of})
    return _case(reader, {kind: found[kind] for kind in KINDS if found.get(kind)})


def _load_years(reader: Reader, found: dict[type[Record], tuple[Record, ...]]) -> None:
    patients = {bill.person_id for bill in found[Bill] if isinstance(bill, Bill)}
    limited = {
        policy.id
        for policy in found[Policy]
        if isinstance(policy, Policy) and policy.person_id in patients and policy.out_of_pocket_limit is not None
    }
    every = {claim.id: claim for claim in (*found[Claim], *_by(reader, Claim, "policy_id", limited))}
    found[Claim] = tuple(every[id] for id in sorted(every))  # noqa: A001


def _load_calls(reader: Reader, found: dict[type[Record], tuple[Record, ...]], bill_ids: Collection[int]) -> None:
    links = _by(reader, CallBill, "bill_id", bill_ids)
    claim_links = _by(reader, CallClaim, "claim_id", _ids(found[Claim]))
    calls = {link.call_id for link in (*links, *claim_links) if isinstance(link, CallBill | CallClaim)}
    found[Call] = _by(reader, Call, "id", calls)
    found[CallBill] = _by(reader, CallBill, "call_id", calls)
    known = _ids(found[Bill])
    found[CallBill] = tuple(link for link in found[CallBill] if isinstance(link, CallBill) and link.bill_id in known)
    claims = _ids(found[Claim])
    found[CallClaim] = tuple(link for link in claim_links if isinstance(link, CallClaim) and link.claim_id in claims)
    found[Promise] = _by(reader, Promise, "call_id", calls)


def _load_documents(reader: Reader, found: dict[type[Record], tuple[Record, ...]], visits: Collection[int]) -> None:
    wanted: set[int] = set()
    for records in found.values():
        for record in records:
            document_id = getattr(record, "document_id", None)
            if document_id is not None:
                wanted.add(document_id)
    for kind, records in list(found.items()):
        ids = (
            set(visits)
            if kind is Visit
            else _ids(records)
            if kind not in (Person, Organization, Policy, Price)
            else set()
        )
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


def _by(reader: Reader, kind: type[Record], field: str, values: Collection[int | None]) -> tuple[Record, ...]:
    return tuple(reader.find_any(kind, field, values))


def _ids(records: tuple[Record, ...]) -> set[int]:
    return {record.id for record in records}


def _case(reader: Reader, records: dict[type[Record], tuple[Record, ...]]) -> Case:
    today = reader.info("today")
    return Case(records, reader.info("title"), reader.info("notes"), date.fromisoformat(today) if today else None)
