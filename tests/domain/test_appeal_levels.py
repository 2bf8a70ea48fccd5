"""The levels of an appeal: which can be begun, which clock each starts, and what ends it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.domain.appeal_levels import LEVELS, appeals_in_order, level_named, next_levels
from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.records import Appeal, Bill, Claim, Letter, Organization, Person, Policy, Record
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import Clock, clocks_of_bill

CARDS = {card.id: card for card in shipped_cards() if card.verified}
BILL = Bill(id=1, biller_id=1, person_id=1)
CLAIM = Claim(id=7, policy_id=1, bill_id=1, status="denied", date=date(2026, 1, 10), received=date(2026, 1, 15))


def case(*records: Record, plan: str = "Gold PPO", claim: Claim = CLAIM) -> Case:
    return case_of(
        (
            Organization(id=1, name="Imaging", kind="imaging"),
            Organization(id=2, name="Example Health", kind="insurer"),
            Person(id=1, name="A. Patient"),
            Policy(id=1, person_id=1, insurer_id=2, plan_name=plan),
            BILL,
            claim,
            *records,
        )
    )


def clocks(*records: Record, **values: Any) -> dict[str, Clock]:
    return {clock.card.id: clock for clock in clocks_of_bill(case(*records, **values), BILL, CARDS)}


def due(clock: Clock) -> str:
    assert clock.deadline is not None
    return clock.deadline.due.isoformat()


def appeal(number: int = 1, **values: Any) -> Appeal:
    return Appeal(**{"id": number, "claim_id": 7, "level": "internal", **values})


def names(*records: Record, **values: Any) -> list[str]:
    found = case(*records, **values)
    return [one.level for one in next_levels(found, found.claims(1)[0])]


def test_every_card_of_a_level_is_there_and_counts() -> None:
    for levels in LEVELS.values():
        for level in levels:
            for name in (level.filing, level.decision, level.urgent):
                assert not name or CARDS[name].has_clock
            assert not level.decision or CARDS[level.decision].whose == "them"
            assert not level.filing or CARDS[level.filing].whose == "you"


def test_a_level_that_is_begun_takes_over_the_clock_of_the_claim() -> None:
    found = clocks(appeal())
    assert list(found) == ["ap.int.file"]
    assert due(found["ap.int.file"]) == "2026-07-14"
    assert found["ap.int.file"].about == ("appeal", 1)


def test_its_own_notice_counts_and_the_printed_day_wins() -> None:
    own = appeal(notice_received=date(2026, 2, 1), printed_deadline=date(2026, 5, 1))
    found = clocks(own)["ap.int.file"]
    assert due(found) == "2026-05-01"
    assert found.deadline is not None
    assert found.deadline.computed == date(2026, 7, 31)
    assert "Your notice prints May 1, 2026" in found.deadline.steps[-1]


def test_once_it_is_filed_they_have_their_days() -> None:
    found = clocks(appeal(filed=date(2026, 3, 2)))
    assert list(found) == ["ap.int.post"]
    assert due(found["ap.int.post"]) == "2026-05-01"
    two = clocks(appeal(filed=date(2026, 3, 2)), appeal(2, level="second_internal"))
    assert due(two["ap.int.post2"]) == "2026-04-01"


@pytest.mark.parametrize("outcome", ["upheld", "partly", None])
def test_a_decision_that_leaves_the_denial_starts_the_next_level(outcome: Any) -> None:
    found = clocks(appeal(filed=date(2026, 3, 2), decided=date(2026, 4, 20), outcome=outcome))
    assert list(found) == ["ap.ext.file"]
    assert due(found["ap.ext.file"]) == "2026-08-20"
    assert found["ap.ext.file"].about == ("appeal", 1)


@pytest.mark.parametrize("outcome", ["overturned", "withdrawn"])
def test_one_that_was_won_or_withdrawn_starts_nothing(outcome: Any) -> None:
    assert clocks(appeal(filed=date(2026, 3, 2), decided=date(2026, 4, 20), outcome=outcome)) == {}
    assert names(appeal(decided=date(2026, 4, 20), outcome=outcome)) == []


def test_an_outcome_without_its_day_names_the_day_that_is_missing() -> None:
    found = clocks(appeal(filed=date(2026, 3, 2), outcome="upheld"))["ap.ext.file"]
    assert found.deadline is None
    assert found.missing == "the day on which the decision came"


def test_the_way_through_medicare_day_by_day() -> None:
    first = appeal(level="redetermination", filed=date(2026, 3, 2))
    assert due(clocks(plan="Original Medicare")["mc.1"]) == "2026-05-15"
    assert due(clocks(first, plan="Original Medicare")["mc.1d"]) == "2026-05-01"
    upheld = appeal(level="redetermination", filed=date(2026, 3, 2), decided=date(2026, 4, 10), outcome="upheld")
    second = clocks(upheld, plan="Original Medicare")["mc.2"]
    assert due(second) == "2026-10-12"
    assert second.deadline is not None
    assert second.deadline.presumed
    known = appeal(2, level="reconsideration", notice_received=date(2026, 4, 12))
    assert due(clocks(upheld, known, plan="Original Medicare")["mc.2"]) == "2026-10-09"
    again = appeal(2, level="reconsideration", filed=date(2026, 5, 1), decided=date(2026, 6, 1), outcome="upheld")
    assert due(clocks(upheld, again, plan="Original Medicare")["mc.3"]) == "2026-08-05"


@pytest.mark.parametrize(
    ("plan", "card", "day"), [("State Medicaid", "md.hear", "2026-04-10"), ("TRICARE", "tri.1", "2026-04-10")]
)
def test_where_the_date_on_the_notice_counts_its_receipt_gives_no_later_day(plan: str, card: str, day: str) -> None:
    assert due(clocks(plan=plan)[card]) == day
    undated = Claim(id=7, policy_id=1, bill_id=1, status="denied", received=date(2026, 1, 15))
    assert clocks(plan=plan, claim=undated)[card].missing == "the date on the denial"


def test_what_can_be_begun_follows_the_plan_and_what_was_done() -> None:
    assert names() == ["internal", "other"]
    upheld = appeal(decided=date(2026, 4, 20), outcome="upheld")
    assert names(upheld) == ["second_internal", "external", "other"]
    assert names(upheld, appeal(2, level="second_internal", decided=date(2026, 6, 1))) == ["external", "other"]
    assert names(appeal(filed=date(2026, 3, 2))) == []
    assert names(plan="State Medicaid") == ["hearing", "internal", "other"]
    assert names(plan="Medigap Plan G") == ["other"]


def test_a_letter_of_a_level_does_not_count_twice() -> None:
    sent = Letter(id=3, kind="internal_appeal", bill_id=1, status="sent", date=date(2026, 3, 2))
    found = clocks(appeal(filed=date(2026, 3, 1), letter_id=3), sent)
    assert list(found) == ["ap.int.post"]
    assert found["ap.int.post"].about == ("appeal", 1)


def test_the_letter_of_one_claim_does_not_end_the_clock_of_another() -> None:
    sent = Letter(id=3, kind="internal_appeal", bill_id=1, status="sent", date=date(2026, 3, 2))
    other = Claim(id=8, policy_id=1, bill_id=1, status="denied", received=date(2026, 2, 1))
    found = case(appeal(filed=date(2026, 3, 2), letter_id=3), sent, other)
    assert [clock.about for clock in clocks_of_bill(found, BILL, CARDS)] == [("appeal", 1), ("claim", 8)]


def test_a_notice_dated_after_it_came_is_asked_about() -> None:
    odd = clocks(appeal(notice_date=date(2026, 2, 9), notice_received=date(2026, 2, 1)))["ap.int.file"]
    assert odd.deadline is not None
    assert "dated Feb 9, 2026, after the day it came" in odd.deadline.doubt


def test_levels_stand_in_their_order_and_an_unknown_one_last() -> None:
    found = case(appeal(1, level="other"), appeal(2, level="external"), appeal(3, level="internal"))
    assert [one.id for one in appeals_in_order(found, CLAIM)] == [3, 2, 1]
    assert level_named("private", "council").filing == ""
