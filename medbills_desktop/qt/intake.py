"""Taking papers in: by drop, paste and dialog, several at once, with progress, and reading their text afterwards."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter

from medbills_desktop.commands.papers import AddPapers, ReceivedPaper
from medbills_desktop.commands.prices import AddProof
from medbills_desktop.commands.reading_papers import read_paper, read_unread
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.papers.client import PaperReader
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Progress, Task
from medbills_desktop.qt.viewer.shown import PaperUnlocked

MOST_FILES = 2000
"""Files taken in one drop; folders are looked through one level deep."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a drop: the papers that are in, and a sentence for each file that was refused.

    `document_ids` are those of the kept papers, in the order of the drop; one that was there already has its old id.
    `new` counts the papers that were not in the library before.
    """

    received: tuple[ReceivedPaper, ...]
    refused: tuple[str, ...]
    bill_id: int | None
    document_ids: tuple[int, ...] = ()
    new: int = 0
    price_id: int | None = None


class Intake(QObject):
    """Signals: `progressed` carries a `Progress` or None when all is done, `taken` a `Taken` once papers are kept."""

    progressed = Signal(object)
    taken = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._copying: Task | None = None
        self._reading: Task | None = None
        session.herald.changed.connect(self._news)

    def take_files(self, paths: list[Path], bill_id: int | None, price_id: int | None = None) -> None:
        """Copy files into the vault beside the window, then keep them as papers in one step, of a bill or as the proof
        of a price."""
        if self._closed_to_papers():
            return
        files = expanded(paths)
        if not files:
            self._session.tell(self.tr("There was no file in what was dropped."))
            return
        self._copying = self._session.tasks.start(
            lambda task: replace(self._copy(task, files, bill_id), price_id=price_id),
            self._keep,
            self._failed,
            self.progressed.emit,
        )

    def take_mime(self, mime: QMimeData, bill_id: int | None, price_id: int | None = None) -> bool:
        """Take files or a picture from a paste; False where there is neither."""
        paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
        if paths:
            self.take_files(paths, bill_id, price_id)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        if self._closed_to_papers():
            return True
        name = self.tr("pasted picture.png")
        self._copying = self._session.tasks.start(
            lambda _task: Taken((self._picture(image, name),), (), bill_id, price_id=price_id),
            self._keep,
            self._failed,
        )
        return True

    def _closed_to_papers(self) -> bool:
        """Whether the library is open for reading only, said before a byte is copied."""
        reading = self._session.library.mode == "read"
        if reading:
            what = self.tr("This library is open for reading only, so no paper was added.")
            self._session.refuse(UserError(what, self.tr("Open it where it can be changed, then add the paper again.")))
        return reading

    def _picture(self, image: QImage, name: str) -> ReceivedPaper:
        """The picture of the clipboard, kept as a PNG (the clipboard holds pixels, not a file)."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"png"))
        if not writer.write(image):
            raise UserError("The picture in the clipboard can't be read.", "Save it as a file and add that.")
        held = self._session.library.vault.take(io.BytesIO(bytes(buffer.data().data())))
        return ReceivedPaper(name, held.sha256, held.size, "image/png")

    def cancel(self) -> None:
        """Stop what runs; papers that are already kept stay."""
        for task in (self._copying, self._reading):
            if task:
                task.cancel()

    def read_texts(self) -> None:
        """Read the text of papers that were not read yet, beside the window."""
        if self._reading is None and self._session.library.mode == "write":
            self._reading = self._session.tasks.start(
                self._read, self._was_read, self._read_failed, self.progressed.emit
            )

    @Slot(object)
    def read_unlocked(self, unlocked: PaperUnlocked) -> None:
        """Read the text of a paper that its password has just opened, so that search finds it."""
        if self._session.library.mode == "write":
            self._session.tasks.start(lambda _task: self._read_one(unlocked), self._was_read, self._failed)

    def _read_one(self, unlocked: PaperUnlocked) -> int:
        library = self._session.library
        document = library.read(lambda reader: reader.get(Document, unlocked.document_id))
        with PaperReader() as reader:
            read_paper(library, reader, document, unlocked.password)
        return 1

    def _copy(self, task: Task, files: list[Path], bill_id: int | None) -> Taken:
        received: list[ReceivedPaper] = []
        refused: list[str] = []
        for number, path in enumerate(files):
            task.report(Progress("Adding papers", number, len(files)))
            if task.cancelled:
                refused.append("Adding was cancelled; the files after that were left out.")
                break
            try:
                received.append(receive_file(self._session.library, path, lambda _size: not task.cancelled))
            except UserError as error:
                refused.append(str(error))
        return Taken(tuple(received), tuple(refused), bill_id)

    @Slot(object)
    def _keep(self, taken: Taken) -> None:
        self._copying = None
        self.progressed.emit(None)
        if taken.received:
            before = self._session.read(lambda reader: {paper.sha256 for paper in reader.find(Document)})
            kept = self._session.perform(self._command(taken))
            if kept is None:
                return
            taken = replace(taken, document_ids=tuple(document.id for document in kept))
            taken = replace(taken, new=len({paper.sha256 for paper in taken.received} - before))
        self.taken.emit(taken)
        self.read_texts()

    def _command(self, taken: Taken) -> AddPapers | AddProof:
        today = self._session.today
        if taken.price_id is not None:
            return AddProof(taken.price_id, taken.received, today)
        return AddPapers(taken.received, taken.bill_id, today)

    def _read(self, task: Task) -> int:
        def go_on(done: int, whole: int) -> bool:
            task.report(Progress("Reading papers", done, whole))
            return not task.cancelled

        return read_unread(self._session.library, go_on)

    @Slot(object)
    def _was_read(self, count: int) -> None:
        self._reading = None
        self.progressed.emit(None)
        if count:
            self._session.herald.read_anew.emit()

    def _read_failed(self, error: BaseException) -> None:
        self._reading = None
        self._failed(error)

    def _failed(self, error: BaseException) -> None:
        self.progressed.emit(None)
        if isinstance(error, UserError):
            self._session.refuse(error)
            return
        raise error

    @Slot(object)
    def _news(self, changes: object) -> None:
        if "document" in getattr(changes, "kinds", ()) and self._copying is None:
            self.read_texts()


def expanded(paths: list[Path]) -> list[Path]:
    """The files among paths, with those of folders (one level deep, hidden ones left out), at most `MOST_FILES`."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(
                sorted(entry for entry in path.iterdir() if entry.is_file() and not entry.name.startswith("."))
            )
        else:
            found.append(path)
    return found[:MOST_FILES]
