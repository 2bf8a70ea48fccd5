"""Bills that are right, as they come in life: no check of money, insurance, people or collectors may speak of them."""

from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Call, CallBill, Claim, ClaimLine, Estimate, Person, Promise
from tests.support.small_cases import findings, make, one_bill


def checks_of(case: Case) -> set[str]:
    return {one.check for one in findings(case)}


def on(day: str, balance: str, **more: str) -> dict[str, str]:
    return {"date": day, "balance": balance, **more}


def test_statements_that_credit_only_what_came_since_the_last_one() -> None:
    statements = [
        on("2025-03-01", "400.00", patient_paid="100.00"),
        on("2025-04-01", "300.00", patient_paid="100.00"),
        on("2025-05-01", "300.00", patient_paid="0.00"),
    ]
    payments = [{"date": "2025-02-10", "amount": "100.00"}, {"date": "2025-03-10", "amount": "100.00"}]
    line = [{"code": "G0463", "date": "2025-01-04", "charge": "500.00"}]
    assert checks_of(one_bill(statements=statements, payments=payments, lines=line)) == set()
    taken_back = [*statements[:2], on("2025-05-01", "400.00", patient_paid="0.00")]
    assert "payment-not-credited" in checks_of(one_bill(statements=taken_back, payments=payments, lines=line))


def test_a_plan_with_a_down_payment() -> None:
    offer = {"amount": "1000.00", "installments": 10, "installment_amount": "90.00"}
    assert "installments-vs-balance" not in checks_of(one_bill(offers=[{**offer, "conditions": "$100.00 down"}]))
    assert "installments-vs-balance" in checks_of(one_bill(offers=[{**offer, "conditions": "monthly"}]))


@pytest.mark.parametrize(
    "name",
    ["SPECIMEN COLLECTION FEE", "Collection fee, blood", "VENIPUNCTURE COLLECTION CHARGE", "COVID19 COLLECTION FEE"],
)
def test_the_collection_of_a_sample_is_care(name: str) -> None:
    line = {"description": name, "charge": "12.00", "date": "2025-03-04"}
    assert "late-fee" not in checks_of(one_bill(lines=[line]))
    assert "late-fee" in checks_of(one_bill(lines=[{**line, "description": "Collection fee"}]))


def test_a_refund_that_brought_an_overpaid_account_to_zero() -> None:
    figures = {"total_charges": "100.00", "adjustments": "10.00", "insurer_paid": "75.00", "patient_paid": "25.00"}
    case = one_bill(
        statements=[on("2025-05-01", "0.00", **figures)],
        payments=[
            {"date": "2025-02-01", "amount": "25.00"},
            {"date": "2025-04-20", "amount": "10.00", "kind": "refund"},
        ],
    )
    assert "statement-equation" not in checks_of(case)
    assert "statement-equation" in checks_of(one_bill(statements=[on("2025-05-01", "0.00", **figures)]))


def test_a_line_that_was_denied_first_and_paid_then() -> None:
    row = {"code": "G0463", "date": "2025-03-04", "billed": "90.00"}
    first = {"number": "C-1", "date": "2025-03-20", "lines": [{**row, "denied": True, "not_covered": "90.00"}]}
    second = {"number": "C-2", "date": "2025-04-20", "lines": [{**row, "patient_responsibility": "20.00"}]}
    assert "denied-line" not in checks_of(one_bill(claims=[first, second]))
    assert "denied-line" in checks_of(one_bill(claims=[first, {**second, "date": "2025-03-01"}]))
    assert "denied-line" in checks_of(one_bill(claims=[first, {**second, "lines": [{**row, "billed": "80.00"}]}]))


def test_a_settlement_that_is_paid_only_in_part() -> None:
    offer = {"amount": "90.00", "date": "2025-03-01", "status": "accepted", "written_confirmation": False}
    for amount, spoken in (("30.00", False), ("90.00", True)):
        case = one_bill(offers=[offer], payments=[{"date": "2025-03-02", "amount": amount}])
        assert ("promise-overdue" in checks_of(case)) == spoken


def test_a_promise_that_was_closed() -> None:
    for given, spoken in (({"closed": "2025-03-20"}, False), ({"closed": "2025-03-20", "status": "broken"}, True)):
        promise = make(Promise, {"text": "Refund", "due": "2025-03-10", **given}, id=1, call_id=1)
        others = [make(Call, {"started": "2025-03-01T10:00"}, id=1), CallBill(id=1, call_id=1, bill_id=1), promise]
        assert ("promise-overdue" in checks_of(one_bill(others=others))) == spoken


def quoted(*rows: dict[str, Any], claims: Any = (), **visit: Any) -> Case:
    made = [make(Estimate, {"visit_id": 1, "provider_id": 1, **row}, id=at) for at, row in enumerate(rows, 1)]
    return one_bill(
        visit={"start": "2025-03-04", "facility_id": 1, **visit},
        statements=[on("2025-04-01", "1200.00", total_charges="1200.00")],
        claims=claims,
        policies=(),
        others=made,
    )


