"""Whether both sides have to agree before a call is recorded: the stricter rule of the two places.

The program itself never records. Asking first and noting the answer is right everywhere, and so is taking notes
instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.rules.rule_cards import RuleCard

Consent = Literal["all", "one", "not_known"]
"""all: everybody has to agree; one: one who takes part is enough; not_known: a place is missing or not verified."""


@dataclass(frozen=True, slots=True)
class RecordingRule:
    """What counts for a call between two places, with the cards that say so, the federal one first."""

    consent: Consent
    cards: tuple[RuleCard, ...]


def recording_rule(mine: str | None, theirs: str | None, cards: Mapping[str, RuleCard]) -> RecordingRule:
    """The stricter of two states' rules; `cards` are all by id. One strict state decides, whatever the other is."""
    found = [cards["recording.us"]] if "recording.us" in cards else []
    states = [state.strip().casefold() for state in (mine, theirs) if state and state.strip()]
    known = [
        cards[f"state.recording.{state}"] for state in dict.fromkeys(states) if f"state.recording.{state}" in cards
    ]
    found.extend(known)
    if any(card.fact("consent") == "all" for card in known):
        return RecordingRule("all", tuple(found))
    sure = [card for card in known if card.verified and card.fact("consent") == "one"]
    both = len(states) == 2 and len(sure) == len(set(states))
    return RecordingRule("one" if both else "not_known", tuple(found))


def strictest_card(found: RecordingRule) -> RuleCard | None:
    """The card to show: one that asks everybody, else one that is not verified, else a state's, else the federal."""
    states = [card for card in found.cards if card.id != "recording.us"]
    strict = [card for card in states if card.fact("consent") == "all"]
    unsure = [card for card in states if not card.verified]
    return next(iter([*strict, *unsure, *reversed(states), *found.cards]), None)


def recording_words(found: RecordingRule) -> str:
    """What to do by default, in one or two sentences: to ask, whatever the rules say."""
    if found.consent == "all":
        return "Everyone in the call has to agree. Ask at its beginning and note the answer, or take notes instead."
    if found.consent == "one":
        return "Ask at the beginning all the same and note the answer: that is right everywhere."
    return "What counts is not known for both places. Ask everyone first and note the answer, or take notes instead."


def card_line(card: RuleCard) -> str:
    """The card in one paragraph, with its source and the day it was checked."""
    sure = "" if card.verified else "; not verified"
    return f"{card.name}: {card.text.rstrip('.')}{sure} ({card.citation}, checked {plain_day(card.checked)})."
