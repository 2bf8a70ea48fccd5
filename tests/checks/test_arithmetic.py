from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import decimal_text, times
from tests.support.small_cases import amounts, findings, one_bill

CHECK = "line-arithmetic"


def found(units: Any, price: Any, charge: Any, **more: Any) -> list[str | None]:
    line = {"units": units, "unit_price": price, "charge": charge, **more}
    return amounts(one_bill(lines=[{name: value for name, value in line.items() if value is not None}]), CHECK)


@pytest.mark.parametrize(
    ("units", "price", "charge", "amount"),
    [
        ("57", "17.00", "999.00", "30.00"),
        ("3", "12.50", "40.00", "2.50"),
        ("1", "0.01", "0.02", "0.01"),
        ("2.5", "33.33", "83.34", "0.01"),
        ("2", "50.00", "80.00", "20.00"),
        ("0", "50.00", "50.00", "50.00"),
        ("0.5", "100.00", "55.00", "5.00"),
        ("1415", "275.00", "389130.00", "5.00"),
        ("10000", "2.00", "20100.00", "100.00"),
        ("-1", "50.00", "-60.00", "10.00"),
        ("0.333", "30.00", "10.05", "0.06"),
        ("0.3", "300.00", "100.00", "10.00"),
    ],
)
def test_units_times_price_that_is_not_the_charge_is_a_fact(units: str, price: str, charge: str, amount: str) -> None:
    assert found(units, price, charge) == [amount]


@pytest.mark.parametrize(
    ("units", "price", "charge", "why"),
    [
        ("57", "17.00", "969.00", "it agrees"),
        ("2.5", "0.33", "0.83", "half a cent rounded up"),
        ("2.5", "0.33", "0.82", "half a cent rounded down"),
        ("0.333", "30.00", "9.99", "the quantity as printed"),
        ("0.333", "30.00", "10.00", "a third"),
        ("0.67", "30.00", "20.00", "two thirds"),
        ("0.66", "30.00", "20.00", "two thirds cut off"),
        ("2.07", "6000.00", "12400.00", "2 h 4 min"),
        ("0.143", "700.00", "100.00", "a day of a week"),
        ("3", "33.33", "100.00", "the price is rounded"),
        ("10000", "0.04", "382.00", "a price of less than a cent's parts"),
        ("1", "50.00", "0.00", "charged at nothing"),
        ("0", "0.00", "0.00", "all zero"),
        ("1", "50.00", "-50.00", "a credit with the sign on the charge"),
        ("-1", "50.00", "-50.00", "a credit with the sign on the units"),
        (None, "50.00", "60.00", "units not stated"),
        ("2", None, "60.00", "price not stated"),
        ("2", "50.00", None, "charge not stated"),
    ],
)
def test_it_stays_silent_where_figures_agree_or_are_missing(units: Any, price: Any, charge: Any, why: str) -> None:
    assert found(units, price, charge) == [], why


def test_a_line_that_the_biller_took_off_is_no_longer_checked() -> None:
    assert found("2", "50.00", "80.00", mark="removed_by_biller") == []
    assert found("2", "50.00", "80.00", mark="overpriced") == ["20.00"]


def test_the_words_show_the_sum_to_redo() -> None:
    line = {"description": "Pulse oximeter", "date": "2025-03-04", "units": "57", "unit": "hours"}
    (finding,) = findings(one_bill(lines=[{**line, "unit_price": "17.00", "charge": "999.00"}]), CHECK)
    assert finding.level == "fact"
    assert finding.title == "“Pulse oximeter”: 57 hours × $17.00 is $969.00, but $999.00 is charged."
    assert finding.explanation.split("\n") == [
        "57 × $17.00: $969.00",
        "Charged on the line: $999.00",
        "Difference (more is charged): $30.00",
    ]
    assert finding.line_ids == (1,)
    assert "Mar 4, 2025" in finding.ask


@given(st.decimals(0, 10_000, places=3), st.integers(0, 10**7))
def test_the_product_itself_is_never_reported_however_it_is_rounded(units: Decimal, price: int) -> None:
    for product in times(units, price):  # type: ignore[arg-type]
        assert found(str(units), decimal_text(price), decimal_text(product)) == []


@given(st.integers(1, 10_000), st.integers(100, 10**7), st.integers(100, 10**7))
def test_a_dollar_or_more_too_much_on_whole_units_is_always_reported(units: int, price: int, over: int) -> None:
    charge = units * price + over
    assert found(str(units), decimal_text(price), decimal_text(charge)) == [decimal_text(over)]
