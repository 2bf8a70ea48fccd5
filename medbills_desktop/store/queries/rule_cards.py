"""The rule cards in force in a library: shipped, corrected, own, switched on or off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from medbills_desktop.domain.records import OwnCard, RuleChoice
from medbills_desktop.domain.rules.in_force import CardInForce, cards_in_force, cards_on, readable_cards
from medbills_desktop.domain.rules.rule_cards import RuleCard
from medbills_desktop.store.reader import Reader

CARD_KINDS = frozenset({OwnCard.KIND, RuleChoice.KIND})
"""Kinds of record by which the cards in force change."""


@dataclass(frozen=True, slots=True)
class ListCards:
    """Every card as it counts in this library, with where it is from and whether it is on."""

    def __call__(self, reader: Reader) -> tuple[CardInForce, ...]:
        return cards_in_force(reader.find(OwnCard), reader.find(RuleChoice))


@dataclass(frozen=True, slots=True)
class CardsOn:
    """The cards that start clocks by themselves, by id."""

    def __call__(self, reader: Reader) -> Mapping[str, RuleCard]:
        return cards_on(ListCards()(reader))


@dataclass(frozen=True, slots=True)
class ReadableCards:
    """Every card by id, on or off: for what is only shown."""

    def __call__(self, reader: Reader) -> Mapping[str, RuleCard]:
        return readable_cards(ListCards()(reader))
