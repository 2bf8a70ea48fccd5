"""The date that a rule card gives for one event, and how it came about, so that it can be counted again by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from medbills_desktop.domain.dates import Day, Moment, plain_day, plain_moment
from medbills_desktop.domain.rules.calendar import BeyondCalendarError, Holidays, add_days, add_months, federal_holidays
from medbills_desktop.domain.rules.rule_cards import Presumption, RuleCard, Unit

_UNIT_WORDS: dict[Unit, tuple[str, str]] = {
    "hour": ("hour", "hours"),
    "calendar_day": ("day", "days"),
    "business_day": ("business day", "business days"),
    "month": ("month", "months"),
    "year": ("year", "years"),
}
_HOURS_OF_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What a clock starts from. `received` is when a notice came, `dated` the date on it; either may be missing.

    `printed` is the deadline that the user's own notice prints, which wins over every computed one. `second` is the
    other date of a card with `later_of`.
    """

    received: Moment | None = None
    dated: Day | None = None
    printed: Day | None = None
    second: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When something is due by a card. `steps` says, a sentence each, how the date was counted.

    `computed` is the date without the one that the notice prints. `presumed` marks that the day of receipt is presumed
    by the rule, not known. `at` is the time of day where the clock runs in hours and the event has one.
    """

    card: RuleCard
    due: Day
    at: time | None = None
    computed: Day | None = None
    presumed: bool = False
    steps: tuple[str, ...] = ()
    doubt: str = ""


def deadline(card: RuleCard, event: Event, holidays: Holidays | None = None) -> Deadline | None:
    """The date that a card gives for an event; `None` for a card without a clock or not in force, and without a start.

    Raises `BeyondCalendarError` for dates outside the years that are known.
    """
    calendar = holidays or federal_holidays()
    if not card.has_clock:
        return None
    start, presumed, steps = _start(card, event, calendar)
    if start is None:
        return _printed_only(card, event)
    if not card.in_force(start.day):
        return None
    counted = _counted(card, start, calendar)
    if counted is None:
        return _printed_only(card, event)
    steps.append(_length_step(card, start, counted))
    day = _later(card, event, _rolled(card, counted.day, calendar, steps), steps)
    at = counted.time if day == counted.day else None
    return _planned(event, Deadline(card=card, due=day, at=at, computed=day, presumed=presumed), steps)


def _start(card: RuleCard, event: Event, calendar: Holidays) -> tuple[Moment | None, bool, list[str]]:
    counts_from_date = card.anchor == "notice_dated" and event.dated is not None
    if event.received is not None and not counts_from_date:
        return event.received, False, [f"It starts on {plain_moment(event.received)}."]
    if event.dated is None:
        return None, False, []
    if card.presumption is None:
        return Moment(event.dated), False, [f"It starts on {plain_day(event.dated)}, the date on the paper."]
    presumed = _presumed(card.presumption, event.dated, calendar)
    length, unit = card.presumption.length, _words(card.presumption.unit, card.presumption.length)
    step = f"Dated {plain_day(event.dated)}; it counts as received {length} {unit} later, on {plain_day(presumed)}."
    return Moment(presumed), True, [step]


def _presumed(presumption: Presumption, dated: Day, calendar: Holidays) -> Day:
    if presumption.unit == "business_day":
        return calendar.add_business_days(dated, presumption.length)
    return add_days(dated, presumption.length)


def _counted(card: RuleCard, start: Moment, calendar: Holidays) -> Moment | None:
    length = card.length or 0
    if card.unit == "hour":
        return _hours_later(start, length)
    if card.unit == "business_day":
        return Moment(calendar.add_business_days(start.day, length))
    if card.unit == "calendar_day":
        return Moment(add_days(start.day, length))
    return Moment(add_months(start.day, length * (12 if card.unit == "year" else 1)))


def _hours_later(start: Moment, hours: int) -> Moment | None:
    if start.time is None:
        whole, rest = divmod(hours, _HOURS_OF_A_DAY)
        return None if rest else Moment(add_days(start.day, whole))
    try:
        later = datetime.combine(start.day, start.time) + timedelta(hours=hours)
    except OverflowError as fault:
        raise BeyondCalendarError("the date lies too far away") from fault
    return Moment(later.date(), later.time())


def _length_step(card: RuleCard, start: Moment, counted: Moment) -> str:
    length = abs(card.length or 0)
    side = "before" if (card.length or 0) < 0 else "after"
    begins = plain_moment(start) if card.unit == "hour" else plain_day(start.day)
    return f"{length} {_words(card.unit, length)} {side} {begins} is {plain_moment(counted)}."


def _rolled(card: RuleCard, day: Day, calendar: Holidays, steps: list[str]) -> Day:
    if not card.roll:
        return day
    rolled = calendar.next_business_day(day)
    if rolled != day:
        steps.append(f"{plain_day(day)} is a weekend or a holiday; the next business day is {plain_day(rolled)}.")
    return rolled


def _later(card: RuleCard, event: Event, day: Day, steps: list[str]) -> Day:
    if not card.later_of or event.second is None or event.second <= day:
        return day
    steps.append(f"The later date counts: {plain_day(event.second)}, {card.later_of}.")
    return event.second


def _planned(event: Event, computed: Deadline, steps: list[str]) -> Deadline:
    printed = event.printed
    doubt = _dates_in_doubt(event)
    if printed is None or printed == computed.due:
        return replace(computed, steps=tuple(steps), doubt=doubt)
    later = "later" if printed > computed.due else "earlier"
    steps.append(f"Your notice prints {plain_day(printed)}, which is {later}. The date on your own notice counts.")
    return replace(computed, due=printed, at=None, steps=tuple(steps), doubt=doubt)


def _printed_only(card: RuleCard, event: Event) -> Deadline | None:
    if event.printed is None:
        return None
    step = f"Your notice prints {plain_day(event.printed)}."
    return Deadline(card=card, due=event.printed, steps=(step,), doubt=_dates_in_doubt(event))


def _dates_in_doubt(event: Event) -> str:
    if event.received and event.dated and event.dated > event.received.day:
        return (
            f"The notice is dated {plain_day(event.dated)}, after the day it came, {plain_day(event.received.day)}. "
            "Please check both dates."
        )
    return ""


def _words(unit: Unit, number: int) -> str:
    return _UNIT_WORDS[unit][0 if number == 1 else 1]
