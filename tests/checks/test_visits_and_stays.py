from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.money import decimal_text
from medbills_desktop.domain.records import Visit
from tests.support.small_cases import findings, make, one_bill

STAY = {"start": "2025-03-04T10:00", "end": "2025-03-06T14:00", "kind": "inpatient"}
LINE = {"date": "2025-03-05", "description": "Example item", "charge": "50.00"}
VISIT = {"date": "2025-03-04", "code": "99285", "description": "Example visit", "charge": "900.00"}


def plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def found(
    check: str, lines: list[dict[str, Any]], visit: dict[str, Any] | None = None, **given: Any
) -> list[tuple[str, str | None]]:
    case = one_bill(lines=[plain(line) for line in lines], visit=plain(visit) if visit else None, **given)
    return [(one.level, None if one.amount is None else decimal_text(one.amount)) for one in findings(case, check)]


@pytest.mark.parametrize(
    ("days", "visit", "expected"),
    [
        (["2025-03-03"], {}, "50.00"),
        (["2025-03-07"], {}, "50.00"),
        (["2025-03-07", "2025-03-05", "2024-03-05"], {}, "100.00"),
        (["2025-03-03"], {"end": None}, "50.00"),
        (["2025-03-05"], {"kind": "office", "end": None}, "50.00"),
        (["2025-03-05"], {"answers": {"days_present": "2025-03-04, 2025-03-06"}}, "50.00"),
        (["2025-03-07T00:01"], {}, "50.00"),
    ],
)
def test_a_line_dated_outside_the_visit_is_asked_about(days: list[str], visit: dict[str, Any], expected: str) -> None:
    lines = [{**LINE, "date": day} for day in days]
    assert found("date-outside-visit", lines, {**STAY, **visit}) == [("strong", expected)]


@pytest.mark.parametrize(
    ("line", "visit", "why"),
    [
        ({"date": "2025-03-04"}, {}, "the first day, before the hour"),
        ({"date": "2025-03-06T23:59"}, {}, "the last day, after the hour"),
        ({"date": "2025-03-07T00:00"}, {}, "posted at midnight"),
        ({"date": None}, {}, "no date"),
        ({"date": "2025-03-01"}, {"start": None}, "no start"),
        ({"date": "2025-03-09"}, {"end": None}, "no end"),
        ({"date": "2025-03-09", "charge": "-50.00"}, {}, "a credit booked later"),
        ({"date": "2025-03-09", "charge": "0.00"}, {}, "charged at nothing"),
        ({"date": "2025-03-09", "mark": "removed_by_biller"}, {}, "taken off"),
        ({"date": "2025-03-04", "end": "2025-03-06"}, {}, "a period within the stay"),
        ({"date": "2025-03-05"}, {"answers": {"days_present": 2}}, "days counted, not named"),
        ({"date": "2025-03-05"}, {"answers": {"days_present": "2025-13-45"}}, "a day that is none"),
        ({"date": "2025-03-05"}, {"end": "2025-03-01"}, "an end before the start tells nothing"),
    ],
)
def test_lines_of_the_visit_are_left_alone(line: dict[str, Any], visit: dict[str, Any], why: str) -> None:
    assert found("date-outside-visit", [{**LINE, **line}], {**STAY, **visit}) == [], why


@pytest.mark.parametrize(
    ("line", "kind", "asked"),
    [
        ({"date": "2025-03-03", "revenue_code": "0450"}, "inpatient", False),
        ({"date": "2025-03-03", "code": "G0378"}, "inpatient", False),
        ({"date": "2025-03-02", "revenue_code": "0450"}, "inpatient", True),
        ({"date": "2025-03-03", "revenue_code": "0450"}, "outpatient", True),
        ({"date": "2025-03-03", "revenue_code": "0450", "end": "2025-03-09"}, "inpatient", True),
        ({"date": "2025-03-03", "revenue_code": "0300"}, "inpatient", True),
    ],
)
def test_emergency_care_of_the_evening_before_goes_with_the_admission(
    line: dict[str, Any], kind: str, asked: bool
) -> None:
    assert bool(found("date-outside-visit", [{**LINE, **line}], {**STAY, "kind": kind})) == asked


