"""Single papers copied out, framed as exhibits: which bills they belong to, and what goes along."""

from __future__ import annotations

from collections.abc import Sequence

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.packet.linked import LinkedDocument, linked_documents
from medbills_desktop.packet.parts import EXHIBITS, OFFERS

COPY_PARTS = frozenset({EXHIBITS, OFFERS, "copies"})
"""What goes along with papers copied out: each with its slip sheet, an offer too, and the statement of copies."""


def bills_of_papers(case: Case, papers: Sequence[int]) -> tuple[int, ...]:
    """The bills to which some papers belong, in the order of the case; none for papers that are not filed yet."""
    wanted = set(papers)
    return tuple(
        bill.id
        for bill in case.all(Bill)
        if wanted & {linked.document.id for linked in linked_documents(case, (bill.id,))}
    )


def papers_wanted(case: Case, bill_ids: Sequence[int], papers: Sequence[int]) -> tuple[LinkedDocument, ...]:
    """The papers to be copied: those of the bills, or just the chosen ones, also where no record names them."""
    linked = linked_documents(case, bill_ids)
    if not papers:
        return linked
    known = {each.document.id: each for each in linked}
    found = (case.get(Document, paper) for paper in dict.fromkeys(papers))
    return tuple(known.get(each.id) or LinkedDocument(each, each.kind or "other", ()) for each in found)
