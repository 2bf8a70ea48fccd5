"""Small bills typed the way a case file has them: `one_bill(lines=[{"charge": "12.00", "date": "2025-03-04"}])`."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from medbills_desktop.checks import Finding, run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents, cents_from_decimal_text, decimal_text
from medbills_desktop.domain.records import (
    Bill,
    Claim,
    ClaimLine,
    Line,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Record,
    Statement,
    Visit,
    fields_of,
)

TODAY = date(2025, 6, 1)
Row = Mapping[str, Any]

_FROM_TEXT: dict[Any, Callable[[Any], Any]] = {
    Cents: cents_from_decimal_text,
    Decimal: Decimal,
    date: date.fromisoformat,
    Moment: Moment.from_text,
    tuple[str, ...]: tuple,
}


def make(kind: type[Record], row: Row, **given: Any) -> Record:
    """A record from the texts of the case format."""
    types = {info.name: info.type for info in fields_of(kind)}
    values = {name: _FROM_TEXT.get(types[name], lambda value: value)(value) for name, value in row.items()}
    return kind(**{**values, **given})


def one_bill(
    *,
    lines: Sequence[Row] = (),
    statements: Sequence[Row] = (),
    claims: Sequence[Row] = (),
    payments: Sequence[Row] = (),
    offers: Sequence[Row] = (),
    policies: Sequence[Row] = ({},),
    bill: Row | None = None,
    visit: Row | None = None,
    others: Sequence[Record] = (),
) -> Case:
    """A case with one bill, id 1. A claim's `lines` are its EOB lines; claims are on policy 1 unless they say else."""
    records: list[Record] = [Person(id=1, name="Pat Example")]
    records.append(Organization(id=1, name="Example Hospital", kind="hospital"))
    records.append(Organization(id=2, name="Example Plan", kind="insurer"))
    records += [make(Policy, {"person_id": 1, "insurer_id": 2, **row}, id=at) for at, row in enumerate(policies, 1)]
    if visit is not None:
        records.append(make(Visit, {"person_id": 1, **visit}, id=1))
    records.append(
        make(Bill, {"biller_id": 1, "person_id": 1, "visit_id": 1 if visit is not None else None, **(bill or {})}, id=1)
    )
    records += _of_bill(Statement, [{"date": "2025-05-01", **row} for row in statements])
    records += _of_bill(
        Line, [{"description": "Example item", "position": 1024 * at, **row} for at, row in enumerate(lines, 1)]
    )
    for at, row in enumerate(claims, 1):
        own = {name: value for name, value in row.items() if name != "lines"}
        records.append(make(Claim, {"policy_id": 1, "bill_id": 1, **own}, id=at))
        records += [
            make(ClaimLine, inner, id=100 * at + n, claim_id=at) for n, inner in enumerate(row.get("lines", ()), 1)
        ]
    records += _of_bill(Payment, [{"date": "2025-01-10", **row} for row in payments])
    records += _of_bill(Offer, [{"date": "2025-02-01", **row} for row in offers])
    return case_of([dataclasses.replace(record, ref=f"{record.PREFIX}{record.id}") for record in [*records, *others]])


def _of_bill(kind: type[Record], rows: Sequence[Row]) -> list[Record]:
    return [make(kind, {"bill_id": 1, **row}, id=at) for at, row in enumerate(rows, 1)]


def raise_fault(check_id: str, fault: Exception) -> None:
    """In tests a check that fails is a failure."""
    raise AssertionError(f"check {check_id} failed") from fault


def findings(case: Case, check: str | None = None, today: date = TODAY) -> list[Finding]:
    """What the checks find in a case, all of it or one check's."""
    found = run_checks(case, today, on_fault=raise_fault)
    return [finding for finding in found if check in (None, finding.check)]


def amounts(case: Case, check: str) -> list[str | None]:
    """The amounts that one check finds, as decimal texts, largest first."""
    return [None if one.amount is None else decimal_text(one.amount) for one in findings(case, check)]
