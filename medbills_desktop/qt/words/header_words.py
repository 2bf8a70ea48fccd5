"""The titles of tables lead to their entries: the first sentence in the tooltip, the entry by a right click."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QToolTip

from medbills_desktop.domain.glossary import glossary
from medbills_desktop.qt.words.asking import show_term, term_of_section, tip, title_of_section


class HeaderWords(QObject):
    """Watches one header. A title that is no word of the glossary behaves as before."""

    def __init__(self, header: QHeaderView) -> None:
        super().__init__(header)
        self._header = header
        header.viewport().installEventFilter(self)

    def _ask(self, event: QContextMenuEvent) -> bool:
        section = self._header.logicalIndexAt(event.pos())
        term = term_of_section(self._header, section)
        if term is None:
            return False
        menu = QMenu(self._header)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = title_of_section(self._header, section)
        act = menu.addAction(self.tr("&What does “{word}” mean?").format(word=title))
        act.setData(term.id)
        act.triggered.connect(self._wanted)
        menu.popup(event.globalPos())
        return True

    def _tell(self, event: QHelpEvent) -> bool:
        term = term_of_section(self._header, self._header.logicalIndexAt(event.pos()))
        if term is None:
            return False
        QToolTip.showText(event.globalPos(), tip(term), self._header.viewport())
        return True

    @Slot()
    def _wanted(self) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            show_term(self._header, glossary()[sender.data()])

    # Qt's own names from here on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QContextMenuEvent) and self._ask(event):
            return True
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._tell(event):
            return True
        return super().eventFilter(watched, event)


def offer_words(header: QHeaderView) -> None:
    """Let the titles of a table lead to the glossary."""
    HeaderWords(header)
