"""Adding, editing and removing single records: what forms and tables send."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from medbills_desktop.commands.bills import refuse_unconfirmed
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, Document, Record
from medbills_desktop.store.work import Work

AS_RECEIVED = frozenset({"sha256", "size", "media_type", "paper_number", "added_at"})
"""Fields of a paper that are noted once, when its bytes are received; the number is printed on exhibits."""


@dataclass(frozen=True, slots=True)
class AddRecord:
    """Keep one new record."""

    record: Record

    @property
    def label(self) -> str:
        return f"Add {self.record.TITLE}"

    def run(self, work: Work) -> Record:
        if isinstance(self.record, Document):
            _refuse_received(name for name in AS_RECEIVED if getattr(self.record, name) is not None)
        return work.add(self.record)


@dataclass(frozen=True, slots=True)
class EditRecord:
    """Change only the named fields of one record, so that a change made elsewhere to others survives."""

    kind: type[Record]
    id: int
    fields: tuple[tuple[str, Any], ...]

    @property
    def label(self) -> str:
        return f"Edit {self.kind.TITLE}"

    def run(self, work: Work) -> Record:
        if self.kind is Document:
            _refuse_received(name for name, _ in self.fields if name in AS_RECEIVED)
        if self.kind is Bill and ("status", "settled") in self.fields:
            refuse_unconfirmed(work, self.id)
        return work.change(self.kind, self.id, **dict(self.fields))


@dataclass(frozen=True, slots=True)
class RemoveRecord:
    """Remove one record with all that it owns."""

    kind: type[Record]
    id: int

    @property
    def label(self) -> str:
        return f"Remove {self.kind.TITLE}"

    def run(self, work: Work) -> None:
        work.remove(self.kind, self.id)


def _refuse_received(names: Iterable[str]) -> None:
    if any(names):
        raise UserError(
            "What was noted when a paper was received can't be typed or changed.",
            "Add the paper itself; its title, kind, dates and tags can be edited.",
        )
