"""Letters sent and received with the proof of sending; and the text of those of which no paper is attached."""

from __future__ import annotations

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.letter_markup import plain_text
from medbills_desktop.domain.records import Document, Enclosure, Letter
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.sections.replies import replies
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_COLUMNS = (
    Column("Date", 64),
    Column("Sent or received", 138),
    Column("Subject", 0),
    Column("Reply", 112),
    Column("Exhibit, page", 57, right=True),
)


def letters(book: Book) -> list[Flowable]:
    """The list of letters in date order, then the texts that are held only as records."""
    found, answers = book.scope.letters, replies(book)
    if not found and not answers:
        return []
    page: list[Flowable] = [book.text("Letters", look.SECTION)]
    if found:
        page.append(book.table(_COLUMNS, [_row(book, letter) for letter in found]))
    page += answers
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
    return Row(
        (
            plain_day(letter.date),
            _way(book, letter),
            _enclosing(book, letter),
            _reply(book, letter),
            book.record_link(letter) or UNKNOWN,
        )
    )


def _way(book: Book, letter: Letter) -> str:
    """To or from whom, and how: `Sent to Example Hospital` above `Certified mail, 9407 …`."""
    side = "Received from" if letter.status == "received" else "Sent to"
    method = (letter.method or "").replace("_", " ").capitalize()
    how = ", ".join(filter(None, (method, letter.tracking)))
    return "\n".join(filter(None, (f"{OURS}{side} {_other_side(book, letter)}", how)))


def _enclosing(book: Book, letter: Letter) -> Markup | str:
    """The subject, and what went along as a copy."""
    enclosed = sorted(book.order.case.of(Enclosure, "letter_id", letter.id), key=lambda one: one.position)
    if not enclosed:
        return _subject(letter)
    copies = [book.exhibit_link(one.document_id) or _titled(book, one) for one in enclosed]
    with_copies = f"{book.markup('With copies of: ')}{'; '.join(copies)}"
    return Markup(f"{book.setter.markup(OURS + _subject(letter), size=8.3)}<br/>{with_copies}")


def _titled(book: Book, enclosed: Enclosure) -> Markup:
    document = book.order.case.find(Document, enclosed.document_id)
    return book.markup(document.shown_title if document else UNKNOWN)


def _reply(book: Book, letter: Letter) -> Markup | str:
    """By when a reply was asked for, and whether one came; of what they wrote, by when they wanted mine."""
    due = f"due {plain_day(letter.reply_due)}" if letter.reply_due else ""
    answers = [one for one in book.scope.letters if one.answers_to_id == letter.id]
    told = [book.markup(due)] if due else []
    for answer in answers:
        words = f"answered {plain_day(answer.date)}" if answer.date else "answered"
        proof = book.record_link(answer)
        told.append(Markup(f"{book.markup(words)} ({proof})") if proof else book.markup(words))
    if letter.status == "sent" and letter.reply_due and not answers:
        late = (book.order.prepared_on - letter.reply_due).days
        told.append(book.markup(f"none noted, {counted(late, 'day')} past" if late > 0 else "none noted yet"))
    return Markup("<br/>".join(told)) if told else UNKNOWN


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
