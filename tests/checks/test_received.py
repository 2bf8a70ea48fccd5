from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.money import decimal_text
from tests.support.small_cases import findings, one_bill

BRUSH = {"date": "2025-03-04", "description": "Toothbrush", "units": "1", "charge": "10.00"}
PILL = {"date": "2025-03-04", "description": "Example drug 5 mg tab", "units": "4", "charge": "26.00"}


def found(check: str, lines: list[dict[str, Any]], visit: dict[str, Any] | None = None) -> list[str | None]:
    given = [{name: value for name, value in line.items() if value is not None} for line in lines]
    case = one_bill(lines=given, visit=visit)
    return [None if one.amount is None else decimal_text(one.amount) for one in findings(case, check)]


def answer(**answers: Any) -> dict[str, Any]:
    return {"start": "2025-03-04", "answers": answers}


@pytest.mark.parametrize("mark", ["not_received", "cancelled"])
def test_a_line_marked_as_not_received_is_asked_about(mark: str) -> None:
    assert found("not-received", [{**BRUSH, "mark": mark}]) == ["10.00"]
    assert found("not-received", [{**BRUSH, "mark": mark, "charge": None}]) == [None]
    assert found("not-received", [{**BRUSH, "mark": mark, "date": None, "units": None}]) == ["10.00"]
    partly = {**BRUSH, "mark": mark, "units": "5", "charge": "50.00", "received_units": "2"}
    assert found("not-received", [partly]) == ["30.00"]


@pytest.mark.parametrize("mark", ["ok", "duplicate", "unclear", "unreviewed", "removed_by_biller", "overpriced", None])
def test_other_marks_are_left_alone(mark: str | None) -> None:
    assert found("not-received", [{**BRUSH, "mark": mark}]) == []


def test_what_costs_nothing_or_was_taken_back_is_left_alone() -> None:
    gone = {**BRUSH, "mark": "not_received"}
    assert found("not-received", [{**gone, "charge": "0.00"}]) == []
    assert found("not-received", [{**gone, "charge": "-10.00"}]) == []
    assert found("not-received", [gone, {**BRUSH, "charge": "-10.00", "date": "2025-05-01"}]) == []


def test_who_left_without_being_seen_is_not_charged_for_a_visit() -> None:
    visit = {**BRUSH, "code": "99284", "description": "Example visit", "charge": "829.00"}
    assert found("not-received", [visit, BRUSH], answer(left_without_being_seen=True)) == ["829.00"]
    assert found("not-received", [visit], answer(left_without_being_seen="yes")) == ["829.00"]
    for answers in ({}, {"left_without_being_seen": False}, {"left_without_being_seen": "no"}):
        assert found("not-received", [visit], answer(**answers)) == []
    assert found("not-received", [BRUSH], answer(left_without_being_seen=True)) == []


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([{**BRUSH, "units": "4", "charge": "40.00", "received_units": "1"}], ["30.00"]),
        ([{**BRUSH, "received_units": got} for got in ("1", "0", "0")], ["20.00"]),
        ([{**BRUSH, "received_units": "0"}, BRUSH, BRUSH], ["10.00"]),
        ([{**BRUSH, "received_units": "2"}, BRUSH, BRUSH], ["10.00"]),
        ([{**BRUSH, "units": "4", "charge": "41.01", "received_units": "1"}], [None]),
        ([{**BRUSH, "units": None, "received_units": got} for got in ("1", "0", "1")], ["10.00"]),
        ([{**BRUSH, "code": "a 4550", "received_units": "0"}] * 3, ["30.00"]),
    ],
)
def test_an_item_billed_more_often_than_received_is_asked_about(lines: list[Any], expected: list[Any]) -> None:
    assert found("repeated-item", lines) == expected


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([BRUSH] * 5, "no answer"),
        ([{**BRUSH, "received_units": "1"}] * 3, "all received"),
        ([{**BRUSH, "received_units": "3"}, BRUSH, BRUSH], "one answer for all three"),
        ([{**BRUSH, "received_units": "1"}, BRUSH, BRUSH], "the others are not answered"),
        ([{**BRUSH, "received_units": "0"}] * 2, "twice only"),
        ([{**BRUSH, "received_units": "0", "date": f"2025-03-0{day}"} for day in (1, 2, 3)], "three days"),
        ([{**BRUSH, "units": "30", "unit": "minutes", "received_units": "0"}], "time"),
        ([{**PILL, "received_units": "1"}], "a dose"),
        ([{**BRUSH, "received_units": "-1"}] * 3, "no number of things"),
        ([{**BRUSH, "received_units": "0", "mark": "not_received"}] * 3, "asked about by the mark"),
    ],
)
def test_items_are_left_alone(lines: list[Any], why: str) -> None:
    assert found("repeated-item", lines) == [], why


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"received_units": "2"}, ["13.00"]),
        ({"received_units": "0"}, ["26.00"]),
        ({"received_units": "1"}, ["19.50"]),
        ({"received_units": "0", "units": None}, ["26.00"]),
        ({"received_units": "1", "description": "Ketorolac", "code": "j1885", "units": "2"}, ["13.00"]),
        ({"received_units": "1", "description": "Line 4", "revenue_code": "0250", "units": "2"}, ["13.00"]),
        ({"received_units": "1", "description": "Example", "code": "00000-0000-00", "code_system": "ndc"}, ["19.50"]),
        ({"received_units": "3", "charge": "26.01"}, [None]),
    ],
)
def test_more_doses_than_the_record_has_are_asked_about(line: dict[str, Any], expected: list[Any]) -> None:
    assert found("doses-vs-record", [{**PILL, **line}]) == expected


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({}, "no answer"),
        ({"received_units": "4"}, "all of them"),
        ({"received_units": "5"}, "more than billed"),
        ({"received_units": "0", "mark": "duplicate"}, "a repeat by the user's mark"),
        ({"received_units": "0", "mark": "not_received"}, "asked about by the mark"),
        ({"received_units": "0", "charge": "0.00"}, "charged at nothing"),
        ({"received_units": "0", "charge": "-26.00"}, "a credit"),
        ({"received_units": "0", "description": "Gloves"}, "no medicine"),
    ],
)
def test_doses_are_left_alone(line: dict[str, Any], why: str) -> None:
    assert found("doses-vs-record", [{**PILL, **line}]) == [], why


def test_medicine_from_home_counts_for_what_one_takes_oneself() -> None:
    home = answer(brought_own_medicine=True)
    assert found("doses-vs-record", [PILL], home) == ["26.00"]
    assert found("doses-vs-record", [{**PILL, "received_units": "4"}], home) == []
    injected = {**PILL, "description": "Example drug 5 mg inj", "code": "J1885"}
    assert found("doses-vs-record", [injected, {**PILL, "description": "Saline bag"}], home) == []
    assert found("doses-vs-record", [PILL], answer(brought_own_medicine=False)) == []
    daily = [{**PILL, "date": f"2025-03-0{day}", "units": "1", "charge": "6.50"} for day in (4, 5)]
    assert found("doses-vs-record", daily) == []
