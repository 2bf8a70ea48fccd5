"""What a discount means in cents: the one that was granted, or one that is typed to see what it would be."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.domain.assistance_money import AssistanceMoney, assistance_money
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import dollars
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.fields import Field, read
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import column, label
from medbills_desktop.qt.words.word_label import word_label

_PERCENT = Field("percent", "Discount percent", "decimal")


class DiscountWords(QWidget):
    """The percentage, to be typed where none was granted, and below it what it leaves."""

    def __init__(self, case: Case, bill_id: int, granted: Decimal | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._case, self._bill_id = case, bill_id
        self.percent = QLineEdit("" if granted is None else format(granted.normalize(), "f"))
        self.percent.setReadOnly(granted is not None)
        self.percent.setPlaceholderText(self.tr("like 75"))
        self.percent.setAccessibleName(self.tr("Discount percent"))
        self.percent.textChanged.connect(self._tell)
        keep(self.percent, width=90)
        head = QWidget()
        name = word_label(self.tr("Discount percent"))
        name.setBuddy(self.percent)
        head.setLayout(Flow((name, self.percent), gap=8))
        self.on_balance, self.on_whole = label("", "", wrap=True), label("", "", wrap=True)
        self.which = label("", "muted", wrap=True)
        self.setLayout(column(head, self.on_balance, self.on_whole, self.which, gap=4))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        said = self._said()
        for widget, text in zip((self.on_balance, self.on_whole, self.which), said, strict=True):
            widget.setText(text)
            widget.setVisible(bool(text))

    def _said(self) -> tuple[str, str, str]:
        try:
            percent = read(_PERCENT, self.percent.text())
        except UserError as error:
            return "", "", str(error)
        if percent is None:
            return "", "", self.tr("Type the percentage of the hospital's policy to see what it would leave.")
        if not 0 <= percent <= 100:
            return "", "", self.tr("A discount is between 0 and 100 percent.")
        found = assistance_money(self._case, self._bill_id, percent)
        if found is None:
            return "", "", self.tr("No statement with a balance is entered, so there is nothing to take it off.")
        which = self.tr("The policy or the letter says what the discount is taken off; the two can differ.")
        return self._balance(found), self._whole(found), which if found.on_whole.base != found.on_balance.base else ""

    def _balance(self, found: AssistanceMoney) -> str:
        one = found.on_balance
        text = self.tr("Off what is asked now, {base}: {off} less, {left} left to pay.")
        return text.format(base=dollars(one.base), off=dollars(one.off), left=dollars(one.left))

    def _whole(self, found: AssistanceMoney) -> str:
        one = found.on_whole
        if one.base == found.on_balance.base and not found.paid:
            return ""
        text = self.tr("Off the whole, {base} with what you paid: {left} would be yours, and you paid {paid}.")
        said = text.format(base=dollars(one.base), left=dollars(one.left), paid=dollars(found.paid))
        if found.back:
            return f"{said} {self.tr('{back} would come back to you.').format(back=dollars(found.back))}"
        return f"{said} {self.tr('{rest} would be left to pay.').format(rest=dollars(found.to_pay))}"
