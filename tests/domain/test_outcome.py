"""What a dispute has come to, derived from the records."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from medbills_desktop.domain.outcome import outcome, outcome_history
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
    assert found.sentence == "Asked $25,000.00 → agreed $2,832.00: $22,168.00 less (88.7 %)."
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
