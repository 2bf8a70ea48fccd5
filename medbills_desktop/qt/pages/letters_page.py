"""The Letters page: drafts first, then what went out and waits for an answer; below it the chosen letter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_templates import kind_name
from medbills_desktop.domain.records import Letter
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.letters.letter_columns import LETTER_COLUMNS
from medbills_desktop.qt.letters.letter_editor import LetterEditor
from medbills_desktop.qt.letters.letter_forms import begin_letter, edit_sender, note_reply, note_sent
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, one_above_other, panel, row
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.letters import LetterRow, ListLetters


class LettersPage(Page):
    """Signals: `saved` carries the path of a PDF that was just saved, `paper_wanted` the id of a paper, `replied` the
    id of a letter that came as an answer."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"letter", "organization", "bill", "person"})
    TITLE = "Letters"
    saved = Signal(object)
    paper_wanted = Signal(object)
    replied = Signal(object)

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
        self._acts = self._make_acts()
        self._write = button(self.tr("Write a letter…"), self.write, enabled=session.writable)
        self._sum = label("", "muted")
        self._build()

    def _make_acts(self) -> dict[str, QPushButton]:
        return {
            "blank": button(self.tr("Next blank"), self.editor.next_blank, "", self.tr("Goes to what is to fill in")),
            "pdf": button(self.tr("Save as PDF…"), self._save, "", self.tr("The letter on paper, to print or send")),
            "copy": button(self.tr("Copy text"), self._copy),
            "sent": button(self.tr("It was sent…"), self._sent, "", self.tr("Notes the day and starts the clock")),
            "reply": button(self.tr("They answered…"), self._reply),
            "paper": button(self.tr("Show the paper"), self._paper),
            "own": button(self.tr("Your name and address…"), self._own, "flat"),
        }

    def _build(self) -> None:
        listing, detail = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        inside = column(gap=8, margins=(16, 12, 16, 8))
        inside.addWidget(self.editor, 1)
        *acts, own = self._acts.values()
        flow = Flow(acts, (own,))
        inside.addLayout(flow)
        detail.setLayout(inside)
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
        self.editor.body.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _show_acts(self, _blanks: object = None) -> None:
        letter, acts = self.editor.letter, self._acts
        status = (letter.status or "draft") if letter else ""
        writable = self.session.writable
        acts["blank"].setVisible(bool(self.editor.blanks) and writable)
        acts["pdf"].setVisible(status in ("draft", "sent"))
        acts["sent"].setVisible(status == "draft" and writable)
        acts["reply"].setVisible(status == "sent" and writable)
        acts["paper"].setVisible(letter is not None and letter.document_id is not None)
        acts["own"].setVisible(status == "draft" and writable)

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
            QGuiApplication.clipboard().setText(self.editor.body.toPlainText())
            self.session.tell(self.tr("The text is copied."))

    @Slot()
    def _save(self) -> None:
        letter = self.editor.letter
        if letter is None or not self.editor.keep_typed():
            return
        name = _file_name(letter.subject or kind_name(letter.kind))
        target = ask_target(self, self.tr("Save the letter as"), name, "PDF (*.pdf)")
        if target is not None:
            self.save_to(target if target.suffix.lower() == ".pdf" else target.with_name(f"{target.name}.pdf"))

    def save_to(self, target: Path) -> None:
        """Save the shown letter as a PDF beside the window, then show it."""
        letter, library, today = self.editor.letter, self.session.library, self.session.today
        if letter is None:
            return
        number = letter.id
        self.session.tasks.start(
            lambda _task: (_saved(library, number, today, target), target), self._was_saved, self._not_saved
        )

    def _was_saved(self, done: tuple[str, Path]) -> None:
        note, target = done
        text = self.tr("The letter is saved: {path}").format(path=target)
        self.session.tell(f"{text} {note}".strip())
        self.saved.emit(target)

    def _not_saved(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self.session.refuse(error)

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
    def _paper(self) -> None:
        letter = self.editor.letter
        if letter is not None and letter.document_id is not None:
            self.paper_wanted.emit(letter.document_id)

    @Slot()
    def _own(self) -> None:
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


def _file_name(subject: str) -> str:
    """A name for a file that every system takes."""
    plain = " ".join(re.sub(r"[^\w\- ]+", " ", subject).split())[:80]
    return f"{plain or 'Letter'}.pdf"


def _saved(library: Library, letter_id: int, today: Day, target: Path) -> str:
    """Save on another thread; the PDF writer is loaded only then, since it would slow down every start."""
    from medbills_desktop.commands.letter_pdf import save_letter_pdf

    page = save_letter_pdf(library, letter_id, today, target)
    return page.note if page else ""
