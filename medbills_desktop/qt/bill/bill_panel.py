"""One bill: whom, how much, where it stands, and its tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QStackedLayout, QTabWidget, QWidget

from medbills_desktop.commands.bills import SetBillStatus
from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_moment
from medbills_desktop.domain.records import Bill, Organization, Person, Visit
from medbills_desktop.qt.appeals.appeals_tab import AppealsTab
from medbills_desktop.qt.assistance.assistance_tab import AssistanceTab
from medbills_desktop.qt.bill.calls_tab import CallsTab
from medbills_desktop.qt.bill.cards_tab import CardsTab
from medbills_desktop.qt.bill.dates_tab import DatesTab
from medbills_desktop.qt.bill.findings_tab import FindingsTab
from medbills_desktop.qt.bill.lines_tab import LinesTab
from medbills_desktop.qt.bill.money_tab import MoneyTab
from medbills_desktop.qt.bill.papers_tab import PapersTab
from medbills_desktop.qt.collections.collections_tab import CollectionsTab
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.focus import first_focus
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.letters.letters_tab import LettersTab
from medbills_desktop.qt.offers.offers_tab import OffersTab
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import ElidedLabel, button, column, label, panel
from medbills_desktop.store.queries.lines import CountLines
from medbills_desktop.store.queries.people import ListHelperWords
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class BillHead:
    """What stands above the tabs."""

    biller: str
    about: str
    status: str | None
    line_count: int


def read_head(reader: Reader, bill_id: int) -> BillHead | None:
    """The head of a bill, or `None` where it is gone."""
    found = reader.find(Bill, id=bill_id)
    if not found:
        return None
    bill = found[0]
    visit = reader.get(Visit, bill.visit_id) if bill.visit_id else None
    parts = (
        f"account {bill.account_number}" if bill.account_number else "",
        reader.get(Person, bill.person_id).name,
        f"visit {plain_moment(visit.start)}" if visit and visit.start else "",
    )
    about = " · ".join(part for part in parts if part)
    count = CountLines(bill_id)(reader)
    return BillHead(reader.get(Organization, bill.biller_id).name, about, bill.status, count)


class BillPanel(Page):
    """Signals: `packet_wanted`, `edit_wanted` carry the bill's id; those of the tabs are reached through them."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"bill", "organization", "person", "visit", "line", "authorization"})
    packet_wanted = Signal(object)
    edit_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self._biller = ElidedLabel("", "heading")
        self._about = ElidedLabel("", "muted")
        self._helpers = label("", "muted", wrap=True)
        self._helpers.hide()
        self._status = QComboBox()
        self._status.setAccessibleName(self.tr("Status of the bill"))
        for value, text in words.STATUS.items():
            self._status.addItem(text, value)
        self._status.setEnabled(session.writable)
        self._status.activated.connect(self._status_chosen)
        self.money, self.lines, self.findings = MoneyTab(session), LinesTab(session), FindingsTab(session)
        self.calls, self.letters, self.papers = CallsTab(session), LettersTab(session), PapersTab(session)
        self.offers = OffersTab(session)
        self.assistance, self.appeals = AssistanceTab(session), AppealsTab(session)
        self.collections = CollectionsTab(session)
        self.dates = DatesTab(session)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setUsesScrollButtons(True)
        self._titles = [
            (self.money, self.tr("Money")),
            (self.lines, self.tr("Lines")),
            (self.findings, self.tr("Findings")),
            (self.calls, self.tr("Calls")),
            (self.letters, self.tr("Letters")),
            (self.papers, self.tr("Papers")),
            (self.offers, self.tr("Offers")),
            (self.assistance, self.tr("Assistance")),
            (self.appeals, self.tr("Appeals")),
            (self.collections, self.tr("Collections")),
            (self.dates, self.tr("Dates")),
        ]
        for tab, title in self._titles:
            self.tabs.addTab(tab, title)
        self.findings.counted.connect(self._findings_counted)
        self.calls.counted.connect(self._calls_counted)
        self.letters.counted.connect(self._letters_counted)
        self.papers.counted.connect(self._papers_counted)
        self.offers.counted.connect(self._offers_counted)
        self.offers.tab_wanted.connect(self.show_tab)
        for told in self.told_tabs:
            told.counted.connect(self._tab_counted)
        self.findings.line_wanted.connect(self.show_line)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(self._whole())

    def _nothing(self) -> QWidget:
        empty = panel()
        text = self.tr("Choose a bill above to see its money, lines, findings, calls, letters and papers.")
        hint = label(text, "muted", wrap=True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        empty.setLayout(column(None, hint, None, margins=(24, 24, 24, 24)))
        return empty

    def _whole(self) -> QWidget:
        whole = panel()
        names = column(self._biller, self._about, gap=0)
        who = QWidget()
        who.setLayout(names)
        parts = (
            self._status,
            button(self.tr("Edit bill"), self._edit, enabled=self.session.writable),
            button(self.tr("Export packet…"), self._packet, "", "Ctrl+E"),
        )
        head = Headed(who, parts, least=200)
        keep(head, margins=(0, 0, 0, 4))
        layout = column(margins=(16, 12, 16, 8), gap=4)
        layout.addLayout(head)
        layout.addWidget(self._helpers)
        layout.addWidget(self.tabs, 1)
        whole.setLayout(layout)
        return whole

    def show_bill(self, bill_id: int | None) -> None:
        """Show a bill in all tabs, or the empty state."""
        if bill_id == self.bill_id:
            return
        self.bill_id = bill_id
        self._stack.setCurrentIndex(0 if bill_id is None else 1)
        for tab in (self.money, self.lines, self.findings, self.calls, self.letters, self.papers, self.offers):
            tab.show_bill(bill_id)
        for told in self.told_tabs:
            told.show_bill(bill_id)
        self.mark_stale()

    def refresh(self) -> None:
        bill_id = self.bill_id
        head = None if bill_id is None else self.session.read(lambda reader: read_head(reader, bill_id))
        if head is None:
            self._stack.setCurrentIndex(0)
            return
        self._biller.set_text(head.biller)
        self._about.set_text(head.about)
        self._show_helpers(self.session.read(ListHelperWords(bill_id or 0, self.session.today)))
        self._status.setCurrentIndex(max(self._status.findData(head.status), 0) if head.status else -1)
        self._count(1, head.line_count)

    def _show_helpers(self, sentences: list[str]) -> None:
        """Who may speak for the patient, below the name: only where somebody was ever let."""
        self._helpers.setText(" ".join(sentences))
        self._helpers.setVisible(bool(sentences))

    @Slot(object)
    def show_line(self, line_id: int) -> None:
        """Go to a line of the shown bill."""
        self.tabs.setCurrentWidget(self.lines)
        self.lines.grid.setFocus()
        self.lines.grid.choose(line_id)

    def show_tab(self, name: str) -> None:
        """Bring the tab that is kept under that name to the front, such as `findings`."""
        tab = getattr(self, name, None)
        if isinstance(tab, QWidget) and self.tabs.indexOf(tab) >= 0:
            self.tabs.setCurrentWidget(tab)
            first_focus(tab)

    def _count(self, number: int, count: int) -> None:
        title = self._titles[number][1]
        self.tabs.setTabText(number, f"{title} {count}" if count else title)

    @property
    def told_tabs(self) -> tuple[CardsTab, ...]:
        """The tabs that consist of cards, in their order."""
        return (self.assistance, self.appeals, self.collections, self.dates)

    @Slot(object)
    def _tab_counted(self, count: int) -> None:
        tab = self.sender()
        number = next((at for at, (one, _) in enumerate(self._titles) if one is tab), None)
        if number is not None:
            self._count(number, count)

    @Slot(object)
    def _findings_counted(self, count: int) -> None:
        self._count(2, count)

    @Slot(object)
    def _calls_counted(self, count: int) -> None:
        self._count(3, count)

    @Slot(object)
    def _letters_counted(self, count: int) -> None:
        self._count(4, count)

    @Slot(object)
    def _papers_counted(self, count: int) -> None:
        self._count(5, count)

    @Slot(object)
    def _offers_counted(self, count: int) -> None:
        self._count(6, count)

    @Slot(int)
    def _status_chosen(self, number: int) -> None:
        if self.bill_id is not None:
            status = self._status.itemData(number)
            if self.session.perform(SetBillStatus(self.bill_id, status)) is None:
                self.mark_stale()  # refused: the choice shows again where the bill stands

    @Slot()
    def _edit(self) -> None:
        self.edit_wanted.emit(self.bill_id)

    @Slot()
    def _packet(self) -> None:
        self.packet_wanted.emit(self.bill_id)
