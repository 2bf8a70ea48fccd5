from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.checks import Finding
from medbills_desktop.domain.records import Call, CallBill, Promise, Record
from tests.support.small_cases import amounts, findings, make, one_bill

PROMISES = "promise-overdue"
PLANS = "installments-vs-balance"


def call(*promises: dict[str, Any], bill_id: int = 1) -> list[Record]:
    records: list[Record] = [make(Call, {"started": "2025-04-02T10:30", "representative": "A. Clerk"}, id=1)]
    records.append(CallBill(id=1, call_id=1, bill_id=bill_id))
    for at, given in enumerate(promises, 1):
        records.append(make(Promise, {"text": "Refund within a week", **given}, id=at, call_id=1))
    return records


def promised(today: date = date(2025, 6, 1), **given: Any) -> list[Finding]:
    return findings(one_bill(others=call(given)), PROMISES, today)


def test_a_promise_that_passed_its_day_is_brought_up() -> None:
    (finding,) = promised(due="2025-05-20", status="open")
    assert (finding.level, finding.amount, finding.call_ids) == ("strong", None, (1,))
    assert (
        finding.title
        == "A promise was due on May 20, 2025, 12 days ago, and is not noted as kept: “Refund within a week”."
    )
    assert "A. Clerk promised" in finding.explanation
    assert promised(due="2025-05-20", status="broken")
    assert promised(due="2025-05-31")


@pytest.mark.parametrize("given", [{"due": "2025-05-20", "status": "kept"}, {"due": "2025-06-01"}, {"status": "open"}])
def test_a_promise_that_is_kept_or_not_yet_due_or_has_no_day_is_left_alone(given: dict[str, str]) -> None:
    assert promised(**given) == []


def test_the_finding_on_a_promise_stays_the_same_from_day_to_day() -> None:
    first, later = (promised(day, due="2025-05-20")[0] for day in (date(2025, 5, 21), date(2025, 8, 1)))
    assert first.fingerprint == later.fingerprint


OFFER = {"amount": "90.00", "date": "2025-03-01", "status": "accepted", "written_confirmation": False}
UNKNOWN = {name: value for name, value in OFFER.items() if name != "written_confirmation"}
PAID = {"amount": "90.00", "date": "2025-03-02"}


def test_a_settlement_that_is_paid_needs_a_confirmation_in_writing() -> None:
    (finding,) = findings(one_bill(offers=[OFFER], payments=[PAID]), PROMISES)
    assert (finding.level, finding.amount, finding.payment_ids) == ("strong", None, (1,))
    assert "nothing is owed any more" in finding.explanation


@pytest.mark.parametrize(
    ("offer", "payment", "why"),
    [
        ({**OFFER, "written_confirmation": True}, PAID, "confirmed"),
        (UNKNOWN, PAID, "nobody noted whether it was"),
        ({**OFFER, "status": "open"}, PAID, "not accepted"),
        (OFFER, {**PAID, "date": "2025-02-28"}, "paid before the offer"),
        (OFFER, {**PAID, "kind": "refund"}, "money that came back"),
    ],
)
def test_a_settlement_that_is_confirmed_or_not_paid_is_left_alone(offer: Any, payment: Any, why: str) -> None:
    assert findings(one_bill(offers=[offer], payments=[payment]), PROMISES) == [], why


def plan(amount: str, number: int, each: str, **more: Any) -> list[str | None]:
    offer = {"amount": amount, "installments": number, "installment_amount": each, **more}
    return amounts(one_bill(offers=[offer]), PLANS)


def test_installments_that_do_not_make_up_the_amount_are_shown() -> None:
    assert plan("550124.00", 12, "45843.00") == ["8.00"]
    assert plan("100.00", 3, "35.00") == ["5.00"]
    assert plan("100.00", 3, "33.30") == ["0.10"]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (("120.00", 12, "10.00", {}), "they agree"),
        (("100.00", 3, "33.33", {}), "rounded to the cent"),
        (("100.00", 3, "33.34", {}), "rounded up to the cent"),
        (("100.00", 3, "30.00", {"conditions": "last payment $40.00"}), "the last one is given"),
        (("1100.00", 2, "50.00", {"conditions": "then 1,050 at once"}), "the last one is given in whole dollars"),
        (("100.00", 3, "35.00", {"status": "declined"}), "the offer is over"),
    ],
)
def test_a_plan_that_agrees_or_is_over_is_left_alone(given: Any, why: str) -> None:
    amount, number, each, more = given
    assert plan(amount, number, each, **more) == [], why


def test_a_plan_without_all_its_figures_is_left_alone() -> None:
    assert amounts(one_bill(offers=[{"amount": "100.00", "installments": 3}]), PLANS) == []
    assert amounts(one_bill(offers=[{"amount": "100.00", "installment_amount": "1.00"}]), PLANS) == []


def test_a_plan_says_how_the_sum_was_worked_out() -> None:
    offer = {"amount": "550124.00", "date": "2025-02-01", "installments": 12, "installment_amount": "45843.00"}
    (finding,) = findings(one_bill(offers=[offer]), PLANS)
    assert finding.level == "info"
    assert finding.explanation.split("\n")[0] == "12 × $45,843.00: $550,116.00"
