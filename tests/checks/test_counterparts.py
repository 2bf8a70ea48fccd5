from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Claim, ClaimLine, Organization, Record
from tests.support.small_cases import findings, make, one_bill

CHECK = "missing-counterpart"
VISIT = {"start": "2025-03-04", "facility_id": 1, "network": "in"}
POLICY = {"effective": "2025-01-01"}


def asked(balance: str = "300.00", **more: Any) -> list[dict[str, Any]]:
    return [{"date": "2025-04-01", "balance": balance, **more}]


def case(**given: Any) -> Case:
    return one_bill(**{"visit": VISIT, "policies": [POLICY], "statements": asked(), **given})


def eob(**more: Any) -> dict[str, Any]:
    return {"status": "paid", "date": "2025-03-20", "patient_responsibility": "300.00", **more}


def test_an_insured_visit_with_a_bill_and_no_eob_is_asked_about() -> None:
    (finding,) = findings(case(), CHECK)
    assert (finding.level, finding.amount, finding.statement_ids) == ("strong", None, (1,))
    assert "asks for $300.00 and no EOB is entered" in finding.title


def test_a_bill_sent_while_the_claim_is_pending_is_asked_about() -> None:
    (finding,) = findings(case(claims=[{"status": "pending", "number": "C-1"}]), CHECK)
    assert finding.title == "The statement of Apr 1, 2025 asks for $300.00 while the claim C-1 is not decided yet."


def test_a_bill_sent_before_the_insurer_decided_is_asked_about_if_it_asks_for_more() -> None:
    (finding,) = findings(case(claims=[eob(date="2025-04-10", patient_responsibility="60.00")]), CHECK)
    assert "before the insurer decided on Apr 10, 2025" in finding.title
    assert findings(case(claims=[eob(date="2025-04-10")]), CHECK) == []


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"claims": [eob()]}, "both are there"),
        ({"claims": [eob(date="2025-04-01")]}, "both of one day"),
        ({"visit": {**VISIT, "self_pay": True}}, "self-pay"),
        ({"visit": None}, "no visit, so not known to be insured"),
        ({"visit": {"network": "in"}}, "no day of care"),
        ({"policies": []}, "no policy"),
        ({"policies": [{"effective": "2025-03-05"}]}, "the policy began later"),
        ({"policies": [{"terminated": "2025-03-03"}]}, "the policy ended before"),
        ({"policies": [{"plan_name": "Example Dental Plus"}]}, "a plan for teeth"),
        ({"statements": asked("0.00")}, "nothing is asked"),
        ({"statements": [{"date": "2025-04-01", "total_charges": "300.00"}]}, "no balance is stated"),
        ({"statements": asked(insurer_paid="900.00")}, "the insurer paid, by the statement"),
        ({"claims": [eob(status="reversed")]}, "the insurer is at it again"),
    ],
)
def test_it_stays_silent_where_both_sides_are_there_or_no_insurer_is_known(given: Any, why: str) -> None:
    assert findings(case(**given), CHECK) == [], why


def lonely(day: str = "2025-03-04", share: str | None = "80.00", **more: Any) -> list[Record]:
    group = Organization(id=5, name="Example Anesthesia", kind="physician")
    values = {"policy_id": 1, "provider_id": 5, "status": "paid", "number": "C-9", **more}
    claim = make(Claim, {**values, **({} if share is None else {"patient_responsibility": share})}, id=50)
    return [group, claim, make(ClaimLine, {"date": day}, id=900, claim_id=50)]


def test_an_eob_for_the_visit_that_belongs_to_no_bill_is_told_at_the_visits_first_bill() -> None:
    second = make(Bill, {"biller_id": 1, "person_id": 1, "visit_id": 1}, id=2)
    (finding,) = findings(case(claims=[eob()], others=[*lonely(), second]), CHECK)
    assert (finding.bill_id, finding.claim_ids) == (1, (50,))
    assert finding.title == (
        "The EOB for claim C-9 leaves $80.00 to pay to Example Anesthesia, "
        "and no bill of theirs is entered for this visit."
    )


@pytest.mark.parametrize(
    "given",
    [
        {"day": "2025-03-05"},
        {"share": "0.00"},
        {"share": None},
        {"status": "pending"},
        {"status": "reversed"},
        {"provider_id": 1},
        {"provider_id": None},
    ],
)
def test_an_eob_of_another_day_or_with_nothing_to_pay_or_of_a_known_biller_is_left_alone(given: Any) -> None:
    assert findings(case(claims=[eob()], others=lonely(**given)), CHECK) == []


def test_a_bill_of_that_provider_that_is_linked_to_no_visit_is_its_counterpart() -> None:
    other = make(Bill, {"biller_id": 5, "person_id": 1}, id=2)
    assert findings(case(claims=[eob()], others=[*lonely(), other]), CHECK) == []
