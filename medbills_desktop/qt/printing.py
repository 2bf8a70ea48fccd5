"""Printing a PDF: the system's dialog, then each page drawn by the paper worker and put on the printer."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.errors import UserError
from medbills_desktop.papers.protocol import (
    Answer,
    DrawPage,
    OpenPaper,
    PageDrawn,
    PageSize,
    PaperOpened,
    Refused,
    Request,
)
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tasks import Progress
from medbills_desktop.qt.viewer.asking import Urgency
from medbills_desktop.qt.viewer.page_images import image_of
from medbills_desktop.qt.viewer.worker_link import WorkerLink

DOTS_PER_INCH = 300
"""The finest that pages are drawn for a printer: letters look sharp, and a page is 32 MB."""


class Printing(QObject):
    """Asks for a printer and sends a file to it. Signals: `progressed` carries a `Progress`, or None at the end;
    `finished` carries nothing."""

    progressed = Signal(object)
    finished = Signal()

    def __init__(self, session: Session, link: WorkerLink, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._link, self._window = session, link, window
        self._job: PrintJob | None = None
        self._written: Path | None = None
        self._turns: Mapping[int, int] = {}

    def ask_and_print(self, path: Path, title: str, turns: Mapping[int, int] | None = None) -> None:
        """Show the system's dialog; print what it says, or nothing. `turns` are the person's own of pages, in degrees
        clockwise."""
        self._turns = turns or {}
        printer = letter_printer(title)
        dialog = QPrintDialog(printer, self._window)
        dialog.setWindowTitle(self.tr("Print"))
        wanted = dialog.exec() == QPrintDialog.DialogCode.Accepted
        dialog.deleteLater()
        if wanted:
            self.print_on(printer, path)
        else:
            self.finished.emit()

    def print_on(self, printer: QPrinter, path: Path) -> None:
        """Print a file beside the window; says when it is done, or why it is not. Where the system's dialog was told to
        print to a file, never over the one that is printed."""
        to_file = printer.outputFileName()
        self._written = Path(to_file) if to_file else None
        if self._written is not None and self._written.resolve() == path.resolve():
            words = self.tr("{name} can’t be printed over itself.").format(name=path.name)
            self._session.refuse(UserError(words, self.tr("Choose another name for the printed file.")))
            self.finished.emit()
            return
        self._job = PrintJob(self._link, printer, path, self, self._turns)
        self._job.ended.connect(self._ended)
        self._job.progressed.connect(self.progressed)
        self._job.begin()

    def cancel(self) -> None:
        """Stop after the page in hand; a printer may still bring out what it was given."""
        if self._job is not None:
            self._job.cancel()

    def _ended(self, problem: str) -> None:
        cancelled = self._job is not None and self._job.cancelled
        self._job = None
        self.progressed.emit(None)
        if cancelled:
            self._session.tell(self.tr("Printing was cancelled."))
        elif problem:
            self._session.refuse(UserError(problem, self.tr("Save it as a PDF and print that file.")))
        elif self._written is not None:
            self._session.tell(self.tr("It is printed to {path}").format(path=self._written), made=self._written)
        else:
            self._session.tell(self.tr("It was sent to the printer."))
        self.finished.emit()


def letter_printer(title: str) -> QPrinter:
    """A printer for whole sheets of US Letter, so that the margins are those of the page itself."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))
    printer.setFullPage(True)
    printer.setDocName(title)
    return printer


class PrintJob(QObject):
    """One file on its way to a printer, a page at a time. A page that is wider than high is turned on an upright sheet,
    and the other way round. `progressed` carries a `Progress`, `ended` what went wrong, or an empty text."""

    progressed = Signal(object)
    ended = Signal(str)

    def __init__(
        self,
        link: WorkerLink,
        printer: QPrinter,
        path: Path,
        parent: QObject | None = None,
        turns: Mapping[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self.cancelled = False
        self._turns = dict(turns or {})
        self._sizes: tuple[PageSize, ...] = ()
        self._count = 0
        self._link, self._printer, self._path = link, printer, path
        self._document = f"print\n{path}"
        self._painter = QPainter()
        self._left: list[int] | None = None
        self._first = True

    def begin(self) -> None:
        """Open the file and the printer."""
        if not self._painter.begin(self._printer):
            self._end(self.tr("The printer can't be used."))
            return
        self._link.join(self)

    def cancel(self) -> None:
        """Give up; of a file that is printed to, nothing is left."""
        if self._painter.isActive():
            self.cancelled = True
            self._printer.abort()
            self._end(self.tr("Printing was cancelled."))

    def wish(self, urgency: Urgency) -> Request | None:
        if self._left is None:
            password = self._link.passwords.get(self._path)
            opening = OpenPaper(number=0, document=self._document, path=str(self._path), password=password)
            return opening if urgency is Urgency.OPENING else None
        if urgency is not Urgency.VISIBLE or not self._left:
            return None
        dots = min(self._printer.resolution(), DOTS_PER_INCH)
        page = self._left[0]
        return DrawPage(number=0, document=self._document, page=page, zoom=dots / 72, rotation=self._turn(page))

    def still_wants(self, request: Request) -> bool:
        return getattr(request, "document", None) == self._document

    def take(self, request: Request, answer: Answer) -> None:
        if isinstance(answer, Refused):
            self._end(answer.reason.sentence)
        elif isinstance(answer, PaperOpened) and isinstance(request, OpenPaper):
            if self._left is None:
                self._sizes = answer.sizes
                self._left = self._pages(answer.pages)
                self._count = len(self._left)
        elif isinstance(answer, PageDrawn) and self._left:
            self._put(image_of(answer))
            self._left.pop(0)
            self.progressed.emit(Progress(self.tr("Printing"), self._count - len(self._left), self._count))
        if self._left is not None and not self._left and self._painter.isActive():
            self._end("")

    def _turn(self, page: int) -> int:
        """How a page is turned for the sheet, in degrees clockwise: as the person turned it, then so that it fits."""
        size, turn = self._sizes[page - 1], self._turns.get(page, 0)
        is_wide = (size.width > size.height) != bool(turn % 180)
        sheet = self._painter.viewport()
        fits = is_wide == (sheet.width() > sheet.height()) or size.width == size.height
        return turn % 360 if fits else (turn + 90) % 360

    def _pages(self, count: int) -> list[int]:
        """The pages that the dialog asks for; all of them where it names none."""
        ranges = self._printer.pageRanges()
        if not ranges.isEmpty():
            return [page for page in range(1, count + 1) if ranges.contains(page)]
        first, last = self._printer.fromPage() or 1, self._printer.toPage() or count
        return list(range(max(first, 1), min(last, count) + 1))

    def _put(self, image: QImage) -> None:
        """Put a page on a sheet, as large as fits, in the middle."""
        if not self._first:
            self._printer.newPage()
        self._first = False
        sheet = QRectF(self._painter.viewport())
        size = QSizeF(image.size()).scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QPointF((sheet.width() - size.width()) / 2, (sheet.height() - size.height()) / 2)
        self._painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self._painter.drawImage(QRectF(place, size), image)

    def _end(self, problem: str) -> None:
        self._link.leave(self)
        self._link.forget(self._document)
        begun = self._painter.isActive()
        if begun:
            self._painter.end()
        if begun and problem and self._printer.outputFileName():
            with contextlib.suppress(OSError):
                Path(self._printer.outputFileName()).unlink(missing_ok=True)
        self.ended.emit(problem)
        self.deleteLater()
