"""The timeline: one event per row, no adjectives, each with the page that proves it."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.domain.records import Call, Promise
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.events import Event, events
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import Markup

_COLUMNS = (Column("Date", 102), Column("What happened", 0), Column("Exhibit, page", 66, right=True))
_LONGEST = 400


def timeline(book: Book) -> list[Flowable]:
    """Everything dated, oldest first."""
    found = events(book.scope)
    if not found:
        return []
    rows = [Row((plain_moment(event.when), shortened(event.text, _LONGEST), _proof(book, event))) for event in found]
    return [book.text("Timeline", look.SECTION), book.table(_COLUMNS, rows)]


def _proof(book: Book, event: Event) -> Markup | str:
    """The paper of the event; for calls and promises the contact log, since that is where they are told."""
    if event.document:
        return book.exhibit_link(event.document.id) or ""
    if event.record is None:
        return ""
    found = book.record_link(event.record)
    if found:
        return found
    if isinstance(event.record, Call):
        return book.call_link(event.record.id) or ""
    return (book.call_link(event.record.call_id) or "") if isinstance(event.record, Promise) else ""
