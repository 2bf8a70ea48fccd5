"""The next best step for a bill, in one sentence with its reason.

The order is that of the advice that the program comes from: nothing that can be lost goes first, then what they owe an
answer on, then the homework (the itemized bill, the points), and money last. On a bill that is settled, paid or
refunded only what came after is due, on one that is closed nothing, and no step says to pay.
"""

from __future__ import annotations

from collections.abc import Callable

from medbills_desktop.domain.step_facts import ASK_AGAIN, SOON, Act, NextStep, StepFacts
from medbills_desktop.domain.steps_of_aid import (
    ask_how_it_stands,
    assistance_denied,
    assistance_granted,
    may_apply,
    papers_asked,
)
from medbills_desktop.domain.steps_of_answers import (
    awaited,
    broken_promise,
    collector_silent,
    draft,
    late_answer,
    late_by_rule,
    nothing,
    unanswered_points,
    unasked_points,
)
from medbills_desktop.domain.steps_of_dates import collector_not_disputed, date_missing, running_out, upheld
from medbills_desktop.domain.steps_of_homework import findings, itemized, nonprofit_unknown, planned, statement
from medbills_desktop.domain.steps_of_offers import agreed, answer_offer, own_offer, settled

__all__ = ["ASK_AGAIN", "SOON", "Act", "NextStep", "StepFacts", "next_step"]

_RULES: tuple[Callable[[StepFacts], NextStep | None], ...] = (
    running_out,
    agreed,
    answer_offer,
    date_missing,
    papers_asked,
    broken_promise,
    late_answer,
    late_by_rule,
    planned,
    upheld,
    own_offer,
    ask_how_it_stands,
    collector_not_disputed,
    statement,
    itemized,
    findings,
    unanswered_points,
    draft,
    unasked_points,
    may_apply,
    assistance_denied,
    assistance_granted,
    nonprofit_unknown,
    settled,
    awaited,
    collector_silent,
    nothing,
)

_AFTERWARDS: tuple[Callable[[StepFacts], NextStep | None], ...] = (
    running_out,
    broken_promise,
    late_answer,
    planned,
    collector_not_disputed,
    settled,
    awaited,
    collector_silent,
)
"""What can still be due on a bill that is done with: what a collector sends, and what was asked for or promised since.
The zero balance is asked for until it is shown."""


def next_step(facts: StepFacts) -> NextStep | None:
    """The first step that applies, or `None` for a bill that is closed, or done with and quiet since."""
    if facts.bill.status == "closed":
        return None
    rules = _AFTERWARDS if facts.closed else _RULES
    return next((step for rule in rules if (step := rule(facts)) is not None), None)