def test_a_stay_across_the_year_and_another_visit_cover_their_days() -> None:
    stay = {"start": "2024-12-31", "end": "2025-01-02"}
    assert found("date-outside-visit", [{**LINE, "date": "2025-01-01"}], stay) == []
    other = make(Visit, {"person_id": 1, "start": "2025-03-10"}, id=2)
    assert found("date-outside-visit", [{**LINE, "date": "2025-03-10"}], STAY, others=[other]) == []
    theirs = make(Visit, {"person_id": 2, "start": "2025-03-10"}, id=2)
    assert found("date-outside-visit", [{**LINE, "date": "2025-03-10"}], STAY, others=[theirs]) != []
    assert found("date-outside-visit", [{**LINE, "date": "2025-03-10"}]) == []


@pytest.mark.parametrize(("code", "count"), [("99285", 1), (" 99285", 1), ("g0384", 1), ("99205", 1), ("99215", 1)])
def test_the_highest_level_asks_what_decides_it(code: str, count: int) -> None:
    assert found("visit-level", [{**VISIT, "code": code}]) == [("question", None)] * count


@pytest.mark.parametrize(
    "line",
    [
        {"code": "99284"},
        {"code": "99214"},
        {"code": "99212"},
        {"code": None},
        {"code": "99285", "charge": "-900.00"},
        {"code": "99285", "charge": "0.00"},
        {"code": "99285", "code_system": "other"},
    ],
)
def test_other_levels_are_left_alone(line: dict[str, Any]) -> None:
    assert found("visit-level", [{**VISIT, **line}]) == []


@pytest.mark.parametrize(
    ("line", "says", "never"),
    [
        ({"date": "2025-03-04"}, "since 2023", "total time"),
        ({"date": "2021-03-04"}, "does not decide its level.", "since 2023"),
        ({"code": "99215"}, "total time on that day", "emergency"),
    ],
)
def test_time_decides_office_levels_only(line: dict[str, Any], says: str, never: str) -> None:
    (one,) = findings(one_bill(lines=[{**VISIT, **line}]), "visit-level")
    assert says in one.explanation
    assert never not in one.explanation


OFFICE, WELL = {**VISIT, "code": "99213"}, {**VISIT, "code": "G0439"}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([OFFICE, WELL], [("question", None)]),
        ([{**OFFICE, "modifiers": ["25"]}, WELL], [("info", None)]),
        ([{**OFFICE, "modifiers": [" 25 "]}, {**WELL, "code": "g 0439"}], [("info", None)]),
        ([{**OFFICE, "rendering_provider": "A"}, {**WELL, "rendering_provider": "a "}], [("question", None)]),
        ([{**OFFICE, "rendering_provider": "A"}, WELL], [("question", None)]),
        ([VISIT, {**VISIT, "code": "99223"}], [("question", None)]),
    ],
)
def test_two_visit_codes_on_one_day_are_asked_about(lines: list[Any], expected: list[Any]) -> None:
    assert found("two-visit-codes", lines) == expected


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([OFFICE], "one"),
        ([OFFICE, OFFICE], "the same code twice is a repeat"),
        ([OFFICE, {**WELL, "date": "2025-03-05"}], "two days"),
        ([{**OFFICE, "date": None}, {**WELL, "date": None}], "no days"),
        ([{**OFFICE, "rendering_provider": "A"}, {**WELL, "rendering_provider": "B"}], "two clinicians"),
        ([{**OFFICE, "date": "2025-03-04T09:00"}, {**WELL, "date": "2025-03-04T15:00"}], "two times"),
        ([OFFICE, {**WELL, "code": "G0378"}], "observation is no visit"),
        ([OFFICE, {**WELL, "code": "G0463"}], "the house's code beside the clinician's"),
        ([OFFICE, {**WELL, "charge": "-900.00"}], "a credit"),
        ([{**VISIT, "revenue_code": "0450"}, {**VISIT, "code": "99284", "revenue_code": "0981"}], "place and person"),
        ([OFFICE, {**WELL, "mark": "removed_by_biller"}], "taken off"),
    ],
)
def test_visits_that_are_apart_are_left_alone(lines: list[Any], why: str) -> None:
    assert found("two-visit-codes", lines) == [], why
