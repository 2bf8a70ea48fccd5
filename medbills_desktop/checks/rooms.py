"""Room charges against the nights of the stay and the kind of room that it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from decimal import Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, excess_charge, line_ids
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count, named, number_text, on_day
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Visit

_BY_COUNT = ("days", "each", None)


def is_room(read: ReadLine) -> bool:
    """Whether a line is a bed by the day: by its revenue code, else by its name. A newborn's bed counts apart."""
    if read.revenue >= 0:
        nursery_or_leave = read.revenue_is(170, 189)
        return read.revenue_is(100, 219) and not nursery_or_leave and read.line.unit in _BY_COUNT
    if read.is_kind("room"):
        return read.line.unit in _BY_COUNT
    return read.line.unit == "days" and read.is_kind("room_by_days")


def is_observation(read: ReadLine) -> bool:
    """Whether a line is observation, which is care by the hour and no room."""
    return read.code == "G0378" or read.revenue == 762 or read.is_kind("observation")


@check("room-days", "strong")
def room_days(facts: BillFacts) -> Iterator[Finding]:
    """Report more room days than the stay has midnights, or a private room where another one was had.

    The day of discharge is normally not charged. Silent for observation, for a stay that ends on the day on which it
    began, where a room line states no units, and for fewer days than midnights: the lines may come from a part of the
    bill.
    """
    rooms = [read for read in facts.read.lines if is_room(read) and not facts.read.taken_back(read) and _charged(read)]
    if not rooms or (facts.visit and _is_short(facts.visit)):
        return
    nights = _midnights(facts.visit) if facts.visit else None
    if nights is not None and facts.visit is not None:
        yield from _too_many(facts, facts.visit, rooms, nights)
    answers = (facts.visit.answers if facts.visit else None) or {}
    if "".join(filter(str.isalpha, str(answers.get("room_type_had", "")).casefold())) == "semiprivate":
        private = [read for read in rooms if read.is_kind("private_room")]
        if private:
            yield _other_room(facts, private)


def _is_short(visit: Visit) -> bool:
    """Whether the stay is one for which rooms are not counted: observation, or over on the day on which it began."""
    same_day = visit.start is not None and visit.end is not None and visit.start.day == visit.end.day
    return same_day or visit.kind == "observation"


def _charged(read: ReadLine) -> bool:
    return read.line.charge is None or read.line.charge > 0


def _midnights(visit: Visit) -> int | None:
    """The midnights of a stay; one more where it began at midnight. `None` where it can't be told or none counts."""
    if visit.start is None or visit.end is None or visit.kind in ("observation", "office", "telehealth"):
        return None
    nights = (visit.end.day - visit.start.day).days
    if nights < 1:
        return None
    return nights + 1 if visit.start.time == time() else nights


def _too_many(facts: BillFacts, visit: Visit, rooms: list[ReadLine], nights: int) -> Iterator[Finding]:
    units = [read.line.units for read in rooms]
    known = [number for number in units if number is not None]
    billed = sum(known, Decimal(0))
    if len(known) != len(units) or billed <= nights or any(number < 0 for number in known):
        return
    excess = billed - nights
    prices = {read.line.unit_price for read in rooms}
    amount = (
        excess_charge(rooms[0].line, excess) if len(prices) == 1 and (len(rooms) == 1 or None not in prices) else None
    )
    start, end = (plain_day(moment.day if moment else None) for moment in (visit.start, visit.end))
    price = f" × {dollars(rooms[0].line.unit_price)} = {dollars(amount)}" if amount and None not in prices else ""
    charges = sorted((read.line.units or Decimal(0), read.line.charge or Cents(0)) for read in rooms)
    yield Finding(
        check="room-days",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=line_ids(rooms),
        amount=amount,
        title=f"{_days(billed)} of room charges are billed; from {start} to {end} there were "
        f"{count(nights, 'midnight', 'midnights')}.",
        explanation=f"Room days billed: {number_text(billed)}\n− midnights from {start} to {end}: {nights}\n"
        f"= {number_text(excess)} more{price}\nThe day of discharge is normally not charged as a room day.",
        ask=f"Which nights do the {_days(billed)} of room charges stand for? "
        "Was the day of discharge charged as a room day?",
        evidence=(
            itemised_bill(facts, [read.line for read in rooms]),
            "The record of admission and discharge would settle this.",
        ),
        fingerprint=fingerprint("room-days", visit.start, visit.end, tuple(charges)),
    )


def _days(number: Decimal) -> str:
    return f"{number_text(number)} {'day' if number == 1 else 'days'}"


def _other_room(facts: BillFacts, private: list[ReadLine]) -> Finding:
    first = private[0].line
    more = f" and {count(len(private) - 1, 'more line', 'more lines')}" if len(private) > 1 else ""
    dates = sorted(read.line.date.text() if read.line.date else "" for read in private)
    return Finding(
        check="room-days",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=line_ids(private),
        amount=None,
        title=f"{named(first)}{on_day(first)}{more} is billed; you noted that the room was semi-private.",
        explanation="Billed: a private room.\nYour answer for the visit: semi-private.\n"
        "The difference between the two daily rates is not known from these papers.",
        ask="I was in a semi-private room. Could you change the room charge to the semi-private rate, or tell me on "
        "which days I was in a private room?",
        evidence=(
            itemised_bill(facts, [read.line for read in private]),
            "The record of admission with the room and bed would settle this.",
        ),
        fingerprint=fingerprint("room-days", "room type", "semi-private", private[0].name.words, tuple(dates)),
    )
