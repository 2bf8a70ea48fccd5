"""The calculator beside the offers: shares of the balance, and installments that add up to the cent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents, cents_from_text, decimal_text, dollars
from medbills_desktop.domain.offers import gap_words
from medbills_desktop.domain.records import Offer
from medbills_desktop.domain.settlement import (
    MOST_INSTALLMENTS,
    Installments,
    installment_words,
    installments,
    percent_of,
    shares_of,
)
from medbills_desktop.qt.flow import EvenColumns
from medbills_desktop.qt.forms.fields import Field, read
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import button, column, label, row
from medbills_desktop.qt.words.word_label import word_label

_BALANCE = Field("balance", "Balance", "money")
_PERCENT = Field("percent", "Own share", "decimal")
_COUNT = Field("count", "Installments", "whole")


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What was worked out, to begin an offer with: an amount in cents and, in installments, how they are paid."""

    amount: Cents
    plan: Installments | None = None

    def start(self) -> dict[str, Any]:
        """The fields of an offer that follow from it. Installments that differ by a cent are told in the conditions."""
        if self.plan is None or self.plan.count == 1:
            return {"amount": self.amount, "lump_sum": True}
        found: dict[str, Any] = {
            "amount": self.amount,
            "lump_sum": False,
            "installments": self.plan.count,
            "installment_amount": self.plan.larger,
        }
        if self.plan.first_ones != self.plan.count:
            found["conditions"] = installment_words(self.plan)
        return found


