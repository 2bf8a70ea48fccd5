"""Narrowing the list of rule cards: by words, place, whom they bind, where they are from, and whether they are on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.rules.card_words import find_cards
from medbills_desktop.domain.rules.in_force import CardInForce, Origin

Whom = Literal["collectors", "credit", "insurers", "providers", "callers", "you", "others"]
State = Literal["on", "off", "switched", "unverified", "unreadable"]

WHOM: Mapping[Whom, str] = {
    "providers": "Hospitals and clinicians",
    "insurers": "Insurers and plans",
    "collectors": "Collectors and those who sue",
    "credit": "Credit bureaus",
    "callers": "Whoever records a call",
    "you": "You",
    "others": "Others",
}
_WORDS: tuple[tuple[Whom, str], ...] = (
    ("you", r"^you\b"),
    ("callers", r"records a call"),
    ("credit", r"credit bureau|report debts|equifax"),
    ("collectors", r"collect|debt buyer|\bsues\b"),
    ("insurers", r"\binsurer|\bplans?\b"),
    ("providers", r"hospital|provider|clinician|doctor|biller|air ambulance|facilit"),
)
ORIGIN: Mapping[Origin, str] = {"shipped": "As shipped", "corrected": "Corrected by you", "own": "Added by you"}
STATE: Mapping[State, str] = {
    "on": "On",
    "off": "Off",
    "switched": "Switched by you",
    "unverified": "Not verified",
    "unreadable": "Can’t be read",
}
_PLACES = {"US": "United States", "bureaus": "Credit bureaus"}


@dataclass(frozen=True, slots=True)
class CardWish:
    """What is looked for; `None` and empty words narrow nothing. `where` is the place as it stands on the card."""

    words: str = ""
    where: str | None = None
    whom: Whom | None = None
    origin: Origin | None = None
    state: State | None = None


def wished(cards: Iterable[CardInForce], wish: CardWish) -> list[CardInForce]:
    """The cards that a wish leaves, in their order. One that can't be read is found by its id alone."""
    kept = [one for one in cards if _fits(one, wish)]
    fitting = {card.id for card in find_cards((one.card for one in kept if one.card), wish.words)}
    folded = wish.words.casefold().split()
    return [one for one in kept if (one.id in fitting if one.card else all(word in one.id for word in folded))]


def _fits(one: CardInForce, wish: CardWish) -> bool:
    if wish.origin is not None and one.origin != wish.origin:
        return False
    if wish.state is not None and wish.state not in states_of(one):
        return False
    if wish.where is not None and (one.card is None or one.card.jurisdiction != wish.where):
        return False
    return wish.whom is None or (one.card is not None and whom(one.card.binds) == wish.whom)


def states_of(one: CardInForce) -> frozenset[State]:
    """Everything that is to be said of a card's state."""
    found: set[State] = {"on" if one.on else "off"}
    if one.switched:
        found.add("switched")
    if one.card is not None and not one.card.verified:
        found.add("unverified")
    if one.unreadable:
        found.add("unreadable")
    return frozenset(found)


def whom(binds: str) -> Whom:
    """The group of those whom a card binds, by the words on it."""
    folded = binds.casefold()
    return next((group for group, words in _WORDS if re.search(words, folded)), "others")


def places(cards: Iterable[CardInForce]) -> list[tuple[str, str]]:
    """The places of the cards with their words: the whole country first, then the rest by the alphabet."""
    found = {one.card.jurisdiction for one in cards if one.card}
    order = sorted(found, key=lambda place: (place not in _PLACES, place != "US", place.casefold()))
    return [(place, _PLACES.get(place, place)) for place in order]
