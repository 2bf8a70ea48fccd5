"""The lines of one bill as an editable grid. Typing builds commands; the model itself never writes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QFont

from medbills_desktop.commands.lines import AddLines, EditLines, MarkLines
from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.held_cells import HeldCells
from medbills_desktop.qt.bill.line_cells import CELLS, MARK, cell_text, edit_text, shape_warning, typed_value
from medbills_desktop.qt.row_steps import row_steps
from medbills_desktop.qt.rows_model import KEY_ROLE, PILL_ROLE, ROW_ROLE, SENTENCE_ROLE, Index, Role
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import token

BLANK = 0
"""Stands for the id of the blank row, in which the next line is typed."""

_WARNED = (Role.ForegroundRole, Role.FontRole, Role.ToolTipRole, Role.AccessibleTextRole)
"""How a code of an unusual shape differs from others."""


class LinesModel(QAbstractTableModel):
    """Lines in paper order with one blank row, at the end or where a line is to be inserted.

    A new line is kept as soon as it has what the bill says; cells typed before that, and texts that can't be read,
    wait in `held`. Signals: `refused` carries a `UserError`; `held_changed` and `accepted` carry nothing.
    """

    refused = Signal(object)
    held_changed = Signal()
    accepted = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: dict[int, Line] = {}
        self._rows: list[int] = []
        self._after: int | None = None
        self.bill_id: int | None = None
        self.held = HeldCells()
        self._tags: dict[str, Any] = {}

    def set_lines(self, bill_id: int | None, lines: Sequence[Line]) -> None:
        """Show the lines of a bill; only the rows that differ cause a signal, so that what is chosen stays chosen."""
        fresh = {line.id: line for line in lines}
        if bill_id != self.bill_id:
            self.beginResetModel()
            self.bill_id, self._lines, self._after = bill_id, fresh, None
            self._rows = self._with_blank(list(fresh))
            self.endResetModel()
            return
        if self._after is not None and self._after not in fresh:
            self._after = None
        changed = [key for key, line in fresh.items() if key in self._lines and self._lines[key] != line]
        self._lines = fresh
        self._set_rows(self._with_blank(list(fresh)))
        for key in changed:
            self._tell_row(self._rows.index(key))

    def put_line(self, line: Line) -> None:
        """Show a line that was changed, in its place."""
        self._lines[line.id] = line
        self._tell_row(self.number_of(line.id))

    def put_blank(self, after: int | None) -> int:
        """Put the blank row below a line (0: above all, `None`: at the end); gives its row."""
        self._after = after
        self._set_rows(self._with_blank([key for key in self._rows if key != BLANK]))
        return self._rows.index(BLANK)

    @property
    def blank_row(self) -> int:
        """The row in which the next line is typed, or -1 while no bill is shown."""
        return self._rows.index(BLANK) if self._rows else -1

    @property
    def blank_after(self) -> int | None:
        """The line below which the next one is typed (0: above all, `None`: at the end)."""
        return self._after

    @property
    def blank_moved(self) -> bool:
        """Whether the blank row stands between lines."""
        return self._after is not None

    def id_at(self, number: int) -> int:
        """The id of the line in a row; `BLANK` for the blank one and outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else BLANK

    def line_at(self, number: int) -> Line | None:
        """The line of a row, or `None` for the blank one."""
        return self._lines.get(self.id_at(number))

    @property
    def lines(self) -> list[Line]:
        """All lines in paper order."""
        return [self._lines[key] for key in self._rows if key != BLANK]

    def number_of(self, line_id: int) -> int:
        """The row of a line, or -1."""
        return self._rows.index(line_id) if line_id in self._lines else -1

    def hold(self, index: Index, text: str) -> None:
        """Keep a typed text beside the lines, as it is."""
        self.held.put(self.id_at(index.row()), CELLS[index.column()].field.name, text)
        self._tell_row(index.row())
        self.held_changed.emit()

    def let_go(self, index: Index) -> None:
        """Forget a typed text that could not be read, so that the kept value shows again."""
        if self.held.drop(self.id_at(index.row()), CELLS[index.column()].field.name):
            self._tell_row(index.row())
            self.held_changed.emit()

    def tag(self, values: dict[str, Any]) -> None:
        """Facts without a column that the line in the blank row gets, such as the system of its code."""
        self._tags = values

    def hold_again(self, held: HeldCells) -> None:
        """Put back what was typed and not kept, after a bill was shown again."""
        self.held = held
        for key in held.rows():
            if key == BLANK or key in self._lines:
                self._tell_row(self._rows.index(key))

    def _with_blank(self, keys: list[int]) -> list[int]:
        if self.bill_id is None:
            return []
        place = len(keys) if self._after is None else keys.index(self._after) + 1 if self._after else 0
        return [*keys[:place], BLANK, *keys[place:]]

    def _set_rows(self, rows: list[int]) -> None:
        steps = row_steps(self._rows, rows, BLANK)
        if steps is None:
            return
        next_row = steps.first + steps.replaced
        if steps.inserted:
            self.beginInsertRows(QModelIndex(), next_row, next_row + steps.inserted - 1)
            self._rows = rows
            self.endInsertRows()
        elif steps.removed:
            self.beginRemoveRows(QModelIndex(), next_row, next_row + steps.removed - 1)
            self._rows = rows
            self.endRemoveRows()
        self._rows = rows
        if steps.replaced:
            last = self.index(next_row - 1, len(CELLS) - 1)
            self.dataChanged.emit(self.index(steps.first, 0), last)

    def _tell_row(self, number: int) -> None:
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(CELLS) - 1))

    # Qt's own names from here on

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(CELLS)

    def flags(self, _index: Index) -> Qt.ItemFlag:
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        writable = self._session.library.mode == "write"
        return found | Qt.ItemFlag.ItemIsEditable if writable else found

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1) if role == Role.DisplayRole else None
        if role == Role.DisplayRole:
            return CELLS[section].title
        return _side(CELLS[section].right) if role == Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if role == Role.TextAlignmentRole:
            return _side(CELLS[index.column()].right)
        if role == SENTENCE_ROLE:
            return CELLS[index.column()].field.name in ("description", "reason")
        key, name = self.id_at(index.row()), CELLS[index.column()].field.name
        if role == KEY_ROLE:
            return key
        line = self._lines.get(key)
        if role == ROW_ROLE:
            return line
        held = self.held.get(key, name)
        if held is not None:
            return self._held_data(index, role, held)
        return self._blank_data(index, role) if line is None else self._line_data(line, index, role)

    def _line_data(self, line: Line, index: Index, role: int) -> Any:
        warning = shape_warning(line, index.column()) if role in _WARNED else None
        if warning:
            return self._warned_data(line, index, role, warning)
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return cell_text(line, index.column())
        if role == Role.EditRole:
            return edit_text(line, index.column())
        if role == Role.AccessibleTextRole:
            text = cell_text(line, index.column()) or self.tr("not known")
            return f"{CELLS[index.column()].title}: {text}"
        if role == PILL_ROLE and index.column() == MARK and line.mark != "unreviewed":
            return words.mark_tone(line.mark)
        return None

    def _warned_data(self, line: Line, index: Index, role: int, warning: str) -> Any:
        """A code of an unusual shape is underlined, and says why in its tip and to a screen reader; it is kept."""
        if role == Role.ForegroundRole:
            return token("amber")
        if role == Role.FontRole:
            font = QFont()
            font.setUnderline(True)
            return font
        if role == Role.ToolTipRole:
            return warning
        return f"{CELLS[index.column()].title}: {cell_text(line, index.column()) or self.tr('not known')}. {warning}"

    def _held_data(self, index: Index, role: int, text: str) -> Any:
        title = CELLS[index.column()].title
        if role == Role.EditRole:
            return text
        shown, problem = HeldCells.read(index.column(), text)
        if role == Role.DisplayRole:
            return shown
        if role == Role.ForegroundRole and problem:
            return token("red")
        if role == Role.ToolTipRole:
            return problem or shown
        if role == Role.AccessibleTextRole:
            return f"{title}: {shown}. {problem}" if problem else f"{title}: {shown}"
        return None

    def _blank_data(self, index: Index, role: int) -> Any:
        if role == Role.DisplayRole and CELLS[index.column()].field.name == "description" and self._invites():
            return self.tr("Type the first line here, or paste rows from a spreadsheet")
        if role == Role.ForegroundRole:
            return token("muted")
        if role == Role.AccessibleTextRole:
            return self.tr("{title}, new line").format(title=CELLS[index.column()].title)
        return None

    def _invites(self) -> bool:
        return not self._lines and not self.held.of(BLANK)

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Take a typed text: kept at once where it can be read, held as it is where it can't."""
        if role != Role.EditRole or self.bill_id is None:
            return False
        key, name, text = self.id_at(index.row()), CELLS[index.column()].field.name, str(value)
        if key != BLANK and text == edit_text(self._lines[key], index.column()):
            self.let_go(index)
            return self._was_accepted()
        try:
            typed = typed_value(index.column(), text) if key != BLANK or text.strip() else None
        except UserError as error:
            self.hold(index, text)
            self.refused.emit(error)
            return False
        if key == BLANK:
            return self._type_blank(index, name, text if typed is not None else "")
        self.let_go(index)
        return self._type_over(self._lines[key], name, typed)

    def _type_over(self, line: Line, name: str, typed: Any) -> bool:
        if getattr(line, name) == typed or (name == "mark" and not typed and line.mark in (None, "unreviewed")):
            return self._was_accepted()
        if name == "mark":
            return self._perform(MarkLines((line.id,), typed or "unreviewed"))
        return self._perform(EditLines(((line.id, ((name, typed),)),)))

    def _type_blank(self, index: Index, name: str, text: str) -> bool:
        self.held.put(BLANK, name, text)
        self._tell_row(index.row())
        self.held_changed.emit()
        if self.bill_id is None or not self.held.get(BLANK, "description"):
            return self._was_accepted()
        kept = self.held.take_row(BLANK)
        place, line = self._after, dataclasses.replace(kept.line(self.bill_id), **self._tags)
        try:
            added = self._session.desk.perform(AddLines(self.bill_id, (line,), place))
        except UserError as error:
            self.held.put_row(BLANK, kept)
            self.refused.emit(error)
            return False
        self._tags = {}
        if place is not None:
            self.put_blank(added[0].id)
        self.held.put_row(added[0].id, kept.unread())
        self._tell_row(self.number_of(added[0].id))
        self.held_changed.emit()
        return self._was_accepted()

    def _perform(self, command: EditLines | MarkLines) -> bool:
        try:
            self._session.desk.perform(command)
        except UserError as error:
            self.refused.emit(error)
            return False
        return self._was_accepted()

    def _was_accepted(self) -> bool:
        self.accepted.emit()
        return True


def _side(right: bool) -> Qt.AlignmentFlag:
    return (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
