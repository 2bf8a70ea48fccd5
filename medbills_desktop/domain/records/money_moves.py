"""What is written, paid, offered and asked for: letters, payments, offers, assistance, collections, prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import Record, To


@dataclass(frozen=True, kw_only=True)
class Letter(Record):
    """A letter that was drafted, sent or received; `kind` names its purpose."""

    KIND: ClassVar[str] = "letter"
    PLURAL: ClassVar[str] = "letters"
    PREFIX: ClassVar[str] = "LT"
    TITLE: ClassVar[str] = "letter"

    kind: str
    bill_id: Annotated[int | None, To("bill", "remove")] = None
    recipient_id: Annotated[int | None, To("organization", "refuse")] = None
    subject: str | None = None
    body: str | None = None
    status: Literal["draft", "sent", "received"] | None = None
    date: Day | None = None
    reply_due: Day | None = None
    method: Literal["mail", "certified_mail", "fax", "portal", "email", "hand"] | None = None
    tracking: str | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    answers_to_id: Annotated[int | None, To("letter", "clear")] = None


@dataclass(frozen=True, kw_only=True)
class Payment(Record):
    """Money that moved. A payment goes from the patient, a refund or reimbursement to the patient."""

    KIND: ClassVar[str] = "payment"
    PLURAL: ClassVar[str] = "payments"
    PREFIX: ClassVar[str] = "PAY"
    TITLE: ClassVar[str] = "payment"

    bill_id: Annotated[int, To("bill", "remove")]
    date: Day
    amount: Cents
    kind: Literal["payment", "refund", "reimbursement"] | None = None
    method: str | None = None
    number: str | None = None
    memo: str | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None


@dataclass(frozen=True, kw_only=True)
class Offer(Record):
    """One step of a negotiation, either way."""

    KIND: ClassVar[str] = "offer"
    PLURAL: ClassVar[str] = "offers"
    PREFIX: ClassVar[str] = "OF"
    TITLE: ClassVar[str] = "offer"

    bill_id: Annotated[int, To("bill", "remove")]
    date: Day
    amount: Cents
    direction: Literal["from_me", "from_them"] | None = None
    basis: str | None = None
    lump_sum: bool | None = None
    installments: int | None = None
    installment_amount: Cents | None = None
    pay_by: Day | None = None
    expires: Day | None = None
    conditions: str | None = None
    status: Literal["open", "accepted", "declined", "expired", "countered"] | None = None
    answers_to_id: Annotated[int | None, To("offer", "clear")] = None
    written_confirmation: bool | None = None
    zero_balance_letter: bool | None = None
    call_id: Annotated[int | None, To("call", "clear")] = None
    document_id: Annotated[int | None, To("document", "clear")] = None


@dataclass(frozen=True, kw_only=True)
class Assistance(Record):
    """An application for financial assistance."""

    KIND: ClassVar[str] = "assistance"
    PLURAL: ClassVar[str] = "assistance"
    PREFIX: ClassVar[str] = "A"
    TITLE: ClassVar[str] = "assistance application"

    bill_id: Annotated[int, To("bill", "remove")]
    organization_id: Annotated[int | None, To("organization", "refuse")] = None
    applied: Day | None = None
    household_size: int | None = None
    annual_income: Cents | None = None
    status: Literal["considering", "applied", "more_information", "approved", "denied", "appealed"] | None = None
    discount_percent: Decimal | None = None
    decided: Day | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Collection(Record):
    """A placement of a bill with a collector."""

    KIND: ClassVar[str] = "collection"
    PLURAL: ClassVar[str] = "collections"
    PREFIX: ClassVar[str] = "K"
    TITLE: ClassVar[str] = "collection notice"

    bill_id: Annotated[int, To("bill", "remove")]
    collector_id: Annotated[int, To("organization")]
    reference: str | None = None
    notice_date: Day | None = None
    notice_received: Day | None = None
    amount: Cents | None = None
    original_creditor: str | None = None
    itemization_date: Day | None = None
    disputed_on: Day | None = None
    validated_on: Day | None = None
    on_credit_report: bool | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None


@dataclass(frozen=True, kw_only=True)
class Price(Record):
    """A reference price with its source; it has no id in a case file, so `ref` is empty."""

    KIND: ClassVar[str] = "price"
    PLURAL: ClassVar[str] = "prices"
    TITLE: ClassVar[str] = "price note"

    code: str
    code_system: str | None = None
    modifiers: tuple[str, ...] | None = None
    description: str | None = None
    amount: Cents
    unit: str | None = None
    setting: Literal["facility", "non_facility", "inpatient", "outpatient", "any"] | None = None
    basis: Literal["medicare", "cash", "negotiated", "gross", "fair_price", "other"] | None = None
    source: str
    place: str | None = None
    date: Day | None = None
