"""The proof of a price note: the paper, or the place on it, where the price is printed."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.commands.papers import AddPapers, ReceivedPaper, Rect, link_paper
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Document, DocumentLink, Price
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class LinkProof:
    """Say which paper, page or region shows a noted price. A paper of no kind yet becomes price evidence.

    A page or region takes the place of an earlier link of the same paper to the price.
    """

    price_id: int
    document_id: int
    page: int | None = None
    rect: Rect | None = None

    @property
    def label(self) -> str:
        return "Link proof of price"

    def run(self, work: Work) -> DocumentLink:
        document = work.get(Document, self.document_id)
        if document.kind is None:
            work.change(Document, document.id, kind="price_evidence")
        if self.page is not None:
            for link in work.find(DocumentLink, document_id=document.id, type=Price.KIND, target_id=self.price_id):
                work.remove(DocumentLink, link.id)
        return link_paper(work, document.id, Price.KIND, self.price_id, self.page, self.rect)


@dataclass(frozen=True, slots=True)
class AddProof:
    """Take papers into the library as the proof of a noted price, as one step."""

    price_id: int
    papers: tuple[ReceivedPaper, ...]
    received: Day | None = None

    @property
    def label(self) -> str:
        return "Add proof of price"

    def run(self, work: Work) -> tuple[Document, ...]:
        kept = AddPapers(self.papers, None, self.received).run(work)
        for document in kept:
            LinkProof(self.price_id, document.id).run(work)
        return kept
