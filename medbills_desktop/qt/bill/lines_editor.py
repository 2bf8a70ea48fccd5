"""The editors of the lines grid: they refuse to close on text that can't be read, and offer what was entered before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QPersistentModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QComboBox, QLineEdit, QStyleOptionViewItem, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import CELLS, MARK, MARK_KEYS, typed_value
from medbills_desktop.qt.bill.lines_model import LinesModel
from medbills_desktop.qt.cells import CellDelegate
from medbills_desktop.qt.rows_model import Index
from medbills_desktop.qt.type_ahead import Offers, TypeAhead
from medbills_desktop.store.queries.lines import EarlierLine

SEPARATOR = " · "
_KEY_OF_MARK: dict[str, str] = {mark: key for key, mark in MARK_KEYS.items()}
_WAYS = {
    Qt.Key.Key_Return: "next",
    Qt.Key.Key_Enter: "next",
    Qt.Key.Key_Tab: "next",
    Qt.Key.Key_Backtab: "previous",
    Qt.Key.Key_Down: "below",
    Qt.Key.Key_Up: "above",
}
"""Where a key leaves a cell to."""


class Earlier:
    """What was entered before, ready to be offered in the code and the description column."""

    def __init__(self, lines: Sequence[EarlierLine] = ()) -> None:
        self._by_text: dict[str, dict[str, EarlierLine]] = {"code": {}, "description": {}}
        for line in lines:
            self._by_text["description"].setdefault(line.description, line)
            if line.code:
                self._by_text["code"].setdefault(SEPARATOR.join((line.code, line.description)), line)
        self.offers = {name: Offers(found) for name, found in self._by_text.items()}

    def find(self, name: str, text: str) -> EarlierLine | None:
        """The line behind an offered text."""
        return self._by_text[name].get(text)


class LinesDelegate(CellDelegate):
    """Signals: `refused` carries a `UserError`, `mended` nothing once the text can be read again; `moved` carries the
    way to go after a cell was typed (next, previous, below, above); `filled` the `EarlierLine` taken from type-ahead;
    `typing` nothing, on every change of the text.
    """

    refused = Signal(object)
    mended = Signal()
    moved = Signal(object)
    filled = Signal(object)
    typing = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.earlier = Earlier()
        self._index = QPersistentModelIndex()
        self._editor: QLineEdit | None = None
        self._ahead: TypeAhead | None = None
        self._began = ""

    def typed(self) -> tuple[QPersistentModelIndex, str] | None:
        """The cell and the text of the open editor, where something was typed in it."""
        if self._editor is None or not self._index.isValid() or self._editor.text() == self._began:
            return None
        return self._index, self._editor.text()

    def set_aside(self) -> str:
        """Close the open editor without keeping its text; gives what had been typed in it."""
        typed, editor = self.typed(), self._editor
        if editor is not None:
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        return typed[1] if typed else ""

    # Qt's own names from here on

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        cell = CELLS[index.column()]
        if index.column() == MARK:
            return self._mark_editor(parent)
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setAccessibleName(cell.title)
        if cell.right:
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._index, self._editor, self._ahead, self._began = QPersistentModelIndex(index), line, None, ""
        if cell.field.name in self.earlier.offers:
            self._ahead = TypeAhead(line, self.earlier.offers[cell.field.name], goes_on=True)
            self._ahead.taken.connect(self._taken)
        line.textEdited.connect(self._edited)
        return line

    def _mark_editor(self, parent: QWidget) -> QComboBox:
        combo = QComboBox(parent)
        for mark, shown in words.MARK.items():
            combo.addItem(f"{shown}   ({_KEY_OF_MARK[mark]})", mark)
        combo.setAccessibleName(CELLS[MARK].title)
        combo.activated.connect(self._mark_chosen)
        QTimer.singleShot(0, combo, combo.showPopup)
        return combo

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QLineEdit) and self.typed() is None:
            self._began = text
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value = editor.currentData() if isinstance(editor, QComboBox) else getattr(editor, "text", str)()
        if isinstance(editor, QComboBox) or value != self._began:
            self._began = value
            model.setData(index, value)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self._editor:
            self._editor, self._ahead = None, None
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, QLineEdit) and editor is self._editor:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._pressed(editor, event) or super().eventFilter(editor, event)
            if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
                return self._stays(editor, event) or super().eventFilter(editor, event)
        return super().eventFilter(editor, event)

    def _pressed(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            model = self._index.model()
            if isinstance(model, LinesModel):
                model.let_go(self._index)
            self.mended.emit()
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
            return True
        way = _WAYS.get(key)
        if way is None or (way in ("below", "above") and self._ahead is not None and self._ahead.open):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            way = {"next": "previous"}.get(way, way)
        if self._readable(editor):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.moved.emit(way)
        return True

    def _stays(self, editor: QLineEdit, event: QFocusEvent) -> bool:
        """Whether the editor stays open though it loses the keyboard: another window in front, an unreadable text."""
        if event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            return True
        return not self._readable(editor)

    def _readable(self, editor: QLineEdit) -> bool:
        touched = editor.text() != self._began or editor.property("wrong")
        try:
            if touched and (editor.text().strip() or self._needed()):
                typed_value(self._index.column(), editor.text())
        except UserError as error:
            self._show_wrong(editor, str(error))
            self.refused.emit(error)
            return False
        return True

    def _needed(self) -> bool:
        """Whether the cell may not be blank: what the bill says, of a line that is kept."""
        model = self._index.model()
        kept = isinstance(model, LinesModel) and model.line_at(self._index.row()) is not None
        return kept and CELLS[self._index.column()].field.required

    @staticmethod
    def _show_wrong(editor: QLineEdit, why: str) -> None:
        editor.setProperty("wrong", bool(why))
        editor.style().polish(editor)
        editor.setAccessibleDescription(why)

    @Slot(str)
    def _edited(self, _text: str) -> None:
        editor = self._editor
        if editor is not None and editor.property("wrong"):
            self._show_wrong(editor, "")
            self.mended.emit()
        self.typing.emit()

    @Slot(int)
    def _mark_chosen(self, _place: int) -> None:
        editor = self.sender()
        if isinstance(editor, QComboBox):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    @Slot(object)
    def _taken(self, text: str) -> None:
        name = CELLS[self._index.column()].field.name
        found = self.earlier.find(name, text)
        if found is not None and self._editor is not None:
            self._editor.setText(found.code or "" if name == "code" else found.description)
            self.filled.emit(found)
