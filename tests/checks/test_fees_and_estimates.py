from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.records import Estimate, Record
from tests.support.small_cases import amounts, findings, make, one_bill

FEES = "late-fee"
ESTIMATES = "estimate-exceeded"


@pytest.mark.parametrize(
    "name",
    [
        "Late fee",
        "LATE CHARGE",
        "late payment fee",
        "Finance charge 1.5%",
        "Re-billing fee",
        "Rebilling Fee",
        "Collection fee",
        "Statement fees",
    ],
)
def test_a_fee_among_the_charges_is_asked_about(name: str) -> None:
    case = one_bill(lines=[{"description": name, "charge": "25.00", "date": "2025-03-04"}])
    (finding,) = findings(case, FEES)
    assert (finding.level, finding.amount, finding.line_ids) == ("question", 2500, (1,))


@pytest.mark.parametrize(
    "name",
    [
        "Collection of blood",
        "Specimen collection",
        "Latex gloves",
        "Late stage visit",
        "Finance office visit",
        "Plate",
        "Facility fee",
    ],
)
def test_care_that_sounds_alike_is_left_alone(name: str) -> None:
    assert amounts(one_bill(lines=[{"description": name, "charge": "25.00"}]), FEES) == []


def test_a_fee_that_was_taken_back_is_left_alone() -> None:
    assert amounts(one_bill(lines=[{"description": "Late fee", "charge": "-25.00"}]), FEES) == []
    assert (
        amounts(one_bill(lines=[{"description": "Late fee", "charge": "25.00", "mark": "removed_by_biller"}]), FEES)
        == []
    )
    assert amounts(one_bill(lines=[{"description": "Late fee"}]), FEES) == [None]


def estimated(estimate: dict[str, Any], statement: Any, self_pay: bool | None = None, **given: Any) -> list[str | None]:
    visit = {"start": "2025-01-10", **({} if self_pay is None else {"self_pay": self_pay})}
    record = make(Estimate, {"visit_id": 1, "provider_id": 1, "date": "2025-01-02", **estimate}, id=1)
    others: list[Record] = [record, *given.pop("others", ())]
    statements = [] if statement is None else [{"date": "2025-02-01", **statement}]
    return amounts(one_bill(visit=visit, statements=statements, others=others, **given), ESTIMATES)


GFE = {"kind": "good_faith_estimate", "amount": "1000.00"}
QUOTE = {"kind": "quote", "amount": "546.00"}


def test_a_bill_four_hundred_dollars_above_a_good_faith_estimate_is_a_strong_question() -> None:
    assert estimated(GFE, {"total_charges": "1400.00"}, self_pay=True) == ["400.00"]
    assert estimated(GFE, {"total_charges": "1399.99"}, self_pay=True) == []
    assert estimated(GFE, {"total_charges": "1500.00", "adjustments": "200.00"}, self_pay=True) == []


@pytest.mark.parametrize("self_pay", [False, None])
def test_a_good_faith_estimate_is_for_visits_without_insurance(self_pay: bool | None) -> None:
    assert estimated(GFE, {"total_charges": "2000.00"}, self_pay) == []


def test_the_federal_clock_runs_from_the_first_bill() -> None:
    record = make(Estimate, {"visit_id": 1, "provider_id": 1, **GFE}, id=1)
    given = {
        "visit": {"self_pay": True},
        "statements": [{"date": "2025-02-01", "total_charges": "2000.00"}],
        "others": [record],
    }
    open_until, ended = (findings(one_bill(**given), ESTIMATES, day)[0] for day in (date(2025, 6, 1), date(2025, 6, 2)))
    clock, source = open_until.explanation.splitlines()[-2:]
    assert clock.endswith("a federal dispute can be started until Jun 1, 2025.")
    assert source == "Source: 45 CFR 149.620, checked on Nov 25, 2026."
    assert ended.explanation.splitlines()[-2].endswith("The 120 days for a federal dispute ended on Jun 1, 2025.")
    earlier = findings(one_bill(**given, bill={"first_bill_date": "2025-01-02"}), ESTIMATES, date(2025, 1, 3))[0]
    assert "until May 2, 2025" in earlier.explanation
    assert open_until.fingerprint == ended.fingerprint


def test_a_quote_is_compared_with_all_that_is_to_be_paid() -> None:
    assert estimated(QUOTE, {"balance": "1125.00", "patient_paid": "546.00"}) == ["1125.00"]
    assert estimated(QUOTE, {"balance": "1125.00"}, payments=[{"amount": "546.00"}]) == ["1125.00"]
    assert estimated(QUOTE, {"balance": "546.01"}) == ["0.01"]


@pytest.mark.parametrize(
    ("statement", "given"),
    [
        ({"balance": "546.00"}, {}),
        ({"balance": "0.00", "patient_paid": "546.00"}, {}),
        ({"total_charges": "9000.00"}, {}),
        (None, {}),
        ({"balance": "900.00"}, {"claims": [{"status": "pending"}]}),
        ({"balance": "546.00"}, {"payments": [{"amount": "100.00", "date": "2025-03-01"}]}),
    ],
)
def test_a_quote_that_is_kept_or_not_yet_comparable_is_left_alone(statement: Any, given: Any) -> None:
    assert estimated(QUOTE, statement, **given) == []


def test_another_providers_quote_is_left_alone() -> None:
    assert estimated({**QUOTE, "provider_id": 2}, {"balance": "900.00"}) == []
    assert estimated({**QUOTE, "provider_id": None}, {"balance": "900.00"}) == []
    assert estimated(QUOTE, {"balance": "900.00"}) == ["354.00"]


def rate(**columns: str) -> list[str | None]:
    claim = {"status": "paid", "allowed": "1000.00", "deductible": "200.00", "coinsurance": "240.00", **columns}
    return estimated({"kind": "quote", "coinsurance_percent": "20"}, None, claims=[claim])


def test_a_quoted_coinsurance_rate_is_held_against_the_eob() -> None:
    assert rate() == ["80.00"]
    assert rate(coinsurance="160.00") == []
    assert rate(coinsurance="160.01") == []
    assert rate(status="pending") == []
    assert (
        estimated({"kind": "quote", "coinsurance_percent": "20"}, None, claims=[{"status": "paid", "allowed": "1.00"}])
        == []
    )
