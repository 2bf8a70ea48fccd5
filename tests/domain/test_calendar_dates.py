"""What goes into a calendar: everything due from today on, named without private details."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from medbills_desktop.domain.calendar_dates import CalendarDate, calendar_dates
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Call,
    CallBill,
    Collection,
    Letter,
    Offer,
    Organization,
    Person,
    Promise,
    Record,
    Task,
)
from medbills_desktop.domain.rules.rule_cards import shipped_cards

CARDS = {card.id: card for card in shipped_cards() if card.verified}
BILL = Bill(id=1, biller_id=1, person_id=1, account_number="00-17")
TODAY = date(2026, 2, 28)
RECORDS: tuple[Record, ...] = (
    Organization(id=1, name="Lakeside Clinic", kind="physician"),
    Organization(id=2, name="North Recovery", kind="collector"),
    Person(id=1, name="Ana Ruiz"),
    BILL,
    Call(id=1, started=Moment(date(2026, 2, 1)), organization_id=2),
    CallBill(id=1, call_id=1, bill_id=1),
    Promise(id=4, call_id=1, text="Recall the account", due=date(2026, 3, 1)),
    Task(id=3, text="Ask Dr. Lee about the diagnosis", bill_id=1, due=date(2026, 3, 2)),
    Task(id=5, text="Buy stamps", due=date(2026, 3, 3)),
    Letter(id=6, kind="billing_dispute", bill_id=1, status="sent", date=date(2026, 2, 3), reply_due=date(2026, 3, 5)),
    Offer(id=7, bill_id=1, date=date(2026, 2, 1), amount=Cents(40_000), direction="from_me", expires=date(2026, 3, 6)),
    Offer(id=8, bill_id=1, date=date(2026, 2, 1), amount=Cents(9_900), status="accepted", pay_by=date(2026, 3, 7)),
    Assistance(id=9, bill_id=1, applied=date(2026, 2, 15), status="applied"),
    Collection(id=10, bill_id=1, collector_id=2, notice_received=date(2026, 2, 10)),
)


def dates(*records: Record, today: date = TODAY) -> tuple[CalendarDate, ...]:
    return calendar_dates(case_of(records or RECORDS), CARDS, today)


def test_everything_that_is_due_is_there_by_day_with_the_biller_and_what_it_is() -> None:
    assert [(one.day.isoformat(), one.title, one.key) for one in dates()] == [
        ("2026-03-01", "North Recovery: a promise is due", "promise-4"),
        ("2026-03-02", "Lakeside Clinic: a task of yours", "task-3"),
        ("2026-03-03", "A task of yours", "task-5"),
        ("2026-03-05", "Lakeside Clinic: the answer to your letter is due", "letter-6"),
        ("2026-03-06", "Lakeside Clinic: your offer ends", "offer-ends-7"),
        ("2026-03-07", "Lakeside Clinic: day of the agreement", "offer-due-8"),
        ("2026-03-08", "Lakeside Clinic: time to ask how it stands", "application-9"),
        ("2026-03-12", "Lakeside Clinic: last day, dispute the debt in writing", "clock-fdcpa.window-collection-10"),
    ]


def test_titles_keep_the_patient_the_account_and_every_word_of_yours_out() -> None:
    titles = " ".join(one.title for one in dates())
    for private in ("Ana", "00-17", "Lee", "diagnosis", "stamps", "Recall", "400"):
        assert private not in titles
    detail = {one.key: one.detail for one in dates()}
    assert detail["task-3"] == "Ask Dr. Lee about the diagnosis\nAna Ruiz · Account 00-17"
    assert "checked" in detail["clock-fdcpa.window-collection-10"]
    assert "not legal advice" in detail["clock-fdcpa.window-collection-10"]


def test_what_has_passed_is_not_put_into_a_calendar_again() -> None:
    keys = [one.key for one in dates(today=date(2026, 3, 6))]
    assert keys == ["offer-ends-7", "offer-due-8", "application-9", "clock-fdcpa.window-collection-10"]


def test_of_a_bill_that_is_done_with_only_what_came_since_is_there_and_what_is_done_never() -> None:
    closed, settled = (
        [replace(one, status=status) if isinstance(one, Bill) else one for one in RECORDS]
        for status in ("closed", "settled")
    )
    assert [one.key for one in dates(*closed)] == ["task-3", "task-5"]
    assert [one.key for one in dates(*(one for one in settled if not isinstance(one, Offer)))] == ["task-3", "task-5"]
    assert [one.key for one in dates(*settled)] == [
        "promise-4",
        "task-3",
        "task-5",
        "letter-6",
        "clock-fdcpa.window-collection-10",
    ]
    before = replace(RECORDS[11], date=date(2026, 2, 11))  # agreed after all of it
    assert [one.key for one in dates(*settled, before)] == ["task-3", "task-5"]
    done = [
        replace(one, done=TODAY)
        if isinstance(one, Task)
        else replace(one, status="kept")
        if isinstance(one, Promise)
        else one
        for one in RECORDS
    ]
    assert not {"task-3", "task-5", "promise-4"} & {one.key for one in dates(*done)}


def test_a_key_stays_when_its_day_moves() -> None:
    moved = [replace(one, due=date(2026, 4, 1)) if isinstance(one, Promise) else one for one in RECORDS]
    assert {one.key for one in dates(*moved)} == {one.key for one in dates()}
