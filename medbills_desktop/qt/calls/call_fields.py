"""The fields of the call panel and the promises, as widgets over a `CallDraft`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from medbills_desktop.domain import words
from medbills_desktop.domain.call_wording import DIRECTION
from medbills_desktop.qt.calls.call_draft import CallDraft
from medbills_desktop.qt.calls.promise_rows import PromiseRows
from medbills_desktop.qt.calls.recording_row import RecordingRow
from medbills_desktop.qt.flow import EvenColumns, Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label


@dataclass(frozen=True, slots=True)
class LineField:
    """One short field: its name in the draft, label and hint."""

    name: str
    title: str
    hint: str


LINES = (
    LineField("organization", "With", "Biller, insurer, collector …"),
    LineField("representative", "Name", "Who you speak to"),
    LineField("reference_number", "Reference", "Ask for one every time"),
    LineField("amount_quoted", "Amount said", "If they name one"),
)
MORE = (
    LineField("representative_id", "Their id", "Operator number"),
    LineField("department", "Department", "Billing, claims …"),
    LineField("started", "Began", "month/day/year hour:minute"),
    LineField("minutes", "Minutes", "Counted for you"),
)
"""What is asked for less often, or fills itself: out of sight until it is wanted or something stands in it."""
LEAST_OF_A_LINE = 176
"""Pixels at 100 % text: room for a date with its time, and for every hint."""
NOT_KNOWN = "–"
LEAST_TEXT = 64
"""Pixels at 100 % text."""
TEXTS = (("asked", "What I ask"), ("said", "What they say"), ("private_note", "Private note (stays out of packets)"))


class Writing(QPlainTextEdit):
    """A text that asks for a few lines only, and takes what room is left."""

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), px(LEAST_TEXT))


class CallFields(QWidget):
    """Signals: `edited` and `grown` (more fields at the end) carry nothing; `other_named` whom the call is with."""

    edited = Signal()
    other_named = Signal(object)
    grown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = QStringListModel(self)
        self._call = CallDraft()
        self._lines = {field.name: self._line(field) for field in (*LINES, *MORE)}
        self._texts = {name: self._text(title) for name, title in TEXTS}
        self._channel = self._combo("How", tuple(words.CHANNEL.items()))
        self._direction = self._combo("Who called", tuple(DIRECTION.items()))
        self.promises = PromiseRows()
        self.promises.come_after(self._texts["said"])
        self.promises.edited.connect(self.edited)
        self.recording = RecordingRow(session)
        self.recording.edited.connect(self.edited)
        self.record = button(self.tr("Recording…"), self._show_recording, "flat", self.tr("Who recorded, who agreed"))
        tip = self.tr("Alt+M: their id, department, when it began, minutes, who called, a private note")
        self.more = button(self.tr("More fields"), self.turn_more, "flat", tip)
        self._rest, self._wanted = QWidget(), False
        self.setLayout(self._build())
        self._rest.hide()

    def _build(self) -> QVBoxLayout:
        texts = QGridLayout()
        keep(texts, margins=(0, 0, 0, 0), across=12, down=6)
        for number, (name, heading) in enumerate(TEXTS[:2]):
            texts.addWidget(self._headed(name, heading), 0, number)
            texts.setColumnStretch(number, 1)
        whole = column(gap=6)
        whole.addLayout(EvenColumns([self._titled(field) for field in LINES], least=LEAST_OF_A_LINE))
        whole.addLayout(texts, 1)
        whole.addWidget(self.promises)
        rest = column(gap=6)
        rest.addLayout(EvenColumns([self._titled(field) for field in MORE], least=LEAST_OF_A_LINE))
        rest.addLayout(Flow((self._channel, self._direction)))
        rest.addWidget(self._headed(*TEXTS[2]))
        self._rest.setLayout(rest)
        whole.addWidget(self._rest)
        whole.addWidget(self.recording)
        return whole

    def _headed(self, name: str, heading: str) -> QWidget:
        cell = QWidget()
        cell.setLayout(column(label(heading, "muted", wrap=True), self._texts[name], gap=2))
        return cell

    def _titled(self, field: LineField) -> QWidget:
        cell = QWidget()
        title = label(field.title, "muted")
        title.setBuddy(self._lines[field.name])
        cell.setLayout(column(title, self._lines[field.name], gap=2))
        return cell

    def _line(self, field: LineField) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(field.hint)
        line.setAccessibleName(field.title)
        line.textEdited.connect(self.edited)
        if field.name == "organization":
            completer = QCompleter(self._names, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
            line.editingFinished.connect(self._named)
        return line

    def _text(self, title: str) -> QPlainTextEdit:
        text = Writing()
        text.setAccessibleName(title)
        text.setTabChangesFocus(True)
        keep(text, least_height=LEAST_TEXT)
        text.textChanged.connect(self.edited)
        return text

    def _combo(self, title: str, options: Sequence[tuple[str, str]]) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(title)
        for value, shown in options:
            combo.addItem(shown, value)
        combo.addItem(NOT_KNOWN, "")
        combo.activated.connect(self.edited)
        return combo

    def focus_first(self) -> None:
        """Put the cursor where typing begins: whom one speaks with, or what they say once that is known."""
        known = bool(self._lines["organization"].text())
        (self._lines["representative"] if known else self._lines["organization"]).setFocus()

    def show_names(self, names: list[str]) -> None:
        """Offer these organizations while one types."""
        self._names.setStringList(names)

    def show_draft(self, draft: CallDraft) -> None:
        """Show a draft in all fields."""
        self._call = draft
        for name, line in self._lines.items():
            line.setText(getattr(draft, name))
            line.setCursorPosition(0)
        for name, text in self._texts.items():
            text.setPlainText(getattr(draft, name))
        self._channel.setCurrentIndex(max(self._channel.findData(draft.channel), 0))
        self._direction.setCurrentIndex(max(self._direction.findData(draft.direction), 0))
        self.promises.show_rows(draft.promises)
        self.recording.show_draft(draft)
        self._show_more(self._wanted or self._says_more(draft))
        noted = bool(draft.recording or draft.consent or draft.document_id)
        self.recording.setVisible(noted)
        self.record.setVisible(not noted)

    @staticmethod
    def _says_more(draft: CallDraft) -> bool:
        """Whether something of what stands further down is known, other than what fills itself."""
        typed = (draft.representative_id, draft.department, draft.private_note, draft.minutes)
        usual = draft.channel == "phone" and draft.direction in ("", "out")
        return any(typed) or not usual or bool(draft.call_id)

    def _show_more(self, shown: bool) -> None:
        self._rest.setVisible(shown)
        self.more.setText(self.tr("Fewer fields") if shown else self.tr("More fields"))

    @Slot()
    def turn_more(self) -> None:
        """Show the fields that are needed less often and go to the first of them, or put them away."""
        shown = self._wanted = not self._rest.isVisibleTo(self)
        self._show_more(shown)
        if shown:
            self._lines[MORE[0].name].setFocus()
            self.grown.emit()

    @Slot()
    def _show_recording(self) -> None:
        self.recording.show()
        self.record.hide()
        self.recording.focus_first()
        self.grown.emit()

    @Slot()
    def _named(self) -> None:
        name = self.other
        self.recording.show_other(name)
        self.other_named.emit(name)

    @property
    def call_id(self) -> int:
        """The call that is corrected; 0 for a new one."""
        return self._call.call_id

    @property
    def other(self) -> str:
        """Whom the call is with."""
        return self._lines["organization"].text()

    def set_other(self, name: str) -> None:
        """Say whom the call is with."""
        self._lines["organization"].setText(name)
        self._lines["organization"].setCursorPosition(0)
        self._named()

    def set_question(self, question: str, before: str) -> None:
        """Put a question into what is asked, where nothing else than the one `before` stands there."""
        if self._texts["asked"].toPlainText().strip() in ("", before.strip()):
            self._texts["asked"].setPlainText(question)

    def add_question(self, question: str) -> None:
        """Put a question below what is asked already."""
        asked = self._texts["asked"].toPlainText().rstrip()
        self._texts["asked"].setPlainText(f"{asked}\n{question}" if asked else question)

    def draft(self) -> CallDraft:
        """What stands in the fields now."""
        found = CallDraft(call_id=self._call.call_id, ref=self._call.ref, seen=self._call.seen)
        for name, line in self._lines.items():
            setattr(found, name, line.text())
        for name, text in self._texts.items():
            setattr(found, name, text.toPlainText())
        found.channel, found.direction = self._channel.currentData(), self._direction.currentData()
        found.promises = self.promises.rows()
        self.recording.fill(found)
        return found

    def set_minutes_if_blank(self, minutes: str) -> None:
        """Put the counted minutes in, unless something is typed there."""
        if not self._lines["minutes"].text().strip():
            self._lines["minutes"].setText(minutes)
