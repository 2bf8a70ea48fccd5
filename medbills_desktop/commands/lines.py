"""The lines of a bill: typing, pasting, marking, removing, several at once as one step."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.store.work import Work

STEP = 1024
"""Distance between the positions of neighbouring lines, so that others fit between."""

DISPUTING: frozenset[Mark] = frozenset(
    {
        "not_received",
        "cancelled",
        "duplicate",
        "wrong_quantity",
        "wrong_date",
        "wrong_code",
        "bundled",
        "overpriced",
        "covered_by_insurance",
        "already_paid",
        "not_mine",
    }
)
"""Marks that dispute a line: its whole charge is disputed until the user types another amount."""


@dataclass(frozen=True, slots=True)
class AddLines:
    """Put new lines on a bill, at the end, after a given line, or before all (`after_line` 0).

    Their `bill_id` and `position` are set here.
    """

    bill_id: int
    lines: tuple[Line, ...]
    after_line: int | None = None

    @property
    def label(self) -> str:
        return "Add line" if len(self.lines) == 1 else f"Add {len(self.lines)} lines"

    def run(self, work: Work) -> tuple[Line, ...]:
        positions = self._positions(work)
        return tuple(
            work.add(dataclasses.replace(line, id=0, bill_id=self.bill_id, position=position))
            for line, position in zip(self.lines, positions, strict=True)
        )

    def _positions(self, work: Work) -> list[int]:
        present = work.find(Line, bill_id=self.bill_id)
        index = next((i for i, line in enumerate(present) if line.id == self.after_line), len(present) - 1)
        if self.after_line == 0 and present:
            index = -1
        start = present[index].position if index >= 0 else min(0, present[0].position - STEP) if present else 0
        if index == len(present) - 1:
            return [start + STEP * (i + 1) for i in range(len(self.lines))]
        gap = (present[index + 1].position - start) // (len(self.lines) + 1)
        if gap:
            return [start + gap * (i + 1) for i in range(len(self.lines))]
        for line in present[index + 1 :]:
            work.put(dataclasses.replace(line, position=line.position + STEP * (len(self.lines) + 1)))
        return [start + STEP * (i + 1) for i in range(len(self.lines))]


@dataclass(frozen=True, slots=True)
class EditLines:
    """Change the named fields of one or more lines; fields not named stay as they are.

    What is disputed or accepted as a whole stays so when the charge changes.
    """

    edits: tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]

    @property
    def label(self) -> str:
        return "Edit line" if len(self.edits) == 1 else f"Edit {len(self.edits)} lines"

    def run(self, work: Work) -> tuple[Line, ...]:
        return tuple(self._edit(work, line_id, dict(fields)) for line_id, fields in self.edits)

    def _edit(self, work: Work, line_id: int, fields: dict[str, Any]) -> Line:
        if "charge" in fields:
            line = work.get(Line, line_id)
            if line.mark in DISPUTING and line.disputed == line.charge:
                fields.setdefault("disputed", fields["charge"])
            if line.mark == "ok" and line.accepted == line.charge:
                fields.setdefault("accepted", fields["charge"])
        return work.change(Line, line_id, **fields)


@dataclass(frozen=True, slots=True)
class MarkLines:
    """Say what one thinks of lines. A disputing mark disputes the whole charge, "ok" accepts it, others clear both.

    Another disputing mark on a line that is disputed already leaves the amount that the user typed.
    """

    line_ids: tuple[int, ...]
    mark: Mark
    reason: str | None = None

    @property
    def label(self) -> str:
        return "Mark line" if len(self.line_ids) == 1 else f"Mark {len(self.line_ids)} lines"

    def run(self, work: Work) -> None:
        for line_id in self.line_ids:
            line = work.get(Line, line_id)
            still = line.mark in DISPUTING and line.disputed is not None
            work.put(
                dataclasses.replace(
                    line,
                    mark=self.mark,
                    reason=self.reason or line.reason,
                    disputed=(line.disputed if still else line.charge) if self.mark in DISPUTING else None,
                    accepted=line.charge if self.mark == "ok" else None,
                )
            )


@dataclass(frozen=True, slots=True)
class RemoveLines:
    """Take lines off a bill, with their links to papers."""

    line_ids: tuple[int, ...]

    @property
    def label(self) -> str:
        return "Remove line" if len(self.line_ids) == 1 else f"Remove {len(self.line_ids)} lines"

    def run(self, work: Work) -> None:
        if not self.line_ids:
            raise UserError("No line is chosen.", "Choose one or more lines first.")
        for line_id in self.line_ids:
            work.remove(Line, line_id)


@dataclass(frozen=True, slots=True)
class PasteLines:
    """Rows pasted over existing lines and beyond their end, as one step."""

    bill_id: int
    edits: tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]
    new: tuple[Line, ...]
    after_line: int | None = None

    @property
    def label(self) -> str:
        count = len(self.edits) + len(self.new)
        return "Paste 1 row" if count == 1 else f"Paste {count} rows"

    def run(self, work: Work) -> tuple[Line, ...]:
        EditLines(self.edits).run(work)
        return AddLines(self.bill_id, self.new, self.after_line).run(work) if self.new else ()
