"""Which date wins, which date is missing, and what is said about it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.rules.calendar import BeyondCalendarError, add_days, add_months, federal_holidays
from medbills_desktop.domain.rules.deadlines import Event, deadline
from medbills_desktop.domain.rules.rule_cards import RuleCard, shipped_cards

CARDS = {card.id: card for card in shipped_cards()}
DENIED = Moment(date(2025, 9, 5))
days = st.dates(date(2015, 1, 1), date(2034, 12, 31))


def test_without_a_date_to_start_from_there_is_no_clock() -> None:
    assert deadline(CARDS["ap.int.file"], Event()) is None


def test_a_card_without_a_clock_gives_none() -> None:
    assert deadline(CARDS["nsa.emergency"], Event(received=DENIED)) is None


def test_before_a_rule_was_in_force_there_is_no_clock() -> None:
    assert deadline(CARDS["nsa.ppdr.window"], Event(received=Moment(date(2021, 12, 31)))) is None
    assert deadline(CARDS["nsa.ppdr.window"], Event(received=Moment(date(2022, 1, 1)))) is not None


@pytest.mark.parametrize("printed", [date(2026, 2, 1), date(2026, 4, 1)])
def test_the_date_on_the_own_notice_wins_and_the_other_is_kept(printed: date) -> None:
    found = deadline(CARDS["ap.int.file"], Event(received=DENIED, printed=printed))
    assert found is not None
    assert found.due == printed
    assert found.computed == date(2026, 3, 4)
    assert "date on your own notice counts" in found.steps[-1]


def test_a_printed_date_is_enough() -> None:
    found = deadline(CARDS["ap.int.file"], Event(printed=date(2026, 4, 1)))
    assert found is not None
    assert (found.due, found.computed) == (date(2026, 4, 1), None)


def test_the_later_of_two_dates_counts() -> None:
    card = CARDS["r.apply"]
    first = Moment(date(2025, 11, 3))
    later = deadline(card, Event(received=first, second=date(2026, 8, 1)))
    earlier = deadline(card, Event(received=first, second=date(2026, 6, 1)))
    assert later is not None
    assert earlier is not None
    assert later.due == date(2026, 8, 1)
    assert earlier.due == date(2026, 7, 1)
    assert "later date counts" in later.steps[-1]


def test_a_notice_dated_after_it_came_is_said() -> None:
    found = deadline(CARDS["fdcpa.window"], Event(received=Moment(date(2026, 3, 1)), dated=date(2026, 3, 5)))
    assert found is not None
    assert "check both dates" in found.doubt


def test_hours_without_a_time_of_day_count_only_in_whole_days() -> None:
    assert deadline(CARDS["nsa.consent.sameday"], Event(received=Moment(date(2026, 3, 10)))) is None
    whole = deadline(CARDS["ap.int.urgent"], Event(received=Moment(date(2026, 3, 10))))
    assert whole is not None
    assert (whole.due, whole.at) == (date(2026, 3, 13), None)


def test_steps_can_be_counted_again() -> None:
    found = deadline(CARDS["ap.ext.file"], Event(received=Moment(date(2025, 10, 30), time(9, 0))))
    assert found is not None
    assert found.steps == (
        "It starts on Oct 30, 2025 9:00 am.",
        "4 months after Oct 30, 2025 is Mar 1, 2026.",
        "Mar 1, 2026 is a weekend or a holiday; the next business day is Mar 2, 2026.",
    )


def test_beyond_the_known_holidays_no_date_is_guessed() -> None:
    with pytest.raises(BeyondCalendarError):
        deadline(CARDS["nsa.gfe.10"], Event(received=Moment(date(2035, 12, 31))))
    with pytest.raises(BeyondCalendarError):
        deadline(CARDS["ap.int.file"], Event(received=Moment(date(2100, 12, 31))))


@given(days, st.integers(0, 60))
def test_business_days_land_on_business_days_and_count_back(day: date, number: int) -> None:
    calendar = federal_holidays()
    later = calendar.add_business_days(day, number)
    assert later >= day
    if number:
        assert calendar.is_business_day(later)
        between = [day.fromordinal(at) for at in range(day.toordinal() + 1, later.toordinal() + 1)]
        assert sum(map(calendar.is_business_day, between)) == number
        if calendar.is_business_day(day):
            assert calendar.add_business_days(later, -number) == day


@given(days, st.integers(-400, 400))
def test_days_add_up(day: date, number: int) -> None:
    assert (add_days(day, number) - day).days == number


@given(days, st.integers(0, 48))
def test_months_keep_the_day_or_go_to_the_first_of_the_next(day: date, number: int) -> None:
    later = add_months(day, number)
    months = (later.year - day.year) * 12 + later.month - day.month
    assert (later.day, months) in ((day.day, number), (1, number + 1))
    assert add_months(day, number + 1) >= later


@given(st.sampled_from([card for card in CARDS.values() if card.has_clock]), days)
def test_an_earlier_start_never_gives_a_later_date(card: RuleCard, day: date) -> None:
    first = deadline(card, Event(received=Moment(day)))
    second = deadline(card, Event(received=Moment(add_days(day, 1))))
    if first and second:
        assert first.due <= second.due
