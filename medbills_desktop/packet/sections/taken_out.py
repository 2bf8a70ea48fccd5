"""The redaction log: what kinds of content were taken out of the copies and where, never what they were."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.left_over import WHERE, kept_in_words
from medbills_desktop.domain.words import REDACTION_KIND
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.tables import Column, Row

_COLUMNS = (
    Column("Exhibit, page", 84),
    Column("What was taken out", 0),
    Column("How many", 60, right=True),
    Column("How", 84),
)
_UNREAD = (Column("Exhibit", 84), Column("Pages that are pictures", 0))
_KEPT = (Column("Page", 84), Column("What it looks like", 0), Column("Where", 200))
_SAID_KEPT = (
    "When the finished packet was searched once more, these places looked like something to be taken out. Whoever made "
    "the packet has looked at them, and they stay."
)
_SAID = (
    "Personal numbers were taken out of the copies in this packet and out of its own pages. Of a birth date the year "
    "is left, of member and account numbers the last four characters; on scans with words laid over them, nothing. "
    "Dates of service, codes of services and amounts were not touched. What is black on a copy is not covered but "
    "gone: it is not in this file. The originals are kept whole. Bar codes and handwriting are not read; what they say "
    "is gone only where it was marked by hand."
)
_SAID_UNREAD = (
    "Pages of pictures: what is printed in them can’t be searched. On these pages only what was marked by hand is "
    "gone; look through them."
)


def taken_out(book: Book) -> list[Flowable]:
    """A row for each page and kind; nothing where the packet is not redacted."""
    if not book.order.redacted:
        return []
    page: list[Flowable] = [book.text("What was taken out", look.SECTION), book.text(_SAID), Spacer(0, 4)]
    rows = [row for place, exhibit in enumerate(book.exhibits) for row in _rows(book, place, exhibit)]
    if rows:
        page.append(book.table(_COLUMNS, rows))
    else:
        page.append(book.text("Nothing was found in the papers that had to be taken out."))
    unread = [
        Row((exhibit.letter, pages_in_words(exhibit.source.unread)))
        for exhibit in book.exhibits
        if exhibit.source.unread
    ]
    if unread:
        page += [*book.heading("Pages that can’t be searched"), book.text(_SAID_UNREAD), Spacer(0, 4)]
        page.append(book.table(_UNREAD, unread))
    return [*page, *_kept(book)]


def _kept(book: Book) -> list[Flowable]:
    kept = book.order.kept
    if not kept:
        return []
    rows = [
        Row((str(each.page) if each.page else "none", REDACTION_KIND[each.kind], WHERE[each.where])) for each in kept
    ]
    head = [*book.heading("Kept after looking"), book.text(kept_in_words(kept)), book.text(_SAID_KEPT), Spacer(0, 4)]
    return [*head, book.table(_KEPT, rows)]


def _rows(book: Book, place: int, exhibit: Exhibit) -> list[Row]:
    return [
        Row(
            (
                book.exhibit_link(exhibit.source.document.id, each.page) or f"{exhibit.letter}, {place}",
                REDACTION_KIND[each.kind],
                str(each.count),
                "by rule" if each.by_rule else "by hand",
            )
        )
        for each in exhibit.source.taken
    ]


def pages_in_words(pages: tuple[int, ...]) -> str:
    """Pages of the paper itself, neighbours drawn together: `1 to 4, 7`."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]} to {run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
