"""What a record is called where a person reads it in a spreadsheet: a short name beside its id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Call,
    Claim,
    ClaimLine,
    Collection,
    Document,
    Estimate,
    Letter,
    Line,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Record,
    Statement,
    Task,
    Visit,
)

_LONGEST = 80


def name_of(case: Case, record: Record) -> str:
    """The short name of a record, made of what is known of it; its id where nothing else is."""
    parts = [part for part in _NAMES[type(record)](case, record) if part]
    name = " · ".join(parts) or record.ref
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _organization(case: Case, organization_id: int | None) -> str:
    found = case.find(Organization, organization_id)
    return found.name if found else ""


def _bill(case: Case, bill_id: int | None) -> str:
    found = case.find(Bill, bill_id)
    return name_of(case, found) if found else ""


Parts = Callable[[Case, Any], tuple[str | None, ...]]

_NAMES: dict[type[Record], Parts] = {
    Person: lambda _, one: (one.name,),
    Organization: lambda _, one: (one.name,),
    Policy: lambda case, one: (_organization(case, one.insurer_id), one.plan_name),
    Visit: lambda case, one: (plain_moment(one.start, ""), _organization(case, one.facility_id)),
    Bill: lambda case, one: (_organization(case, one.biller_id), one.account_number),
    Statement: lambda _, one: (plain_day(one.date), one.number),
    Line: lambda _, one: (one.code, one.description),
    Claim: lambda case, one: (_organization(case, one.provider_id), one.number or plain_day(one.date, "")),
    ClaimLine: lambda _, one: (one.code, one.description),
    Estimate: lambda case, one: (_organization(case, one.provider_id), plain_day(one.date, "")),
    Call: lambda case, one: (plain_moment(one.started), _organization(case, one.organization_id)),
    Promise: lambda _, one: (one.text,),
    Letter: lambda _, one: (plain_day(one.date, ""), one.subject or one.kind),
    Payment: lambda _, one: (plain_day(one.date), dollars(one.amount)),
    Offer: lambda _, one: (plain_day(one.date), dollars(one.amount)),
    Assistance: lambda case, one: (_organization(case, one.organization_id) or _bill(case, one.bill_id),),
    Collection: lambda case, one: (_organization(case, one.collector_id), one.reference),
    Task: lambda _, one: (one.text,),
    Document: lambda _, one: (one.paper_number, one.shown_title),
}
