"""What the insurer says: claims with their EOB figures, and what was quoted before care."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import Owner, Record, To
from medbills_desktop.domain.records.people import Network

ClaimStatus = Literal["pending", "paid", "denied", "adjusted", "reversed"]


@dataclass(frozen=True, kw_only=True)
class MoneyColumns(Record):
    """The columns of an EOB, on a line or in its totals; a column that is not stated is `None`."""

    billed: Cents | None = None
    discount: Cents | None = None
    allowed: Cents | None = None
    plan_paid: Cents | None = None
    other_insurance_paid: Cents | None = None
    deductible: Cents | None = None
    copay: Cents | None = None
    coinsurance: Cents | None = None
    not_covered: Cents | None = None
    patient_responsibility: Cents | None = None


MONEY_COLUMNS = (
    "billed",
    "discount",
    "allowed",
    "plan_paid",
    "other_insurance_paid",
    "deductible",
    "copay",
    "coinsurance",
    "not_covered",
    "patient_responsibility",
)


@dataclass(frozen=True, kw_only=True)
class Claim(MoneyColumns):
    """What the insurer says of one bill; the money columns are its `totals`."""

    KIND: ClassVar[str] = "claim"
    PLURAL: ClassVar[str] = "claims"
    PREFIX: ClassVar[str] = "C"
    TITLE: ClassVar[str] = "EOB"

    policy_id: Annotated[int, To("policy")]
    number: str | None = None
    bill_id: Annotated[int | None, To("bill", "clear")] = None
    provider_id: Annotated[int | None, To("organization", "clear")] = None
    network: Network | None = None
    status: ClaimStatus | None = None
    date: Day | None = None
    received: Day | None = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    appeal_deadline: Day | None = None


@dataclass(frozen=True, kw_only=True)
class ClaimLine(MoneyColumns):
    """One line of an EOB."""

    KIND: ClassVar[str] = "claim_line"
    PREFIX: ClassVar[str] = "CL"
    TITLE: ClassVar[str] = "EOB line"

    claim_id: Annotated[int, Owner("claim", "lines")]
    date: Moment | None = None
    code: str | None = None
    modifiers: tuple[str, ...] | None = None
    description: str | None = None
    units: Decimal | None = None
    remark_codes: tuple[str, ...] | None = None
    denied: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Estimate(Record):
    """A good-faith estimate or a price quoted before care."""

    KIND: ClassVar[str] = "estimate"
    PLURAL: ClassVar[str] = "estimates"
    PREFIX: ClassVar[str] = "E"
    TITLE: ClassVar[str] = "estimate"

    visit_id: Annotated[int | None, To("visit", "clear")] = None
    provider_id: Annotated[int | None, To("organization", "clear")] = None
    kind: Literal["good_faith_estimate", "quote"] | None = None
    date: Day | None = None
    amount: Cents | None = None
    coinsurance_percent: Decimal | None = None
    by: str | None = None
    call_id: Annotated[int | None, To("call", "clear")] = None
    document_id: Annotated[int | None, To("document", "clear")] = None
    notes: str | None = None
