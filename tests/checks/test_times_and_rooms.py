from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.money import decimal_text
from tests.support.small_cases import findings, one_bill

STAY = {"start": "2025-03-01T10:00", "end": "2025-03-04T14:00", "kind": "inpatient"}
VENTILATOR = {"date": "2025-03-02", "description": "Ventilator", "unit": "hours", "unit_price": "10.00"}
ROOM = {"date": "2025-03-01", "description": "Room and board", "unit": "days", "unit_price": "900.00"}


def found(check: str, lines: list[dict[str, Any]], visit: dict[str, Any] | None = None) -> list[tuple[str, str | None]]:
    case = one_bill(lines=lines, visit=visit)
    return [(one.level, None if one.amount is None else decimal_text(one.amount)) for one in findings(case, check)]


def plain(base: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([plain(VENTILATOR, units="36")], [("fact", "120.00")]),
        ([plain(VENTILATOR, units="24.5")], [("fact", "5.00")]),
        ([plain(VENTILATOR, units="1500", unit="minutes", unit_price="1.00")], [("fact", "60.00")]),
        ([plain(VENTILATOR, units="36", unit_price=None, charge="360.00")], [("fact", "120.00")]),
        ([plain(VENTILATOR, units="36", unit_price=None, charge="361.00")], [("fact", None)]),
        ([plain(VENTILATOR, units="36", unit_price=None)], [("fact", None)]),
        ([plain(VENTILATOR, units="20"), plain(VENTILATOR, units="16")], [("fact", "120.00")]),
        ([plain(VENTILATOR, units="60", end="2025-03-03")], [("fact", "120.00")]),
        ([plain(VENTILATOR, date="2025-03-02T22:00", end="2025-03-03T02:00", units="6")], [("strong", "20.00")]),
        ([plain(VENTILATOR, units="24", date=f"2025-03-0{day}") for day in (1, 2, 3, 4)], [("strong", "200.00")]),
        ([plain(VENTILATOR, units="77", date=None)], [("strong", "10.00")]),
        ([plain(VENTILATOR, units="5", unit="days", description="Telemetry days")], [("strong", "10.00")]),
        ([plain(VENTILATOR, units="80", description="Observation", code="G0378")], [("strong", "40.00")]),
    ],
)
def test_time_that_a_day_or_the_stay_does_not_have_is_asked_about(lines: list[Any], expected: list[Any]) -> None:
    assert found("impossible-time", lines, STAY) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"units": "24"}, "a whole day"),
        ({"units": "36", "unit": "each"}, "no unit of time"),
        ({"units": "36", "unit": None}, "no unit"),
        ({"units": "1415", "unit": "miles"}, "miles"),
        ({"units": None}, "no units"),
        ({"units": "-36", "charge": "-360.00"}, "a credit"),
        ({"units": "36", "charge": "-360.00"}, "a credit with units above zero"),
        ({"units": "48", "end": "2025-03-03"}, "two days with an end"),
        ({"units": "30", "description": "Observation care", "code": "G0378"}, "observation on one line"),
        ({"units": "76", "date": None}, "the whole stay"),
        ({"units": "4", "unit": "days", "date": "2025-03-01"}, "four days dated on the first"),
        ({"units": "4", "unit": "days", "description": "Private room"}, "a room is counted by its nights"),
        ({"units": "36", "mark": "removed_by_biller"}, "taken off"),
    ],
)
def test_time_that_there_was_is_left_alone(line: dict[str, Any], why: str) -> None:
    assert found("impossible-time", [plain(VENTILATOR, **line)], STAY) == [], why


def test_equal_lines_two_providers_and_timed_lines_are_not_added_up() -> None:
    equal = [plain(VENTILATOR, units="20")] * 2
    nurses = [plain(VENTILATOR, units="20", rendering_provider=name) for name in ("A", "B")]
    timed = [plain(VENTILATOR, units=units, date=f"2025-03-02T0{units}:00") for units in ("8", "9")] * 2
    for lines in (equal, nurses, timed):
        assert found("impossible-time", lines, {"start": "2025-03-01"}) == []


def test_days_at_midnight_and_across_the_year_are_counted() -> None:
    line = plain(VENTILATOR, date="2024-12-31T00:00", end="2025-01-01T00:00", units="24")
    assert found("impossible-time", [line]) == []
    assert found("impossible-time", [{**line, "units": "25"}]) == [("strong", "10.00")]


