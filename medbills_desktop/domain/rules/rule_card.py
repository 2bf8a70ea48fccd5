"""One rule card: a rule of law or practice, with its source, the day it was checked and how sure we are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.dates import Day

Unit = Literal["hour", "calendar_day", "business_day", "month", "year"]
Whose = Literal["you", "them"]
"""Who has to act: a date of `you` can be missed; a date of `them` is when to chase."""

Confidence = Literal["A", "B", "C", "U"]
"""A: the text of the rule was read. B: two good sources agree. C: one source, or an old one. U: not verified."""

Anchor = Literal[
    "appeal_received",
    "call_held",
    "claim_received",
    "collection_notice",
    "credit_dispute_sent",
    "decision_received",
    "denial_received",
    "discharge",
    "dispute_filed",
    "eca_notice",
    "estimate_asked",
    "final_denial_received",
    "first_bill",
    "first_contact",
    "first_delinquency",
    "itemization_asked",
    "last_insurer_payment",
    "medicare_decision",
    "notice_dated",
    "records_asked",
    "scheduled",
    "service",
    "violation",
]
"""The events that clocks run from; each is a date that the user can enter."""

SURE: tuple[Confidence, ...] = ("A", "B", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class Presumption:
    """When a notice counts as received where its receipt is not proved: so many days after the day it was sent."""

    length: int
    unit: Literal["calendar_day", "business_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """One rule. `length` is in `unit`; below zero it counts back from the anchor ("72 hours before the service").

    `detail_unverified` names the part of a card that could not be checked where the rule itself could. `until` is the
    last day on which the rule holds, `first_day` the first; both look at the anchor date. Rolling means that a date on
    a weekend or holiday moves to the next business day. `later_of` names a second date of the record, before which the
    clock never ends. `facts` are the figures of a state's table by name, such as `("written_years", 6)`.
    """

    id: str
    name: str
    jurisdiction: str
    binds: str
    protects: str
    text: str
    anchor: Anchor | None = None
    length: int | None = None
    unit: Unit = "calendar_day"
    whose: Whose = "you"
    presumption: Presumption | None = None
    roll: bool = False
    later_of: str | None = None
    first_day: Day | None = None
    until: Day | None = None
    citation: str
    where: str
    checked: Day
    confidence: Confidence
    detail_unverified: str = ""
    contested: str = ""
    effect: str = ""
    facts: tuple[tuple[str, str | int], ...] = ()
    own: bool = False

    @property
    def verified(self) -> bool:
        """Whether something was found to check the card against; one that is not is off unless it is switched on."""
        return self.confidence in SURE

    @property
    def has_clock(self) -> bool:
        return self.anchor is not None and self.length is not None

    def fact(self, name: str) -> str | int | None:
        """One of the `facts`, or `None`."""
        return dict(self.facts).get(name)

    def in_force(self, day: Day) -> bool:
        """Whether the rule holds for an event of that day."""
        return not (self.first_day and day < self.first_day) and not (self.until and day > self.until)
