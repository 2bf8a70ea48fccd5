from __future__ import annotations

import dataclasses
from decimal import Decimal
from time import process_time

import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import money_views
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Line, Payment, Record, Statement
from tests.support.small_cases import TODAY, one_bill, raise_fault

BILLS, LINES = 2000, 20


@pytest.fixture(scope="module")
def large() -> Case:
    """2,000 bills of 20 lines, each with two statements, an EOB of ten lines and a payment."""
    records: list[Record] = [
        record for kind, found in one_bill().records.items() if kind is not Bill for record in found
    ]
    for at in range(1, BILLS + 1):
        records.append(Bill(id=at, biller_id=1, person_id=1))
        for n in range(LINES):
            records.append(_line(at, n))
        for n, day in enumerate((3, 4)):
            records.append(_statement(2 * at + n, at, day))
        share = Cents(100 * at)
        records.append(
            Claim(
                id=at,
                policy_id=1,
                bill_id=at,
                number=str(at),
                billed=Cents(LINES * 10_00),
                patient_responsibility=share,
            )
        )
        for n in range(10):
            records.append(
                ClaimLine(id=10 * at + n, claim_id=at, allowed=Cents(100), plan_paid=Cents(60), copay=Cents(40))
            )
        records.append(Payment(id=at, bill_id=at, date=TODAY.replace(month=2), amount=Cents(500)))
    return case_of(records)


def _line(bill: int, n: int) -> Line:
    kind = n % 19 if bill % 4 == 0 else n
    return Line(
        id=LINES * bill + n,
        bill_id=bill,
        date=Moment(TODAY.replace(month=1, day=1 + kind)),
        code=f"G{kind:04}" if kind % 3 else None,
        description=f"Example service number {kind}, as printed on the bill",
        units=Decimal(2),
        unit_price=Cents(5_00),
        charge=Cents(10_00),
    )


def _statement(number: int, bill: int, month: int) -> Statement:
    day = TODAY.replace(month=month)
    total = Cents(LINES * 10_00)
    figures = {
        "adjustments": Cents(50_00),
        "insurer_paid": Cents(0),
        "patient_paid": Cents(5_00),
        "balance": Cents(145_00),
    }
    return Statement(id=number, bill_id=bill, date=day, total_charges=total, **figures)


def _seconds(work: object, case: Case, **given: object) -> float:
    start = process_time()
    work(case, TODAY, on_fault=raise_fault, **given)  # type: ignore[operator]
    return process_time() - start


def test_forty_thousand_lines_are_checked_in_two_seconds(large: Case) -> None:
    assert min(_seconds(run_checks, large) for _ in range(2)) < 2


def test_one_bill_of_a_large_library_is_checked_in_five_milliseconds(large: Case) -> None:
    assert {one.bill_id for one in run_checks(large, TODAY, [1, 4])} == {1, 4}
    assert min(_seconds(run_checks, large, bill_ids=[bill]) for bill in range(2, 12)) < 0.005


def test_the_money_page_of_one_bill_is_there_in_five_milliseconds(large: Case) -> None:
    money_views(large, 1)
    start = process_time()
    money_views(large, 2)
    assert process_time() - start < 0.005


def test_a_bill_of_two_thousand_lines_takes_time_in_proportion() -> None:
    lines = [dataclasses.replace(_line(1, n % 19), id=n, charge=Cents(10_00 + n % 40)) for n in range(1, 2001)]
    case = case_of([*(record for found in one_bill().records.values() for record in found), *lines])
    assert _seconds(run_checks, case) < 1
