"""Rule cards in words: how long a clock is, how sure the card is, and finding a card by what is typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.rules.rule_cards import Anchor, Confidence, RuleCard, Unit

SURENESS: dict[Confidence, str] = {
    "A": "The text of the rule was read.",
    "B": "Two good sources agree.",
    "C": "One source, or an older one.",
    "U": "Not verified.",
}
SHORT_SURENESS: dict[Confidence, str] = {"A": "Read", "B": "Two sources", "C": "One source", "U": "Not verified"}

ANCHORS: dict[Anchor, str] = {
    "appeal_received": "the day the appeal arrived",
    "call_held": "the day of the call",
    "claim_received": "the day the claim arrived",
    "collection_notice": "the day the collector's notice came",
    "credit_dispute_sent": "the day the dispute was sent",
    "decision_received": "the day the decision came",
    "denial_received": "the day the denial came",
    "discharge": "the day of discharge",
    "dispute_filed": "the day the dispute was filed",
    "eca_notice": "the day of the notice before collection",
    "estimate_asked": "the day the estimate was asked for",
    "final_denial_received": "the day the last denial came",
    "first_bill": "the day of the first bill",
    "first_contact": "the day of the first contact",
    "first_delinquency": "the day the first payment was missed",
    "itemization_asked": "the day the itemized bill was asked for",
    "last_insurer_payment": "the day of the insurer's last payment",
    "medicare_decision": "the day Medicare's notice came",
    "notice_dated": "the date on the notice",
    "records_asked": "the day the records were asked for",
    "scheduled": "the day the visit was booked",
    "service": "the day of the service",
    "violation": "the day it happened",
}
"""The events that clocks run from, as one reads them after “from”."""

_UNITS: dict[Unit, tuple[str, str]] = {
    "hour": ("hour", "hours"),
    "calendar_day": ("day", "days"),
    "business_day": ("business day", "business days"),
    "month": ("month", "months"),
    "year": ("year", "years"),
}


NOT_VERIFIED = "not verified"


def plain_name(card: RuleCard) -> str:
    """The name of a card wherever it stands alone; one that was not verified says so."""
    return card.name if card.verified else f"{card.name} ({NOT_VERIFIED})"


def length_words(card: RuleCard) -> str:
    """`120 days`, `72 hours before`; empty for a card without a clock."""
    if card.length is None:
        return ""
    number = abs(card.length)
    words = f"{number} {_UNITS[card.unit][0 if number == 1 else 1]}"
    return f"{words} before" if card.length < 0 else words


def clock_words(card: RuleCard) -> str:
    """`120 days from the day of the first bill`; empty for a card without a clock."""
    if card.anchor is None:
        return ""
    side = "" if (card.length or 0) < 0 else " from"
    return f"{length_words(card)}{side} {ANCHORS[card.anchor]}"


def source_words(card: RuleCard) -> str:
    """Where the rule stands, when it was checked, and that this is no advice."""
    own = "Entered or changed by you. " if card.own else ""
    return (
        f"{own}{card.citation}. To be read at: {card.where}. Checked on {plain_day(card.checked)}. "
        "In general words, for information only; it is not legal advice."
    )


def sureness_words(card: RuleCard) -> str:
    """How sure the card is, with what could not be checked and what is contested."""
    parts = [SURENESS[card.confidence]]
    if card.detail_unverified:
        parts.append(f"Not verified: {card.detail_unverified}.")
    if card.contested:
        parts.append(card.contested)
    return " ".join(parts)


def force_words(card: RuleCard) -> str:
    """From when to when the rule holds; empty where no day is known."""
    parts = []
    if card.first_day:
        parts.append(f"In force from {plain_day(card.first_day)}")
    if card.until:
        parts.append(f"until {plain_day(card.until)}" if parts else f"In force until {plain_day(card.until)}")
    return f"{' '.join(parts)}." if parts else ""


def find_cards(cards: Iterable[RuleCard], text: str) -> list[RuleCard]:
    """The cards in which every word of a text occurs, in their order; a state is found by its two letters too."""
    wanted = _folded(text).split()
    return [card for card in cards if all(word in haystack for haystack in [_haystack(card)] for word in wanted)]


def _haystack(card: RuleCard) -> str:
    parts = (card.jurisdiction, card.name, card.text, card.binds, card.protects, card.citation, card.id, card.effect)
    return f" {_folded(' '.join(parts))} "


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()
