"""One point: what was asked and when, the answers so far, and the fields for the answer that is noted now."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QWidget

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import cents_from_text, decimal_text, dollars
from medbills_desktop.domain.points import Point
from medbills_desktop.domain.records import PointAnswer
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.form import Choice
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.points.point_reading import ANSWERS, STATE_TONES, STATE_WORDS, told_answer, when_asked
from medbills_desktop.qt.widgets import Pill, column, label, row


class PointRow(QFrame):
    """Signals: `edited` carries nothing."""

    edited = Signal()

    def __init__(self, point: Point, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.point = point
        self.setObjectName("card")
        state = Pill()
        state.show_word(STATE_WORDS[point.state], STATE_TONES[point.state])
        self.answer, self.said, self.amount = self._choice(), QLineEdit(), QLineEdit()
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        layout = column(gap=4, margins=(14, 10, 14, 10))
        layout.addLayout(
            row(state, label(when_asked(point), "muted"), None, label(dollars(point.amount, ""), "strong"))
        )
        layout.addWidget(label(point.title, "strong", wrap=True))
        for given in point.answers:
            layout.addWidget(label(told_answer(given), "muted", wrap=True))
        self._fields = self._make_fields()
        self._fields.setVisible(writable)
        layout.addWidget(self._fields)
        layout.addWidget(self._problem)
        self.setLayout(layout)

    def _choice(self) -> QComboBox:
        found = Choice()
        found.addItem(self.tr("Nothing noted"), None)
        for value, words in ANSWERS:
            found.addItem(self.tr(words), value)
        return found

    def _make_fields(self) -> QWidget:
        about = self.point.title
        for widget, name in (
            (self.answer, self.tr("Their answer")),
            (self.said, self.tr("What they said")),
            (self.amount, self.tr("Taken off, as they said")),
        ):
            widget.setAccessibleName(f"{name}: {about}")
        self.said.setPlaceholderText(self.tr("What they said, in short"))
        self.amount.setPlaceholderText(self.tr("Taken off, as they said"))
        keep(self.said, least_width=300)
        keep(self.amount, least_width=176)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.answer.currentIndexChanged.connect(self.edited)
        self.said.textChanged.connect(self.edited)
        self.amount.textChanged.connect(self.edited)
        inside = QWidget()
        inside.setLayout(Flow((self.answer, self.said, self.amount)))
        return inside

    def show_answer(self, kept: PointAnswer | None) -> None:
        """Show what is noted in the chosen answer of theirs."""
        self.put_back(
            {
                "answer": kept.answer if kept else None,
                "said": (kept.said or "") if kept else "",
                "amount": decimal_text(kept.amount_off) if kept and kept.amount_off is not None else "",
            }
        )

    def raw(self) -> dict[str, Any]:
        """What stands in the fields."""
        return {"answer": self.answer.currentData(), "said": self.said.text(), "amount": self.amount.text()}

    def put_back(self, raw: dict[str, Any]) -> None:
        """Put values into the fields."""
        self.answer.setCurrentIndex(max(self.answer.findData(raw.get("answer")), 0))
        self.said.setText(str(raw.get("said") or ""))
        self.amount.setText(str(raw.get("amount") or ""))
        self.say("")

    def say(self, problem: str) -> None:
        """Say what is wrong with the fields, or nothing."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def read(self, bill_id: int) -> PointAnswer | None:
        """The answer as typed, `None` where nothing is noted; raises `UserError` where it can't be read."""
        raw = self.raw()
        if raw["answer"] is None:
            if raw["said"].strip() or raw["amount"].strip():
                raise UserError(
                    "It is not chosen how far they answered.", "Choose one, or clear what is typed beside it."
                )
            return None
        line_id, check, fingerprint = self.point.key
        return PointAnswer(
            bill_id=bill_id,
            line_id=line_id,
            check=check,
            fingerprint=fingerprint,
            answer=raw["answer"],
            said=raw["said"].strip() or None,
            amount_off=cents_from_text(raw["amount"]),
        )
