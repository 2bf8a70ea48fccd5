"""The rule cards in force: those shipped, the user's corrections and own cards, and what is switched on or off.

A correction stands in place of the shipped card, which is kept beside it and never lost. A card that was not verified
is off unless it is switched on. The text of an own card that can't be read, say one of a newer version, breaks nothing:
the shipped card stays in force where there is one, and the fault is told with the card.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from medbills_desktop.domain.records import OwnCard, RuleChoice
from medbills_desktop.domain.rules.rule_cards import BadCardError, RuleCard, card_of, shipped_cards

Origin = Literal["shipped", "corrected", "own"]
"""Where a card is from: shipped as it is, shipped and corrected by the user, or added by the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardInForce:
    """A card as it counts for this library.

    `card` is `None` only for an own card whose text can't be read; `unreadable` says why a text can't, and `own_text`
    is that text. `shipped` is the card of that id as it was shipped. `on` is whether it starts clocks by itself,
    `switched` whether the user decided so against what the card is by itself. `own_id` and `choice_id` are the records
    that say so.
    """

    id: str
    card: RuleCard | None
    origin: Origin
    on: bool
    switched: bool = False
    shipped: RuleCard | None = None
    unreadable: str = ""
    own_text: str = ""
    own_id: int | None = None
    choice_id: int | None = None

    @property
    def name(self) -> str:
        return self.card.name if self.card else self.id

    @property
    def verified(self) -> bool:
        return self.card is not None and self.card.verified


def cards_in_force(
    own: Iterable[OwnCard] = (), choices: Iterable[RuleChoice] = (), shipped: Iterable[RuleCard] | None = None
) -> tuple[CardInForce, ...]:
    """Every card, the shipped ones first in their order, then those added by the user in the order of entry.

    Where there are several records about one card, the latest counts.
    """
    by_id = {card.id: card for card in (shipped_cards() if shipped is None else shipped)}
    written = {one.card_id: one for one in sorted(own, key=lambda one: one.id)}
    chosen = {one.card_id: one for one in sorted(choices, key=lambda one: one.id)}
    added = sorted((one for one in written.values() if one.card_id not in by_id), key=lambda one: one.id)
    ids = (*by_id, *(one.card_id for one in added))
    return tuple(_in_force(card_id, by_id.get(card_id), written.get(card_id), chosen.get(card_id)) for card_id in ids)


def _in_force(card_id: str, shipped: RuleCard | None, own: OwnCard | None, choice: RuleChoice | None) -> CardInForce:
    card, unreadable, origin = shipped, "", "shipped"
    if own is not None:
        origin = "corrected" if shipped else "own"
        try:
            card = card_from_text(own.card_id, own.text)
        except CardTextError as fault:
            unreadable = str(fault)
    by_itself = card is not None and card.verified
    on = by_itself if choice is None or card is None else choice.on
    return CardInForce(
        id=card_id,
        card=card,
        origin=origin,  # type: ignore[arg-type]
        on=on,
        switched=on != by_itself,
        shipped=shipped,
        unreadable=unreadable,
        own_text=own.text if own and unreadable else "",
        own_id=own.id if own else None,
        choice_id=choice.id if choice else None,
    )


def cards_on(cards: Iterable[CardInForce]) -> Mapping[str, RuleCard]:
    """The cards that start clocks by themselves, by id."""
    return {one.id: one.card for one in cards if one.on and one.card is not None}


def readable_cards(cards: Iterable[CardInForce]) -> Mapping[str, RuleCard]:
    """Every card that can be read, by id, whether it is on or off: for what is only shown, with how sure it is."""
    return {one.id: one.card for one in cards if one.card is not None}


def shipped_on() -> Mapping[str, RuleCard]:
    """The cards that are on where nothing was corrected, added or switched."""
    return cards_on(cards_in_force())


class CardTextError(ValueError):
    """The text of an own card can't be read; the message says why."""


def card_from_text(card_id: str, text: str) -> RuleCard:
    """The card that a text holds, as the user's own. Raises `CardTextError`."""
    try:
        read = tomllib.loads(text)
        entries = read.get("card", [read])
        if not isinstance(entries, list) or len(entries) != 1 or not isinstance(entries[0], dict):
            raise CardTextError("it does not hold one card")
        return replace(card_of({**entries[0], "id": card_id}), own=True)
    except BadCardError as fault:
        raise CardTextError("; ".join(one.what for one in fault.faults)) from fault
    except (ValueError, RecursionError) as fault:
        if isinstance(fault, CardTextError):
            raise
        raise CardTextError("it is not in the layout of rule cards") from fault
