"""Steps of one's own homework: a statement to compare, the itemized bill and its lines, the findings."""

from __future__ import annotations

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Task
from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.step_facts import NextStep, StepFacts, quoted


def statement(facts: StepFacts) -> NextStep | None:
    """Nothing is entered that says what is asked."""
    if facts.case.statements(facts.bill.id):
        return None
    return facts.now("enter_statement", "Enter the statement: without one there is nothing to compare.")


def itemized(facts: StepFacts) -> NextStep | None:
    """The itemized bill: to ask for, to ask for again, or to enter."""
    found = facts.itemized
    if found.state == "overdue":
        if found.due and facts.just_asked(found.due):
            return None
        if found.due:
            sentence = f"Ask again for the itemized bill: it was due on {plain_day(found.due)}."
            return NextStep("ask_itemized", sentence, found.due)
        return facts.now("ask_itemized", "Ask again for the itemized bill: the promise to send it was not kept.")
    if found.state == "not_asked":
        sentence = "Ask for the itemized bill: only single charges show whether the total is right."
        return facts.now("ask_itemized", sentence)
    if found.state == "held" and not found.line_count:
        return facts.now("enter_lines", "Enter the lines of the itemized bill: it is here, but can't be checked yet.")
    return None


def findings(facts: StepFacts) -> NextStep | None:
    """What the checks found and nobody decided on."""
    count = facts.open_findings
    if not count:
        return None
    words = "1 thing does not add up yet" if count == 1 else f"{count} things do not add up yet"
    return facts.now("look_at_findings", f"Go through the findings: {words}.")


def planned(facts: StepFacts) -> NextStep | None:
    """What one has planned for this bill oneself, once its day has come."""
    due = [
        (one.due, one)
        for one in facts.case.of(Task, "bill_id", facts.bill.id)
        if not one.done and one.due and one.due <= facts.today
    ]
    if not due:
        return None
    day, task = min(due, key=lambda pair: (pair[0], pair[1].id))
    sentence = f"Do what you planned for {plain_day(day)}: {quoted(task.text)}."
    return NextStep("do_task", sentence, day, ("task", task.id))


def nonprofit_unknown(facts: StepFacts) -> NextStep | None:
    """A rule for assistance that may hold, but a fact about it is not entered."""
    for clock in facts.clocks:
        if clock.deadline is None and clock.card.whose == "you":
            name = plain_name(clock.card).rstrip(".")
            sentence = f"Enter {clock.missing}: without it the time of “{name}” can't be counted."
            return facts.now("enter_date", sentence, clock.about)
    return None
