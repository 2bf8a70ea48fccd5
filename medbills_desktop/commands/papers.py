"""Papers: adding them to the inbox, linking them and their regions to records, turning pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from medbills_desktop.commands.lines import EditLines
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    Bill,
    Document,
    DocumentLink,
    Evidence,
    Line,
    PageView,
)
from medbills_desktop.store.work import Work

Rect = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the top left corner of the page as shown unrotated."""


@dataclass(frozen=True, slots=True)
class ReceivedPaper:
    """A file whose bytes are already in the vault: its name, hash, size in bytes and media type."""

    file: str
    sha256: str
    size: int
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class AddPapers:
    """Take papers into the library. The same bytes are kept once: a paper that is there already is given back as it is.

    With `bill_id` each is linked to that bill, else it waits in the inbox. Each new paper gets the next paper number,
    which is never used again.
    """

    papers: tuple[ReceivedPaper, ...]
    bill_id: int | None = None
    received: Day | None = None

    @property
    def label(self) -> str:
        return "Add paper" if len(self.papers) == 1 else f"Add {len(self.papers)} papers"

    def run(self, work: Work) -> tuple[Document, ...]:
        return tuple(self._take(work, paper) for paper in self.papers)

    def _take(self, work: Work, paper: ReceivedPaper) -> Document:
        present = work.find(Document, sha256=paper.sha256)
        document = present[0] if present else None
        if document is None:
            document = number_paper(
                work,
                Document(file=paper.file, sha256=paper.sha256, received=self.received, **received_values(paper)),
            )
        elif document.size is None:
            work.change(Document, document.id, **received_values(paper))
            document = number_paper(work, work.get(Document, document.id))
        if self.bill_id is not None:
            link_paper(work, document.id, Bill.KIND, self.bill_id)
        return document


def number_paper(work: Work, document: Document) -> Document:
    """Keep a paper under a paper number of its own (`P0001`), derived from its id, which is never used twice."""
    kept = document if document.id else work.add(document)
    if kept.paper_number:
        return kept
    return work.change(Document, kept.id, paper_number=free_paper_number(work, kept.id))


def received_values(paper: ReceivedPaper) -> dict[str, Any]:
    """The fields of a document that say its bytes are held since now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {"size": paper.size, "media_type": paper.media_type, "added_at": now}


def free_paper_number(work: Work, document_id: int) -> str:
    """The paper number for a document that has none yet."""
    number, suffix = f"P{document_id:04d}", 0
    while work.scalar("SELECT 1 FROM document WHERE paper_number = ?", number) is not None:
        suffix += 1
        number = f"P{document_id:04d}-{suffix}"
    return number


def link_paper(
    work: Work, document_id: int, kind: str, target_id: int, page: int | None = None, rect: Rect | None = None
) -> DocumentLink:
    """Link a paper (or a place on it) to a record, once."""
    work.get(KIND_BY_NAME[kind], target_id)
    wanted = DocumentLink(document_id=document_id, type=kind, target_id=target_id, page=page, rect=rect)
    for link in work.find(DocumentLink, document_id=document_id, type=kind, target_id=target_id):
        if dataclasses.replace(link, id=0) == wanted:
            return link
    return work.add(wanted)


@dataclass(frozen=True, slots=True)
class LinkPaper:
    """Say that a paper, or a region of one of its pages, belongs to a record (a bill, a call, …)."""

    document_id: int
    kind: str
    target_id: int
    page: int | None = None
    rect: Rect | None = None

    @property
    def label(self) -> str:
        return "Link region" if self.rect else "Link paper"

    def run(self, work: Work) -> DocumentLink:
        if self.kind not in KIND_BY_NAME:
            raise UserError(f"A paper can't be linked to “{self.kind}”.", "Choose a bill, a call or another record.")
        return link_paper(work, self.document_id, self.kind, self.target_id, self.page, self.rect)


@dataclass(frozen=True, slots=True)
class UnlinkPaper:
    """Take a paper off a record; the paper itself stays."""

    document_id: int
    kind: str
    target_id: int

    @property
    def label(self) -> str:
        return "Unlink paper"

    def run(self, work: Work) -> None:
        where = {"document_id": self.document_id, "type": self.kind, "target_id": self.target_id}
        for link in work.find(DocumentLink, **where):
            work.remove(DocumentLink, link.id)


@dataclass(frozen=True, slots=True)
class LinkLineRegion:
    """Say where on a paper a line stands; the paper is linked to the line's bill too.

    An earlier region of the line on that page is replaced.
    """

    line_id: int
    document_id: int
    page: int
    rect: Rect

    @property
    def label(self) -> str:
        return "Link region to line"

    def run(self, work: Work) -> Evidence:
        line = work.get(Line, self.line_id)
        link_paper(work, self.document_id, Bill.KIND, line.bill_id)
        for earlier in work.find(Evidence, line_id=self.line_id, document_id=self.document_id, page=self.page):
            work.remove(Evidence, earlier.id)
        return work.add(Evidence(line_id=self.line_id, document_id=self.document_id, page=self.page, rect=self.rect))


@dataclass(frozen=True, slots=True)
class TakeFromPaper:
    """Fill one field of a line from the page where it is printed, and link that place to the line, as one step.

    The line's region on that page grows to hold the new place where both stand on one printed row; else it is replaced.
    """

    line_id: int
    field: str
    value: Any
    document_id: int
    page: int
    rect: Rect

    @property
    def label(self) -> str:
        return "Take from paper"

    def run(self, work: Work) -> Line:
        line = EditLines(((self.line_id, ((self.field, self.value),)),)).run(work)[0]
        earlier = work.find(Evidence, line_id=self.line_id, document_id=self.document_id, page=self.page)
        rects = [one.rect for one in earlier if one.rect is not None and _same_row(one.rect, self.rect)]
        whole = _around([*rects, self.rect])
        LinkLineRegion(self.line_id, self.document_id, self.page, whole).run(work)
        return line


def _same_row(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two rectangles (left, top, right, bottom) overlap by half the height of the lower one or more."""
    shared = min(first[3], second[3]) - max(first[1], second[1])
    return shared * 2 >= min(first[3] - first[1], second[3] - second[1])


def _around(rects: Sequence[Sequence[float]]) -> Rect:
    lefts, tops, rights, bottoms = zip(*(rect[:4] for rect in rects), strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn a page on screen and in packets by 90, 180 or 270 degrees clockwise (0: as it came). The original stays."""

    document_id: int
    page: int
    rotation: int

    @property
    def label(self) -> str:
        return "Turn page"

    def run(self, work: Work) -> None:
        if self.rotation not in (0, 90, 180, 270):
            raise UserError("A page can be turned by quarter turns only.", "Choose 90, 180 or 270 degrees.")
        present = work.find(PageView, document_id=self.document_id, page=self.page)
        if present and not self.rotation:
            work.remove(PageView, present[0].id)
        elif present:
            work.change(PageView, present[0].id, rotation=self.rotation)
        elif self.rotation:
            work.add(PageView(document_id=self.document_id, page=self.page, rotation=self.rotation))
