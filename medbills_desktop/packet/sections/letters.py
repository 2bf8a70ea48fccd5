"""Letters sent and received with the proof of sending; and the text of those of which no paper is attached."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.letter_markup import plain_text
from medbills_desktop.domain.records import Document, Letter
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.tables import Column, Row

_COLUMNS = (
    Column("Date", 66),
    Column("", 50),
    Column("To or from", 100),
    Column("Subject", 0),
    Column("How", 84),
    Column("Reply due", 66),
    Column("Exhibit, page", 48, right=True),
)


def letters(book: Book) -> list[Flowable]:
    """The list of letters in date order, then the texts that are held only as records."""
    found = book.scope.letters
    if not found:
        return []
    rows = [_row(book, letter) for letter in found]
    page: list[Flowable] = [book.text("Letters", look.SECTION), book.table(_COLUMNS, rows)]
    for letter in found:
        if letter.body and not book.record_link(letter):
            page += _body(book, letter)
    return page


def _subject(letter: Letter) -> str:
    return letter.subject or letter.kind.replace("_", " ").capitalize()


def _other_side(book: Book, letter: Letter) -> str:
    """Whom it went to or came from; the sender of the paper where the record does not say."""
    name = book.name(letter.recipient_id)
    document = book.order.case.find(Document, letter.document_id)
    return document.sender if name == UNKNOWN and document and document.sender else name


def _row(book: Book, letter: Letter) -> Row:
    method = (letter.method or UNKNOWN).replace("_", " ")
    return Row(
        (
            plain_day(letter.date),
            (letter.status or UNKNOWN).capitalize(),
            _other_side(book, letter),
            _subject(letter),
            f"{method.capitalize()}, {letter.tracking}" if letter.tracking else method.capitalize(),
            plain_day(letter.reply_due),
            book.record_link(letter) or UNKNOWN,
        )
    )


def _body(book: Book, letter: Letter) -> list[Flowable]:
    verb = "received" if letter.status == "received" else "sent"
    day = f" on {plain_day(letter.date)}" if letter.date else ""
    parts = [
        *book.heading(_subject(letter)),
        book.text(f"Text of the letter {verb}{day}, as kept in the records; no copy on paper is attached.", look.NOTE),
    ]
    parts += [
        book.text(paragraph, look.LETTER_BODY) for paragraph in plain_text(letter.body or "").split("\n\n") if paragraph
    ]
    return parts
