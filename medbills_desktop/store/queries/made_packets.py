"""Packets that were made of a bill, and the state of the records apart from notes about that."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.records import MadePacket
from medbills_desktop.store.reader import Reader

_HEAD = """
SELECT hash FROM journal WHERE label NOT IN (?, 'Undo: ' || ?, 'Redo: ' || ?) ORDER BY seq DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class ListMadePackets:
    """The packets made of a bill, the newest first."""

    bill_id: int

    def __call__(self, reader: Reader) -> list[MadePacket]:
        return sorted(
            reader.find(MadePacket, bill_id=self.bill_id), key=lambda made: (made.made_at, made.id), reverse=True
        )


@dataclass(frozen=True, slots=True)
class HeadWithout:
    """The hash of the newest journal entry but those of one step, by its label; `None` where there is no other.

    A packet names the state of the records that it was made from; that it was made changes nothing it tells.
    """

    label: str

    def __call__(self, reader: Reader) -> str | None:
        found = reader.rows(_HEAD, self.label, self.label, self.label)
        return found[0].hash if found else None
