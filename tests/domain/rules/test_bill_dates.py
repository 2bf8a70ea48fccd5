"""The clocks of a bill in groups: running, passed, ended with the reason, and those without their date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    Bill,
    Claim,
    Collection,
    Letter,
    Organization,
    Person,
    Policy,
    Record,
    Statement,
)
from medbills_desktop.domain.rules.bill_dates import BillDates, bill_dates
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import Clock

CARDS = {card.id: card for card in shipped_cards() if card.verified}
BILL = Bill(id=1, biller_id=1, person_id=1, first_bill_date=date(2025, 11, 3))
USUAL: tuple[Record, ...] = (
    Organization(id=1, name="Lakeside Hospital", kind="hospital", nonprofit=True),
    Organization(id=2, name="Example Health", kind="insurer"),
    Organization(id=3, name="North Recovery", kind="collector"),
    Person(id=1, name="A. Patient"),
    Policy(id=1, person_id=1, insurer_id=2),
    Statement(id=1, bill_id=1, date=date(2025, 11, 3)),
)
NOTICE = Collection(id=5, bill_id=1, collector_id=3, notice_received=date(2026, 3, 1))
DENIED = Claim(id=7, policy_id=1, bill_id=1, status="denied", received=date(2025, 9, 5))


def dates(day: str, *records: Record, bill: Bill = BILL) -> BillDates:
    case = case_of((*USUAL, bill, *records))
    return bill_dates(case, bill, CARDS, date.fromisoformat(day))


def ids(clocks: tuple[Clock, ...]) -> list[str]:
    return [clock.card.id for clock in clocks]


def test_a_clock_runs_to_its_last_day_and_has_passed_on_the_next() -> None:
    assert ids(dates("2026-03-31", NOTICE).running) == ["fdcpa.window", "r.apply"]
    after = dates("2026-04-01", NOTICE)
    assert (ids(after.running), ids(after.passed)) == (["r.apply"], ["fdcpa.window"])


def test_a_missing_date_is_told_apart_with_the_record_to_enter_it_on() -> None:
    (clock,) = dates("2026-03-10", replace(NOTICE, notice_received=None)).missing
    assert (clock.card.id, clock.about) == ("fdcpa.window", ("collection", 5))
    assert clock.missing == "the day on which the collector's notice came"


def test_a_notice_dated_after_it_was_received_is_said_plainly() -> None:
    found = dates("2026-03-10", replace(NOTICE, notice_date=date(2026, 3, 4)))
    clock = next(one for one in found.running if one.card.id == "fdcpa.window")
    assert clock.deadline is not None
    assert clock.deadline.doubt == (
        "The notice is dated Mar 4, 2026, after the day it came, Mar 1, 2026. Please check both dates."
    )


def test_what_was_done_ended_its_clock_and_says_so() -> None:
    found = dates(
        "2026-03-10",
        replace(NOTICE, disputed_on=date(2026, 3, 5)),
        DENIED,
        Appeal(id=1, claim_id=7, level="internal", filed=date(2026, 2, 1)),
        Assistance(id=1, bill_id=1, applied=date(2026, 1, 10)),
        Letter(id=3, kind="records_request", bill_id=1, status="sent", date=date(2026, 1, 2)),
        Letter(id=4, kind="reply", bill_id=1, status="received", date=date(2026, 1, 20), answers_to_id=3),
    )
    assert {one.clock.card.id: one.why for one in found.ended} == {
        "fdcpa.window": "You disputed the debt on Mar 5, 2026.",
        "ap.int.file": "An appeal was filed on Feb 1, 2026.",
        "r.apply": "You applied for assistance on Jan 10, 2026.",
        "hipaa.access": "They answered on Jan 20, 2026.",
    }
    assert not {"fdcpa.window", "ap.int.file", "r.apply"} & {*ids(found.running), *ids(found.passed)}


@pytest.mark.parametrize("status", ["settled", "paid", "refunded", "closed"])
def test_on_a_bill_that_is_done_with_everything_has_ended(status: str) -> None:
    found = dates("2026-03-10", NOTICE, DENIED, bill=replace(BILL, status=status))
    assert (found.running, found.passed, found.missing) == ((), (), ())
    assert {one.clock.card.id for one in found.ended} == {"fdcpa.window", "ap.int.file", "r.apply"}
    assert all(one.why.startswith("The bill is marked as “") for one in found.ended)


def test_a_bill_without_anything_has_no_dates() -> None:
    clinic = Organization(id=9, name="Clinic", kind="physician")
    bill = Bill(id=2, biller_id=9, person_id=1)
    case = case_of((*USUAL, clinic, bill))
    assert bill_dates(case, bill, CARDS, date(2026, 1, 1)) == BillDates()
