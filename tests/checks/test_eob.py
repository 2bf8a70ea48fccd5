from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_cases import amounts, findings, one_bill

CHECK = "eob-arithmetic"
NAMES = {
    "billed": "billed",
    "disc": "discount",
    "allowed": "allowed",
    "plan": "plan_paid",
    "other": "other_insurance_paid",
    "ded": "deductible",
    "copay": "copay",
    "coins": "coinsurance",
    "not": "not_covered",
    "mine": "patient_responsibility",
}


def row(text: str) -> dict[str, str]:
    """`billed 100 disc 10` as columns of an EOB."""
    words = text.split()
    return {NAMES[name]: f"{float(value):.2f}" for name, value in zip(words[::2], words[1::2], strict=True)}


def eob(text: str = "", *lines: Any, **more: Any) -> dict[str, Any]:
    inner = [line if isinstance(line, dict) else row(line) for line in lines]
    return {"number": "C-1", "status": "paid", **row(text), **more, "lines": inner}


def found(*claims: dict[str, Any]) -> list[str | None]:
    return amounts(one_bill(claims=claims), CHECK)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ("billed 19206 allowed 5816 plan 1979 mine 4047", ["210.00"]),
        ("billed 100 disc 30 allowed 80", ["10.00"]),
        ("allowed 100 plan 60 ded 20 copay 10 coins 5", ["5.00"]),
        ("allowed 100 plan 60 ded 20 copay 10 coins 5 mine 40", ["5.00"]),
        ("allowed 100 plan 60 ded 20 copay 10 coins 15", ["5.00"]),
        ("allowed 100 plan 60 other 10 mine 40", ["10.00"]),
        ("billed 200 disc 90 allowed 100 plan 60 mine 50", ["10.00", "10.00"]),
    ],
)
def test_columns_that_do_not_come_to_the_allowed_amount_are_facts(figures: str, expected: list[str]) -> None:
    case = one_bill(claims=[eob(figures)])
    assert amounts(case, CHECK) == expected
    assert all(finding.level == "fact" and finding.claim_ids == (1,) for finding in findings(case, CHECK))


@pytest.mark.parametrize(
    "figures",
    [
        "billed 115 disc 49.66 allowed 65.34 plan 0 ded 65.34 copay 0 coins 0 mine 65.34",
        "billed 100 disc 10 allowed 90 plan 75 copay 15 mine 15",
        "billed 742 allowed 742 plan 0 ded 742 mine 742",
        "allowed 9000 plan 5095 ded 2000 coins 1905 mine 3905",
        "billed 500 disc 200 not 100 allowed 200",
        "billed 500 disc -200 allowed 300",
        "billed -500 disc -200 allowed -300 plan -300 mine 0",
        "allowed 300 plan 240 mine 160 not 100",
        "allowed 300 plan 100 ded 50 copay 0 coins 50 not 100",
        "allowed 500 other 400 plan 60 mine 40",
        "billed 0 disc 0 allowed 0 plan 0 mine 0",
    ],
)
def test_an_eob_that_balances_in_one_of_the_ways_they_are_printed_is_left_alone(figures: str) -> None:
    assert found(eob(figures)) == []
    assert found(eob("", figures)) == []


@pytest.mark.parametrize(
    "figures",
    [
        "billed 100 disc 30",
        "billed 100 allowed 80",
        "disc 30 allowed 80",
        "allowed 100 plan 60",
        "allowed 100 mine 60",
        "plan 100 mine 60",
        "allowed 100 plan 60 ded 20",
        "allowed 100 plan 60 ded 20 copay 10",
        "ded 20 copay 10 coins 10 plan 60",
        "",
    ],
)
def test_a_column_that_is_not_stated_is_not_zero(figures: str) -> None:
    assert found(eob(figures)) == []


def test_parts_that_are_not_all_given_are_stood_for_by_the_share() -> None:
    assert found(eob("allowed 100 plan 60 ded 20 mine 45")) == ["5.00"]
    assert found(eob("allowed 100 plan 60 ded 20 mine 40")) == []


def test_a_denied_or_out_of_network_eob_may_share_out_the_billed_amount() -> None:
    figures = "billed 500 disc 0 allowed 0 plan 0 mine 500"
    assert found(eob(figures, status="denied")) == []
    assert found(eob("", {**row(figures), "denied": True})) == []
    assert found(eob(figures)) == ["500.00", "500.00"]
    assert found(eob("billed 718 allowed 300 plan 240 mine 478", network="out")) == []
    assert found(eob("billed 718 allowed 300 plan 240 mine 478", network="in")) == ["418.00"]


def test_a_secondary_insurer_may_allow_only_what_the_first_one_left() -> None:
    claim = eob("allowed 100 other 400 plan 60 mine 40")
    assert amounts(one_bill(claims=[claim], policies=[{"order": "secondary"}]), CHECK) == []
    assert amounts(one_bill(claims=[claim], policies=[{"order": "primary"}]), CHECK) == ["400.00"]


def test_lines_are_added_up_where_the_totals_agree_or_are_missing() -> None:
    lines = ("allowed 100 plan 60 mine 50", "allowed 50 plan 20 mine 25", "allowed 10 plan 10 mine 0")
    case = one_bill(claims=[eob("", *lines)])
    assert amounts(case, CHECK) == ["15.00"]
    assert "2 lines" in findings(case, CHECK)[0].title
    assert found(eob("allowed 150 plan 80 mine 70", *lines[:2])) == ["15.00"]


def test_totals_that_part_as_their_lines_do_are_one_finding() -> None:
    case = one_bill(
        claims=[eob("allowed 150 plan 80 mine 80", "allowed 100 plan 60 mine 50", "allowed 50 plan 20 mine 30")]
    )
    (finding,) = findings(case, CHECK)
    assert finding.amount == 1000
    assert finding.explanation.startswith("Totals:\nPlan paid: $80.00\n+ your share: $80.00\n= together: $160.00")


def test_one_line_is_named_in_the_words() -> None:
    line = {**row("allowed 100 plan 60 mine 50"), "description": "Imaging", "date": "2025-03-04"}
    (finding,) = findings(one_bill(claims=[eob("", line)]), CHECK)
    assert finding.title.startswith("On one line of the EOB for claim C-1")
    assert finding.explanation.startswith("Imaging on Mar 4, 2025:")


def test_an_eob_that_the_insurer_took_back_or_replaced_is_passed_over() -> None:
    off = "allowed 100 plan 60 mine 50"
    assert found(eob(off, status="reversed")) == []
    assert found(eob(off, date="2025-01-01"), eob("allowed 100 plan 60 mine 40", date="2025-02-01")) == []
    assert found(eob(off, date="2025-01-01"), eob("allowed 100 plan 60 mine 40", date="2025-01-01")) == ["10.00"]


def test_an_eob_without_a_number_is_named_by_its_day() -> None:
    (finding,) = findings(one_bill(claims=[{**row("allowed 100 plan 60 mine 50"), "date": "2025-02-01"}]), CHECK)
    assert "EOB of Feb 1, 2025" in finding.title
