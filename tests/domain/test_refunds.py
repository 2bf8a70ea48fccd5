"""Money due back: from what was paid beyond a recorded figure or a stated credit, and from nothing else."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents, decimal_text
from medbills_desktop.domain.refunds import MoneyDueBack, due_back
from tests.support.small_cases import one_bill

EOB = {
    "date": "2025-01-05",
    "billed": "500.00",
    "allowed": "300.00",
    "plan_paid": "200.00",
    "patient_responsibility": "100.00",
    "status": "paid",
}


def found(**given: Any) -> MoneyDueBack | None:
    return due_back(one_bill(**given), 1)


def test_what_was_paid_beyond_the_share_is_due_and_partial_refunds_count() -> None:
    payments = [{"amount": "250.00"}, {"amount": "60.00", "kind": "refund"}, {"amount": "-10.00"}]
    one = found(claims=[EOB], payments=payments)
    assert one is not None
    assert (one.basis, one.due, one.refunded, one.reimbursed, one.outstanding) == ("share", 150_00, 70_00, 0, 80_00)
    assert one.sentence == ("$150.00 was paid beyond your share by the EOBs. $70.00 came back. $80.00 is still due.")


def test_nothing_is_due_without_a_fact_that_says_so() -> None:
    assert found(payments=[{"amount": "250.00"}]) is None
    assert found(claims=[EOB], payments=[{"amount": "100.00"}]) is None
    assert found(claims=[{**EOB, "status": "pending"}], payments=[{"amount": "250.00"}]) is None
    assert found(claims=[EOB]) is None
    assert found(payments=[{"amount": "20.00", "kind": "refund"}]) is None


def test_a_stated_credit_is_due_until_it_came_back_after_that_statement() -> None:
    statements = [{"date": "2025-05-01", "balance": "-40.00"}]
    one = found(statements=statements)
    assert one is not None
    assert (one.basis, one.outstanding) == ("credit", 40_00)
    before = found(statements=statements, payments=[{"amount": "40.00", "kind": "refund", "date": "2025-04-30"}])
    assert before is not None
    assert before.outstanding == 40_00
    after = found(statements=statements, payments=[{"amount": "40.00", "kind": "refund", "date": "2025-05-01"}])
    assert after is not None
    assert after.outstanding == 0
    assert after.sentence == "The latest statement states a credit of $40.00. It came back."


def test_more_than_agreed_is_due_back_whatever_was_paid_before_the_agreement() -> None:
    agreed = [{"amount": "400.00", "status": "accepted", "date": "2025-02-01"}]
    assert found(offers=agreed, payments=[{"amount": "900.00", "date": "2025-01-31"}]) is None
    one = found(offers=agreed, payments=[{"amount": "450.00", "date": "2025-02-01"}])
    assert one is not None
    assert (one.basis, one.due) == ("agreed", 50_00)


def test_the_insurers_part_is_named_where_the_statement_says_that_the_plan_paid_the_biller_nothing() -> None:
    payments = [{"amount": "300.00"}]
    uncredited = [{"insurer_paid": "0.00", "balance": "0.00"}]
    one = found(claims=[EOB], payments=payments, statements=uncredited)
    assert one is not None
    assert (one.outstanding, one.reimbursement) == (200_00, 200_00)
    assert "ask the insurer" in one.sentence
    reimbursed = [*payments, {"amount": "150.00", "kind": "reimbursement"}]
    part = found(claims=[EOB], payments=reimbursed, statements=uncredited)
    assert part is not None
    assert (part.outstanding, part.reimbursement) == (50_00, 50_00)
    silent = found(claims=[EOB], payments=payments, statements=[{"balance": "0.00"}])
    assert silent is not None
    assert silent.reimbursement is None


@given(st.lists(st.tuples(st.integers(-(10**8), 10**8), st.sampled_from((None, "payment", "refund", "reimbursement")))))
def test_what_is_outstanding_is_never_below_zero_and_never_above_what_was_paid(
    moved: list[tuple[int, str | None]],
) -> None:
    payments = [{"amount": decimal_text(Cents(amount)), "kind": kind} for amount, kind in moved]
    one = found(claims=[EOB], payments=payments)
    if one is None:
        return
    assert 0 <= one.outstanding <= one.due
    assert one.due <= sum(amount for amount, _ in moved if amount > 0)
