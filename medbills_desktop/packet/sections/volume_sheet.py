"""The sheet with which every volume but the first begins: which packet, which volume, and what is in it."""

from __future__ import annotations

from collections.abc import Callable

from reportlab.platypus import Flowable, Spacer

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.packet import look
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.plan import SLIP, VOLUME, Part, Plan, Volume, parts_in
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.requests import reader
from medbills_desktop.packet.tables import Column, Row

_LONGEST_TITLE, _LONGEST = 150, 160
_INDEX = (Column("Exhibit", 52), Column("What", 0), Column("Pages", 84, right=True))
_OTHERS = (Column("Volume", 52), Column("What is in it", 0), Column("Pages", 84, right=True))


def volume_sheet(number: int) -> Callable[[Book], list[Flowable]]:
    """The builder of the sheet of one volume; it is counted as a page of the packet like any other."""

    def build(book: Book) -> list[Flowable]:
        plan, of = book.plan, len(book.breaks) + 1
        volumes = plan.volumes if len(plan.volumes) == of else tuple(Volume(each, 1, 1) for each in range(1, of + 1))
        own = volumes[number - 1]
        others = [volume for volume in volumes if volume.number != number]
        return [
            book.text(book.called, look.LEAD),
            book.text(f"Volume {number} of {of}", look.TITLE),
            book.text(f"Pages {own.first} to {own.last} of {plan.pages or '000'}", look.LEAD),
            Spacer(0, 12),
            book.facts(_facts(book)),
            *book.heading("In this volume"),
            book.table(_INDEX, _index(book, own), table_look=look.LETTERED_TABLE),
            *book.heading("The other volumes"),
            book.table(_OTHERS, [_other(book, volume) for volume in others], table_look=look.LETTERED_TABLE),
            book.text(
                "Pages are numbered through all volumes. Where a page stands in another volume its number is followed "
                "by that volume, such as (vol. 1).",
                look.NOTE_AFTER,
            ),
        ]

    return build


def _facts(book: Book) -> list[tuple[str, str]]:
    bills = book.scope.bills
    accounts = dict.fromkeys(bill.account_number for bill in bills if bill.account_number)
    billers = dict.fromkeys(book.name(bill.biller_id) for bill in bills)
    patients = ", ".join(book.patients) or UNKNOWN
    return [
        ("To", shortened(reader(book), _LONGEST)),
        ("From", shortened(book.sender or patients, _LONGEST)),
        ("Billers" if len(billers) > 1 else "Biller", shortened(", ".join(billers), _LONGEST)),
        ("Account numbers" if len(accounts) > 1 else "Account number", shortened(", ".join(accounts), _LONGEST)),
        ("Prepared on", plain_day(book.order.prepared_on)),
        ("Packet id", book.packet_id or "0" * 64),
    ]


def _index(book: Book, volume: Volume) -> list[Row]:
    """Every part that has pages in the volume, with those pages; each row leads to the first of them."""
    rows = []
    for part in parts_in(book.plan, volume):
        first, last = _ends(book.plan, part)
        if part.place is None:
            if not part.key.startswith(VOLUME):
                rows.append(Row(("", part.title, _pages(first, last)), target=part.key))
            continue
        exhibit = book.exhibits[part.place]
        title, target = shortened(exhibit.title, _LONGEST_TITLE), part.key
        if part.exhibit_pages < exhibit.pages:
            own = _pages(part.own_first, part.own_first + part.exhibit_pages - 1)
            word = "page" if part.exhibit_pages == 1 else "pages"
            title = f"{title} ({'continued, ' if part.own_first > 1 else ''}{word} {own} of its {exhibit.pages})"
        if part.key.startswith(VOLUME):
            first += part.local_pages
            target = f"{SLIP}{part.place}:{part.own_first}"
        rows.append(Row((exhibit.letter, title, _pages(first, last)), target=target))
    return rows or [Row(("", "", "000"))]


def _other(book: Book, volume: Volume) -> Row:
    return Row((str(volume.number), what_is_in(book, volume), _pages(volume.first, volume.last)))


def what_is_in(book: Book, volume: Volume) -> str:
    """What a volume holds in a few words, such as `Cover to Letters; exhibits A to C`."""
    letters: list[str] = []
    before: list[str] = []
    after: list[str] = []
    for part in parts_in(book.plan, volume):
        if part.place is not None:
            again = " (continued)" if part.key.startswith(VOLUME) else ""
            letters.append(f"{book.exhibits[part.place].letter}{again}")
        elif not part.key.startswith(VOLUME):
            (after if letters or volume.number > 1 else before).append(part.title)
    named = [f"{titles[0]} to {titles[-1]}" if len(titles) > 1 else titles[0] for titles in (before, after) if titles]
    if letters:
        between = " and " if len(letters) == 2 else " to "
        ends = f"s {letters[0]}{between}{letters[-1]}" if len(letters) > 1 else f" {letters[0]}"
        named.insert(1 if before else 0, f"exhibit{ends}")
    told = "; ".join(named)
    return f"{told[:1].upper()}{told[1:]}"


def _ends(plan: Plan, part: Part) -> tuple[int, int]:
    first = plan.firsts[part.key]
    return first, first + part.local_pages + part.exhibit_pages - 1


def _pages(first: int, last: int) -> str:
    return f"{first} to {last}" if last > first else str(first)
