"""The federal poverty guidelines, and where an income stands against them.

Hospitals measure assistance by "200 percent of the poverty guideline". Which year's guideline, whose income and who
belongs to the household differ by policy, so all three are the user's to choose.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cache

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.resource_files import resource
from medbills_desktop.domain.rules.rule_cards import Confidence

_AREAS = {"AK": "Alaska", "HI": "Hawaii"}
_NO_GUIDELINE = frozenset({"PR", "GU", "VI", "AS", "MP"})
_MAINLAND = "48 states and DC"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Guideline:
    """One year's guideline for one area; both amounts are cents of yearly income."""

    year: int
    area: str
    first_person: Cents
    each_further: Cents
    in_force: Day
    citation: str
    where: str
    checked: Day
    confidence: Confidence
    detail_unverified: str = ""

    def line(self, household: int) -> Cents:
        """The poverty line of a household in cents a year. Raises `ValueError` for a household of nobody."""
        if household < 1:
            raise ValueError("a household has one person at least")
        return Cents(self.first_person + (household - 1) * self.each_further)

    def share(self, household: int, income: Cents) -> Decimal:
        """The income as a percentage of the line, with one digit, never rounded up: 200.0 is at most twice the line."""
        percent = Decimal(income) * 100 / self.line(household)
        return percent.quantize(_TENTH, rounding=ROUND_DOWN) if income >= 0 else Decimal(0)

    def at_most(self, household: int, income: Cents, percent: int) -> bool:
        """Whether an income is at or below a percentage of the line, exact to the cent."""
        return income * 100 <= self.line(household) * percent


@cache
def guidelines() -> tuple[Guideline, ...]:
    """Every guideline that is shipped, as the data file has them."""
    read = tomllib.loads(resource("rules/poverty_guidelines.toml").read_text("utf-8"))
    shared = {"where": read["where"], "checked": read["checked"]}
    return tuple(
        Guideline(
            **shared
            | entry
            | {"first_person": Cents(entry["first_person"] * 100), "each_further": Cents(entry["each_further"] * 100)}
        )
        for entry in read["guideline"]
    )


def guideline_for(state: str | None, year: int) -> Guideline | None:
    """The guideline of a state's area and a year; `None` where none is issued or shipped."""
    code = (state or "").strip().upper()
    if code in _NO_GUIDELINE:
        return None
    area = _AREAS.get(code, _MAINLAND)
    return next((one for one in guidelines() if (one.area, one.year) == (area, year)), None)


def guideline_years() -> tuple[int, ...]:
    """The years that a user can choose from, the latest first."""
    return tuple(sorted({one.year for one in guidelines()}, reverse=True))
