"""A form made from a table of fields, and the dialog around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.dialogs.ask import ask_discard
from medbills_desktop.qt.forms.fields import Field, Option, read, shown
from medbills_desktop.qt.theme import px

Widget = QLineEdit | QPlainTextEdit | QComboBox
NOT_KNOWN = "–"
YES_NO = (Option(True, "Yes"), Option(False, "No"))


class Form(QWidget):
    """Rows of labelled fields. `edited` (nothing) is emitted on every change."""

    edited = Signal()

    def __init__(self, fields: tuple[Field, ...], values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = fields
        self._widgets: dict[str, Widget] = {}
        self._problems: dict[str, QLabel] = {}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(px(8))
        layout.setHorizontalSpacing(px(12))
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for field in fields:
            self._add_row(layout, field, values.get(field.name))

    def _add_row(self, layout: QFormLayout, field: Field, value: Any) -> None:
        widget = self._make(field, value)
        widget.setAccessibleName(field.label)
        self._widgets[field.name] = widget
        problem = QLabel()
        problem.setObjectName("problem")
        problem.setWordWrap(True)
        problem.hide()
        self._problems[field.name] = problem
        cell = QVBoxLayout()
        cell.setSpacing(px(2))
        cell.addWidget(widget)
        cell.addWidget(problem)
        label = QLabel(field.label)
        label.setBuddy(widget)
        label.setMinimumHeight(px(30))
        layout.addRow(label, cell)

    def _make(self, field: Field, value: Any) -> Widget:
        if field.kind in ("choice", "record", "yes_no"):
            return self._combo(field, value)
        if field.kind == "long":
            text = QPlainTextEdit(shown(field, value))
            text.setTabChangesFocus(True)
            text.setMinimumHeight(px(72))
            text.textChanged.connect(self.edited)
            return text
        line = QLineEdit(shown(field, value))
        line.setPlaceholderText(field.hint)
        line.textChanged.connect(self.edited)
        if field.names:
            completer = QCompleter(list(field.names), line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        if field.kind == "money":
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def _combo(self, field: Field, value: Any) -> QComboBox:
        combo = QComboBox()
        if not field.required:
            combo.addItem(NOT_KNOWN, None)
        for option in YES_NO if field.kind == "yes_no" else field.options:
            combo.addItem(option.words, option.value)
        place = next((i for i in range(combo.count()) if combo.itemData(i) == value), 0)
        combo.setCurrentIndex(place)
        combo.currentIndexChanged.connect(self.edited)
        return combo

    def widget(self, name: str) -> Widget:
        """The widget of a field."""
        return self._widgets[name]

    def raw(self) -> dict[str, Any]:
        """What stands in the fields now, unread."""
        return {name: self._raw(widget) for name, widget in self._widgets.items()}

    def values(self) -> dict[str, Any] | None:
        """The typed values; where something can't be read, shows why beside it and gives `None`."""
        found: dict[str, Any] = {}
        first: QWidget | None = None
        for field in self.fields:
            widget = self._widgets[field.name]
            try:
                raw = self._raw(widget)
                found[field.name] = read(field, raw) if isinstance(widget, QLineEdit | QPlainTextEdit) else raw
                self.show_problem(field.name, "")
            except UserError as error:
                self.show_problem(field.name, str(error))
                first = first or widget
        if first is not None:
            first.setFocus()
            return None
        return found

    def show_problem(self, name: str, text: str) -> None:
        """Say beside a field what is wrong with it, or nothing."""
        label, widget = self._problems[name], self._widgets[name]
        label.setText(text)
        label.setVisible(bool(text))
        widget.setProperty("wrong", bool(text))
        widget.setAccessibleDescription(text)
        widget.style().polish(widget)

    @staticmethod
    def _raw(widget: Widget) -> Any:
        if isinstance(widget, QComboBox):
            return widget.currentData()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()


class FormDialog(QDialog):
    """A form in a window of its own. `keep` is called with the values; the dialog closes when it gives True.

    Closing with changed fields asks first, so that typed text is never lost by a slip.
    """

    def __init__(
        self,
        title: str,
        fields: tuple[Field, ...],
        values: Mapping[str, Any],
        keep: Callable[[dict[str, Any]], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._keep = keep
        self.form = Form(fields, values)
        self._original = self.form.raw()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.form)
        self.form.setContentsMargins(px(2), px(2), px(8), px(2))
        buttons = QDialogButtonBox()
        save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        save.setDefault(True)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.setSpacing(px(12))
        layout.addWidget(scroll)
        layout.addWidget(buttons)
        height = self.form.sizeHint().height() + px(96)
        self.resize(px(520), min(height, px(640)))
        if fields:
            self.form.widget(fields[0].name).setFocus()

    @property
    def changed(self) -> bool:
        """Whether anything differs from when it opened."""
        return self.form.raw() != self._original

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        values = self.form.values()
        if values is not None and self._keep(values):
            super().accept()

    @Slot()
    def reject(self) -> None:
        if not self.changed or ask_discard(self):
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible() and self.changed and not ask_discard(self):
            event.ignore()
            return
        super().closeEvent(event)
