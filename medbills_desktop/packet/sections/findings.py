"""What does not add up, with the arithmetic to redo on paper and the question that it leads to."""

from __future__ import annotations

import re

from reportlab.platypus import CondPageBreak, Flowable, Spacer

from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Bill
from medbills_desktop.domain.words import LEVEL
from medbills_desktop.packet import look
from medbills_desktop.packet.book import Book, height_of
from medbills_desktop.packet.linked import numbered_lines
from medbills_desktop.packet.order import PacketFinding
from medbills_desktop.packet.points import finding_proofs, point_numbers
from medbills_desktop.packet.tables import Column, Row, RowsTable
from medbills_desktop.packet.typesetting import OURS, Markup

_SUM = re.compile(r"(?P<label>.*\S):? (?P<figure>-?\(?-?\$[\d,]+\.\d\d\)?)")
_COLUMNS = (Column("", 300), Column("", 90, right=True))
_MOST_KEPT = 320.0
"""A finding up to this height, in points, is not parted between two pages."""


def findings(book: Book) -> list[Flowable]:
    """Each finding with its level in words, amount, arithmetic, question and proof."""
    if not book.order.findings:
        return []
    page: list[Flowable] = [
        book.text("What does not add up", look.SECTION),
        book.text(
            "“Figures differ” is arithmetic that anyone can redo. Everything else is a question, not a claim.",
            look.NOTE,
        ),
    ]
    points = point_numbers(book) if book.has("summary") else {}
    for number, finding in enumerate(book.order.findings, 1):
        page += _one(book, number, finding, points.get(finding))
    return page


def _one(book: Book, number: int, finding: PacketFinding, point: int | None) -> list[Flowable]:
    title = book.text(f"{OURS}{number}. {finding.title}", look.HEADING)
    parts = [title, book.text(_facts(book, finding, point), look.FINE), *_worked_out(book, finding.explanation)]
    if finding.ask:
        parts.append(book.text(Markup(f"{book.markup('Question:', bold=True)} {book.markup(OURS + finding.ask)}")))
    return [CondPageBreak(min(height_of(parts), _MOST_KEPT)), *parts]


def _facts(book: Book, finding: PacketFinding, point: int | None) -> Markup:
    """Its number among the points of the summary, level, amount, bill and lines, and where it can be seen."""
    facts = [book.markup(f"Point {point} of the summary", bold=True)] if point else []
    facts.append(book.markup(LEVEL[finding.level]))
    if finding.amount is not None:
        facts.append(book.markup(dollars(finding.amount)))
    if len(book.scope.bills) > 1:
        bill = book.order.case.find(Bill, finding.bill_id)
        if bill:
            facts.append(book.markup(f"{book.name(bill.biller_id)} {bill.account_number or ''}".strip()))
    names = [book.line_names[line_id] for line_id in finding.line_ids if line_id in book.line_names]
    if names:
        facts.append(book.markup(numbered_lines(names)))
    facts += finding_proofs(book, finding, long=True)
    return Markup(" · ".join(facts))


def _worked_out(book: Book, explanation: str) -> list[Flowable]:
    """The explanation; where it is a sum with one figure to a line, as a column of figures under each other."""
    parts: list[Flowable] = []
    sums: list[Row] = []
    for line in explanation.split("\n"):
        found = _SUM.fullmatch(line.strip())
        if found:
            label = found["label"].rstrip(": ").removesuffix(" =")
            sums.append(Row((OURS + label, found["figure"]), "total" if label.startswith("=") else "plain"))
            continue
        parts += _column(book, sums)
        sums = []
        if line.strip():
            parts.append(book.text(OURS + line, look.TIGHT))
    return parts + _column(book, sums)


def _column(book: Book, rows: list[Row]) -> list[Flowable]:
    return [RowsTable(_COLUMNS, rows, book.setter), Spacer(0, 6)] if rows else []
