"""Where on paper one can see what a finding speaks of."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Claim, Document, Payment, Statement
from medbills_desktop.store.reader import Reader

MOST_LINES = 3
"""Up to so many lines are listed one by one; of more, the pages on which they stand."""


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """A page of a paper. `line_id` names the line whose region is marked there, if one is."""

    document_id: int
    page: int | None
    label: str
    line_id: int | None = None


@dataclass(frozen=True, slots=True)
class ListPlaces:
    """The places of lines (or their pages), statements, EOBs and payments, in that order, each once."""

    line_ids: tuple[int, ...] = ()
    statement_ids: tuple[int, ...] = ()
    claim_ids: tuple[int, ...] = ()
    payment_ids: tuple[int, ...] = ()

    def __call__(self, reader: Reader) -> list[PaperPlace]:
        found = (_of_lines if len(self.line_ids) <= MOST_LINES else _pages_of_lines)(reader, self.line_ids)
        for statement in reader.find_any(Statement, "id", self.statement_ids):
            found += _paper(reader, statement.document_id, f"Statement of {plain_day(statement.date)}")
        for claim in reader.find_any(Claim, "id", self.claim_ids):
            found += _paper(reader, claim.document_id, f"EOB {claim.number or ''}".strip())
        for payment in reader.find_any(Payment, "id", self.payment_ids):
            found += _paper(reader, payment.document_id, f"Payment of {plain_day(payment.date)}")
        return list(dict.fromkeys(found))


_LINES = """
SELECT evidence.document_id, evidence.page, line.id, line.description, document.paper_number
FROM evidence JOIN line ON line.id = evidence.line_id JOIN document ON document.id = evidence.document_id
WHERE line.id IN (SELECT value FROM json_each(?)) ORDER BY line.position, line.id, evidence.id
"""


def _of_lines(reader: Reader, line_ids: Collection[int]) -> list[PaperPlace]:
    places: dict[int, PaperPlace] = {}
    for row in reader.rows(_LINES, json.dumps(list(line_ids))):
        label = f"{row.description} · {row.paper_number}, page {row.page}"
        places.setdefault(row.id, PaperPlace(row.document_id, row.page, label, row.id))
    return list(places.values())


_PAGES = """
SELECT DISTINCT evidence.document_id, evidence.page, coalesce(document.title, document.file) AS title,
  document.paper_number
FROM evidence JOIN document ON document.id = evidence.document_id
WHERE evidence.line_id IN (SELECT value FROM json_each(?)) ORDER BY evidence.document_id, evidence.page
"""


def _pages_of_lines(reader: Reader, line_ids: Collection[int]) -> list[PaperPlace]:
    return [
        PaperPlace(row.document_id, row.page, f"{row.title} · {row.paper_number}, page {row.page}")
        for row in reader.rows(_PAGES, json.dumps(list(line_ids)))
    ]


def _paper(reader: Reader, document_id: int | None, label: str) -> list[PaperPlace]:
    if document_id is None:
        return []
    number = reader.get(Document, document_id).paper_number
    return [PaperPlace(document_id, None, f"{label} · {number}" if number else label)]
