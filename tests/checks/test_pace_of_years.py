from __future__ import annotations

from datetime import date
from time import process_time

from medbills_desktop.checks import run_checks
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Line, Record, Statement, Visit
from tests.support.small_cases import TODAY, one_bill, raise_fault


def year_of_one_patient(bills: int) -> Case:
    """Bills of one patient and one policy in one year, every one with a visit and an EOB, most above the limit."""
    terms = {"effective": "2020-01-01", "deductible": "500.00", "out_of_pocket_limit": "900.00"}
    base = one_bill(policies=[{**terms, "coinsurance_percent": "20"}])
    records: list[Record] = [one for kind, found in base.records.items() if kind is not Bill for one in found]
    for at in range(1, bills + 1):
        day = Moment(date(2025, 1, 1 + at % 28))
        records.append(Visit(id=at, person_id=1, facility_id=1, start=day))
        records.append(Bill(id=at, biller_id=1, person_id=1, visit_id=at if at % 2 else None))
        records.append(Statement(id=at, bill_id=at, date=date(2025, 4, 1), balance=Cents(50_00)))
        columns = {"allowed": Cents(100_00), "patient_responsibility": Cents(40_00), "deductible": Cents(10)}
        records.append(Claim(id=at, policy_id=1, bill_id=at, number=str(at), date=date(2025, 3, 1), **columns))
        records += [
            Line(id=5 * at + n, bill_id=at, date=day, code=f"G{n:04}", description=f"Item {n}", charge=Cents(20_00))
            for n in range(5)
        ]
        records += [
            ClaimLine(id=5 * at + n, claim_id=at, date=day, code=f"G{n:04}", billed=Cents(20_00)) for n in range(5)
        ]
    return case_of(records)


def test_many_bills_of_one_patient_in_one_year_cost_in_proportion() -> None:
    def seconds(case: Case) -> float:
        start = process_time()
        run_checks(case, TODAY, on_fault=raise_fault)
        return process_time() - start

    seconds(year_of_one_patient(50))
    small, large = (min(seconds(year_of_one_patient(bills)) for _ in range(3)) for bills in (250, 1000))
    assert large < 4 * 1.8 * small
