"""What happened with a bill, by date, as a letter tells it: only what is noted, in the order in which it came."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.letter_templates import LetterWords
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.paid import came_back
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Call,
    Collection,
    Letter,
    Offer,
    Organization,
    Payment,
    Visit,
)

_Event = tuple[Day, str]


def chronology(case: Case, bill: Bill, words: LetterWords) -> str:
    """A line for each thing that has a day, oldest first; empty where nothing is noted."""
    events = sorted(_events(case, bill, words), key=lambda event: event[0])
    return "\n".join(f"{words.day(day)}: {text}" for day, text in events)


def _events(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    visit = case.find(Visit, bill.visit_id)
    if visit and visit.start:
        yield visit.start.day, words.texts["event_visit"]
    yield from _papers(case, bill, words)
    yield from _calls(case, bill, words)
    yield from _letters(case, bill, words)
    yield from _money(case, bill, words)
    yield from _assistance(case, bill, words)


def _papers(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    for statement in case.statements(bill.id):
        asked = statement.balance is not None and statement.balance > 0
        if statement.date and asked:
            yield statement.date, words.say("event_statement", amount=dollars(statement.balance))
        elif statement.date:
            yield statement.date, words.texts["event_statement_bare"]
    for claim in case.claims(bill.id):
        if claim.date:
            yield claim.date, words.texts["event_denied" if claim.status == "denied" else "event_eob"]
    for notice in case.of(Collection, "bill_id", bill.id):
        collector = case.find(Organization, notice.collector_id)
        if notice.notice_date and collector:
            yield notice.notice_date, words.say("event_collector", who=collector.name.strip().rstrip("."))


def _calls(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    for id in case.call_ids(bill.id):  # noqa: A001
        call = case.find(Call, id)
        if call:
            office = case.find(Organization, call.organization_id)
            who = ((call.representative or "").strip() or (office.name.strip() if office else "")).rstrip(".")
            yield call.started.day, words.say("event_call", who=who) if who else words.texts["event_call_bare"]


def _letters(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    for letter in case.of(Letter, "bill_id", bill.id):
        if letter.date and letter.status in ("sent", "received"):
            kind = "answer" if letter.status == "received" and letter.answers_to_id else letter.status
            subject = " ".join((letter.subject or "").split())
            key = f"event_letter_{kind}"
            yield letter.date, words.say(key, subject=subject) if subject else words.texts[f"{key}_bare"]


def _money(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    for offer in case.of(Offer, "bill_id", bill.id):
        key = {"from_me": "event_offer_mine", "from_them": "event_offer_theirs"}.get(offer.direction or "")
        if key:
            yield offer.date, words.say(key, amount=dollars(offer.amount))
    for payment in case.of(Payment, "bill_id", bill.id):
        key = "event_came_back" if came_back(payment) else "event_paid"
        yield payment.date, words.say(key, amount=dollars(abs(payment.amount)))


def _assistance(case: Case, bill: Bill, words: LetterWords) -> Iterator[_Event]:
    for application in case.of(Assistance, "bill_id", bill.id):
        if application.applied:
            yield application.applied, words.texts["event_applied"]
        if application.decided:
            yield application.decided, words.texts["event_decided"]
