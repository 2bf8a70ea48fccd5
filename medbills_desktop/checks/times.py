"""More hours, minutes or days than a day or the stay has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, Level, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, excess_charge, line_ids
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.rooms import is_observation, is_room
from medbills_desktop.checks.wording import count, named, number_text, quantity
from medbills_desktop.domain.dates import Moment, plain_day
from medbills_desktop.domain.money import dollars

OF_A_DAY = {"minutes": Decimal(1440), "hours": Decimal(24)}
"""How many of a unit a calendar day has."""

_OF_AN_HOUR = {"minutes": 60, "hours": 1}


@dataclass(frozen=True, slots=True)
class _Excess:
    """Lines of one service whose time is above a limit; `limit` is in the lines' unit, `what` says what it is."""

    lines: tuple[ReadLine, ...]
    billed: Decimal
    limit: Decimal
    what: str
    level: Level

    @property
    def over(self) -> Decimal:
        return self.billed - self.limit


@check("impossible-time", "fact", "strong")
def impossible_time(facts: BillFacts) -> Iterator[Finding]:
    """Report time billed for one day that the day does not have, or for a visit that the stay does not have.

    A line with an end may fill every day up to it. Observation is billed on one line with the day on which it began:
    for it only the stay counts. Rooms are counted by `room-days`. Lines of one service that nothing sets apart are
    added up. Silent where the unit is no unit of time.
    """
    timed = [read for read in facts.read.lines if read.line.unit in ("minutes", "hours", "days") and _counts(read)]
    if not timed:
        return
    alone = [excess for read in timed if (excess := _of_one_line(read))]
    reported = {read.line.id for excess in alone for read in excess.lines}
    groups: dict[tuple[str, ...], list[ReadLine]] = {}
    for read in timed:
        if read.line.id not in reported:
            groups.setdefault(_service(read), []).append(read)
    for excess in (*alone, *(more for lines in groups.values() for more in _of_service(facts, lines))):
        yield _finding(facts, excess)


def _counts(read: ReadLine) -> bool:
    line = read.line
    if line.units is None or line.units <= 0 or (line.charge is not None and line.charge < 0):
        return False
    return not (line.unit == "days" and is_room(read))


def _service(read: ReadLine) -> tuple[str, ...]:
    line = read.line
    provider = " ".join((line.rendering_provider or "").casefold().split())
    return read.code or read.name.words, line.unit or "", provider, *sorted(read.modifiers)


def _of_one_line(read: ReadLine) -> _Excess | None:
    line = read.line
    per_day = OF_A_DAY.get(line.unit or "")
    if per_day is None or line.units is None or line.date is None or is_observation(read):
        return None
    days = max(1, (line.end.day - line.date.day).days + 1) if line.end else 1
    if line.units > days * per_day:
        hours = f"{number_text(days * per_day)} {line.unit}"
        what = f"one day has {hours}" if days == 1 else f"these {days} days have {hours}"
        return _Excess((read,), line.units, days * per_day, what, "fact")
    if line.end and line.date.time and line.end.time and line.end > line.date:
        span = _hours_up(line.date, line.end) * _OF_AN_HOUR[line.unit or ""]
        if line.units > span:
            return _Excess(
                (read,), line.units, Decimal(span), f"the line's own times span {span} {line.unit}", "strong"
            )
    return None


def _of_service(facts: BillFacts, lines: list[ReadLine]) -> Iterator[_Excess]:
    """The excess of lines of one service together: over a day, else over the stay."""
    unit = lines[0].line.unit or ""
    per_day = OF_A_DAY.get(unit)
    days: dict[date, list[ReadLine]] = {}
    for read in lines:
        if read.line.date and not read.line.end and not read.line.date.time and not is_observation(read):
            days.setdefault(read.line.date.day, []).append(read)
    over = False
    for same in days.values() if per_day else ():
        billed = sum((read.line.units or Decimal(0) for read in same), Decimal(0))
        if per_day and len(same) > 1 and billed > per_day and len({_look(read) for read in same}) == len(same):
            over = True
            yield _Excess(tuple(same), billed, per_day, f"one day has {number_text(per_day)} {unit}", "fact")
    stay = None if over else _length_of_stay(facts, unit)
    billed = sum((read.line.units or Decimal(0) for read in lines), Decimal(0))
    once = len({_look(read) for read in lines}) == len(lines)
    if stay and once and billed > stay[0] and _within_stay(facts, lines):
        yield _Excess(tuple(lines), billed, stay[0], stay[1], "strong")


