"""The three figures and their months: from papers only, carried on, never invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.progress import MOST_MONTHS, NO_FIGURES, Figures, progress
from medbills_desktop.domain.records import Bill, Offer, Organization, Payment, Person, Record, Statement

TODAY = date(2026, 3, 20)
USUAL: tuple[Record, ...] = (Organization(id=1, name="Lakeside", kind="hospital"), Person(id=1, name="A. Patient"))
BILL = Bill(id=1, biller_id=1, person_id=1)


def statement(number: int, day: date, balance: int | None, charges: int | None = None, bill_id: int = 1) -> Statement:
    known = {"balance": balance, "total_charges": charges}
    cents = {name: None if value is None else Cents(value) for name, value in known.items()}
    return Statement(id=number, bill_id=bill_id, date=day, **cents)


def case(*records: Record) -> Case:
    return case_of((*USUAL, *records))


def test_nothing_known_is_nothing_and_not_zero() -> None:
    assert progress(case(), TODAY) == progress(case(), TODAY)
    empty = progress(case(BILL), TODAY)
    assert (empty.today, empty.months, empty.bills, empty.without) == (NO_FIGURES, (), 1, 1)


def test_each_month_has_the_figures_of_its_end_and_a_quiet_month_those_before() -> None:
    found = progress(
        case(
            BILL,
            statement(1, date(2025, 11, 30), 100_000, 120_000),
            statement(2, date(2026, 2, 1), 60_000),
        ),
        TODAY,
    )
    first = Figures(Cents(120_000), Cents(100_000), Cents(0))
    later = Figures(Cents(120_000), Cents(60_000), Cents(40_000))
    assert [(one.first.isoformat(), one.figures) for one in found.months] == [
        ("2025-11-01", first),
        ("2025-12-01", first),
        ("2026-01-01", first),
        ("2026-02-01", later),
        ("2026-03-01", later),
    ]
    assert found.today == later


def test_a_statement_of_a_leap_day_and_of_new_years_eve_counts_in_its_own_month() -> None:
    records = (BILL, statement(1, date(2023, 12, 31), 5_000), statement(2, date(2024, 2, 29), 3_000))
    found = {one.first: one.figures.asked for one in progress(case(*records), date(2024, 3, 1)).months}
    assert found == {
        date(2023, 12, 1): 5_000,
        date(2024, 1, 1): 5_000,
        date(2024, 2, 1): 3_000,
        date(2024, 3, 1): 3_000,
    }


def test_what_was_paid_is_not_taken_off() -> None:
    records = (
        BILL,
        statement(1, date(2026, 1, 5), 100_000),
        Payment(id=1, bill_id=1, date=date(2026, 1, 20), amount=Cents(40_000)),
        statement(2, date(2026, 2, 5), 50_000),
    )
    assert progress(case(*records), TODAY).today == Figures(None, Cents(50_000), Cents(10_000))
    later = Payment(id=2, bill_id=1, date=date(2026, 3, 1), amount=Cents(50_000))
    assert progress(case(*records, later), TODAY).today.off == 10_000


def test_a_bill_for_which_more_is_asked_takes_nothing_off_from_others() -> None:
    other = replace(BILL, id=2)
    records = (
        statement(1, date(2026, 1, 5), 100_000),
        statement(2, date(2026, 2, 5), 150_000),
        statement(3, date(2026, 1, 5), 80_000, bill_id=2),
        statement(4, date(2026, 2, 5), 50_000, bill_id=2),
    )
    assert progress(case(BILL, other, *records), TODAY).today == Figures(None, Cents(200_000), Cents(30_000))


def test_a_settled_bill_asks_for_nothing_and_counts_what_was_agreed_off() -> None:
    settled = replace(BILL, status="settled")
    agreed = Offer(id=1, bill_id=1, date=date(2026, 2, 1), amount=Cents(2_832_00), status="accepted")
    paid = Payment(id=1, bill_id=1, date=date(2026, 2, 10), amount=Cents(2_832_00))
    found = progress(case(settled, statement(1, date(2026, 1, 5), 25_000_00), agreed, paid), TODAY)
    assert found.today == Figures(None, Cents(0), Cents(22_168_00))


def test_a_bill_that_is_only_marked_as_paid_claims_nothing_taken_off() -> None:
    done = replace(BILL, status="paid")
    found = progress(case(done, statement(1, date(2026, 1, 5), 25_000)), TODAY)
    assert found.today == Figures(None, Cents(0), Cents(0))


def test_lines_stand_in_for_a_total_only_from_the_first_statement_on() -> None:
    records = (BILL, statement(1, date(2026, 2, 5), 100))
    found = progress(case(*records), TODAY, {1: Cents(777)})
    assert [one.figures.billed for one in found.months] == [777, 777]
    assert progress(case(BILL), TODAY, {1: Cents(777)}).today == NO_FIGURES


def test_what_is_dated_after_today_does_not_count_yet() -> None:
    assert progress(case(BILL, statement(1, date(2027, 1, 1), 100)), TODAY).months == ()


DAYS = st.dates(date(2020, 1, 1), date(2027, 1, 1))
CENTS = st.none() | st.integers(0, 10**8)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Record, ...]:
    records: list[Record] = []
    number = 0
    for bill_id in range(1, draw(st.integers(1, 3)) + 1):
        status = draw(st.sampled_from([None, "disputed", "settled", "paid", "closed"]))
        records.append(replace(BILL, id=bill_id, status=status))
        for _ in range(draw(st.integers(0, 4))):
            number += 1
            records.append(statement(number, draw(DAYS), draw(CENTS), draw(CENTS), bill_id))
        for _ in range(draw(st.integers(0, 2))):
            number += 1
            kind = draw(st.sampled_from(["payment", "refund"]))
            amount = Cents(draw(st.integers(1, 10**7)))
            records.append(Payment(id=number, bill_id=bill_id, date=draw(DAYS), amount=amount, kind=kind))
        if draw(st.booleans()):
            amount = Cents(draw(st.integers(1, 10**7)))
            records.append(Offer(id=bill_id, bill_id=bill_id, date=draw(DAYS), amount=amount, status="accepted"))
    return tuple(records)


@given(cases(), DAYS)
def test_months_follow_each_other_up_to_today_and_end_with_todays_figures(
    records: tuple[Record, ...], today: date
) -> None:
    found = progress(case(*records), today)
    days = [one.first for one in found.months]
    numbers = [day.year * 12 + day.month for day in days]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
    assert len(days) <= MOST_MONTHS
    if found.months:
        assert found.months[-1].figures == found.today
        assert days[-1] == today.replace(day=1)
    else:
        assert found.today == NO_FIGURES


@given(cases(), DAYS)
def test_figures_are_known_from_then_on_and_never_below_zero(records: tuple[Record, ...], today: date) -> None:
    before = NO_FIGURES
    for month in progress(case(*records), today).months:
        for name in ("billed", "asked", "off"):
            value, known = getattr(month.figures, name), getattr(before, name)
            assert value is not None or known is None, "a figure that was known is not forgotten"
            assert value is None or value >= 0
        before = month.figures


@given(cases(), st.permutations(range(3)), DAYS)
def test_the_order_of_entry_changes_no_figure(records: tuple[Record, ...], order: list[int], today: date) -> None:
    bills = [one for one in records if isinstance(one, Bill)]
    others = [one for one in records if not isinstance(one, Bill)]
    shuffled = [bills[place] for place in order if place < len(bills)]
    assert progress(case(*shuffled, *others), today) == progress(case(*records), today)


@given(cases(), DAYS)
def test_a_month_without_anything_new_is_as_the_one_before(records: tuple[Record, ...], today: date) -> None:
    found = progress(case(*records), today)
    moved = {one.date.replace(day=1) for one in records if hasattr(one, "date")}
    for before, month in zip(found.months, found.months[1:], strict=False):
        if month.first not in moved:
            assert month.figures == before.figures
