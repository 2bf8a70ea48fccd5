"""A line beside a noted price: the sentence with its figures, and the reason where the two are not compared."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.price_comparison import compare, compare_all, comparison_text
from medbills_desktop.domain.records import Line, Price, Visit

NOTED = Price(
    code="J1885", amount=Cents(21000), source="Fee schedule", basis="medicare", place="Houston", date=date(2026, 1, 5)
)


def line(**values: Any) -> Line:
    given_ = {"code": "J1885", "description": "An item", "units": Decimal(1), "charge": Cents(50400)} | values
    return Line(bill_id=1, **given_)


def noted(**values: Any) -> Price:
    return Price(**({"code": "J1885", "amount": Cents(21000), "source": "A list"} | values))


def said(one: Line, price: Price, kind: Any = "outpatient") -> str:
    return comparison_text(compare(one, Visit(person_id=1, kind=kind), price))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, "2.4 times the noted $210.00 (Medicare, Houston, Jan 2026); $294.00 more."),
        (
            {"units": Decimal(2), "charge": Cents(100800)},
            "2.4 times the noted $210.00 (Medicare, Houston, Jan 2026); $588.00 more for 2 units.",
        ),
        ({"charge": Cents(21000)}, "The same as the noted $210.00 (Medicare, Houston, Jan 2026)."),
        ({"charge": Cents(10500)}, "0.5 times the noted $210.00 (Medicare, Houston, Jan 2026); $105.00 less."),
        ({"charge": Cents(21100)}, "About the noted $210.00 (Medicare, Houston, Jan 2026); $1.00 more."),
        ({"charge": Cents(1)}, "Less than 0.1 times the noted $210.00 (Medicare, Houston, Jan 2026); $209.99 less."),
    ],
)
def test_the_sentence_has_ratio_price_where_it_is_from_and_difference(values: dict[str, Any], expected: str) -> None:
    assert said(line(**values), NOTED) == expected


@pytest.mark.parametrize(
    ("values", "price", "kind", "why"),
    [
        ({"units": None}, {}, "outpatient", "does not say how many units"),
        ({"charge": None}, {}, "outpatient", "charges nothing"),
        ({"mark": "not_received"}, {}, "outpatient", "not to be paid"),
        ({"unit": "minutes"}, {}, "outpatient", "noted without a unit, the line counts minutes"),
        ({}, {"unit": "mg"}, "outpatient", "noted for “mg”, the line names no unit"),
        ({"modifiers": ("TC",)}, {}, "outpatient", "Modifier TC"),
        ({}, {"modifiers": ("26",)}, "outpatient", "with modifier 26"),
        ({"code_system": "cpt"}, {"code_system": "hcpcs"}, "outpatient", "another list of codes"),
        ({}, {"setting": "inpatient"}, "office", "an inpatient stay; the visit is “office”"),
        ({}, {"setting": "inpatient"}, None, "the kind of visit is not known"),
        ({}, {"amount": Cents(0)}, "outpatient", "is zero"),
    ],
)
def test_what_may_not_be_alike_is_not_compared_and_it_says_why(
    values: dict[str, Any], price: dict[str, Any], kind: Any, why: str
) -> None:
    found = compare(line(**values), Visit(person_id=1, kind=kind), noted(**price))
    assert (found.one, found.more, found.ratio) == (None, None, None)
    assert why in found.why_not
    assert comparison_text(found).endswith(found.why_not)


def test_only_prices_for_the_code_count_and_the_sure_ones_come_first() -> None:
    prices = [noted(amount=Cents(90000), unit="mg"), noted(code="A4550"), NOTED, noted(code=" j18 85", id=4)]
    found = compare_all(line(), None, prices)
    assert [bool(one.why_not) for one in found] == [False, False, True]
    assert compare_all(line(code=None), None, prices) == []


@given(st.decimals(Decimal("0.001"), Decimal(10_000), places=3), st.integers(1, 10**8), st.integers(1, 10**7))
def test_the_difference_is_the_charge_less_units_times_price_to_the_cent(
    units: Decimal, charge: int, price: int
) -> None:
    found = compare(line(units=units, charge=Cents(charge)), None, noted(amount=Cents(price)))
    assert found.more is not None
    assert found.one is not None
    assert abs(Fraction(charge) - Fraction(units) * price - found.more) <= Fraction(1, 2)
    assert Fraction(found.one) * Fraction(units) == charge
