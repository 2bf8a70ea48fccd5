"""What a dispute has come to, derived from the records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from medbills_desktop.domain.outcome import outcome, outcome_history
from medbills_desktop.domain.progress import progress
from medbills_desktop.exchange.case_reading import read_case
from tests.support.small_cases import one_bill


def test_twenty_five_thousand_came_to_two_thousand_eight_hundred_thirty_two() -> None:
    """Scenario S28."""
    case = one_bill(
        statements=[{"date": "2025-01-01", "balance": "25000.00"}],
        offers=[
            {"date": "2025-02-01", "amount": "1500.00", "direction": "from_me", "status": "countered"},
            {"date": "2025-03-01", "amount": "2832.00", "direction": "from_them", "status": "accepted"},
        ],
    )
    found = outcome(case, 1)
    assert found is not None
    assert (found.less, found.percent) == (22168_00, Decimal("88.7"))
    assert found.sentence == "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %) once it is settled."
    assert [(step.kind, step.amount) for step in outcome_history(case, 1)] == [
        ("asked", 25000_00),
        ("from_me", 1500_00),
        ("agreed", 2832_00),
    ]


def test_fifteen_percent_off_the_colonoscopy(shared: Path) -> None:
    """Scenario S8: 1,998.82 less 1,699.00 is 299.82."""
    case = read_case((shared / "cases" / "settled-then-collected" / "case.json").read_bytes())
    found = outcome(case, 1)
    assert found is not None
    assert (found.less, found.percent) == (299_82, Decimal("15.0"))


def test_a_payment_makes_no_bill_cheaper() -> None:
    statements = [{"date": "2025-01-01", "balance": "1000.00"}, {"date": "2025-04-01", "balance": "400.00"}]
    paid = one_bill(statements=statements, payments=[{"amount": "600.00", "date": "2025-02-01"}])
    assert outcome(paid, 1) is None
    cheaper = outcome(one_bill(statements=statements), 1)
    assert cheaper is not None
    assert cheaper.less == 600_00


def test_a_bill_that_is_done_has_come_to_what_was_paid() -> None:
    statements = [{"date": "2025-01-01", "balance": "1000.00"}, {"date": "2025-04-01", "balance": "0.00"}]
    payments = [
        {"amount": "500.00", "date": "2025-02-01"},
        {"amount": "100.00", "kind": "refund", "date": "2025-03-01"},
    ]
    found = outcome(one_bill(bill={"status": "paid"}, statements=statements, payments=payments), 1)
    assert found is not None
    assert (found.basis, found.now) == ("paid", 400_00)


def test_more_than_was_asked_first_is_said_as_more() -> None:
    case = one_bill(
        statements=[{"date": "2025-01-01", "balance": "100.00"}, {"date": "2025-04-01", "balance": "150.00"}]
    )
    found = outcome(case, 1)
    assert found is not None
    assert found.sentence == "Asked $100.00 → asked now $150.00: $50.00 more (50.0 %)."


def test_nothing_is_said_where_the_records_say_nothing() -> None:
    assert outcome(one_bill(), 1) is None
    assert outcome(one_bill(statements=[{}]), 1) is None
    assert outcome(one_bill(statements=[{"balance": "0.00"}]), 1) is None
    assert outcome(one_bill(statements=[{"balance": "10.00"}]), 1) is None
    assert outcome_history(one_bill(), 1) == ()


def test_a_statement_that_asks_for_the_same_again_is_no_step() -> None:
    same = [{"date": f"2025-0{month}-01", "balance": "100.00"} for month in (1, 2, 3)]
    assert len(outcome_history(one_bill(statements=same), 1)) == 1


AGREED = {"date": "2025-03-01", "amount": "500.00", "direction": "from_them", "status": "accepted"}


def test_an_agreement_counts_once_the_bill_is_settled_with_what_was_paid_before_it() -> None:
    known = {
        "statements": [{"date": "2025-01-01", "balance": "1000.00"}],
        "payments": [{"date": "2025-02-01", "amount": "200.00"}, {"date": "2025-03-05", "amount": "500.00"}],
        "offers": [AGREED],
    }
    waiting, done = outcome(one_bill(**known), 1), outcome(one_bill(bill={"status": "settled"}, **known), 1)
    assert waiting is not None
    assert done is not None
    words = "Asked $1,000.00 → agreed $500.00 and $200.00 paid before: $300.00 less (30.0 %)"
    assert (waiting.sentence, waiting.off) == (f"{words} once it is settled.", 0)
    assert (done.sentence, done.off) == (f"{words}.", 300_00)


def test_what_the_first_statement_credits_already_is_not_paid_toward_it_again() -> None:
    statements = [
        {"date": "2025-01-01", "balance": "800.00", "patient_paid": "200.00"},
        {"date": "2025-04-01", "balance": "500.00", "patient_paid": "400.00"},
    ]
    found = outcome(one_bill(statements=statements), 1)
    assert found is not None
    assert found.sentence == "Asked $800.00 → asked now $700.00: $100.00 less (12.5 %)."
    payments = [{"date": "2024-12-01", "amount": "200.00"}, {"date": "2025-02-01", "amount": "300.00"}]
    done = outcome(one_bill(bill={"status": "paid"}, statements=statements[:1], payments=payments), 1)
    assert done is not None
    assert (done.now, done.less) == (300_00, 500_00)


@pytest.mark.parametrize("status", [None, "disputed", "settled", "paid", "closed"])
@pytest.mark.parametrize("offers", [[], [AGREED]])
@pytest.mark.parametrize("credited", [{}, {"patient_paid": "200.00"}])
def test_today_takes_off_what_the_offers_tab_does(
    status: str | None, offers: list[dict[str, str]], credited: dict[str, str]
) -> None:
    case = one_bill(
        bill={"status": status},
        statements=[
            {"date": "2025-01-01", "balance": "1000.00"},
            {"date": "2025-02-20", "balance": "700.00", **credited},
        ],
        payments=[{"date": "2025-01-20", "amount": "200.00"}, {"date": "2025-03-05", "amount": "300.00"}],
        offers=offers,
    )
    found = outcome(case, 1)
    assert found is not None
    pending = bool(offers) and status in (None, "disputed")
    assert progress(case, date(2025, 6, 1)).today.off == (100_00 if pending else found.off)
