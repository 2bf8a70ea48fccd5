"""The line below the page: what just happened, what was refused, how far work is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from medbills_desktop.qt.opening import open_elsewhere
from medbills_desktop.qt.session import Notice, Session
from medbills_desktop.qt.tasks import Progress
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, label, row

SHOW_PROGRESS_AFTER = 400
"""Milliseconds of work before its progress is shown."""


class NoticeBar(QWidget):
    """Signals: `cancel_wanted` carries nothing."""

    cancel_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label("", "muted", wrap=True)
        self._made: Path | None = None
        self.folder = button(self.tr("Open its folder"), self._open_folder, "flat")
        self._what = label("", "muted")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(px(160))
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = button(self.tr("Cancel"), self._cancel_clicked)
        layout = row(gap=8)
        layout.addWidget(self._text, 1)
        for part in (self.folder, self._what, self._bar, self._cancel):
            layout.addWidget(part)
            part.hide()
        self.setLayout(layout)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOW_PROGRESS_AFTER)
        self._soon.timeout.connect(self._reveal)
        session.noticed.connect(self.show_notice)

    @property
    def text(self) -> str:
        """The notice that is shown."""
        return self._text.text()

    @Slot(object)
    def show_notice(self, notice: Notice) -> None:
        """Show a notice; it stays until the next one."""
        self._text.setText(notice.text)
        self._made = notice.made
        self.folder.setVisible(notice.made is not None)
        self._text.setObjectName("problem" if notice.bad else "muted")
        self._text.style().polish(self._text)
        self._text.setAccessibleName(notice.text)
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    @Slot(object)
    def show_progress(self, progress: Progress | None) -> None:
        """Show how far work is, once it has taken a moment; `None` ends it."""
        if progress is None:
            self._soon.stop()
            for part in (self._what, self._bar, self._cancel):
                part.hide()
            return
        self._what.setText(
            self.tr("{what}: {done} of {whole}").format(what=progress.what, done=progress.done, whole=progress.whole)
        )
        self._bar.setMaximum(max(progress.whole, 1))
        self._bar.setValue(progress.done)
        if not self._bar.isVisible() and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _reveal(self) -> None:
        for part in (self._what, self._bar, self._cancel):
            part.show()

    @Slot()
    def _open_folder(self) -> None:
        """Leave it to the system to show the folder of what was made."""
        if self._made is not None and not open_elsewhere(self._made.parent):
            self._text.setText(self.tr("The system can’t show the folder {path}.").format(path=self._made.parent))

    @Slot()
    def _cancel_clicked(self) -> None:
        self.cancel_wanted.emit()
