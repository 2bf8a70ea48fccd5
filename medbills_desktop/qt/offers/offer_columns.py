"""The columns of the chain of offers, and the words for where an offer stands."""

from __future__ import annotations

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.offers import OfferState, OfferStep, terms_words
from medbills_desktop.domain.records import Offer
from medbills_desktop.qt.rows_model import Column

STATE: dict[OfferState, str] = {
    "open": "Open",
    "accepted": "Accepted",
    "declined": "Declined",
    "expired": "Expired",
    "countered": "Countered",
}
STATE_TONE: dict[OfferState, str] = {
    "open": "amber",
    "accepted": "green",
    "declined": "accent",
    "expired": "accent",
    "countered": "accent",
}
SIDE = {"from_me": "I offered", "from_them": "They offered"}


def share_words(step: OfferStep) -> str:
    """`11.3 %`, or a dash where no statement of that time states a balance."""
    return "–" if step.percent is None else f"{step.percent} %"


def answers_words(offer: Offer | None) -> str:
    """`Theirs of Mar 3, 2026, $500.00`: which offer is answered."""
    if offer is None:
        return "–"
    whose = {"from_me": "Mine", "from_them": "Theirs"}.get(offer.direction or "", "That")
    return f"{whose} of {plain_day(offer.date)}, {dollars(offer.amount)}"


def _spoken_state(step: OfferStep) -> str:
    words = STATE[step.state]
    return f"{words}, not marked yet" if step.lapsed else words


OFFER_COLUMNS = (
    Column("Date", lambda step: plain_day(step.offer.date), lambda step: step.offer.date.toordinal(), whole=True),
    Column("Who", lambda step: SIDE.get(step.offer.direction or "", "–"), lambda step: step.offer.direction, width=104),
    Column("Amount", lambda step: dollars(step.offer.amount), lambda step: step.offer.amount, right=True, width=90),
    Column("Share", share_words, lambda step: step.percent and int(step.percent * 10), right=True, width=70, rank=2),
    Column(
        "State",
        lambda step: STATE[step.state],
        lambda step: step.state,
        width=104,
        pill=lambda step: STATE_TONE[step.state],
        spoken=_spoken_state,
    ),
    Column(
        "How paid",
        lambda step: terms_words(step.offer) or "–",
        lambda step: terms_words(step.offer),
        rank=1,
        sentence=True,
    ),
    Column(
        "Pay by",
        lambda step: plain_day(step.offer.pay_by),
        lambda step: _ordinal(step.offer.pay_by),
        whole=True,
        rank=5,
    ),
    Column(
        "Stands until",
        lambda step: plain_day(step.offer.expires),
        lambda step: _ordinal(step.offer.expires),
        whole=True,
        rank=4,
    ),
    Column(
        "Answers",
        lambda step: answers_words(step.answers),
        lambda step: step.answers and step.answers.id,
        width=190,
        rank=3,
        sentence=True,
    ),
)


def _ordinal(day: object) -> int | None:
    return day.toordinal() if hasattr(day, "toordinal") else None
