"""Shares and instalments add up to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.settlement import gap_of_installments, installments, part_of, percent_of, shares_of


def test_shares_of_a_balance() -> None:
    balance = Cents(1998_82)
    assert [part_of(balance, percent) for percent in (40, 50, 60, 75)] == [799_53, 999_41, 1199_29, 1499_12]
    assert part_of(Cents(1), 50) == 1


def test_an_offer_as_a_share() -> None:
    assert percent_of(Cents(2832_00), Cents(25000_00)) == Decimal("11.3")
    assert percent_of(Cents(1), Cents(0)) is None


def test_twelve_payments_of_a_printed_plan_are_eight_dollars_short() -> None:
    assert gap_of_installments(Cents(550_124_00), 12, Cents(45_843_00)) == -8_00


@pytest.mark.parametrize(("total", "count"), [(100, 0), (100, 361), (3, 4), (0, 1), (-5, 1)])
def test_payments_that_make_no_sense_are_refused(total: int, count: int) -> None:
    with pytest.raises(ValueError, match="payments"):
        installments(Cents(total), count)


@given(st.integers(1, 10**12), st.integers(1, 360))
def test_installments_add_up_and_differ_by_a_cent(total: int, count: int) -> None:
    if count > total:
        return
    found = installments(Cents(total), count)
    assert found.total == total
    assert 0 <= found.larger - found.smaller <= 1
    assert 1 <= found.first_ones <= count


@given(st.integers(1, 10**12), st.integers(0, 100))
def test_a_share_and_the_rest_make_the_whole(balance: int, percent: int) -> None:
    assert abs(part_of(Cents(balance), percent) + part_of(Cents(balance), 100 - percent) - balance) <= 1


def test_the_calculator_shows_the_usual_shares_and_an_own_one() -> None:
    assert [(str(one.percent), one.amount) for one in shares_of(Cents(1998_82), Decimal("85"))] == [
        ("40", 799_53),
        ("50", 999_41),
        ("60", 1199_29),
        ("75", 1499_12),
        ("85", 1699_00),
    ]
    assert len(shares_of(Cents(100), Decimal(50))) == 4
    assert shares_of(None) == shares_of(Cents(0)) == shares_of(Cents(-5)) == ()


@pytest.mark.parametrize("own", ["0", "-1", "100.1"])
def test_a_share_of_nothing_or_of_more_than_all_is_refused(own: str) -> None:
    with pytest.raises(ValueError, match="percent"):
        shares_of(Cents(100), Decimal(own))


@given(st.integers(1, 10**12), st.decimals("0.1", 100, places=1))
def test_every_share_is_within_half_a_cent_of_its_percentage(balance: int, own: Decimal) -> None:
    for share in shares_of(Cents(balance), own):
        assert abs(share.amount - Decimal(balance) * share.percent / 100) <= Decimal("0.5")
