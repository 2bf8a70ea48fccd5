"""The next step of a bill: what can be lost first, then what they owe, then the homework; nothing on a closed bill."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.itemized_bill import ItemizedBill
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.next_step import NextStep, StepFacts, next_step
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Call,
    CallBill,
    Claim,
    Collection,
    Letter,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Record,
    Statement,
)
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import clocks_of_bill

CARDS = {card.id: card for card in shipped_cards() if card.verified}
BILL = Bill(id=1, biller_id=1, person_id=1, first_bill_date=date(2025, 11, 3))
USUAL: tuple[Record, ...] = (
    Organization(id=1, name="Lakeside Hospital", kind="hospital", nonprofit=True),
    Organization(id=2, name="Example Health", kind="insurer"),
    Person(id=1, name="A. Patient"),
    Policy(id=1, person_id=1, insurer_id=2),
)
STATEMENT = Statement(id=1, bill_id=1, date=date(2025, 11, 3), balance=Cents(10000))
DENIED = Claim(id=7, policy_id=1, bill_id=1, status="denied", received=date(2025, 9, 5))
HELD = ItemizedBill(state="held", line_count=4)


def step(day: str, *records: Record, bill: Bill = BILL, **values: Any) -> NextStep | None:
    found: dict[type[Record], list[Record]] = {}
    for record in (*USUAL, bill, *records):
        found.setdefault(type(record), []).append(record)
    case = Case({kind: tuple(same) for kind, same in found.items()})
    facts = {"itemized": HELD, **values}
    return next_step(
        StepFacts(
            case=case, bill=bill, today=date.fromisoformat(day), clocks=clocks_of_bill(case, bill, CARDS), **facts
        )
    )


def act(day: str, *records: Record, **values: Any) -> str:
    found = step(day, *records, **values)
    assert found is not None
    return found.act


def test_an_appeal_that_runs_out_goes_before_everything() -> None:
    found = step("2026-02-01", DENIED, open_findings=3)
    assert found is not None
    assert (found.act, found.day, found.about) == ("appeal", date(2026, 3, 4), ("claim", 7))
    assert found.sentence == "Appeal the denial: the time for it ends on Mar 4, 2026."


def test_a_date_far_away_or_past_does_not_push() -> None:
    assert act("2025-10-01", DENIED, STATEMENT, open_findings=3) == "look_at_findings"
    assert act("2026-03-05", DENIED, STATEMENT, open_findings=3) == "look_at_findings"


def test_a_collectors_thirty_days_are_named() -> None:
    notice = Collection(id=5, bill_id=1, collector_id=2, notice_received=date(2026, 3, 1))
    found = step("2026-03-10", notice)
    assert found is not None
    assert (found.act, found.day) == ("dispute_debt", date(2026, 3, 31))


def test_a_settlement_is_confirmed_before_it_is_paid() -> None:
    offer = Offer(
        id=2, bill_id=1, date=date(2026, 1, 2), amount=Cents(5000), status="accepted", pay_by=date(2026, 2, 1)
    )
    assert act("2026-01-10", STATEMENT, offer) == "confirm"
    assert act("2026-01-10", STATEMENT, dataclasses.replace(offer, written_confirmation=True)) == "look_at_offer"


def promise(**values: Any) -> tuple[Record, ...]:
    return (
        Call(id=1, started=Moment(date(2025, 12, 1))),
        CallBill(id=1, call_id=1, bill_id=1),
        Promise(**{"id": 4, "call_id": 1, "text": "Send the bill.", "due": date(2025, 12, 10), **values}),
    )


def test_a_promise_that_passed_is_asked_about_with_its_words() -> None:
    found = step("2025-12-20", STATEMENT, *promise())
    assert found is not None
    assert found.sentence == "Ask about the promise for Dec 10, 2025: “Send the bill”."
    assert act("2025-12-20", STATEMENT, *promise(status="kept"), open_findings=1) == "look_at_findings"


def test_a_letter_without_an_answer_is_chased_and_one_with_is_not() -> None:
    sent = Letter(
        id=3, kind="bill_questions", bill_id=1, status="sent", date=date(2025, 11, 10), reply_due=date(2025, 12, 10)
    )
    assert act("2025-12-20", STATEMENT, sent) == "chase"
    answer = Letter(id=4, kind="reply", bill_id=1, status="received", date=date(2025, 12, 1), answers_to_id=3)
    assert act("2025-12-20", STATEMENT, sent, answer, open_findings=1) == "look_at_findings"
    waiting = step("2025-11-20", STATEMENT, sent, bill=dataclasses.replace(BILL, first_bill_date=None))
    assert waiting is not None


@pytest.mark.parametrize(
    ("itemized", "expected"),
    [
        (ItemizedBill(state="not_asked"), "ask_itemized"),
        (ItemizedBill(state="overdue", due=date(2025, 12, 1)), "ask_itemized"),
        (ItemizedBill(state="held"), "enter_lines"),
        (HELD, "apply"),
    ],
)
def test_the_itemized_bill_comes_before_the_rest_of_the_homework(itemized: ItemizedBill, expected: str) -> None:
    assert act("2025-12-20", STATEMENT, itemized=itemized) == expected


def test_assistance_is_offered_until_it_was_applied_for() -> None:
    applied = Assistance(id=1, bill_id=1, applied=date(2025, 12, 1))
    assert act("2025-12-20", STATEMENT) == "apply"
    assert act("2025-12-20", STATEMENT, applied) == "wait"


def test_points_without_an_answer_are_asked_about_unless_one_is_awaited() -> None:
    assert act("2025-12-20", STATEMENT, unanswered_points=2) == "chase"
    asked = ItemizedBill(state="asked", due=date(2026, 1, 5))
    assert act("2025-12-20", STATEMENT, unanswered_points=2, itemized=asked) == "apply"


def test_without_a_statement_it_is_asked_for() -> None:
    assert act("2025-12-20") == "enter_statement"


@pytest.mark.parametrize("status", ["settled", "paid", "refunded", "closed"])
def test_a_closed_bill_has_no_step(status: Any) -> None:
    assert step("2026-02-01", DENIED, bill=dataclasses.replace(BILL, status=status)) is None


def test_a_collector_who_asks_after_a_bill_was_done_and_what_was_asked_for_since_are_told() -> None:
    paid = Payment(id=1, bill_id=1, date=date(2025, 6, 2), amount=Cents(169_900))
    agreed = Offer(id=1, bill_id=1, date=date(2025, 6, 1), amount=Cents(169_900), status="accepted")
    notice = Collection(id=1, bill_id=1, collector_id=2, notice_received=date(2026, 1, 5))
    done = dataclasses.replace(BILL, status="settled")
    known = (agreed, paid)
    assert act("2025-07-01", *known, bill=done) == "zero_balance"
    sent = Letter(id=1, kind="zero_balance_request", bill_id=1, status="sent", date=date(2025, 7, 1))
    asked = dataclasses.replace(sent, reply_due=date(2025, 7, 16))
    assert [act(f"2025-07-{on}", *known, asked, bill=done) for on in ("16", "17")] == ["wait", "chase"]
    assert step("2025-07-14", *known, sent, bill=done) is None
    assert act("2025-07-16", *known, sent, bill=done) == "zero_balance"
    shown = (dataclasses.replace(agreed, zero_balance_letter=True), paid)
    assert step("2026-01-10", *shown, bill=done) is None
    assert act("2026-01-10", *shown, notice, bill=done) == "dispute_debt"
    assert act("2026-03-10", *shown, notice, bill=done) == "dispute_debt"
    disputed = dataclasses.replace(notice, disputed_on=date(2026, 1, 11))
    assert act("2026-01-12", *shown, disputed, bill=done) == "wait"
    assert step("2026-02-12", *shown, dataclasses.replace(disputed, validated_on=date(2026, 2, 1)), bill=done) is None
    older = dataclasses.replace(notice, notice_received=date(2025, 5, 5))
    assert step("2025-05-10", *shown, older, bill=done) is None
    assert step("2026-01-10", *shown, notice, bill=dataclasses.replace(BILL, status="closed")) is None


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 3), st.integers(0, 3))
def test_an_open_bill_always_has_one_sentence(day: date, findings: int, points: int) -> None:
    found = step(day.isoformat(), DENIED, STATEMENT, *promise(), open_findings=findings, unanswered_points=points)
    assert found is not None
    assert found.sentence.endswith(".")
    assert ": " in found.sentence, "the reason stands in the sentence"
    assert " pay " not in f" {found.sentence.casefold()}"
    assert found.act != "appeal" or found.day >= day
    assert found.dated or found.day == day
