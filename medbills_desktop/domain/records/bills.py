"""What the provider says: bills, their statements and lines, and where on paper each line stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import LocalOnly, Owner, Record, To

BillStatus = Literal[
    "new",
    "waiting_for_insurer",
    "itemization_requested",
    "reviewing",
    "disputed",
    "on_hold",
    "assistance_pending",
    "appeal_pending",
    "offer_made",
    "settled",
    "paid",
    "refunded",
    "in_collections",
    "sued",
    "closed",
]
CodeSystem = Literal["cpt", "hcpcs", "cdt", "ndc", "revenue", "icd10pcs", "other"]
Unit = Literal["each", "minutes", "hours", "days", "miles", "mg", "ml", "other"]
Mark = Literal[
    "unreviewed",
    "ok",
    "not_received",
    "cancelled",
    "duplicate",
    "wrong_quantity",
    "wrong_date",
    "wrong_code",
    "bundled",
    "overpriced",
    "covered_by_insurance",
    "already_paid",
    "not_mine",
    "unclear",
    "removed_by_biller",
]


@dataclass(frozen=True, kw_only=True)
class Bill(Record):
    """One account at one biller."""

    KIND: ClassVar[str] = "bill"
    PLURAL: ClassVar[str] = "bills"
    PREFIX: ClassVar[str] = "B"
    TITLE: ClassVar[str] = "bill"

    biller_id: Annotated[int, To("organization")]
    person_id: Annotated[int, To("person")]
    visit_id: Annotated[int | None, To("visit", "clear")] = None
    account_number: str | None = None
    status: BillStatus | None = None
    first_bill_date: Day | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Statement(Record):
    """One paper of a bill with its own date and figures; a figure that it does not state is `None`."""

    KIND: ClassVar[str] = "statement"
    PREFIX: ClassVar[str] = "ST"
    TITLE: ClassVar[str] = "statement"

    bill_id: Annotated[int, Owner("bill", "statements")]
    number: str | None = None
    date: Day
    received: Day | None = None
    due: Day | None = None
    total_charges: Cents | None = None
    adjustments: Cents | None = None
    insurer_paid: Cents | None = None
    patient_paid: Cents | None = None
    balance: Cents | None = None
    itemized: bool | None = None
    patient_name_as_printed: str | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None


@dataclass(frozen=True, kw_only=True)
class Line(Record):
    """One charge on the itemised bill; `mark`, `reason`, `disputed` and `accepted` are what the user thinks of it.

    `position` orders the lines of a bill as on paper; gaps are allowed.
    """

    KIND: ClassVar[str] = "line"
    PREFIX: ClassVar[str] = "L"
    TITLE: ClassVar[str] = "line"

    bill_id: Annotated[int, Owner("bill", "lines")]
    position: Annotated[int, LocalOnly()] = 0
    number: int | None = None
    date: Moment | None = None
    end: Moment | None = None
    code: str | None = None
    code_system: CodeSystem | None = None
    modifiers: tuple[str, ...] | None = None
    revenue_code: str | None = None
    description: str
    my_words: str | None = None
    units: Decimal | None = None
    unit: Unit | None = None
    unit_price: Cents | None = None
    charge: Cents | None = None
    rendering_provider: str | None = None
    mark: Mark | None = None
    reason: str | None = None
    received_units: Decimal | None = None
    disputed: Cents | None = None
    accepted: Cents | None = None


@dataclass(frozen=True, kw_only=True)
class Evidence(Record):
    """The place on a paper where a line stands.

    `page` counts from 1; `rect` is left, top, right, bottom in points from the top left corner of the page as
    shown unrotated.
    """

    KIND: ClassVar[str] = "evidence"
    TITLE: ClassVar[str] = "region"

    line_id: Annotated[int, Owner("line", "evidence")]
    document_id: Annotated[int, To("document", "remove")]
    page: int
    rect: tuple[float, ...] | None = None
    note: str | None = None
