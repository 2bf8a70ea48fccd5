"""Steps about answers: those that are late are asked for, those that are awaited are waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from medbills_desktop.domain.assistance_way import next_call
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Appeal, Call, Claim, Letter, Offer, Policy, Task
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.running import Clock, asking_notices
from medbills_desktop.domain.step_facts import ASK_AGAIN, NextStep, StepFacts, cut, quoted


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is awaited on a day: `what` ends a sentence that begins with “Nothing to do now:”."""

    day: Day
    what: str
    about: tuple[str, int] | None = None


def broken_promise(facts: StepFacts) -> NextStep | None:
    """The oldest promise whose day has passed, unless it was asked about lately."""
    late = [
        (one.due, one)
        for one in facts.promises
        if one.due
        and one.due < facts.today
        and one.status in (None, "open", "broken")
        and not facts.just_asked(one.due)
    ]
    if not late:
        return None
    due, promise = min(late, key=lambda pair: (pair[0], pair[1].id))
    sentence = f"Ask about the promise for {plain_day(due)}: {quoted(promise.text)}."
    question = question_of_promise(promise.text, due)
    call = facts.case.find(Call, promise.call_id)
    with_id = call.organization_id if call else None
    return NextStep("chase", sentence, due, ("promise", promise.id), question=question, with_id=with_id)


def late_answer(facts: StepFacts) -> NextStep | None:
    """The letter whose answer is late, unless it was asked about lately."""
    late = [
        (one.reply_due, one)
        for one in facts.unanswered
        if one.reply_due and one.reply_due < facts.today and not facts.just_asked(one.reply_due)
    ]
    if not late:
        return None
    due, letter = min(late, key=lambda pair: (pair[0], pair[1].id))
    sentence = f"Ask for the answer to your letter: it was due on {plain_day(due)}."
    question = question_about(letter)
    return NextStep("chase", sentence, due, ("letter", letter.id), question=question, with_id=letter.recipient_id)


def late_by_rule(facts: StepFacts) -> NextStep | None:
    """A time that a rule gives them has passed, and no answer is noted."""
    for clock in facts.clocks:
        found = clock.deadline
        if clock.card.whose != "them" or found is None or found.due >= facts.today or facts.just_asked(found.due):
            continue
        name = plain_name(clock.card).rstrip(".")
        sentence = f"Ask for their answer: by the rule “{name}” it was due on {plain_day(found.due)}."
        question, with_id = question_of_clock(clock), answering(facts.case, clock.about)
        return NextStep("chase", sentence, found.due, clock.about, question=question, with_id=with_id)
    return None


def question_of_promise(text: str, due: Day | None) -> str:
    """What to ask about a promise of theirs."""
    by = f" for {plain_day(due)}" if due else ""
    return f"I was promised{by}: {quoted(text)}. Has it been done?"


def question_of_clock(clock: Clock) -> str:
    """What to ask where a time that a rule gives them has passed."""
    by = f" by {plain_day(clock.deadline.due)}" if clock.deadline else ""
    return f"By my notes your answer was due{by}. When will I have it?"


def question_about(letter: Letter) -> str:
    """What to ask where a letter has no answer yet."""
    of = f" of {plain_day(letter.date)}" if letter.date else ""
    if letter.reply_due:
        return f"My letter{of} asked for an answer by {plain_day(letter.reply_due)}. When will I have it?"
    return f"My letter{of} has no answer yet. When will it come?"


def answering(case: Case, about: tuple[str, int]) -> int | None:
    """Whose answer it is: the insurer of a claim, the one that a letter went to; `None` for the biller."""
    kind, number = about
    if kind == "letter":
        letter = case.find(Letter, number)
        return letter.recipient_id if letter else None
    if kind == "appeal":
        level = case.find(Appeal, number)
        kind, number = "claim", level.claim_id if level else 0
    if kind == "claim":
        claim = case.find(Claim, number)
        policy = case.find(Policy, claim.policy_id) if claim else None
        return policy.insurer_id if policy else None
    return None


def unanswered_points(facts: StepFacts) -> NextStep | None:
    """Points without an answer, where none is awaited."""
    count = facts.unanswered_points
    if not count or any(one.about is None or one.about[0] != "task" for one in waits(facts)):
        return None
    words = "1 of your points has" if count == 1 else f"{count} of your points have"
    question = "When will I have your answer to my questions about this bill?"
    return replace(facts.now("chase", f"Ask for an answer: {words} none yet."), question=question)


def unasked_points(facts: StepFacts) -> NextStep | None:
    """Points on the list that were not put to them yet."""
    count = facts.unasked_points
    if not count:
        return None
    words = "1 point is on your list and was" if count == 1 else f"{count} points are on your list and were"
    return facts.now("write_points", f"Write to them about your points: {words} not asked yet.")


