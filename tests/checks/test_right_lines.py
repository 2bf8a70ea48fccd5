"""Itemized bills as they come when everything on them is right: nothing to ask, though much looks alike."""

from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.records import Bill, Line, Organization, Visit
from tests.support.small_cases import findings, make, one_bill

STAY = {"start": "2025-03-01T21:40", "end": "2025-03-04T11:15", "kind": "inpatient"}
DAYS = ("2025-03-02", "2025-03-03", "2025-03-04")


def row(description: str, day: str | None, charge: str, **more: Any) -> dict[str, Any]:
    given = {"description": description, "date": day, "charge": charge, **more}
    return {name: value for name, value in given.items() if value is not None}


def asked(lines: list[dict[str, Any]], *, kind: str = "hospital", **given: Any) -> list[str]:
    biller = Organization(id=3, name="Example Biller", kind=kind)  # type: ignore[arg-type]
    case = one_bill(lines=lines, bill={"biller_id": 3}, others=[biller, *given.pop("others", ())], **given)
    return [f"{one.check}: {one.title}" for one in findings(case)]


NIGHTS = [
    row("RM 412 SEMI", day, "1100.00", revenue_code="0120", units="1", unit="days", unit_price="1100.00")
    for day in ("2025-03-01", *DAYS[:2])
]
DAILY = [
    *(row("EXAMPLE DRUG 40 MG INJ", day, "90.00", code="J1650", units="4") for day in DAYS),
    *(row("EXAMPLE DRUG 5MG TAB", day, "6.50", units="1") for day in ("2025-03-01", *DAYS)),
]
TIMED = [row("METABOLIC LAB", f"2025-03-02T{hour}:10", "88.00", code="G0306", units="1") for hour in ("05", "13", "21")]
BOTH_SIDES = [
    row("JOINT INJECTION", "2025-03-03", "410.00", code="G0259", modifiers=[side], units="1") for side in ("RT", "LT")
]
THEATER = [
    row("OPERATING ROOM 30 MIN", "2025-03-02", "9000.00", revenue_code="0360", units="150", unit="minutes"),
    row("ANESTHESIA TIME", "2025-03-02", "2400.00", revenue_code="0370", units="165", unit="minutes"),
    row("RECOVERY ROOM", "2025-03-02", "900.00", revenue_code="0710", units="2", unit="hours"),
    row("SCREW 4.0 MM", "2025-03-02", "386.00", code="C1713", units="2"),
    row("SCREW 6.5 MM", "2025-03-02", "512.00", code="C1713", units="1"),
]
BY_THE_HOUR = [
    row("OXYGEN PER HOUR", day, charge, units=units, unit="hours")
    for day, charge, units in (
        ("2025-03-02", "192.00", "24"),
        ("2025-03-03", "192.00", "24"),
        ("2025-03-04", "88.00", "11"),
    )
]
EMERGENCY = [
    row("EXAMPLE VISIT", "2025-03-01", "1400.00", code="99284", revenue_code="0450", units="1"),
    row("EXAMPLE VISIT", "2025-03-01", "520.00", code="99284", revenue_code="0981", units="1"),
]
VOIDED = [
    row("EXAMPLE SCAN", "2025-03-02", "900.00", code="G0297", units="1"),
    row("EXAMPLE SCAN", "2025-03-02", "-900.00", code="G0297", units="-1"),
    row("EXAMPLE SCAN", "2025-03-02", "620.00", code="G0297", units="1"),
    row("ROOM", "2025-03-04", "1100.00", revenue_code="0120", units="1", unit="days"),
    row("ROOM", "2025-05-20", "-1100.00", revenue_code="0120", units="-1", unit="days"),
]


def test_a_stay_of_three_nights_with_a_late_credit() -> None:
    lines = [*EMERGENCY, *NIGHTS, *DAILY, *TIMED, *BOTH_SIDES, *THEATER, *BY_THE_HOUR, *VOIDED]
    assert asked(lines, visit=STAY) == []


