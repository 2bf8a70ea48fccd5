"""What one needs in sight during a call: the bills it is about, their account and claim numbers, amounts, questions."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QScrollArea, QWidget

from medbills_desktop.checks.chosen import chosen_findings
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.points import Point, points_of
from medbills_desktop.domain.records import Bill, Organization, Person
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import column, label
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.bills import ListBillChoices

MOST_QUESTIONS = 5


class AboutCard(QFrame):
    """Signals: `chosen` carries nothing, when a bill was ticked or unticked."""

    chosen = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._claim_ids: list[int] = []
        self._script: tuple[str, ...] = ()
        self._bills = QListWidget()
        self._bills.setAccessibleName(self.tr("Bills that the call is about"))
        self._bills.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._bills.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep(self._bills, most_height=92)
        self._bills.itemChanged.connect(self._changed)
        session.findings.changed.connect(self._findings_changed)
        self._text = label("", "", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = QScrollArea()
        scroll.setAccessibleName(self.tr("What the call is about"))
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._text)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(label(self.tr("About"), "muted"), self._bills, scroll, gap=4, margins=(12, 8, 12, 8)))

    def biller_of(self, bill_id: int | None) -> str:
        """The biller's name, for the first field of the panel."""
        if bill_id is None:
            return ""
        return self._session.read(lambda reader: reader.get(Organization, reader.get(Bill, bill_id).biller_id).name)

    def show_choices(self, bill_ids: list[int], claim_ids: list[int]) -> None:
        """List all bills, the given ones ticked and first."""
        self._claim_ids = list(claim_ids)
        self._script = ()
        self._bills.clear()
        choices = self._session.read(ListBillChoices())
        for choice in sorted(choices, key=lambda choice: choice.id not in bill_ids):
            item = QListWidgetItem(choice.name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if choice.id in bill_ids else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, choice.id)
            item.setToolTip(choice.name)
            self._bills.addItem(item)
        self._show_numbers()

    def show_script(self, lines: tuple[str, ...]) -> None:
        """Show lines to say above everything else; they are never kept."""
        self._script = lines
        self._show_numbers()

    def tick(self, bill_id: int) -> None:
        """Say that the call is about a bill too."""
        for number in range(self._bills.count()):
            if self._bills.item(number).data(Qt.ItemDataRole.UserRole) == bill_id:
                self._bills.item(number).setCheckState(Qt.CheckState.Checked)

    def bill_ids(self) -> list[int]:
        """The ticked bills."""
        items = [self._bills.item(number) for number in range(self._bills.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def claim_ids(self) -> list[int]:
        """The claims that the call was about, as they were."""
        return self._claim_ids

    def _changed(self) -> None:
        self._show_numbers()
        if not self.signalsBlocked():
            self.chosen.emit()

    def _show_numbers(self) -> None:
        script = ["\n".join((self.tr("You could say:"), *self._script))] if self._script else []
        self._text.setText("\n\n".join([*script, *(self._about(bill_id) for bill_id in self.bill_ids()[:3])]))

    def _about(self, bill_id: int) -> str:
        case = self._session.read(lambda reader: load_bills(reader, {bill_id}))
        bill = case.get(Bill, bill_id)
        statement = asked_statement(case, bill_id)
        claims = ", ".join(claim.number for claim in case.claims(bill_id) if claim.number)
        born = case.get(Person, bill.person_id).date_of_birth
        parts = [
            self.tr("Account {number}").format(number=bill.account_number or "–"),
            self.tr("Claim {numbers}").format(numbers=claims) if claims else "",
            self.tr("Patient {name}").format(name=case.get(Person, bill.person_id).name)
            + (self.tr(", born {day}").format(day=f"{born.month}/{born.day}/{born.year}") if born else ""),
            self.tr("Asked {amount}").format(amount=dollars(statement.balance if statement else None)),
        ]
        questions = [f"• {words}" for words in self._questions(case, bill_id)[:MOST_QUESTIONS]]
        if questions:
            parts += ["", self.tr("To ask:"), *questions]
        return "\n".join(part for number, part in enumerate(parts) if part or number > 3)

    def _questions(self, case: Case, bill_id: int) -> list[str]:
        """What to ask about a bill: first the points without a full answer (those asked in vain at the top), then what
        is not decided yet."""
        found = self._session.findings.of(bill_id) or ()
        asked = [self._asked(point) for point in points_of(case, bill_id, chosen_findings(found)) if point.waits]
        return asked + [one.finding.ask for one in found if one.open and one.finding.level != "info"]

    def _asked(self, point: Point) -> str:
        if point.asked is None:
            return point.ask
        return self.tr("{question} (asked {day})").format(question=point.ask, day=plain_day(point.asked))

    @Slot(object)
    def _findings_changed(self, bill_ids: frozenset[int]) -> None:
        if self.isVisible() and not bill_ids.isdisjoint(self.bill_ids()):
            self._show_numbers()
