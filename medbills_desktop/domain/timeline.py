"""What happened, in order: events of all kinds of records, with their words, narrowed and put under months.

Nothing is dropped: what has no day stands at the end, under a heading that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.domain.dates import Day, Moment, plain_day
from medbills_desktop.domain.money import Cents

Kind = Literal[
    "visit",
    "estimate",
    "claim",
    "statement",
    "collection",
    "payment",
    "offer",
    "assistance",
    "appeal",
    "letter",
    "call",
    "promise",
    "task",
    "document",
    "deadline",
]
"""Kinds of events, in the order in which such things follow each other on one day."""

KIND: Mapping[Kind, str] = {
    "visit": "Visit",
    "estimate": "Estimate",
    "claim": "EOB",
    "statement": "Statement",
    "collection": "Collector",
    "payment": "Payment",
    "offer": "Offer",
    "assistance": "Assistance",
    "appeal": "Appeal",
    "letter": "Letter",
    "call": "Call",
    "promise": "Promise",
    "task": "Task",
    "document": "Paper",
    "deadline": "Deadline",
}
_RANK = {kind: rank for rank, kind in enumerate(KIND)}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NO_DAY = "No day known"


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened, or may happen by a day. `id` is unique in a list and stays while the record does.

    `record` and `record_id` name what tells of it; `document_id` is its paper where one is attached. `state` is the
    word of the record for how it stands, such as `broken`. `when` is `None` where no day is known.
    """

    id: int
    kind: Kind
    record: str
    record_id: int
    when: Moment | None
    who: str
    what: str
    amount: Cents | None = None
    state: str = ""
    document_id: int | None = None

    @property
    def month(self) -> str:
        """`2026-03`; empty where no day is known."""
        return self.when.day.isoformat()[:7] if self.when else ""


@dataclass(frozen=True, slots=True)
class MonthHeading:
    """The heading above the events of one month; `month` is empty for those without a day. `id` is below zero."""

    month: str
    count: int
    newest_first: bool = False

    @property
    def order(self) -> str | None:
        """What keeps the heading above its month when days are sorted as text; `None` for what has no day."""
        return f"{self.month}~" if self.month and self.newest_first else self.month or None

    @property
    def id(self) -> int:
        year, month = self.month.split("-") if self.month else ("0", "1")
        return -(int(year) * 12 + int(month))

    @property
    def words(self) -> str:
        """`March 2026`."""
        if not self.month:
            return NO_DAY
        year, month = self.month.split("-")
        return f"{MONTHS[int(month) - 1]} {int(year)}"


Row = TimelineEvent | MonthHeading


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which events are shown: kinds (empty: all but deadlines), a period with both days included, and words.

    Events without a day are never left out for a period, since they may belong to it.
    """

    kinds: frozenset[Kind] = frozenset()
    first: Day | None = None
    last: Day | None = None
    words: str = ""

    def __call__(self, event: TimelineEvent) -> bool:
        if self.kinds and event.kind not in self.kinds:
            return False
        if event.when is not None:
            if self.first and event.when.day < self.first:
                return False
            if self.last and event.when.day > self.last:
                return False
        haystack = f"{KIND[event.kind]} {event.who} {event.what} {event.state}".casefold()
        return all(word in haystack for word in self.words.casefold().split())


def in_order(events: Iterable[TimelineEvent], newest_first: bool = False) -> list[TimelineEvent]:
    """Events by their day and time, of one day in the order in which such things follow; those without a day last.

    A day without a time comes before every time of that day. `newest_first` turns those with a day round.
    """
    found = list(events)
    dated = sorted((one for one in found if one.when), key=_order, reverse=newest_first)
    return dated + sorted((one for one in found if not one.when), key=_order)


def _order(event: TimelineEvent) -> tuple[str, int, int]:
    return event.when.sort_text if event.when else "", _RANK[event.kind], event.id


def under_months(events: Iterable[TimelineEvent], newest_first: bool = False) -> list[Row]:
    """Events in their order, each month under its heading with how many it has; `newest_first` says which order."""
    listed = list(events)
    counts: dict[str, int] = {}
    for event in listed:
        counts[event.month] = counts.get(event.month, 0) + 1
    found: list[Row] = []
    before: str | None = None
    for event in listed:
        if event.month != before:
            found.append(MonthHeading(event.month, counts[event.month], newest_first))
            before = event.month
        found.append(event)
    return found


def period_words(first: Day | None, last: Day | None) -> str:
    """`from Mar 1, 2026 to Mar 31, 2026`; empty for everything."""
    parts = (f"from {plain_day(first)}" if first else "", f"to {plain_day(last)}" if last else "")
    return " ".join(part for part in parts if part)
