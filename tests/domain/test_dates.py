from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medbills_desktop.domain.dates import (
    Moment,
    day_from_text,
    moment_from_datetime,
    moment_from_typed,
    plain_day,
    plain_moment,
)
from medbills_desktop.domain.errors import UserError

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
times = st.none() | st.builds(time, st.integers(0, 23), st.integers(0, 59))
moments = st.builds(Moment, days, times) | st.builds(
    lambda day, second: Moment(day, time(13, 5, second), True), days, st.integers(0, 59)
)


@pytest.mark.parametrize(
    "text",
    [
        "3/31/2025",
        "03/31/2025",
        "3-31-2025",
        "3.31.2025",
        "3/31/25",
        "2025-03-31",
        "2025-3-31",
        "2025/03/31",
        "Mar 31, 2025",
        "March 31 2025",
        "mar. 31,2025",
        "31 Mar 2025",
        "31-MAR-2025",
        " 3/31/2025 ",
        "Mar  31,  2025",
        "3–31–2025",
    ],
)
def test_a_date_is_read_the_way_it_is_typed_in_the_united_states(text: str) -> None:
    assert day_from_text(text) == date(2025, 3, 31)


@pytest.mark.parametrize(
    "text", ["13/13/2025", "2/30/2025", "31/3/2025", "2/29/2023", "0/1/2025", "2025-00-10", "Feb 30, 2024"]
)
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refusal:
        day_from_text(text)
    assert refusal.value.what == f"“{text}” is not a day that exists."
    assert "month, day, year" in refusal.value.todo


@pytest.mark.parametrize(
    "text",
    [
        "3/31",
        "31",
        "3/31-2025",
        "Marv 3, 2025",
        "Ma 3, 2025",
        "tomorrow",
        "3/31/025",
        "\u0663/\u0661/2025",
        "3/3/2025x",
    ],
)
def test_what_is_not_a_date_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(UserError, match="can't be read as a date"):
        day_from_text(text)


@pytest.mark.parametrize("text", ["1/1/1899", "12/31/2101", "1/1/0001"])
def test_years_that_no_bill_has_are_refused(text: str) -> None:
    with pytest.raises(UserError, match="out of range"):
        day_from_text(text)


@pytest.mark.parametrize("text", ["", "  ", "-", "\u2013"])
def test_blank_means_that_the_day_is_not_known(text: str) -> None:
    assert day_from_text(text) is None
    assert moment_from_typed(text) is None


def test_two_digit_years_never_put_a_birth_into_the_future() -> None:
    today = date(2025, 6, 1)
    assert day_from_text("5/14/55", not_after=today) == date(1955, 5, 14)
    assert day_from_text("5/14/25", not_after=today) == date(2025, 5, 14)
    assert day_from_text("6/2/25", not_after=today) == date(1925, 6, 2)
    assert day_from_text("5/14/2055", not_after=today) == date(2055, 5, 14)
    assert day_from_text("12/31/69") == date(2069, 12, 31)
    assert day_from_text("1/1/70") == date(1970, 1, 1)


def test_spaces_before_a_date_never_make_it_vanish() -> None:
    assert day_from_text(" " * 200 + "3/31/2025") == date(2025, 3, 31)


@given(days)
def test_every_shown_day_is_read_back_as_the_same_day(day: date) -> None:
    assert day_from_text(plain_day(day)) == day
    assert day_from_text(day.isoformat()) == day
    assert day_from_text(f"{day.month}/{day.day}/{day.year}") == day


@given(moments)
def test_every_moment_round_trips_through_the_case_format_and_through_the_screen(moment: Moment) -> None:
    assert Moment.from_text(moment.text()) == moment
    assert moment_from_typed(plain_moment(moment)) == moment
    assert moment_from_typed(moment.text()) == moment


@given(st.lists(moments, max_size=8))
def test_moments_sort_by_time_with_days_first_and_never_fail(found: list[Moment]) -> None:
    assert [moment.sort_text for moment in sorted(found)] == sorted(moment.sort_text for moment in found)


def test_a_day_without_a_time_comes_before_the_times_of_that_day() -> None:
    day = date(2025, 3, 31)
    assert sorted([Moment(day, time(0, 0)), Moment(day), Moment(date(2025, 4, 1))])[0] == Moment(day)


@given(st.text() | st.text("0123456789/-. :apmAPMT,Mar", max_size=45))
@example("1" * 100_000)
@example(" T" * 30_000 + "1:00")
def test_any_text_is_a_date_or_a_refusal_and_nothing_else(text: str) -> None:
    said = ""
    for read in (day_from_text, moment_from_typed):
        try:
            read(text)
        except UserError as refusal:
            said = str(refusal)
        assert len(said) < 250


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("3/31/2025 2:05 pm", time(14, 5)),
        ("3/31/2025 2:05PM", time(14, 5)),
        ("3/31/2025, 2:05 p.m.", time(14, 5)),
        ("Mar 31, 2025 at 14:05", time(14, 5)),
        ("2025-03-31T14:05", time(14, 5)),
        ("3/31/2025 2 pm", time(14)),
        ("3/31/2025 12:30 am", time(0, 30)),
        ("3/31/2025 12:30 pm", time(12, 30)),
        ("3/31/2025 00:00", time(0, 0)),
    ],
)
def test_a_time_after_the_date_is_read(text: str, clock: time) -> None:
    assert moment_from_typed(text) == Moment(date(2025, 3, 31), clock)


def test_seconds_are_kept() -> None:
    assert moment_from_typed("3/31/2025 14:05:30") == Moment(date(2025, 3, 31), time(14, 5, 30), True)


@pytest.mark.parametrize(
    "text",
    [
        "3/31/2025 25:00",
        "3/31/2025 14:60",
        "3/31/2025 13:00 pm",
        "3/31/2025 0:30 am",
        "14:05",
        "3/31/2025 2",
        "- 14:05",
    ],
)
def test_a_time_that_no_clock_shows_is_refused(text: str) -> None:
    with pytest.raises(UserError):
        moment_from_typed(text)


@pytest.mark.parametrize(
    "text", ["2025-3-31", "2025-03-31T24:00", "2025-03-31 14:05", "2025-03-31T14", "2025-02-30", "x"]
)
def test_the_case_format_takes_only_its_own_form(text: str) -> None:
    with pytest.raises(ValueError):
        Moment.from_text(text)


def test_a_clock_reading_keeps_its_minute() -> None:
    reading = datetime(2025, 3, 31, 14, 5, 59, 7, tzinfo=UTC)
    assert moment_from_datetime(reading) == Moment(date(2025, 3, 31), time(14, 5))


def test_days_and_moments_are_shown_in_words_that_cannot_be_misread() -> None:
    assert plain_day(date(2025, 3, 1)) == "Mar 1, 2025"
    assert plain_day(None) == "\u2013"
    assert plain_moment(Moment(date(2025, 3, 1), time(0, 5))) == "Mar 1, 2025 12:05 am"
    assert plain_moment(None, "no date") == "no date"
