"""The windows of a hospital and the thirty days of a collector, told on the days around their ends."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import Assistance, Bill, Collection, Organization, Statement
from medbills_desktop.domain.rules.clock_words import cited, counted_words, due_tone, due_words
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import Clock, dispute_window, hospital_windows

CARDS = {card.id: card for card in shipped_cards() if card.verified}
HOSPITAL = Organization(id=1, name="Prairie Hospital", kind="hospital", nonprofit=True, state="IL")
BILL = Bill(id=1, biller_id=1, person_id=1, first_bill_date=date(2023, 12, 20))
"""Its 240 days go over the turn of a year and a leap day."""


def windows(bill: Bill = BILL, hospital: Organization = HOSPITAL, *more: object) -> dict[str, Clock]:
    case: Case = case_of((hospital, bill, *more))  # type: ignore[arg-type]
    return {one.card.id: one for one in hospital_windows(case, bill, CARDS, ("r.notify", "r.apply"))}


@pytest.mark.parametrize(
    ("day", "held", "apply"),
    [
        (0, "until Apr 18, 2024, 120 days from today", "until Aug 16, 2024, 240 days from today"),
        (119, "until Apr 18, 2024, 1 day from today", "until Aug 16, 2024, 121 days from today"),
        (120, "until Apr 18, 2024, today", "until Aug 16, 2024, 120 days from today"),
        (121, "ended on Apr 18, 2024, 1 day ago", "until Aug 16, 2024, 119 days from today"),
        (239, "ended on Apr 18, 2024, 119 days ago", "until Aug 16, 2024, 1 day from today"),
        (240, "ended on Apr 18, 2024, 120 days ago", "until Aug 16, 2024, today"),
        (241, "ended on Apr 18, 2024, 121 days ago", "ended on Aug 16, 2024, 1 day ago"),
    ],
)
def test_both_windows_of_a_nonprofit_hospital(day: int, held: str, apply: str) -> None:
    found, today = windows(), date(2023, 12, 20) + timedelta(day)
    assert due_words(found["r.notify"], today) == held
    assert due_words(found["r.apply"], today) == apply
    assert counted_words(found["r.apply"]) == "It starts on Dec 20, 2023. 240 days after Dec 20, 2023 is Aug 16, 2024."


@pytest.mark.parametrize(("left", "tone"), [(15, ""), (14, "amber"), (0, "amber"), (-1, "muted")])
def test_the_end_of_ones_own_time_is_amber_when_it_is_close(left: int, tone: str) -> None:
    assert due_tone(windows()["r.apply"], date(2024, 8, 16) - timedelta(left)) == tone


def test_missing_anchors_are_named_and_lead_to_where_they_are_entered() -> None:
    bare = windows(dataclasses.replace(BILL, first_bill_date=None))
    assert due_words(bare["r.apply"], date(2024, 1, 1)) == "can't be counted: enter the day of the first bill"
    assert bare["r.apply"].about == ("bill", 1)
    unsure = windows(BILL, dataclasses.replace(HOSPITAL, nonprofit=None))
    assert unsure["r.notify"].missing == "whether the hospital is a nonprofit"
    assert unsure["r.notify"].about == ("organization", 1)
    assert due_tone(unsure["r.notify"], date(2024, 1, 1)) == "amber"
    assert windows(BILL, dataclasses.replace(HOSPITAL, nonprofit=False)) == {}
    assert windows(BILL, dataclasses.replace(HOSPITAL, kind="physician")) == {}


def test_the_windows_are_told_after_an_application_too_and_count_from_a_statement() -> None:
    applied = Assistance(id=1, bill_id=1, status="applied", applied=date(2024, 1, 5))
    statement = Statement(id=1, bill_id=1, date=date(2023, 12, 1))
    assert set(windows(BILL, HOSPITAL, applied)) == {"r.notify", "r.apply"}
    found = windows(dataclasses.replace(BILL, first_bill_date=None), HOSPITAL, statement)
    assert due_words(found["r.notify"], date(2024, 3, 29)) == "until Mar 30, 2024, 1 day from today"


@pytest.mark.parametrize(
    ("dated", "received", "due"),
    [
        (date(2026, 2, 10), date(2026, 2, 14), date(2026, 3, 16)),
        (date(2025, 12, 19), None, date(2026, 1, 28)),
        (None, date(2024, 1, 30), date(2024, 2, 29)),
    ],
)
def test_thirty_days_of_a_collector(dated: date | None, received: date | None, due: date) -> None:
    """Scenario S27: the clock runs from the day the notice came, else from the day it counts as received."""
    notice = Collection(id=1, bill_id=1, collector_id=2, notice_date=dated, notice_received=received)
    for one in (notice, dataclasses.replace(notice, disputed_on=due)):
        found = dispute_window(one, CARDS)
        assert found is not None
        assert found.deadline is not None
        assert found.deadline.due == due


def test_a_notice_older_than_the_rule_has_no_window_and_the_source_is_told() -> None:
    old = Collection(id=1, bill_id=1, collector_id=2, notice_received=date(2021, 11, 1))
    assert dispute_window(old, CARDS) is None
    assert dispute_window(old, {}) is None
    assert cited(CARDS["r.refund"]).endswith("Not verified: the $5 and the letter of the paragraph.")
