"""What a packet of some bills will show to its reader, told before it is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from medbills_desktop.commands.paper_copies import papers_wanted
from medbills_desktop.packet.lettering import letter_of
from medbills_desktop.packet.scope import Scope
from medbills_desktop.packet.volumes import estimated
from medbills_desktop.store.case_loading import load_bills, load_case
from medbills_desktop.store.reader import Reader

OWN_PAGES = 150_000
"""About what the packet's own pages and their fonts take in each of its files, in bytes."""


@dataclass(frozen=True, slots=True)
class PacketContent:
    """Titles of the papers in the order of exhibits, those of them that are not held, and how many calls have a private
    note. `sizes` are the bytes of the papers, 0 for one that is not held."""

    papers: tuple[str, ...] = ()
    not_held: int = 0
    private_notes: int = 0
    sizes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewPacket:
    """The papers and private notes of some bills, read alone; or of these papers of theirs and no others."""

    bill_ids: tuple[int, ...]
    papers: tuple[int, ...] = ()

    def __call__(self, reader: Reader) -> PacketContent:
        case = load_case(reader) if self.papers else load_bills(reader, self.bill_ids)
        papers = [linked.document for linked in papers_wanted(case, self.bill_ids, self.papers)]
        calls = Scope(case, self.bill_ids).calls
        return PacketContent(
            tuple(paper.shown_title for paper in papers),
            sum(paper.sha256 is None for paper in papers),
            sum(bool((call.private_note or "").strip()) for call in calls),
            tuple((paper.size or 0) if paper.sha256 else 0 for paper in papers),
        )


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
