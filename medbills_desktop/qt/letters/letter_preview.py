"""The letter as it will be printed, in the viewer: made anew a moment after one stops typing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.own_folder import OwnFolder
from medbills_desktop.qt.session import Session
from medbills_desktop.store.library import Library

REST_MILLISECONDS = 700
"""How long typing rests before the paper is made anew."""

Wanted = tuple[int, tuple[str, str]]
"""A letter, and its subject and text as they stand on screen."""


class LetterPreview(QObject):
    """Signals: `made` carries the path of a fresh PDF, `pages` how many pages it has (0: nothing is shown any more).

    The files are in a folder of this user alone, which goes when the program ends; one is left of them at a time.
    """

    made = Signal(object)
    pages = Signal(int)

    def __init__(self, session: Session, collect: Callable[[], Wanted | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._collect = collect
        self.on = False
        self._folder = OwnFolder()
        self._number = 0
        self._shown: Path | None = None
        self._busy = False
        self._again = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.make)

    def begin(self) -> None:
        """Show the letter now, and follow what is typed."""
        self.on = True
        self.make()

    @Slot()
    def stop(self) -> None:
        """Follow no more."""
        self.on = False
        self._again = False
        self._rest.stop()
        self.pages.emit(0)

    @Slot()
    def touch(self) -> None:
        """Something was typed, or another letter is in front."""
        if self.on:
            self._rest.start()

    @Slot()
    def make(self) -> None:
        """Make the paper beside the window; one at a time, and once more where something was typed meanwhile."""
        self._rest.stop()
        wanted = self._collect() if self.on else None
        if wanted is None:
            return
        if self._busy:
            self._again = True
            return
        target = self._folder.place() / f"letter-{self._number + 1}.pdf"
        self._busy, self._number = True, self._number + 1
        library, today = self._session.library, self._session.today
        self._session.tasks.start(lambda _task: _write(library, wanted, today, target), self._was_made, self._failed)

    def _was_made(self, done: tuple[Path, int]) -> None:
        path, pages = done
        self._busy = False
        if self._again:
            self._again = False
            self.touch()
        if self.on:
            self.made.emit(path)
            self.pages.emit(pages)
        if self._shown is not None:
            with suppress(OSError):
                self._shown.unlink()
        self._shown = path

    def _failed(self, error: BaseException) -> None:
        self._busy = False
        if not isinstance(error, UserError):
            raise error
        self._session.refuse(error)


def _write(library: Library, wanted: Wanted, today: Day, target: Path) -> tuple[Path, int]:
    """Make the PDF on another thread; the PDF writer is loaded only then, since it would slow down every start."""
    from medbills_desktop.commands.letter_pdf import write_typed_letter

    return target, write_typed_letter(library, wanted[0], wanted[1], today, target)
