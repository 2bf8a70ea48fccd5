"""The lines of one bill as an editable grid. Typing builds commands; the model itself never writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal

from medbills_desktop.commands.lines import AddLines, EditLines, MarkLines
from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import CELLS, MARK, cell_text, edit_text, typed_value
from medbills_desktop.qt.rows_model import KEY_ROLE, PILL_ROLE, ROW_ROLE, Index, Role
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import token


class LinesModel(QAbstractTableModel):
    """Lines in paper order with one blank row at the end, in which the next line is typed.

    A new line is kept as soon as it has what the bill says; cells typed before that wait in `pending`. Signals:
    `refused` carries a `UserError`; `pending_changed` carries nothing.
    """

    refused = Signal(object)
    pending_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[Line] = []
        self.bill_id: int | None = None
        self.pending: dict[str, Any] = {}

    def set_lines(self, bill_id: int | None, lines: Sequence[Line]) -> None:
        """Show the lines of a bill; the same rows cause no signal, an edit or an added row only its own."""
        fresh = list(lines)
        if bill_id == self.bill_id and [line.id for line in fresh] == [line.id for line in self._lines]:
            for number, (new, old) in enumerate(zip(fresh, self._lines, strict=True)):
                if new != old:
                    self._lines[number] = new
                    self.dataChanged.emit(self.index(number, 0), self.index(number, len(CELLS) - 1))
            return
        grown = bill_id == self.bill_id and fresh[: len(self._lines)] == self._lines
        if grown:
            self.beginInsertRows(QModelIndex(), len(self._lines), len(fresh) - 1)
            self._lines = fresh
            self.endInsertRows()
            return
        self.beginResetModel()
        self.bill_id, self._lines = bill_id, fresh
        self.endResetModel()

    def line_at(self, number: int) -> Line | None:
        """The line of a row, or `None` for the blank one."""
        return self._lines[number] if 0 <= number < len(self._lines) else None

    @property
    def lines(self) -> Sequence[Line]:
        return self._lines

    def number_of(self, line_id: int) -> int:
        """The row of a line, or -1."""
        return next((number for number, line in enumerate(self._lines) if line.id == line_id), -1)

    def set_pending(self, values: dict[str, Any]) -> None:
        """Put back what was typed in the blank row before."""
        self.pending = dict(values)
        row = len(self._lines)
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(CELLS) - 1))

    # Qt's own names from here on

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or self.bill_id is None else len(self._lines) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(CELLS)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        writable = self._session.library.mode == "write"
        return found | Qt.ItemFlag.ItemIsEditable if writable else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole and section < len(self._lines) else None
        if role == Role.DisplayRole:
            return CELLS[section].title
        if role == Role.TextAlignmentRole:
            return _side(CELLS[section].right)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        line = self.line_at(index.row())
        if line is None:
            return self._pending_data(index, role)
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return cell_text(line, index.column())
        if role == Role.EditRole:
            return edit_text(line, index.column())
        if role == Role.TextAlignmentRole:
            return _side(CELLS[index.column()].right)
        if role == Role.AccessibleTextRole:
            text = cell_text(line, index.column()) or "not known"
            return f"{CELLS[index.column()].title}: {text}, line {index.row() + 1}"
        if role == KEY_ROLE:
            return line.id
        if role == ROW_ROLE:
            return line
        if role == PILL_ROLE and index.column() == MARK and line.mark != "unreviewed":
            return words.mark_tone(line.mark)
        return None

    def _pending_data(self, index: Index, role: int) -> Any:
        name = CELLS[index.column()].field.name
        if role in (Role.DisplayRole, Role.EditRole) and name in self.pending:
            held: dict[str, Any] = {name: self.pending[name]}
            blank = dataclasses.replace(Line(bill_id=0, description=""), **held)
            return cell_text(blank, index.column()) if role == Role.DisplayRole else edit_text(blank, index.column())
        if role == Role.DisplayRole and name == "description" and not self._lines and not self.pending:
            return self.tr("Type the first line here, or paste rows from a spreadsheet")
        if role == Role.ForegroundRole and name not in self.pending:
            return token("muted")
        if role == Role.TextAlignmentRole:
            return _side(CELLS[index.column()].right)
        if role == Role.AccessibleTextRole:
            return f"{CELLS[index.column()].title}, new line"
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or self.bill_id is None:
            return False
        try:
            typed = typed_value(index.column(), str(value))
        except UserError as error:
            self.refused.emit(error)
            return False
        line = self.line_at(index.row())
        name = CELLS[index.column()].field.name
        return self._type_new(name, typed) if line is None else self._type_over(line, name, typed)

    def _type_over(self, line: Line, name: str, typed: Any) -> bool:
        if getattr(line, name) == typed:
            return True
        if name == "mark":
            return self._perform(MarkLines((line.id,), typed or "unreviewed"))
        return self._perform(EditLines(((line.id, ((name, typed),)),)))

    def _type_new(self, name: str, typed: Any) -> bool:
        if typed is None:
            self.pending.pop(name, None)
        else:
            self.pending[name] = typed
        if "description" in self.pending and self.bill_id is not None:
            line = Line(bill_id=self.bill_id, **self.pending)
            self.pending = {}
            self._perform(AddLines(self.bill_id, (line,)))
        else:
            row = len(self._lines)
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(CELLS) - 1))
        self.pending_changed.emit()
        return True

    def _perform(self, command: Any) -> bool:
        try:
            self._session.desk.perform(command)
        except UserError as error:
            self.refused.emit(error)
            return False
        return True


def _side(right: bool) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
