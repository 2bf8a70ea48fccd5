"""Attaching a recording and playing it: both copy beside the window, and neither touches the original."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from medbills_desktop.commands.papers import ReceivedPaper
from medbills_desktop.commands.recordings import AddRecording, receive_recording
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.papers.sounds import SUFFIXES
from medbills_desktop.qt.opening import open_elsewhere
from medbills_desktop.qt.own_folder import OwnFolder
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Progress, Task

SOUND_FILES = (
    "Recordings (*.wav *.mp3 *.m4a *.mp4 *.aac *.ogg *.oga *.opus *.flac *.amr *.3gp *.aiff *.caf *.webm *.wma);;"
    "All files (*)"
)
BLOCK = 1 << 20
MEGABYTE = 1_000_000


class SoundFiles(QObject):
    """Signals: `progressed` carries a `Progress` or `None` at the end; `attached` the id of a kept recording."""

    progressed = Signal(object)
    attached = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._task: Task | None = None
        self._copies = OwnFolder()

    @property
    def busy(self) -> bool:
        """Whether something is being copied."""
        return self._task is not None

    def attach(self, path: Path) -> None:
        """Copy a sound file into the library, beside the window; `attached` tells when it is safe there."""
        if self._may_begin():
            self._task = self._session.tasks.start(
                lambda task: self._receive(task, path), self._keep, self._failed, self.progressed.emit
            )

    def play(self, document_id: int) -> None:
        """Open a copy in the system's player: a player that writes into its file never reaches the original."""
        document = self._session.read(lambda reader: reader.get(Document, document_id))
        if not self._session.library.vault.holds(document.sha256):
            what = self.tr("The sound of “{name}” is not in this library.").format(name=document.shown_title)
            self._session.refuse(UserError(what, self.tr("Attach the file again.")))
        elif self._may_begin():
            self._task = self._session.tasks.start(
                lambda task: self._copy(task, document), self._open, self._failed, self.progressed.emit
            )

    def cancel(self) -> None:
        """Stop what is being copied; nothing of it is left behind."""
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """Throw the copies away that were played."""
        self._copies.throw_away()

    def _may_begin(self) -> bool:
        if self.busy:
            self._session.tell(self.tr("A recording is being copied. Cancel it or wait until it is done."))
        return not self.busy

    def _receive(self, task: Task, path: Path) -> ReceivedPaper:
        whole = path.stat().st_size if path.is_file() else 0
        what = self.tr("Attaching the recording, in MB")

        def go_on(done: int) -> bool:
            task.report(Progress(what, done // MEGABYTE, max(whole // MEGABYTE, 1)))
            return not task.cancelled

        return receive_recording(self._session.library, path, go_on)

    def _copy(self, task: Task, document: Document) -> Path:
        suffix = Path(document.file).suffix or SUFFIXES.get(document.media_type or "", "")
        source = self._session.library.vault.path(document.sha256 or "")
        target = self._copies.place() / f"{document.paper_number or document.id}{suffix}"
        whole, done = source.stat().st_size, 0
        if target.is_file() and target.stat().st_size == whole:
            return target
        if shutil.disk_usage(target.parent).free < whole:
            raise UserError("There is no room for a copy to play.", "Make room on the disk, then play it again.")
        what = self.tr("Copying the recording, in MB")
        try:
            with source.open("rb") as original, target.open("wb") as copy:
                while not task.cancelled and (block := original.read(BLOCK)):
                    done += copy.write(block)
                    task.report(Progress(what, done // MEGABYTE, max(whole // MEGABYTE, 1)))
        except OSError as error:
            target.unlink(missing_ok=True)
            raise UserError(f"The copy to play could not be made: {error.strerror or error}.", "Try again.") from error
        if done < whole:
            target.unlink()
            raise UserError("Playing was cancelled.", "")
        return target

    @Slot(object)
    def _keep(self, received: ReceivedPaper) -> None:
        self._end()
        document = self._session.perform(AddRecording(received, self._session.today))
        if document is not None:
            self.attached.emit(document.id)

    @Slot(object)
    def _open(self, path: Path) -> None:
        self._end()
        if not open_elsewhere(path):
            what = self.tr("No program on this computer opens this recording.")
            self._session.refuse(UserError(what, self.tr("Install a player, then play it again.")))

    def _failed(self, error: BaseException) -> None:
        self._end()
        if not isinstance(error, UserError):
            raise error
        self._session.refuse(error)

    def _end(self) -> None:
        self._task = None
        self.progressed.emit(None)