def test_an_estimate_that_was_replaced_before_care_no_longer_counts() -> None:
    old = {"kind": "quote", "date": "2025-02-01", "amount": "700.00"}
    new = {"kind": "quote", "date": "2025-03-01", "amount": "1200.00"}
    assert "estimate-exceeded" not in checks_of(quoted(old, new))
    assert "estimate-exceeded" in checks_of(quoted(old))
    after = {**new, "date": "2025-03-20"}
    assert "estimate-exceeded" in checks_of(quoted(old, after))
    assert "estimate-exceeded" not in checks_of(quoted({**old, "date": "2025-03-20"}))


def test_a_good_faith_estimate_is_no_measure_where_an_insurer_was_billed() -> None:
    estimate = {"kind": "good_faith_estimate", "date": "2025-02-01", "amount": "700.00"}
    assert "estimate-exceeded" in checks_of(quoted(estimate, self_pay=True))
    assert "estimate-exceeded" not in checks_of(quoted(estimate, self_pay=True, claims=[{"status": "denied"}]))


def test_the_eobs_of_a_child_do_not_fill_the_limit_of_the_parent() -> None:
    child = [Person(id=9, name="Noemi Example"), make(Bill, {"biller_id": 1, "person_id": 9}, id=2)]
    eob = {"status": "paid", "date": "2025-03-10", "patient_responsibility": "90.00", "deductible": "90.00"}
    theirs = make(Claim, {"policy_id": 1, "bill_id": 2, **eob}, id=50)
    policy = {"out_of_pocket_limit": "100.00", "deductible": "100.00", "coinsurance_percent": "0"}
    case = one_bill(policies=[policy], claims=[eob], others=[*child, theirs])
    assert not checks_of(case) & {"out-of-pocket-exceeded", "cost-share-arithmetic"}


def test_a_whole_insured_case_without_a_fault_gives_no_finding() -> None:
    """Deposit, EOB, statement after it, payment in time, a follow-up statement, a second clinician in the network."""
    row = {"code": "G0463", "date": "2025-03-04", "units": "1", "billed": "300.00", "patient_responsibility": "68.00"}
    eob = {
        "status": "paid",
        "network": "in",
        "date": "2025-03-20",
        "number": "C-1",
        "billed": "300.00",
        "discount": "100.00",
        "allowed": "200.00",
        "plan_paid": "132.00",
        "deductible": "35.00",
        "copay": "0.00",
        "coinsurance": "33.00",
        "patient_responsibility": "68.00",
        "lines": [row],
    }
    figures = {"total_charges": "300.00", "adjustments": "100.00", "insurer_paid": "132.00"}
    case = one_bill(
        visit={
            "start": "2025-03-04T09:00",
            "end": "2025-03-04T10:00",
            "facility_id": 1,
            "network": "in",
            "kind": "office",
        },
        policies=[
            {
                "effective": "2025-01-01",
                "terminated": "2025-12-31",
                "deductible": "1000.00",
                "coinsurance_percent": "20",
                "out_of_pocket_limit": "3000.00",
                "order": "primary",
            }
        ],
        bill={"first_bill_date": "2025-04-01"},
        lines=[{"code": "g 0463", "date": "2025-03-04", "units": "1", "unit_price": "300.00", "charge": "300.00"}],
        claims=[eob],
        statements=[
            on("2025-04-01", "68.00", **figures, patient_paid="0.00", patient_name_as_printed="EXAMPLE, PAT"),
            on("2025-05-20", "0.00", **figures, patient_paid="68.00", number="2"),
        ],
        payments=[{"date": "2025-04-20", "amount": "68.00"}],
    )
    assert {one for one in checks_of(case) if one != "repeat-statement"} == set()
    assert case.all(ClaimLine)


def test_findings_that_rest_on_a_call_name_it() -> None:
    promise = make(Promise, {"text": "Send the itemized bill", "due": "2025-03-10"}, id=1, call_id=1)
    others = [make(Call, {"started": "2025-03-01T10:00"}, id=1), CallBill(id=1, call_id=1, bill_id=1), promise]
    found = findings(one_bill(statements=[on("2025-03-01", "90.00")], others=others))
    assert {one.check: one.call_ids for one in found} == {"promise-overdue": (1,), "summary-only": (1,)}


def test_what_the_insurer_said_before_care_is_recalled_at_a_denial() -> None:
    visit = {"start": "2025-03-04", "answers": {"insurer_said_covered": True}}
    (finding,) = findings(one_bill(visit=visit, claims=[{"status": "denied"}]), "denied-line")
    assert "the insurer said before that this is covered" in finding.explanation
