"""On which days care was given, as far as the papers of a bill say it, and which policies were in force then."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Line, Policy

Span = tuple[Day, Day]
"""The first and the last day of care, both included."""

_OTHER_COVER = re.compile(r"\b(dental|vision|life|disability|accident|cancer|indemnity|pet)\b", re.IGNORECASE)
"""Names of plans that medical bills don't go to."""


def line_span(line: Line) -> Span | None:
    """The days of a line, or `None` without a date.

    The day on which a stay ends is left out, as rooms are counted by midnights; so is a last day that ends at midnight.
    """
    if line.date is None:
        return None
    first = line.date.day
    return first, max(first, last_day_of(line.end) if line.end else first)


def last_day_of(end: Moment) -> Day:
    """The last whole day before a stay ends: the day before, unless a time of day says that care was given on it."""
    ends_in_the_day = end.time is not None and end.time != time()
    return end.day if ends_in_the_day else end.day - timedelta(days=1)


def care_spans(facts: BillFacts) -> tuple[Span, ...]:
    """The days of care by the lines of the bill, else by those of its EOBs, else by the visit."""
    spans = [span for line in facts.lines if (span := line_span(line))]
    if not spans:
        rows = [row for claim in facts.claims for row in facts.claim_lines(claim)]
        spans = [(row.date.day, row.date.day) for row in rows if row.date]
    if not spans and facts.visit is not None and facts.visit.start is not None:
        first = facts.visit.start.day
        spans = [(first, max(first, facts.visit.end.day if facts.visit.end else first))]
    return tuple(spans)


def first_day(facts: BillFacts) -> Day | None:
    """The first day of care, or `None` where no paper and no visit says it."""
    return min((first for first, _ in care_spans(facts)), default=None)


def may_cover(policy: Policy, day: date) -> bool:
    """Whether a policy was in force on a day, as far as its dates are known; a plan for teeth or eyes never is."""
    return (
        not (policy.effective and day < policy.effective)
        and not (policy.terminated and day > policy.terminated)
        and not _OTHER_COVER.search(policy.plan_name or "")
    )
