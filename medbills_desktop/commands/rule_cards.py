"""Rule cards of the user: switched on or off, corrected, added, and a correction taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace

from medbills_desktop.domain.errors import NotFoundError, UserError
from medbills_desktop.domain.records import OwnCard, RuleChoice
from medbills_desktop.domain.rules.card_text import card_text
from medbills_desktop.domain.rules.in_force import CardInForce, CardTextError, card_from_text, cards_in_force
from medbills_desktop.domain.rules.own_clocks import OWN_PREFIX
from medbills_desktop.domain.rules.rule_cards import RuleCard, shipped_cards
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class SwitchRule:
    """Switch a card on or off. Back to what it is by itself, no choice is kept. Gives the choice, or `None`."""

    card_id: str
    on: bool

    @property
    def label(self) -> str:
        return "Switch rule on" if self.on else "Switch rule off"

    def run(self, work: Work) -> RuleChoice | None:
        card = _found(work, self.card_id).card
        if card is None:
            raise UserError("This card can't be read, so it can't be switched on.", "Correct it, or remove it.")
        by_itself = card.verified == self.on
        kept = work.find(RuleChoice, card_id=self.card_id)
        for choice in kept if by_itself else kept[1:]:
            work.remove(RuleChoice, choice.id)
        if by_itself:
            return None
        if not kept:
            return work.add(RuleChoice(card_id=self.card_id, on=self.on))
        return work.change(RuleChoice, kept[0].id, on=self.on)


@dataclass(frozen=True, slots=True)
class KeepOwnCard:
    """Keep the user's own words of a card: a correction where one of that id is shipped, else a card of their own.

    A card with an empty id is a new one and gets its id here. `written_at` is a UTC instant. Gives the kept record.
    """

    card: RuleCard
    written_at: str

    @property
    def label(self) -> str:
        shipped = any(self.card.id == one.id for one in shipped_cards())
        return "Correct rule card" if shipped else "Change rule card" if self.card.id else "Add rule card"

    def run(self, work: Work) -> OwnCard:
        card = replace(self.card, id=self.card.id or _next_id(work), own=False)
        if card in shipped_cards():
            raise UserError("Nothing differs from the card as it is shipped.", "Change what is wrong, or cancel.")
        text = card_text(card)
        try:
            card_from_text(card.id, text)
        except CardTextError as fault:
            raise UserError(f"This is not a rule card yet: {fault}.", "Change that field.") from fault
        kept = work.find(OwnCard, card_id=card.id)
        for other in kept[1:]:
            work.remove(OwnCard, other.id)
        if not kept:
            return work.add(OwnCard(card_id=card.id, text=text, written_at=self.written_at))
        return work.change(OwnCard, kept[0].id, text=text, written_at=self.written_at)


@dataclass(frozen=True, slots=True)
class TakeBackCard:
    """Take a correction back, so that the shipped card counts again; an own card goes with its switch. Gives the id."""

    card_id: str

    @property
    def label(self) -> str:
        shipped = any(self.card_id == one.id for one in shipped_cards())
        return "Take correction back" if shipped else "Remove rule card"

    def run(self, work: Work) -> str:
        found = _found(work, self.card_id)
        if found.own_id is None:
            raise UserError("This card is as it was shipped.", "There is nothing to take back.")
        for own in work.find(OwnCard, card_id=self.card_id):
            work.remove(OwnCard, own.id)
        for choice in work.find(RuleChoice, card_id=self.card_id):
            if found.shipped is None or found.shipped.verified == choice.on:
                work.remove(RuleChoice, choice.id)
        return self.card_id


def _found(work: Work, card_id: str) -> CardInForce:
    own, choices = work.find(OwnCard, card_id=card_id), work.find(RuleChoice, card_id=card_id)
    found = next((card for card in cards_in_force(own, choices) if card.id == card_id), None)
    if found is None:
        raise NotFoundError("This rule card is no longer there.", "It may have been removed or undone.")
    return found


def _next_id(work: Work) -> str:
    taken = {one.card_id for one in work.find(OwnCard)}
    number = 1
    while f"{OWN_PREFIX}{number}" in taken:
        number += 1
    return f"{OWN_PREFIX}{number}"
