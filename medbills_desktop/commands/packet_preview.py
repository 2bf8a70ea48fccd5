"""What a packet of some bills will show to its reader, told before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.packet.scope import Scope
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PacketContent:
    """Titles of the papers in the order of exhibits, those of them that are not held, and how many calls have a private
    note."""

    papers: tuple[str, ...] = ()
    not_held: int = 0
    private_notes: int = 0


@dataclass(frozen=True, slots=True)
class PreviewPacket:
    """The papers and private notes of some bills, read alone."""

    bill_ids: tuple[int, ...]

    def __call__(self, reader: Reader) -> PacketContent:
        case = load_bills(reader, self.bill_ids)
        papers = [linked.document for linked in linked_documents(case, self.bill_ids)]
        calls = Scope(case, self.bill_ids).calls
        return PacketContent(
            tuple(paper.shown_title for paper in papers),
            sum(paper.sha256 is None for paper in papers),
            sum(bool((call.private_note or "").strip()) for call in calls),
        )
