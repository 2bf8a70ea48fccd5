"""The Prices page: what a service costs elsewhere, noted with its source, beside what was charged for it."""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from medbills_desktop.commands.records import RemoveRecord
from medbills_desktop.domain.dates import plain_day, plain_moment
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.price_comparison import comparison_text
from medbills_desktop.domain.records import Price
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.forms.proof_form import link_held_paper
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, label, one_above_other, panel
from medbills_desktop.store.queries.prices import ChargedRow, FindProof, ListChargesFor, ListPrices, PriceRow

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
    Column("Source", lambda row: row.source, lambda row: row.source.casefold(), width=220),
    Column("Place", lambda row: row.place or "–", lambda row: (row.place or "").casefold(), width=120, rank=3),
    Column("Date", lambda row: plain_day(row.date), lambda row: row.date and row.date.toordinal(), whole=True, rank=4),
    Column("Proof", lambda row: row.proof or "–", lambda row: (row.proof or "").casefold(), width=100, rank=1),
)
CHARGED_COLUMNS = (
    Column("Biller", lambda row: row.biller, lambda row: row.biller.casefold(), width=180),
    Column("Date", lambda row: plain_moment(row.line.date), lambda row: _when(row), whole=True, rank=1),
    Column(
        "What the bill says",
        lambda row: row.line.description,
        lambda row: row.line.description.casefold(),
        width=200,
        sentence=True,
    ),
    Column(
        "Units",
        lambda row: "–" if row.line.units is None else f"{row.line.units:f}",
        lambda row: row.line.units,
        True,
        rank=2,
    ),
    Column("Charge", lambda row: dollars(row.line.charge), lambda row: row.line.charge, right=True),
    Column("More", lambda row: dollars(row.comparison.more), lambda row: row.comparison.more, right=True),
    Column("Times", lambda row: row.comparison.ratio or "–", lambda row: _times(row), right=True),
)


def _when(row: ChargedRow) -> int | None:
    return row.line.date.day.toordinal() if row.line.date else None


def _times(row: ChargedRow) -> Fraction | None:
    one = row.comparison.one
    return None if one is None else Fraction(one) / row.comparison.price.amount


class PricesPage(Page):
    """Signals: `line_wanted` carries the id of a line that was opened, `price_chosen` that of the current note or None,
    `proof_wanted` that of a note whose proof is to be shown; `files_wanted` nothing.
    """

    KINDS: ClassVar[frozenset[str]] = frozenset(
        {"price", "line", "bill", "organization", "visit", "document", "document_link"}
    )
    TITLE = "Prices"
    line_wanted = Signal(object)
    price_chosen = Signal(object)
    proof_wanted = Signal(object)
    files_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._wanted: int | None = None
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Narrow the list: a code, a word, a place …"))
        self.words.setAccessibleName(self.tr("Narrow the prices"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self.mark_stale)
        writable = session.writable
        self._add = button(self.tr("Note a price"), self.add, "", "Ctrl+D", writable)
        self._choose = button(self.tr("Add proof…"), self.files_wanted.emit, "", self.tr("Ctrl+P"), writable)
        self._held = button(self.tr("Link a paper…"), self._link_held, "", self.tr("A paper that is here already"))
        self._show = button(self.tr("Show proof"), self.show_proof, "", "F4")
        self._empty = self.tr(
            "No price noted yet. Note what a service costs elsewhere: Medicare's fee, a hospital's price list, "
            "a cash price. Each note keeps its source, date and proof, and is compared with what "
            "you were charged."
        )
        self._step = self.tr("Note a price…") if writable else ""
        self.view = RowsView(PRICE_COLUMNS, self.tr("Prices"), self._empty, step=self._step)
        self.view.step_wanted.connect(self.add)
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(self._edit)
        self.view.remove_wanted.connect(self._remove)
        self.charged = RowsView(
            CHARGED_COLUMNS, self.tr("Charged for this code"), self.tr("No line of a bill has this code."), quiet=True
        )
        self.charged.opened.connect(self.line_wanted)
        self.charged.chosen.connect(self._charge_chosen)
        self._said = label("", "muted", wrap=True)
        self._said.setIndent(12)
        self.setLayout(self._lay_out())

    def _lay_out(self) -> QVBoxLayout:
        listing, below = panel(), panel()
        self._below = below
        below.hide()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        heading = label(self.tr("What you were charged for this code"), "strong")
        heading.setIndent(12)
        below.setLayout(column(heading, self.charged, self._said, gap=4, margins=(4, 10, 4, 8)))
        splitter = one_above_other(listing, below, (3, 2))
        layout = column(gap=8)
        layout.addLayout(Headed(self.words, (self._show, self._held, self._choose, self._add), least=200))
        layout.addWidget(splitter, 1)
        return layout

    def refresh(self) -> None:
        self.session.read_beside(ListPrices(self.words.text()), self._show_rows)

    def _show_rows(self, rows: list[PriceRow]) -> None:
        wanted, self._wanted = self._wanted, None
        narrowed = bool(self.words.text().strip())
        self.view.say_when_empty(self.tr("No price has these words.") if narrowed else self._empty, self._step)
        self.view.set_rows(rows, keep=wanted)

    @Slot()
    def add(self) -> None:
        """Open the form for a price; nothing in it is filled in."""
        new_record(self.session, self, Price, {})

    def choose(self, price_id: int) -> None:
        """Make a note current, past whatever the list is narrowed to."""
        self.words.clear()
        self._wanted = price_id
        self.mark_stale()

    @Slot(object)
    def _chosen(self, price_id: int | None) -> None:
        found: list[ChargedRow] = [] if price_id is None else self.session.read(ListChargesFor(price_id))
        self.charged.set_rows(found)
        self._below.setVisible(price_id is not None)
        proved = price_id is not None and self.session.read(FindProof(price_id)) is not None
        self._show.setEnabled(proved)
        for one in (self._choose, self._held):
            one.setEnabled(price_id is not None and self.session.writable)
        if self.isVisible():
            self.price_chosen.emit(price_id)

    @Slot(object)
    def _charge_chosen(self, line_id: int | None) -> None:
        """Say how the current line compares with the price, or why it does not."""
        row = next((row for row in self.charged.rows_model.rows if row.id == line_id), None)
        self._said.setText(comparison_text(row.comparison) if row is not None else "")
        self._said.setVisible(row is not None)

    @property
    def said(self) -> str:
        """What is said about the current charge beside the price."""
        return self._said.text()

    @Slot()
    def show_proof(self) -> None:
        """Show where the price of the current note stands on paper."""
        if (price_id := self.view.current_id()) is not None:
            self.proof_wanted.emit(price_id)

    @Slot()
    def _link_held(self) -> None:
        if (price_id := self.view.current_id()) is not None:
            link_held_paper(self.session, self, price_id)

    @Slot(object)
    def _edit(self, price_id: int) -> None:
        edit_record(self.session, self, Price, price_id)

    @Slot()
    def _remove(self) -> None:
        if (price_id := self.view.current_id()) is not None:
            self.session.perform(RemoveRecord(Price, price_id))
            self.session.tell(self.tr("The price was removed. Ctrl+Z brings it back."))
