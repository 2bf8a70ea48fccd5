from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.money import decimal_text
from tests.support.small_cases import findings, one_bill

THEATER = {
    "date": "2025-03-04",
    "description": "Operating room services",
    "revenue_code": "0360",
    "units": "150",
    "unit": "minutes",
    "charge": "15000.00",
}
BLOCK = {"date": "2025-03-04", "description": "Tonsil surgery", "revenue_code": "0360", "charge": "1877.86"}


def found(check: str, lines: list[dict[str, Any]], **answers: Any) -> list[tuple[str, str | None]]:
    given = [{name: value for name, value in line.items() if value is not None} for line in lines]
    case = one_bill(lines=given, visit={"start": "2025-03-04", "answers": answers} if answers else None)
    return [(one.level, None if one.amount is None else decimal_text(one.amount)) for one in findings(case, check)]


@pytest.mark.parametrize(
    ("line", "answers", "expected"),
    [
        ({}, {"minutes_in_operating_room": 124, "rounding_block_minutes": 30}, [("info", None)]),
        ({}, {"minutes_in_operating_room": "124", "rounding_block_minutes": "30"}, [("info", None)]),
        ({}, {"minutes_in_operating_room": 124}, [("info", None)]),
        ({"units": "2.5", "unit": "hours"}, {"minutes_in_operating_room": 124.0}, [("info", None)]),
        (
            {"unit_price": "100.00"},
            {"minutes_in_operating_room": 124, "rounding_block_minutes": 15},
            [("question", "1500.00")],
        ),
        ({"units": "157", "unit_price": "10.00"}, {"minutes_in_operating_room": 124}, [("question", "330.00")]),
        ({"units": "157"}, {"minutes_in_operating_room": 124}, [("question", None)]),
        ({"description": "ANESTHESIA TIME", "revenue_code": "0370"}, {"minutes_of_anesthesia": 130}, [("info", None)]),
        ({"description": "OR time", "revenue_code": None}, {"minutes_in_operating_room": 149}, [("info", None)]),
    ],
)
def test_more_minutes_than_the_record_has_are_held_against_blocks(line: Any, answers: Any, expected: Any) -> None:
    assert found("time-rounding", [{**THEATER, **line}], **answers) == expected


@pytest.mark.parametrize(
    ("line", "answers", "why"),
    [
        ({}, {}, "no answer"),
        ({}, {"rounding_block_minutes": 30}, "no minutes in the record"),
        ({}, {"minutes_in_operating_room": 150}, "as in the record"),
        ({}, {"minutes_in_operating_room": 180}, "less than in the record"),
        ({}, {"minutes_in_operating_room": True}, "no number"),
        ({}, {"minutes_in_operating_room": "two hours"}, "words"),
        ({}, {"minutes_in_operating_room": -5}, "below zero"),
        ({}, {"minutes_of_anesthesia": 90}, "another kind of time"),
        ({"unit": "each"}, {"minutes_in_operating_room": 124}, "no unit of time"),
        ({"units": None}, {"minutes_in_operating_room": 124}, "no units"),
        ({"charge": "-15000.00"}, {"minutes_in_operating_room": 124}, "a credit"),
        ({"description": "Recovery room", "revenue_code": "0710"}, {"minutes_in_operating_room": 124}, "another room"),
    ],
)
def test_minutes_are_left_alone_without_an_answer_or_a_difference(line: Any, answers: Any, why: str) -> None:
    assert found("time-rounding", [{**THEATER, **line}], **answers) == [], why


def test_those_who_share_an_anesthesia_bill_the_same_minutes() -> None:
    both = [
        {"date": "2025-03-04", "description": "Anesthesia", "units": "120", "unit": "minutes", "charge": "900.00"}
        | {"modifiers": [modifier]}
        for modifier in ("QK", "QX")
    ]
    assert found("time-rounding", both, minutes_of_anesthesia=120) == []


def test_a_block_that_was_not_noted_is_called_a_guess() -> None:
    case = one_bill(lines=[THEATER], visit={"start": "2025-03-04", "answers": {"minutes_in_operating_room": 124}})
    (one,) = findings(case, "time-rounding")
    assert "blocks of 30 minutes would explain it" in one.title
    assert "the block is our guess" in one.explanation


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"description": "Ear piercing"}, [("question", "1877.86")]),
        ({"description": "Skin procedure", "my_words": "the surgeon said it was free"}, [("question", "1877.86")]),
        ({"description": "Skin procedure", "reason": "told: no extra charge"}, [("question", "1877.86")]),
        ({"description": "Ear piercing", "revenue_code": None}, []),
        ({"description": "OPERATING ROOM, EAR PIERCING", "revenue_code": None}, [("question", "1877.86")]),
        ({"description": "Adenoid surgery"}, []),
        ({"description": "Ear piercing", "charge": "1877.85"}, []),
        ({"description": "Ear piercing", "date": "2025-03-05"}, []),
        ({"description": "Ear piercing", "date": None}, []),
        ({"description": "Ear piercing", "charge": "-1877.86"}, []),
        ({"description": "Ear piercing", "my_words": "not free"}, [("question", "1877.86")]),
    ],
)
def test_an_even_share_for_something_minor_is_asked_about(second: Any, expected: Any) -> None:
    assert found("split-room-charge", [BLOCK, {**BLOCK, **second}]) == expected


def test_equal_operating_room_lines_are_repeats_and_no_shares() -> None:
    assert found("split-room-charge", [{**BLOCK, "description": "Ear piercing"}] * 2) == []
    assert found("split-room-charge", [BLOCK]) == []


def test_a_share_that_was_taken_back_is_left_alone() -> None:
    minor = {**BLOCK, "description": "Ear piercing", "units": "1"}
    assert found("split-room-charge", [BLOCK, minor, {**minor, "charge": "-1877.86", "date": "2025-05-01"}]) == []
