from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import (
    LARGEST,
    Cents,
    cents_from_decimal_text,
    cents_from_text,
    decimal_text,
    dollars,
    times,
    total,
)

typed = st.integers(-LARGEST, LARGEST)
stored = st.integers(-(10**14 - 1), 10**14 - 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$1,234.56", 123456),
        ("1234.5", 123450),
        ("1 234.50", 123450),
        ("$1\u00a0234\u202f567.00", 123456700),
        (".5", 50),
        ("0", 0),
        ("007", 700),
        ("  12.34\n", 1234),
        ("+5", 500),
        ("(45.00)", -4500),
        ("($45.00)", -4500),
        ("$ (45.00)", -4500),
        ("45.00-", -4500),
        ("45.00 -", -4500),
        ("-45", -4500),
        ("-$45", -4500),
        ("$-45", -4500),
        ("\u221245.00", -4500),
        ("\u201345.00", -4500),
        ("45.00 CR", -4500),
        ("45.00cr", -4500),
        ("45.00 DR", 4500),
        ("99999999999.99", LARGEST),
    ],
)
def test_an_amount_is_read_the_way_papers_and_people_write_it(text: str, cents: int) -> None:
    assert cents_from_text(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "12,34",
        "1.234,50",
        "1.234",
        "1,23,4",
        "1234,567",
        "1234 567",
        "12 34.50",
        "1$50",
        "5$",
        "$$5",
        "$5$",
        "5.",
        "1..5",
        "(45",
        "45)",
        "()",
        "(-45)",
        "-45-",
        "--5",
        "+-5",
        "(45) CR",
        "CR",
        "-CR",
        "1e5",
        "NaN",
        "Infinity",
        "１２",
        "١",
        "12.345",
        "1,234.5.6",
        "12 dollars",
        "0x10",
        "1_000",
        "100000000000",
    ],
)
def test_what_can_be_read_in_two_ways_or_not_at_all_is_refused_with_a_remedy(text: str) -> None:
    with pytest.raises(UserError) as refusal:
        cents_from_text(text)
    assert text[:40] in refusal.value.what
    assert refusal.value.todo


@pytest.mark.parametrize("text", ["", "   ", "-", "\u2013", "\u2014", "$"])
def test_blank_and_a_lone_dash_mean_not_known_rather_than_zero(text: str) -> None:
    assert cents_from_text(text) is None


@given(st.text() | st.text("0123456789.,$()- CRcr+", max_size=45))
@example("1" * 100_000)
@example("(" * 50_000)
@example(" " * 50_000 + "$")
def test_any_text_is_an_amount_or_a_refusal_and_nothing_else(text: str) -> None:
    try:
        value = cents_from_text(text)
    except UserError as refusal:
        value, said = None, str(refusal)
    else:
        said = ""
    assert value is None or abs(value) <= LARGEST
    assert len(said) < 250


@given(typed)
def test_every_shown_amount_is_read_back_as_the_same_amount(cents: int) -> None:
    amount = Cents(cents)
    assert cents_from_text(dollars(amount)) == amount
    assert cents_from_text(decimal_text(amount)) == amount
    assert cents_from_text(f"({dollars(abs(cents))})") == -abs(cents)


@given(stored)
def test_the_stored_form_round_trips_exactly(cents: int) -> None:
    text = decimal_text(cents)
    assert cents_from_decimal_text(text) == cents
    assert Decimal(text) == Decimal(cents) / 100


@pytest.mark.parametrize(
    "text", ["1", "1.5", "1.234", "+1.00", " 1.00", "1.00\n", "1,000.00", "", ".50", "1" * 13 + ".00"]
)
def test_the_stored_form_has_two_places_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        cents_from_decimal_text(text)


def test_amounts_are_shown_with_commas_and_the_sign_before_the_dollar() -> None:
    assert dollars(123456) == "$1,234.56"
    assert dollars(-5) == "-$0.05"
    assert dollars(0) == "$0.00"
    assert dollars(None) == "\u2013"
    assert dollars(None, "not stated") == "not stated"


def test_a_total_of_nothing_known_is_not_known() -> None:
    assert total([]) is None
    assert total([None, None]) is None
    assert total([None, Cents(0)]) == 0
    assert total((Cents(5), None, Cents(-7))) == -2


@pytest.mark.parametrize(
    ("units", "price", "up", "down"),
    [("57", 1700, 96900, 96900), ("0.333", 3000, 999, 999), ("2.5", 1, 3, 2), ("3.5", 1, 4, 3), ("-2.5", 1, -3, -2)],
)
def test_a_product_that_ends_in_half_a_cent_may_go_either_way(units: str, price: int, up: int, down: int) -> None:
    assert times(Decimal(units), Cents(price)) == (up, down)


@given(st.decimals(-(10**38), 10**38, places=3), stored)
def test_a_product_of_any_length_is_exact_to_half_a_cent(units: Decimal, price: int) -> None:
    up, down = times(units, Cents(price))
    numerator = int(units.scaleb(3)) if units.is_zero() else int(str(units).replace(".", ""))
    twice = 2 * numerator * price
    assert abs(2000 * up - twice) <= 1000
    assert abs(2000 * down - twice) <= 1000
    assert (up != down) == (abs(2000 * up - twice) == 1000)
