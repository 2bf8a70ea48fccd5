"""What was said and promised: the contact log, its promises, and tasks of one's own."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import Owner, Record, To

Channel = Literal["phone", "portal", "email", "fax", "letter", "in_person"]


@dataclass(frozen=True, kw_only=True)
class Call(Record):
    """One entry of the contact log, by phone or any other way. `private_note` stays out of packets."""

    KIND: ClassVar[str] = "call"
    PLURAL: ClassVar[str] = "calls"
    PREFIX: ClassVar[str] = "CALL"
    TITLE: ClassVar[str] = "call"

    started: Moment
    minutes: Decimal | None = None
    channel: Channel | None = None
    direction: Literal["out", "in"] | None = None
    organization_id: Annotated[int | None, To("organization", "refuse")] = None
    department: str | None = None
    representative: str | None = None
    representative_id: str | None = None
    reference_number: str | None = None
    asked: str | None = None
    said: str | None = None
    outcome: str | None = None
    amount_quoted: Cents | None = None
    recording: Literal["none", "mine", "theirs", "both"] | None = None
    consent: Literal["not_asked", "asked_yes", "asked_no", "they_announced"] | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    private_note: str | None = None


@dataclass(frozen=True, kw_only=True)
class CallBill(Record):
    """A bill that a call was about."""

    KIND: ClassVar[str] = "call_bill"
    TITLE: ClassVar[str] = "bill of a call"

    call_id: Annotated[int, Owner("call", "bills")]
    bill_id: Annotated[int, To("bill", "remove")]


@dataclass(frozen=True, kw_only=True)
class CallClaim(Record):
    """A claim that a call was about."""

    KIND: ClassVar[str] = "call_claim"
    TITLE: ClassVar[str] = "claim of a call"

    call_id: Annotated[int, Owner("call", "claims")]
    claim_id: Annotated[int, To("claim", "remove")]


@dataclass(frozen=True, kw_only=True)
class Promise(Record):
    """What they said they would do, and by when."""

    KIND: ClassVar[str] = "promise"
    PREFIX: ClassVar[str] = "PR"
    TITLE: ClassVar[str] = "promise"

    call_id: Annotated[int, Owner("call", "promises")]
    text: str
    by: str | None = None
    due: Day | None = None
    status: Literal["open", "kept", "broken"] | None = None
    closed: Day | None = None


@dataclass(frozen=True, kw_only=True)
class Task(Record):
    """Something that the user means to do by a day."""

    KIND: ClassVar[str] = "task"
    PLURAL: ClassVar[str] = "tasks"
    PREFIX: ClassVar[str] = "T"
    TITLE: ClassVar[str] = "task"

    text: str
    bill_id: Annotated[int | None, To("bill", "remove")] = None
    due: Day | None = None
    done: Day | None = None
