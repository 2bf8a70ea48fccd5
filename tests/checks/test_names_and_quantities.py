from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from medbills_desktop.checks.names import read_name
from medbills_desktop.domain.code_tables import CodeTables, LimitSetting, UnitLimit
from medbills_desktop.domain.money import decimal_text
from medbills_desktop.domain.records import Organization
from tests.support.small_cases import findings, one_bill

ROOM = {"date": "2025-03-04", "description": "Semi-private room", "units": "1", "unit": "days", "charge": "900.00"}
SURGERY = {"date": "2025-03-04", "description": "Operating room services", "charge": "4000.00"}
GLOVES = {"date": "2025-03-04", "description": "GLOVES PAIR", "units": "2", "charge": "28.40"}
TRAY = {"date": "2025-03-04", "description": "Surgical tray", "charge": "142.00"}
MISC = {"date": "2025-03-04", "description": "MISC SUPPLY", "charge": "137.60"}
PADS = {"date": "2025-03-04", "description": "Gauze sponge", "units": "120", "unit": "each", "charge": "240.00"}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def found(
    check: str, lines: list[dict[str, Any]], *, biller: str = "hospital", visit: Any = None, limits: Any = ()
) -> list[str | None]:
    case = one_bill(
        lines=[plain(line) for line in lines],
        visit=visit,
        bill={"biller_id": 3},
        others=[Organization(id=3, name="Example Biller", kind=biller)],  # type: ignore[arg-type]
    )
    case = dataclasses.replace(case, tables=CodeTables(limits=tuple(limits), source="my table"))
    return [None if one.amount is None else decimal_text(one.amount) for one in findings(case, check)]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("R&B SEMI-PRIVATE", {"room"}),
        ("Emergency room", {"procedure_place", "department"}),
        ("OXYCODONE 5MG TAB", {"drug", "measured", "taken_oneself"}),
        ("Other charges 4711", {"nothing"}),
        ("—", {"nothing"}),
        ("Médicaments", set()),
    ],
)
def test_names_are_read_by_their_words(text: str, kinds: set[str]) -> None:
    assert read_name(text).kinds >= kinds
    assert kinds or not read_name(text).kinds


def test_near_names_have_the_same_words_that_matter() -> None:
    near = {read_name(text).near for text in ("Tray, surgical", "SURGICAL TRAYS", "the tray for surgical")}
    assert len(near) == 1
    assert read_name("Views 2").near != read_name("Views 1").near


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([ROOM, GLOVES], ["28.40"]),
        ([SURGERY, GLOVES], ["28.40"]),
        ([SURGERY, TRAY, GLOVES], ["170.40"]),
        ([{**SURGERY, "description": "Example procedure", "code": "12001"}, TRAY], ["142.00"]),
        ([{**ROOM, "description": "Observation", "code": "G0378", "unit": "hours"}, GLOVES], ["28.40"]),
        ([ROOM, {**GLOVES, "description": "Mucus recovery system"}], ["28.40"]),
        ([ROOM, {**GLOVES, "description": "Oral administration fee"}], ["28.40"]),
        ([ROOM, GLOVES, {**GLOVES, "date": "2025-03-05"}], ["56.80"]),
    ],
)
def test_routine_supplies_beside_a_room_or_a_procedure_are_asked_about(lines: list[Any], expected: list[str]) -> None:
    assert found("supply-inside-charge", lines) == expected


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([GLOVES, TRAY], "neither room nor procedure"),
        ([{**ROOM, "description": "Private room"}, TRAY], "a tray is no part of a room"),
        ([ROOM, {**GLOVES, "charge": "0.00"}], "charged at nothing"),
        ([ROOM, {**GLOVES, "charge": None}], "no charge"),
        ([ROOM, {**GLOVES, "mark": "ok"}], "accepted"),
        ([ROOM, {**GLOVES, "mark": "duplicate"}], "asked about already"),
        ([ROOM, {**GLOVES, "charge": "-28.40"}], "a credit"),
        ([ROOM, GLOVES, {**GLOVES, "charge": "-28.40"}], "taken back"),
        ([{**ROOM, "charge": "-900.00"}, GLOVES], "the room was taken back"),
        ([SURGERY, {**GLOVES, "description": "Tissue examination, pathology"}], "no tissues"),
        ([SURGERY, {**GLOVES, "description": "Biopsy needle, sterile"}], "no routine needle"),
    ],
)
def test_supplies_are_left_alone(lines: list[Any], why: str) -> None:
    assert found("supply-inside-charge", lines) == [], why


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({}, ["137.60"]),
        ({"date": None}, ["137.60"]),
        ({"charge": None}, [None]),
        ({"description": "Other charges 4711"}, ["137.60"]),
        ({"description": "…"}, ["137.60"]),
        ({"description": "Mucus Recovery System"}, ["137.60"]),
        ({"revenue_code": "0270"}, ["137.60"]),
        ({"mark": "unclear"}, ["137.60"]),
    ],
)
def test_a_name_that_says_nothing_is_asked_about(line: dict[str, Any], expected: list[Any]) -> None:
    assert found("unclear-name", [{**MISC, **line}]) == expected


