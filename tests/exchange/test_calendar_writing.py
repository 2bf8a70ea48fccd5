"""The calendar file: read back by a parser, whole days without a zone, the same bytes each time."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from medbills_desktop.domain.calendar_dates import CalendarDate
from medbills_desktop.exchange.calendar_writing import calendar_text

DAY = date(2026, 3, 20)
MARK = "abc123"


def one(
    key: str = "task-1", day: date = DAY, who: str = "Clinic", what: str = "a task", detail: str = ""
) -> CalendarDate:
    return CalendarDate(key, day, who, what, detail)


def unfolded(text: bytes) -> list[str]:
    """The lines of a file as RFC 5545 has them, put together again by hand."""
    return text.decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_a_date_is_a_whole_day_without_a_time_zone() -> None:
    lines = unfolded(calendar_text([one(day=date(2028, 2, 29))], DAY, MARK))
    assert "DTSTART;VALUE=DATE:20280229" in lines
    assert "DTSTAMP:20260320T000000Z" in lines
    assert "UID:task-1@abc123.medbills.invalid" in lines
    assert "SUMMARY:Clinic: a task" in lines
    assert not [line for line in lines if "TZID" in line or line.startswith(("BEGIN:VTIMEZONE", "DTEND"))]


def test_nothing_in_it_follows_the_clock() -> None:
    dates = [one("task-1"), one("task-2", date(2026, 12, 31))]
    assert calendar_text(dates, DAY, MARK) == calendar_text(dates, DAY, MARK)


def test_details_stay_out_unless_they_are_asked_for() -> None:
    dates = [one(detail="Ana Ruiz\nAccount 17")]
    assert b"Ruiz" not in calendar_text(dates, DAY, MARK)
    (event,) = Calendar.from_ical(calendar_text(dates, DAY, MARK, detailed=True)).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == "Ana Ruiz\nAccount 17"


def test_no_line_is_longer_than_75_bytes_and_each_ends_as_it_must() -> None:
    text = calendar_text([one(who="Krankenhäuser ñandú 医院 " * 20)], DAY, MARK)
    lines = text.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in text.replace(b"\r\n", b"")


WORDS = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=120)


@given(st.lists(st.tuples(st.dates(date(1900, 1, 1), date(2100, 12, 31)), WORDS, WORDS, WORDS), max_size=6))
def test_whatever_stands_in_the_records_is_read_back_as_it_was(found: list[tuple[date, str, str, str]]) -> None:
    dates = [one(f"task-{number}", day, who, what, detail) for number, (day, who, what, detail) in enumerate(found)]
    read = Calendar.from_ical(calendar_text(dates, DAY, MARK, detailed=True)).walk("VEVENT")
    assert [event.decoded("DTSTART") for event in read] == [day for day, *_ in found]
    assert [str(event["UID"]) for event in read] == [f"task-{n}@abc123.medbills.invalid" for n in range(len(found))]
    shown = [" ".join("".join(s for s in one.title if s.isprintable() or s in "\n\t").split()) for one in dates]
    assert [str(event["SUMMARY"]) for event in read] == shown