def draft(facts: StepFacts) -> NextStep | None:
    """A letter that was begun and not sent."""
    drafts = [one for one in facts.letters if one.status == "draft"]
    if not drafts:
        return None
    name = " ".join((drafts[-1].subject or "").split())
    which = f" “{cut(name)}”" if name else ""
    return facts.now("finish_letter", f"Finish the letter{which}: it is still a draft.", ("letter", drafts[-1].id))


def awaited(facts: StepFacts) -> NextStep | None:
    """The first answer that is due from today on."""
    first = min(waits(facts), key=lambda one: one.day, default=None)
    if first is None:
        return None
    return NextStep("wait", f"Nothing to do now: {first.what} {plain_day(first.day)}.", first.day, first.about)


def collector_silent(facts: StepFacts) -> NextStep | None:
    """A dispute that the collector has not answered."""
    asked = [
        (one.disputed_on, one)
        for one in asking_notices(facts.case, facts.bill)
        if one.disputed_on and not one.validated_on
    ]
    if not asked:
        return None
    day, notice = asked[-1]
    sentence = f"Nothing to do now: the collector has not answered your dispute of {plain_day(day)}."
    return facts.now("wait", sentence, ("collection", notice.id))


def nothing(facts: StepFacts) -> NextStep:
    """Nothing else applies: what is open without a date, or that nothing is."""
    pending = next((one for one in facts.case.claims(facts.bill.id) if one.status == "pending"), None)
    if pending is not None:
        return facts.now("wait", "Nothing to do now: the insurer has not decided the claim yet.", ("claim", pending.id))
    if facts.unanswered:
        letter = facts.unanswered[-1]
        of = f" of {plain_day(letter.date)}" if letter.date else ""
        sentence = f"Nothing to do now: your letter{of} has no answer yet, and no day for one is noted."
        return facts.now("wait", sentence, ("letter", letter.id))
    return facts.now(
        "wait", "Nothing to do now: no answer is awaited and no date runs. A new statement or letter changes that."
    )


def waits(facts: StepFacts) -> Iterator[Wait]:
    """What is awaited from today on, with its day."""
    return (one for one in _all_waits(facts) if one.day >= facts.today)


def _all_waits(facts: StepFacts) -> Iterator[Wait]:
    for letter in facts.unanswered:
        if letter.reply_due:
            yield Wait(letter.reply_due, "the answer to your letter is due on", ("letter", letter.id))
            yield from _asked_lately(facts, letter.reply_due, "your letter", ("letter", letter.id))
    for promise in facts.promises:
        if promise.due and promise.status in (None, "open"):
            yield Wait(promise.due, f"they promised {quoted(promise.text)} for", ("promise", promise.id))
        if promise.due and promise.status != "kept":
            yield from _asked_lately(facts, promise.due, quoted(promise.text), ("promise", promise.id))
    for task in facts.case.of(Task, "bill_id", facts.bill.id):
        if task.due and not task.done:
            yield Wait(task.due, f"you planned {quoted(task.text)} for", ("task", task.id))
    if not facts.closed:
        yield from _waits_while_open(facts)


def _asked_lately(facts: StepFacts, due: Day, what: str, about: tuple[str, int]) -> Iterator[Wait]:
    """What fell due and was asked about since waits until it is time to ask again."""
    asked = facts.asked_since(due)
    if asked is not None:
        words = f"you asked about {what} on {plain_day(asked)}; the time to ask again is"
        yield Wait(asked + timedelta(ASK_AGAIN), words, about)


def _waits_while_open(facts: StepFacts) -> Iterator[Wait]:
    if facts.itemized.state == "asked" and facts.itemized.due:
        yield Wait(facts.itemized.due, "the itemized bill is due on", ("bill", facts.bill.id))
    for offer in facts.case.of(Offer, "bill_id", facts.bill.id):
        if offer.status in (None, "open") and offer.direction == "from_me" and offer.expires:
            what = f"your offer of {dollars(offer.amount)} is open until"
            yield Wait(offer.expires, what, ("offer", offer.id))
    for one in facts.assistance:
        if call := next_call(facts.case, one):
            applied = plain_day(one.applied)
            what = f"you applied for assistance on {applied}; the time to ask how it stands is"
            yield Wait(call.first, what, ("assistance", one.id))
    for clock in facts.clocks:
        if clock.card.whose == "them" and clock.deadline:
            what = f"by the rule “{plain_name(clock.card).rstrip('.')}” their answer is due on"
            yield Wait(clock.deadline.due, what, clock.about)
