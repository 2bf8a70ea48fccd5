"""What the progress over all bills follows from, and the progress itself."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.progress import Progress, progress
from medbills_desktop.domain.records import Bill, Line, Offer, Payment, Statement
from medbills_desktop.store.reader import Reader

PROGRESS_KINDS = frozenset(kind.KIND for kind in (Bill, Line, Offer, Payment, Statement))

_LINES = """
SELECT bill_id, sum(charge) FROM line
WHERE charge IS NOT NULL AND coalesce(mark, '') <> 'removed_by_biller' GROUP BY bill_id
"""


@dataclass(frozen=True, slots=True)
class ReadProgress:
    """Billed, still asked and taken off over all bills, as of a day and by month."""

    today: Day

    def __call__(self, reader: Reader) -> Progress:
        found = [*reader.find(Bill), *reader.find(Statement), *reader.find(Payment), *reader.find(Offer)]
        lines = {int(row[0]): Cents(row[1]) for row in reader.rows(_LINES)}
        return progress(case_of(found), self.today, lines)
