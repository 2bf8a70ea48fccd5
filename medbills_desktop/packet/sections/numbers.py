"""The index of numbers: account, claim and reference numbers, by which clerks look things up, with their pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill, DocumentLink, Record
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book, unbroken
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

_COLUMNS = (Column("Number", 132), Column("What it is", 0), Column("Where it stands", 150, right=True))
_MOST_PLACES = 12
_TAGS = re.compile("<[^>]*>")
_PAGE = re.compile(r"(\d+)(?: \(vol.*)?$")
"""The page in the text of a link, which may name its volume behind it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """One number, what it names, and the links to where that is told."""

    number: str
    what: str
    places: tuple[Markup, ...]


def numbers(book: Book) -> list[Flowable]:
    """Three lists, each by number; nothing where no number is known or none leads anywhere."""
    parts: list[Flowable] = []
    for title, entries in (
        ("Account numbers", _accounts(book)),
        ("Claim numbers", _claims(book)),
        ("Reference numbers", _references(book)),
    ):
        rows = [_row(entry) for entry in _together(entries) if entry.places]
        if rows:
            parts += [*book.heading(title), book.table(_COLUMNS, rows, table_look=look.LETTERED_TABLE)]
    return [book.text("Index of numbers", look.SECTION), *parts] if parts else []


def _together(entries: Iterator[_Entry]) -> list[_Entry]:
    """Entries by number; what bears the same number is one entry with the pages of all."""
    found: dict[str, _Entry] = {}
    for entry in entries:
        before = found.get(entry.number)
        if before is None:
            found[entry.number] = entry
        else:
            what = dict.fromkeys((*before.what.split("\n"), entry.what))
            found[entry.number] = _Entry(entry.number, "\n".join(what), (*before.places, *entry.places))
    return [replace(found[number], places=_once(list(found[number].places))) for number in sorted(found)]


def _row(entry: _Entry) -> Row:
    shown = ", ".join(entry.places[:_MOST_PLACES])
    more = f" and {len(entry.places) - _MOST_PLACES} more" if len(entry.places) > _MOST_PLACES else ""
    return Row((shortened(entry.number, 120), OURS + shortened(entry.what, 200), Markup(f"{shown}{more}")))


def _accounts(book: Book) -> Iterator[_Entry]:
    for bill in book.scope.bills:
        if bill.account_number:
            papers = [bill, *book.order.case.statements(bill.id)]
            places = [*_money_of(book, bill), *_papers_of_lines(book, bill), *_papers(book, *papers)]
            yield _Entry(bill.account_number, f"Account with {book.name(bill.biller_id)}", _once(places))


def _claims(book: Book) -> Iterator[_Entry]:
    for claim in book.scope.claims:
        if claim.number:
            bill = book.order.case.find(Bill, claim.bill_id)
            day = f" of {plain_day(claim.date)}" if claim.date else ""
            whose = f", bill of {book.name(bill.biller_id)}" if bill else ""
            places = [*(_money_of(book, bill) if bill else ()), *_papers(book, claim)]
            yield _Entry(claim.number, f"EOB{day}{whose}", _once(places))


def _references(book: Book) -> Iterator[_Entry]:
    scope = book.scope
    for call in scope.calls:
        if call.reference_number:
            whom = book.name(call.organization_id) if call.organization_id else "contact"
            places = [link for link in (book.call_link(call.id),) if link]
            what = f"Contact of {plain_day(call.started.day)}, {whom}"
            yield _Entry(call.reference_number, what, (*places, *_papers(book, call)))
    for letter in scope.letters:
        if letter.tracking:
            day = f" of {plain_day(letter.date)}" if letter.date else ""
            yield _Entry(letter.tracking, f"Tracking number of the letter{day}", _papers(book, letter))
    for payment in scope.payments:
        if payment.number:
            what = f"Payment of {dollars(payment.amount)} on {plain_day(payment.date)}"
            yield _Entry(payment.number, what, _papers(book, payment))
    for notice in scope.collections:
        if notice.reference:
            yield _Entry(
                notice.reference, f"Collection notice, {book.name(notice.collector_id)}", _papers(book, notice)
            )


def _money_of(book: Book, bill: Bill) -> Iterator[Markup]:
    if book.has("money"):
        anchor = f"money:{bill.id}"
        page = book.anchors.get(anchor)
        yield book.link(unbroken(f"page {'000' if page is None else page}"), anchor)


def _papers_of_lines(book: Book, bill: Bill) -> Iterator[Markup]:
    """The first page of the paper on which the lines of a bill stand."""
    links = (book.line_link(line) for line in book.order.case.lines(bill.id))
    yield from [link for link in [next((link for link in links if link), None)] if link]


def _papers(book: Book, *records: Record) -> tuple[Markup, ...]:
    """Every paper of some records: the one that each names, and those that are linked to it."""
    found: list[Markup | None] = []
    for record in records:
        found.append(book.exhibit_link(getattr(record, "document_id", None)))
        links = book.order.case.of(DocumentLink, "target_id", record.id)
        named = (link for link in links if link.type in (record.KIND, record.PLURAL))
        found += [book.exhibit_link(link.document_id, link.page) for link in named]
    return _once([link for link in found if link])


def _once(links: list[Markup]) -> tuple[Markup, ...]:
    """One link for each place that is named, by its page."""
    named: dict[str, Markup] = {}
    for link in links:
        named.setdefault(_TAGS.sub("", link), link)
    return tuple(sorted(named.values(), key=_page))


def _page(link: Markup) -> int:
    found = _PAGE.search(_TAGS.sub("", link))
    return int(found[1]) if found else 0
