"""Where a household's income stands against the poverty guidelines of its state, for each year that is known."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.rules.poverty import Guideline, guideline_for, guideline_years

MOST_IN_TABLE = 8
"""Sizes of household in the table; each further person adds the same amount."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PovertyShare:
    """One year's guideline for a household: `line` in cents a year, the share where an income is known.

    `percent` has one digit and is never rounded up. `in_force` marks the guideline that was in force on the day asked
    for; hospitals often go over to a new one later.
    """

    guideline: Guideline
    household: int
    line: Cents
    percent: Decimal | None
    in_force: bool


def poverty_shares(
    state: str | None, household: int | None, income: Cents | None, day: Day
) -> tuple[PovertyShare, ...]:
    """The share by each year's guideline of a state's area, the latest first; nothing without a household."""
    if household is None or household < 1:
        return ()
    known = [found for year in guideline_years() if (found := guideline_for(state, year))]
    current = max((one for one in known if one.in_force <= day), key=lambda one: one.in_force, default=None)
    return tuple(
        PovertyShare(
            guideline=one,
            household=household,
            line=one.line(household),
            percent=None if income is None else one.share(household, income),
            in_force=one is current,
        )
        for one in known
    )


def what_is_missing(household: int | None, income: Cents | None) -> tuple[str, ...]:
    """What has to be entered before a share can be given, in words."""
    parts = (
        "" if household is not None and household >= 1 else "how many people live in the household",
        "" if income is not None else "the income of a year",
    )
    return tuple(part for part in parts if part)


def share_sentence(share: PovertyShare) -> str:
    """One year's share as one reads it."""
    one = share.guideline
    people = "1 person" if share.household == 1 else f"{share.household} people"
    line = f"{one.year}, {one.area}: the line for {people} is {dollars(share.line)} a year"
    return f"{line}." if share.percent is None else f"{line}; the income is {share.percent} % of it."


def guideline_source(one: Guideline) -> str:
    """Where a guideline stands, when it was checked, and what of it could not be."""
    unsure = f" Not verified: {one.detail_unverified}." if one.detail_unverified else ""
    return (
        f"{one.citation}, in force from {plain_day(one.in_force)}. To be read at: {one.where}. "
        f"Checked on {plain_day(one.checked)}.{unsure}"
    )


def years_note(state: str | None, day: Day) -> str:
    """What to know about the years: which is in force, that a hospital may use another, or that none is issued."""
    known = [found for year in guideline_years() if (found := guideline_for(state, year))]
    if not known:
        return "No federal guideline is issued for this territory; ask which one the hospital uses."
    current = max((one for one in known if one.in_force <= day), key=lambda one: one.in_force, default=None)
    if current is None:
        return f"The program has no guideline that was in force on {plain_day(day)}; ask which one the hospital uses."
    note = (
        f"On {plain_day(day)} the guideline of {current.year} was in force. Hospitals often go over to a new one "
        "later: ask which year theirs is, whose income counts, and who belongs to the household."
    )
    if day.year > known[0].year:
        note += f" A guideline of {day.year} may be out by now; this version of the program does not have it."
    return note
