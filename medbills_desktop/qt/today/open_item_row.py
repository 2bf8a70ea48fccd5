"""One thing that is open on Today, with what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.step_words import ACT_WORDS
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import ElidedLabel, Pill, button, column, counted, row
from medbills_desktop.store.queries.today import OpenItem

PILL_WIDTH = 96
"""Pixels at 100 % text of the column in which the days stand."""


def days_words(due: Day | None, today: Day) -> str:
    """How far a day is away: `today`, `in 3 days`, `2 days late`."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("OpenItemRow", text)

    if due is None:
        return tr("no day")
    days = (due - today).days
    if days == 0:
        return tr("today")
    if days < 0:
        return counted(-days, tr("1 day late"), tr("{n} days late"))
    return counted(days, tr("tomorrow"), tr("in {n} days"))


def pill_beside(text: str, tone: str, inside: QWidget) -> QWidget:
    """A part with a pill before it, in a column that is as wide in each row."""
    pill = Pill()
    pill.show_word(text, tone)
    keep(pill, least_width=PILL_WIDTH)
    found = QWidget()
    found.setLayout(row(pill, inside, gap=12))
    layout = found.layout()
    if layout is not None:
        layout.setStretch(1, 1)  # type: ignore[attr-defined]
    pill.show()
    return found


class OpenItemRow(QFrame):
    """One open promise, task, answer or date. Signals: `acted` carries (item, act)."""

    acted = Signal(object)

    def __init__(self, item: OpenItem, today: Day, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.item = item
        late = item.due is not None and item.due < today
        tone = "red" if late else "amber" if item.due == today else "accent"
        kinds = {
            "promise": self.tr("They promised"),
            "itemized": self.tr("Itemized bill"),
            "clock": self.tr("By a rule, not advice"),
            "answer": self.tr("Answer awaited"),
            "helper": self.tr("Helper"),
        }
        kind = kinds.get(item.kind, self.tr("Task"))
        about = " · ".join(part for part in (kind, item.who, plain_day(item.due, "")) if part)
        words = QWidget()
        words.setLayout(column(ElidedLabel(item.text, "strong"), ElidedLabel(about, "muted"), gap=0))
        head = pill_beside(days_words(item.due, today), tone, words)
        layout = Headed(head, [self._button(text, act, writable) for text, act in self._acts()], least=300)
        keep(layout, margins=(14, 8, 10, 8))
        self.setLayout(layout)

    def _button(self, text: str, act: str, writable: bool) -> QWidget:
        one = button(text, self._act, enabled=writable)
        one.setProperty("act", act)
        one.setAccessibleName(f"{text}: {self.item.text}")
        return one

    def _acts(self) -> tuple[tuple[str, str], ...]:
        item = self.item
        if item.kind == "task":
            return ((self.tr("Done"), "done"), (self.tr("Edit"), "edit"))
        if item.kind == "helper":
            return ((self.tr("Edit"), "edit_helper"),)
        if item.kind == "itemized":
            return ((self.tr("Call"), "ask_itemized"), (self.tr("Open bill"), "open"))
        if item.kind == "answer":
            return (
                (self.tr("They answered…"), "answered"),
                (self.tr("Call"), "step"),
                (self.tr("Open letter"), "letter"),
            )
        if item.kind == "clock":
            first = ((ACT_WORDS[item.act], "step"),) if item.act else ()
            return (*first, (self.tr("Rule"), "rule"), (self.tr("Open bill"), "open"))
        return ((self.tr("Kept"), "kept"), (self.tr("Not kept"), "broken"), (self.tr("Call"), "step"))

    @Slot()
    def _act(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit((self.item, sender.property("act")))
