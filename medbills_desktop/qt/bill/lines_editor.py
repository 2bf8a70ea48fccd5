"""The editors of the lines grid: they refuse to close on text that can't be read, and offer what was entered before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QComboBox, QCompleter, QLineEdit, QStyleOptionViewItem, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import CELLS, MARK, MARK_KEYS, typed_value
from medbills_desktop.qt.rows_model import Index
from medbills_desktop.qt.tables import CellDelegate
from medbills_desktop.store.queries.lines import EarlierLine

SEPARATOR = " · "
_KEY_OF_MARK = {mark: key for key, mark in MARK_KEYS.items()}


class LinesDelegate(CellDelegate):
    """Signals: `refused` carries a `UserError`; `moved` carries +1 or -1, the way to go after a cell was typed;
    `filled` carries an `EarlierLine` that was chosen from type-ahead.
    """

    refused = Signal(object)
    moved = Signal(object)
    filled = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.earlier: Sequence[EarlierLine] = ()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = CELLS[index.column()]
        if index.column() == MARK:
            combo = QComboBox(parent)
            for mark, shown in words.MARK.items():
                combo.addItem(f"{shown}   ({_KEY_OF_MARK[mark]})", mark)
            combo.setAccessibleName(cell.title)
            combo.activated.connect(self._combo_chosen)
            return combo
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setAccessibleName(cell.title)
        if cell.right:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        if cell.field.name in ("code", "description"):
            line.setCompleter(self._completer(line, cell.field.name))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            place = editor.findData(text)
            editor.setCurrentIndex(max(place, 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value = editor.currentData() if isinstance(editor, QComboBox) else getattr(editor, "text", str)()
        model.setData(index, value)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit) and self._leaving(event):
            if not self._readable(editor):
                return True
            if isinstance(event, QKeyEvent):
                self._leave(editor, event)
                return True
        return super().eventFilter(editor, event)

    @staticmethod
    def _leaving(event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            return True
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in keys

    def _readable(self, editor: QLineEdit) -> bool:
        number = next((n for n, cell in enumerate(CELLS) if cell.title == editor.accessibleName()), 0)
        try:
            if editor.text().strip():
                typed_value(number, editor.text())
        except UserError as error:
            editor.setProperty("wrong", True)
            editor.style().polish(editor)
            editor.setAccessibleDescription(str(error))
            self.refused.emit(error)
            return False
        return True

    def _leave(self, editor: QLineEdit, event: QKeyEvent) -> None:
        back = event.key() == Qt.Key.Key_Backtab or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        completer = editor.completer()
        popup = completer.popup() if completer else None
        if popup is not None and popup.isVisible() and popup.currentIndex().isValid():
            self._completed(str(popup.currentIndex().data()))
            popup.hide()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self.moved.emit(-1 if back else 1)

    def _combo_chosen(self) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def _completer(self, line: QLineEdit, name: str) -> QCompleter:
        seen: dict[str, EarlierLine] = {}
        for earlier in self.earlier:
            parts = (earlier.code, earlier.description)
            if name == "description":
                seen.setdefault(earlier.description, earlier)
            elif earlier.code:
                seen.setdefault(SEPARATOR.join(part for part in parts if part), earlier)
        completer = QCompleter(list(seen), line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains if name == "description" else Qt.MatchFlag.MatchStartsWith)
        self._seen: dict[str, Any] = seen
        completer.activated.connect(self._completed)
        return completer

    def _completed(self, text: str) -> None:
        found = self._seen.get(text)
        if found is not None:
            self.filled.emit(found)
