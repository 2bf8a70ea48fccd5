"""Asks of what kind a marked area is: a small menu where it was marked, for mouse and keys alike."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from medbills_desktop.qt.viewer.shown import AreaMarked, PagePart

KINDS = (
    ("birth_date", "&Date of birth"),
    ("member_number", "&Member or group number"),
    ("account_number", "&Account number"),
    ("social_security_number", "&Social Security number"),
    ("diagnosis", "Dia&gnosis"),
    ("other", "&Other"),
)


class KindMenu(QObject):
    """Signal: `chosen` carries the AreaMarked. Esc leaves without one."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self._marked: tuple[int, PagePart] | None = None

    def ask(self, document_id: int, part: PagePart, where: QPoint) -> None:
        """Show the menu at a point of the screen."""
        self._marked = document_id, part
        menu = QMenu(self._parent)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("What is taken out"))
        menu.addSection(self.tr("What is it?"))
        for kind, text in KINDS:
            action = menu.addAction(QCoreApplication.translate("KindMenu", text))
            action.setData(kind)
        menu.triggered.connect(self._triggered)
        menu.popup(where)
        menu.setActiveAction(menu.actions()[1])

    @Slot(QAction)
    def _triggered(self, action: QAction) -> None:
        if self._marked is not None and action.data():
            document_id, part = self._marked
            self._marked = None
            self.chosen.emit(AreaMarked(document_id, part.page, part.rect, action.data()))
