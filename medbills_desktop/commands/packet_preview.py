"""What a packet of some bills will show to its reader, told before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from medbills_desktop.commands.paper_copies import bills_of_papers, papers_wanted
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Call, Organization
from medbills_desktop.domain.words import CHANNEL
from medbills_desktop.packet.lettering import letter_of
from medbills_desktop.packet.negotiation import not_taken, without_offers
from medbills_desktop.packet.scope import Scope
from medbills_desktop.packet.volumes import estimated
from medbills_desktop.store.case_loading import load_bills, load_case
from medbills_desktop.store.reader import Reader

OWN_PAGES = 150_000
"""About what the packet's own pages and their fonts take in each of its files, in bytes."""

_MOST_SHOWN = 80
"""Characters of a private note that are shown before it is shared."""


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A note that is marked private: which record it belongs to, and how it begins."""

    of: str
    words: str

    def __str__(self) -> str:
        return f"{self.of}: “{self.words}”"


@dataclass(frozen=True, slots=True)
class PacketContent:
    """Titles of the papers in the order of exhibits, those of them that are not held, and the private notes that would
    be shown if they are asked for. `sizes` are the bytes of the papers, 0 for one that is not held.

    `offers_not_taken` and `offer_letters` count the offers, and the letters that only tell of them, that stay out where
    the part of the offers is not wanted; `without_offers` is what will be in the packet then.
    """

    papers: tuple[str, ...] = ()
    not_held: int = 0
    private_notes: tuple[PrivateNote, ...] = ()
    sizes: tuple[int, ...] = ()
    offers_not_taken: int = 0
    offer_letters: int = 0
    without_offers: PacketContent | None = None


@dataclass(frozen=True, slots=True)
class PreviewPacket:
    """The papers and private notes of some bills, read alone; or of these papers of theirs and no others."""

    bill_ids: tuple[int, ...]
    papers: tuple[int, ...] = ()

    def __call__(self, reader: Reader) -> PacketContent:
        case = load_case(reader) if self.papers else load_bills(reader, self.bill_ids)
        bills = self.bill_ids or bills_of_papers(case, self.papers)
        (offers, letters), whole = not_taken(case, bills), self._content(case, bills)
        less = self._content(without_offers(case), bills)
        return replace(whole, offers_not_taken=offers, offer_letters=letters, without_offers=less)

    def _content(self, case: Case, bills: tuple[int, ...]) -> PacketContent:
        papers = [linked.document for linked in papers_wanted(case, bills, self.papers)]
        return PacketContent(
            tuple(paper.shown_title for paper in papers),
            sum(paper.sha256 is None for paper in papers),
            private_notes(case, bills),
            tuple((paper.size or 0) if paper.sha256 else 0 for paper in papers),
        )


def private_notes(case: Case, bill_ids: tuple[int, ...]) -> tuple[PrivateNote, ...]:
    """The private notes that a packet of these bills shows if it is asked to, in the order of its contact log."""
    calls = [call for call in Scope(case, bill_ids).calls if (call.private_note or "").strip()]
    return tuple(PrivateNote(_contact(case, call), _beginning(call.private_note or "")) for call in calls)


def _contact(case: Case, call: Call) -> str:
    other = case.find(Organization, call.organization_id)
    with_whom = f" with {other.name}" if other else ""
    return f"{CHANNEL[call.channel or 'phone']}, {plain_day(call.started.day)}{with_whom}"


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN].rstrip()}…"


@dataclass(frozen=True, slots=True)
class AboutVolume:
    """What one file of a packet will hold, by the sizes of the papers: letters of its exhibits, and bytes."""

    exhibits: tuple[str, ...]
    size: int


def about_volumes(sizes: Sequence[int], limit: int) -> tuple[AboutVolume, ...]:
    """About how a packet with papers of these sizes will be split below a limit, in bytes.

    The sizes are those of the papers as they are held; copies without personal numbers or with smaller pictures come
    out larger or smaller, so this is a word before, not a promise.
    """
    return tuple(
        AboutVolume(tuple(letter_of(place) for place, _ in shares), OWN_PAGES + sum(size for _, size in shares))
        for shares in estimated(OWN_PAGES, sizes, limit)
    )
