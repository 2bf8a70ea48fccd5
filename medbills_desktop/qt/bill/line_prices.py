"""What the current line charges beside the prices that were noted for its code."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.price_comparison import Comparison, comparison_text
from medbills_desktop.domain.records import Line, Price
from medbills_desktop.qt.forms.editing import new_record
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.widgets import ElidedLabel, button, counted, row
from medbills_desktop.store.queries.prices import CompareLine, FindProof, HasNotedPrices


class LinePrices(Page):
    """A quiet row below the lines; it stays hidden on a bill for whose codes no price is noted at all."""

    KINDS: ClassVar[frozenset[str]] = frozenset({"price", "line", "visit", "bill", "document_link"})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._line_id: int | None = None
        self._found: list[Comparison] = []
        self._text = ElidedLabel()
        self._proof = button(self.tr("Proof"), self.show_proof, "flat", self.tr("Show the price on its paper"))
        self._proof.setAccessibleName(self.tr("Show the proof of the noted price"))
        self._note = button(self.tr("Note a price"), self.note, "flat", "Ctrl+D", session.writable)
        layout = row(self._text, self._proof, self._note, gap=8)
        layout.setStretch(0, 1)
        keep(layout, margins=(8, 0, 8, 0))
        self.setLayout(layout)
        self.hide()

    @property
    def text(self) -> str:
        """What is said about the current line, empty while the row is hidden."""
        return "" if self.isHidden() else self._text.whole

    @Slot(object)
    def show_line(self, line_id: int | None) -> None:
        """Compare another line."""
        self._line_id = line_id
        self.refresh()

    def mark_stale(self) -> None:
        """Read anew even while hidden: a price that was just noted may bring the row into sight."""
        self.refresh()

    def refresh(self) -> None:
        line_id = self._line_id
        found = self.session.read(lambda reader: reader.find(Line, id=line_id)) if line_id is not None else []
        if not found:
            if line_id is not None:
                self.hide()
            return
        line = found[0]
        self.setVisible(self.session.read(HasNotedPrices(line.bill_id)))
        self._found = self.session.read(CompareLine(line.id))
        self._text.set_text(self._words(line))
        self._text.setAccessibleDescription("\n".join(self._every()))
        self._proof.setVisible(self._proved() is not None)

    def _every(self) -> list[str]:
        """All comparisons, each with its source in full."""
        return [f"{comparison_text(one)} {one.price.source}" for one in self._found]

    def _words(self, line: Line) -> str:
        if not self._found:
            code = " ".join((line.code or "").split())
            none = self.tr("No price noted for {code}.").format(code=code)
            return none if code else self.tr("This line has no code to note a price for.")
        more = len(self._found) - 1
        rest = counted(more, self.tr("1 more note."), self.tr("{n} more notes.")) if more else ""
        return f"{comparison_text(self._found[0])} {rest}".strip()

    def _proved(self) -> Price | None:
        for one in self._found:
            if self.session.read(FindProof(one.price.id)) is not None:
                return one.price
        return None

    @Slot()
    def show_proof(self) -> None:
        """Go to the place on paper where the noted price stands."""
        price = self._proved()
        proof = self.session.read(FindProof(price.id)) if price is not None else None
        if proof is not None:
            self.session.go_to(Place("proof", proof.target_id))

    @Slot()
    def note(self) -> None:
        """Open the form for a price with what the line says about its service; no figure is filled in."""
        line_id = self._line_id
        found = self.session.read(lambda reader: reader.find(Line, id=line_id)) if line_id is not None else []
        if not found or not found[0].code:
            self.session.tell(self.tr("Choose a line with a code first; a price is noted for a code."))
            return
        line = found[0]
        start = {
            "code": " ".join((line.code or "").split()),
            "code_system": line.code_system,
            "description": line.my_words or line.description,
            "unit": line.unit,
        }
        new_record(self.session, self, Price, {}, start)
