from __future__ import annotations

from typing import Any

import pytest

from medbills_desktop.domain.case import Case
from tests.support.small_cases import amounts, findings, one_bill

CHECK = "bill-eob-line-mismatch"
Rows = list[dict[str, Any]]


def line(code: str | None, charge: str, day: str | None = "2025-03-04", **more: Any) -> dict[str, Any]:
    given = {"code": code, "charge": charge, "date": day, **more}
    return {name: value for name, value in given.items() if value is not None}


def row(code: str | None, billed: str, day: str | None = "2025-03-04", **more: Any) -> dict[str, Any]:
    given = {"code": code, "billed": billed, "date": day, **more}
    return {name: value for name, value in given.items() if value is not None}


def both(lines: Rows, rows: Rows, *more: Rows, **given: Any) -> Case:
    claims = [{"status": "paid", "number": f"C-{at}", "lines": some} for at, some in enumerate((rows, *more), 1)]
    return one_bill(lines=lines, claims=claims, **given)


OTHERS = ([line("J1885", "40.00"), line("A4550", "70.00")], [row("J1885", "40.00"), row("A4550", "70.00")])


def test_a_charge_that_differs_is_shown_with_the_difference() -> None:
    case = both([*OTHERS[0], line("G0463", "250.00")], [*OTHERS[1], row("G0463", "205.00")])
    (finding,) = findings(case, CHECK)
    assert (finding.level, finding.amount, finding.line_ids, finding.claim_ids) == ("strong", 4500, (3,), (1,))
    assert finding.title == "“Example item” on Mar 4, 2025: $250.00 on the bill, $205.00 on the EOB."


@pytest.mark.parametrize(
    ("mine", "theirs", "words", "amount"),
    [
        (line("G0463", "250.00"), row("G0378", "250.00"), "code G0463 on the bill, code G0378 on the EOB", None),
        (line("G0463", "9.00", units="3"), row("G0463", "9.00", units="1"), "3 units on the bill, 1 unit", None),
        (line("G0463", "9.00", units="3"), row("G0463", "3.00", units="1"), "$9.00 on the bill, $3.00", 600),
        (line("G0463", "9.00"), row("G0463", "9.00", "2025-03-24"), "Mar 4, 2025 on the bill, Mar 24, 2025", None),
    ],
)
def test_code_units_charge_or_date_that_differ_are_told(mine: Any, theirs: Any, words: str, amount: int | None) -> None:
    (finding,) = findings(both([*OTHERS[0], mine], [*OTHERS[1], theirs]), CHECK)
    assert words in finding.title
    assert finding.amount == amount


@pytest.mark.parametrize(
    ("lines", "rows", "why"),
    [
        (OTHERS[0], OTHERS[1], "they agree"),
        (
            [line("A0435", "85.00"), {"code": "A0430", "date": "2025-03-04"}],
            [row("A0435", "474.00")],
            "the EOB line may be for the line without a charge too",
        ),
        ([line("j 1885", "40.00")], [row("J1885", "40.00")], "case and blanks don't count"),
        ([line("G0463", "40.00")], [row("G0463-25", "40.00")], "a modifier is written onto the code"),
        ([line("LH-45", "40.00")], [row("G0463", "40.00")], "a house number is no code of the national sets"),
        ([line(None, "40.00", revenue_code="0450")], [row("0450", "40.00")], "by its revenue code"),
        ([line("00123-4567-89", "40.00", code_system="ndc")], [row("J1885", "40.00")], "a package number"),
        ([line("G0463", "40.00")], [row("G0463", "40.00", None)], "the EOB gives no day"),
        ([line("G0463", "40.00", None)], [row("G0463", "40.00")], "the bill gives no day"),
        ([line("G0463", "40.00", "2025-03-04T23:50")], [row("G0463", "40.00")], "a time of day"),
        ([line("G0463", "40.00", units="40", unit="minutes")], [row("G0463", "40.00", units="3")], "time in blocks"),
        ([line("J1885", "40.00"), line("A4550", "70.00")], [row("Z9999", "110.00")], "the EOB sums the bill up"),
        ([line("A0435", "389.00"), line("A0430", "85.00")], [row("A0435", "474.00")], "summed under the first code"),
        (
            [line("J1885", "10.00", f"2025-03-0{day}") for day in (4, 5, 6)],
            [row("J1885", "10.00") for _ in range(3)],
            "the EOB dates the whole claim by its first day",
        ),
        (
            [line("J1885", "10.00", f"2025-03-0{day}") for day in (4, 5, 6)] + [line("A4550", "7.00")],
            [row("J1885", "30.00", units="3"), row("A4550", "7.00")],
            "the EOB sums up a daily drug",
        ),
        (
            [line("J1885", "30.00", units="3")],
            [row("J1885", "10.00", units="1") for _ in range(3)],
            "the bill sums up what the EOB lists",
        ),
        ([line("G0463", "40.00"), line("J1885", "9.00")], [row("G0463", "40.00")], "one line is on another claim"),
        ([line("G0463", "40.00")], [row("G0463", "40.00"), row("G0378", "9.00")], "the claim is for two bills"),
        (
            [line("G0463", "50.00"), line("G0463", "-50.00"), line("G0463", "40.00")],
            [row("G0463", "40.00")],
            "the bill took a charge back",
        ),
        (
            [line("G0463", "40.00")],
            [row("G0463", "50.00"), row("G0463", "-50.00"), row("G0463", "40.00")],
            "the insurer took its first decision back",
        ),
        ([line("G0463", "50.00"), line("G0463", "50.00")], [row("G0463", "40.00")], "which of two is not certain"),
        ([line("G0463", "0.00")], [row("G0463", "40.00")], "not charged"),
        ([line("G0463", "40.00")], [], "totals only"),
        ([line(None, "40.00")], [row(None, "50.00")], "no code and no name on the EOB"),
    ],
)
def test_it_stays_silent_where_the_papers_agree_or_can_not_be_compared(lines: Rows, rows: Rows, why: str) -> None:
    assert findings(both(lines, rows), CHECK) == [], why


def test_a_span_of_days_on_the_bill_holds_the_day_of_the_eob() -> None:
    stay = {**line(None, "900.00", "2020-12-29"), "end": "2021-01-04", "description": "Room"}
    assert findings(both([stay], [row(None, "900.00", "2021-01-02")]), CHECK) == []


def test_lines_without_codes_are_compared_by_their_names() -> None:
    mine = {**line(None, "90.00"), "description": "Pulse  Oximeter"}
    assert amounts(both([mine], [row(None, "80.00", description="PULSE OXIMETER")]), CHECK) == ["10.00"]


def test_the_eobs_of_one_bill_are_read_together_and_those_of_two_insurers_apart() -> None:
    lines = [line("G0463", "40.00"), line("J1885", "9.00")]
    assert findings(both(lines, [row("G0463", "40.00")], [row("J1885", "9.00")]), CHECK) == []
    second = one_bill(
        lines=lines,
        policies=[{"order": "primary"}, {"order": "secondary"}],
        claims=[{"policy_id": at, "lines": [row("G0463", "40.00"), row("J1885", "9.00")]} for at in (1, 2)],
    )
    assert findings(second, CHECK) == []


def test_a_withdrawn_eob_is_passed_over() -> None:
    claim = {"status": "reversed", "lines": [row("G0463", "50.00")]}
    assert findings(one_bill(lines=[line("G0463", "40.00")], claims=[claim]), CHECK) == []
