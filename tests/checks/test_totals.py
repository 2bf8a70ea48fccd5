from __future__ import annotations

from typing import Any

import pytest

from tests.support.small_cases import amounts, findings, one_bill

LINES = "lines-vs-total"
EQUATION = "statement-equation"


def charges(*given: str, **more: Any) -> list[dict[str, Any]]:
    return [{"charge": charge, "description": f"Item {at}", **more} for at, charge in enumerate(given)]


def statement(total: str | None = None, day: str = "2025-05-01", **more: Any) -> dict[str, Any]:
    return {"date": day, **({} if total is None else {"total_charges": total}), **more}


def test_the_rest_between_lines_and_total_is_the_amount_either_way() -> None:
    more = one_bill(lines=charges("100.00", "50.00"), statements=[statement("180.00")])
    less = one_bill(lines=charges("100.00", "50.00"), statements=[statement("120.00")])
    assert amounts(more, LINES) == ["30.00"]
    assert "$30.00 stands on no line" in findings(more, LINES)[0].title
    assert amounts(less, LINES) == ["30.00"]
    assert "the lines come to $30.00 more" in findings(less, LINES)[0].title


def test_the_sum_is_shown_line_by_line_and_not_for_long_bills() -> None:
    (short,) = findings(one_bill(lines=charges("100.00", "50.00"), statements=[statement("180.00")]), LINES)
    assert short.explanation.split("\n") == [
        "“Item 0”: $100.00",
        "+ “Item 1”: $50.00",
        "= sum of 2 lines: $150.00",
        "Total charges on the statement of May 1, 2025: $180.00",
        "Difference: $30.00",
    ]
    (long,) = findings(one_bill(lines=charges(*["1.00"] * 40), statements=[statement("41.00")]), LINES)
    assert long.explanation.startswith("= sum of 40 lines: $40.00")


@pytest.mark.parametrize(
    ("lines", "statements", "why"),
    [
        (charges("100.00", "50.00"), [statement("150.00")], "they agree"),
        ([], [statement("150.00")], "no lines"),
        (charges("100.00"), [], "no statement"),
        (charges("100.00"), [statement(balance="100.00")], "no total is stated"),
        ([*charges("100.00"), {"description": "Not readable"}], [statement("150.00")], "one charge is not known"),
        (charges("0.00", "150.00"), [statement("150.00")], "a line at nothing"),
        (charges("150.00", "-20.00"), [statement("150.00")], "an adjustment among the lines"),
        (charges("150.00", "-20.00"), [statement("130.00")], "a credit that the total includes"),
    ],
)
def test_lines_stay_silent_where_they_agree_or_a_figure_is_missing(lines: Any, statements: Any, why: str) -> None:
    assert amounts(one_bill(lines=lines, statements=statements), LINES) == [], why


def test_a_reversal_belongs_to_the_charges_and_a_payment_does_not() -> None:
    lines = [*charges("100.00", "40.00"), {"charge": "-40.00", "description": "Item 1"}]
    paid = {"charge": "-75.00", "description": "Insurance payment"}
    assert amounts(one_bill(lines=[*lines, paid], statements=[statement("100.00")]), LINES) == []
    assert amounts(one_bill(lines=[*lines, paid], statements=[statement("109.00")]), LINES) == ["9.00"]


def test_lines_belong_to_the_latest_itemized_statement_that_states_a_total() -> None:
    papers = [
        statement("150.00", "2025-03-01", itemized=True),
        statement("170.00", "2025-04-01", itemized=True),
        statement("500.00", "2025-05-01"),
    ]
    (finding,) = findings(one_bill(lines=charges("100.00", "65.00"), statements=papers), LINES)
    assert finding.amount == 500
    assert finding.statement_ids == (2,)


def test_without_an_itemized_statement_they_belong_to_the_latest_that_states_a_total() -> None:
    papers = [statement("150.00", "2025-03-01"), statement("170.00", "2025-04-01"), statement(None, balance="5.00")]
    (finding,) = findings(one_bill(lines=charges("100.00", "60.00"), statements=papers), LINES)
    assert finding.statement_ids == (2,)


def test_lines_that_make_up_an_earlier_total_or_several_totals_are_left_alone() -> None:
    papers = [statement("150.00", "2025-03-01"), statement("170.00", "2025-04-01")]
    assert amounts(one_bill(lines=charges("100.00", "50.00"), statements=papers), LINES) == []
    assert amounts(one_bill(lines=charges("150.00", "170.00"), statements=papers), LINES) == []
    reminders = [statement("150.00", "2025-03-01"), statement("150.00", "2025-04-01")]
    assert amounts(one_bill(lines=charges("150.00", "150.00"), statements=reminders), LINES) == ["150.00"]


