"""A clock in words: by when, how many days are left, how it was counted, and where the rule stands."""

from __future__ import annotations

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.domain.rules.running import Clock

SOON = 14
"""Days before its end from which one's own time is shown in amber."""

HOLDS = frozenset({"r.notify", "r.eca30"})
"""Cards that keep the other side from acting for a time, instead of giving it one to answer in."""


def due_words(clock: Clock, today: Day) -> str:
    """`until Jul 1, 2026, 103 days from today`; what is missing where there is no date."""
    found = clock.deadline
    if found is None:
        return f"can't be counted: enter {clock.missing}"
    days = (found.due - today).days
    mine = clock.card.whose == "you" or clock.card.id in HOLDS
    if days < 0:
        return f"{'ended' if mine else 'their time ended'} on {plain_day(found.due)}, {_days(-days)} ago"
    left = "today" if days == 0 else f"{_days(days)} from today"
    return f"{'until' if mine else 'they have until'} {plain_day(found.due)}, {left}"


def due_tone(clock: Clock, today: Day) -> str:
    """The role of the label: amber where it is close or a date is missing, muted once it passed, else none."""
    found = clock.deadline
    if found is None:
        return "amber"
    days = (found.due - today).days
    if days < 0:
        return "muted" if clock.card.whose == "you" or clock.card.id in HOLDS else "amber"
    return "amber" if clock.card.whose == "you" and days <= SOON else ""


def counted_words(clock: Clock) -> str:
    """How the date was counted."""
    return " ".join(clock.deadline.steps) if clock.deadline else ""


def cited(card: RuleCard) -> str:
    """Where a rule stands and when it was checked, in one line."""
    sure = f" Not verified: {card.detail_unverified}." if card.detail_unverified else ""
    own = " Entered or changed by you." if card.own else ""
    return f"{card.citation}, checked {plain_day(card.checked)}.{own}{sure}"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"
