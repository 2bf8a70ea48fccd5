"""The text of a letter, edited with its looks: bold, italic and lists, kept as light markup and nothing more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal, Slot
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QKeySequence,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from medbills_desktop.domain.letter_markup import BULLET, Run, list_mark, marked, runs_of
from medbills_desktop.qt.theme import px

ITEM_INDENT = 22
"""How far the text of an item stands in, in pixels at 100 % text."""


class LetterText(QTextEdit):
    """One block of the document is one line of the letter. What is pasted comes as plain text.

    Signals: `looks_changed` says that bold or italic at the cursor may be another now.
    """

    looks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self._dressing = False
        self.textChanged.connect(self._dress)
        self.currentCharFormatChanged.connect(self.looks_changed)
        self.cursorPositionChanged.connect(self.looks_changed)

    def set_markup(self, body: str) -> None:
        """Show a text; what could be undone before is forgotten."""
        self.document().setUndoRedoEnabled(False)
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, line in enumerate(body.replace("\r\n", "\n").split("\n")):
            if number:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            for run in runs_of(line):
                cursor.insertText(run.text, _look(run.bold, run.italic))
        cursor.endEditBlock()
        self.setCurrentCharFormat(QTextCharFormat())
        self._dress()
        self.document().setUndoRedoEnabled(True)

    def markup(self) -> str:
        """The text as it is kept."""
        return "\n".join(marked(_runs(block)) for block in self._blocks())

    @property
    def bold(self) -> bool:
        """Whether what is chosen, or typed next, is bold."""
        return _is_bold(self._shown_look())

    @property
    def italic(self) -> bool:
        """Whether what is chosen, or typed next, is italic."""
        return self._shown_look().fontItalic()

    @Slot()
    def toggle_bold(self) -> None:
        """Make what is chosen, or typed next, bold, or no longer."""
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Normal if self.bold else QFont.Weight.Bold)
        self._put_look(look)

    @Slot()
    def toggle_italic(self) -> None:
        """Make what is chosen, or typed next, italic, or no longer."""
        look = QTextCharFormat()
        look.setFontItalic(not self.italic)
        self._put_look(look)

    @Slot()
    def toggle_bullets(self) -> None:
        """Make items of the chosen lines, or plain lines again where all of them are."""
        self._toggle_list(numbered=False)

    @Slot()
    def toggle_numbers(self) -> None:
        """Make numbered items of the chosen lines, or plain lines again where all of them are."""
        self._toggle_list(numbered=True)

    def rescale(self) -> None:
        """Let items stand in as the text size asks."""
        self._dress()

    def _blocks(self) -> Iterator[QTextBlock]:
        block = self.document().begin()
        while block.isValid():
            yield block
            block = block.next()

    def _shown_look(self) -> QTextCharFormat:
        cursor = self.textCursor()
        if cursor.hasSelection():
            start = QTextCursor(self.document())
            start.setPosition(cursor.selectionStart() + 1)
            return start.charFormat()
        return self.currentCharFormat()

    def _put_look(self, look: QTextCharFormat) -> None:
        if not self.isReadOnly():
            self.mergeCurrentCharFormat(look)
            self.looks_changed.emit()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self) -> list[QTextBlock]:
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        found = [block for block in self._blocks() if first.blockNumber() <= block.blockNumber() <= last.blockNumber()]
        return [block for block in found if block.text().strip()] or [first]

    def _toggle_list(self, numbered: bool) -> None:
        if self.isReadOnly():
            return
        blocks = self._chosen()
        marks = [list_mark(block.text())[0] for block in blocks]
        off = all(mark and (mark != BULLET) == numbered for mark in marks)
        first = 0 if off else self._number_before(blocks[0])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, block in enumerate(blocks, first + 1):
            cursor.setPosition(block.position())
            _, length = list_mark(block.text())
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor, length)
            cursor.insertText("" if off else f"{number}. " if numbered else f"{BULLET} ", QTextCharFormat())
        cursor.endEditBlock()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _number_before(block: QTextBlock) -> int:
        """The number of the item that stands right above, over at most one empty line; 0 where there is none."""
        above = block.previous()
        if above.isValid() and not above.text().strip():
            above = above.previous()
        while above.isValid() and above.text().strip():
            mark = list_mark(above.text())[0].rstrip(".")
            if mark.isdigit():
                return int(mark)
            above = above.previous()
        return 0

    @Slot()
    def _dress(self) -> None:
        """Let items and the lines that go on in them stand in, as one step with what was typed."""
        if self._dressing:
            return
        inside, wrong = False, []
        for block in self._blocks():
            mark, _ = list_mark(block.text())
            inside = bool(mark) or (inside and bool(block.text().strip()))
            left = px(ITEM_INDENT) if inside else 0
            wanted = (left, -left if mark else 0)
            now = block.blockFormat()
            if (now.leftMargin(), now.textIndent()) != wanted:
                wrong.append((block, wanted))
        if not wrong:
            return
        self._dressing = True
        cursor = QTextCursor(self.document())
        cursor.joinPreviousEditBlock()
        for block, (left, indent) in wrong:
            cursor.setPosition(block.position())
            form = QTextBlockFormat()
            form.setLeftMargin(left)
            form.setTextIndent(indent)
            form.setTabPositions([])
            cursor.mergeBlockFormat(form)
        cursor.endEditBlock()
        self._dressing = False

    def _go_on(self) -> bool:
        """At the end of an item: begin the next one, or end the list where nothing was typed in it."""
        cursor = self.textCursor()
        mark, length = list_mark(cursor.block().text())
        if not mark or cursor.hasSelection() or not cursor.atBlockEnd():
            return False
        cursor.beginEditBlock()
        if len(cursor.block().text()) == length:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            following = mark if mark == BULLET else f"{int(mark.rstrip('.')) + 1}."
            cursor.insertBlock()
            cursor.insertText(f"{following} ", QTextCharFormat())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        return True

    # Qt's own names from here on

    def event(self, event: QEvent) -> bool:
        """Claim the keys for bold and italic before the window's own shortcuts of the same keys are tried."""
        if event.type() == QEvent.Type.ShortcutOverride and not self.isReadOnly():
            key = cast("QKeyEvent", event)
            if key.matches(QKeySequence.StandardKey.Bold) or key.matches(QKeySequence.StandardKey.Italic):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isReadOnly():
            super().keyPressEvent(event)
        elif event.matches(QKeySequence.StandardKey.Bold):
            self.toggle_bold()
        elif event.matches(QKeySequence.StandardKey.Italic):
            self.toggle_italic()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if not self._go_on():
                super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: the looks of another program stay there."""
        if source.hasText():
            text = "\n".join(source.text().splitlines()) if "\n" not in source.text()[-1:] else source.text()
            self.textCursor().insertText(text, QTextCharFormat())
            self.ensureCursorVisible()


def _look(bold: bool, italic: bool) -> QTextCharFormat:
    look = QTextCharFormat()
    if bold:
        look.setFontWeight(QFont.Weight.Bold)
    if italic:
        look.setFontItalic(True)
    return look


def _is_bold(look: QTextCharFormat) -> bool:
    return look.fontWeight() >= QFont.Weight.DemiBold


def _runs(block: QTextBlock) -> Iterator[Run]:
    parts = block.begin()
    while not parts.atEnd():
        fragment: QTextFragment = parts.fragment()
        look = fragment.charFormat()
        yield Run(fragment.text(), _is_bold(look), look.fontItalic())
        parts += 1
