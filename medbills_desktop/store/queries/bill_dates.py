"""The clocks of one bill, in groups: running, passed, ended, and those whose date is missing."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill
from medbills_desktop.domain.rules.bill_dates import BillDates, bill_dates
from medbills_desktop.store.queries.rule_cards import CardsOn
from medbills_desktop.store.queries.steps import read_for_steps
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class ReadBillDates:
    """The clocks of a bill as of a day; none where the bill is gone."""

    bill_id: int
    today: Day

    def __call__(self, reader: Reader) -> BillDates:
        case = read_for_steps(reader, (self.bill_id,))
        bill = case.find(Bill, self.bill_id)
        return bill_dates(case, bill, CardsOn()(reader), self.today) if bill else BillDates()
