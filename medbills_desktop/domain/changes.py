"""What one change did to the library: the record from which undo, the journal and screen refresh all come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Image = Mapping[str, Any]
"""One row as stored: column name to integer, text or `None`."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after; `before` is `None` for a new row, `after` for one that was removed."""

    kind: str
    id: int
    before: Image | None
    after: Image | None

    def reversed(self) -> RowChange:
        return RowChange(self.kind, self.id, self.after, self.before)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """All rows that one command changed, under the name that the Edit menu shows."""

    label: str
    rows: tuple[RowChange, ...]

    def reversed(self) -> ChangeSet:
        """The same change backwards: rows in reverse order, before and after exchanged."""
        return ChangeSet(self.label, tuple(row.reversed() for row in reversed(self.rows)))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of record touched, by which a page decides whether it is stale."""
        return frozenset(row.kind for row in self.rows)

    def ids(self, kind: str) -> frozenset[int]:
        """Ids of the rows of one kind that were touched."""
        return frozenset(row.id for row in self.rows if row.kind == kind)
