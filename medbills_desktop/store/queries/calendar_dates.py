"""What is due from today on, and the mark of the library by which calendars know its entries again."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.calendar_dates import CalendarDate, calendar_dates
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import (
    Appeal,
    Assistance,
    Authorization,
    Bill,
    Call,
    CallBill,
    Claim,
    ClaimLine,
    Collection,
    Estimate,
    Letter,
    Offer,
    Organization,
    Payment,
    Person,
    Policy,
    Promise,
    Record,
    Statement,
    Task,
    Visit,
)
from medbills_desktop.store.journal import BEGINNING
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.reader import Reader

_KINDS: tuple[type[Record], ...] = (
    Person,
    Organization,
    Policy,
    Visit,
    Bill,
    Statement,
    Claim,
    ClaimLine,
    Appeal,
    Collection,
    Letter,
    Assistance,
    Estimate,
    Offer,
    Payment,
    Call,
    CallBill,
    Promise,
    Task,
    Authorization,
)


@dataclass(frozen=True, slots=True)
class ListCalendarDates:
    """Deadlines, promises, tasks, answers and offers of all open bills from a day on."""

    today: Day

    def __call__(self, reader: Reader) -> tuple[CalendarDate, ...]:
        case = case_of(record for kind in _KINDS for record in reader.find(kind))
        return calendar_dates(case, CardsOn()(reader), self.today)


@dataclass(frozen=True, slots=True)
class LibraryMark:
    """Some letters that are this library's own for as long as it lives, from the first entry of its journal."""

    def __call__(self, reader: Reader) -> str:
        first = reader.scalar("SELECT hash FROM journal ORDER BY seq LIMIT 1")
        return str(first or BEGINNING)[:20]
