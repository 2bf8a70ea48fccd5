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
    """Billed, still asked and taken off over all bills, or those of one patient, as of a day and by month."""

    today: Day
    person_id: int | None = None

    def __call__(self, reader: Reader) -> Progress:
        bills = reader.find(Bill) if self.person_id is None else reader.find(Bill, person_id=self.person_id)
        ids = {bill.id for bill in bills}
        found = [
            *bills,
            *(one for kind in (Statement, Payment, Offer) for one in reader.find_any(kind, "bill_id", ids)),
        ]
        lines = {int(row[0]): Cents(row[1]) for row in reader.rows(_LINES)}
        return progress(case_of(found), self.today, lines)
