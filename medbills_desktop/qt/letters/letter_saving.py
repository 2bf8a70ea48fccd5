"""Taking a letter out of the program: saved as a PDF, with its copies or without, or made ready for the printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.own_folder import OwnFolder
from medbills_desktop.qt.session import Session
from medbills_desktop.store.library import Library

Write = Callable[[Library, int, Day, Path], str]
"""Writes a letter to a file on another thread; gives what there is to say about it, often nothing."""


class LetterSaving(QObject):
    """Signals: `saved` carries the path of a file that was just saved, `print_wanted` one that is to be printed."""

    saved = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = OwnFolder()

    def save(self, letter_id: int, target: Path) -> None:
        """Save the letter alone."""
        self._start(_alone, letter_id, target, self._was_saved)

    def save_with_copies(self, letter_id: int, target: Path) -> None:
        """Save the letter with its enclosures behind it."""
        self._session.tell(self.tr("The letter and its copies are being put together…"))
        self._start(_with_copies, letter_id, target, self._was_saved)

    def print(self, letter_id: int) -> None:
        """Make the paper ready for the printer."""
        self._start(_alone, letter_id, self._folder.place() / "letter to print.pdf", self._is_ready)

    def _start(self, write: Write, letter_id: int, target: Path, then: Callable[[tuple[str, Path]], None]) -> None:
        library, today = self._session.library, self._session.today
        self._session.tasks.start(lambda _task: (write(library, letter_id, today, target), target), then, self._failed)

    def _was_saved(self, done: tuple[str, Path]) -> None:
        note, target = done
        text = self.tr("The letter is saved: {path}").format(path=target)
        self._session.tell(f"{text} {note}".strip(), made=target)
        self.saved.emit(target)

    def _is_ready(self, done: tuple[str, Path]) -> None:
        self.print_wanted.emit(done[1])

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._session.refuse(error)


def _alone(library: Library, letter_id: int, today: Day, target: Path) -> str:
    """The PDF writer is loaded only here, since it would slow down every start."""
    from medbills_desktop.commands.letter_pdf import save_letter_pdf

    page = save_letter_pdf(library, letter_id, today, target)
    return page.note if page else ""


def _with_copies(library: Library, letter_id: int, today: Day, target: Path) -> str:
    from medbills_desktop.commands.letter_copies import save_with_enclosures

    return " ".join(save_with_enclosures(library, letter_id, today, target))
