from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from tests.support.small_cases import amounts, findings, one_bill

CHECK = "balance-moved"


def on(day: str, balance: str | None, **more: str) -> dict[str, str]:
    return {"date": day, **({} if balance is None else {"balance": balance}), **more}


def moved(first: Any, second: Any, *later: Any, **more: Any) -> Case:
    return one_bill(statements=[first, second, *later], **more)


FIRST = on("2025-03-01", "500.00")
PAID = {"date": "2025-03-10", "amount": "100.00"}
WHOLE = {"adjustments": "0.00", "insurer_paid": "0.00", "patient_paid": "0.00"}


def test_a_rise_that_nothing_explains_is_asked_about() -> None:
    (finding,) = findings(moved(FIRST, on("2025-04-01", "620.00")), CHECK)
    assert (finding.level, finding.amount, finding.statement_ids) == ("strong", 12000, (1, 2))
    assert finding.title == (
        "The statement of Apr 1, 2025 asks for $620.00, $120.00 more than the one of Mar 1, 2025, and the papers show "
        "no charge, payment or adjustment in between."
    )


def test_a_payment_that_does_not_bring_the_balance_down_is_asked_about() -> None:
    (finding,) = findings(moved(FIRST, on("2025-04-01", "500.00"), payments=[PAID]), CHECK)
    assert (finding.amount, finding.payment_ids) == (10000, (1,))
    assert finding.explanation.split("\n") == [
        "Balance on Mar 1, 2025: $500.00",
        "− paid by you: $100.00",
        "= to be expected: $400.00",
        "Balance on Apr 1, 2025: $500.00",
        "More than that: $100.00",
    ]


def test_only_the_part_that_figures_do_not_explain_is_the_amount() -> None:
    first = on("2025-03-01", "500.00", total_charges="900.00", adjustments="400.00")
    second = on("2025-04-01", "700.00", total_charges="950.00", adjustments="350.00")
    assert amounts(moved(first, second), CHECK) == ["100.00"]
    assert amounts(moved(first, {**second, "balance": "600.00"}), CHECK) == []


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (moved(FIRST, on("2025-04-01", "500.00")), "a reminder"),
        (moved(FIRST, on("2025-04-01", "400.00"), payments=[PAID]), "explained to the cent"),
        (moved(FIRST, on("2025-04-01", "300.00")), "less is asked"),
        (moved(FIRST, on("2025-04-01", "0.00")), "nothing is asked"),
        (moved(FIRST, on("2025-04-01", None)), "no balance is stated"),
        (one_bill(statements=[on("2025-03-01", "620.00")]), "one statement"),
        (moved(FIRST, on("2025-03-01", "620.00")), "two papers of one day"),
        (moved({**FIRST, "number": "7"}, {**on("2025-03-02", "620.00"), "number": "7"}), "the same paper again"),
        (moved(FIRST, on("2025-03-15", "500.00"), payments=[PAID]), "the payment may have crossed it"),
        (
            moved(FIRST, on("2025-04-01", "600.00"), payments=[{**PAID, "kind": "refund"}]),
            "money came back",
        ),
        (
            moved(FIRST, on("2025-04-01", "580.00"), lines=[{"date": "2025-03-20", "charge": "80.00"}]),
            "care since then",
        ),
        (
            moved(FIRST, on("2025-04-01", "620.00", total_charges="620.00", **WHOLE)),
            "the later one adds up by its own figures",
        ),
        (
            moved(FIRST, on("2025-04-01", "620.00", total_charges="120.00", **WHOLE)),
            "the later one carries the balance on",
        ),
        (moved(FIRST, on("2025-04-01", "620.00"), on("2025-05-01", "500.00")), "it was put back since"),
        (moved(on("2025-03-01", "0.00"), on("2025-04-01", "350.00")), "the first waited for the insurer"),
    ],
)
def test_it_stays_silent_where_the_papers_explain_the_balance(case: Case, why: str) -> None:
    assert amounts(case, CHECK) == [], why


def test_what_the_eobs_leave_may_be_asked_after_a_first_estimate() -> None:
    eob = {"status": "paid", "date": "2025-03-20", "patient_responsibility": "620.00"}
    assert amounts(moved(FIRST, on("2025-04-01", "620.00"), claims=[eob]), CHECK) == []
    assert amounts(moved(FIRST, on("2025-04-01", "630.00"), claims=[eob]), CHECK) == ["130.00"]


def test_a_zero_balance_that_was_paid_for_may_not_come_back() -> None:
    case = moved(
        on("2025-03-01", "0.00"), on("2025-04-01", "350.00"), payments=[{"date": "2025-02-10", "amount": "9.00"}]
    )
    assert amounts(case, CHECK) == ["350.00"]
    self_pay = moved(on("2025-03-01", "0.00"), on("2025-04-01", "350.00"), visit={"self_pay": True})
    assert amounts(self_pay, CHECK) == ["350.00"]


def test_a_payment_that_the_statement_states_as_missing_is_told_once_by_the_other_check() -> None:
    first, second = (on(day, "500.00", patient_paid="0.00") for day in ("2025-03-01", "2025-04-01"))
    case = moved(first, second, payments=[PAID])
    assert [one.check for one in findings(case) if one.amount == 10000] == ["payment-not-credited"]


def test_credits_may_be_printed_with_a_minus_sign() -> None:
    first = on("2025-03-01", "500.00", patient_paid="0.00")
    assert amounts(moved(first, on("2025-04-01", "400.00", patient_paid="-100.00"), payments=[PAID]), CHECK) == []
