"""The list of bills, and choosing among them."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class BillRow:
    """One bill as the list shows it. `asked` is the balance of its newest statement that states one.

    `next_step` and `next_due` come beside the list, once the next steps are known.
    """

    id: int
    biller: str
    patient: str
    account_number: str | None
    visit_id: int | None
    visit_start: Moment | None
    asked: Cents | None
    status: str | None
    next_step: str = ""
    next_due: Day | None = None


_LIST = """
SELECT bill.id, biller.name AS biller, person.name AS patient, bill.account_number, bill.visit_id, visit.start,
  (SELECT balance FROM statement WHERE bill_id = bill.id AND balance IS NOT NULL ORDER BY date DESC, id DESC LIMIT 1) AS asked,
  bill.status
FROM bill JOIN organization AS biller ON biller.id = bill.biller_id JOIN person ON person.id = bill.person_id
LEFT JOIN visit ON visit.id = bill.visit_id
ORDER BY bill.id
"""


@dataclass(frozen=True, slots=True)
class ListBills:
    """All bills, in the order of entry."""

    def __call__(self, reader: Reader) -> list[BillRow]:
        rows = reader.rows(_LIST)
        return [
            BillRow(
                number,
                biller,
                patient,
                account,
                visit_id,
                Moment.from_text(start) if start else None,
                None if asked is None else Cents(asked),
                status,
            )
            for number, biller, patient, account, visit_id, start, asked, status in rows
        ]


@dataclass(frozen=True, slots=True)
class BillChoice:
    """A bill to choose in a form: `name` tells it from all others, `biller` is the name on its letterhead."""

    id: int
    name: str
    biller: str


@dataclass(frozen=True, slots=True)
class ListBillChoices:
    """Every bill as one readable name: biller, account and patient."""

    def __call__(self, reader: Reader) -> list[BillChoice]:
        rows = reader.rows(
            "SELECT bill.id, organization.name, bill.account_number, person.name AS patient FROM bill "
            "JOIN organization ON organization.id = bill.biller_id JOIN person ON person.id = bill.person_id "
            "ORDER BY organization.name COLLATE NOCASE, bill.id"
        )
        return [
            BillChoice(
                row.id, " · ".join(part for part in (row.name, row.account_number, row.patient) if part), row.name
            )
            for row in rows
        ]


@dataclass(frozen=True, slots=True)
class ListNames:
    """Names of all records of a named kind, for type-ahead: organizations or people."""

    kind: str

    def __call__(self, reader: Reader) -> list[str]:
        if self.kind not in ("organization", "person"):
            raise ValueError(self.kind)
        return [str(row[0]) for row in reader.rows(f"SELECT name FROM {self.kind} ORDER BY name COLLATE NOCASE")]
