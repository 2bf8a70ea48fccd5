"""The slip sheet before each exhibit: what the paper is, where it came from, and its hash.

Of a paper that can't be shown it is all there is to see.
"""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.words import DOCUMENT_KIND
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book
from medbills_desktop.packet.figures import counted
from medbills_desktop.packet.lettering import Exhibit
from medbills_desktop.packet.points import shortened

_LONGEST_TITLE, _LONGEST = 260, 200
_MOST_REASONS, _MOST_NOTICES = 8, 8


def slip_sheet(place: int) -> Callable[[Book], list[Flowable]]:
    """The builder of one exhibit's slip sheet, which always is one page."""

    def build(book: Book) -> list[Flowable]:
        exhibit = book.exhibits[place]
        page: list[Flowable] = [
            Spacer(0, 96),
            book.text("Exhibit", look.LEAD),
            book.text(exhibit.letter, look.LETTER),
            Spacer(0, 10),
            book.text(shortened(exhibit.title, _LONGEST_TITLE), look.SLIP_TITLE),
            Spacer(0, 6),
            book.facts(_facts(book, exhibit)),
        ]
        if exhibit.cant_show:
            page += [
                Spacer(0, 8),
                book.text("This paper can’t be shown here", look.HEADING),
                book.text(shortened(exhibit.cant_show.what, 400)),
                book.text(shortened(exhibit.cant_show.todo, 400)),
            ]
        return page

    return build


def _facts(book: Book, exhibit: Exhibit) -> list[tuple[str, str]]:
    document = exhibit.source.document
    dated = plain_day(document.date, "")
    received = plain_day(document.received, "")
    pages = _pages(book, exhibit)
    return [
        ("Kind", DOCUMENT_KIND.get(exhibit.kind, exhibit.kind)),
        ("Date", dated),
        ("Received", received),
        ("From", shortened(document.sender or "", _LONGEST)),
        ("Belongs here as", _several(exhibit.reasons, _MOST_REASONS)),
        ("Pages", pages),
        ("Paper number", shortened(document.paper_number or "", 60)),
        ("File", shortened(document.file.rsplit("/", 1)[-1], _LONGEST)),
        ("Size", f"{document.size:,} bytes" if document.size is not None else ""),
        ("SHA-256", document.sha256 or "not held"),
        ("Done to the copy", _several(exhibit.source.notices, _MOST_NOTICES)),
    ]


def _pages(book: Book, exhibit: Exhibit) -> str:
    """How many pages the paper has and where they stand; with the volume of each stretch where it is split."""
    if not exhibit.pages:
        return ""
    stretches = book.plan.stretches(book.exhibits.index(exhibit)) or [(0, exhibit.pages - 1)]
    split = len(stretches) > 1
    told = [
        (f"{first} to {last}" if last > first else f"{first}")
        + (f" (volume {book.plan.volume_of(first)})" if split else "")
        for first, last in stretches
    ]
    return f"{counted(exhibit.pages, 'page')}: {', '.join(told)} of this packet"


def _several(texts: tuple[str, ...], most: int) -> str:
    shown = [shortened(f"{text[:1].upper()}{text[1:]}", _LONGEST) for text in texts[:most]]
    if len(texts) > most:
        shown.append(f"and {len(texts) - most} more")
    return "\n".join(shown)
