"""The Papers tab: every paper that belongs to this bill in any way."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.commands.papers import UnlinkPaper
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.records import Document, MadePacket
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.paper_columns import BILL_PAPER_COLUMNS
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, row
from medbills_desktop.store.queries.made_packets import ListMadePackets
from medbills_desktop.store.queries.papers import ListPapers

_MOST_PACKETS = 3


class PapersTab(Page):
    """Signals: `counted` carries how many papers; `paper_chosen` the id of the current paper; `add_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {
            "document",
            "document_link",
            "statement",
            "claim",
            "letter",
            "payment",
            "offer",
            "evidence",
            "call",
            "made_packet",
        }
    )
    counted = Signal(object)
    paper_chosen = Signal(object)
    add_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        empty = self.tr("No paper yet. Drop PDFs or pictures anywhere in the window, or press “Add paper”.")
        self.view = RowsView(BILL_PAPER_COLUMNS, self.tr("Papers of this bill"), empty)
        self.view.clicked.connect(self._show_current)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        layout = column(gap=4, margins=(0, 4, 0, 0))
        layout.addLayout(
            row(
                None,
                button(self.tr("Edit details"), self._edit_current, "flat", "Enter"),
                button(self.tr("Take off this bill"), self._unlink, "flat", enabled=session.writable),
                button(self.tr("Add paper"), self._add, "flat", enabled=session.writable),
            )
        )
        layout.addWidget(self.view)
        self.packets = label("", "muted", wrap=True)
        layout.addWidget(self.packets)
        self.setLayout(layout)
        session.herald.read_anew.connect(self.mark_stale)

    def show_bill(self, bill_id: int | None) -> None:
        """Show the papers of a bill."""
        self.bill_id = bill_id
        self._freshen()

    def mark_stale(self) -> None:
        """Papers are counted on the tab, so they are read at once."""
        self._freshen()

    def refresh(self) -> None:
        rows = self.session.read(ListPapers(self.bill_id)) if self.bill_id is not None else []
        self.view.set_rows(rows)
        self._show_packets()
        self.counted.emit(len(rows))

    def _show_packets(self) -> None:
        """Tell which packets were made of this bill, the newest first."""
        made = self.session.read(ListMadePackets(self.bill_id)) if self.bill_id is not None else []
        told = [self._packet_told(one) for one in made[:_MOST_PACKETS]]
        if len(made) > _MOST_PACKETS:
            earlier = self.tr("and 1 earlier packet"), self.tr("and {n} earlier packets")
            told.append(counted(len(made) - _MOST_PACKETS, *earlier))
        self.packets.setText("\n".join(told))
        self.packets.setVisible(bool(told))

    def _packet_told(self, made: MadePacket) -> str:
        pages = counted(made.pages, self.tr("1 page"), self.tr("{n} pages"))
        words = self.tr("Packet made on {day}, {pages}, for {reader}: {file}")
        readers = {
            "biller": self.tr("the biller"),
            "insurer": self.tr("the insurer"),
            "regulator": self.tr("a regulator"),
            "court": self.tr("a court"),
            "advocate": self.tr("an advocate"),
        }
        reader = readers.get(made.audience, made.audience)
        text = words.format(day=plain_day(made.prepared_on), pages=pages, reader=reader, file=made.file)
        return f"{text} ({self.tr('without personal numbers')})" if made.redacted else text

    @Slot(object)
    def _chosen(self, document_id: int | None) -> None:
        if document_id is not None and self.view.hasFocus():
            self.paper_chosen.emit(document_id)

    @Slot()
    def _show_current(self) -> None:
        if (document_id := self.view.current_id()) is not None:
            self.paper_chosen.emit(document_id)

    @Slot(object)
    def _edit(self, document_id: int) -> None:
        edit_record(self.session, self, Document, document_id)

    @Slot()
    def _edit_current(self) -> None:
        if (document_id := self.view.current_id()) is not None:
            self._edit(document_id)

    @Slot()
    def _unlink(self) -> None:
        if self.bill_id is None:
            return
        for document_id in self.view.chosen_ids():
            self.session.perform(UnlinkPaper(document_id, "bill", self.bill_id))

    @Slot()
    def _add(self) -> None:
        self.add_wanted.emit()
