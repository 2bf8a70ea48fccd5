"""Making packets from the window: asking what goes in, making it beside the window, telling how it ended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.left_over import LeftOver
from medbills_desktop.domain.records import Document
from medbills_desktop.qt.dialogs.ask import ask_password, ask_target
from medbills_desktop.qt.dialogs.kept_places import KeptPlaces
from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog
from medbills_desktop.qt.dialogs.packet_told import PacketTold
from medbills_desktop.qt.packet_export import PacketDone, PacketExport, PacketWish
from medbills_desktop.store.queries.papers import locked_papers

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow


class PacketActs(QObject):
    """What the menus and the bill do with packets; one is made at a time."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session
        self.exports = PacketExport(window.session.library.folder, self)
        self._wish: PacketWish | None = None

    @Slot(object)
    def export_of(self, bill_id: int | None) -> None:
        """Open the dialog of the packet with a bill ticked."""
        if self.exports.running:
            self._session.tell(self.tr("A packet is being made. Cancel it or wait until it is done."))
            return
        dialog = PacketDialog(self._session, bill_id, self._window.home, self._window)
        dialog.wished.connect(self.start)
        dialog.open()

    def export_paper(self) -> None:
        """Copy the paper in the viewer out: framed as an exhibit, with the statement of copies."""
        shown = self._window.viewer.paper
        if shown is None or not shown.document_id:
            self._session.tell(self.tr("Choose a paper. The one in the viewer is copied out as an exhibit."))
            return
        if self.exports.running:
            self._session.tell(self.tr("A packet is being made. Cancel it or wait until it is done."))
            return
        paper = self._session.read(lambda reader: reader.get(Document, shown.document_id))
        suggested = str(self._window.home / f"{Path(paper.file).stem}, exhibit.pdf")
        target = ask_target(self._window, self.tr("Save the copy as"), suggested, "PDF (*.pdf)")
        if target is not None:
            known = {path.name: word for path, word in self._window.link.passwords.items() if path.name == paper.sha256}
            number = str(paper.paper_number or paper.ref)
            self.start(PacketWish((), "biller", target, papers=(number,), passwords=known))

    @Slot(object)
    def start(self, wish: PacketWish) -> None:
        """Make a packet beside the window; a locked paper is asked for its password, unless it was opened before."""
        passwords = wish.passwords or self._passwords_for(wish)
        self._session.tell(self.tr("Making the packet …"))
        self._wish = replace(wish, passwords=passwords)
        self.exports.start(self._wish)

    def _passwords_for(self, wish: PacketWish) -> dict[str, str]:
        """Passwords by the SHA-256 of the paper. One that is not known is left out: its paper stands in the packet by
        name, with the reason."""
        known = {path.name: password for path, password in self._window.link.passwords.items()}
        found: dict[str, str] = {}
        for paper in self._session.read(lambda reader: locked_papers(reader, wish.refs)):
            words = self.tr("“{paper}” is locked. Its password (Cancel leaves the paper out):")
            password = known.get(paper.sha256) or ask_password(self._window, words.format(paper=paper.title))
            if password:
                found[paper.sha256] = password
        return found

    @Slot(object)
    def finished(self, done: PacketDone) -> None:
        """Show the finished packet, or say why there is none."""
        self._window.notices.show_progress(None)
        if done.cancelled:
            self._session.tell(self.tr("Making the packet was cancelled. Nothing was written."))
        elif done.left:
            dialog = KeptPlaces(done.left, self._window)
            refused = self._wish
            dialog.kept.connect(lambda kept: self.export_kept(kept, refused))
            dialog.show()
        elif done.problem:
            self._session.refuse(UserError(done.problem))
        else:
            if done.note is not None and self._session.writable:
                self._session.perform(done.note)
            self._session.tell(f"{done.where} {done.more}".strip(), made=done.target)
            if done.target.suffix.lower() == ".pdf":
                self._window.showing.show_file(done.target, done.target.name)
            if done.told:
                PacketTold(done.where, done.told, self._window).show()
            if done.print_it:
                self._window.acts.print_file(done.target)

    @Slot(object)
    def export_kept(self, kept: tuple[LeftOver, ...], wish: PacketWish | None = None) -> None:
        """Make the packet that was refused for some places once more: the person has looked at them."""
        if self.exports.running:
            self._session.tell(self.tr("A packet is being made. Export this one when it is done."))
        elif (wish := wish or self._wish) is not None:
            self.start(replace(wish, kept=tuple(dict.fromkeys((*wish.kept, *kept)))))
