"""The grid that one types lines into: keyboard ways, paste, marks by one key."""

from __future__ import annotations

import dataclasses
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QWidget

from medbills_desktop.commands.lines import EditLines, MarkLines, PasteLines, RemoveLines
from medbills_desktop.domain.records import Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.qt.bill.line_cells import BY_NAME, CELLS, LAST_ENTRY, MARK, MARK_KEYS
from medbills_desktop.qt.bill.line_paste import Pasted, read_pasted, without_description
from medbills_desktop.qt.bill.lines_editor import SEPARATOR, LinesDelegate
from medbills_desktop.qt.bill.lines_model import LinesModel
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.store.queries.lines import EarlierLine

LEAST_DESCRIPTION = 200
"""Pixels at 100 % text that "What the bill says" keeps at least; the rest scrolls sideways."""

FILLED = ("code_system", "revenue_code", "unit")
"""What type-ahead fills in beside code and description, where the line has none yet. Never a figure."""


class LinesGrid(QTableView):
    """Signals: `line_chosen` carries the id of the current line or None; `paste_refused` a tuple of sentences;
    `refused` a `UserError`.
    """

    line_chosen = Signal(object)
    paste_refused = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("grid")
        self.setAccessibleName(self.tr("Lines of the bill"))
        self.lines_model = LinesModel(session, self)
        self.setModel(self.lines_model)
        self.delegate = LinesDelegate(self)
        self.setItemDelegate(self.delegate)
        self._dress()
        self.delegate.moved.connect(self._move_on)
        self.delegate.filled.connect(self._fill)
        self.delegate.refused.connect(self.refused)
        self.lines_model.refused.connect(self.refused)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def _dress(self) -> None:
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(px(32))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        for number, cell in enumerate(CELLS):
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(number, px(cell.width or LEAST_DESCRIPTION))
        header.setMinimumSectionSize(px(44))

    def _share_width(self) -> None:
        header, wide = self.horizontalHeader(), BY_NAME["description"]
        others = sum(header.sectionSize(number) for number in range(len(CELLS)) if number != wide)
        header.resizeSection(wide, max(px(LEAST_DESCRIPTION), self.viewport().width() - others))

    def chosen_lines(self) -> list[Line]:
        """The lines in which a cell is chosen, from the top."""
        rows = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        return [line for line in map(self.lines_model.line_at, rows) if line is not None]

    def current_line(self) -> Line | None:
        """The line of the current cell."""
        return self.lines_model.line_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def choose(self, line_id: int) -> bool:
        """Make a line current; False where the bill has it not."""
        number = self.lines_model.number_of(line_id)
        if number >= 0:
            column = max(self.currentIndex().column(), 0)
            self.setCurrentIndex(self.lines_model.index(number, column))
        return number >= 0

    def begin_new(self) -> None:
        """Go to the blank row's first cell."""
        self.setFocus()
        self.setCurrentIndex(self.lines_model.index(len(self.lines_model.lines), 0))

    def mark(self, mark: Mark) -> None:
        """Set the mark of the chosen lines, as one step."""
        lines = self.chosen_lines()
        if lines:
            self._session.perform(MarkLines(tuple(line.id for line in lines), mark))

    def remove_chosen(self) -> None:
        """Take the chosen lines off the bill; undo brings them back."""
        lines = self.chosen_lines()
        if lines:
            self._session.perform(RemoveLines(tuple(line.id for line in lines)))

    def paste(self) -> None:
        """Paste rows from a spreadsheet at the current cell, all or nothing."""
        text = QGuiApplication.clipboard().text()
        if not text.strip() or self.lines_model.bill_id is None:
            return
        start = self.currentIndex() if self.currentIndex().isValid() else self.lines_model.index(0, 0)
        pasted = read_pasted(text, start.column())
        command = self._paste_command(pasted, start.row())
        if command is not None:
            self._session.perform(command)

    def _paste_command(self, pasted: Pasted, first_row: int) -> PasteLines | None:
        if pasted.refused:
            self.paste_refused.emit(pasted.refused)
            return None
        bill_id = self.lines_model.bill_id
        present = self.lines_model.lines[first_row:]
        over, beyond = pasted.rows[: len(present)], pasted.rows[len(present) :]
        if missing := without_description(beyond):
            where = ", ".join(str(len(over) + number) for number in missing[:5])
            self.paste_refused.emit(
                (self.tr("Row {rows}: what the bill says is missing, which every line needs.").format(rows=where),)
            )
            return None
        if bill_id is None or not pasted.rows:
            return None
        edits = tuple((line.id, row.values) for line, row in zip(present, over, strict=False) if row.values)
        new = tuple(_new_line(bill_id, dict(row.values)) for row in beyond)
        return PasteLines(bill_id, edits, new)

    def copy(self) -> None:
        """Copy the chosen cells as tab-separated text."""
        chosen = sorted(self.selectionModel().selectedIndexes(), key=lambda index: (index.row(), index.column()))
        rows: dict[int, list[str]] = {}
        for index in chosen:
            rows.setdefault(index.row(), []).append(str(index.data() or ""))
        QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))

    @Slot(object)
    def _move_on(self, way: int) -> None:
        index = self.currentIndex()
        row, column = index.row(), index.column() + way
        if (way > 0 and index.column() == LAST_ENTRY) or column >= len(CELLS):
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, LAST_ENTRY
        if 0 <= row < self.lines_model.rowCount():
            self.setCurrentIndex(self.lines_model.index(row, column))

    @Slot(object)
    def _fill(self, earlier: EarlierLine) -> None:
        index = self.currentIndex()
        editor = self.indexWidget(index) or self.focusWidget()
        name = CELLS[index.column()].field.name
        line = self.lines_model.line_at(index.row())
        other = "description" if name == "code" else "code"
        wanted = {field: getattr(earlier, field) for field in (other, *FILLED) if getattr(earlier, field)}
        if isinstance(editor, QLineEdit):
            editor.setText(
                str(getattr(earlier, name) or "").split(SEPARATOR)[0] if name == "code" else earlier.description
            )
        if line is None:
            model = self.lines_model
            model.pending |= {field: value for field, value in wanted.items() if field not in model.pending}
            if name == "code":
                model.pending["code"] = earlier.code
                model.setData(model.index(index.row(), BY_NAME["description"]), earlier.description)
            return
        fields = tuple((field, value) for field, value in wanted.items() if not getattr(line, field))
        if fields:
            self._session.perform(EditLines(((line.id, fields),)))

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        line = self.lines_model.line_at(current.row()) if current.isValid() else None
        self.line_chosen.emit(line.id if line else None)

    # Qt's own names from here on

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        key = chr(event.key()) if 0x20 < event.key() < 0x7F else ""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if key in MARK_KEYS and (alt or (plain and self.currentIndex().column() == MARK)):
            self.mark(MARK_KEYS[key])  # type: ignore[arg-type]
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._move_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Tab and not self._at_end():
            self._move_on(1)
        elif event.key() == Qt.Key.Key_Backtab and not self._at_start():
            self._move_on(-1)
        elif event.key() == Qt.Key.Key_Delete:
            self._clear_cells()
        else:
            super().keyPressEvent(event)

    def _at_end(self) -> bool:
        index = self.currentIndex()
        return not index.isValid() or (index.row() == self.lines_model.rowCount() - 1 and index.column() >= LAST_ENTRY)

    def _at_start(self) -> bool:
        index = self.currentIndex()
        return not index.isValid() or (index.row() == 0 and index.column() == 0)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002
        return QAbstractItemView.focusNextPrevChild(self, next)

    def _clear_cells(self) -> None:
        chosen = self.selectionModel().selectedIndexes()
        whole = {index.row() for index in chosen if len([i for i in chosen if i.row() == index.row()]) == len(CELLS)}
        if whole:
            self.remove_chosen()
            return
        edits: dict[int, list[tuple[str, Any]]] = {}
        for index in chosen:
            line, name = self.lines_model.line_at(index.row()), CELLS[index.column()].field.name
            if line and name != "description":
                edits.setdefault(line.id, []).append((name, None))
        if edits:
            self._session.perform(EditLines(tuple((key, tuple(fields)) for key, fields in edits.items())))

    def select_row(self, number: int) -> None:
        """Choose a whole line."""
        rows = QItemSelectionModel.SelectionFlag.Rows | QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(self.lines_model.index(number, 0), rows)


def _new_line(bill_id: int, values: dict[str, Any]) -> Line:
    return dataclasses.replace(Line(bill_id=bill_id, description=values["description"]), **values)
