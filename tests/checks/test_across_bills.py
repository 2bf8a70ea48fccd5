from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.money import decimal_text
from medbills_desktop.domain.records import Bill, Line, Organization, Statement
from tests.support.small_cases import findings, make, one_bill

LINE = {"date": "2025-03-04", "code": "G0463", "description": "Visit", "charge": "212.00"}


def two_bills(
    mine: Any = (),
    theirs: Any = (),
    *,
    kind: str = "hospital",
    first: Any = (),
    second: Any = (),
    bill: Any = None,
    visits: tuple[int | None, int | None] = (1, 1),
) -> Case:
    """Bill 1 of the hospital and a later bill 2 of another one, whose kind is given."""
    own = {"biller_id": 9, "person_id": 1, "visit_id": visits[1], "first_bill_date": "2025-06-01", **(bill or {})}
    own = {name: value for name, value in own.items() if value is not None}
    others = [
        Organization(id=9, name="Second Biller", kind=kind),  # type: ignore[arg-type]
        make(Bill, own, id=2),
        *(make(Line, {**row, "bill_id": 2}, id=60 + at, position=at) for at, row in enumerate(theirs)),
        *(make(Statement, {"date": "2025-06-01", **row, "bill_id": 2}, id=60 + at) for at, row in enumerate(second)),
    ]
    visit = {"start": "2025-03-04"}
    of_first = {"first_bill_date": "2025-05-01", "account_number": "77-1", "visit_id": visits[0]}
    return one_bill(lines=mine, statements=first, visit=visit, bill=of_first, others=others)


def across(case: Case) -> list[tuple[int, str, str | None]]:
    return [
        (one.bill_id, one.level, None if one.amount is None else decimal_text(one.amount))
        for one in findings(case, "duplicate-across-bills")
    ]


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        ("hospital", {}, ("question", "212.00")),
        ("laboratory", {"charge": "90.00"}, ("question", "90.00")),
        ("laboratory", {"code": " g0463", "date": "2025-03-04T08:00"}, ("question", "212.00")),
        ("physician", {}, ("info", None)),
        ("imaging", {}, ("info", None)),
        ("laboratory", {"modifiers": ["26"]}, ("info", None)),
    ],
)
def test_a_service_on_two_bills_of_a_visit_is_asked_about_once(kind: str, change: Any, expected: Any) -> None:
    assert across(two_bills([LINE], [{**LINE, **change}], kind=kind)) == [(2, *expected)]


@pytest.mark.parametrize(
    ("change", "visits", "why"),
    [
        ({"code": "G0101"}, (1, 1), "another code"),
        ({"date": "2025-03-05"}, (1, 1), "another day"),
        ({}, (1, None), "no visit"),
        ({}, (None, None), "neither has a visit"),
        ({"charge": "-212.00"}, (1, 1), "a credit"),
        ({"charge": "0.00"}, (1, 1), "charged at nothing"),
        ({"modifiers": ["77"]}, (1, 1), "given again"),
        ({"modifiers": ["RT"]}, (1, 1), "one side"),
        ({"modifiers": ["80"]}, (1, 1), "an assistant"),
        ({"code_system": "other"}, (1, 1), "an own code"),
        ({"mark": "removed_by_biller"}, (1, 1), "taken off"),
    ],
)
def test_services_that_are_two_are_left_alone(change: dict[str, Any], visits: Any, why: str) -> None:
    assert across(two_bills([LINE], [{**LINE, **change}], visits=visits)) == [], why


def test_several_codes_are_one_finding_and_the_house_and_the_person_are_called_normal() -> None:
    more = [LINE, {**LINE, "code": "G0101", "charge": "50.00"}]
    assert across(two_bills(more, more[::-1])) == [(2, "question", "262.00")]
    (one,) = findings(two_bills([LINE], [LINE], kind="physician"), "duplicate-across-bills")
    assert "they are normally two bills" in one.title
    assert set(one.line_ids) == {1, 60}


def repeats(case: Case) -> list[tuple[int, str]]:
    return [(one.bill_id, one.level) for one in findings(case, "repeat-statement")]


@pytest.mark.parametrize(
    ("bill", "visits", "expected"),
    [
        ({"biller_id": 1, "account_number": "77 1"}, (1, 1), [(2, "info")]),
        ({"biller_id": 1, "account_number": "771"}, (1, None), [(2, "info")]),
        ({"biller_id": 1, "account_number": "077-1"}, (1, 1), []),
        ({"biller_id": 1}, (1, 1), []),
        ({"biller_id": 9, "account_number": "77-1"}, (1, 1), []),
        ({"biller_id": 1, "account_number": "77-1", "person_id": 2}, (1, 1), []),
        ({"biller_id": 1, "account_number": "77-1"}, (1, 2), []),
    ],
)
def test_one_account_in_two_bills_is_a_follow_up(bill: dict[str, Any], visits: Any, expected: list[Any]) -> None:
    assert repeats(two_bills(bill=bill, visits=visits)) == expected


def test_an_account_kept_over_visits_is_no_follow_up() -> None:
    bill = {"biller_id": 1, "account_number": "77-1"}
    later = {**LINE, "date": "2025-09-01"}
    assert repeats(two_bills([LINE], [later], bill=bill, visits=(None, None))) == []
    assert repeats(two_bills([LINE], [LINE], bill=bill, visits=(None, None))) == [(2, "info")]
    assert across(two_bills([LINE], [LINE], bill=bill)) == []


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([{"number": "S-1", "balance": "10.00"}, {"number": "s-1 ", "balance": "10.00"}], [(1, "info")]),
        ([{"number": "S-1", "balance": "10.00"}, {"number": "S-1"}], [(1, "info")]),
        ([{"number": "S-1", "balance": "10.00"}, {"number": "S-1", "balance": "9.00"}], []),
        ([{"number": "S-1"}, {"number": "S-1", "date": "2025-04-01"}], []),
        ([{"number": "S-1"}, {"number": "S-2"}], []),
        ([{}, {}], []),
        ([{"balance": "10.00"}, {"balance": "10.00", "date": "2025-04-01"}], []),
    ],
)
def test_one_statement_entered_twice_is_noted(statements: list[Any], expected: list[Any]) -> None:
    assert repeats(two_bills(first=statements)) == expected


def test_of_two_bills_the_one_with_the_later_first_statement_is_the_second() -> None:
    bill = {"biller_id": 1, "account_number": "77-1", "first_bill_date": None}
    case = two_bills(first=[{"date": "2025-05-20"}], second=[{"date": "2025-02-01"}], bill=bill)
    assert repeats(case) == [(1, "info")]
    (one,) = findings(case, "repeat-statement", date(2025, 7, 1))
    assert "Feb 1, 2025 and May 20, 2025" in one.explanation
