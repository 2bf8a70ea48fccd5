"""What belongs to which bill: the bill of a record, and the papers of a bill."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Claim,
    Collection,
    Letter,
    Line,
    Offer,
    Payment,
    Record,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.store.reader import Reader

OF_A_BILL: dict[str, type[Record]] = {
    kind.KIND: kind for kind in (Line, Statement, Payment, Offer, Claim, Letter, Collection, Task, Assistance)
}
"""Kinds that name their bill themselves."""

_FIRST_BILL = {
    "organization": "SELECT id FROM bill WHERE biller_id = ? ORDER BY id LIMIT 1",
    "person": "SELECT id FROM bill WHERE person_id = ? ORDER BY id LIMIT 1",
    "visit": "SELECT id FROM bill WHERE visit_id = ? ORDER BY id LIMIT 1",
    "claim_line": "SELECT bill_id FROM claim JOIN claim_line ON claim_id = claim.id WHERE claim_line.id = ?",
    "estimate": "SELECT bill.id FROM bill JOIN estimate ON estimate.visit_id = bill.visit_id WHERE estimate.id = ?",
    "appeal": "SELECT bill_id FROM claim JOIN appeal ON appeal.claim_id = claim.id WHERE appeal.id = ?",
    "assistance_paper": "SELECT bill_id FROM assistance JOIN assistance_paper ON assistance_id = assistance.id "
    "WHERE assistance_paper.id = ?",
    "policy": "SELECT bill_id FROM claim WHERE policy_id = ? AND bill_id IS NOT NULL ORDER BY id LIMIT 1",
}

PAPERS_OF_BILL = """
document.id IN (
  SELECT document_id FROM document_link WHERE type = 'bill' AND target_id = :bill
  UNION SELECT document_id FROM statement WHERE bill_id = :bill
  UNION SELECT document_id FROM claim WHERE bill_id = :bill
  UNION SELECT document_id FROM letter WHERE bill_id = :bill
  UNION SELECT document_id FROM payment WHERE bill_id = :bill
  UNION SELECT document_id FROM offer WHERE bill_id = :bill
  UNION SELECT document_id FROM collection WHERE bill_id = :bill
  UNION SELECT assistance_paper.document_id FROM assistance_paper
    JOIN assistance ON assistance.id = assistance_paper.assistance_id WHERE assistance.bill_id = :bill
  UNION SELECT appeal.document_id FROM appeal JOIN claim ON claim.id = appeal.claim_id WHERE claim.bill_id = :bill
  UNION SELECT evidence.document_id FROM evidence JOIN line ON line.id = evidence.line_id WHERE line.bill_id = :bill
  UNION SELECT call.document_id FROM call JOIN call_bill ON call_bill.call_id = call.id WHERE call_bill.bill_id = :bill
)
""".replace(":bill", "?")
PLACES_IN_PAPERS = PAPERS_OF_BILL.count("?")
"""How often the id of the bill is asked for in `PAPERS_OF_BILL`."""


@dataclass(frozen=True, slots=True)
class FindBillOf:
    """The id of the bill that a record belongs to (for people, places and visits the first one), or `None`."""

    kind: str
    id: int

    def __call__(self, reader: Reader) -> int | None:
        if self.kind == "bill":
            return self.id
        if self.kind in OF_A_BILL:
            found = reader.find(OF_A_BILL[self.kind], id=self.id)
            return getattr(found[0], "bill_id", None) if found else None
        sql = _FIRST_BILL.get(self.kind)
        value = reader.scalar(sql, self.id) if sql else None
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class FindPaperBeside:
    """The paper to show beside a bill: the one that is shown already where it is the bill's, else its itemized bill,
    else its newest paper; `None` where the bill has none."""

    bill_id: int
    shown: int | None = None

    def __call__(self, reader: Reader) -> int | None:
        value = reader.scalar(
            f"SELECT document.id FROM document WHERE {PAPERS_OF_BILL} AND sha256 IS NOT NULL "
            "ORDER BY document.id IS ? DESC, document.kind = 'itemized_bill' DESC, coalesce(document.date, '') DESC, "
            "document.id DESC LIMIT 1",
            *[self.bill_id] * PLACES_IN_PAPERS,
            self.shown,
        )
        return None if value is None else int(value)


@dataclass(frozen=True, slots=True)
class FindVisitOf:
    """The visit that a bill is for, or `None` where it names none."""

    bill_id: int

    def __call__(self, reader: Reader) -> Visit | None:
        found = reader.find(Bill, id=self.bill_id)
        visit_id = found[0].visit_id if found else None
        return reader.get(Visit, visit_id) if visit_id is not None else None
