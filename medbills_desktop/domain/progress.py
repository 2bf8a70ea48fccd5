"""How far one has come over all bills, by month: what was billed, what is still asked, and what was taken off.

Only papers and payments count. A month in which nothing new came keeps the figures of the month before, and a figure
that no paper states is `None`, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents, total
from medbills_desktop.domain.offers import accepted_offer
from medbills_desktop.domain.outcome import outcome_of
from medbills_desktop.domain.records import Bill, Offer, Payment, Statement
from medbills_desktop.domain.rules.running import CLOSED

MOST_MONTHS = 36
"""Months that are told, the newest; figures of today count everything."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The three figures in cents. `None` where no bill states one.

    `billed` are the total charges, `asked` what the newest statements ask (nothing on a bill that is done with), `off`
    how much less is asked than at first beyond what was paid: what they took off, or an insurer paid.
    """

    billed: Cents | None = None
    asked: Cents | None = None
    off: Cents | None = None


NO_FIGURES = Figures()


@dataclass(frozen=True, slots=True)
class Month:
    """The figures as they stood at the end of a month, or today in the month that is running."""

    first: Day
    figures: Figures


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of today, those of each month since the first statement, and how many bills state no balance."""

    today: Figures
    months: tuple[Month, ...] = ()
    bills: int = 0
    without: int = 0


def progress(case: Case, today: Day, line_totals: Mapping[int, Cents] | None = None) -> Progress:
    """The progress over all bills of a case up to `today`; what is dated later does not count yet.

    `line_totals` are the charges of the lines by bill, which stand in where no statement gives a total.
    """
    bills = [_OnBill.of(case, bill, (line_totals or {}).get(bill.id)) for bill in case.all(Bill)]
    days = [one.statements[0].date for one in bills if one.statements and one.statements[0].date <= today]
    months = (
        tuple(Month(first, _sum(bills, min(_end(first), today))) for first in _months(min(days), today)) if days else ()
    )
    now = _sum(bills, today)
    without = sum(one.asked(today) is None for one in bills)
    return Progress(now, months, len(bills), without)


@dataclass(frozen=True, slots=True)
class _OnBill:
    """One bill with what its figures follow from, each oldest first."""

    statements: tuple[Statement, ...]
    payments: tuple[Payment, ...]
    line_total: Cents | None
    offers: tuple[Offer, ...]
    closed: Day | None

    @classmethod
    def of(cls, case: Case, bill: Bill, line_total: Cents | None) -> _OnBill:
        statements, payments = case.statements(bill.id), case.of(Payment, "bill_id", bill.id)
        offers = tuple(one for one in case.of(Offer, "bill_id", bill.id) if one.status == "accepted")
        days = [*(one.date for one in statements), *(one.date for one in payments), *(one.date for one in offers)]
        closed = max(days, default=None) if bill.status in CLOSED else None
        return cls(statements, payments, line_total, offers, closed)

    def billed(self, day: Day) -> Cents | None:
        stated = [one.total_charges for one in self._until(day) if one.total_charges is not None]
        if stated:
            return stated[-1]
        return self.line_total if self._until(day) else None

    def asked(self, day: Day) -> Cents | None:
        stating = self._stating(day)
        if stating and self.closed is not None and self.closed <= day:
            return Cents(0)
        return stating[-1].balance if stating else None

    def off(self, day: Day) -> Cents | None:
        """What has come off until a day, as the Offers tab counts it; an agreement only once the bill is done with."""
        if not self._stating(day):
            return None
        done = self.closed is not None and self.closed <= day
        agreed = accepted_offer(one for one in self.offers if one.date <= day) if done else None
        paid = [one for one in self.payments if one.date <= day]
        found = outcome_of(self._until(day), paid, agreed, done)
        return found.off if found else Cents(0)

    def _until(self, day: Day) -> list[Statement]:
        return [one for one in self.statements if one.date <= day]

    def _stating(self, day: Day) -> list[Statement]:
        return [one for one in self._until(day) if one.balance is not None]


def _sum(bills: list[_OnBill], day: Day) -> Figures:
    return Figures(
        total([one.billed(day) for one in bills]),
        total([one.asked(day) for one in bills]),
        total([one.off(day) for one in bills]),
    )


def _months(first: Day, today: Day) -> list[Day]:
    """The first day of each month, from that of one day to that of another."""
    start = first.year * 12 + first.month - 1
    end = today.year * 12 + today.month - 1
    return [Day(number // 12, number % 12 + 1, 1) for number in range(max(start, end - MOST_MONTHS + 1), end + 1)]


def _end(first: Day) -> Day:
    return (first + timedelta(31)).replace(day=1) - timedelta(1)
