"""Which regions of which exhibit pages are framed: the lines that the packet speaks of, where their place is known."""

from __future__ import annotations

from medbills_desktop.domain.disputed import is_disputed
from medbills_desktop.domain.records import Evidence, PageView
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.front_matter import stampable
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.page_geometry import PageFrame
from medbills_desktop.packet.stamping import Mark

_FEW = 6
"""A finding that speaks of more lines than this speaks of the bill as a whole, so that frames would not help."""

Rectangle = tuple[float, float, float, float]
Regions = dict[int, list[tuple[str, Rectangle, int]]]
"""For each page of a paper, counted from 1: line label, rectangle as it was drawn in the viewer, and id of the line."""

_ABOVE = 0.06
"""What of the page is shown above a region to which a link leads, as a share of its shorter side."""


def regions_by_document(book: Book) -> dict[int, Regions]:
    """Regions of disputed lines and of lines that findings speak of, by paper and page."""
    few = (finding for finding in book.order.findings if len(finding.line_ids) <= _FEW)
    spoken = {line_id for finding in few for line_id in finding.line_ids}
    found: dict[int, Regions] = {}
    for line in book.scope.lines:
        if line.id not in spoken and not is_disputed(line):
            continue
        for evidence in book.order.case.of(Evidence, "line_id", line.id):
            if evidence.rect is not None and len(evidence.rect) == 4:
                label = stampable(book.line_names[line.id])
                left, top, right, bottom = evidence.rect
                pages = found.setdefault(evidence.document_id, {})
                pages.setdefault(evidence.page, []).append((label, (left, top, right, bottom), line.id))
    return found


def rotations(book: Book, exhibit: Exhibit) -> dict[int, int]:
    """How the user turned the pages of a paper, in degrees clockwise by page."""
    views = book.order.case.of(PageView, "document_id", exhibit.source.document.id)
    return {view.page: view.rotation % 360 for view in views}


def marks_of_page(
    regions: list[tuple[str, Rectangle, int]], frame: PageFrame, turned: int, shown: tuple[float, float] | None
) -> list[Mark]:
    """Regions as marks in points of the exhibit page as seen.

    Regions were drawn before the user turned the page, on a page of `shown` points; `turned` is that turn.
    """
    width, height = frame.width * frame.user_unit, frame.height * frame.user_unit
    if turned % 180:
        width, height = height, width
    across = width / shown[0] if shown and shown[0] else 1.0
    down = height / shown[1] if shown and shown[1] else 1.0
    marks = []
    for label, (x0, y0, x1, y1), _ in regions:
        left, right = sorted((x0 * across, x1 * across))
        top, bottom = sorted((y0 * down, y1 * down))
        marks.append(Mark(_turned((left, top, right, bottom), turned, width, height), label))
    return marks


def place_of_mark(mark: Mark, frame: PageFrame) -> tuple[float, float]:
    """Where a link to a mark leads, in the page's own coordinates; `frame` is that of the stamped page."""
    top = frame.height - mark.rectangle[1] / frame.user_unit
    _, shown = frame.shrunk(0, top)
    return frame.own(0, min(frame.height, shown + _ABOVE * frame.shorter))


def _turned(box: Rectangle, turned: int, width: float, height: float) -> Rectangle:
    """A rectangle on a page of `width` and `height`, from its top left corner, after the page is turned clockwise."""
    left, top, right, bottom = box
    if turned == 90:
        return height - bottom, left, height - top, right
    if turned == 180:
        return width - right, height - bottom, width - left, height - top
    if turned == 270:
        return top, width - right, bottom, width - left
    return box
