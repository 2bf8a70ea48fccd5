"""Who a case is about: people, organizations, policies and the visits at which care was given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Literal

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records.fields import Record, To

OrganizationKind = Literal[
    "hospital",
    "physician",
    "laboratory",
    "imaging",
    "ambulance",
    "air_ambulance",
    "dental",
    "pharmacy",
    "equipment",
    "facility",
    "insurer",
    "collector",
    "advocate",
    "credit_counselor",
    "regulator",
    "other",
]
VisitKind = Literal["emergency", "inpatient", "observation", "outpatient", "office", "telehealth", "ambulance", "other"]
Network = Literal["in", "out", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Person(Record):
    """A patient of the household."""

    KIND: ClassVar[str] = "person"
    PLURAL: ClassVar[str] = "people"
    PREFIX: ClassVar[str] = "P"
    TITLE: ClassVar[str] = "person"

    name: str
    date_of_birth: Day | None = None
    relationship: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Organization(Record):
    """Anyone with a letterhead."""

    KIND: ClassVar[str] = "organization"
    PLURAL: ClassVar[str] = "organizations"
    PREFIX: ClassVar[str] = "O"
    TITLE: ClassVar[str] = "organization"

    name: str
    kind: OrganizationKind
    phone: str | None = None
    fax: str | None = None
    email: str | None = None
    website: str | None = None
    address: str | None = None
    npi: str | None = None
    tax_id: str | None = None
    nonprofit: bool | None = None
    state: str | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Policy(Record):
    """One insurance policy of one person, with its dates and limits."""

    KIND: ClassVar[str] = "policy"
    PLURAL: ClassVar[str] = "policies"
    PREFIX: ClassVar[str] = "POL"
    TITLE: ClassVar[str] = "policy"

    person_id: Annotated[int, To("person")]
    insurer_id: Annotated[int, To("organization")]
    plan_name: str | None = None
    member_id: str | None = None
    group_number: str | None = None
    effective: Day | None = None
    terminated: Day | None = None
    deductible: Cents | None = None
    out_of_pocket_limit: Cents | None = None
    family_deductible: Cents | None = None
    family_out_of_pocket_limit: Cents | None = None
    coinsurance_percent: Decimal | None = None
    self_funded: bool | None = None
    order: Literal["primary", "secondary"] | None = None
    notes: str | None = None


@dataclass(frozen=True, kw_only=True)
class Visit(Record):
    """One encounter of care; `answers` holds what only the patient knows, by the keys that the checks read."""

    KIND: ClassVar[str] = "visit"
    PLURAL: ClassVar[str] = "visits"
    PREFIX: ClassVar[str] = "V"
    TITLE: ClassVar[str] = "visit"

    person_id: Annotated[int, To("person")]
    facility_id: Annotated[int | None, To("organization")] = None
    start: Moment | None = None
    end: Moment | None = None
    kind: VisitKind | None = None
    emergency: bool | None = None
    self_pay: bool | None = None
    network: Network | None = None
    preventive: bool | None = None
    consent_to_out_of_network: bool | None = None
    reason: str | None = None
    answers: dict[str, Any] | None = None
    notes: str | None = None
