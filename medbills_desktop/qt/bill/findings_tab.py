"""The Findings tab: what does not add up, strongest first, each with its arithmetic and the question to ask."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from medbills_desktop.checks import run_checks
from medbills_desktop.checks.findings import Finding
from medbills_desktop.domain import words
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import Pill, button, column, label, row
from medbills_desktop.store.case_loading import load_checked


class FindingCard(QFrame):
    """One finding. Signals: `line_wanted` carries the id of its first line."""

    line_wanted = Signal(object)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{words.LEVEL[finding.level]}: {finding.title}")
        self.setAccessibleDescription(f"{finding.explanation} {finding.ask}")
        self._finding = finding
        pill = Pill()
        pill.show_word(words.LEVEL[finding.level], words.LEVEL_TONE[finding.level])
        amount = label(dollars(finding.amount, ""), "strong")
        title = label(finding.title, "strong", wrap=True)
        self._why = label(finding.explanation, "", wrap=True)
        self._papers = label("\n".join(finding.evidence), "muted", wrap=True)
        self._papers.setVisible(bool(finding.evidence))
        ask = label(self.tr("Ask: “{words}”").format(words=finding.ask), "muted", wrap=True)
        buttons = row(button(self.tr("Copy the question"), self._copy, "flat"), gap=4)
        if finding.line_ids:
            buttons.addWidget(button(self.tr("Go to the line"), self._go, "flat"))
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(14), px(12), px(14), px(8))
        layout.setSpacing(px(6))
        layout.addLayout(row(pill, None, amount))
        for part in (title, self._why, ask, self._papers):
            part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(part)
        layout.addLayout(buttons)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._finding.ask)

    @Slot()
    def _go(self) -> None:
        self.line_wanted.emit(self._finding.line_ids[0])


class FindingsTab(Page):
    """All findings of one bill. Signals: `counted` carries how many; `line_wanted` the id of a line to go to."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"bill", "statement", "line", "claim", "claim_line", "payment", "offer", "promise", "call", "visit", "policy"}
    )
    counted = Signal(object)
    line_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self._shown: tuple[Finding, ...] | None = None
        self._inside = QWidget()
        self._list = column(gap=8, margins=(0, 8, 8, 8))
        self._inside.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        self.setLayout(column(scroll))

    def show_bill(self, bill_id: int | None) -> None:
        """Show the findings of a bill."""
        self.bill_id = bill_id
        self._stale = True
        self._freshen()

    def mark_stale(self) -> None:
        """Findings are counted on the tab, so they are found at once even while the tab is not seen."""
        self._freshen()

    def refresh(self) -> None:
        bill_id = self.bill_id
        found: tuple[Finding, ...] = ()
        if bill_id is not None:
            case = self.session.read(lambda reader: load_checked(reader, {bill_id}))
            found = tuple(run_checks(case, self.session.today, {bill_id}))
        self.counted.emit(len(found))
        if found != self._shown:
            self._shown = found
            self._rebuild(found)

    def _rebuild(self, found: tuple[Finding, ...]) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for finding in found:
            card = FindingCard(finding)
            card.line_wanted.connect(self.line_wanted)
            self._list.addWidget(card)
        if not found:
            text = self.tr(
                "Nothing stands out on this bill with what is entered so far. "
                "Enter its lines, its statements and the EOB, and the figures are compared as you type."
            )
            self._list.addWidget(label(text, "muted", wrap=True))
        self._list.addStretch(1)
