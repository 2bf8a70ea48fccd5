"""Replies, point by point: what was asked, what they answered to it and where, and what is still without an answer."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable

from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.points import ChosenFinding, GivenAnswer, Point, points_of
from medbills_desktop.domain.records import Bill, FindingDecision, Letter
from medbills_desktop.packet.book import UNKNOWN, Book
from medbills_desktop.packet.points import shortened
from medbills_desktop.packet.tables import Column, Row
from medbills_desktop.packet.typesetting import OURS, Markup

ANSWER = {"answered": "Answered", "partly": "Partly", "not_answered": "Not answered"}
_COLUMNS = (
    Column("Point", 168),
    Column("Asked", 66),
    Column("Answer", 60),
    Column("What was answered", 0),
    Column("Taken off", 54, right=True),
    Column("Exhibit, page", 62, right=True),
)
_LONGEST_POINT, _LONGEST_ANSWER = 200, 1200


def replies(book: Book) -> list[Flowable]:
    """A row for each answer, and one for each point that was asked in vain; nothing where no point was ever asked."""
    rows = [row for bill in book.scope.bills for point in _points(book, bill) for row in _rows(book, point)]
    return [*book.heading("Replies, point by point"), book.table(_COLUMNS, rows)] if rows else []


def _points(book: Book, bill: Bill) -> tuple[Point, ...]:
    asked = (point for point in points_of(book.order.case, bill.id, _chosen(book, bill.id)) if point.state != "open")
    return tuple(sorted(asked, key=lambda point: (point.asked is None, str(point.asked), point.title)))


def _chosen(book: Book, bill_id: int) -> Iterator[ChosenFinding]:
    """The findings of the packet that the user put on the list of points."""
    on_list = {
        (decision.check, decision.fingerprint)
        for decision in book.order.case.of(FindingDecision, "bill_id", bill_id)
        if decision.decision in ("asked", "disputed")
    }
    for one in book.order.findings:
        if one.bill_id == bill_id and (one.check, one.fingerprint) in on_list:
            yield ChosenFinding(
                one.check, one.fingerprint, one.title, one.ask, one.amount, one.line_ids, one.statement_ids, None
            )


def _rows(book: Book, point: Point) -> Iterator[Row]:
    title = OURS + shortened(point.title, _LONGEST_POINT)
    if not point.answers:
        yield Row((title, plain_day(point.asked), "Not answered", "No answer is noted.", "", ""))
    for place, given in enumerate(point.answers):
        yield Row(
            (
                "" if place else title,
                "" if place else plain_day(point.asked),
                ANSWER[given.kept.answer],
                _said(given),
                dollars(given.kept.amount_off) if given.kept.amount_off is not None else "",
                _where(book, given) or UNKNOWN,
            )
        )


def _said(given: GivenAnswer) -> str:
    who = ", ".join(filter(None, (given.by, plain_day(given.day, ""))))
    said = shortened(given.kept.said or "", _LONGEST_ANSWER)
    return "\n".join(filter(None, (OURS + who if who else "", said))) or UNKNOWN


def _where(book: Book, given: GivenAnswer) -> Markup | None:
    letter = book.order.case.find(Letter, given.kept.letter_id)
    return (book.record_link(letter) if letter else None) or book.call_link(given.kept.call_id)
