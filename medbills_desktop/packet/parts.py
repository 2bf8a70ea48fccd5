"""The parts of a packet that can be switched on and off, and which of them each reader gets unless told otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.order import Audience, PacketOrder

EXHIBITS = "exhibits"
OFFERS = "offers"
WITHOUT_SECTION = frozenset({EXHIBITS, OFFERS})
"""Parts without pages of their own among the sections: exhibits follow them, offers stand in several of them."""


@dataclass(frozen=True, slots=True)
class PacketPart:
    """A part as people choose it. `key` names it in orders and on the command line; `says` is what it answers."""

    key: str
    title: str
    says: str


PARTS = (
    PacketPart("cover", "Cover", "who writes to whom, about which account"),
    PacketPart("summary", "Summary", "one page: what is asked, the points, where each is shown"),
    PacketPart("contents", "Contents", "where everything stands"),
    PacketPart("lines", "Disputed lines", "which lines, why, how much; then the accepted ones"),
    PacketPart("money", "What each side says", "provider, insurer and you; payments, appeals, agreements"),
    PacketPart(OFFERS, "Offers and agreements", "every offer; without the tick only agreements"),
    PacketPart("findings", "What does not add up", "each sum, to be redone on paper"),
    PacketPart("timeline", "Timeline", "what happened, one row each"),
    PacketPart("calls", "Contact log", "who said what, what was promised and what became of it"),
    PacketPart("letters", "Letters", "sent and received, proof of sending, replies point by point"),
    PacketPart("rules", "What the rules say", "the rule cards behind the dates, with source and day checked"),
    PacketPart(EXHIBITS, "Exhibits", "a copy of every paper that belongs to the bills"),
    PacketPart("index", "Index of numbers", "account, claim and reference numbers with their pages"),
    PacketPart("missing", "Not held", "papers that the records speak of and that are not here"),
    PacketPart("copies", "Statement of copies", "the SHA-256 of every original, and a place to sign"),
)
"""Every part that can be switched. What was taken out of a redacted packet is told in any case."""

PART_KEYS = frozenset(part.key for part in PARTS)

_LEFT_OUT: dict[Audience, frozenset[str]] = {
    "biller": frozenset(),
    "insurer": frozenset(),
    "regulator": frozenset(),
    "court": frozenset({"rules", OFFERS}),
    "advocate": frozenset({"copies"}),
}
"""A court knows the law itself, and negotiations are usually kept apart from what it reads; whoever advises files
nothing, and needs no statement for signing."""


def usual_parts(audience: Audience) -> frozenset[str]:
    """The parts that a reader gets unless the person says otherwise."""
    return PART_KEYS - _LEFT_OUT[audience]


def parts_of(order: PacketOrder) -> frozenset[str]:
    """The parts of an order: those that were chosen, else the usual ones of its reader."""
    return usual_parts(order.audience) if order.parts is None else order.parts


def chosen_parts(keys: Iterable[str]) -> frozenset[str]:
    """Parts by their keys. Raises `UserError` for one that is not known, and where none is left."""
    found = frozenset(keys)
    if unknown := found - PART_KEYS:
        raise UserError(
            f"A packet has no part “{min(unknown)}”.", f"The parts are: {', '.join(part.key for part in PARTS)}."
        )
    if not found:
        raise UserError("No part of the packet is chosen.", "Choose one or more parts.")
    return found
