"""Adding, editing and removing single records: what forms and tables send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.records import Record
from medbills_desktop.store.work import Work


@dataclass(frozen=True, slots=True)
class AddRecord:
    """Keep one new record."""

    record: Record

    @property
    def label(self) -> str:
        return f"Add {self.record.TITLE}"

    def run(self, work: Work) -> Record:
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
