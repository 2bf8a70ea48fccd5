"""Taking the timeline out of the program: saved as a PDF or a CSV, or made ready for the printer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.own_folder import OwnFolder
from medbills_desktop.qt.session import Session
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.timeline import ListEvents

FILE_KINDS = "PDF (*.pdf);;Spreadsheet (*.csv)"


@dataclass(frozen=True, slots=True)
class TimelineWish:
    """A list to be taken out whole: what is asked for, whose it is, and in words what is left out."""

    query: ListEvents
    title: str
    narrowed: str


class TimelineSaving(QObject):
    """Signals: `saved` carries the path of a PDF that was just saved, `print_wanted` one that is to be printed."""

    saved = Signal(object)
    print_wanted = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._folder = OwnFolder()

    def save(self, wish: TimelineWish, target: Path) -> None:
        """Save all events of a list; a target that ends in `.csv` becomes a spreadsheet."""
        self._start(wish, target, self._was_saved)

    def print(self, wish: TimelineWish) -> None:
        """Make the paper ready for the printer."""
        self._start(wish, self._folder.place() / "timeline.pdf", self._is_ready)

    def _start(self, wish: TimelineWish, target: Path, then: Callable[[Path], None]) -> None:
        library, today = self._session.library, self._session.today
        self._session.tasks.start(lambda _task: _write(library, wish, today, target), then, self._failed)

    def _is_ready(self, target: Path) -> None:
        self.print_wanted.emit(target)

    def _was_saved(self, target: Path) -> None:
        self._session.tell(self.tr("The timeline is saved: {path}").format(path=target), made=target)
        if target.suffix.casefold() == ".pdf":
            self.saved.emit(target)

    def _failed(self, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        self._session.refuse(error)


def _write(library: Library, wish: TimelineWish, today: Day, target: Path) -> Path:
    """The PDF writer is loaded only here, since it would slow down every start."""
    from medbills_desktop.commands.timeline_files import save_timeline
    from medbills_desktop.packet.timeline_pages import TimelineSheet

    events = tuple(library.read(wish.query))
    return save_timeline(TimelineSheet(events, wish.title, wish.narrowed, today, wish.query.newest_first), target)
