"""What the timeline reads: every dated thing of every kind, by scope, with papers and proofs; none dropped."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    CallBill,
    Claim,
    Collection,
    Document,
    DocumentLink,
    Estimate,
    Letter,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    PromiseProof,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.domain.timeline import KIND, Narrowing, TimelineEvent
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.timeline import (
    EVERYTHING,
    ListEvents,
    ListFirstEvents,
    ListScopes,
    TimelineScope,
)
from medbills_desktop.store.work import Work

D = date(2026, 3, 2)


def later(days: int) -> date:
    return D + timedelta(days)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.create(tmp_path / "library") as made:
        made.perform("Fill", fill)
        yield made


def fill(work: Work) -> None:
    """Bill 1 of Ana with one of each; bill 2 of Ben with a statement alone."""
    for name in ("Ana", "Ben"):
        work.add(Person(name=name))
    for name in ("Blue Mesa", "Example Health", "Red Fork"):
        work.add(Organization(name=name, kind="hospital"))
    work.add(Policy(person_id=1, insurer_id=2))
    work.add(Visit(person_id=1, facility_id=1, start=Moment(D), end=Moment(later(2)), reason="Fall"))
    work.add(Bill(biller_id=1, person_id=1, visit_id=1, account_number="01"))
    work.add(Bill(biller_id=1, person_id=2))
    work.add(Document(file="a.pdf", title="A paper", received=later(3)))
    work.add(DocumentLink(document_id=1, type="bill", target_id=1))
    work.add(Document(file="b.pdf"))
    work.add(Statement(bill_id=1, date=later(4), due=later(34), balance=Cents(100), document_id=1))
    work.add(Statement(bill_id=2, date=later(5), balance=Cents(200)))
    work.add(Claim(policy_id=1, bill_id=1, status="denied", appeal_deadline=later(90)))
    work.add(Estimate(visit_id=1, provider_id=1, kind="good_faith_estimate", date=D, amount=Cents(5)))
    work.add(Call(started=Moment(later(6)), organization_id=1, said="They look"))
    work.add(CallBill(call_id=1, bill_id=1))
    work.add(Promise(call_id=1, text="Send it", due=later(10), status="broken", closed=later(12)))
    work.add(Promise(call_id=1, text="Call back"))
    work.add(Letter(kind="bill_questions", bill_id=1, recipient_id=1, status="sent", date=later(7), tracking="94"))
    work.add(Letter(kind="bill_questions", bill_id=1, status="draft"))
    work.add(PromiseProof(promise_id=1, letter_id=1))
    work.add(PromiseProof(promise_id=1, document_id=1, note="x"))
    work.add(Payment(bill_id=1, date=later(8), amount=Cents(50)))
    work.add(Offer(bill_id=1, date=later(9), amount=Cents(60), direction="from_me", expires=later(40)))
    work.add(Assistance(bill_id=1, applied=later(11), decided=later(20), status="approved"))
    work.add(Assistance(bill_id=1, status="considering"))
    work.add(AssistancePaper(assistance_id=1, text="Tax return", asked=later(13), sent=later(14)))
    work.add(AssistancePaper(assistance_id=1, text="Pay slip"))
    work.add(Appeal(claim_id=1, level="internal", notice_date=later(15), filed=later(16), decided=later(50)))
    work.add(Appeal(claim_id=1, level="external"))
    work.add(Collection(bill_id=1, collector_id=3, notice_received=later(17), disputed_on=later(18)))
    work.add(Task(text="Ask", bill_id=1))
    work.add(Task(text="Pay rent", due=later(1)))


def read(library: Library, scope: TimelineScope = EVERYTHING, **narrowed: Any) -> list[TimelineEvent]:
    return library.read(ListEvents(scope, Narrowing(**narrowed), newest_first=False))


def test_everything_with_and_without_a_day_is_there(library: Library) -> None:
    found = read(library)
    assert {event.kind for event in found} == set(KIND) - {"deadline"}
    undated = {(event.kind, event.what) for event in found if event.when is None}
    assert undated == {
        ("claim", "EOB: denied"),
        ("letter", "Draft: bill questions"),
        ("assistance", "Financial assistance considered"),
        ("assistance", "Paper for the application: Pay slip"),
        ("appeal", "Not filed yet: external review"),
        ("task", "Ask"),
        ("document", "b.pdf"),
    }
    assert len({event.id for event in found}) == len(found)


def test_a_broken_promise_stands_on_the_day_it_was_noted_with_what_shows_it(library: Library) -> None:
    broken, made = sorted((one for one in read(library) if one.kind == "promise"), key=lambda one: one.record_id)
    assert (broken.when, broken.state, broken.document_id) == (Moment(later(12)), "broken", 1)
    assert broken.what == "Broken: Send it; shown by letter of Mar 9, 2026, A paper"
    assert (made.when, made.what) == (Moment(later(6)), "Promised: Call back")


def test_a_bill_a_visit_and_a_patient_have_what_is_theirs(library: Library) -> None:
    whole = read(library)
    of_bill = read(library, TimelineScope("bill", 1))
    left = {(event.kind, event.what) for event in whole} - {(event.kind, event.what) for event in of_bill}
    assert left == {("task", "Pay rent"), ("document", "b.pdf"), ("statement", "Statement")}
    assert len(whole) - len(of_bill) == 3
    assert read(library, TimelineScope("visit", 1)) == read(library, TimelineScope("person", 1)) == of_bill
    assert [event.kind for event in read(library, TimelineScope("bill", 2))] == ["statement"]
    assert [event.amount for event in read(library, TimelineScope("person", 2))] == [200]


def test_deadlines_are_there_only_where_they_are_asked_for(library: Library) -> None:
    found = read(library, kinds=frozenset({"deadline"}))
    said = {event.what for event in found}
    assert {"Statement is due", "Offer ends", "Last day to appeal, as printed"} <= said
    assert any("15 USC" in what or "CFR" in what for what in said)
    assert not any(event.kind == "deadline" for event in read(library))
    assert not read(library, TimelineScope("bill", 2), kinds=frozenset({"deadline"}))


def test_a_period_and_kinds_are_narrowed_while_reading(library: Library) -> None:
    found = read(library, first=later(6), last=later(7))
    assert {event.when.day for event in found if event.when} == {later(6), later(7)}
    assert sum(event.when is None for event in found) == 7
    assert {event.kind for event in read(library, kinds=frozenset({"call", "task"}))} == {"call", "task"}
    assert [event.what for event in read(library, words="94 certified")] == []
    assert len(read(library, words="tracking 94")) == 1


@pytest.mark.parametrize("newest", [True, False])
@pytest.mark.parametrize("kinds", [frozenset(), frozenset(KIND)])
@pytest.mark.parametrize("scope", [EVERYTHING, TimelineScope("bill", 1)])
def test_the_first_events_are_those_that_the_whole_list_begins_with(
    library: Library, scope: TimelineScope, kinds: Any, newest: bool
) -> None:
    for words in ("", "e"):
        query = ListEvents(scope, Narrowing(kinds, words=words), newest)
        whole = library.read(query)
        dated = [event for event in whole if event.when]
        page = library.read(ListFirstEvents(query, 5))
        assert page.total == len(whole)
        assert [event.when for event in page.events if event.when] == [event.when for event in dated[:5]]
        assert [event for event in page.events if not event.when] == [event for event in whole if not event.when]
        assert library.read(ListFirstEvents(query, 1000)).events == whole


def test_every_patient_visit_and_bill_can_be_chosen(library: Library) -> None:
    assert [choice.words for choice in library.read(ListScopes())] == [
        "Ana",
        "Ben",
        "Ana, Blue Mesa, Mar 2, 2026",
        "Blue Mesa, 01",
        "Blue Mesa",
    ]
