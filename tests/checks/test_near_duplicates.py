from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_cases import amounts, findings, one_bill

CHECK = "near-duplicate-line"
BASE = {"date": "2025-03-04", "code": "G0463", "description": "Clinic visit", "units": "1", "charge": "212.00"}
TRAY = {"code": None, "description": "Surgical tray"}


def lines(*changes: dict[str, Any]) -> list[dict[str, Any]]:
    both = [{**BASE, **change} for change in changes]
    return [{name: value for name, value in line.items() if value is not None} for line in both]


def found(*changes: dict[str, Any]) -> list[str | None]:
    return amounts(one_bill(lines=lines(*changes)), CHECK)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([{}, {"charge": "200.00"}], ["200.00"]),
        ([{}, {"charge": "200.00", "description": "Visit to the clinic"}], ["200.00"]),
        ([{"code": "g 0463"}, {"charge": "200.00"}], ["200.00"]),
        ([{"revenue_code": "0450"}, {"revenue_code": "0510"}], ["212.00"]),
        ([{}, {}, {"charge": "200.00"}], ["200.00"]),
        ([{}, {"charge": "200.00"}, {"charge": "190.00"}], ["390.00"]),
        ([TRAY, {**TRAY, "description": "TRAY, SURGICAL"}], ["212.00"]),
        ([TRAY, {**TRAY, "description": "Surgical trays"}], ["212.00"]),
        ([TRAY, {"description": "Tray surgical", "code": "A4550"}], ["212.00"]),
        ([{"code": "A4550", "charge": "9.00"}, {"code": "A4550", "charge": "8.00"}], ["8.00"]),
    ],
)
def test_one_service_written_in_two_ways_is_asked_about(changes: list[Any], expected: list[str]) -> None:
    assert found(*changes) == expected


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([{}], "one line"),
        ([{}, {}], "equal lines are the other check's"),
        ([TRAY, TRAY], "equal names too"),
        ([TRAY, {**TRAY, "description": "SURGICAL  TRAY."}], "as are names that differ in case"),
        ([{}, {"charge": "200.00", "date": "2025-03-05"}], "a daily charge"),
        ([{}, {"charge": "424.00", "units": "2"}], "another quantity"),
        ([{"date": "2025-03-04T08:00"}, {"date": "2025-03-04T14:00", "charge": "200.00"}], "two times"),
        ([{"modifiers": ["RT"]}, {"modifiers": ["LT"], "charge": "200.00"}], "right and left"),
        ([{}, {"modifiers": ["59"], "charge": "200.00"}], "marked as apart"),
        ([{"modifiers": ["26"]}, {"modifiers": ["TC"], "charge": "200.00"}], "two parts"),
        ([{}, {"modifiers": ["50"], "charge": "318.00"}], "both sides"),
        (
            [{"rendering_provider": "A"}, {"rendering_provider": "B", "charge": "200.00"}],
            "two clinicians",
        ),
        ([{"revenue_code": "0450"}, {"revenue_code": "0981"}], "the house and the professional"),
        ([{"revenue_code": "0450"}, {}], "revenue code stated once"),
        ([{"code": "45385"}, {"code": "45380", "description": "Clinic visits"}], "two codes"),
        ([{"code": "J3490"}, {"code": "J3490", "charge": "9.00"}], "a code for many drugs"),
        (
            [
                {"code": "C1713", "description": "Screw 4 mm"},
                {"code": "C1713", "description": "Plate", "charge": "9.00"},
            ],
            "a code for many devices",
        ),
        ([{"code": None, "description": "Pill 5 mg"}, {"code": None, "description": "Pill 10 mg"}], "two strengths"),
        ([TRAY, {**TRAY, "description": "Tray surgical", "charge": "99.00"}], "near words at another charge"),
        (
            [{"code": None, "description": "Supply"}, {"code": None, "description": "Supplies"}],
            "names that say nothing",
        ),
        ([{"code": None, "description": "Pharmacy"}, {"code": None, "description": "The pharmacy"}], "departments"),
        ([{}, {"charge": "0.00"}], "charged at nothing"),
        ([{}, {"charge": None}], "no charge"),
        ([{"date": None}, {"date": None, "charge": "200.00"}], "no day"),
        ([{}, {"charge": "-212.00"}, {"charge": "250.00"}], "corrected: taken back and charged anew"),
        ([{}, {"charge": "200.00", "mark": "removed_by_biller"}], "taken off"),
        (
            [{"code": "0250", "code_system": "revenue"}, {"code": "0250", "code_system": "revenue", "charge": "1.00"}],
            "rev",
        ),
    ],
)
def test_what_something_sets_apart_is_left_alone(changes: list[Any], why: str) -> None:
    assert found(*changes) == [], why


def test_it_asks_and_shows_both_lines() -> None:
    (one,) = findings(one_bill(lines=lines({}, {"charge": "200.00"})), CHECK)
    assert (one.level, one.line_ids) == ("question", (1, 2))
    assert one.title.endswith("stand on Mar 4, 2025, all with code G0463: they may be one service.")
    assert "code G0463: $200.00" in one.explanation


def test_teeth_and_sides_named_in_words_are_services_of_their_own() -> None:
    for one, other in (("Filling tooth 3", "Filling tooth 14"), ("X-ray left wrist", "X-ray right wrist")):
        assert found({"description": one}, {"description": other, "charge": "200.00"}) == []
    assert found({"description": "Filling tooth 3"}, {"description": "Filling, tooth #3", "charge": "200.00"})
