"""What an agreement still needs: the written confirmation, the payment, the zero-balance letter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from medbills_desktop.domain.agreement import Agreement
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import Pill, button, column, label
from medbills_desktop.qt.words.word_label import word_label


class AgreementCard(QFrame):
    """The accepted offer of a bill, and the four steps that end it.

    Signals, each with nothing: `draft_wanted` (a confirmation to be signed), `confirm_wanted` and `zero_wanted` (attach
    the paper), `pay_wanted`, `ask_wanted` (for the zero-balance letter), `settle_wanted`.
    """

    draft_wanted = Signal()
    confirm_wanted = Signal()
    pay_wanted = Signal()
    ask_wanted = Signal()
    zero_wanted = Signal()
    settle_wanted = Signal()

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._head = label("", "strong", wrap=True)
        self._steps = {
            "confirmation": (word_label(self.tr("Written confirmation")), Pill()),
            "paid": (label(self.tr("Paid")), Pill()),
            "zero": (word_label(self.tr("Zero-balance letter")), Pill()),
            "settled": (label(self.tr("Settled")), Pill()),
        }
        self.draft = button(self.tr("Draft the confirmation"), self.draft_wanted.emit, enabled=writable)
        self.confirm = button(self.tr("Attach the confirmation…"), self.confirm_wanted.emit, enabled=writable)
        self.pay = button(self.tr("Add payment"), self.pay_wanted.emit, enabled=writable)
        self.settle = button(self.tr("Settle the bill"), self.settle_wanted.emit, enabled=writable)
        self.ask = button(self.tr("Ask for the zero-balance letter"), self.ask_wanted.emit, enabled=writable)
        self.zero = button(self.tr("Attach the zero-balance letter…"), self.zero_wanted.emit, enabled=writable)
        self.setLayout(self._build())
        self.hide()

    def _build(self) -> QVBoxLayout:
        layout = column(self._head, gap=6, margins=(14, 12, 14, 12))
        grid = QGridLayout()
        keep(grid, across=12, down=2)
        for number, (name, pill) in enumerate(self._steps.values()):
            grid.addWidget(name, number, 0)
            grid.addWidget(pill, number, 1)
        grid.setColumnStretch(2, 1)
        layout.addLayout(grid)
        layout.addLayout(Flow((self.draft, self.confirm, self.pay, self.settle, self.ask, self.zero)))
        layout.addStretch(1)
        return layout

    def show_agreement(self, agreement: Agreement | None) -> None:
        """Show where an agreement stands; nothing where there is none."""
        self.setVisible(agreement is not None)
        if agreement is None:
            return
        offer = agreement.offer
        words = self.tr("Agreed: {amount} on {day}")
        self._head.setText(words.format(amount=dollars(offer.amount), day=plain_day(offer.date)))
        here, missing = self.tr("Attached"), self.tr("Missing")
        self._show("confirmation", here if agreement.confirmed else missing, agreement.confirmed)
        paid = self.tr("{paid} of {amount}").format(paid=dollars(agreement.paid, "$0.00"), amount=dollars(offer.amount))
        self._show("paid", paid, agreement.paid_whole)
        self._show("zero", here if agreement.zero_balance else missing, agreement.zero_balance)
        self._show("settled", self.tr("Yes") if agreement.settled else self.tr("Not yet"), agreement.settled)
        self.draft.setVisible(not agreement.confirmed)
        self.confirm.setVisible(not agreement.confirmed)
        self.pay.setVisible(not agreement.paid_whole)
        self.settle.setVisible(not agreement.settled)
        self.ask.setVisible(agreement.paid_whole and not agreement.zero_balance)
        self.zero.setVisible(not agreement.zero_balance)

    def _show(self, step: str, words: str, done: bool) -> None:
        self._steps[step][1].show_word(words, "green" if done else "amber")

    @property
    def said(self) -> dict[str, str]:
        """Where each step stands, as shown."""
        return {step: pill.accessibleName() for step, (_, pill) in self._steps.items()}
