"""The parts of a packet with a tick each, and what they will show to whoever reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import cast

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from medbills_desktop.commands.packet_preview import PacketContent, PreviewPacket
from medbills_desktop.packet.order import Audience
from medbills_desktop.packet.parts import EXHIBITS, OFFERS, PARTS, usual_parts
from medbills_desktop.qt.dialogs.redaction_list import fit_rows
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.widgets import column, counted, label

_ROWS = 7
_MOST_TITLES = 12
_ROWS_OF_NOTES = 4


class PacketParts(QWidget):
    """A tick for each part, set for the reader until the person changes one; below, the private notes. `papers` tells
    which papers will be in it; it is put where it is seen. `changed` says that something else will be in the packet."""

    changed = Signal()

    def __init__(self, session: Session, chosen: Callable[[], list[int]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._chosen = chosen
        self._asked: tuple[int, ...] | None = None
        self._content = PacketContent()
        self._known = False
        self._said_so = False
        self._setting = False
        self._audience: Audience = "biller"
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Parts of the packet"))
        self.list.setWordWrap(True)
        for part in PARTS:
            item = QListWidgetItem(f"{_tr(part.title)}: {_tr(part.says)}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setData(Qt.ItemDataRole.UserRole, part.key)
            item.setCheckState(Qt.CheckState.Checked)
            self.list.addItem(item)
        fit_rows(self.list, _ROWS)
        self.private = QCheckBox(self.tr("With my private &notes on calls"))
        self.papers = label("", "muted", wrap=True)
        self.notes = QListWidget()
        self.notes.setAccessibleName(self.tr("Private notes that will be shown"))
        self.notes.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.notes.setWordWrap(True)
        fit_rows(self.notes, _ROWS_OF_NOTES)
        self.setLayout(column(self.list, self.private, self.notes, gap=6, margins=(0, 0, 0, 0)))
        self.list.itemChanged.connect(self._ticked)
        self.private.toggled.connect(self._show)

    def follow(self, audience: str) -> None:
        """Tick what this reader usually gets, unless the person has ticked for themselves."""
        self._audience = cast("Audience", audience)
        if self._said_so:
            self.changed.emit()
            return
        usual = usual_parts(self._audience)
        self._setting = True
        for item in self._items():
            on = item.data(Qt.ItemDataRole.UserRole) in usual
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self._setting = False
        self._show()

    def ticked(self) -> tuple[str, ...]:
        """Keys of the parts that are wanted, in their order."""
        items = (item for item in self._items() if item.checkState() == Qt.CheckState.Checked)
        return tuple(item.data(Qt.ItemDataRole.UserRole) for item in items)

    @property
    def usual(self) -> bool:
        """Whether the ticks are those that this reader usually gets."""
        return set(self.ticked()) == set(usual_parts(self._audience))

    @property
    def shows_private_notes(self) -> bool:
        """Whether private notes will be in the packet."""
        return self.private.isChecked() and self.private.isEnabled()

    @property
    def sizes(self) -> tuple[int, ...] | None:
        """The bytes of the papers that will be in the packet, in the order of exhibits; `None` until that is known."""
        if not self._asked or not self._known:
            return None
        return self._shared.sizes if EXHIBITS in self.ticked() else ()

    @property
    def _shared(self) -> PacketContent:
        """What the ticks leave of the content: without the offers that were not taken, or all of it."""
        return self._content if OFFERS in self.ticked() else self._content.without_offers or self._content

    @Slot()
    def look(self) -> None:
        """Look anew what the chosen bills bring along, beside the window."""
        bill_ids = tuple(self._chosen())
        self._asked, self._known = bill_ids, False
        if not bill_ids:
            self._content = PacketContent()
            self._show()
            return
        library, query = self._session.library, PreviewPacket(bill_ids)
        self._session.tasks.start(lambda _task: (bill_ids, library.read(query)), self._take)

    def _take(self, found: tuple[tuple[int, ...], PacketContent]) -> None:
        bill_ids, content = found
        if isValid(self) and bill_ids == self._asked:
            self._content, self._known = content, True
            self._show()

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(number) for number in range(self.list.count())]

    @Slot()
    def _ticked(self) -> None:
        if not self._setting:
            self._said_so = True
            self._show()

    @Slot()
    def _show(self) -> None:
        content, parts = self._content, self.ticked()
        notes = content.private_notes
        self.private.setVisible(bool(notes))
        self.private.setEnabled(bool(notes) and "calls" in parts)
        self.changed.emit()
        if not self._asked:
            self.papers.setText(self.tr("Tick a bill to see which papers will be in it."))
            self.notes.hide()
            return
        told = [self._papers_told() if EXHIBITS in parts else self.tr("No paper will be in it.")]
        if OFFERS not in parts:
            told += self._offers_told()
        if notes and "calls" in parts:
            told.append(self._notes_told(len(notes)))
        self.papers.setText(" ".join(told))
        self._list_notes()

    def _list_notes(self) -> None:
        """Every note that will be shown by its beginning and the record it belongs to."""
        shown = self.shows_private_notes
        self.notes.setVisible(shown)
        self.notes.clear()
        if shown:
            self.notes.addItems([str(note) for note in self._content.private_notes])

    def _papers_told(self) -> str:
        titles = self._shared.papers
        if not titles:
            return self.tr("No paper is linked to these bills.")
        head = counted(len(titles), self.tr("1 paper will be in it"), self.tr("{n} papers will be in it"))
        shown = "; ".join(titles[:_MOST_TITLES])
        more = len(titles) - _MOST_TITLES
        if more > 0:
            shown += "; " + counted(more, self.tr("and 1 more"), self.tr("and {n} more"))
        text = f"{head}: {shown}."
        if gone := self._shared.not_held:
            text += " " + counted(gone, self.tr("1 of them is only named."), self.tr("{n} of them are only named."))
        return text

    def _offers_told(self) -> Iterator[str]:
        """What of a negotiation is left out, a sentence each."""
        if offers := self._content.offers_not_taken:
            one = self.tr("1 offer that was not taken is left out.")
            yield counted(offers, one, self.tr("{n} offers that were not taken are left out."))
        if letters := self._content.offer_letters:
            one = self.tr("1 letter that only tells of such an offer is left out.")
            yield counted(letters, one, self.tr("{n} letters that only tell of such an offer are left out."))

    def _notes_told(self, notes: int) -> str:
        if self.private.isChecked():
            one, many = self.tr("1 private note will be shown."), self.tr("{n} private notes will be shown.")
        else:
            one, many = self.tr("1 private note stays out."), self.tr("{n} private notes stay out.")
        return counted(notes, one, many)


def _tr(text: str) -> str:
    return QCoreApplication.translate("PacketParts", text)
