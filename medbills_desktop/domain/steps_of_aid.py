"""Steps on the way to financial assistance: applying, sending what is asked for, asking how it stands."""

from __future__ import annotations

from dataclasses import replace

from medbills_desktop.domain.assistance_way import QUESTION, next_call
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Assistance, AssistancePaper
from medbills_desktop.domain.step_facts import NextStep, StepFacts
from medbills_desktop.domain.steps_of_dates import words_of_clock


def may_apply(facts: StepFacts) -> NextStep | None:
    """An application that is still possible, and was not made."""
    if any(one.applied or one.decided for one in facts.assistance):
        return None
    for clock in facts.clocks:
        found = clock.deadline
        act, sentence = words_of_clock(clock)
        if act == "apply" and found and found.due >= facts.today:
            return NextStep("apply", sentence.format(day=plain_day(found.due)), found.due, clock.about)
    return None


def papers_asked(facts: StepFacts) -> NextStep | None:
    """Papers that the office asked for and that are not noted as sent."""
    for one in _undecided(facts):
        papers = facts.case.of(AssistancePaper, "assistance_id", one.id)
        open_ = [(paper.asked, paper) for paper in papers if paper.asked and not paper.sent]
        if not open_:
            continue
        day = min(asked for asked, _ in open_)
        count = len(open_)
        what = "1 paper" if count == 1 else f"{count} papers"
        are = "is" if count == 1 else "are"
        sentence = (
            f"Send what the assistance office asked for on {plain_day(day)}: {what} {are} not noted as sent, "
            "and the application waits."
        )
        return facts.now("look_at_assistance", sentence, ("assistance", one.id))
    return None


def ask_how_it_stands(facts: StepFacts) -> NextStep | None:
    """The call that is due after an application."""
    for one in facts.assistance:
        call = next_call(facts.case, one)
        if one.applied is None or call is None or call.first > facts.today:
            continue
        since = (
            f", and the last contact was on {plain_day(call.since)}" if call.since else " and no contact since is noted"
        )
        sentence = f"Ask how the application for assistance stands: you applied on {plain_day(one.applied)}{since}."
        day, about = call.last or call.first, ("assistance", one.id)
        return NextStep("call_assistance", sentence, day, about, question=QUESTION, with_id=one.organization_id)
    return None


def assistance_denied(facts: StepFacts) -> NextStep | None:
    """A denial that was not appealed."""
    last = facts.assistance[-1] if facts.assistance else None
    if last is None or last.status != "denied":
        return None
    about = ("assistance", last.id)
    if last.decided is None:
        return facts.now("look_at_assistance", "Look at the denial of assistance: no appeal of it is noted.", about)
    sentence = f"Look at the denial of assistance of {plain_day(last.decided)}: no appeal of it is noted."
    return facts.now("look_at_assistance", sentence, about)


def assistance_granted(facts: StepFacts) -> NextStep | None:
    """Assistance that was granted and that no statement shows yet."""
    for one in facts.assistance:
        if one.status != "approved" or one.decided is None or facts.just_asked(one.decided):
            continue
        if any(statement.date > one.decided for statement in facts.case.statements(facts.bill.id)):
            continue
        day = plain_day(one.decided)
        sentence = f"Ask for a new statement: assistance was granted on {day}, and none has come since."
        question = f"Assistance was granted on {day}. When will I have a statement that shows it?"
        return replace(facts.now("chase", sentence, ("assistance", one.id)), question=question)
    return None


def _undecided(facts: StepFacts) -> list[Assistance]:
    return [one for one in facts.assistance if not one.decided and one.status not in ("approved", "denied")]
