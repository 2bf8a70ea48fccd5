"""The itemized bill that came: one paper said to be it, in one step."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.commands.papers import link_paper
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class KeepAsItemizedBill:
    """Say that a paper is the itemized bill of a bill: its kind is set, and it is linked to the bill."""

    document_id: int
    bill_id: int

    @property
    def label(self) -> str:
        return "Keep as itemized bill"

    def run(self, work: Work) -> Document:
        work.get(Bill, self.bill_id)
        link_paper(work, self.document_id, Bill.KIND, self.bill_id)
        return work.change(Document, self.document_id, kind="itemized_bill")
