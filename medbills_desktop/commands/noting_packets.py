"""Noting in the library that a packet was made, so that a copy of it can be told later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, MadePacket
from medbills_desktop.store.library import Library
from medbills_desktop.store.work import Work

NOTED = "Note that a packet was made"


@dataclass(frozen=True, slots=True)
class NotedFile:
    """A file of a packet: its name without the folder, the hash of its bytes, size in bytes, and pages in it."""

    file: str
    sha256: str
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class NotePacket:
    """Note a packet that is whole on the disk, once for each of its bills; `refs` are their ids in case files.

    `sha256` and `size` (bytes) are those of the file, `file` its name without the folder; `made_at` is a UTC instant,
    now where it is not given. Bills that are gone since are passed over. `further` are the volumes after the first,
    each noted as a file of its own, so that a copy of any of them can be told later.
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
    further: tuple[NotedFile, ...] = ()

    @property
    def label(self) -> str:
        return NOTED

    def run(self, work: Work) -> list[MadePacket]:
        made_at = (self.made_at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
        bills = [bill for ref in dict.fromkeys(self.refs) for bill in work.find(Bill, ref=ref)]
        files = (NotedFile(self.file, self.sha256, self.size, self.pages), *self.further)
        # the newest is told first, so the first volume is noted last
        return [work.add(self._of(bill, file, made_at)) for bill in bills for file in reversed(files)]

    def _of(self, bill: Bill, noted: NotedFile, made_at: str) -> MadePacket:
        return MadePacket(
            bill_id=bill.id,
            packet_id=self.packet_id,
            audience=self.audience,
            prepared_on=self.prepared_on,
            made_at=made_at,
            file=noted.file,
            sha256=noted.sha256,
            size=noted.size,
            pages=noted.pages,
            redacted=self.redacted,
        )


def note_at_rest(folder: Path, note: NotePacket) -> str:
    """Note a packet in a library that nobody has open; returns what keeps it from being noted, else nothing.

    The packet is there already, so a library that can't be written (open elsewhere, read-only) is no refusal.
    """
    try:
        with Library.open(folder) as library:
            library.perform(note.label, note.run)
    except UserError as refusal:
        return refusal.what
    return ""