def _look(read: ReadLine) -> tuple[object, ...]:
    """What makes two lines look the same: such lines are asked about as repeats, not as time."""
    line = read.line
    return line.date, line.end, line.units, line.charge


def _length_of_stay(facts: BillFacts, unit: str) -> tuple[Decimal, str] | None:
    """The length of the visit in a unit, rounded up to the full hour, and how to say it."""
    visit = facts.visit
    if visit is None or visit.start is None or visit.end is None or visit.end < visit.start:
        return None
    days = (visit.end.day - visit.start.day).days + 1
    if unit == "days":
        institution = facts.biller is not None and facts.biller.kind == "hospital"
        return (Decimal(days), f"the visit touches {count(days, 'day', 'days')}") if institution else None
    hours, what = 24 * days, f"the {days} days of the visit have" if days > 1 else "the day of the visit has"
    if visit.start.time and visit.end.time and visit.end > visit.start:
        hours, what = _hours_up(visit.start, visit.end), "from its start to its end the visit has"
    length = hours * _OF_AN_HOUR[unit]
    return Decimal(length), f"{what} {number_text(Decimal(length))} {unit}"


def _within_stay(facts: BillFacts, lines: list[ReadLine]) -> bool:
    """Whether all lines stand on days of the visit or on none: others are asked about by `date-outside-visit`."""
    visit = facts.visit
    if visit is None or visit.start is None or visit.end is None:
        return False
    days = [moment.day for read in lines for moment in (read.line.date, read.line.end) if moment]
    return all(visit.start.day <= day <= visit.end.day for day in days)


def _hours_up(start: Moment, end: Moment) -> int:
    """The hours between two moments, the last one begun counting whole."""
    first, last = ((one.time.hour * 60 + one.time.minute) if one.time else 0 for one in (start, end))
    return -(-((end.day - start.day).days * 1440 + last - first) // 60)


def _finding(facts: BillFacts, excess: _Excess) -> Finding:
    first = min((read.line for read in excess.lines), key=lambda line: line.id)
    over, unit = number_text(excess.over), first.unit or ""
    priced = {read.line.unit_price for read in excess.lines}
    amount = excess_charge(first, excess.over) if len(priced) == 1 else None
    of_day = f" on {plain_day(first.date.day)}" if first.date and "visit" not in excess.what else ""
    billed = quantity(first) if len(excess.lines) == 1 else f"{number_text(excess.billed)} {unit}"
    price = f" × {dollars(first.unit_price)}" if first.unit_price is not None else ""
    value = f" = {dollars(amount)}" if amount and price else f" come to {dollars(amount)}" if amount else ""
    return Finding(
        check="impossible-time",
        level=excess.level,
        bill_id=facts.bill.id,
        line_ids=line_ids(excess.lines),
        amount=amount,
        title=f"{billed} of {named(first)} are billed{of_day}; {excess.what}.",
        explanation=f"Billed: {billed}\n− {excess.what}\n= {over} {unit} more{price}{value}",
        ask=f"How do {billed} of {named(first)}{of_day} come about, when {excess.what}? Could you check the quantity?",
        evidence=(
            itemised_bill(facts, [read.line for read in excess.lines]),
            "The record of when it was started and stopped would settle this.",
        ),
        fingerprint=fingerprint("impossible-time", excess.level, _service(excess.lines[0]), _inputs(excess)),
    )


def _inputs(excess: _Excess) -> tuple[str | tuple[str, ...], ...]:
    said = (
        f"{read.line.date.text() if read.line.date else ''} {number_text(read.line.units or Decimal(0))} "
        f"{read.line.unit_price} {read.line.charge}"
        for read in excess.lines
    )
    return number_text(excess.limit), tuple(sorted(said))