def test_a_line_taken_off_by_the_biller_may_stand_in_the_total_or_not() -> None:
    lines = [*charges("100.00"), {"charge": "40.00", "description": "Off", "mark": "removed_by_biller"}]
    assert amounts(one_bill(lines=lines, statements=[statement("140.00")]), LINES) == []
    assert amounts(one_bill(lines=lines, statements=[statement("100.00")]), LINES) == []
    assert amounts(one_bill(lines=lines, statements=[statement("111.00")]), LINES) == ["11.00"]


FIGURES = ("total_charges", "adjustments", "insurer_paid", "patient_paid", "balance")


def equation(*figures: str | None, day: str = "2025-05-01") -> dict[str, Any]:
    stated = {name: figure for name, figure in zip(FIGURES, figures, strict=True) if figure is not None}
    return {"date": day, **stated}


def test_a_balance_that_the_figures_do_not_give_is_a_fact() -> None:
    (finding,) = findings(one_bill(statements=[equation("100.00", "10.00", "75.00", "0.00", "25.00")]), EQUATION)
    assert (finding.level, finding.amount, finding.statement_ids) == ("fact", 1000, (1,))
    assert finding.explanation.split("\n") == [
        "Total charges: $100.00",
        "− adjustments: $10.00",
        "− insurer paid: $75.00",
        "− patient paid: $0.00",
        "= by the figures: $15.00",
        "Balance stated: $25.00",
        "Difference: $10.00",
    ]
    less = one_bill(statements=[equation("100.00", "10.00", "75.00", "0.00", "5.00")])
    assert amounts(less, EQUATION) == ["10.00"]
    assert findings(less, EQUATION)[0].title.endswith("$10.00 less.")


@pytest.mark.parametrize("missing", range(5))
def test_a_figure_that_is_not_stated_is_not_zero(missing: int) -> None:
    figures: list[str | None] = ["100.00", "10.00", "75.00", "0.00", "25.00"]
    figures[missing] = None
    assert amounts(one_bill(statements=[equation(*figures)]), EQUATION) == []


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        (("24074.50", "0.00", "3830.79", "0.00", "20243.71"), "it agrees"),
        (("100.00", "-10.00", "-75.00", "0.00", "15.00"), "credits are printed with a minus sign"),
        (("100.00", "-10.00", "75.00", "0.00", "35.00"), "an adjustment that adds"),
        (("100.00", "0.00", "0.00", "120.00", "-20.00"), "a credit balance"),
        (("0.00", "0.00", "0.00", "0.00", "0.00"), "all zero"),
    ],
)
def test_the_equation_stays_silent_where_the_figures_agree(figures: tuple[str, ...], why: str) -> None:
    assert amounts(one_bill(statements=[equation(*figures)]), EQUATION) == [], why


def test_a_statement_of_one_period_carries_on_the_balance_before() -> None:
    first = equation("200.00", "0.00", "0.00", "0.00", "200.00", day="2025-03-01")
    second = equation("0.00", "0.00", "0.00", "50.00", "150.00", day="2025-04-01")
    third = equation("0.00", "0.00", "0.00", "50.00", "120.00", day="2025-05-01")
    assert amounts(one_bill(statements=[first, second]), EQUATION) == []
    assert amounts(one_bill(statements=[second]), EQUATION) == ["200.00"]
    assert len(amounts(one_bill(statements=[first, second, third]), EQUATION)) == 1


def test_reminders_with_the_same_figures_give_one_finding_that_keeps_its_fingerprint() -> None:
    one = equation("100.00", "0.00", "0.00", "0.00", "120.00", day="2025-03-01")
    again = {**one, "date": "2025-04-01"}
    (first,) = findings(one_bill(statements=[one]), EQUATION)
    (both,) = findings(one_bill(statements=[one, again]), EQUATION)
    assert both.statement_ids == (1, 2)
    assert "Apr 1, 2025" in both.title
    assert both.fingerprint == first.fingerprint


def test_a_later_statement_that_adds_up_is_mentioned() -> None:
    papers = [
        equation("100.00", "0.00", "0.00", "0.00", "120.00", day="2025-03-01"),
        equation("100.00", "0.00", "0.00", "0.00", "100.00", day="2025-04-01"),
    ]
    (finding,) = findings(one_bill(statements=papers), EQUATION)
    assert finding.explanation.endswith("The later statement of Apr 1, 2025 adds up.")
