"""The row in which one types why a finding is not a problem."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.checks.findings import Finding
from medbills_desktop.commands.findings import DismissFinding
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import button, label, row


class ReasonRow(QWidget):
    """Hidden until it is needed; Enter keeps the reason, Escape puts the row away with what was typed still in it."""

    def __init__(self, session: Session, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._finding = finding
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Why it is fine, such as: they were two visits"))
        self.line.setAccessibleName(self.tr("Why this is not a problem"))
        self.line.returnPressed.connect(self._keep)
        self.setLayout(
            row(
                label(self.tr("Not a problem, because"), "muted"),
                self.line,
                button(self.tr("Set aside"), self._keep),
                button(self.tr("Cancel"), self.hide, "flat"),
                margins=(0, 4, 0, 0),
            )
        )
        self.hide()

    @Slot()
    def begin(self) -> None:
        """Open the row and take the keyboard."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _keep(self) -> None:
        self._session.perform(DismissFinding(self._finding, self._session.today, self.line.text()))

    # Qt's own names from here on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)
