"""The contact log as lists."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from medbills_desktop.domain.dates import Moment
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class CallRow:
    """One call as the log shows it; `promises` counts the open ones."""

    id: int
    started: Moment
    organization: str | None
    representative: str | None
    channel: str | None
    direction: str | None
    minutes: Decimal | None
    reference_number: str | None
    said: str
    bills: str
    promises: int


_LIST = """
SELECT call.id, call.started, organization.name AS organization, call.representative, call.channel, call.direction,
  call.minutes, call.reference_number, coalesce(call.said, call.asked, '') AS said,
  (SELECT group_concat(organization.name, ', ') FROM call_bill JOIN bill ON bill.id = call_bill.bill_id
    JOIN organization ON organization.id = bill.biller_id WHERE call_bill.call_id = call.id) AS bills,
  (SELECT count(*) FROM promise WHERE promise.call_id = call.id AND coalesce(status, 'open') = 'open') AS promises
FROM call LEFT JOIN organization ON organization.id = call.organization_id
"""


@dataclass(frozen=True, slots=True)
class ListCalls:
    """All calls, or those about one bill, newest first."""

    bill_id: int | None = None

    def __call__(self, reader: Reader) -> list[CallRow]:
        about = " WHERE call.id IN (SELECT call_id FROM call_bill WHERE bill_id = ?)" if self.bill_id else ""
        values = (self.bill_id,) if self.bill_id else ()
        rows = reader.rows(f"{_LIST}{about} ORDER BY call.started DESC, call.id DESC", *values)
        return [
            CallRow(
                number,
                Moment.from_text(started),
                organization,
                representative,
                channel,
                direction,
                Decimal(minutes) if minutes else None,
                reference,
                " ".join(said.split()),
                bills or "",
                promises,
            )
            for (
                number,
                started,
                organization,
                representative,
                channel,
                direction,
                minutes,
                reference,
                said,
                bills,
                promises,
            ) in rows
        ]


@dataclass(frozen=True, slots=True)
class StateOf:
    """The state that is noted of an organization with this name; empty where none is."""

    organization: str

    def __call__(self, reader: Reader) -> str:
        sql = "SELECT state FROM organization WHERE name = ? COLLATE NOCASE AND state IS NOT NULL ORDER BY id LIMIT 1"
        return str(reader.scalar(sql, self.organization.strip()) or "")
