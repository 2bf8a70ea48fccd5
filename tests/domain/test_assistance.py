"""The share of the poverty line, the cents of a discount, and the days to call, worked out by hand and by chance."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.assistance_money import assistance_money, discounted
from medbills_desktop.domain.assistance_way import NEXT_STATES, STATE, STATE_TONE, next_call, still_usual
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.poverty_share import poverty_shares, share_sentence, what_is_missing, years_note
from medbills_desktop.domain.records import (
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    CallBill,
    Organization,
    Payment,
    Record,
    Statement,
)

DAY = date(2026, 3, 2)


def case(*records: Record) -> Case:
    hospital = Organization(id=1, name="Prairie Hospital", kind="hospital")
    return case_of(
        (hospital, Organization(id=2, name="Other", kind="other"), Bill(id=1, biller_id=1, person_id=1), *records)
    )


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 1, 12), 2025), (date(2026, 1, 13), 2026), (date(2027, 6, 1), 2026), (date(2024, 1, 1), 0)],
)
def test_the_guideline_in_force_on_a_day_is_marked(day: date, year: int) -> None:
    found = poverty_shares("IL", 2, Cents(20_000_00), day)
    assert [one.guideline.year for one in found] == [2026, 2025]
    assert [one.guideline.year for one in found if one.in_force] == ([year] if year else [])


def test_each_area_has_its_own_line_and_a_territory_none() -> None:
    assert [one.line for one in poverty_shares("AK", 4, None, DAY)] == [41_250_00, 40_190_00]
    assert [one.line for one in poverty_shares("hi", 1, None, DAY)] == [18_360_00, 17_990_00]
    assert poverty_shares("PR", 1, None, DAY) == ()
    assert "No federal guideline is issued" in years_note("PR", DAY)
    assert "may be out by now" in years_note("IL", date(2027, 2, 1))
    assert "had" not in years_note("IL", DAY)


def test_what_is_missing_is_named_and_nothing_is_guessed() -> None:
    assert what_is_missing(None, None) == ("how many people live in the household", "the income of a year")
    assert what_is_missing(1, Cents(0)) == ()
    assert poverty_shares("IL", None, Cents(1), DAY) == poverty_shares("IL", 0, Cents(1), DAY) == ()
    only_line = poverty_shares("IL", 1, None, DAY)[0]
    assert only_line.percent is None
    assert share_sentence(only_line) == "2026, 48 states and DC: the line for 1 person is $15,960.00 a year."


@given(st.integers(1, 40), st.integers(0, 10**10), st.sampled_from(("IL", "AK", "HI", None)))
def test_a_share_is_exact_and_never_rounded_up(household: int, income: int, state: str | None) -> None:
    for one in poverty_shares(state, household, Cents(income), DAY):
        assert one.percent is not None
        exact = Fraction(income * 100, one.line)
        assert 0 <= exact - Fraction(one.percent) < Fraction(1, 10)


@given(st.integers(0, 10**12), st.decimals(0, 100, places=4))
def test_what_is_taken_off_and_what_is_left_are_the_whole(base: int, percent: Decimal) -> None:
    found = discounted(Cents(base), percent)
    assert found.off + found.left == base
    assert 0 <= found.off <= base
    assert abs(Fraction(found.off) - Fraction(base) * Fraction(percent) / 100) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("base", "percent", "off"), [(101, "50", 51), (1_998_82, "15", 299_82), (0, "75", 0), (36_000_00, "100", 36_000_00)]
)
def test_discounts_by_hand(base: int, percent: str, off: int) -> None:
    assert discounted(Cents(base), Decimal(percent)).off == off


@pytest.mark.parametrize(("base", "percent"), [(100, "100.01"), (100, "-1"), (-1, "50")])
def test_a_discount_that_can_not_be_is_refused(base: int, percent: str) -> None:
    with pytest.raises(ValueError, match="discount"):
        discounted(Cents(base), Decimal(percent))


@given(
    st.integers(-10_000, 10**8),
    st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 200), st.booleans()), max_size=4),
    st.decimals(0, 100, places=2),
    st.none() | st.integers(0, 10**6),
)
def test_what_is_left_and_what_comes_back_agree_with_what_was_paid(
    balance: int, payments: list[tuple[int, int, bool]], percent: Decimal, credited: int | None
) -> None:
    paid = [
        Payment(
            id=at,
            bill_id=1,
            date=DAY + timedelta(days - 100),
            amount=Cents(amount),
            kind="refund" if back else "payment",
        )
        for at, (amount, days, back) in enumerate(payments, 1)
    ]
    statement = Statement(
        id=1, bill_id=1, date=DAY, balance=Cents(balance), patient_paid=None if credited is None else Cents(credited)
    )
    found = assistance_money(case(statement, *paid), 1, percent)
    assert found is not None
    assert found.to_pay - found.back == found.on_whole.left - found.paid
    assert not (found.to_pay and found.back)
    assert found.on_balance.base == max(0, balance)


def test_money_that_the_insurer_sent_is_not_the_hospitals_to_give_back() -> None:
    statement = Statement(id=1, bill_id=1, date=DAY, balance=Cents(500_00))
    paid = Payment(id=1, bill_id=1, date=date(2026, 1, 1), amount=Cents(300_00))
    sent = Payment(id=2, bill_id=1, date=date(2026, 1, 9), amount=Cents(100_00), kind="reimbursement")
    found = assistance_money(case(statement, paid, sent), 1, Decimal(75))
    assert found is not None
    assert (found.on_whole.base, found.paid, found.back) == (800_00, 300_00, 100_00)
    assert found.on_balance.left == 125_00
    assert assistance_money(case(paid), 1, Decimal(75)) is None
    assert assistance_money(case(statement), 1, None) is None


def call(number: int, day: date, whom: int = 1) -> tuple[Call, CallBill]:
    return Call(id=number, started=Moment(day), organization_id=whom), CallBill(id=number, call_id=number, bill_id=1)


def application(**values: Any) -> Assistance:
    return Assistance(**{"id": 1, "bill_id": 1, "applied": DAY, "status": "applied", **values})


@pytest.mark.parametrize(
    ("calls", "first", "last"),
    [
        ((), date(2026, 3, 23), None),
        (((date(2026, 3, 5), 1),), date(2026, 3, 23), date(2026, 3, 23)),
        (((date(2026, 3, 20), 1),), date(2026, 3, 27), date(2026, 4, 3)),
        (((date(2026, 3, 24), 1), (date(2026, 4, 1), 1)), date(2026, 4, 8), date(2026, 4, 15)),
        (((date(2026, 3, 24), 2),), date(2026, 3, 23), None),
        (((date(2026, 3, 1), 1),), date(2026, 3, 23), None),
    ],
)
def test_the_next_call_is_three_weeks_after_applying_then_every_one_to_two(
    calls: tuple[tuple[date, int], ...], first: date, last: date | None
) -> None:
    records = [record for at, (day, whom) in enumerate(calls, 1) for record in call(at, day, whom)]
    one = application()
    found = next_call(case(one, *records), one)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "values", [{"applied": None}, {"status": "denied"}, {"decided": date(2026, 3, 9)}, {"status": "considering"}]
)
def test_no_call_where_nothing_waits(values: dict[str, Any]) -> None:
    one = application(**values)
    assert next_call(case(one), one) is None


def test_every_state_has_its_words_and_leads_on() -> None:
    assert set(STATE) == set(STATE_TONE) == set(NEXT_STATES)
    assert all(step in STATE for steps in NEXT_STATES.values() for step in steps)


def test_a_usual_paper_that_is_on_the_list_is_not_offered_again() -> None:
    held = AssistancePaper(id=1, assistance_id=1, text="the last  TAX return")
    assert "The last tax return" not in still_usual([held])
    assert len(still_usual([held])) == len(still_usual([])) - 1
