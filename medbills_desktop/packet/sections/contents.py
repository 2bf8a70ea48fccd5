"""The contents: every section and exhibit with its page; each row is a link as a whole."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.words import DOCUMENT_KIND
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.plan import SLIP, VOLUME
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.sections.copies import missing_rows
from medbills_desktop.packet.tables import Column, Row

_LONGEST_TITLE = 150
_ROOM_AFTER = 98
"""Points that the list of what follows the exhibits takes, by which it stays on the page of their list if it can."""
_SECTIONS = (Column("Section", 0), Column("Page", 48, right=True))
_EXHIBITS = (
    Column("Exhibit", 44),
    Column("Paper", 0),
    Column("Kind", 90),
    Column("Date", 70),
    Column("Pages", 36, right=True),
    Column("Page", 48, right=True),
)
_VOLUME = Column("Volume", 44, right=True)


def contents(book: Book) -> list[Flowable]:
    """Sections, exhibits, and what follows them, in the order of the pages."""
    keys = [key for key, _ in book.coming]
    middle = next((place for place, key in enumerate(keys) if key.startswith(SLIP)), len(keys))
    before = [(key, title) for key, title in book.coming[:middle] if not key.startswith(VOLUME)]
    after = [(key, title) for key, title in book.coming[middle:] if not key.startswith((SLIP, VOLUME))]
    more = (_VOLUME,) if book.breaks else ()
    sections, columns = (*_SECTIONS[:-1], *more, _SECTIONS[-1]), (*_EXHIBITS[:-1], *more, _EXHIBITS[-1])
    page: list[Flowable] = [book.text("Contents", look.SECTION), book.table(sections, _sections(book, before))]
    if book.exhibits:
        exhibits = book.table(columns, _rows(book), table_look=look.LETTERED_TABLE)
        page += [Spacer(0, 6), *book.heading("Exhibits"), exhibits]
    if after:
        page += [*book.heading("After the exhibits", keep=_ROOM_AFTER), book.table(sections, _sections(book, after))]
    return page


def _sections(book: Book, entries: list[tuple[str, str]]) -> list[Row]:
    rows = []
    for key, title in entries:
        if key == "missing":
            number = len(missing_rows(book))
            title = f"{title}: {counted(number, 'paper')} that the records mention" if number else title
        rows.append(Row((title, *_volume(book, key), book.page(key)), target=key))
    return rows


def _rows(book: Book) -> list[Row]:
    rows = []
    for place, exhibit in enumerate(book.exhibits):
        document = exhibit.source.document
        rows.append(
            Row(
                (
                    exhibit.letter,
                    shortened(exhibit.title, _LONGEST_TITLE),
                    DOCUMENT_KIND.get(exhibit.kind, exhibit.kind),
                    plain_day(document.date or document.received),
                    str(exhibit.pages) if exhibit.pages else "–",
                    *_volume(book, f"{SLIP}{place}"),
                    book.page(f"{SLIP}{place}"),
                ),
                target=f"{SLIP}{place}",
            )
        )
    return rows


def _volume(book: Book, key: str) -> tuple[str, ...]:
    """The volume in which a part stands, or the first and last of a split exhibit; nothing in a packet of one file."""
    if not book.breaks:
        return ()
    pages = [book.plan.firsts.get(key, 1)]
    if key.startswith(SLIP):
        pages += [first for first, _ in book.plan.stretches(int(key.removeprefix(SLIP)))]
    first, last = book.plan.volume_of(pages[0]), book.plan.volume_of(pages[-1])
    return (f"{first}" if first == last else f"{first}–{last}",)
