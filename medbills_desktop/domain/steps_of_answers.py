"""Steps about answers: those that are late are asked for, those that are awaited are waited for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Collection, Offer, Promise
from medbills_desktop.domain.step_facts import NextStep, StepFacts
from medbills_desktop.domain.steps_of_aid import next_call

LONGEST_WORDS = 80
"""Letters of a promise that are quoted before it is cut."""


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
    sentence = f"Ask about the promise for {plain_day(due)}: {_quoted(promise)}."
    return NextStep("chase", sentence, due, ("promise", promise.id))


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
    return NextStep("chase", sentence, due, ("letter", letter.id))


def late_by_rule(facts: StepFacts) -> NextStep | None:
    """A time that a rule gives them has passed, and no answer is noted."""
    for clock in facts.clocks:
        found = clock.deadline
        if clock.card.whose != "them" or found is None or found.due >= facts.today or facts.just_asked(found.due):
            continue
        name = clock.card.name.rstrip(".")
        sentence = f"Ask for their answer: by the rule “{name}” it was due on {plain_day(found.due)}."
        return NextStep("chase", sentence, found.due, clock.about)
    return None


def unanswered_points(facts: StepFacts) -> NextStep | None:
    """Points without an answer, where none is awaited."""
    count = facts.unanswered_points
    if not count or any(True for _ in waits(facts)):
        return None
    words = "1 of your points has" if count == 1 else f"{count} of your points have"
    return facts.now("chase", f"Ask for an answer: {words} none yet.")


def draft(facts: StepFacts) -> NextStep | None:
    """A letter that was begun and not sent."""
    drafts = [one for one in facts.letters if one.status == "draft"]
    if not drafts:
        return None
    name = " ".join((drafts[-1].subject or "").split())
    which = f" “{_cut(name)}”" if name else ""
    return facts.now("finish_letter", f"Finish the letter{which}: it is still a draft.", ("letter", drafts[-1].id))


def awaited(facts: StepFacts) -> NextStep | None:
    """The first answer that is due from today on."""
    first = min(waits(facts), key=lambda one: one.day, default=None)
    if first is None:
        return None
    return NextStep("wait", f"Nothing to do now: {first.what} {plain_day(first.day)}.", first.day, first.about)


def nothing(facts: StepFacts) -> NextStep:
    """Nothing else applies: what is open without a date, or that nothing is."""
    asked = [
        one for one in facts.case.of(Collection, "bill_id", facts.bill.id) if one.disputed_on and not one.validated_on
    ]
    if asked and asked[-1].disputed_on:
        day = plain_day(asked[-1].disputed_on)
        sentence = f"Nothing to do now: the collector has not answered your dispute of {day}."
        return facts.now("wait", sentence, ("collection", asked[-1].id))
    pending = next((one for one in facts.case.claims(facts.bill.id) if one.status == "pending"), None)
    if pending is not None:
        return facts.now("wait", "Nothing to do now: the insurer has not decided the claim yet.", ("claim", pending.id))
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
    for promise in facts.promises:
        if promise.due and promise.status in (None, "open"):
            yield Wait(promise.due, f"they promised {_quoted(promise)} for", ("promise", promise.id))
    if facts.itemized.state == "asked" and facts.itemized.due:
        yield Wait(facts.itemized.due, "the itemized bill is due on", ("bill", facts.bill.id))
    for offer in facts.case.of(Offer, "bill_id", facts.bill.id):
        if offer.status in (None, "open") and offer.direction == "from_me" and offer.expires:
            what = f"your offer of {dollars(offer.amount)} is open until"
            yield Wait(offer.expires, what, ("offer", offer.id))
    for one in facts.assistance:
        if day := next_call(facts, one):
            applied = plain_day(one.applied)
            what = f"you applied for assistance on {applied}; the time to ask how it stands is"
            yield Wait(day, what, ("assistance", one.id))
    for clock in facts.clocks:
        if clock.card.whose == "them" and clock.deadline:
            what = f"by the rule “{clock.card.name.rstrip('.')}” their answer is due on"
            yield Wait(clock.deadline.due, what, clock.about)


def _quoted(promise: Promise) -> str:
    return f"“{_cut(' '.join(promise.text.split()).rstrip('.'))}”"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_WORDS else f"{text[: LONGEST_WORDS - 1].rstrip()}…"
