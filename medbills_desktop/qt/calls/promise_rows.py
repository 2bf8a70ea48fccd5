"""What they promise, row by row: what, who, by when."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from medbills_desktop.qt.calls.call_draft import PromiseDraft
from medbills_desktop.qt.flow import Flow, Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label

LEAST_OF_WHAT = 200
"""Pixels at 100 % text under which what they promise gets a line of its own."""


class PromiseRow(QWidget):
    """One promise. Signals: `edited` carries nothing, `entered` nothing on Enter in one of its fields."""

    edited = Signal()
    entered = Signal()

    def __init__(self, draft: PromiseDraft, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.what = self._line(draft.text, self.tr("They will …"), self.tr("Promise {n}").format(n=number))
        self.who = self._line(draft.by, self.tr("Who"), self.tr("Promise {n}: who").format(n=number))
        self.due = self._line(draft.due, self.tr("by month/day/year"), self.tr("Promise {n}: due").format(n=number))
        keep(self.who, width=110)
        keep(self.due, width=140)
        self.setLayout(Headed(self.what, (self.who, self.due), least=LEAST_OF_WHAT))

    def _line(self, text: str, hint: str, name: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setPlaceholderText(hint)
        line.setAccessibleName(name)
        line.textEdited.connect(self.edited)
        line.returnPressed.connect(self.entered)
        return line

    def follow(self, before: QWidget) -> QWidget:
        """Let Tab come here from `before`; gives the last field of the row."""
        for field in (self.what, self.who, self.due):
            QWidget.setTabOrder(before, field)
            before = field
        return before

    def draft(self) -> PromiseDraft:
        """The row as typed."""
        kept = self._draft
        return PromiseDraft(self.what.text(), self.who.text(), self.due.text(), kept.id, kept.status, kept.closed)


class PromiseRows(QWidget):
    """All promises of a call, with one blank row to type in; Enter goes on to the next row.

    Signals: `edited` carries nothing.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[PromiseRow] = []
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(px(4))
        self._list.addStretch(1)
        self._before: QWidget | None = None
        self._another = button(self.tr("Another"), self._add_blank, "flat", self.tr("One more promise"))
        tip = self.tr("That they keep the account on hold; type until when")
        self._hold = button(self.tr("Hold"), self._add_hold, "flat", tip)
        layout = column(gap=2)
        layout.addLayout(Flow((label(self.tr("What they promise"), "muted"),), (self._hold, self._another)))
        layout.addWidget(self._inside)
        self.setLayout(layout)

    @property
    def last(self) -> QWidget:
        """Where Tab leaves the promises."""
        return self._another

    def come_after(self, before: QWidget) -> None:
        """Let Tab come to the promises from this field, whenever rows are added."""
        self._before = before

    def show_rows(self, drafts: list[PromiseDraft]) -> None:
        """Show the promises of a draft."""
        for old in self._rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for draft in drafts or [PromiseDraft()]:
            self._add(draft)
        self._chain()

    def rows(self) -> list[PromiseDraft]:
        """All rows in which something is typed."""
        return [found for found in (each.draft() for each in self._rows) if found.typed]

    def _add(self, draft: PromiseDraft) -> PromiseRow:
        added = PromiseRow(draft, len(self._rows) + 1)
        added.edited.connect(self.edited)
        added.entered.connect(self._go_on)
        self._rows.append(added)
        self._list.insertWidget(self._list.count() - 1, added)
        return added

    def _chain(self) -> None:
        """Fields that were made last come last in the window's order of Tab; put them where they are seen."""
        if self._before is not None:
            last = self._before
            for each in self._rows:
                last = each.follow(last)
            QWidget.setTabOrder(last, self._hold)
            QWidget.setTabOrder(self._hold, self._another)

    @Slot()
    def _add_blank(self) -> None:
        added = self._add(PromiseDraft())
        self._chain()
        added.what.setFocus()

    @Slot()
    def _add_hold(self) -> None:
        """A hold is a promise too: its day is the last one on which it lasts. It goes into the first blank row."""
        blank = next((each for each in self._rows if not each.draft().typed), None)
        added = blank or self._add(PromiseDraft())
        added.what.setText(self.tr("Keep the account on hold, and confirm it in writing"))
        self._chain()
        added.due.setFocus()
        self.edited.emit()

    @Slot()
    def _go_on(self) -> None:
        """Enter: on to the next promise, a blank one after the last; nothing where the row is still blank."""
        here = next((number for number, each in enumerate(self._rows) if each is self.sender()), -1)
        if here < 0 or not self._rows[here].what.text().strip():
            return
        if here + 1 < len(self._rows):
            self._rows[here + 1].what.setFocus()
        else:
            self._add_blank()
