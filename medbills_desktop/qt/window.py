"""The main window: side bar, the page in front, the call panel below it, the viewer beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QSplitter, QStackedWidget, QWidget

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt import theme
from medbills_desktop.qt.acts import WindowActs
from medbills_desktop.qt.calls.after_call import AfterCall
from medbills_desktop.qt.calls.call_panel import CallPanel
from medbills_desktop.qt.calls.call_room import CallRoom
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.going import Going
from medbills_desktop.qt.intake import Intake
from medbills_desktop.qt.lengths import follow_everywhere, keep
from medbills_desktop.qt.menus import build_actions, build_menus
from medbills_desktop.qt.notice_bar import NoticeBar
from medbills_desktop.qt.pages.bills_page import BillsPage
from medbills_desktop.qt.pages.calls_page import CallsPage
from medbills_desktop.qt.pages.codes_page import CodesPage
from medbills_desktop.qt.pages.findings_page import FindingsPage
from medbills_desktop.qt.pages.letters_page import LettersPage
from medbills_desktop.qt.pages.papers_page import PapersPage
from medbills_desktop.qt.pages.payments_page import PaymentsPage
from medbills_desktop.qt.pages.people_page import PeoplePage
from medbills_desktop.qt.pages.prices_page import PricesPage
from medbills_desktop.qt.pages.rules_page import RulesPage
from medbills_desktop.qt.pages.search_page import SearchPage
from medbills_desktop.qt.pages.timeline_page import TimelinePage
from medbills_desktop.qt.pages.today_page import TodayPage
from medbills_desktop.qt.points.answer_offer import AnswerOffer
from medbills_desktop.qt.safety import Safety
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.showing import Showing
from medbills_desktop.qt.side_bar import SideBar, SideEntry
from medbills_desktop.qt.step_acts import StepActs
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.worker_link import WorkerLink
from medbills_desktop.qt.widgets import button, column, label, row
from medbills_desktop.qt.window_state import WindowState

SEARCH_AFTER_MILLISECONDS = 120
P = TypeVar("P", bound=QWidget)


class MainWindow(QMainWindow):
    """One open library on screen. Signals: `library_wanted` carries a `LibraryWish` for another library."""

    library_wanted = Signal(object)

    def __init__(self, session: Session, settings: Settings, name: str, folder: Path) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.home = folder
        self.setWindowTitle(f"{name} — MedBills")
        self.setObjectName("main")
        self.setMinimumSize(1024, 700)
        self.setAcceptDrops(True)
        with theme.undressed():
            self._make_parts(name)
            self.going = Going(self)
            self.acts = WindowActs(self)
            self._lay_out()
            self.actions_by_id = build_actions(self, self.acts.handlers())
            build_menus(self, self.actions_by_id)
        self._connect()
        self._connect_cards()
        self.state = WindowState(self)
        self.state.restore()
        self.going.show_page("bills")
        self.acts.enable()

    def _make_parts(self, name: str) -> None:
        session = self.session
        self.link = WorkerLink(self)
        self.viewer = ViewerPane(self.link)
        self.showing = Showing(session, self.viewer, self)
        self.intake = Intake(session, self)
        self.safety = Safety(session, self)
        self.notices = NoticeBar(session)
        self.offer = AnswerOffer(session)
        self.steps = StepActs(self)
        self.after_call = AfterCall(session)
        self.call = CallPanel(session)
        self.call.hide()
        self.pages = self._make_pages()
        self.side = SideBar(
            tuple(SideEntry(key, page.TITLE) for key, page in self.pages.items() if key != "search"), name
        )
        self.stack = QStackedWidget()
        for page in self.pages.values():
            self.stack.addWidget(page)
        self.title = label("", "title")
        self.search_field = self._make_search()

    def _make_pages(
        self,
    ) -> dict[
        str,
        TodayPage
        | BillsPage
        | FindingsPage
        | CallsPage
        | LettersPage
        | PapersPage
        | PaymentsPage
        | PeoplePage
        | PricesPage
        | CodesPage
        | RulesPage
        | TimelinePage
        | SearchPage,
    ]:
        session = self.session
        return {
            "today": TodayPage(session),
            "bills": BillsPage(session),
            "findings": FindingsPage(session),
            "calls": CallsPage(session),
            "letters": LettersPage(session),
            "papers": PapersPage(session),
            "payments": PaymentsPage(session),
            "people": PeoplePage(session),
            "prices": PricesPage(session),
            "codes": CodesPage(session),
            "rules": RulesPage(session),
            "timeline": TimelinePage(session),
            "search": SearchPage(session),
        }

    def _make_search(self) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName("search")
        field.setPlaceholderText(self.tr("Search bills, calls and papers  (Ctrl+F)"))
        field.setAccessibleName(self.tr("Search"))
        field.setClearButtonEnabled(True)
        self._search_soon = QTimer(self)
        self._search_soon.setSingleShot(True)
        self._search_soon.setInterval(SEARCH_AFTER_MILLISECONDS)
        return field

    def _lay_out(self) -> None:
        head = QWidget()
        head.setLayout(row(self.title, 8, self.search_field))
        writable = self.session.library.mode == "write"
        self.add_paper = button(self.tr("Add paper"), self.acts.add_papers, "", "Ctrl+P")
        self.log_call = button(self.tr("Log a call  Ctrl+L"), self.acts.log_call, "primary", "Ctrl+L")
        for one in (self.add_paper, self.log_call):
            one.setEnabled(writable)
        tools = Headed(head, (self.add_paper, self.log_call), least=280)
        self.middle = QSplitter(Qt.Orientation.Vertical)
        self.middle.setChildrenCollapsible(False)
        keep(self.middle, handle=8)
        self.middle.addWidget(self.stack)
        self.middle.addWidget(self.call)
        self.middle.setStretchFactor(0, 1)
        self.room = CallRoom(self.call, self.bills, self.middle)
        center = QWidget()
        layout = column(gap=8, margins=(16, 12, 4, 8))
        layout.addLayout(tools)
        layout.addWidget(self.middle, 1)
        layout.addWidget(self.after_call)
        layout.addWidget(self.offer)
        layout.addWidget(self.notices)
        center.setLayout(layout)
        self.beside = QSplitter(Qt.Orientation.Horizontal)
        self.beside.setChildrenCollapsible(False)
        keep(self.beside, handle=8)
        self.beside.addWidget(center)
        self.beside.addWidget(self.viewer)
        self.beside.setStretchFactor(0, 3)
        self.beside.setStretchFactor(1, 1)
        whole = QWidget()
        whole.setObjectName("window")
        whole.setLayout(row(self.side, self.beside, gap=0))
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        session, going, acts = self.session, self.going, self.acts
        self._connect_calls()
        self.side.wanted.connect(going.show_page)
        self.side.wanted.connect(self.room.page_wanted)
        self.search_field.textChanged.connect(self._search_soon.start)
        self.search_field.returnPressed.connect(going.enter_results)
        self._search_soon.timeout.connect(going.search_now)
        session.wanted.connect(going.go_to)
        session.herald.changed.connect(acts.news)
        session.herald.read_anew.connect(acts.news)
        bills, today, search = self.bills, self.today, self.search
        bills.bill_shown.connect(going.bill_shown)
        bills.enter_wanted.connect(acts.add_bill)
        self._connect_timeline()
        self.papers.add_wanted.connect(acts.add_papers)
        bills.bill.packet_wanted.connect(acts.packet.export_of)
        bills.bill.money.parting.call_wanted.connect(self.call.begin_about)
        for strip in (bills.bill.money.itemized, bills.bill.lines.itemized):
            strip.call_wanted.connect(self.call.begin_about)
            strip.file_wanted.connect(acts.add_itemized_bill)
        bills.bill.lines.line_chosen.connect(going.line_chosen)
        bills.bill.lines.show_on_paper.connect(going.show_line_on_paper)
        bills.bill.letters.write_wanted.connect(acts.write_letter)
        bills.bill.papers.paper_chosen.connect(self.showing.show_paper)
        bills.bill.papers.add_wanted.connect(acts.add_papers)
        bills.bill.findings.place_wanted.connect(going.show_place)
        self.findings.line_wanted.connect(going.go_to_line)
        self.findings.place_wanted.connect(going.show_place)
        self.prices.line_wanted.connect(going.go_to_line)
        self.prices.price_chosen.connect(going.price_chosen)
        self.prices.proof_wanted.connect(going.show_proof)
        self.prices.files_wanted.connect(acts.add_papers)
        self.findings.counted.connect(acts.show_findings)
        self.letters.saved.connect(going.show_saved)
        self.letters.previewed.connect(self.showing.show_preview)
        self.letters.print_wanted.connect(acts.print_file)
        self.showing.preview_left.connect(self.letters.preview.stop)
        self.letters.replied.connect(self.offer.after_letter)
        self.letters.paper_wanted.connect(self.showing.show_paper)
        self.papers.paper_chosen.connect(going.preview_paper)
        today.itemized_wanted.connect(self.call.begin_about)
        today.rule_wanted.connect(going.show_rule)
        today.step_wanted.connect(self.steps.do)
        today.replied.connect(self.offer.after_letter)
        today.counted.connect(acts.show_due)
        search.place_wanted.connect(going.go_to)
        search.previewed.connect(going.preview)
        self.viewer.text_taken.connect(bills.bill.lines.taking.take)
        self.viewer.files_dropped.connect(acts.files_dropped)
        self.viewer.unlocked.connect(self.intake.read_unlocked)
        self.viewer.detach_requested.connect(acts.toggle_detached)
        self.intake.progressed.connect(self.notices.show_progress)
        self.intake.taken.connect(acts.papers_taken)
        self.notices.cancel_wanted.connect(acts.cancel_work)
        self.safety.backed_up.connect(acts.show_safe)
        acts.packets.progressed.connect(self.notices.show_progress)
        acts.packets.finished.connect(acts.packet.finished)

    def _connect_timeline(self) -> None:
        self.timeline.enter_wanted.connect(self.acts.add_bill)
        self.timeline.place_wanted.connect(self.going.go_to)
        self.timeline.paper_wanted.connect(self.going.preview)
        self.timeline.saved.connect(self.going.show_saved)
        self.timeline.print_wanted.connect(self.acts.print_file)

    def _connect_cards(self) -> None:
        """The tabs of a bill that consist of cards lead to calls and rules."""
        for tab in self.bills.bill.told_tabs:
            tab.call_wanted.connect(self.call.begin_about)
            tab.rule_wanted.connect(self.going.show_rule)
        self.bills.bill.offers.rule_wanted.connect(self.going.show_rule)

    def _connect_calls(self) -> None:
        call, after = self.call, self.after_call
        for log in (self.calls, self.bills.bill.calls):
            log.log_wanted.connect(self.acts.log_call)
            log.open_wanted.connect(call.correct)
        self.bills.bill.calls.call_wanted.connect(call.begin_about)
        call.kept.connect(self.offer.after_call)
        call.logged.connect(after.offer)
        call.opened.connect(after.make_room)
        call.closed.connect(after.come_back)
        call.rule_wanted.connect(self.going.show_rule)
        call.sounds.progressed.connect(self.notices.show_progress)

    @property
    def bills(self) -> BillsPage:
        return self._page("bills", BillsPage)

    @property
    def today(self) -> TodayPage:
        return self._page("today", TodayPage)

    @property
    def findings(self) -> FindingsPage:
        return self._page("findings", FindingsPage)

    @property
    def calls(self) -> CallsPage:
        return self._page("calls", CallsPage)

    @property
    def letters(self) -> LettersPage:
        return self._page("letters", LettersPage)

    @property
    def papers(self) -> PapersPage:
        return self._page("papers", PapersPage)

    @property
    def payments(self) -> PaymentsPage:
        return self._page("payments", PaymentsPage)

    @property
    def people(self) -> PeoplePage:
        return self._page("people", PeoplePage)

    @property
    def prices(self) -> PricesPage:
        return self._page("prices", PricesPage)

    @property
    def codes(self) -> CodesPage:
        return self._page("codes", CodesPage)

    @property
    def rules(self) -> RulesPage:
        return self._page("rules", RulesPage)

    @property
    def timeline(self) -> TimelinePage:
        return self._page("timeline", TimelinePage)

    @property
    def search(self) -> SearchPage:
        return self._page("search", SearchPage)

    def _page(self, key: str, kind: type[P]) -> P:
        found = self.pages[key]
        if not isinstance(found, kind):
            raise TypeError(key)
        return found

    @Slot()
    def begin(self) -> None:
        """What happens right after the window is seen: unfinished typing comes back, unread papers are read."""
        self.bills.view.setFocus()
        self.call.come_back()
        self.intake.read_texts()
        self.today.count()
        self.session.findings.begin()
        self.session.days.begin()
        self.acts.news()

    def set_look(self, dark: bool, per_cent: int) -> None:
        """Change scheme and text size for the whole program."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.apply(application, dark, per_cent)
            follow_everywhere()
        self.settings.text_size = per_cent

    @property
    def searching(self) -> bool:
        """Whether what was typed in the search field is still to be looked for."""
        return self._search_soon.isActive()

    def guard(self, act: Callable[[], object]) -> object:
        """Do something that may be refused; a refusal becomes a notice."""
        try:
            return act()
        except UserError as error:
            self.session.refuse(error)
            return None

    # Qt's own names from here on

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.intake.take_mime(event.mimeData(), *self.going.target_of_papers()):
            event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.call.keep_typed()
        self.call.sounds.close()
        self.bills.bill.lines.put_away()
        self.state.save()
        self.acts.close()
        self.link.close()
        self.session.close()
        QGuiApplication.restoreOverrideCursor()
        super().closeEvent(event)
