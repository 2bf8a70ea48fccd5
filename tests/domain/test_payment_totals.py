"""Tax-year totals: every payment is in exactly one year of exactly one patient, and all of them add up."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.paid import paid_in_all
from medbills_desktop.domain.payment_totals import PaidFor, year_totals
from medbills_desktop.domain.records import Payment

rows = st.lists(
    st.builds(
        lambda day, amount, kind, person: PaidFor(
            Payment(bill_id=1, date=day, amount=Cents(amount), kind=kind), person, f"Patient {person}"
        ),
        st.dates(date(2019, 12, 1), date(2026, 2, 1)),
        st.integers(-(10**9), 10**9),
        st.sampled_from((None, "payment", "refund", "reimbursement")),
        st.integers(1, 3),
    ),
    max_size=30,
)


def paid(day: date, amount: int, kind: str | None = None, person: int = 1) -> PaidFor:
    payment = Payment(bill_id=1, date=day, amount=Cents(amount), kind=kind)  # type: ignore[arg-type]
    return PaidFor(payment, person, {1: "Ana Ruiz", 2: "Ben Ruiz"}[person])


def test_the_year_is_that_of_the_payments_day_and_refunds_of_a_later_year_stay_there() -> None:
    totals = year_totals(
        [
            paid(date(2024, 12, 31), 100_00),
            paid(date(2025, 1, 1), 50_00),
            paid(date(2025, 2, 1), 30_00, "refund"),
            paid(date(2025, 2, 1), 20_00, "reimbursement"),
            paid(date(2025, 3, 1), -5_00),
        ]
    )
    assert [(one.year, one.paid, one.refunds, one.reimbursements, one.net, one.count) for one in totals] == [
        (2025, 50_00, 35_00, 20_00, -5_00, 4),
        (2024, 100_00, 0, 0, 100_00, 1),
    ]


def test_several_patients_have_a_row_each_and_one_together() -> None:
    totals = year_totals([paid(date(2025, 1, 1), 50_00), paid(date(2025, 1, 1), 70_00, person=2)])
    assert [(one.person_id, one.patient, one.paid) for one in totals] == [
        (1, "Ana Ruiz", 50_00),
        (2, "Ben Ruiz", 70_00),
        (None, "", 120_00),
    ]


def test_nothing_entered_has_no_total() -> None:
    assert year_totals([]) == ()


@given(rows)
def test_all_totals_together_are_everything_that_was_entered(some: list[PaidFor]) -> None:
    totals = year_totals(some)
    apart = [one for one in totals if one.person_id is not None]
    assert sum(one.net for one in apart) == (paid_in_all(row.payment for row in some) or 0)
    assert sum(one.count for one in apart) == len(some)
    for together in (one for one in totals if one.person_id is None):
        same_year = [one for one in apart if one.year == together.year]
        assert len(same_year) > 1
        for name in ("paid", "refunds", "reimbursements", "net", "count"):
            assert getattr(together, name) == sum(getattr(one, name) for one in same_year)
    assert all(min(one.paid, one.refunds, one.reimbursements) >= 0 for one in totals)
    assert [one.year for one in totals] == sorted((one.year for one in totals), reverse=True)
