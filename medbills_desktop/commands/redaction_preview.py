"""What a packet without personal numbers will leave out, for each paper: told before it is made.

Looks in the texts that were read when the papers came in. What is taken out in the end is found anew on the papers
themselves, so that the two can differ; the packet's own list is the one that counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from medbills_desktop.commands.redacted_case import library_needles
from medbills_desktop.domain.records import Document
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.domain.redaction import Needles, takes_in
from medbills_desktop.packet.linked import linked_documents
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.redactions import PageTexts
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PaperToRedact:
    """One paper: how many things of each kind by rule and by hand, and pages on which nothing can be searched."""

    title: str
    by_rule: dict[str, int] = field(default_factory=dict)
    by_hand: dict[str, int] = field(default_factory=dict)
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewRedaction:
    """Every paper of some bills out of which something goes or which can't be searched, in the order of exhibits."""

    bill_ids: tuple[int, ...]

    def __call__(self, reader: Reader) -> list[PaperToRedact]:
        case = load_bills(reader, self.bill_ids)
        papers = [linked.document for linked in linked_documents(case, self.bill_ids)]
        needles = library_needles(reader)
        texts: dict[int, list[tuple[int, str]]] = {}
        for document_id, page, text in PageTexts(tuple(paper.id for paper in papers))(reader):
            texts.setdefault(document_id, []).append((page, text))
        found = (
            _paper(paper, texts.get(paper.id, []), case.of(Redaction, "document_id", paper.id), needles)
            for paper in papers
        )
        return [each for each in found if each.by_rule or each.by_hand or each.unread]


def _paper(
    paper: Document, pages: Iterable[tuple[int, str]], areas: Iterable[Redaction], needles: Needles
) -> PaperToRedact:
    by_rule: dict[str, int] = {}
    by_hand: dict[str, int] = {}
    unread = []
    for page, text in pages:
        if not text.strip():
            unread.append(page)
        for take in takes_in(text, needles):
            by_rule[take.kind] = by_rule.get(take.kind, 0) + 1
    for area in areas:
        by_hand[area.kind] = by_hand.get(area.kind, 0) + 1
    return PaperToRedact(paper.shown_title, by_rule, by_hand, tuple(unread))
