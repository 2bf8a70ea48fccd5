"""The figures of each bill that several pages print, taken once, and words for dates and amounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.money_views import MoneyViews, money_views
from medbills_desktop.domain.records import Bill, Visit
from medbills_desktop.packet.scope import Scope


@dataclass(frozen=True, slots=True)
class BillFigures:
    """One bill with its three views and the days of care that it is for."""

    bill: Bill
    views: MoneyViews
    service: str

    @property
    def billed(self) -> Cents | None:
        return self.views.provider_says.charges

    @property
    def asked(self) -> Cents | None:
        return self.views.provider_says.asked

    @property
    def disputed(self) -> Cents | None:
        return self.views.i_say.disputed

    @property
    def share(self) -> Cents | None:
        return self.views.insurer_says.your_share


def bill_figures(scope: Scope) -> tuple[BillFigures, ...]:
    """The figures of every bill of the packet, in its order."""
    return tuple(BillFigures(bill, money_views(scope.case, bill.id), service_days(scope, bill)) for bill in scope.bills)


def service_days(scope: Scope, bill: Bill) -> str:
    """The days of care of a bill: those of its visit, else those of its lines, else nothing."""
    visit = scope.case.find(Visit, bill.visit_id)
    if visit and visit.start:
        return day_span(visit.start.day, visit.end.day if visit.end else visit.start.day)
    days = [line.date.day for line in scope.case.lines(bill.id) if line.date]
    return day_span(min(days), max(days)) if days else ""


def day_span(first: Day, last: date) -> str:
    """One day, or the first and the last of several: `Oct 17–18, 2025`, `Oct 30 – Nov 2, 2025`."""
    if first == last:
        return plain_day(first)
    until = plain_day(last)
    if first.year != last.year:
        return f"{plain_day(first)} – {until}"
    if first.month != last.month:
        return f"{plain_day(first).rpartition(',')[0]} – {until}"
    return f"{plain_day(first).rpartition(',')[0]}–{until.partition(' ')[2]}"


def all_known(amounts: Iterable[Cents | None]) -> Cents | None:
    """The sum of amounts if every one is known, else `None`: a total that leaves something out is no total."""
    found = list(amounts)
    known = [amount for amount in found if amount is not None]
    return Cents(sum(known)) if known and len(known) == len(found) else None


def known_sum(amounts: Iterable[Cents | None]) -> Cents | None:
    """The sum of the known amounts, `None` where none is."""
    known = [amount for amount in amounts if amount is not None]
    return Cents(sum(known)) if known else None


def quantity(value: Decimal | None) -> str:
    """A number of units without needless zeros; a dash where it is not known."""
    if value is None:
        return "–"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def code_words(code: str | None, modifiers: tuple[str, ...] | None) -> str:
    """A code with its modifiers as bills print them; a dash where there is none."""
    return " ".join(filter(None, (code, *(modifiers or ())))) or "–"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun: `1 page`, `2 pages`, `1,200 pages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
