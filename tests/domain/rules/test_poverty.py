"""The poverty guidelines against the figures of the notices, and exact edges."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.rules.poverty import guideline_for, guideline_years, guidelines

LINES_2026 = (15_960, 21_640, 27_320, 33_000, 38_680, 44_360, 50_040, 55_720)


@pytest.mark.parametrize(("household", "dollars"), list(enumerate(LINES_2026, 1)))
def test_the_lines_of_2026_are_those_of_the_notice(household: int, dollars: int) -> None:
    found = guideline_for("IL", 2026)
    assert found is not None
    assert found.line(household) == dollars * 100


@pytest.mark.parametrize(
    ("state", "year", "first", "further"),
    [
        ("AK", 2026, 19_950, 7_100),
        ("HI", 2026, 18_360, 6_530),
        ("tx", 2025, 15_650, 5_500),
        (None, 2025, 15_650, 5_500),
    ],
)
def test_each_area_and_year_has_its_own(state: str | None, year: int, first: int, further: int) -> None:
    found = guideline_for(state, year)
    assert found is not None
    assert (found.first_person, found.each_further) == (first * 100, further * 100)


def test_where_none_is_issued_none_is_given() -> None:
    assert guideline_for("PR", 2026) is None
    assert guideline_for("IL", 2024) is None
    assert guideline_years() == (2026, 2025)


def test_twice_the_line_is_exact_to_the_cent() -> None:
    found = guideline_for("IL", 2026)
    assert found is not None
    edge = Cents(2 * 27_320_00)
    assert found.at_most(3, edge, 200)
    assert not found.at_most(3, Cents(edge + 1), 200)
    assert found.share(3, edge) == Decimal("200.0")
    assert found.share(3, Cents(edge - 1)) == Decimal("199.9")


def test_a_household_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="one person"):
        guidelines()[0].line(0)


@given(st.sampled_from(guidelines()), st.integers(1, 20), st.integers(0, 10**9), st.integers(1, 600))
def test_the_share_never_hides_that_the_edge_is_passed(one: object, household: int, income: int, percent: int) -> None:
    guideline = next(found for found in guidelines() if found == one)
    if guideline.share(household, Cents(income)) > percent:
        assert not guideline.at_most(household, Cents(income), percent)
    if guideline.at_most(household, Cents(income), percent):
        assert guideline.share(household, Cents(income)) <= percent