AMBULANCE = [
    row("BASE RATE", "2025-03-01", "900.00", code="A0429", units="1"),
    row("GROUND MILEAGE", "2025-03-01", "246.00", code="A0425", units="12.3", unit="miles", unit_price="20.00"),
]
EQUIPMENT = [
    row("CATHETER", "2025-03-10", "400.00", code="A4351", units="200"),
    row("BED RENTAL", "2025-03-10", "90.00", end="2025-04-09", code="E0260", modifiers=["RR"], units="1"),
]
LABORATORY = [
    row("CULTURE", "2025-03-06", "40.00", code="G0306", units="1"),
    row("BLOOD COUNT", "2025-03-04", "22.00", code="G0307", units="1"),
]
ROUNDS = [
    row("EXAMPLE CARE", day, "140.00", code=code, units="1")
    for day, code in zip(DAYS, ("99222", "99232", "99238"), strict=True)
]
ANESTHESIA = [
    row("EXAMPLE SERVICE", "2025-03-02", "900.00", code="00400", modifiers=[part], units="165", unit="minutes")
    for part in ("QK", "QX")
]
OFFICE = [
    row("EXAMPLE VISIT", "2025-03-01", "150.00", code="99213", units="1"),
    row("VACCINE", "2025-03-01", "80.00", code="Q2038", units="1"),
    row("VACCINE ADMINISTRATION", "2025-03-01", "30.00", code="G0008", units="1"),
]
OBSERVATION = [
    row("OBSERVATION CARE", "2025-03-01", "3600.00", code="G0378", units="36", unit="hours"),
    row("EXAMPLE DRUG", "2025-03-01", "900.00", code="J1885", units="3"),
    row("EXAMPLE DRUG", "2025-03-01", "90.00", code="J1885", units="1", modifiers=["JW"]),
]
THIRD = [row("THIRD OF A THING", "2025-03-01", "33.30", units="0.333", unit_price="100.00")]
OF_A_DAY = {"start": "2025-03-01", "kind": "office"}
OVER_A_NIGHT = {"start": "2025-03-01T06:00", "end": "2025-03-02T19:30", "kind": "observation"}


@pytest.mark.parametrize(
    ("kind", "lines", "visit"),
    [
        ("ambulance", AMBULANCE, STAY),
        ("equipment", EQUIPMENT, STAY),
        ("laboratory", LABORATORY, STAY),
        ("physician", ROUNDS, STAY),
        ("physician", ANESTHESIA, {**STAY, "answers": {"minutes_of_anesthesia": 165}}),
        ("physician", OFFICE, OF_A_DAY),
        ("hospital", OBSERVATION, OVER_A_NIGHT),
        ("physician", THIRD, OF_A_DAY),
    ],
)
def test_other_billers(kind: str, lines: list[Any], visit: dict[str, Any]) -> None:
    assert asked(lines, kind=kind, visit=visit) == []


def test_therapy_on_several_days_of_which_each_is_a_visit() -> None:
    lines = [row("THERAPY 15 MIN", f"2025-03-{day}", "120.00", code="G0151", units="2") for day in ("03", "10", "17")]
    others = [
        make(Visit, {"person_id": 1, "start": f"2025-03-{day}", "kind": "outpatient"}, id=day) for day in (10, 17)
    ]
    visit = {"start": "2025-03-03", "end": "2025-03-03", "kind": "outpatient"}
    assert asked(lines, kind="physician", visit=visit, others=others) == []


def test_two_visits_on_one_day_at_two_billers() -> None:
    visit = {"description": "EXAMPLE VISIT", "date": "2025-03-01", "charge": "150.00", "code": "99213", "units": "1"}
    others = [
        Organization(id=4, name="Other Clinic", kind="physician"),
        make(Visit, {"person_id": 1, "start": "2025-03-01T15:00", "kind": "office"}, id=2),
        Bill(id=2, biller_id=4, person_id=1, visit_id=2, account_number="9"),
        make(Line, {**visit, "bill_id": 2}, id=50),
    ]
    morning = {"start": "2025-03-01T09:00", "kind": "office"}
    assert asked([visit], kind="physician", visit=morning, others=others) == []
