"""Noting in the library that a packet was made, so that a copy of it can be told later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill, MadePacket
from medbills_desktop.store.work import Work

NOTED = "Note that a packet was made"


@dataclass(frozen=True, slots=True)
class NotePacket:
    """Note a packet that is whole on the disk, once for each of its bills; `refs` are their ids in case files.

    `sha256` and `size` (bytes) are those of the file, `file` its name without the folder; `made_at` is a UTC instant,
    now where it is not given. Bills that are gone since are passed over.
    """

    refs: tuple[str, ...]
    packet_id: str
    audience: str
    prepared_on: Day
    file: str
    sha256: str
    size: int
    pages: int
    redacted: bool = False
    made_at: datetime | None = None

    @property
    def label(self) -> str:
        return NOTED

    def run(self, work: Work) -> list[MadePacket]:
        made_at = (self.made_at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        bills = [bill for ref in dict.fromkeys(self.refs) for bill in work.find(Bill, ref=ref)]
        return [work.add(self._of(bill, made_at)) for bill in bills]

    def _of(self, bill: Bill, made_at: str) -> MadePacket:
        return MadePacket(
            bill_id=bill.id,
            packet_id=self.packet_id,
            audience=self.audience,
            prepared_on=self.prepared_on,
            made_at=made_at,
            file=self.file,
            sha256=self.sha256,
            size=self.size,
            pages=self.pages,
            redacted=self.redacted,
        )
