"""The records of a case, one frozen class for each kind of record in the case format.

Each class is the single description of its kind: its annotations say what a field refers to, which words it may hold
and whether it is known only inside the library. Tables, the case format, undo and spreadsheets are derived from it.
"""

from __future__ import annotations

from medbills_desktop.domain.records.bills import Bill, Evidence, Line, Statement
from medbills_desktop.domain.records.calls import Call, CallBill, CallClaim, Promise, Task
from medbills_desktop.domain.records.claims import Claim, ClaimLine, Estimate, MoneyColumns
from medbills_desktop.domain.records.documents import Document, DocumentLink, PageView
from medbills_desktop.domain.records.fields import (
    Choices,
    FieldInfo,
    LocalOnly,
    Owner,
    Record,
    To,
    case_key,
    fields_of,
)
from medbills_desktop.domain.records.handing_over import MadePacket, Redaction
from medbills_desktop.domain.records.keeping_on import (
    Appeal,
    AssistancePaper,
    Authorization,
    Enclosure,
    OwnCard,
    PromiseProof,
    RecordingPlaces,
    RuleChoice,
)
from medbills_desktop.domain.records.loaded_tables import CodeTable
from medbills_desktop.domain.records.money_moves import (
    Assistance,
    Collection,
    Letter,
    Offer,
    Payment,
    Price,
)
from medbills_desktop.domain.records.people import Organization, Person, Policy, Visit
from medbills_desktop.domain.records.review import FindingDecision, PointAnswer

KINDS: tuple[type[Record], ...] = (
    Person,
    Organization,
    Policy,
    Visit,
    Bill,
    Statement,
    Line,
    Evidence,
    Claim,
    ClaimLine,
    Estimate,
    Call,
    CallBill,
    CallClaim,
    Promise,
    Letter,
    Payment,
    Offer,
    Assistance,
    Collection,
    Task,
    Price,
    Document,
    DocumentLink,
    PageView,
    FindingDecision,
    CodeTable,
    PointAnswer,
    PromiseProof,
    RecordingPlaces,
    Enclosure,
    AssistancePaper,
    Appeal,
    Authorization,
    OwnCard,
    RuleChoice,
    Redaction,
    MadePacket,
)
"""Every kind of record that a library keeps, in the order in which they are written and exported."""

KIND_BY_NAME: dict[str, type[Record]] = {kind.KIND: kind for kind in KINDS}

__all__ = [
    "KINDS",
    "KIND_BY_NAME",
    "Appeal",
    "Assistance",
    "AssistancePaper",
    "Authorization",
    "Bill",
    "Call",
    "CallBill",
    "CallClaim",
    "Choices",
    "Claim",
    "ClaimLine",
    "CodeTable",
    "Collection",
    "Document",
    "DocumentLink",
    "Enclosure",
    "Estimate",
    "Evidence",
    "FieldInfo",
    "FindingDecision",
    "Letter",
    "Line",
    "LocalOnly",
    "MadePacket",
    "MoneyColumns",
    "Offer",
    "Organization",
    "OwnCard",
    "Owner",
    "PageView",
    "Payment",
    "Person",
    "PointAnswer",
    "Policy",
    "Price",
    "Promise",
    "PromiseProof",
    "Record",
    "RecordingPlaces",
    "Redaction",
    "RuleChoice",
    "Statement",
    "Task",
    "To",
    "Visit",
    "case_key",
    "fields_of",
]
