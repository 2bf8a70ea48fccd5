"""Applying for assistance step by step: what each step keeps, and what is refused in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.commands.assistance import (
    AddAssistancePapers,
    ConsiderAssistance,
    MoveAssistance,
    SendAssistancePapers,
    SetHousehold,
)
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Assistance, AssistancePaper
from medbills_desktop.store.library import Library

DAY = date(2026, 3, 2)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        desk = Desk(library)
        desk.perform(EnterBill("Lakeside Hospital", "hospital", "Ana Ruiz", "1", None, None))
        yield desk


def kept(desk: Desk) -> Assistance:
    return desk._library.read(lambda reader: reader.get(Assistance, 1))


def papers(desk: Desk) -> list[AssistancePaper]:
    return desk._library.read(lambda reader: reader.find(AssistancePaper))


def move(desk: Desk, status: Any, day: date, percent: str | None = None, note: str = "") -> Assistance:
    found: Assistance = desk.perform(MoveAssistance(1, status, day, Decimal(percent) if percent else None, note))
    return found


def test_the_way_from_a_thought_to_an_appeal_keeps_every_day(desk: Desk) -> None:
    first = desk.perform(ConsiderAssistance(1))
    assert (first.status, first.organization_id) == ("considering", 1)
    desk.perform(SetHousehold(1, 3, Cents(30_000_00)))
    assert move(desk, "applied", DAY).applied == DAY
    asked = move(desk, "more_information", date(2026, 3, 20), note="the tax return")
    assert asked.notes == "Mar 20, 2026: More information asked. the tax return"
    granted = move(desk, "approved", date(2026, 4, 20), "75")
    assert (granted.decided, granted.discount_percent) == (date(2026, 4, 20), Decimal(75))
    appealed = move(desk, "appealed", date(2026, 5, 1))
    assert appealed.decided == date(2026, 4, 20)
    assert (appealed.notes or "").endswith("May 1, 2026: Appealed")
    assert (appealed.household_size, appealed.annual_income) == (3, 30_000_00)


def test_applying_again_after_a_denial_loses_nothing(desk: Desk) -> None:
    desk.perform(ConsiderAssistance(1))
    move(desk, "applied", DAY)
    move(desk, "denied", date(2026, 4, 1))
    again = move(desk, "applied", date(2026, 4, 9))
    assert (again.applied, again.decided, again.status) == (date(2026, 4, 9), None, "applied")
    assert again.notes == "Apr 9, 2026: Applied. Before: denied on Apr 1, 2026, applied for on Mar 2, 2026."


@pytest.mark.parametrize(
    ("status", "day", "percent", "says"),
    [
        ("approved", date(2026, 3, 1), "50", "before the day you applied, Mar 2, 2026"),
        ("approved", date(2026, 3, 9), "101", "between 0 and 100 percent"),
        ("approved", date(2026, 3, 9), "-1", "between 0 and 100 percent"),
    ],
)
def test_a_step_that_can_not_be_is_refused_in_words(
    desk: Desk, status: Any, day: date, percent: str, says: str
) -> None:
    desk.perform(ConsiderAssistance(1))
    move(desk, "applied", DAY)
    with pytest.raises(UserError, match=says):
        move(desk, status, day, percent)
    assert kept(desk).status == "applied"


@pytest.mark.parametrize(("size", "income"), [(0, None), (100, None), (2, Cents(-1))])
def test_a_household_that_can_not_be_is_refused(desk: Desk, size: int, income: Cents | None) -> None:
    desk.perform(ConsiderAssistance(1))
    with pytest.raises(UserError):
        desk.perform(SetHousehold(1, size, income))


def test_papers_are_listed_once_and_keep_when_they_were_asked_for(desk: Desk) -> None:
    desk.perform(ConsiderAssistance(1))
    desk.perform(AddAssistancePapers(1, ("Tax return", " tax  RETURN ", "Pay stubs")))
    desk.perform(AddAssistancePapers(1, ("Tax return",), DAY))
    assert [(one.text, one.asked) for one in papers(desk)] == [("Tax return", DAY), ("Pay stubs", None)]
    desk.perform(SendAssistancePapers((1,), date(2026, 3, 9)))
    assert papers(desk)[0].sent == date(2026, 3, 9)
    with pytest.raises(UserError, match="asked for on Mar 2, 2026, after this day"):
        desk.perform(SendAssistancePapers((1,), date(2026, 3, 1)))
    with pytest.raises(UserError, match="No paper is chosen"):
        desk.perform(AddAssistancePapers(1, (" ",)))
