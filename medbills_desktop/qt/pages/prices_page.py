"""The Prices page: what a service costs elsewhere, noted with its source, beside what was charged for it."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Price
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, label, panel
from medbills_desktop.store.queries.prices import ChargedRow, ListChargesFor, ListPrices, PriceRow

BASIS = {
    "medicare": "Medicare",
    "cash": "Cash price",
    "negotiated": "Agreed with an insurer",
    "gross": "List price",
    "fair_price": "Fair-price estimate",
    "other": "Other",
}
PRICE_COLUMNS = (
    Column("Code", lambda row: row.code, lambda row: row.code.casefold(), width=90, whole=True),
    Column("What", lambda row: row.description or "–", lambda row: (row.description or "").casefold(), sentence=True),
    Column("Price", lambda row: dollars(row.amount), lambda row: row.amount, right=True, width=90),
    Column("Basis", lambda row: BASIS.get(row.basis or "", "–"), lambda row: row.basis or "", width=130, rank=2),
    Column("Source", lambda row: row.source, lambda row: row.source.casefold(), width=180),
    Column("Place", lambda row: row.place or "–", lambda row: (row.place or "").casefold(), width=120, rank=3),
    Column("Date", lambda row: plain_day(row.date), lambda row: row.date and row.date.toordinal(), whole=True, rank=4),
)
CHARGED_COLUMNS = (
    Column("Biller", lambda row: row.biller, lambda row: row.biller.casefold(), width=180),
    Column("Date", lambda row: plain_day(row.day), lambda row: row.day and row.day.toordinal(), whole=True),
    Column("What the bill says", lambda row: row.description, lambda row: row.description.casefold(), sentence=True),
    Column("Units", lambda row: "–" if row.units is None else f"{row.units:f}", lambda row: row.units, True, rank=1),
    Column("Charge", lambda row: dollars(row.charge), lambda row: row.charge, right=True),
    Column("More per unit", lambda row: dollars(row.difference), lambda row: row.difference, right=True),
    Column("Times", lambda row: "–" if row.ratio is None else f"{row.ratio:f}", lambda row: row.ratio, right=True),
)


class PricesPage(Page):
    """Signals: `line_wanted` carries the id of a line that was opened."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"price", "line", "bill", "organization"})
    TITLE = "Prices"
    line_wanted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Narrow the list: a code, a word, a place …"))
        self.words.setAccessibleName(self.tr("Narrow the prices"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.mark_stale)
        self._add = button(self.tr("Note a price"), self.add)
        self._add.setEnabled(session.library.mode == "write")
        empty = self.tr(
            "No price noted yet. Note what a service costs elsewhere: Medicare's fee, a hospital's price list, "
            "a cash price. Each note keeps its source and date, and is compared with what you were charged."
        )
        self.view = RowsView(PRICE_COLUMNS, self.tr("Prices"), empty)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self.charged = RowsView(
            CHARGED_COLUMNS, self.tr("Charged for this code"), self.tr("No line of a bill has this code."), quiet=True
        )
        self.charged.opened.connect(self.line_wanted)
        self.setLayout(self._lay_out())

    def _lay_out(self) -> QVBoxLayout:
        listing, below = panel(), panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        heading = label(self.tr("What you were charged for this code"), "strong")
        heading.setIndent(12)
        below.setLayout(column(heading, self.charged, gap=4, margins=(4, 10, 4, 4)))
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        keep(splitter, handle=8)
        splitter.addWidget(listing)
        splitter.addWidget(below)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self._add,), least=200))
        layout.addWidget(splitter, 1)
        return layout

    def refresh(self) -> None:
        self.session.read_beside(ListPrices(self.words.text()), self._show_rows)

    def _show_rows(self, rows: list[PriceRow]) -> None:
        self.view.set_rows(rows)

    @Slot()
    def add(self) -> None:
        """Open the form for a price."""
        new_record(self.session, self, Price, {})

    @Slot(object)
    def _chosen(self, price_id: int | None) -> None:
        found: list[ChargedRow] = [] if price_id is None else self.session.read(ListChargesFor(price_id))
        self.charged.set_rows(found)

    @Slot(object)
    def _edit(self, price_id: int) -> None:
        edit_record(self.session, self, Price, price_id)

    @Slot()
    def _remove(self) -> None:
        if (price_id := self.view.current_id()) is not None:
            self.session.perform(RemoveRecord(Price, price_id))
            self.session.tell(self.tr("The price was removed. Ctrl+Z brings it back."))
