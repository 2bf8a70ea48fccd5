"""What each action of the menus does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox

from medbills_desktop.commands.itemized import KeepAsItemizedBill
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, Organization, Person, Statement, Task
from medbills_desktop.qt import theme
from medbills_desktop.qt.actions import ACTIONS
from medbills_desktop.qt.case_files import CaseFiles
from medbills_desktop.qt.dates_export import DatesExport
from medbills_desktop.qt.dialogs.ask import ask_files, ask_folder
from medbills_desktop.qt.dialogs.keys_dialog import KeysDialog
from medbills_desktop.qt.dialogs.sheet_dialog import SheetDialog
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import edit_record, enter_bill, new_record
from medbills_desktop.qt.intake import Taken
from medbills_desktop.qt.packet_acts import PacketActs
from medbills_desktop.qt.payments.payment_form import enter_payment
from medbills_desktop.qt.prints import Prints
from medbills_desktop.qt.viewer.shown import FilesDropped
from medbills_desktop.qt.widgets import counted
from medbills_desktop.qt.words.asking import explain_focused, show_words
from medbills_desktop.store.queries.papers import CountInbox
from medbills_desktop.store.queries.timeline import TimelineScope

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow

PAPER_FILES = "Papers (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.webp *.gif);;All files (*)"


@dataclass(frozen=True, slots=True)
class LibraryWish:
    """Another library is to be opened: a folder, a new folder, or the sample case."""

    how: Literal["open", "new", "sample"]
    folder: Path | None = None


class WindowActs(QObject):
    """The handlers of the menus, found by the action's id."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.packet = PacketActs(window)
        self.packets = self.packet.exports
        self._prints = Prints(window, self)
        self.files = CaseFiles(window.session, window, self)
        self.dates = DatesExport(window)
        self._apart: QMainWindow | None = None
        self._itemized_for: int | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The bound method for each action id."""
        return {spec.id: getattr(self, spec.id) for spec in ACTIONS}

    def enable(self) -> None:
        """Grey out what can't be done with this library, and name undo and redo."""
        writable = self._session.library.mode == "write"
        for spec in ACTIONS:
            self._window.actions_by_id[spec.id].setEnabled(writable or not spec.writes)
        self._window.actions_by_id["dark"].setChecked(theme.is_dark())
        self._window.actions_by_id["viewer"].setChecked(not self._window.viewer.isHidden())
        self._name_steps()

    def _name_steps(self) -> None:
        desk, actions = self._session.desk, self._window.actions_by_id
        for id_, step, plain, named in (
            ("undo", desk.undo_label, self.tr("&Undo"), self.tr("&Undo: {step}")),
            ("redo", desk.redo_label, self.tr("&Redo"), self.tr("&Redo: {step}")),
        ):
            actions[id_].setText(named.format(step=step) if step else plain)
            actions[id_].setEnabled(step is not None)

    @Slot()
    @Slot(object)
    def news(self, _changes: object = None) -> None:
        """After every change: the menu names, the inbox count, the line that says all is saved."""
        window = self._window
        self._name_steps()
        window.side.show_count("papers", self._session.read(CountInbox()))
        window.side.saved.setText(self._saved_words())

    def _saved_words(self) -> str:
        if self._session.library.mode == "read":
            return self.tr("Open for reading only")
        words = self.tr("All changes saved")
        if self._session.in_scenario:
            day = self._session.today
            words += "\n" + self.tr("Played on {day}").format(day=f"{day.month}/{day.day}/{day.year}")
        return words

    @Slot(object)
    def show_safe(self, when: datetime) -> None:
        """Say when the newest backup was proved."""
        local = when.astimezone()
        proved = self.tr("Backup proved today {time}").format(time=local.strftime("%H:%M"))
        self._window.side.saved.setText(f"{self._saved_words()}\n{proved}")

    @Slot(object)
    def show_due(self, count: int) -> None:
        """Show how much is due in the side bar."""
        self._window.side.show_count("today", count, "amber")

    def show_findings(self, count: int) -> None:
        """Show how many findings wait for a decision in the side bar."""
        self._window.side.show_count("findings", count, "amber")

    # File

    def new_library(self) -> None:
        if (folder := ask_folder(self._window, self.tr("Empty folder for the new library"))) is not None:
            self._window.library_wanted.emit(LibraryWish("new", folder))

    def open_library(self) -> None:
        if (folder := ask_folder(self._window, self.tr("Folder of the library"))) is not None:
            self._window.library_wanted.emit(LibraryWish("open", folder))

    def open_sample(self) -> None:
        self._window.library_wanted.emit(LibraryWish("sample"))

    def import_case(self) -> None:
        self.files.import_case()

    def export_case(self) -> None:
        self.files.export_case(self._window.home)

    def hand_over(self) -> None:
        """Open the dialog of what is handed over, with the bill in front and the others of its visit ticked."""
        self.files.hand_over(self._window.bills.bill.bill_id, self._window.home)

    def export_packet(self) -> None:
        self.packet.export_of(self._window.bills.bill.bill_id)

    def export_paper(self) -> None:
        self.packet.export_paper()

    def export_dates(self) -> None:
        self.dates.ask()

    def back_up(self) -> None:
        self._window.safety.back_up()
        self._session.tell(self.tr("A backup is being made and proved."))

    def verify(self) -> None:
        self.files.verify()

    def quit(self) -> None:
        self._window.close()

    # Edit

    def undo(self) -> None:
        self._window.guard(self._session.desk.undo)

    def redo(self) -> None:
        self._window.guard(self._session.desk.redo)

    def find(self) -> None:
        self._window.search_field.setFocus()
        self._window.search_field.selectAll()

    # Bill

    def add_bill(self) -> None:
        enter_bill(self._session, self._window)

    def edit_bill(self) -> None:
        if (bill_id := self._bill()) is not None:
            edit_record(self._session, self._window, Bill, bill_id)

    def edit_biller(self) -> None:
        """Open the form of who sent the bill: address, phone, state, NPI, whether it is a nonprofit."""
        if (bill_id := self._bill()) is not None:
            bill = self._session.read(lambda reader: reader.get(Bill, bill_id))
            edit_record(self._session, self._window, Organization, bill.biller_id)

    def edit_patient(self) -> None:
        """Open the form of the patient of the bill."""
        if (bill_id := self._bill()) is not None:
            bill = self._session.read(lambda reader: reader.get(Bill, bill_id))
            edit_record(self._session, self._window, Person, bill.person_id)

    def remove_bill(self) -> None:
        self._window.going.show_page("bills")
        self._window.bills.remove_current()

    def timeline_of_bill(self) -> None:
        """Show all that happened to the bill."""
        if (bill_id := self._bill()) is not None:
            self._window.going.show_page("timeline")
            self._window.timeline.show_scope(TimelineScope("bill", bill_id))
            self._window.timeline.view.setFocus()

    def add_statement(self) -> None:
        if (bill_id := self._bill()) is not None:
            new_record(self._session, self._window, Statement, {"bill_id": bill_id})

    def add_eob(self) -> None:
        if (bill_id := self._bill()) is not None:
            enter_claim(self._session, self._window, bill_id)

    def add_payment(self) -> None:
        """Enter a payment on the bill in front; on the Payments page the form asks on which."""
        if self._window.going.page_name == "payments":
            self._window.payments.add()
        elif (bill_id := self._bill()) is not None:
            enter_payment(self._session, self._window, bill_id)

    def make_offer(self) -> None:
        """Offer something for the bill in front."""
        if self._bill() is not None:
            self._window.going.show_page("bills")
            self._window.bills.bill.tabs.setCurrentWidget(self._window.bills.bill.offers)
            self._window.bills.bill.offers.offer()

    def type_lines(self) -> None:
        if self._bill() is not None:
            self._window.going.show_page("bills")
            self._window.bills.bill.tabs.setCurrentWidget(self._window.bills.bill.lines)
            self._window.bills.bill.lines.grid.begin_new()

    def note_price(self) -> None:
        """Note a price for the code of the current line; on the Prices page for any code."""
        if self._window.going.page_name == "bills" and self._window.bills.bill.lines.isVisible():
            self._window.bills.bill.lines.prices.note()
        else:
            self._window.going.show_page("prices")
            self._window.prices.add()

    def show_on_paper(self) -> None:
        if self._window.going.page_name == "prices":
            self._window.prices.show_proof()
            return
        line = self._window.bills.bill.lines.grid.current_line()
        if line is not None:
            self._window.going.show_line_on_paper(line.id)

    def _bill(self) -> int | None:
        bill_id = self._window.bills.bill.bill_id
        if bill_id is None:
            self._session.tell(self.tr("Choose a bill first, or press Ctrl+N to enter one."))
        return bill_id

    # Call, task, papers

    @Slot()
    def take_text(self) -> None:
        """While on, a click on a word of the page puts it into the current cell of the lines."""
        on = self._window.actions_by_id["take_text"].isChecked()
        self._window.viewer.set_taking(on)
        if on and self._bill() is not None:
            self.type_lines()
            self._session.tell(self._window.tr("Click a word on the paper, or drag over several: F9 leaves."))

    def lines_from_sheet(self) -> None:
        """Rows of a spreadsheet or CSV file, matched to fields before they are kept."""
        if (bill_id := self._bill()) is None:
            return
        dialog = SheetDialog(self._session, bill_id, self._window)
        dialog.added.connect(self._lines_added)
        if QGuiApplication.clipboard().text().count("\n") > 0:
            dialog.take_clipboard()
        dialog.open()

    @Slot(object)
    def _lines_added(self, count: int) -> None:
        self._session.tell(
            counted(
                count,
                self._window.tr("1 line added. Ctrl+Z takes it back."),
                self._window.tr("{n} lines added. Ctrl+Z takes them back."),
            )
        )

    def log_call(self) -> None:
        bill_id = self._window.bills.bill.bill_id if self._window.going.page_name == "bills" else None
        self._window.call.begin(bill_id)

    def write_letter(self) -> None:
        self._window.going.show_page("letters")
        self._window.letters.write(self._window.bills.bill.bill_id)

    def add_task(self) -> None:
        bill_id = self._window.bills.bill.bill_id if self._window.going.page_name == "bills" else None
        new_record(self._session, self._window, Task, {"done": None}, {"bill_id": bill_id})

    @Slot()
    def add_papers(self) -> None:
        if paths := ask_files(self._window, self.tr("Add papers"), PAPER_FILES):
            self._window.intake.take_files(paths, *self._window.going.target_of_papers())

    @Slot(object)
    def add_itemized_bill(self, bill_id: int) -> None:
        """The itemized bill came as a file."""
        if paths := ask_files(self._window, self.tr("Add the itemized bill"), PAPER_FILES):
            self._itemized_for = bill_id
            self._window.intake.take_files(paths, bill_id)

    @Slot(object)
    def files_dropped(self, dropped: FilesDropped) -> None:
        """Files dropped on the viewer are papers too."""
        self._window.intake.take_files(list(dropped.paths), *self._window.going.target_of_papers())

    def paste_paper(self) -> None:
        mime = QGuiApplication.clipboard().mimeData()
        if not self._window.intake.take_mime(mime, *self._window.going.target_of_papers()):
            self._session.tell(self.tr("There is no picture or file in the clipboard."))

    @Slot(object)
    def papers_taken(self, taken: Taken) -> None:
        """Show the first paper that came in; say how many did and what was refused, each with its reason."""
        bill_id, self._itemized_for = self._itemized_for, None
        if bill_id is not None and taken.bill_id == bill_id:
            for document_id in taken.document_ids:
                self._session.perform(KeepAsItemizedBill(document_id, bill_id))
        if taken.document_ids:
            self._window.showing.show_paper(taken.document_ids[0])
        again = len(taken.received) - taken.new
        added = counted(taken.new, self.tr("1 paper added."), self.tr("{n} papers added."))
        known = counted(again, self.tr("1 is in the library already."), self.tr("{n} are in the library already."))
        count = " ".join(part for part, number in ((added, taken.new), (known, again)) if number)
        if count and taken.price_id is not None:
            count += " " + self.tr("It is linked to the price as its proof; F7 marks the place on it.")
        if taken.refused:
            shown = " ".join(taken.refused[:3])
            more = self.tr(" And {count} more.").format(count=len(taken.refused) - 3) if len(taken.refused) > 3 else ""
            self._session.refuse(UserError(f"{count} {self.tr('Not added:')} {shown}{more}".strip()))
        elif count:
            self._session.tell(count)

    @Slot()
    def cancel_work(self) -> None:
        """Cancel whatever shows its progress."""
        self._window.intake.cancel()
        self._window.call.sounds.cancel()
        self.packets.cancel()
        self._prints.cancel()

    def link_region(self) -> None:
        """Choose a region of the page that is shown; it is linked to the current line, else to the bill."""
        window = self._window
        if not window.viewer.isVisible():
            window.actions_by_id["viewer"].setChecked(True)
            self.viewer()
        if not window.viewer.begin_region():
            self._session.tell(self.tr("Choose a paper first; then its regions can be linked."))

    # View

    def page_today(self) -> None:
        self._window.going.show_page("today")

    def page_bills(self) -> None:
        self._window.going.show_page("bills")
        self._window.bills.take_room()
        self._window.bills.view.setFocus()

    def page_findings(self) -> None:
        self._window.going.show_page("findings")

    def page_calls(self) -> None:
        self._window.going.show_page("calls")
        self._window.calls.take_keyboard()

    @Slot(object)
    def print_file(self, path: Path) -> None:
        """Ask for a printer and print a file that was made for it."""
        self._prints.print_file(path, path.stem)

    def print_shown(self) -> None:
        self._prints.print_shown()

    def page_letters(self) -> None:
        self._window.going.show_page("letters")
        self._window.letters.view.setFocus()

    def page_papers(self) -> None:
        self._window.going.show_page("papers")
        self._window.papers.view.setFocus()

    def page_payments(self) -> None:
        self._window.going.show_page("payments")
        self._window.payments.view.setFocus()

    def page_people(self) -> None:
        self._window.going.show_page("people")
        self._window.people.view.setFocus()

    def page_prices(self) -> None:
        self._window.going.show_page("prices")
        self._window.prices.view.setFocus()

    def page_codes(self) -> None:
        self._window.going.show_page("codes")
        self._window.codes.words.setFocus()

    def page_rules(self) -> None:
        self._window.going.show_page("rules")
        self._window.rules.view.setFocus()

    def page_timeline(self) -> None:
        self._window.going.show_page("timeline")
        self._window.timeline.view.setFocus()

    def next_area(self) -> None:
        self._window.going.move_area(1)

    def previous_area(self) -> None:
        self._window.going.move_area(-1)

    def viewer(self) -> None:
        shown = self._window.actions_by_id["viewer"].isChecked()
        self._window.settings.viewer = shown
        if self._apart is None:
            self._window.viewer.setVisible(shown)

    def detach(self) -> None:
        self.toggle_detached()

    @Slot()
    def toggle_detached(self) -> None:
        """Move the viewer to a window of its own, or back beside the page."""
        window = self._window
        if self._apart is None:
            self._apart = ViewerWindow(window)
            self._apart.setCentralWidget(window.viewer)
            self._apart.show()
        else:
            apart, self._apart = self._apart, None
            apart.takeCentralWidget()
            window.beside.addWidget(window.viewer)
            apart.close()
            apart.deleteLater()
        window.viewer.show()
        window.actions_by_id["detach"].setChecked(self._apart is not None)

    def larger(self) -> None:
        self._size(1)

    def smaller(self) -> None:
        self._size(-1)

    def _size(self, way: int) -> None:
        sizes = theme.SIZES
        now = min(range(len(sizes)), key=lambda n: abs(sizes[n] - self._window.settings.text_size))
        wanted = sizes[min(max(now + way, 0), len(sizes) - 1)]
        self._window.set_look(theme.is_dark(), wanted)
        self._session.tell(self.tr("Text size {size} %").format(size=wanted))

    def dark(self) -> None:
        dark = self._window.actions_by_id["dark"].isChecked()
        self._window.settings.scheme = "dark" if dark else "light"
        self._window.set_look(dark, self._window.settings.text_size)

    # Help

    def keys(self) -> None:
        KeysDialog(self._window).open()

    def words(self) -> None:
        show_words(self._window).show_all()

    def word_here(self) -> None:
        explain_focused(self._window)

    def where(self) -> None:
        folder = self._session.library.folder
        text = self.tr("Everything of this library is in one folder on this computer:\n{folder}").format(folder=folder)
        _say(self._window, self.tr("Where my records are kept"), text)

    def about(self) -> None:
        from medbills_desktop import __version__

        text = self.tr(
            "MedBills {version}\nKeeps, checks and argues medical bills. It never uses the network.\n"
            "Free software under the GNU Affero General Public License, version 3 or later, without any warranty. "
            "It gives no legal advice."
        ).format(version=__version__)
        _say(self._window, self.tr("About MedBills"), text)

    def close(self) -> None:
        """Stop what runs, before the window goes."""
        self.packets.close()
        self._prints.cancel()
        if self._apart is not None:
            self._apart.takeCentralWidget()
            self._apart.close()
            self._apart = None


class ViewerWindow(QMainWindow):
    """The viewer on a second screen; closing it brings the viewer back beside the page."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._main = window
        self.setWindowTitle(window.windowTitle())
        self.resize(theme.px(720), theme.px(900))

    # Qt's own names from here on

    def closeEvent(self, event: object) -> None:
        if self.centralWidget() is self._main.viewer:
            self._main.acts.toggle_detached()
        super().closeEvent(event)  # type: ignore[arg-type]


def _say(window: MainWindow, title: str, text: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Information, title, text, QMessageBox.StandardButton.Ok, window)
    box.open()
