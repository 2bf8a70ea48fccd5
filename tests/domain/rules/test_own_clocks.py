"""Clocks of cards that the user added: they start by their anchor, in their state, and end like the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Moment
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
    Visit,
)
from medbills_desktop.domain.rules.own_clocks import runs_by_itself
from medbills_desktop.domain.rules.rule_cards import RuleCard, shipped_cards
from medbills_desktop.domain.rules.running import Clock, clocks_of_bill

SHIPPED = next(card for card in shipped_cards() if card.id == "r.eca30")
DAY = date(2026, 3, 2)
BILL = Bill(id=1, ref="B1", biller_id=1, person_id=1, visit_id=1, first_bill_date=DAY)
VISIT = Visit(id=1, ref="V1", person_id=1, start=Moment(DAY), end=Moment(DAY))
POLICY = Policy(id=1, ref="I1", person_id=1, insurer_id=1)
DENIED = Claim(id=1, ref="E1", policy_id=1, bill_id=1, status="denied", received=DAY)


def card(anchor: str | None, place: str = "US") -> RuleCard:
    return replace(SHIPPED, id="own.1", own=True, anchor=anchor, jurisdiction=place)  # type: ignore[arg-type]


def clocks(one: RuleCard, *more: Record, state: str | None = "TX") -> list[Clock]:
    biller = Organization(id=1, ref="O1", name="Blue Mesa", kind="hospital", state=state)
    case = case_of([biller, Person(id=1, ref="P1", name="Ana"), VISIT, POLICY, BILL, *more])
    return [clock for clock in clocks_of_bill(case, BILL, {one.id: one}) if clock.card is one]


@pytest.mark.parametrize(
    ("anchor", "more", "about"),
    [
        ("first_bill", (), "bill"),
        ("service", (), "visit"),
        ("discharge", (), "visit"),
        ("denial_received", (DENIED,), "claim"),
        ("appeal_received", (DENIED, Appeal(id=1, claim_id=1, level="internal", filed=DAY)), "appeal"),
        ("final_denial_received", (DENIED, Appeal(id=1, claim_id=1, level="internal", decided=DAY)), "appeal"),
        ("decision_received", (Assistance(id=1, ref="A1", bill_id=1, decided=DAY, status="denied"),), "assistance"),
        (
            "collection_notice",
            (Collection(id=1, ref="N1", bill_id=1, collector_id=1, notice_received=DAY),),
            "collection",
        ),
        (
            "records_asked",
            (Letter(id=1, ref="L1", kind="records_request", bill_id=1, status="sent", date=DAY),),
            "letter",
        ),
    ],
)
def test_an_added_card_starts_on_the_record_that_has_its_day(anchor: str, more: tuple[Record, ...], about: str) -> None:
    (clock,) = clocks(card(anchor), *more)
    assert clock.about == (about, 1)
    assert clock.deadline is not None
    assert clock.deadline.due == date(2026, 4, 1)


def test_a_card_of_a_state_starts_only_there_and_asks_for_the_state_where_it_is_not_known() -> None:
    assert len(clocks(card("first_bill", "TX"))) == 1
    assert clocks(card("first_bill", "OH")) == []
    (clock,) = clocks(card("first_bill", "OH"), state=None)
    assert (clock.about, clock.missing) == (("organization", 1), "the state of who sent the bill")


def test_what_is_answered_disputed_or_appealed_has_ended() -> None:
    letter = Letter(id=1, ref="L1", kind="records_request", bill_id=1, status="sent", date=DAY)
    answer = Letter(id=2, ref="L2", kind="answer", bill_id=1, status="received", answers_to_id=1)
    assert clocks(card("records_asked"), letter, answer) == []
    notice = Collection(id=1, ref="N1", bill_id=1, collector_id=1, notice_received=DAY, disputed_on=DAY)
    assert clocks(card("collection_notice"), notice) == []
    assert clocks(card("denial_received"), DENIED, Appeal(id=1, claim_id=1, level="internal")) == []


def test_a_missing_day_is_named() -> None:
    letter = Letter(id=1, ref="L1", kind="records_request", bill_id=1, status="sent")
    (clock,) = clocks(card("records_asked"), letter)
    assert (clock.deadline, clock.missing) == (None, "the day on which the letter was sent")


def test_a_card_whose_day_no_record_has_runs_nowhere_and_says_so() -> None:
    assert not runs_by_itself(card("violation"))
    assert clocks(card("violation")) == []
    assert runs_by_itself(card("first_bill"))
