"""A form made from a table of fields: each row with its label, its field and, below it, what is wrong or unusual."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.forms.fields import Field, Option, read, shown
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.theme import per_cent, px
from medbills_desktop.qt.type_ahead import Offers, TypeAhead
from medbills_desktop.qt.widgets import label
from medbills_desktop.qt.words.asking import WordsKey
from medbills_desktop.qt.words.word_label import word_label

Widget = QLineEdit | QPlainTextEdit | QComboBox
LABELS_ABOVE = 150
"""Text size in per cent from which labels stand above their fields, which would have no room left beside them."""
LONGEST_BESIDE = 40
"""Letters of a label up to which it stands beside its field; with a longer one, a question, all stand above."""
LINES_HEIGHT = 92
"""Pixels at 100 % text of a text of several lines."""
NOT_KNOWN = "–"
REST_MILLISECONDS = 500
"""How long typing rests before something unusual is said, so that nobody is told of a code that is half typed."""
YES_NO = (Option(True, "Yes"), Option(False, "No"))


class Choice(QComboBox):
    """A choice that the wheel passes over unless it has the keyboard, so that scrolling a form changes nothing."""

    # Qt's own names from here on

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class LongText(QPlainTextEdit):
    """A text of several lines, high enough for a few of them; it takes more where the window has more."""

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(LINES_HEIGHT))


class Form(QWidget):
    """Rows of labelled fields. `edited` (nothing) is emitted on every change."""

    edited = Signal()

    def __init__(self, fields: tuple[Field, ...], values: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields = fields
        self._widgets: dict[str, Widget] = {}
        self._problems: dict[str, QLabel] = {}
        self._notices: dict[str, QLabel] = {}
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST_MILLISECONDS)
        self._resting.timeout.connect(self._notice)
        layout = QFormLayout(self)
        keep(layout, margins=(2, 2, 8, 2), down=8, across=12)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        wrap = QFormLayout.RowWrapPolicy
        questions = any(len(field.label) > LONGEST_BESIDE for field in fields)
        above = questions or per_cent() >= LABELS_ABOVE
        layout.setRowWrapPolicy(wrap.WrapAllRows if above else wrap.WrapLongRows)
        layout.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for field in fields:
            self._add_row(layout, field, values.get(field.name))
        self._notice()
        self.edited.connect(self._notice_soon)
        WordsKey(self)

    def _add_row(self, layout: QFormLayout, field: Field, value: Any) -> None:
        widget = self._make(field, value)
        widget.setAccessibleName(field.label)
        self._widgets[field.name] = widget
        problem = label("", "problem", wrap=True)
        problem.hide()
        self._problems[field.name] = problem
        cell = QVBoxLayout()
        keep(cell, spacing=2)
        cell.addWidget(widget)
        cell.addWidget(problem)
        if field.notice is not None:
            notice = self._notices[field.name] = label("", "caution", wrap=True)
            notice.hide()
            cell.addWidget(notice)
        name = word_label(field.label, within=field.of)
        name.setBuddy(widget)
        keep(name, least_height=30)
        if layout.rowWrapPolicy() == QFormLayout.RowWrapPolicy.WrapAllRows:
            name.setWordWrap(True)
            cell.insertWidget(0, name)  # over the whole width; as a label of its row Qt would wrap it early
            layout.addRow(cell)
        else:
            layout.addRow(name, cell)

    def _make(self, field: Field, value: Any) -> Widget:
        if field.kind in ("choice", "record", "yes_no"):
            return self._combo(field, value)
        if field.kind == "long":
            text = LongText(shown(field, value))
            text.setTabChangesFocus(True)
            keep(text, least_height=72)
            text.textChanged.connect(self.edited)
            return text
        line = QLineEdit(shown(field, value))
        line.setPlaceholderText(field.hint)
        line.textChanged.connect(self.edited)
        if field.names:
            TypeAhead(line, Offers(field.names))
        if field.kind == "money":
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def _combo(self, field: Field, value: Any) -> QComboBox:
        combo = Choice()
        combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        combo.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        if not field.required or value is None:
            combo.addItem(self.tr("Choose…") if field.required else NOT_KNOWN, None)
        for option in YES_NO if field.kind == "yes_no" else field.options:
            combo.addItem(option.words, option.value)
        place = next((i for i in range(combo.count()) if combo.itemData(i) == value), 0)
        combo.setCurrentIndex(place)
        combo.currentIndexChanged.connect(self.edited)
        return combo

    def widget(self, name: str) -> Widget:
        """The widget of a field."""
        return self._widgets[name]

    def problem(self, name: str) -> QLabel:
        """The label below a field that says what is wrong with it."""
        return self._problems[name]

    def notice(self, name: str) -> str:
        """What is said below a field as unusual, empty while nothing is."""
        notice = self._notices.get(name)
        return "" if notice is None or notice.isHidden() else notice.text()

    @Slot()
    def _notice_soon(self) -> None:
        """Take away at once what is put right; what is newly unusual is said once typing rests."""
        if not self._notices:
            return
        unusual = self._unusual()
        for name, notice in self._notices.items():
            if not unusual[name]:
                self._say_notice(name, notice, "")
        if any(unusual.values()):
            self._resting.start()
        else:
            self._resting.stop()

    @Slot()
    def _notice(self) -> None:
        unusual = self._unusual() if self._notices else {}
        for name, notice in self._notices.items():
            self._say_notice(name, notice, unusual[name])

    def _unusual(self) -> dict[str, str]:
        raw = self.raw()
        return {field.name: field.notice(raw) or "" for field in self.fields if field.notice is not None}

    def _say_notice(self, name: str, notice: QLabel, text: str) -> None:
        notice.setText(text)
        notice.setVisible(bool(text))
        self._describe(name)

    def _describe(self, name: str) -> None:
        """Tell a screen reader what stands below a field."""
        problem = self._problems[name]
        said = ("" if problem.isHidden() else problem.text(), self.notice(name))
        self._widgets[name].setAccessibleDescription(" ".join(text for text in said if text))

    def raw(self) -> dict[str, Any]:
        """What stands in the fields now, unread."""
        return {name: self._raw(widget) for name, widget in self._widgets.items()}

    def put_back(self, raw: Mapping[str, Any]) -> None:
        """Put what stood in fields before back into them; fields that are no longer there are passed over."""
        for name, value in raw.items():
            widget = self._widgets.get(name)
            if isinstance(widget, QComboBox):
                widget.setCurrentIndex(max(widget.findData(value), 0))
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(str(value))
            elif widget is not None:
                widget.setText(str(value))

    def lock(self) -> None:
        """Let the fields be read and copied from, not changed."""
        for widget in self._widgets.values():
            if isinstance(widget, QComboBox):
                widget.setEnabled(False)
            else:
                widget.setReadOnly(True)

    def values(self, names: Collection[str] | None = None) -> dict[str, Any] | None:
        """The typed values of all or the named fields; `None` where one can't be read, with the reason below it."""
        found: dict[str, Any] = {}
        first: QWidget | None = None
        for field in self.fields:
            if names is not None and field.name not in names:
                continue
            widget = self._widgets[field.name]
            try:
                raw = self._raw(widget)
                found[field.name] = read(field, raw) if isinstance(widget, QLineEdit | QPlainTextEdit) else raw
                if field.required and found[field.name] is None:
                    raise UserError(self.tr("{field} is needed.").format(field=field.label), self.tr("Choose one."))
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
        problem, widget = self._problems[name], self._widgets[name]
        problem.setText(text)
        problem.setVisible(bool(text))
        widget.setProperty("wrong", bool(text))
        self._describe(name)
        widget.style().polish(widget)

    @staticmethod
    def _raw(widget: Widget) -> Any:
        if isinstance(widget, QComboBox):
            return widget.currentData()
        return widget.toPlainText() if isinstance(widget, QPlainTextEdit) else widget.text()
