"""The Letters page: drafts first, then what went out and waits for an answer; below it the chosen letter."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from medbills_desktop.commands.letter_heads import enclosed_papers, letter_file
from medbills_desktop.commands.letter_parts import TellBrokenPromises
from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.letter_templates import kind_name
from medbills_desktop.domain.records import Letter, Organization
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.letters.enclosures_dialog import choose_enclosures
from medbills_desktop.qt.letters.letter_columns import LETTER_COLUMNS
from medbills_desktop.qt.letters.letter_editor import LetterEditor
from medbills_desktop.qt.letters.letter_forms import begin_letter, choose_recipient, edit_sender, note_reply, note_sent
from medbills_desktop.qt.letters.letter_preview import LetterPreview
from medbills_desktop.qt.letters.letter_saving import LetterSaving
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.points.points_dialog import PointsDialog
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, one_above_other, panel, row, scrolling
from medbills_desktop.store.queries.letters import CountBrokenPromises, LetterRow, ListLetters


class LettersPage(Page):
    """Signals: `saved` carries the path of a PDF that was just saved, `previewed` that of a fresh preview and
    `print_wanted` of one to print; `paper_wanted` the id of a paper, `replied` that of a letter that came as an answer.
    """

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"letter", "organization", "bill", "person", "enclosure", "promise", "point_answer"}
    )
    TITLE = "Letters"
    saved = Signal(object)
    paper_wanted = Signal(object)
    replied = Signal(object)
    previewed = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        empty = self.tr(
            "No letter yet. A letter is filled from your records, and what they lack stays a blank that you can see. "
            "Ask for the itemized bill first: it shows every charge."
        )
        step = self.tr("Write a letter…") if session.writable else ""
        self.view = RowsView(LETTER_COLUMNS, self.tr("Letters"), empty, step=step)
        self.view.step_wanted.connect(self.write)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._opened)
        self.view.remove_wanted.connect(self._remove)
        self.editor = LetterEditor(session)
        self.editor.blanks_changed.connect(self._show_acts)
        self.editor.recipient_wanted.connect(self._choose_recipient)
        self.preview = LetterPreview(session, self._to_preview, self)
        self.editor.typed.connect(self.preview.touch)
        self.preview.made.connect(self.previewed)
        self.preview.pages.connect(self._show_pages)
        self.saving = LetterSaving(session, self)
        self.saving.saved.connect(self.saved)
        self.saving.print_wanted.connect(self.print_wanted)
        self._acts = self._make_acts()
        self._more = QPushButton(self.tr("More"))
        self._more.setAccessibleName(self.tr("More for this letter"))
        self._more.setAutoDefault(False)
        self.more_acts = self._make_more()
        self._write = button(self.tr("Write a letter…"), self.write, enabled=session.writable)
        self._sum = label("", "muted")
        self._build()

    def _make_acts(self) -> dict[str, QPushButton]:
        made = {
            "blank": button(self.tr("Next blank"), self.editor.next_blank, "", self.tr("Goes to what is to fill in")),
            "own": button(self.tr("Your name and address…"), self._own, "", self.tr("They are not known yet")),
            "their": button(self.tr("Their address…"), self._their, "", self.tr("Opens the form of their office")),
            "promises": button(self.tr("Add broken promises"), self._promises, "", self.tr("As you noted them")),
            "preview": button(self.tr("Preview"), self._preview, "toggle", self.tr("As it will be printed")),
            "print": button(self.tr("Print…"), self._print),
            "enclose": button(self.tr("Enclosures…"), self._enclose, "", self.tr("Copies that go with it")),
            "paper": button(self.tr("Open what was sent"), self._paper),
            "again": button(self.tr("Write again…"), self._again, "", self.tr("With the points that are still open")),
            "sent": button(self.tr("It was sent…"), self._sent, "primary", self.tr("Keeps the letter as it went out")),
            "reply": button(self.tr("They answered…"), self._reply, "primary"),
            "points": button(self.tr("Note their answers…"), self._points, "primary", self.tr("Point by point")),
        }
        made["preview"].setCheckable(True)
        return made

    def _make_more(self) -> dict[str, QAction]:
        """What is needed now and then, in a menu of its own."""
        menu = QMenu(self._more)
        self._more.setMenu(menu)
        return {
            "pdf": menu.addAction(self.tr("Save as &PDF…"), self._save),
            "copies": menu.addAction(self.tr("Save with &enclosures…"), self._save_copies),
            "copy": menu.addAction(self.tr("&Copy text"), self._copy),
            "own": menu.addAction(self.tr("Your &name and address…"), self._own),
        }

    def _build(self) -> None:
        listing, detail = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        inside = column(gap=8, margins=(14, 10, 14, 8))
        inside.addWidget(self.editor, 1)
        acts = list(self._acts.values())
        inside.addLayout(Flow((*acts[:-3], self._more), acts[-3:]))
        whole = QWidget()
        whole.setLayout(inside)
        area = scrolling(whole)
        detail.setLayout(column(area, margins=(0, 0, 0, 0)))
        self._detail = detail
        splitter = one_above_other(listing, detail, (1, 2))
        layout = column(gap=8)
        keep(self.view, least_height=112)
        layout.addLayout(row(self._write, self._sum, None))
        layout.addWidget(splitter, 1)
        self.setLayout(layout)
        self._show_acts()

    def refresh(self) -> None:
        rows = self.session.read(ListLetters(self.session.today))
        self.view.set_rows(rows)
        self._sum.setText(_summed(self, rows))
        self._sum.setVisible(bool(rows))
        self._write.setVisible(bool(rows))
        self._chosen(self.view.current_id())

    def show_letter(self, letter_id: int) -> None:
        """Bring a letter to the front, ready to be typed in."""
        self.refresh()
        self.view.choose(letter_id)
        self._opened(letter_id)

    @Slot(object)
    def _chosen(self, letter_id: int | None) -> None:
        found = self.session.read(lambda reader: reader.find(Letter, id=letter_id)) if letter_id is not None else []
        self.editor.show_letter(found[0] if found else None)
        self._detail.setVisible(bool(found))
        self._show_acts()

    @Slot(object)
    def _opened(self, _letter_id: int) -> None:
        letter = self.editor.letter
        self.editor.body.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if letter is not None and not self.editor.is_draft and letter.document_id is not None:
            self.paper_wanted.emit(letter.document_id)

    @Slot(object)
    def _show_acts(self, _blanks: object = None) -> None:
        letter, acts = self.editor.letter, self._acts
        status = (letter.status or "draft") if letter else ""
        draft, writable = status == "draft", self.session.writable
        bill_id = letter.bill_id if letter else None
        papers = self.session.read(lambda reader: enclosed_papers(reader, letter.id)) if letter else []
        broken = self.session.read(CountBrokenPromises(bill_id)) if bill_id and draft else 0
        acts["blank"].setVisible(self.editor.has_blanks and writable)
        acts["their"].setVisible(draft and writable and self.editor.lacks_address)
        acts["promises"].setVisible(bool(broken) and writable)
        acts["preview"].setVisible(draft)
        acts["own"].setVisible(draft and writable and self.editor.lacks_sender)
        acts["print"].setVisible(status in ("draft", "sent"))
        acts["sent"].setVisible(draft and writable)
        acts["reply"].setVisible(status == "sent" and writable)
        acts["again"].setVisible(status == "sent" and writable and bill_id is not None)
        acts["points"].setVisible(status == "received" and bill_id is not None)
        acts["paper"].setVisible(letter is not None and letter.document_id is not None)
        acts["paper"].setText(self.tr("Show the paper") if status == "received" else self.tr("Open what was sent"))
        acts["enclose"].setVisible(draft and writable)
        more = self.more_acts
        more["pdf"].setVisible(status in ("draft", "sent"))
        more["copies"].setVisible(bool(papers) and status in ("draft", "sent"))
        more["own"].setVisible(draft and writable)
        self._more.setVisible(letter is not None)

    @Slot()
    def write(self, bill_id: int | None = None) -> None:
        """Choose a kind of letter and a bill, and open the draft."""
        begin_letter(self.session, self, bill_id or None, self._written)

    def _written(self, letter: Letter) -> None:
        self.show_letter(letter.id)
        self.session.tell(self.tr("The letter is filled from your records. What they lack stands in brackets."))

    @Slot()
    def _copy(self) -> None:
        if self.editor.letter is not None:
            QGuiApplication.clipboard().setText(self.editor.plain)
            self.session.tell(self.tr("The text is copied."))

    def _target(self) -> Path | None:
        """Where the letter shall be saved, once what was typed is kept."""
        letter = self.editor.letter
        if letter is None or not self.editor.keep_typed():
            return None
        name = letter_file(letter.subject or kind_name(letter.kind))
        target = ask_target(self, self.tr("Save the letter as"), name, "PDF (*.pdf)")
        if target is None or target.suffix.lower() == ".pdf":
            return target
        return target.with_name(f"{target.name}.pdf")

    @Slot()
    def _save(self) -> None:
        target = self._target()
        if target is not None:
            self.save_to(target)

    def save_to(self, target: Path) -> None:
        """Save the shown letter as a PDF beside the window, then show it."""
        if self.editor.letter is not None:
            self.saving.save(self.editor.letter.id, target)

    @Slot()
    def _save_copies(self) -> None:
        target = self._target()
        if target is not None and self.editor.letter is not None:
            self.saving.save_with_copies(self.editor.letter.id, target)

    @Slot()
    def _print(self) -> None:
        if self.editor.letter is not None and self.editor.keep_typed():
            self.saving.print(self.editor.letter.id)

    @Slot()
    def _preview(self) -> None:
        if self._acts["preview"].isChecked():
            self.preview.begin()
        else:
            self.preview.stop()

    def _to_preview(self) -> tuple[int, tuple[str, str]] | None:
        letter = self.editor.letter
        return (letter.id, self.editor.shown) if letter is not None and self.editor.is_draft else None

    @Slot(int)
    def _show_pages(self, pages: int) -> None:
        told = counted(pages, self.tr("1 page on paper"), self.tr("{n} pages on paper")) if pages else ""
        self.editor.looks.pages.setText(told)
        self._acts["preview"].setChecked(self.preview.on)

    @Slot()
    def _choose_recipient(self) -> None:
        if self.editor.letter is not None and self.editor.keep_typed():
            choose_recipient(self.session, self, self.editor.letter)

    @Slot()
    def _their(self) -> None:
        letter = self.editor.letter
        if letter is not None and letter.recipient_id is not None:
            edit_record(self.session, self, Organization, letter.recipient_id)

    @Slot()
    def _promises(self) -> None:
        if self.editor.letter is not None and self.editor.keep_typed():
            self.session.perform(TellBrokenPromises(self.editor.letter.id))

    @Slot()
    def _enclose(self) -> None:
        if self.editor.letter is not None and self.editor.keep_typed():
            choose_enclosures(self.session, self, self.editor.letter)

    @Slot()
    def _sent(self) -> None:
        if self.editor.letter is not None and self.editor.keep_typed():
            note_sent(self.session, self, self.editor.letter)

    @Slot()
    def _reply(self) -> None:
        if self.editor.letter is not None:
            note_reply(self.session, self, self.editor.letter, self._answered)

    def _answered(self, reply: Letter) -> None:
        self.replied.emit(reply.id)

    @Slot()
    def _points(self) -> None:
        letter = self.editor.letter
        if letter is not None and letter.bill_id is not None:
            PointsDialog(self.session, letter.bill_id, ("letter", letter.id), self).open()

    @Slot()
    def _again(self) -> None:
        if self.editor.letter is not None:
            begin_letter(self.session, self, self.editor.letter.bill_id, self._written, "second_dispute")

    @Slot()
    def _paper(self) -> None:
        letter = self.editor.letter
        if letter is not None and letter.document_id is not None:
            self.paper_wanted.emit(letter.document_id)

    @Slot()
    def _own(self) -> None:
        self.editor.keep_typed()
        edit_sender(self.session, self, self.editor.tell)

    @Slot()
    def _remove(self) -> None:
        letter_id = self.view.current_id()
        if letter_id is None or not self.session.writable:
            return
        if self.session.perform(RemoveRecord(Letter, letter_id)) is None:
            self.session.tell(self.tr("The letter was removed. Ctrl+Z brings it back."))


def _summed(page: LettersPage, rows: list[LetterRow]) -> str:
    drafts = sum(row.status == "draft" for row in rows)
    waiting = sum(row.status == "sent" and not row.replies and row.reply_due is not None for row in rows)
    parts = (
        counted(drafts, page.tr("1 draft"), page.tr("{n} drafts")) if drafts else "",
        counted(waiting, page.tr("1 answer awaited"), page.tr("{n} answers awaited")) if waiting else "",
    )
    return " · ".join(part for part in parts if part)