def test_the_words_of_a_fact_give_the_sum() -> None:
    (one,) = findings(one_bill(lines=[plain(VENTILATOR, units="36")]), "impossible-time")
    assert one.title == "36 hours of “Ventilator” are billed on Mar 2, 2025; one day has 24 hours."
    assert one.explanation.endswith("= 12 hours more × $10.00 = $120.00")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([plain(ROOM, units="4")], [("strong", "900.00")]),
        ([plain(ROOM, units="1", date=f"2025-03-0{day}") for day in (1, 2, 3, 4)], [("strong", "900.00")]),
        ([plain(ROOM, units="4", unit=None, revenue_code="0120", description="RM 412")], [("strong", "900.00")]),
        (
            [plain(ROOM, units="2"), plain(ROOM, units="2", description="ICU bed", unit_price="2000.00")],
            [("strong", None)],
        ),
        ([plain(ROOM, units="4", unit_price=None, charge="3600.00")], [("strong", "900.00")]),
    ],
)
def test_more_room_days_than_midnights_are_asked_about(lines: list[Any], expected: list[Any]) -> None:
    assert found("room-days", lines, STAY) == expected


@pytest.mark.parametrize(
    ("line", "visit", "why"),
    [
        ({"units": "3"}, {}, "three midnights"),
        ({"units": "2"}, {}, "fewer than the midnights: a part of the bill"),
        ({"units": None, "charge": "3600.00"}, {}, "no units"),
        ({"units": "4"}, {"kind": "observation"}, "observation"),
        ({"units": "4"}, {"end": "2025-03-01T22:00"}, "the same day"),
        ({"units": "4"}, {"end": None}, "no end"),
        ({"units": "4"}, {"start": None}, "no start"),
        ({"units": "4"}, {"start": "2025-03-01T00:00"}, "came at midnight"),
        ({"units": "4", "description": "Recovery room"}, {}, "no bed"),
        ({"units": "4", "description": "Emergency room"}, {}, "no bed either"),
        ({"units": "4", "unit": "hours"}, {}, "by the hour"),
        ({"units": "4", "revenue_code": "0170"}, {}, "a newborn's bed counts apart"),
        ({"units": "4", "charge": "-3600.00"}, {}, "a credit"),
    ],
)
def test_rooms_that_are_right_are_left_alone(line: dict[str, Any], visit: dict[str, Any], why: str) -> None:
    assert found("room-days", [plain(ROOM, **line)], plain(STAY, **visit)) == [], why


def test_a_room_day_that_was_taken_back_does_not_count() -> None:
    days = [plain(ROOM, units="1", date=f"2025-03-0{day}", charge="900.00") for day in (1, 2, 3)]
    wrong = plain(ROOM, units="1", date="2025-03-04", charge="950.00", unit_price="950.00")
    back = {**wrong, "units": "-1", "charge": "-950.00", "date": "2025-03-20"}
    assert found("room-days", [*days, wrong, back], STAY) == []


@pytest.mark.parametrize(
    ("had", "billed", "expected"),
    [
        ("semi-private", "Private room", [("strong", None)]),
        ("Semi private", "ROOM AND BOARD - PRIVATE", [("strong", None)]),
        ("semi-private", "Room and board, semi-private", []),
        ("private", "Private room", []),
        ("private", "Semi-private room", []),
        ("", "Private room", []),
        (None, "Private room", []),
        (2, "Private room", []),
        ("semi-private", "Private duty nurse", []),
    ],
)
def test_the_room_that_was_had_is_held_against_the_room_billed(had: Any, billed: str, expected: list[Any]) -> None:
    visit = plain(STAY, answers=None if had is None else {"room_type_had": had})
    assert found("room-days", [plain(ROOM, units="1", description=billed)], visit) == expected


@pytest.mark.parametrize("visit", [{"kind": "observation"}, {"end": "2025-03-01T22:00"}])
def test_rooms_of_observation_and_of_one_day_are_not_asked_about(visit: dict[str, Any]) -> None:
    answers = {"room_type_had": "semi-private"}
    line = plain(ROOM, units="1", description="Private room")
    assert found("room-days", [line], {**STAY, "answers": answers, **visit}) == []
    assert found("room-days", [line], {**STAY, "answers": answers}) == [("strong", None)]
