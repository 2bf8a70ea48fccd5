"""Steps that a date asks for: a time that can be missed, a date without which none can be counted."""

from __future__ import annotations

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Appeal, Collection
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.running import Clock
from medbills_desktop.domain.step_facts import SOON, Act, NextStep, StepFacts

_OWN_CLOCKS: dict[str, tuple[Act, str]] = {
    "fdcpa.window": ("dispute_debt", "Dispute the debt in writing: the collector's 30 days end on {day}."),
    "nsa.ppdr.window": ("dispute_estimate", "Start the dispute over the estimate: the 120 days end on {day}."),
    "r.apply": ("apply", "Apply for assistance: the hospital has to take an application until {day}."),
}
_STATE_ASSISTANCE = "state.assistance."
_APPEAL: tuple[Act, str] = ("appeal", "Appeal the denial: the time for it ends on {day}.")
_APPLY: tuple[Act, str] = ("apply", "Apply for assistance: by the rule of the state the time for it ends on {day}.")
_PRESSING = ("claim", "appeal", "collection")
"""Records whose own dates can be missed unseen while they are not entered."""


def running_out(facts: StepFacts) -> NextStep | None:
    """The earliest time of one's own that ends within `SOON` days."""
    for clock in facts.clocks:
        found = clock.deadline
        if found is None or clock.card.whose != "you" or not 0 <= (found.due - facts.today).days <= SOON:
            continue
        act, sentence = words_of_clock(clock)
        return NextStep(act, sentence.format(day=plain_day(found.due)), found.due, clock.about)
    return _printed(facts)


def words_of_clock(clock: Clock) -> tuple[Act, str]:
    """What a clock of one's own asks for, with `{day}` for its day."""
    if clock.card.id in _OWN_CLOCKS:
        return _OWN_CLOCKS[clock.card.id]
    if clock.card.id.startswith(_STATE_ASSISTANCE):
        return _APPLY
    if clock.about[0] in ("claim", "appeal"):
        return _APPEAL
    name = plain_name(clock.card).rstrip(".").replace("{", "(").replace("}", ")")
    return "look_at_dates", f"Look at “{name}”: the time for it ends on {{day}}."


def _printed(facts: StepFacts) -> NextStep | None:
    """A level of an appeal whose notice prints its last day, where no card counts one."""
    counted = {clock.about for clock in facts.clocks if clock.deadline}
    open_ = [
        (one.printed_deadline, one)
        for one in facts.appeals
        if one.printed_deadline and not one.filed and not one.decided and ("appeal", one.id) not in counted
    ]
    for day, one in sorted(open_, key=lambda pair: (pair[0], pair[1].id)):
        if 0 <= (day - facts.today).days <= SOON and ("claim", one.claim_id) not in counted:
            return NextStep(
                "appeal", f"Appeal the decision: your notice says until {plain_day(day)}.", day, ("appeal", one.id)
            )
    return None


def date_missing(facts: StepFacts) -> NextStep | None:
    """A time that may be running unseen since the date that it is counted from is not entered."""
    for clock in facts.clocks:
        if clock.deadline is None and clock.card.whose == "you" and clock.about[0] in _PRESSING:
            name = plain_name(clock.card).rstrip(".")
            sentence = f"Enter {clock.missing}: without it the time of “{name}” can't be counted."
            return facts.now("enter_date", sentence, clock.about)
    return None


def upheld(facts: StepFacts) -> NextStep | None:
    """The newest decision on an appeal left the denial as it was, and nothing was begun after it."""
    decided = [(one.decided, one) for one in facts.appeals if one.decided and one.outcome in ("upheld", "partly")]
    if not decided:
        return None
    day, last = max(decided, key=lambda pair: (pair[0], pair[1].id))
    if any(_later(one, last) for one in facts.appeals):
        return None
    part = "left the denial as it was" if last.outcome == "upheld" else "took back only a part of the denial"
    sentence = f"Look at the next level of the appeal: the decision of {plain_day(day)} {part}."
    return facts.now("look_at_appeal", sentence, ("appeal", last.id))


def _later(one: Appeal, last: Appeal) -> bool:
    return one.id != last.id and one.claim_id == last.claim_id and (not one.decided or one.id > last.id)


def collector_not_disputed(facts: StepFacts) -> NextStep | None:
    """A collector whose 30 days have passed without a dispute: what the debt is can still be asked."""
    for clock in facts.clocks:
        found = clock.deadline
        if clock.card.id == "fdcpa.window" and found and found.due < facts.today:
            notice = facts.case.find(Collection, clock.about[1])
            if notice is None or notice.validated_on:
                continue
            day = plain_day(found.due)
            sentence = (
                f"Ask the collector in writing what the debt is: no dispute is noted, and its 30 days ended on {day}."
            )
            return facts.now("dispute_debt", sentence, clock.about)
    return None
