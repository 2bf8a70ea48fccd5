"""One letter: to whom, what is still to fill in, subject and text; typing is safe on the disk within a second."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.commands.letter_heads import enclosed_papers, letter_blanks, words_of
from medbills_desktop.commands.letters import EditLetter
from medbills_desktop.domain import words
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_markup import plain_text
from medbills_desktop.domain.letter_templates import encloses, letter_words
from medbills_desktop.domain.records import Letter, Organization
from medbills_desktop.qt.draft_keeper import DraftKeeper
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.letters.letter_looks import LetterLooks
from medbills_desktop.qt.letters.letter_text import LetterText
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import ElidedLabel, Pill, button, column, label, row


class LetterEditor(QWidget):
    """Signals: `blanks_changed` carries the words of the blanks that are left; `typed` that the text is another;
    `recipient_wanted` that the person wants to choose who gets it."""

    blanks_changed = Signal(object)
    typed = Signal()
    recipient_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.letter: Letter | None = None
        self.blanks: tuple[str, ...] = ()
        self._state = Pill()
        self._to = ElidedLabel("", "strong")
        self._facts = label("", "muted", wrap=True)
        self._left = label("", "amber", wrap=True)
        self._copies = label("", "muted", wrap=True)
        self._base = ""
        self.subject, self.body = QLineEdit(), LetterText()
        self.looks = LetterLooks(self.body)
        self._choose_to = button(self.tr("Choose…"), self.recipient_wanted.emit, "flat")
        self.subject.setAccessibleName(self.tr("Subject of the letter"))
        self.subject.setPlaceholderText(self.tr("What the letter is about"))
        self.body.setAccessibleName(self.tr("Text of the letter"))
        keep(self.body, least_height=120)
        self.drafts = DraftKeeper(session, "letter:0", self._typed, self)
        self.subject.textChanged.connect(self._edited)
        self.body.textChanged.connect(self._edited)
        for field in (self.subject, self.body):
            field.installEventFilter(self)
        layout = column(gap=6)
        head = row(self._state, gap=8)
        head.addWidget(self._to, 1)
        head.addWidget(self._choose_to)
        layout.addLayout(head)
        layout.addWidget(self._facts)
        layout.addWidget(self._left)
        layout.addWidget(self._copies)
        layout.addWidget(self.subject)
        layout.addWidget(self.looks)
        layout.addWidget(self.body, 1)
        self.setLayout(layout)

    @property
    def is_draft(self) -> bool:
        """Whether the letter can still be changed."""
        return self.letter is not None and self.letter.status in ("draft", None)

    def show_letter(self, letter: Letter | None) -> None:
        """Show a letter, or nothing. What was typed into the one before is kept first."""
        if letter is None or self.letter is None or letter.id != self.letter.id:
            self.keep_typed()
            self.letter = letter
            kept = self.drafts.follow(f"letter:{letter.id if letter else 0}")
            self._fill(kept if self.is_draft and kept else {})
        elif letter != self.letter:
            untouched = self._typed() is None
            other = (letter.subject, letter.body) != (self.letter.subject, self.letter.body)
            self.letter = letter
            if other and not untouched and self.is_draft:
                self._session.tell(
                    self.tr(
                        "This letter was changed elsewhere while you typed. What you typed stays and is kept as its "
                        "text; Ctrl+Z then brings the other wording back."
                    )
                )
            if untouched or not self.is_draft:
                self._fill({})
        self._tell()

    def _fill(self, typed: dict[str, Any]) -> None:
        letter = self.letter
        subject = typed.get("subject", letter.subject if letter else "") or ""
        body = typed.get("body", letter.body if letter else "") or ""
        with QSignalBlocker(self.subject), QSignalBlocker(self.body):
            if self.subject.text() != subject:
                self.subject.setText(subject)
            self._show_body((letter.body if letter else "") or "", body, bool(typed))
        open_to_typing = self.is_draft and self._session.writable
        for field in (self.subject, self.body):
            field.setReadOnly(not open_to_typing)
            field.setVisible(letter is not None)
        self.looks.setVisible(open_to_typing)
        self.typed.emit()

    def _show_body(self, kept: str, body: str, typed: bool) -> None:
        """Show a text, and remember how the kept one reads back, so that showing it is never taken for typing."""
        place = self.body.textCursor().position()
        if self.body.markup() != kept or kept != body:
            self.body.set_markup(kept)
            self._base = self.body.markup()
            if body != kept:
                self.body.set_markup(body)
            cursor = self.body.textCursor()
            cursor.setPosition(min(place, len(self.body.toPlainText())) if typed else 0)
            self.body.setTextCursor(cursor)
        else:
            self._base = kept

    def _typed(self) -> dict[str, Any] | None:
        """What stands in the fields, where it differs from the record."""
        letter = self.letter
        if letter is None or not self.is_draft:
            return None
        now = {"subject": self.subject.text(), "body": self.body.markup()}
        return None if now == {"subject": letter.subject or "", "body": self._base} else now

    @property
    def lacks_address(self) -> bool:
        """Whether somebody is chosen to get the letter whose address is not known."""
        letter = self.letter
        if letter is None or letter.recipient_id is None:
            return False
        return words_of(letter, *self.shown).blanks["recipient_address"] in self.blanks

    @property
    def has_blanks(self) -> bool:
        """Whether subject or text have a blank: those of the addresses are filled in elsewhere."""
        return self.is_draft and bool(letter_words().blanks_in(*self.shown))

    @property
    def lacks_sender(self) -> bool:
        """Whether one's own name or address is not known."""
        letter = self.letter
        if letter is None or not self.is_draft:
            return False
        blanks = words_of(letter, *self.shown).blanks
        return any(blanks[name] in self.blanks for name in ("sender", "sender_address"))

    @property
    def shown(self) -> tuple[str, str]:
        """Subject and text as they stand in the fields now, in markup."""
        return self.subject.text(), self.body.markup()

    @property
    def plain(self) -> str:
        """The words of the text, without its looks."""
        return plain_text(self.body.markup())

    def keep_typed(self) -> bool:
        """Make what is typed the letter's text; False where that was refused, then it stays as a draft on the disk."""
        typed = self._typed()
        if typed is None or self.letter is None or not self._session.writable:
            return True
        try:
            self.letter = self._session.desk.perform(EditLetter(self.letter.id, **typed))
        except UserError as error:
            self.drafts.keep()
            self._session.refuse(error)
            return False
        self._base = typed["body"]
        self.drafts.drop()
        return True

    def read_blanks(self) -> tuple[str, ...]:
        """The blanks of the letter as it stands in the fields now, those of the addresses included."""
        letter, typed = self.letter, self.shown
        if letter is None or not self.is_draft:
            return ()
        return self._session.read(lambda reader: letter_blanks(reader, letter, *typed))

    @Slot()
    def next_blank(self) -> None:
        """Choose the next blank of the text, so that typing fills it in."""
        for word in letter_words().blanks_in(self.subject.text()):
            place = self.subject.text().find(f"[{word}]")
            self.subject.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.subject.setSelection(place, len(word) + 2)
            return
        text, start = self.body.toPlainText(), self.body.textCursor().selectionEnd()
        places = sorted(
            (text.find(f"[{word}]", at), word)
            for word in letter_words().blanks_in(text)
            for at in (start, 0)
            if text.find(f"[{word}]", at) >= 0
        )
        later = [found for found in places if found[0] >= start] or places
        if later:
            self._choose(later[0][0], len(later[0][1]) + 2)

    def _choose(self, place: int, length: int) -> None:
        place = len(self.body.toPlainText()[:place].encode("utf-16-le")) // 2  # Qt counts a sign beyond U+FFFF as two
        cursor = self.body.textCursor()
        cursor.setPosition(place)
        cursor.setPosition(place + length, QTextCursor.MoveMode.KeepAnchor)
        self.body.setTextCursor(cursor)
        self.body.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def tell(self) -> None:
        """Read anew what is still to fill in, after an address was typed elsewhere."""
        self._tell()

    def _tell(self) -> None:
        letter = self.letter
        status = (letter.status or "draft") if letter else ""
        self._state.show_word(words.LETTER_STATUS.get(status, ""), words.LETTER_TONE.get(status, "accent"))
        self._to.set_text(self._whom(letter))
        self._choose_to.setVisible(self.is_draft and self._session.writable)
        self._tell_copies(letter)
        facts = self._went(letter)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))
        self.blanks = self.read_blanks()
        if self.blanks:
            self._say_left(self.tr("Still to fill in: {blanks}").format(blanks=", ".join(self.blanks)), "amber")
        else:
            self._say_left(self.tr("Nothing is left to fill in.") if self.is_draft else "", "green")
        self.blanks_changed.emit(self.blanks)

    def _tell_copies(self, letter: Letter | None) -> None:
        """Name the copies that go with it, or say which ones the letter speaks of."""
        text = ""
        if letter is not None and letter.status != "received":
            papers = self._session.read(lambda reader: enclosed_papers(reader, letter.id))
            spoken = encloses(letter.kind)
            if papers:
                text = self.tr("Copies that go with it: {papers}").format(
                    papers="; ".join(paper.shown_title for paper in papers)
                )
            elif spoken and self.is_draft:
                text = self.tr("The letter speaks of copies: {papers}. Choose them under “Enclosures…”.").format(
                    papers=spoken
                )
        self._copies.setText(text)
        self._copies.setVisible(bool(text))

    def _say_left(self, text: str, tone: str) -> None:
        self._left.setText(text)
        self._left.setVisible(bool(text))
        if self._left.objectName() != tone:
            self._left.setObjectName(tone)
            self._left.style().polish(self._left)

    def _whom(self, letter: Letter | None) -> str:
        if letter is None:
            return ""
        if letter.recipient_id is None:
            return self.tr("To nobody yet") if self.is_draft else ""
        office = self._session.read(lambda reader: reader.find(Organization, id=letter.recipient_id))
        name = office[0].name if office else ""
        return (self.tr("From {name}") if letter.status == "received" else self.tr("To {name}")).format(name=name)

    def _went(self, letter: Letter | None) -> str:
        if letter is None or self.is_draft:
            return ""
        parts = [
            plain_day(letter.date, ""),
            words.LETTER_METHOD.get(letter.method or "", ""),
            letter.tracking or "",
            self.tr("answer due {day}").format(day=plain_day(letter.reply_due)) if letter.reply_due else "",
        ]
        return " · ".join(part for part in parts if part)

    @Slot()
    def _edited(self) -> None:
        self.drafts.touch()
        self.typed.emit()
        now = letter_words().blanks_in(*self.shown)
        if tuple(one for one in self.blanks if one in now) != now or set(self.blanks) - set(now):
            self._tell()

    # Qt's own names from here on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.keep_typed()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep_typed()
        super().hideEvent(event)
