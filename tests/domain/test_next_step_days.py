"""Cases played day by day: which sentence stands on Today on which day, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case, case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.itemized_bill import ItemizedBill, itemized_bill
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.next_step import NextStep, StepFacts, next_step
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    CallBill,
    Claim,
    Collection,
    Letter,
    Line,
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
SENT = Letter(
    id=3, kind="billing_dispute", bill_id=1, status="sent", date=date(2025, 11, 10), reply_due=date(2025, 12, 10)
)
HELD = ItemizedBill(state="held", line_count=4)
CLINIC = Organization(id=1, name="Lakeside Clinic", kind="physician")
HOSPITAL = Organization(id=1, name="Lakeside Hospital", kind="hospital", nonprofit=True)
USUAL: tuple[Record, ...] = (
    Organization(id=2, name="Example Health", kind="insurer"),
    Organization(id=3, name="North Recovery", kind="collector"),
    Person(id=1, name="A. Patient"),
    Policy(id=1, person_id=1, insurer_id=2),
)
BILL = Bill(id=1, biller_id=1, person_id=1)
STATEMENT = Statement(id=1, bill_id=1, date=date(2025, 11, 3), balance=Cents(100_000))


def day(text: str) -> date:
    return date.fromisoformat(text)


def step(on: date, *records: Record, biller: Organization = CLINIC, bill: Bill = BILL, **values: Any) -> NextStep:
    case = case_of((biller, *USUAL, bill, STATEMENT, *records))
    facts = {"itemized": HELD, **values}
    found = next_step(StepFacts(case=case, bill=bill, today=on, clocks=clocks_of_bill(case, bill, CARDS), **facts))
    assert found is not None
    return found


def played(days: Sequence[tuple[str, str]], *records: Record, **values: Any) -> None:
    """Each day of the list has the sentence beside it."""
    assert [(text, step(day(text), *records, **values).sentence) for text, _ in days] == list(days)


def test_a_letter_is_waited_for_then_asked_about_then_asked_about_again() -> None:
    waiting = "Nothing to do now: the answer to your letter is due on Dec 10, 2025."
    late = "Ask for the answer to your letter: it was due on Dec 10, 2025."
    again = "Nothing to do now: you asked about your letter on Dec 12, 2025; the time to ask again is Dec 26, 2025."
    played((("2025-11-11", waiting), ("2025-12-10", waiting), ("2025-12-11", late), ("2026-02-01", late)), SENT)
    asked = (Call(id=1, started=Moment(day("2025-12-12"))), CallBill(id=1, call_id=1, bill_id=1))
    played((("2025-12-12", again), ("2025-12-25", again), ("2025-12-26", late)), SENT, *asked)


def test_a_call_of_theirs_does_not_count_as_having_asked() -> None:
    theirs = (Call(id=1, started=Moment(day("2025-12-12")), direction="in"), CallBill(id=1, call_id=1, bill_id=1))
    assert step(day("2025-12-13"), SENT, *theirs).act == "chase"


def test_a_promise_is_waited_for_on_its_day_and_asked_about_the_day_after() -> None:
    told = (
        Call(id=1, started=Moment(day("2026-02-20"))),
        CallBill(id=1, call_id=1, bill_id=1),
        Promise(id=4, call_id=1, text="Send the  corrected bill.", due=day("2026-02-28")),
    )
    played(
        (
            ("2026-02-28", "Nothing to do now: they promised “Send the corrected bill” for Feb 28, 2026."),
            ("2026-03-01", "Ask about the promise for Feb 28, 2026: “Send the corrected bill”."),
        ),
        *told,
    )


def test_an_appeal_presses_in_its_last_weeks_and_a_missing_date_is_asked_for() -> None:
    denied = Claim(id=7, policy_id=1, bill_id=1, status="denied", received=day("2025-09-04"))
    none = "Nothing to do now: no answer is awaited and no date runs. A new statement or letter changes that."
    press = "Appeal the denial: the time for it ends on Mar 3, 2026."
    played((("2026-01-16", none), ("2026-01-17", press), ("2026-03-03", press), ("2026-03-04", none)), denied)
    found = step(day("2026-01-17"), replace(denied, received=None))
    assert (found.act, found.about, found.dated) == ("enter_date", ("claim", 7), False)
    assert found.sentence.startswith("Enter the day on which the denial came: without it the time of “")


def test_a_clock_over_a_leap_day_and_a_year_end_ends_a_day_earlier_or_not() -> None:
    claim = Claim(id=7, policy_id=1, bill_id=1, status="denied")
    ends = {
        "2023-09-05": "Mar 3, 2024",
        "2024-09-05": "Mar 4, 2025",
        "2023-09-02": "Feb 29, 2024",
        "2025-12-31": "Jun 29, 2026",
    }
    for received, end in ends.items():
        got = day(received)
        found = step(got + timedelta(170), replace(claim, received=got))
        assert found.sentence == f"Appeal the denial: the time for it ends on {end}."


def test_a_level_of_an_appeal_goes_by_the_day_on_its_notice_and_then_leads_to_the_next() -> None:
    claim = Claim(id=7, policy_id=1, bill_id=1, status="paid")
    level = Appeal(id=2, claim_id=7, level="second_internal", printed_deadline=day("2026-03-03"))
    assert step(day("2026-02-20"), claim, level).act == "appeal"
    upheld = replace(level, filed=day("2026-02-20"), decided=day("2026-04-01"), outcome="upheld", printed_deadline=None)
    found = step(day("2026-04-02"), claim, upheld)
    assert found.act in ("look_at_appeal", "appeal", "enter_date")
    begun = Appeal(id=3, claim_id=7, level="external", filed=day("2026-04-02"))
    assert step(day("2026-04-03"), claim, upheld, begun).act not in ("look_at_appeal", "appeal")


@pytest.mark.parametrize("confirmed", [None, False])
def test_a_settlement_is_asked_for_in_writing_before_anything_else_about_it(confirmed: bool | None) -> None:
    offer = Offer(
        id=2, bill_id=1, date=day("2026-01-02"), amount=Cents(50_00), status="accepted", written_confirmation=confirmed
    )
    found = step(day("2026-01-03"), offer)
    assert found.sentence == "Ask for the settlement in writing: nothing in writing is noted for the accepted offer."
    dated = step(day("2026-01-03"), replace(offer, pay_by=day("2026-02-01")))
    assert dated.sentence == "Ask for the settlement in writing first: its payment falls due on Feb 1, 2026."


def test_a_settlement_day_by_day() -> None:
    offer = Offer(
        id=2,
        bill_id=1,
        date=day("2025-12-01"),
        amount=Cents(1_699_00),
        status="accepted",
        written_confirmation=True,
        pay_by=day("2026-03-01"),
    )
    paid = Payment(id=1, bill_id=1, date=day("2026-02-25"), amount=Cents(1_699_00))
    none = "Nothing to do now: no answer is awaited and no date runs. A new statement or letter changes that."
    due = "Look at the agreement: it is confirmed in writing, and its payment falls due on Mar 1, 2026."
    late = "Look at the agreement: its payment fell due on Mar 1, 2026, and none is entered."
    played((("2026-01-14", none), ("2026-01-15", due), ("2026-03-01", due), ("2026-03-02", late)), offer)
    zero = step(day("2026-02-26"), offer, paid)
    assert zero.act == "zero_balance"
    assert "the agreed $1,699.00 was paid by Feb 25, 2026" in zero.sentence
    assert step(day("2026-02-26"), replace(offer, zero_balance_letter=True), paid).act == "wait"
    part = replace(paid, amount=Cents(1_698_99))
    assert step(day("2026-03-02"), offer, part).act == "look_at_offer"


def test_assistance_is_asked_about_before_an_offer_of_a_hospital_is_answered() -> None:
    offer = Offer(
        id=2,
        bill_id=1,
        date=day("2026-01-02"),
        amount=Cents(1_200_00),
        direction="from_them",
        status="open",
        expires=day("2026-03-04"),
    )
    first = (
        "Ask about assistance before you answer their offer of $1,200.00: "
        "none was asked for yet, and it ends on Mar 4, 2026."
    )
    hospital = replace(HOSPITAL, nonprofit=None)
    assert step(day("2026-01-10"), offer, biller=hospital).sentence == first
    denied = Assistance(id=1, bill_id=1, applied=day("2025-12-01"), decided=day("2025-12-20"), status="denied")
    answer = "Answer their offer of $1,200.00: it ends on Mar 4, 2026."
    assert step(day("2026-01-10"), offer, denied, biller=hospital).sentence == answer
    assert step(day("2026-01-10"), offer).sentence == answer
    assert step(day("2026-03-05"), offer).act == "wait"


def test_an_offer_of_ones_own_is_waited_for_and_then_asked_about() -> None:
    offer = Offer(
        id=2,
        bill_id=1,
        date=day("2026-02-01"),
        amount=Cents(400_00),
        direction="from_me",
        status="open",
        expires=day("2026-02-28"),
    )
    played(
        (
            ("2026-02-28", "Nothing to do now: your offer of $400.00 is open until Feb 28, 2026."),
            ("2026-03-01", "Ask what they say to your offer of $400.00: it ended on Feb 28, 2026 without an answer."),
        ),
        offer,
    )
    answer = Offer(
        id=3, bill_id=1, date=day("2026-02-20"), amount=Cents(500_00), direction="from_them", answers_to_id=2
    )
    assert step(day("2026-03-01"), offer, answer).act == "answer_offer"


def test_the_calls_after_an_application_come_after_three_weeks_then_every_one_to_two() -> None:
    applied = Assistance(id=1, bill_id=1, applied=day("2026-02-10"), status="applied")
    wait = (
        "Nothing to do now: you applied for assistance on Feb 10, 2026; the time to ask how it stands is Mar 3, 2026."
    )
    first = "Ask how the application for assistance stands: you applied on Feb 10, 2026 and no contact since is noted."
    played((("2026-02-11", wait), ("2026-03-02", wait), ("2026-03-03", first)), applied, biller=HOSPITAL)
    called = (Call(id=1, started=Moment(day("2026-03-04")), organization_id=1), CallBill(id=1, call_id=1, bill_id=1))
    again = (
        "Ask how the application for assistance stands: you applied on Feb 10, 2026, "
        "and the last contact was on Mar 4, 2026."
    )
    assert step(day("2026-03-10"), applied, *called, biller=HOSPITAL).act == "wait"
    found = step(day("2026-03-11"), applied, *called, biller=HOSPITAL)
    assert (found.sentence, found.day) == (again, day("2026-03-18"))


def test_papers_that_the_assistance_office_asked_for_go_first() -> None:
    applied = Assistance(id=1, bill_id=1, applied=day("2026-02-10"), status="more_information")
    asked = AssistancePaper(id=1, assistance_id=1, text="Last tax return", asked=day("2026-02-20"))
    found = step(day("2026-02-21"), applied, asked, biller=HOSPITAL)
    assert found.act == "look_at_assistance"
    assert "asked for on Feb 20, 2026: 1 paper is not noted as sent" in found.sentence
    assert step(day("2026-02-21"), applied, replace(asked, sent=day("2026-02-21")), biller=HOSPITAL).act == "wait"
    assert step(day("2026-02-21"), applied, replace(asked, asked=None), biller=HOSPITAL).act == "wait"


def test_a_decision_on_assistance_is_followed_up() -> None:
    denied = Assistance(id=1, bill_id=1, applied=day("2025-12-01"), decided=day("2026-01-05"), status="denied")
    assert step(day("2026-01-06"), denied).sentence == (
        "Look at the denial of assistance of Jan 5, 2026: no appeal of it is noted."
    )
    granted = replace(denied, status="approved")
    assert step(day("2026-01-06"), granted).sentence == (
        "Ask for a new statement: assistance was granted on Jan 5, 2026, and none has come since."
    )
    newer = Statement(id=9, bill_id=1, date=day("2026-01-20"), balance=Cents(0))
    assert step(day("2026-01-21"), granted, newer).act == "wait"


def test_a_collectors_notice_day_by_day() -> None:
    notice = Collection(id=5, bill_id=1, collector_id=3, notice_received=day("2025-12-15"))
    window = "Dispute the debt in writing: the collector's 30 days end on Jan 14, 2026."
    after = "Ask the collector in writing what the debt is: no dispute is noted, and its 30 days ended on Jan 14, 2026."
    played((("2025-12-15", window), ("2026-01-14", window), ("2026-01-15", after)), notice)
    disputed = replace(notice, disputed_on=day("2026-01-02"))
    assert step(day("2026-01-03"), disputed).sentence == (
        "Nothing to do now: the collector has not answered your dispute of Jan 2, 2026."
    )
    undated = step(day("2026-01-03"), replace(notice, notice_received=None))
    assert undated.sentence.startswith("Enter the day on which the collector's notice came: without it")


def test_a_draft_is_finished_and_a_claim_in_work_is_waited_for() -> None:
    letter = Letter(id=3, kind="billing_dispute", bill_id=1, status="draft", subject="Account 12-3")
    assert step(day("2026-01-03"), letter).sentence == "Finish the letter “Account 12-3”: it is still a draft."
    pending = Claim(id=7, policy_id=1, bill_id=1, status="pending")
    assert step(day("2026-01-03"), pending).sentence == (
        "Nothing to do now: the insurer has not decided the claim yet."
    )


def test_a_new_bill_from_the_first_paper_on() -> None:
    """The itemized bill is asked for by phone, promised, late, asked for again, and entered."""
    call = (
        Call(id=1, started=Moment(day("2026-02-02")), asked="The itemized bill"),
        CallBill(id=1, call_id=1, bill_id=1),
    )
    word = Promise(id=1, call_id=1, text="Send the itemized bill", due=day("2026-02-16"))
    held = Line(id=1, bill_id=1, code="A4215", description="Needle", charge=Cents(100_000))

    def on(text: str, *records: Record) -> str:
        case = case_of((CLINIC, *USUAL, BILL, STATEMENT, *records))
        found = itemized_bill(case, 1, day(text))
        return step(day(text), *records, itemized=found).sentence

    assert on("2026-02-01") == "Ask for the itemized bill: only single charges show whether the total is right."
    assert on("2026-02-03", *call, word).startswith(
        "Nothing to do now: they promised “Send the itemized bill” for Feb 16"
    )
    assert on("2026-02-17", *call, word) == "Ask about the promise for Feb 16, 2026: “Send the itemized bill”."
    assert on("2026-02-18", *call, replace(word, status="kept"), held).startswith("Nothing to do now: no answer")


DAYS = st.dates(day("2024-01-01"), day("2027-12-31"))
MAYBE = st.none() | DAYS


@given(
    today=DAYS,
    offer=st.builds(
        Offer,
        id=st.just(1),
        bill_id=st.just(1),
        date=DAYS,
        amount=st.integers(1, 10**7).map(Cents),
        direction=st.sampled_from([None, "from_me", "from_them"]),
        status=st.sampled_from([None, "open", "accepted", "declined", "expired", "countered"]),
        pay_by=MAYBE,
        expires=MAYBE,
        written_confirmation=st.sampled_from([None, True, False]),
    ),
    aid=st.builds(
        Assistance,
        id=st.just(1),
        bill_id=st.just(1),
        applied=MAYBE,
        decided=MAYBE,
        status=st.sampled_from([None, "considering", "applied", "more_information", "approved", "denied", "appealed"]),
    ),
    notice=st.builds(
        Collection,
        id=st.just(1),
        bill_id=st.just(1),
        collector_id=st.just(3),
        notice_date=MAYBE,
        notice_received=MAYBE,
        disputed_on=MAYBE,
        validated_on=MAYBE,
    ),
    appeal=st.builds(
        Appeal,
        id=st.just(1),
        claim_id=st.just(7),
        level=st.sampled_from(["internal", "external"]),
        printed_deadline=MAYBE,
        notice_received=MAYBE,
        filed=MAYBE,
        decided=MAYBE,
        outcome=st.sampled_from([None, "upheld", "partly", "overturned", "withdrawn"]),
    ),
)
def test_whatever_is_entered_there_is_one_step_with_a_reason_and_it_never_says_to_pay(
    today: date, offer: Offer, aid: Assistance, notice: Collection, appeal: Appeal
) -> None:
    claim = Claim(id=7, policy_id=1, bill_id=1, status="denied", received=day("2025-01-01"))
    found = step(today, offer, aid, notice, claim, appeal, biller=HOSPITAL)
    assert found.sentence.endswith(".")
    assert ": " in found.sentence
    assert not found.sentence.casefold().startswith("pay")
    assert " pay " not in found.sentence.casefold()
    assert found.dated or found.day == today
    if found.act in ("appeal", "apply", "dispute_estimate"):
        assert found.day >= today


def test_points_on_the_list_are_written_about_and_those_that_were_asked_are_asked_after() -> None:
    listed = step(day("2026-01-03"), unasked_points=2)
    assert listed.sentence == "Write to them about your points: 2 points are on your list and were not asked yet."
    asked = step(day("2026-01-03"), unasked_points=2, unanswered_points=1)
    assert asked.sentence == "Ask for an answer: 1 of your points has none yet."


def test_who_is_asked_and_what() -> None:
    to_insurer = replace(SENT, recipient_id=2)
    found = step(day("2025-12-11"), to_insurer)
    assert (found.with_id, found.question) == (
        2,
        "My letter of Nov 10, 2025 asked for an answer by Dec 10, 2025. When will I have it?",
    )
    told = (
        Call(id=1, started=Moment(day("2026-02-20")), organization_id=3),
        CallBill(id=1, call_id=1, bill_id=1),
        Promise(id=4, call_id=1, text="Recall the account.", due=day("2026-02-28")),
    )
    asked = step(day("2026-03-01"), *told)
    assert (asked.with_id, asked.question) == (
        3,
        "I was promised for Feb 28, 2026: “Recall the account”. Has it been done?",
    )


def test_an_empty_case_has_a_step_too() -> None:
    case: Case = case_of((CLINIC, *USUAL, BILL))
    found = next_step(StepFacts(case=case, bill=BILL, today=day("2026-01-01"), clocks=(), itemized=HELD))
    assert found is not None
    assert found.act == "enter_statement"
