"""How far apart the sides of a bill are, and why: the first thing that the eye meets on the money page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_gaps import Gap
from medbills_desktop.domain.money_views import MoneyViews
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import button, column, label, row

_TOP = Qt.AlignmentFlag.AlignTop


class GapRow(QFrame):
    """One thing that keeps the sides apart: how much, what it means, whom to call. `call_wanted` carries it."""

    call_wanted = Signal(object)

    def __init__(self, gap: Gap, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gap = gap
        amount = label(dollars(gap.amount) if gap.amount is not None else "", "strong")
        amount.setAlignment(Qt.AlignmentFlag.AlignRight | _TOP)
        keep(amount, least_width=84)
        meaning = label(gap.meaning, "", wrap=True)
        contact = label(gap.contact.sentence if gap.contact else "", "muted", wrap=True)
        contact.setVisible(gap.contact is not None)
        for each in (amount, meaning, contact):
            each.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            each.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        words = QWidget()
        words.setLayout(column(meaning, contact, gap=0))
        text = row(gap=12)
        text.addWidget(amount, 0, _TOP)
        text.addWidget(words, 1)
        left = QWidget()
        left.setLayout(text)
        self.call = button(self.tr("Log this call"), self._call, "", gap.question, writable)
        self.call.setAccessibleName(self.tr("Log a call: {question}").format(question=gap.question))
        self.call.setVisible(gap.contact is not None)
        self.setLayout(Headed(left, (self.call,), least=280))

    @Slot()
    def _call(self) -> None:
        self.call_wanted.emit(self.gap)


class PartingCard(QFrame):
    """The difference in a figure and a sentence, below it what it is made of. `call_wanted` carries a `CallWish`."""

    call_wanted = Signal(object)

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._writable = writable
        self._bill_id = 0
        self.rows: list[GapRow] = []
        """What is shown below the sentence, from the top."""
        self._figure = label("–", "figure")
        self._figure.setAccessibleDescription(self.tr("How far apart provider and insurer are"))
        self._side = label("", "muted")
        self._sentence = label("", "", wrap=True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = column(gap=8)
        head = row(self._figure, self._side, None)
        layout = column(label(self.tr("How far apart are we, and why?"), "muted"), gap=4, margins=(14, 12, 14, 12))
        layout.addLayout(head)
        layout.addWidget(self._sentence)
        layout.addLayout(self._list)
        self.setLayout(layout)

    @property
    def said(self) -> tuple[str, str]:
        """The figure and the sentence as shown."""
        return self._figure.text(), self._sentence.text()

    def show_parting(self, bill_id: int, views: MoneyViews, gaps: Sequence[Gap]) -> None:
        """Show the difference of a bill and what it is made of."""
        self._bill_id = bill_id
        amount = views.difference.amount
        self._figure.setText("–" if amount is None else dollars(Cents(abs(amount))))
        side = "" if not amount else self.tr("more is asked") if amount > 0 else self.tr("less is asked")
        if gaps and gaps[0].kind == "overpaid":
            side = self.tr("apart")
        self._side.setText(self.tr("The sides agree.") if amount == 0 else side)
        self._show_tone("red" if amount and amount > 0 else "green" if amount == 0 else "")
        self._sentence.setText(views.difference.sentence)
        if [each.gap for each in self.rows] == list(gaps):
            return
        for old in self.rows:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [GapRow(gap, self._writable) for gap in gaps]
        for each in self.rows:
            each.call_wanted.connect(self._call)
            self._list.addWidget(each)

    def _show_tone(self, tone: str) -> None:
        self._figure.setProperty("tone", tone)
        self._figure.style().polish(self._figure)

    @Slot(object)
    def _call(self, gap: Gap) -> None:
        name = gap.contact.name if gap.contact else ""
        self.call_wanted.emit(CallWish(self._bill_id, name, gap.question))