class Calculator(QFrame):
    """Signals: `wanted` carries a `Reckoning` that is to become an offer."""

    wanted = Signal(object)

    def __init__(self, writable: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._stated: tuple[Cents | None, Day | None] | None = None
        self.balance = self._line(self.tr("Balance"), self.tr("not stated"))
        self.own = self._line(self.tr("Own share in percent"), self.tr("own %"))
        self.amount = self._line(self.tr("Amount offered"), self.tr("amount"))
        self.count = self._line(self.tr("Number of installments"), self.tr("1"))
        self.each = self._line(self.tr("Each installment, as they say"), self.tr("as they say"))
        self._from = label("", "muted", wrap=True)
        self._problem = label("", "problem", wrap=True)
        self.said = label("", "strong", wrap=True)
        self.gap = label("", "caution", wrap=True)
        self.takes: list[QPushButton] = []
        self._amounts: list[QLabel] = []
        self.use = button(self.tr("Use in an offer…"), self._use, "", enabled=False)
        self._writable = writable
        self.setLayout(self._build())
        for field in (self.balance, self.own, self.amount, self.count, self.each):
            field.textChanged.connect(self._work_out)
        self._work_out()

    def _line(self, name: str, hint: str) -> QLineEdit:
        found = QLineEdit()
        found.setAccessibleName(name)
        found.setPlaceholderText(hint)
        found.setAlignment(Qt.AlignmentFlag.AlignRight)
        keep(found, least_width=96)
        return found

    def _build(self) -> Any:
        layout = column(label(self.tr("What would it come to?"), "strong"), gap=6, margins=(14, 12, 14, 12))
        layout.addLayout(EvenColumns((self._shares(), self._installments()), least=220, gap=24))
        layout.addWidget(self._problem)
        layout.addLayout(row(None, self.use))
        layout.addStretch(1)
        return layout

    def _shares(self) -> QWidget:
        """The balance, and what its shares come to."""
        side, layout, grid = QWidget(), column(gap=6), QGridLayout()
        layout.addLayout(self._named(self.tr("Balance"), self.balance))
        layout.addWidget(self._from)
        keep(grid, across=12, down=2)
        for number, percent in enumerate((*(share.percent for share in shares_of(Cents(100))), None)):
            name = self.own if percent is None else label(f"{percent} %")
            amount = label("–")
            amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            take = button(self.tr("Take"), self._take, "flat")
            policy = take.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            take.setSizePolicy(policy)
            grid.addWidget(name, number, 0)
            grid.addWidget(amount, number, 1)
            grid.addWidget(take, number, 2)
            self._amounts.append(amount)
            self.takes.append(take)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        layout.addStretch(1)
        side.setLayout(layout)
        return side

    def _installments(self) -> QWidget:
        """The amount that is offered, and how it is paid."""
        side, layout = QWidget(), column(gap=6)
        layout.addLayout(self._named(self.tr("Amount"), self.amount))
        layout.addLayout(self._named(self.tr("Number of installments"), self.count))
        layout.addLayout(self._named(self.tr("Each, as they say"), self.each))
        for text in (self.said, self.gap):
            layout.addWidget(text)
        layout.addStretch(1)
        side.setLayout(layout)
        return side

    def _named(self, name: str, field: QLineEdit) -> Any:
        words = word_label(name)
        words.setBuddy(field)
        found = row(gap=12)
        found.addWidget(words, 1)
        found.addWidget(field, 1)
        return found

    def show_balance(self, balance: Cents | None, day: Day | None) -> None:
        """Begin with what the latest statement asks for; what was typed stays while that is the same."""
        if self._stated == (balance, day):
            return
        self._stated = (balance, day)
        self.balance.setText("" if balance is None or balance <= 0 else decimal_text(balance))
        if balance is None:
            words = self.tr("No statement states a balance. Type one to see its shares.")
        else:
            words = self.tr("Asked for on the statement of {day}.").format(day=plain_day(day))
        self._from.setText(words)
        for field in (self.own, self.amount, self.count, self.each):
            field.clear()

    @property
    def shares(self) -> list[str]:
        """The amounts as shown, from the smallest share, the own one last."""
        return [amount.text() for amount in self._amounts]

    @property
    def problem(self) -> str:
        """What can't be read or makes no plan; empty while nothing is wrong."""
        return self._problem.text()

    @property
    def reckoning(self) -> Reckoning | None:
        """What the typed amount and number come to; `None` while they make none."""
        try:
            amount = cents_from_text(self.amount.text())
            count = read(_COUNT, self.count.text())
            if amount is None or amount <= 0:
                return None
            return Reckoning(amount, None if count is None else installments(amount, count))
        except (UserError, ValueError):
            return None

    @Slot()
    def _work_out(self) -> None:
        problems: list[str] = []
        balance = self._read(problems, lambda: read(_BALANCE, self.balance.text()))
        own = self._read(problems, lambda: _share(self.own.text()))
        amount = self._read(problems, lambda: cents_from_text(self.amount.text()))
        count = self._read(problems, lambda: read(_COUNT, self.count.text()))
        each = self._read(problems, lambda: cents_from_text(self.each.text()))
        self._show_shares(balance, own)
        self.said.setText(self._told(balance, amount, count, problems))
        gap = ""
        if amount and count and each and 0 < count <= MOST_INSTALLMENTS:
            gap = gap_words(
                Offer(bill_id=0, date=Day(2000, 1, 1), amount=amount, installments=count, installment_amount=each)
            )
            gap = f"{gap}." if gap else self.tr("Their installments add up.")
        self._say(self.gap, gap)
        self._say(self._problem, " ".join(problems))
        self.said.setVisible(bool(self.said.text()))
        self.use.setEnabled(self._writable and self.reckoning is not None)

    def _show_shares(self, balance: Cents | None, own: Decimal | None) -> None:
        found = {share.percent: share.amount for share in shares_of(balance, own)}
        usual = [share.percent for share in shares_of(Cents(100))]
        amounts = [found.get(percent) for percent in usual]
        amounts.append(found.get(own) if own is not None else None)
        for amount, shown, take in zip(amounts, self._amounts, self.takes, strict=True):
            shown.setText(dollars(amount))
            take.setVisible(amount is not None)
            take.setProperty("amount", amount)
            take.setAccessibleName(self.tr("Take {amount}").format(amount=dollars(amount)))

    def _told(self, balance: Cents | None, amount: Cents | None, count: int | None, problems: list[str]) -> str:
        if amount is None or amount <= 0:
            return ""
        parts = []
        share = percent_of(amount, balance) if balance is not None else None
        if share is not None:
            parts.append(self.tr("{amount} is {share} % of the balance.").format(amount=dollars(amount), share=share))
        if count is not None:
            try:
                parts.append(installment_words(installments(amount, count)))
            except ValueError:
                words = self.tr("{count} installments make no plan. Type a number from 1 to {most}.")
                problems.append(words.format(count=count, most=MOST_INSTALLMENTS))
        return " ".join(parts)

    @staticmethod
    def _read(problems: list[str], typed: Callable[[], Any]) -> Any:
        try:
            return typed()
        except UserError as error:
            problems.append(str(error))
            return None

    @staticmethod
    def _say(words: QLabel, text: str) -> None:
        words.setText(text)
        words.setVisible(bool(text))

    @Slot()
    def _take(self) -> None:
        sender = self.sender()
        amount = sender.property("amount") if sender is not None else None
        if amount is not None:
            self.amount.setText(decimal_text(amount))
            self.count.setFocus()

    @Slot()
    def _use(self) -> None:
        if (found := self.reckoning) is not None:
            self.wanted.emit(found)


def _share(text: str) -> Decimal | None:
    value: Decimal | None = read(_PERCENT, text.replace("%", "").strip())
    if value is not None and not 0 < value <= 100:
        raise UserError(f"{value} % is no share of a balance.", "Type a number above 0, up to 100.")
    return value
