"""The history of statements: what changed, and the first that leaves the EOBs."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money_views import money_views
from medbills_desktop.domain.statement_history import statement_history
from tests.support.small_cases import one_bill


def says(day: str, **figures: str) -> dict[str, Any]:
    return {"date": day, **figures}


SHARE = {"status": "paid", "date": "2025-02-10", "patient_responsibility": "200.00"}
PAPERS = [
    says("2025-01-05", total_charges="900.00", balance="900.00"),
    says("2025-03-01", total_charges="900.00", adjustments="400.00", insurer_paid="300.00", balance="200.00"),
    says("2025-04-01", total_charges="960.00", adjustments="400.00", insurer_paid="300.00", balance="260.00"),
    says("2025-05-01", balance="310.00"),
]


def test_each_statement_says_what_changed_since_the_one_before() -> None:
    steps = statement_history(one_bill(statements=PAPERS, claims=[SHARE]), 1)
    assert [step.changed for step in steps] == [
        "First statement",
        "Adjustments $400.00, not stated before; insurer paid $300.00, not stated before; asked −$700.00",
        "Charges +$60.00; asked +$60.00",
        "Asked +$50.00; not stated any more: charges, adjustments, insurer paid",
    ]


def test_only_the_first_that_differs_is_marked_and_none_from_before_the_eob() -> None:
    steps = statement_history(one_bill(statements=list(reversed(PAPERS)), claims=[SHARE]), 1)
    assert [step.compared for step in steps] == ["Before the EOB", "Agrees", "$60.00 more", "$110.00 more"]
    assert [step.parts_here for step in steps] == [False, False, True, False]


def test_nothing_is_compared_while_a_claim_is_pending_or_no_share_is_known() -> None:
    for claims in ([], [SHARE, {"status": "pending"}], [{"status": "paid"}]):
        steps = statement_history(one_bill(statements=PAPERS, claims=claims), 1)
        assert {(step.gap, step.compared, step.parts_here) for step in steps} == {(None, "", False)}


def test_the_same_figures_again_are_called_so() -> None:
    steps = statement_history(one_bill(statements=[PAPERS[0], {**PAPERS[0], "date": "2025-02-01"}]), 1)
    assert [step.changed for step in steps] == ["First statement", "Same figures"]


CENTS = st.integers(0, 99_999).map(lambda cents: f"{cents / 100:.2f}")


@given(st.lists(CENTS, min_size=1, max_size=5), CENTS, st.lists(CENTS, max_size=2))
def test_the_last_statement_has_the_difference_of_the_money_page(
    balances: list[str], share: str, paid: list[str]
) -> None:
    case = one_bill(
        statements=[says(f"2025-0{n}-01", balance=balance) for n, balance in enumerate(balances, 1)],
        claims=[{"status": "paid", "patient_responsibility": share}],
        payments=[{"date": "2024-12-01", "amount": amount} for amount in paid],
    )
    steps = statement_history(case, 1)
    assert steps[-1].gap == money_views(case, 1).difference.amount
    marked = [number for number, step in enumerate(steps) if step.parts_here]
    assert marked == [number for number, step in enumerate(steps) if step.gap][:1]
