"""Promises that were not kept, as a letter tells them: what was noted at the time, and that it has not been done."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.letter_templates import LetterWords
from medbills_desktop.domain.records import Call, Organization, Promise


def broken_promises(case: Case, bill_id: int, words: LetterWords) -> tuple[str, ...]:
    """One paragraph for each promise about a bill that the user marked as not kept, oldest call first."""
    calls = [call for one in case.call_ids(bill_id) if (call := case.find(Call, one))]
    calls.sort(key=lambda call: (call.started, call.id))
    return tuple(
        " ".join(_sentences(case, call, promise, words))
        for call in calls
        for promise in case.of(Promise, "call_id", call.id)
        if promise.status == "broken"
    )


def _sentences(case: Case, call: Call, promise: Promise, words: LetterWords) -> Iterator[str]:
    who, day = _who(case, call, promise, words), words.day(call.started.day)
    number = (call.reference_number or "").strip()
    reference = words.say("promise_reference", number=number) if number else ""
    text = " ".join(promise.text.split()).rstrip(".")
    if who:
        yield words.say("promise_by", day=day, who=who, reference=reference, text=text)
    else:
        yield words.say("promise_bare", day=day, reference=reference, text=text)
    if promise.due:
        yield words.say("promise_due", day=words.day(promise.due))
    yield words.texts["promise_broken"]


def _who(case: Case, call: Call, promise: Promise, words: LetterWords) -> str:
    person = (promise.by or call.representative or "").strip()
    office = case.find(Organization, call.organization_id)
    name = office.name.strip() if office else ""
    if person and name and person.casefold() != name.casefold():
        return words.say("promise_who", person=person, office=name)
    return person or name