@pytest.mark.parametrize(
    "line",
    [
        {"code": "A4649"},
        {"description": "Laboratory"},
        {"description": "Pharmacy"},
        {"description": "Emergency room"},
        {"description": "Medical supplies"},
        {"description": "IV START KIT"},
        {"description": "X-ray"},
        {"charge": "0.00"},
        {"charge": "-137.60"},
        {"mark": "ok"},
        {"mark": "removed_by_biller"},
    ],
)
def test_names_that_say_something_are_left_alone(line: dict[str, Any]) -> None:
    assert found("unclear-name", [{**MISC, **line}]) == []


def test_a_puzzling_name_says_what_it_has_stood_for() -> None:
    case = one_bill(lines=[{**MISC, "description": "Mucus Recovery System"}])
    (one,) = findings(case, "unclear-name")
    assert "On other bills this name has stood for a box of tissues." in one.explanation


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ({"description": "TRAUMA RESPONSE LEVEL II"}, True),
        ({"description": "Activation fee"}, True),
        ({"description": "Line 3", "revenue_code": "0682"}, True),
        ({"description": "Line 3", "code": "g0390"}, True),
        ({"description": "Facility fee"}, True),
        ({"description": "Facility fee", "code": "99284"}, True),
        ({"description": "Facility fee, example", "code": "45385"}, False),
        ({"description": "Trauma dressing"}, False),
        ({"description": "Facility fee", "charge": "-142.00"}, False),
        ({"description": "Facility fee", "mark": "ok"}, False),
        ({"description": "Late fee"}, False),
    ],
)
def test_activation_and_facility_fees_ask_what_was_given(line: dict[str, Any], asked: bool) -> None:
    assert found("activation-fee", [{**TRAY, **line}]) == (["142.00"] if asked else [])


@pytest.mark.parametrize(
    ("line", "biller"),
    [
        ({}, "hospital"),
        ({"unit": None}, "hospital"),
        ({"units": "100"}, "physician"),
        ({"units": "10000", "date": None, "charge": None}, "hospital"),
        ({"code": "A6402"}, "hospital"),
    ],
)
def test_a_hundred_of_a_thing_is_asked_about(line: dict[str, Any], biller: str) -> None:
    assert found("high-quantity", [{**PADS, **line}], biller=biller) == [None]


@pytest.mark.parametrize(
    ("line", "biller", "why"),
    [
        ({"units": "99"}, "hospital", "under a hundred"),
        ({"units": None}, "hospital", "no units"),
        ({"units": "0.333"}, "hospital", "a third"),
        ({"unit": "minutes"}, "hospital", "time"),
        ({"unit": "miles", "units": "1415"}, "air_ambulance", "miles"),
        ({"unit": "mg"}, "hospital", "mg"),
        ({"unit": "ml"}, "hospital", "mL"),
        ({"unit": "other"}, "hospital", "another unit"),
        ({"unit": None, "description": "Heparin 10 units"}, "hospital", "measured by its name"),
        ({"description": "Example drug", "code": "J0585"}, "hospital", "a code by the dose"),
        ({"description": "Test strips", "code": "A4253"}, "equipment", "a month's supply"),
        ({"description": "Catheter", "code": "A4351"}, "other", "a month's supply"),
        ({"description": "Anesthesia", "code": "00400", "unit": None}, "physician", "minutes by its code"),
        ({"units": "-120", "charge": "-240.00"}, "hospital", "a credit"),
        ({"end": "2025-04-03"}, "hospital", "over a month"),
    ],
)
def test_large_quantities_that_are_usual_are_left_alone(line: dict[str, Any], biller: str, why: str) -> None:
    assert found("high-quantity", [{**PADS, **line}], biller=biller) == [], why


@pytest.mark.parametrize(
    ("units", "setting", "effective", "visit", "asked"),
    [
        ("3", "any", None, None, True),
        ("2", "any", None, None, False),
        ("3", "outpatient_hospital", date(2025, 1, 1), None, True),
        ("3", "outpatient_hospital", date(2025, 4, 1), None, False),
        ("3", "practitioner", None, None, False),
        ("3", "outpatient_hospital", None, {"start": "2025-03-04", "kind": "inpatient"}, False),
    ],
)
def test_a_loaded_limit_counts_where_it_is_in_force(
    units: str, setting: LimitSetting, effective: date | None, visit: Any, asked: bool
) -> None:
    limit = UnitLimit(code="G0463", limit=2, setting=setting, effective=effective)
    line = {**PADS, "code": "g0463 ", "units": units}
    assert found("high-quantity", [line], visit=visit, limits=[limit]) == ([None] if asked else [])


def test_a_loaded_limit_stands_above_the_rule_of_thumb() -> None:
    limit = UnitLimit(code="G0463", limit=500, setting="any")
    assert found("high-quantity", [{**PADS, "code": "G0463"}], limits=[limit]) == []
