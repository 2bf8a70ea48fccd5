"""The last pages: what is not held, and what the exhibits are copies of, with the hash of every original."""

from __future__ import annotations

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.lettering import Exhibit, by_name_only
from medbills_desktop.packet.not_held import not_held
from medbills_desktop.packet.sections.signature import SignatureLine
from medbills_desktop.packet.tables import Column, Row

_MISSING = (Column("What", 0), Column("How it is known", 216))
_COPIES = (
    Column("Exhibit", 42),
    Column("File as it came", 0),
    Column("Pages", 34, right=True),
    Column("Bytes", 64, right=True),
    Column("SHA-256 of the original", 178),
)


_NO_COPY = (
    "Of these exhibits there is no copy here, since the paper can’t be shown: {letters}. They stand in the packet by "
    "name with the reason, and this statement is not about them."
)


_REDACTED = (
    "On the copies personal numbers are taken out; the pages before say of what kind and where. The size and the "
    "SHA-256 listed here are those of the originals, which are whole."
)


_LIGHTER = (
    "So that this packet is lighter, scans and photographs were made smaller on the copies (about 150 dots an inch); "
    "the slip sheets say on which pages. The size and the SHA-256 listed here are those of the originals."
)


_FAX = (
    "Every page is drawn in black and white for a fax machine, 200 dots an inch, on Letter; pages that are wider than "
    "high are turned. Shades and colours of the originals are lost, and no text can be searched."
)


def missing_papers(book: Book) -> list[Flowable]:
    """Papers that the records mention and that are not attached."""
    rows = missing_rows(book)
    if not rows:
        return []
    return [
        book.text("Not held", look.SECTION),
        book.text("The records mention these papers. They are not in this packet."),
        Spacer(0, 4),
        book.table(_MISSING, rows),
    ]


def missing_rows(book: Book) -> list[Row]:
    """What is not in the packet, a row each: exhibits that can't be shown, then papers that the records speak of."""
    rows, told = [], set()
    for exhibit in book.exhibits:
        if exhibit.cant_show:
            held = "Held, but it can’t be shown. " if exhibit.source.document.sha256 else ""
            rows.append(Row((f"Exhibit {exhibit.letter}: {exhibit.title}", f"{held}{exhibit.cant_show.what}")))
            told.add(f"“{exhibit.title}”")
    found = not_held(book.order.case, book.order.bill_ids)
    return rows + [Row((entry.what, entry.why)) for entry in found if entry.what not in told]


def copies(book: Book) -> list[Flowable]:
    """What the exhibits are copies of, so that each can be compared with its original."""
    order = book.order
    made = book.facts(_made(book))
    title, no_copy = book.text("Statement of copies", look.SECTION), by_name_only(book.exhibits)
    if not book.exhibits:
        return [title, book.text("No papers are attached to this packet."), Spacer(0, 6), made]
    return [
        title,
        book.text(
            "The exhibits are copies of the files listed below, which are kept unchanged. On the copies, pages are "
            "made a little smaller to leave room for the stamp below them; where it was needed they were turned "
            "upright, and notes and form entries were drawn in. Each slip sheet says what else was done. Frames "
            "with a number beside them mark lines of the bill that are disputed or asked about."
        ),
        *([book.text(_NO_COPY.format(letters=no_copy))] if no_copy else []),
        *([book.text(_REDACTED)] if order.redacted else []),
        *([book.text(_LIGHTER)] if order.lighter else []),
        *([book.text(_FAX)] if order.fax else []),
        Spacer(0, 6),
        made,
        SignatureLine(order.audience),
        *book.heading("Files"),
        book.table(_COPIES, [_row(exhibit) for exhibit in book.exhibits], table_look=look.LETTERED_TABLE),
        book.text(
            "The SHA-256 of a file changes when a single bit of it changes. The number at the lower left of an "
            "exhibit page is the paper’s own and its page; it stays the same in every packet.",
            look.NOTE_AFTER,
        ),
    ]


def _row(exhibit: Exhibit) -> Row:
    document = exhibit.source.document
    return Row(
        (
            exhibit.letter,
            document.file.rsplit("/", 1)[-1],
            str(exhibit.pages) if exhibit.pages else UNKNOWN,
            f"{document.size:,}" if document.size is not None else UNKNOWN,
            _in_halves(document.sha256) if document.sha256 else "not held",
        )
    )


def _in_halves(digest: str) -> str:
    """A hash on two lines of the same length, which is how far the column goes."""
    return f"{digest[:32]}\n{digest[32:]}"


def _made(book: Book) -> list[tuple[str, str]]:
    order = book.order
    return [
        ("Prepared on", plain_day(order.prepared_on)),
        ("Prepared with", f"MedBills {order.program_version}".strip()),
        ("Packet id", book.packet_id or "0" * 64),
        ("Last journal entry", order.journal_head or ""),
    ]
