"""Areas of a paper that are taken out of copies: marked in the viewer, shown on the page, left in again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from medbills_desktop.commands.redactions import AddRedaction, RemoveRedaction
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.domain.words import REDACTION_KIND
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.shown import AreaMarked, ShownRegion
from medbills_desktop.store.queries.redactions import ListRedactions


class TakingOut(QObject):
    """Keeps what is marked, and tells the regions of a paper that are not in copies."""

    def __init__(self, session: Session, pane: ViewerPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        pane.area_marked.connect(self._area_marked)

    def regions(self, document_id: int) -> tuple[ShownRegion, ...]:
        """The areas of a paper, to be hatched in the viewer."""
        return tuple(self._shown(area) for area in self._session.read(ListRedactions(document_id)))

    def ask(self, id_: int) -> None:
        """Offer what can be done with an area: leave it in copies again."""
        region = next((each for each in self._pane.view.regions if each.key == f"{Redaction.KIND}:{id_}"), None)
        if region is None:
            return
        menu = QMenu(self._pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(self.tr("&Leave it in copies"))
        action.setData(id_)
        menu.triggered.connect(self._leave)
        menu.popup(self._pane.view.place_on_screen(region.page, region.rect))
        menu.setActiveAction(action)

    def _shown(self, area: Redaction) -> ShownRegion:
        left, top, right, bottom = area.rect[:4]
        text = self.tr("Not in copies · {kind}").format(kind=REDACTION_KIND[area.kind])
        return ShownRegion(
            area.page, Box(left, top, right, bottom), text, f"{Redaction.KIND}:{area.id}", taken_out=True
        )

    @Slot(object)
    def _area_marked(self, marked: AreaMarked) -> None:
        box = marked.rect
        rect = (round(box.left, 2), round(box.top, 2), round(box.right, 2), round(box.bottom, 2))
        self._session.perform(AddRedaction(marked.document_id, marked.page, rect, marked.kind))
        self._session.tell(
            self.tr("The area is left out of packets without personal numbers. Click it to leave it in again.")
        )

    @Slot(QAction)
    def _leave(self, action: QAction) -> None:
        self._session.perform(RemoveRedaction(action.data()))
