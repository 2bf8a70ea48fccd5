"""What one needs in sight during a call: what it is for and what one could say, numbers, promises, questions."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFrame, QListWidget, QListWidgetItem, QWidget

from medbills_desktop.domain import words
from medbills_desktop.domain.call_scripts import call_scripts, other_side, script_languages
from medbills_desktop.domain.records import Bill, Organization
from medbills_desktop.qt.calls.sheet_reading import SheetReader
from medbills_desktop.qt.calls.sheet_view import SheetView
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, column, label, scrolling
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.queries.bills import ListBillChoices


class AboutCard(QFrame):
    """Signals: `chosen` carries nothing, when a bill was ticked or unticked; `purpose_chosen` the purpose."""

    chosen = Signal()
    purpose_chosen = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._claim_ids: list[int] = []
        self._script: tuple[str, ...] = ()
        self._organization = ""
        self._reader = SheetReader(session, self)
        self._purpose = self._make_purposes()
        self._bills = self._make_bills()
        self._language = self._make_languages()
        self.sheet = SheetView()
        self.sheet.setAccessibleName(self.tr("What the call is about"))
        session.findings.changed.connect(self._findings_changed)
        copy = button(
            self.tr("Copy"),
            self.copy_sheet,
            "flat",
            self.tr("Copies the sheet as text, to print it or keep it by you"),
        )
        copy.setAccessibleName(self.tr("Copy the sheet"))
        inside, layout = QWidget(), column(gap=4, margins=(12, 8, 12, 8))
        layout.addLayout(Flow((label(self.tr("The call is for"), "muted"),), (copy,)))
        layout.addWidget(self._purpose)
        layout.addWidget(self._language)
        layout.addWidget(label(self.tr("About"), "muted"))
        layout.addWidget(self._bills)
        layout.addWidget(self.sheet, 1)
        inside.setLayout(layout)
        self.setLayout(column(scrolling(inside), margins=(1, 1, 1, 1)))

    def _make_purposes(self) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(self.tr("What the call is for"))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(self.tr("Anything else"), "")
        for script in call_scripts().values():
            combo.addItem(script.name, script.purpose)
            tip = self.tr("Alt+{number}").format(number=combo.count() - 1)
            combo.setItemData(combo.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        combo.currentIndexChanged.connect(self._purpose_changed)
        return combo

    def _make_languages(self) -> QComboBox:
        combo = QComboBox()
        combo.setAccessibleName(self.tr("Language of what one could say"))
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for language in script_languages():
            combo.addItem(words.LANGUAGE.get(language, language), language)
        combo.activated.connect(self._show_sheet)
        return combo

    def _make_bills(self) -> QListWidget:
        bills = QListWidget()
        bills.setAccessibleName(self.tr("Bills that the call is about"))
        bills.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        bills.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep(bills, height=92)
        bills.itemChanged.connect(self._changed)
        return bills

    def biller_of(self, bill_id: int | None) -> str:
        """The biller's name, for the first field of the panel."""
        if bill_id is None:
            return ""
        return self._session.read(lambda reader: reader.get(Organization, reader.get(Bill, bill_id).biller_id).name)

    def other_side(self, purpose: str, bill_id: int | None) -> str:
        """The name of the one whom a call for a purpose is with; empty without a bill."""
        if bill_id is None:
            return ""
        found = other_side(purpose, self._session.read(lambda reader: load_bills(reader, {bill_id})), bill_id)
        return found.name if found else ""

    def show_choices(
        self, bill_ids: list[int], claim_ids: list[int], purpose: str = "", organization: str = ""
    ) -> None:
        """List all bills, the given ones ticked and first."""
        self._claim_ids = list(claim_ids)
        self._script, self._organization = (), organization
        with QSignalBlocker(self._purpose), QSignalBlocker(self._bills):
            self._purpose.setCurrentIndex(max(self._purpose.findData(purpose), 0))
            self._bills.clear()
            choices = self._session.read(ListBillChoices())
            for choice in sorted(choices, key=lambda choice: choice.id not in bill_ids):
                item = QListWidgetItem(choice.name)
                item.setFlags(
                    Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
                )
                item.setCheckState(Qt.CheckState.Checked if choice.id in bill_ids else Qt.CheckState.Unchecked)
                item.setData(Qt.ItemDataRole.UserRole, choice.id)
                item.setToolTip(choice.name)
                self._bills.addItem(item)
        self._show_sheet()

    def show_script(self, lines: tuple[str, ...]) -> None:
        """Show other lines to say than those of the purpose; they are never kept."""
        self._script = lines
        self._show_sheet()

    def show_other(self, organization: str) -> None:
        """Say whom the call is with, for the promises that they made."""
        if organization != self._organization:
            self._organization = organization
            self._show_sheet()

    def choose_purpose(self, purpose: str) -> None:
        """Choose what the call is for, as if by hand."""
        self._purpose.setCurrentIndex(max(self._purpose.findData(purpose), 0))

    @property
    def purpose(self) -> str:
        """What the call is for; empty for anything else."""
        return str(self._purpose.currentData() or "")

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

    @Slot()
    def copy_sheet(self) -> None:
        """Copy the whole sheet as text."""
        QGuiApplication.clipboard().setText(self.sheet.text)
        self._session.tell(self.tr("The sheet is copied."))

    def _changed(self) -> None:
        self._show_sheet()
        if not self.signalsBlocked():
            self.chosen.emit()

    @Slot()
    def _purpose_changed(self) -> None:
        self._script = ()
        self._show_sheet()
        if not self.signalsBlocked():
            self.purpose_chosen.emit(self.purpose)

    @Slot()
    def _show_sheet(self) -> None:
        self._language.setVisible(bool(self.purpose) and not self._script)
        self.sheet.show_parts(
            self._reader.read(
                self.bill_ids(), self.purpose, self._organization, self._script, self._language.currentData()
            )
        )

    @Slot(object)
    def _findings_changed(self, bill_ids: frozenset[int]) -> None:
        if self.isVisible() and not bill_ids.isdisjoint(self.bill_ids()):
            self._show_sheet()
