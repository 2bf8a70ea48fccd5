"""The papers as lists, and what a viewer needs to show one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill, Document, DocumentLink, Evidence, Line, PageView
from medbills_desktop.store.queries.belonging import PAPERS_OF_BILL, PLACES_IN_PAPERS
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One paper as lists show it. `bills` names the billers it is linked to (empty: it waits in the inbox)."""

    id: int
    paper_number: str | None
    title: str
    kind: str | None
    date: Day | None
    received: Day | None
    sender: str | None
    bills: str
    links: int
    pages: int | None
    trouble: str | None
    held: bool


_LIST = """
SELECT document.id, document.paper_number, coalesce(document.title, document.file) AS title, document.kind, document.date,
  document.received, document.sender, document.sha256 IS NOT NULL AS held,
  (SELECT group_concat(DISTINCT organization.name) FROM document_link JOIN bill ON bill.id = document_link.target_id
    JOIN organization ON organization.id = bill.biller_id
    WHERE document_link.document_id = document.id AND document_link.type = 'bill') AS bills,
  (SELECT count(*) FROM document_link WHERE document_link.document_id = document.id) AS links,
  reading.pages, reading.sentence
FROM document LEFT JOIN reading ON reading.document_id = document.id AND reading.sha256 = document.sha256
"""


@dataclass(frozen=True, slots=True)
class ListPapers:
    """All papers, or those that belong to one bill in any way, newest first; `inbox` keeps only the unfiled ones."""

    bill_id: int | None = None
    inbox: bool = False

    def __call__(self, reader: Reader) -> list[PaperRow]:
        if self.bill_id is not None:
            rows = reader.rows(
                f"{_LIST} WHERE {PAPERS_OF_BILL} ORDER BY document.id DESC", *[self.bill_id] * PLACES_IN_PAPERS
            )
        else:
            rows = reader.rows(f"{_LIST} ORDER BY document.id DESC")
        found = [
            PaperRow(
                row.id,
                row.paper_number,
                row.title.rsplit("/", 1)[-1],
                row.kind,
                date.fromisoformat(row.date) if row.date else None,
                date.fromisoformat(row.received) if row.received else None,
                row.sender,
                (row.bills or "").replace(",", ", "),
                row.links,
                row.pages,
                row.sentence,
                bool(row.held),
            )
            for row in rows
        ]
        return [row for row in found if not row.links] if self.inbox else found


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page that a record is linked to; `label` says what stands there."""

    kind: str
    id: int
    page: int
    rect: tuple[float, ...]
    label: str


@dataclass(frozen=True, slots=True)
class PaperToShow:
    """A paper with its turned pages and the regions linked on it."""

    document: Document
    rotations: dict[int, int]
    regions: tuple[Region, ...]


@dataclass(frozen=True, slots=True)
class GetPaper:
    """One paper as the viewer shows it; raises `NotFoundError` where it is gone."""

    document_id: int

    def __call__(self, reader: Reader) -> PaperToShow:
        document = reader.get(Document, self.document_id)
        views = reader.find(PageView, document_id=self.document_id)
        regions: list[Region] = []
        evidence = reader.find(Evidence, document_id=self.document_id)
        lines = {line.id: line for line in reader.find_any(Line, "id", [place.line_id for place in evidence])}
        for place in evidence:
            if place.rect:
                line = lines[place.line_id]
                name = f"Line {line.number}" if line.number else "Line"
                regions.append(Region("line", line.id, place.page, place.rect, f"{name} · {line.description}"))
        regions.extend(
            Region(link.type, link.target_id, link.page, link.rect, link.type.replace("_", " "))
            for link in reader.find(DocumentLink, document_id=self.document_id)
            if link.rect and link.page
        )
        return PaperToShow(document, {view.page: view.rotation for view in views}, tuple(regions))


@dataclass(frozen=True, slots=True)
class FindLineRegion:
    """Where on paper a line stands: the first region linked to it, or `None`."""

    line_id: int

    def __call__(self, reader: Reader) -> Evidence | None:
        found = reader.find(Evidence, line_id=self.line_id)
        return next((place for place in found if place.rect), found[0] if found else None)


@dataclass(frozen=True, slots=True)
class ListUnread:
    """Papers whose text was not read yet (or whose bytes changed their place since); recordings have none."""

    def __call__(self, reader: Reader) -> list[Document]:
        rows = reader.rows(
            "SELECT document.id FROM document LEFT JOIN reading "
            "ON reading.document_id = document.id AND reading.sha256 = document.sha256 "
            "WHERE document.sha256 IS NOT NULL AND reading.document_id IS NULL "
            "AND coalesce(document.media_type, '') NOT LIKE 'audio/%' ORDER BY document.id"
        )
        return reader.find_any(Document, "id", [row[0] for row in rows])


@dataclass(frozen=True, slots=True)
class LockedPaper:
    """A paper that opens with a password only."""

    sha256: str
    title: str


def locked_papers(reader: Reader, bill_refs: tuple[str, ...]) -> list[LockedPaper]:
    """The locked papers of some bills (by their ids of the case file), each once, in the order they were added."""
    found: dict[int, LockedPaper] = {}
    for bill_id in [bill.id for ref in bill_refs for bill in reader.find(Bill, ref=ref)]:
        rows = reader.rows(
            "SELECT document.id, document.sha256, coalesce(document.title, document.file) AS title FROM document "
            "JOIN reading ON reading.document_id = document.id AND reading.sha256 = document.sha256 "
            f"WHERE reading.reason IN ('password', 'wrong-password') AND {PAPERS_OF_BILL}",
            *[bill_id] * PLACES_IN_PAPERS,
        )
        found.update({row.id: LockedPaper(row.sha256, row.title.rsplit("/", 1)[-1]) for row in rows})
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class CountInbox:
    """How many papers are not filed yet."""

    def __call__(self, reader: Reader) -> int:
        return int(
            reader.scalar(
                "SELECT count(*) FROM document WHERE NOT EXISTS "
                "(SELECT 1 FROM document_link WHERE document_link.document_id = document.id)"
            )
        )
