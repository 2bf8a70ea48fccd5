from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_cases import amounts, findings, one_bill

CHECK = "payment-not-credited"
EOB = {
    "status": "paid",
    "network": "in",
    "billed": "500.00",
    "allowed": "300.00",
    "plan_paid": "240.00",
    "patient_responsibility": "60.00",
}


def crediting(patient_paid: str | None = "0.00", balance: str | None = "60.00", **more: Any) -> dict[str, Any]:
    stated = {"patient_paid": patient_paid, "balance": balance, "total_charges": "500.00", "date": "2025-05-01", **more}
    return {name: value for name, value in stated.items() if value is not None}


def paid(amount: str, day: str = "2025-04-01", **more: Any) -> dict[str, Any]:
    return {"amount": amount, "date": day, **more}


def found(*payments: Any, statement: Any = None, **given: Any) -> list[str | None]:
    statements = [crediting()] if statement is None else statement
    return amounts(one_bill(statements=statements, payments=payments, **given), CHECK)


def test_a_payment_that_the_latest_statement_leaves_out_is_asked_about() -> None:
    case = one_bill(statements=[crediting()], payments=[paid("20.00"), paid("30.00")])
    (finding,) = findings(case, CHECK)
    assert (finding.level, finding.amount, finding.payment_ids) == ("strong", 5000, (1, 2))
    assert finding.title == (
        "You paid $50.00 before the statement of May 1, 2025, which credits you with $0.00: $50.00 less."
    )
    assert found(paid("50.00"), statement=[crediting("20.00")]) == ["30.00"]
    assert found(paid("50.00"), paid("50.00", kind="reimbursement")) == ["50.00"]


@pytest.mark.parametrize(
    ("payments", "statement", "why"),
    [
        ([paid("50.00")], [crediting("50.00")], "credited"),
        ([paid("50.00")], [crediting("-50.00")], "credited with a minus sign"),
        ([paid("50.00")], [crediting("80.00")], "more is credited than was entered"),
        ([paid("50.00")], [crediting(None)], "the statement doesn't state it"),
        (
            [paid("50.00")],
            [crediting("0.00", date="2025-02-01"), crediting(None)],
            "the latest doesn't state it",
        ),
        ([paid("50.00", "2025-05-02")], None, "paid after the statement"),
        ([paid("50.00"), paid("50.00", kind="refund")], None, "paid back"),
        ([paid("50.00"), paid("-50.00")], None, "taken back"),
        ([paid("50.00", kind="reimbursement")], None, "money from the insurer"),
        ([], None, "nothing paid"),
        ([paid("50.00")], [], "no statement"),
    ],
)
def test_it_stays_silent_where_payments_are_credited_or_not_known(payments: Any, statement: Any, why: str) -> None:
    assert found(*payments, statement=statement) == [], why


def test_a_payment_of_the_last_ten_days_is_for_information() -> None:
    for day, level in (("2025-04-20", "strong"), ("2025-04-21", "info"), ("2025-05-01", "info")):
        case = one_bill(statements=[crediting()], payments=[paid("50.00", day)])
        assert [(one.level, one.amount) for one in findings(case, CHECK)] == [(level, 5000)], day


def test_a_refund_is_due_where_insurer_and_patient_paid_more_than_is_allowed() -> None:
    case = one_bill(statements=[crediting("100.00", "0.00")], claims=[EOB], payments=[paid("100.00")])
    (finding,) = findings(case, CHECK)
    assert (finding.level, finding.amount, finding.claim_ids) == ("strong", 4000, (1,))
    assert "= due back: $40.00" in finding.explanation
    assert "When will the refund be sent?" in finding.ask


def test_what_is_not_credited_and_due_back_is_one_finding() -> None:
    case = one_bill(statements=[crediting("0.00")], claims=[EOB], payments=[paid("100.00")])
    (finding,) = findings(case, CHECK)
    assert finding.amount == 10000
    assert finding.title.endswith("$100.00 less, and $40.00 may be due back.")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"network": "out"}, "out of network more may be charged"),
        ({"status": "pending"}, "not decided yet"),
        ({"billed": "400.00"}, "the EOB is for a part of the bill"),
        ({"not_covered": "40.00"}, "something was not covered"),
        ({"patient_responsibility": "100.00"}, "the share is larger"),
        ({"allowed": "400.00"}, "more is allowed"),
    ],
)
def test_no_refund_is_supposed_where_more_may_have_been_due(change: dict[str, str], why: str) -> None:
    given = {"statement": [crediting("100.00", "0.00")], "claims": [{**EOB, **change}]}
    assert found(paid("100.00"), **given) == [], why


def test_other_insurance_counts_and_a_claim_that_is_pending_leaves_it_open() -> None:
    given = {"statement": [crediting("100.00", "0.00")]}
    other = {**EOB, "plan_paid": "200.00", "other_insurance_paid": "40.00"}
    assert found(paid("100.00"), claims=[other], **given) == ["40.00"]
    assert found(paid("100.00"), claims=[EOB, {"status": "pending"}], **given) == []


def test_money_that_was_sent_on_from_the_insurer_is_not_counted_twice() -> None:
    sent = paid("240.00", kind="reimbursement")
    assert found(paid("300.00"), sent, statement=[crediting("300.00", "0.00")], claims=[EOB]) == []
