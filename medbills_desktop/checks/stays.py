"""Lines dated outside the visit that the bill is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from medbills_desktop.checks.answers import days_in
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids, summed_charges
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.rooms import is_observation
from medbills_desktop.checks.wording import count, named
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Line, Visit

_LATER = {"laboratory": 14, "imaging": 14, "physician": 1, "ambulance": 1, "air_ambulance": 1}
"""Days around a visit on which these billers normally date their work: samples are examined and pictures read later,
and physicians who see patients in somebody else's house write their notes on the next day."""

_ELSEWHERE = frozenset({"equipment", "pharmacy", "dental"})
"""Billers who deliver apart from the visit."""

_ONE_DAY = ("office", "telehealth")


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a visit as far as they are known, with the days around it that need no question."""

    first: date
    last: date | None
    present: frozenset[date]

    def hold(self, day: date, margin: int) -> bool:
        around = timedelta(days=margin)
        if day < self.first - around or (self.last is not None and day > self.last + around):
            return False
        inside = self.last is not None and self.first <= day <= self.last
        return not (inside and self.present and day not in self.present)


@check("date-outside-visit", "strong")
def date_outside_visit(facts: BillFacts) -> Iterator[Finding]:
    """Report lines dated before the visit began, after it ended, or on a day of it on which the patient was not there
    by the answer given; all of a bill in one finding.

    Days count, not times; a charge posted at midnight belongs to the day before. Silent without the day on which the
    visit began; after it, where its end is not known (visits to an office last a day); where another visit of the
    patient covers the day; for credits; for the days on which laboratories and readers normally date their work; and
    for emergency care and observation of the day before an admission, which go on one bill with it.
    """
    visit, kind = facts.visit, facts.biller.kind if facts.biller else "other"
    if visit is None or visit.start is None or kind in _ELSEWHERE:
        return
    days = _days_of(visit)
    elsewhere = visit.kind not in _ONE_DAY and visit.facility_id != facts.bill.biller_id
    margin = _LATER.get(kind, 0) if elsewhere or kind != "physician" else 0
    if days is None or all(days.hold(day, margin) for day in _every_day(facts)):
        return
    others = [found for other in facts.case.of(Visit, "person_id", facts.bill.person_id) if (found := _days_of(other))]
    outside = [
        read
        for read in facts.read.lines
        if _is_asked(facts, read)
        and not _leads_to_admission(visit, read)
        and any(not days.hold(day, margin) and not any(_covers(other, day) for other in others) for day in _of(read))
    ]
    if outside:
        yield _finding(facts, visit, outside)


def _days_of(visit: Visit) -> _Days | None:
    if visit.start is None:
        return None
    first = visit.start.day
    last = visit.end.day if visit.end else first if visit.kind in _ONE_DAY else None
    if last is not None and last < first:
        return None
    return _Days(first, last, days_in((visit.answers or {}).get("days_present")))


def _covers(other: _Days, day: date) -> bool:
    return other.first <= day <= (other.last or other.first) and other.hold(day, 0)


def _every_day(facts: BillFacts) -> Iterator[date]:
    return (day for read in facts.read.lines for day in _of(read))


def _of(read: ReadLine) -> Iterator[date]:
    """The first and the last day of a line; one that stands at midnight sharp counts for the day before as well."""
    for moment in (read.line.date, read.line.end):
        if moment is not None:
            yield moment.day - timedelta(days=1) if moment.time == time() else moment.day


def _is_asked(facts: BillFacts, read: ReadLine) -> bool:
    charge = read.line.charge
    return (charge is None or charge > 0) and not facts.read.taken_back(read)


def _leads_to_admission(visit: Visit, read: ReadLine) -> bool:
    """Whether a line is the emergency care or the observation from which the patient was admitted on the next day."""
    if visit.kind != "inpatient" or visit.start is None or read.day != visit.start.day - timedelta(days=1):
        return False
    ends_in_time = read.line.end is None or visit.end is None or read.line.end.day <= visit.end.day
    return ends_in_time and (read.revenue_is(450, 459) or is_observation(read))


def _finding(facts: BillFacts, visit: Visit, outside: list[ReadLine]) -> Finding:
    start, end = visit.start, visit.end
    first = outside[0].line
    amount = summed_charges(outside)
    span = plain_day(start.day if start else None)
    if end is not None and start is not None and end.day != start.day:
        span = f"{span} to {plain_day(end.day)}"
    what = named(first) if len(outside) == 1 else count(len(outside), "line", "lines")
    when = f" on {_day(first)}" if len(outside) == 1 else ""
    charge = f" for {dollars(amount)}" if amount else ""
    rows = "\n".join(f"{_day(read.line)}: {named(read.line)}, {dollars(read.line.charge)}" for read in outside)
    inputs = sorted((_day(read.line), read.code, read.name.words, read.line.charge or 0) for read in outside)
    present = sorted(day.isoformat() for day in days_in((visit.answers or {}).get("days_present")))
    absent = "\nDays on which the patient was there, by your notes: " + ", ".join(present) if present else ""
    return Finding(
        check="date-outside-visit",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=line_ids(outside),
        amount=amount,
        title=f"{what}{charge} {'is' if len(outside) == 1 else 'are'} dated{when or ' on days'} outside the visit "
        f"({span}).",
        explanation=f"The visit, by your notes: {span}{absent}\n{rows}\n"
        "Tests before an operation and results that came later may have such dates.",
        ask=f"What {f'is {what}{when}' if len(outside) == 1 else 'was given on these days'}? "
        f"By my notes the visit was {span}.",
        evidence=(
            itemised_bill(facts, [read.line for read in outside]),
            "The record of admission and discharge would settle this.",
        ),
        fingerprint=fingerprint("date-outside-visit", start, end, tuple(present), tuple(inputs)),
    )


def _day(line: Line) -> str:
    first = plain_day(line.date.day if line.date else None)
    return (
        f"{first} to {plain_day(line.end.day)}" if line.end and line.date and line.end.day != line.date.day else first
    )
