"""Bringing a paper of the library into the viewer pane, with its regions, and taking back what is done there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from medbills_desktop.commands.papers import LinkLineRegion, LinkPaper, TurnPage
from medbills_desktop.commands.prices import LinkProof
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.errors import NotFoundError
from medbills_desktop.domain.records.handing_over import Redaction
from medbills_desktop.papers.protocol import Box
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.taking_out import TakingOut
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.shown import PageTurned, RegionActivated, RegionChosen, ShownPaper, ShownRegion
from medbills_desktop.store.queries.papers import FindLineRegion, GetPaper, PaperToShow, Region
from medbills_desktop.store.queries.prices import FindProof


class Showing(QObject):
    """Knows which paper is in the pane, and what a region drawn there is linked to (a line, else a bill).

    Signals: `preview_left` says that the preview of a letter made room for something else.
    """

    preview_left = Signal()

    def __init__(self, session: Session, pane: ViewerPane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        self.document_id: int | None = None
        self.target: Place | None = None
        self._previewing = False
        self._taking_out = TakingOut(session, pane, self)
        pane.region_chosen.connect(self._region_chosen)
        pane.page_turned.connect(self._page_turned)
        pane.region_activated.connect(self._region_activated)
        session.herald.changed.connect(self._news)

    def show_paper(self, document_id: int, page: int | None = None, focus: str | None = None) -> None:
        """Show a paper, at a page or at one of its regions."""
        try:
            found = self._session.read(GetPaper(document_id))
        except NotFoundError:
            self.clear()
            return
        self._leave_preview()
        if (found.document.media_type or "").startswith("audio/"):
            self.clear()
            words = self.tr("“{name}” is a recording. Its call plays it.").format(name=found.document.shown_title)
            self._session.tell(words)
            return
        self.document_id = document_id
        self._pane.show_paper(self._shown(found, page, focus))

    def show_file(self, path: Path, title: str) -> None:
        """Show a file that is no paper of the library, such as a finished packet."""
        self._leave_preview()
        self.document_id = None
        self._pane.show_paper(
            ShownPaper(
                document_id=0,
                path=path,
                media_type="application/pdf",
                title=title,
                footer=self.tr("Saved as {path}").format(path=path),
            )
        )

    @Slot(object)
    def show_preview(self, path: Path) -> None:
        """Show a letter that is being written, at the page that was in front."""
        page = self._pane.current_page if self._previewing else 1
        self.document_id, self._previewing = None, True
        self._pane.show_paper(
            ShownPaper(
                document_id=0,
                path=path,
                media_type="application/pdf",
                title=self.tr("Preview of the letter"),
                footer=self.tr("As it will be printed; it follows what you type"),
                page=max(page, 1),
            )
        )

    def _leave_preview(self) -> None:
        if self._previewing:
            self._previewing = False
            self.preview_left.emit()

    def show_line(self, line_id: int) -> bool:
        """Go to the place where a line stands on paper; False where none is linked yet."""
        place = self._session.read(FindLineRegion(line_id))
        if place is None:
            return False
        self.show_paper(place.document_id, place.page, _key("line", line_id))
        return True

    def show_proof(self, price_id: int) -> bool:
        """Go to the place where a noted price stands on paper; False where none is linked yet."""
        proof = self._session.read(FindProof(price_id))
        if proof is None:
            return False
        self.show_paper(proof.document_id, proof.page, _key("price", price_id) if proof.rect else None)
        return True

    def clear(self) -> None:
        """Show the empty state."""
        self._leave_preview()
        self.document_id = None
        self._pane.clear()

    def _shown(self, found: PaperToShow, page: int | None, focus: str | None) -> ShownPaper:
        document = found.document
        path = self._session.library.vault.path(document.sha256 or "0" * 64)
        facts = [
            self.tr("Original kept unchanged"),
            self.tr("received {day}").format(day=plain_day(document.received)) if document.received else "",
            document.paper_number or "",
        ]
        return ShownPaper(
            document_id=document.id,
            path=path,
            media_type=document.media_type or "",
            title=document.shown_title,
            footer=" · ".join(fact for fact in facts if fact),
            rotations=found.rotations,
            regions=self._regions(found),
            page=page,
            focus_region=focus,
        )

    @Slot(object)
    def _region_chosen(self, chosen: RegionChosen) -> None:
        if not chosen.document_id:
            return
        box = chosen.rect
        rect = (round(box.left, 2), round(box.top, 2), round(box.right, 2), round(box.bottom, 2))
        if self.target is None:
            self._session.tell(self.tr("Choose a line, a bill or a call first; the region is linked to it."))
        elif self.target.kind == "line":
            self._session.perform(LinkLineRegion(self.target.id, chosen.document_id, chosen.page, rect))
            self._session.tell(self.tr("The region is linked to the line. F4 on the line comes back here."))
        elif self.target.kind == "price":
            self._session.perform(LinkProof(self.target.id, chosen.document_id, chosen.page, rect))
            self._session.tell(self.tr("The region is linked to the price. F4 on the price comes back here."))
        else:
            self._session.perform(LinkPaper(chosen.document_id, self.target.kind, self.target.id, chosen.page, rect))
            self._session.tell(self.tr("The region is linked."))

    def _regions(self, found: PaperToShow) -> tuple[ShownRegion, ...]:
        """What is linked on a paper, and what is left out of copies of it."""
        linked = tuple(_region(region) for region in found.regions)
        return (*linked, *self._taking_out.regions(found.document.id))

    @Slot(object)
    def _page_turned(self, turned: PageTurned) -> None:
        if turned.document_id:
            self._session.perform(TurnPage(turned.document_id, turned.page, turned.rotation))

    @Slot(object)
    def _region_activated(self, activated: RegionActivated) -> None:
        kind, _, number = activated.key.partition(":")
        if kind == Redaction.KIND:
            self._taking_out.ask(int(number))
            return
        self._session.go_to(Place(kind, int(number)))

    @Slot(object)
    def _news(self, changes: ChangeSet) -> None:
        if self.document_id is None or not changes.kinds & {
            "document",
            "evidence",
            "document_link",
            "page_view",
            "line",
            Redaction.KIND,
        }:
            return
        try:
            found = self._session.read(GetPaper(self.document_id))
        except NotFoundError:
            self.clear()
            return
        self._pane.set_rotations(found.rotations)
        self._pane.set_regions(self._regions(found))


def _key(kind: str, id_: int) -> str:
    return f"{kind}:{id_}"


def _region(region: Region) -> ShownRegion:
    left, top, right, bottom = region.rect[:4]
    return ShownRegion(region.page, Box(left, top, right, bottom), region.label, _key(region.kind, region.id))
