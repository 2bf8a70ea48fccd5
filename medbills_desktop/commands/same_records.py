"""By what a record of somebody else's case is known again as one of one's own: tables of fields, by kind of record.

A key is a tuple of fields that must be equal. A field alone must be known on both sides; with `?` behind it both may
lack it; with `~` it only must not contradict (either side may lack it). Texts are compared without regard to case and
runs of blanks.
"""

from __future__ import annotations

from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Authorization,
    Bill,
    Call,
    Claim,
    ClaimLine,
    Collection,
    Document,
    Enclosure,
    Estimate,
    FindingDecision,
    Letter,
    Line,
    MadePacket,
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
    Statement,
    Task,
    Visit,
)

Keys = tuple[tuple[str, ...], ...]

WITH_THE_SAME_ID: dict[type[Record], Keys] = {
    Person: (("name",), ("date_of_birth",)),
    Organization: (("name",), ("npi",), ("tax_id",), ("phone",), ("address",)),
    Policy: (("person_id", "insurer_id"), ("member_id",)),
    Visit: (("person_id", "start"), ("person_id", "start~", "facility_id~"), ("person_id", "facility_id", "reason")),
    Bill: (
        ("biller_id", "person_id", "visit_id"),
        ("account_number", "person_id"),
        ("biller_id", "person_id", "account_number~", "visit_id~"),
    ),
    Statement: (("date",), ("number",), ("balance", "total_charges?")),
    Line: (("description",), ("code",), ("charge", "date?")),
    Claim: (("number",), ("policy_id", "bill_id"), ("policy_id", "date")),
    ClaimLine: (("code",), ("description",), ("billed",)),
    Estimate: (("visit_id",), ("provider_id",)),
    Call: (("started",), ("reference_number",), ("organization_id", "said"), ("said",)),
    Promise: (("text",), ("due",)),
    Letter: (("kind", "bill_id?"), ("subject",)),
    Payment: (("bill_id", "date"), ("bill_id", "amount")),
    Offer: (("bill_id", "date"), ("bill_id", "amount")),
    Assistance: (("bill_id",),),
    Collection: (("bill_id", "collector_id"),),
    Task: (("text",), ("bill_id?", "due")),
    Document: (("file", "sha256~"), ("title", "sha256~")),
}
"""Enough where both also have the same id in the case file, as after one case was handed over and came back."""

BY_ITSELF: dict[type[Record], Keys] = {
    Person: (("name", "date_of_birth~"),),
    Organization: (("npi",), ("name", "kind", "npi~", "state~")),
    Policy: (("person_id", "insurer_id", "member_id"), ("person_id", "insurer_id", "plan_name?", "effective?")),
    Visit: (("person_id", "start", "facility_id~"),),
    Bill: (("biller_id", "person_id", "account_number"),),
    Statement: (("date", "number~"),),
    Line: (("date?", "code?", "description", "charge?"),),
    Claim: (("policy_id", "number"), ("policy_id", "bill_id", "date")),
    ClaimLine: (("date?", "code?", "description?", "billed?"),),
    Estimate: (("visit_id?", "provider_id?", "date", "kind?"),),
    Call: (("started", "organization_id~", "representative~", "reference_number~"),),
    Promise: (("text",),),
    Letter: (("kind", "date", "bill_id?", "status"),),
    Payment: (("bill_id", "date", "amount", "kind?"),),
    Offer: (("bill_id", "date", "amount", "direction?"),),
    Assistance: (("bill_id", "organization_id?", "applied"),),
    Collection: (("bill_id", "collector_id", "notice_date"),),
    Task: (("text", "bill_id?"),),
    Price: (("code", "source", "basis?", "setting?", "place?", "date?", "modifiers?", "unit?"),),
    Document: (("sha256",), ("file", "sha256~")),
    PageView: (("document_id", "page"),),
    FindingDecision: (("bill_id", "check", "fingerprint"),),
    PointAnswer: (("bill_id", "line_id?", "check?", "fingerprint?", "call_id?", "letter_id?"),),
    PromiseProof: (("promise_id", "document_id?", "call_id?", "letter_id?", "payment_id?"),),
    RecordingPlaces: (("call_id",),),
    Enclosure: (("letter_id", "document_id"),),
    AssistancePaper: (("assistance_id", "text"),),
    MadePacket: (("packet_id",),),
    Appeal: (("claim_id", "level"),),
    Authorization: (("person_id", "helper_id", "begins?"),),
}
"""Enough whatever the ids are, as where two people entered the same paper."""

ONE_ONLY: frozenset[type[Record]] = frozenset(
    {PageView, FindingDecision, PointAnswer, RecordingPlaces, Enclosure, MadePacket, Document}
)
"""Kinds of which both can't be kept side by side: there is one for each thing that they are about."""

PASSED_OVER: dict[type[Record], frozenset[str]] = {
    Document: frozenset({"paper_number", "file", "sha256"}),
    FindingDecision: frozenset({"decided_at"}),
}
"""Fields in which records of a kind may differ without being different: what a paper was called on its way."""
