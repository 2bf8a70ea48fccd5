"""Rule cards: one rule of law or practice each, with its source, the day it was checked and how sure we are.

Cards are data files in `resources/rules/cards/`; a user may correct one or add an own one. A card with a `length`
starts a clock on each record that has its anchor date; a card without one is something to know, and to quote with its
source.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from medbills_desktop.domain.resource_files import resource
from medbills_desktop.domain.rules.card_faults import CardFault, faults_of
from medbills_desktop.domain.rules.rule_card import SURE, Anchor, Confidence, Presumption, RuleCard, Unit, Whose

__all__ = (
    "SURE",
    "Anchor",
    "BadCardError",
    "Confidence",
    "Presumption",
    "RuleCard",
    "Unit",
    "Whose",
    "card_of",
    "read_cards",
    "shipped_cards",
)


class BadCardError(ValueError):
    """A card is not as it has to be; the message names the card and what is wrong, `faults` names each field."""

    def __init__(self, card_id: str, faults: tuple[CardFault, ...]) -> None:
        super().__init__(f"rule card {card_id}: {'; '.join(fault.what for fault in faults)}")
        self.faults = faults


def read_cards(path: Path) -> tuple[RuleCard, ...]:
    """Read one file of cards. Raises `BadCardError` for a field that is missing, unknown or not of its kind."""
    read = tomllib.loads(path.read_text("utf-8"))
    defaults: Mapping[str, Any] = read.get("defaults", {})
    return tuple(card_of({**defaults, **entry}) for entry in read.get("card", ()))


def card_of(values: Mapping[str, Any]) -> RuleCard:
    """A card from its fields. Raises `BadCardError` with everything that is wrong."""
    faults = faults_of(values)
    if faults:
        raise BadCardError(str(values.get("id", "?"))[:80], faults)
    given = dict(values)
    if given.get("presumption") is not None:
        given["presumption"] = Presumption(**given["presumption"])
    if "facts" in given:
        given["facts"] = tuple(given["facts"].items())
    return RuleCard(**given)


@cache
def shipped_cards() -> tuple[RuleCard, ...]:
    """Every card that the program ships, by file and place in it. Raises `BadCardError`, also for an id used twice."""
    folder = resource("rules/cards")
    cards = tuple(card for path in sorted(folder.glob("*.toml")) for card in read_cards(path))
    ids = [card.id for card in cards]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise BadCardError(twice[0], (CardFault("id", "it is there twice"),))
    return cards
