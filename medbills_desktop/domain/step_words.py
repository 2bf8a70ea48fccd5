"""What stands on the button of a next step, and how its day is said."""

from __future__ import annotations

from collections.abc import Mapping

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.step_facts import Act, NextStep

ACT_WORDS: Mapping[Act, str] = {
    "answer_offer": "Open offers",
    "appeal": "Open appeals",
    "apply": "Open assistance",
    "ask_assistance": "Open assistance",
    "ask_itemized": "Call",
    "call_assistance": "Call",
    "chase": "Call",
    "confirm": "Write letter",
    "dispute_debt": "Write letter",
    "dispute_estimate": "Write letter",
    "do_task": "Open task",
    "enter_date": "Enter it",
    "enter_lines": "Enter lines",
    "enter_statement": "Enter statement",
    "finish_letter": "Open letter",
    "look_at_appeal": "Open appeals",
    "look_at_assistance": "Open assistance",
    "look_at_dates": "Open dates",
    "look_at_findings": "Open findings",
    "look_at_offer": "Open offers",
    "wait": "Open bill",
    "write_points": "Write letter",
    "zero_balance": "Write letter",
}
"""The one click of each step."""


_NOTHING = "Nothing to do now: "


def list_words(step: NextStep) -> str:
    """The sentence for a narrow column, which loses its end: what is waited for comes first there."""
    text = step.sentence.removeprefix(_NOTHING)
    return f"{text[:1].upper()}{text[1:]}"


_OWN_RHYTHM = frozenset({"call_assistance", "do_task"})
"""Steps whose day is one's own choice or advice: nobody is late with them."""


def step_tone(step: NextStep, today: Day) -> str:
    """The colour token of a step's day: red where they are late, amber where a date presses, green where one waits."""
    if step.act == "wait":
        return "green"
    if not step.dated:
        return "accent"
    return "red" if step.day < today and step.act not in _OWN_RHYTHM else "amber"


def step_order(step: NextStep, today: Day) -> tuple[int, Day]:
    """What can be lost or is late first, then what can be done any day, then what is waited for."""
    rank = 2 if step.act == "wait" else 0 if step.dated else 1
    return rank, step.day if step.dated else today
