"""Reading the points of a bill for a screen, and saying them in words."""

from __future__ import annotations

from collections.abc import Sequence

from medbills_desktop.checks.chosen import chosen_findings
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.points import GivenAnswer, Point, points_of
from medbills_desktop.qt.session import Session
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.contacts import Contact

ANSWERS = (("answered", "Answered"), ("partly", "Partly"), ("not_answered", "Not answered"))
"""The words of a point's answer, as they are chosen and read."""
STATE_WORDS = {"open": "Not asked yet", **dict(ANSWERS)}
STATE_TONES = {"open": "accent", "not_answered": "amber", "partly": "amber", "answered": "green"}


def read_points(session: Session, bill_id: int) -> tuple[Point, ...]:
    """The points of a bill as they stand now."""
    case = session.read(lambda reader: load_bills(reader, {bill_id}))
    return points_of(case, bill_id, chosen_findings(session.findings.of(bill_id) or ()))


def waiting(points: Sequence[Point]) -> list[Point]:
    """Those without a full answer."""
    return [point for point in points if point.waits]


def when_asked(point: Point) -> str:
    """Since when a point is asked or on the list."""
    if point.asked:
        return f"Asked {plain_day(point.asked)}"
    return f"On your list since {plain_day(point.listed)}" if point.listed else "On your list"


def told_answer(given: GivenAnswer) -> str:
    """One answer in a line: when, who, how far, and what they said."""
    kept = given.kept
    parts = [
        plain_day(given.day, ""),
        given.by,
        dict(ANSWERS)[kept.answer],
        f"“{kept.said}”" if kept.said else "",
        f"taken off, as they said: {dollars(kept.amount_off)}" if kept.amount_off is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def told_contact(contact: Contact) -> str:
    """A call or letter to choose: what it is, when, with whom."""
    what = "Call" if contact.kind == "call" else "Letter from them"
    return " · ".join(part for part in (what, plain_day(contact.day, ""), contact.by) if part)
