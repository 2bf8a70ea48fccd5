"""Going from place to place: pages, search, a bill, a line, a page of a paper."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.records import Promise
from medbills_desktop.qt.focus import first_focus
from medbills_desktop.qt.session import Place
from medbills_desktop.store.queries.belonging import FindBillOf, FindPaperBeside
from medbills_desktop.store.queries.places import PaperPlace

if TYPE_CHECKING:
    from medbills_desktop.qt.window import MainWindow


class Going(QObject):
    """Moves the window's attention; the only place that knows which page shows which kind of record."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before_search = "bills"

    @Slot(object)
    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        window = self._window
        if name != "search":
            self._before_search = name
        window.stack.setCurrentWidget(window.pages[name])
        window.title.setText(window.pages[name].TITLE)
        window.side.choose(name)
        if name == "bills" and window.bills.bill.bill_id is not None:
            self._paper_beside(window.bills.bill.bill_id)

    @property
    def page_name(self) -> str:
        """The page in front."""
        current = self._window.stack.currentWidget()
        return next(name for name, page in self._window.pages.items() if page is current)

    @Slot()
    def search_now(self) -> None:
        """Show what is found for the typed words; an empty field goes back to where one was."""
        typed = self._window.search_field.text()
        if typed.strip():
            self.show_page("search")
            self._window.search.search(typed)
        elif self.page_name == "search":
            self.show_page(self._before_search)

    @Slot()
    def enter_results(self) -> None:
        """From the search field into the list of what was found."""
        self.search_now()
        if self.page_name == "search":
            self._window.search.view.setFocus()

    @Slot(object)
    def show_rule(self, card_id: str) -> None:
        """Show a rule card, with its source, to be read and counted from."""
        self.show_page("rules")
        self._window.rules.show_rule(card_id)
        self._window.rules.card.setFocus()

    @Slot(object)
    def go_to(self, place: Place) -> None:
        """Show a record where it belongs."""
        kind, window = place.kind, self._window
        if kind == "document":
            self.show_page("papers")
            window.papers.show_paper(place.id)
            window.showing.show_paper(place.id, place.page)
        elif kind in ("call", "promise"):
            self._go_to_call(place)
        elif kind == "price":
            self.show_page("prices")
            window.prices.choose(place.id)
        elif kind in ("organization", "person"):
            self.show_page("people")
            window.people.show_party(kind, place.id)
        elif kind == "proof":
            self.show_proof(place.id)
        elif kind == "letter":
            self.show_page("letters")
            window.letters.show_letter(place.id)
        elif (bill_id := window.session.read(FindBillOf(kind, place.id))) is not None:
            self._go_to_bill(bill_id, place)
        else:
            self.show_page({"task": "today", "price": "prices"}.get(kind, "timeline"))

    def _go_to_bill(self, bill_id: int, place: Place) -> None:
        window = self._window
        self.show_page("bills")
        window.bills.show_bill(bill_id)
        if place.kind == "line":
            window.bills.bill.show_line(place.id)
        elif place.kind == "bill":
            window.bills.view.setFocus(Qt.FocusReason.OtherFocusReason)
        elif place.kind in ("assistance", "assistance_paper"):
            window.bills.bill.tabs.setCurrentWidget(window.bills.bill.assistance)
        elif place.kind == "appeal":
            window.bills.bill.tabs.setCurrentWidget(window.bills.bill.appeals)
        elif place.kind == "collection":
            window.bills.bill.tabs.setCurrentWidget(window.bills.bill.collections)
        elif place.kind in ("statement", "payment", "claim"):
            window.bills.bill.tabs.setCurrentWidget(window.bills.bill.money)
        elif place.kind == "offer":
            window.bills.bill.tabs.setCurrentWidget(window.bills.bill.offers)
            window.bills.bill.offers.view.choose(place.id)

    def _go_to_call(self, place: Place) -> None:
        window = self._window
        call_id = place.id
        if place.kind == "promise":
            call_id = window.session.read(lambda reader: reader.get(Promise, place.id).call_id)
        self.show_page("calls")
        window.calls.show_call(call_id)
        if window.session.library.mode == "write":
            window.call.correct(call_id)

    @Slot(object)
    def preview(self, place: Place) -> None:
        """Show a found page of a paper beside the list, without leaving it."""
        if place.kind == "document":
            self._window.showing.show_paper(place.id, place.page)

    @Slot(object)
    def show_place(self, place: PaperPlace) -> None:
        """Show where something stands on paper, beside what is being read."""
        showing = self._window.showing
        if place.line_id is None or not showing.show_line(place.line_id):
            showing.show_paper(place.document_id, place.page)

    @Slot(object)
    def show_saved(self, path: Path) -> None:
        """Show a file that was just saved, such as a letter as it will be printed."""
        self._window.showing.show_file(path, path.name)

    @Slot(object)
    def go_to_line(self, line_id: int) -> None:
        """Go to a line on its bill."""
        self.go_to(Place("line", line_id))

    @Slot(object)
    def preview_paper(self, document_id: int) -> None:
        """Show the current paper of the list."""
        self._window.showing.show_paper(document_id)
        self._window.showing.target = None

    @Slot(object)
    def bill_shown(self, bill_id: int | None) -> None:
        """A bill was chosen: one of its papers comes up beside it."""
        window = self._window
        window.showing.target = Place("bill", bill_id) if bill_id is not None else None
        if bill_id is None:
            window.showing.clear()
            return
        self._paper_beside(bill_id)

    def _paper_beside(self, bill_id: int) -> None:
        showing = self._window.showing
        document_id = self._window.session.read(FindPaperBeside(bill_id, showing.document_id))
        if document_id is not None and document_id != showing.document_id:
            showing.show_paper(document_id)

    @Slot(object)
    def line_chosen(self, line_id: int | None) -> None:
        """A line became current: regions drawn now are linked to it."""
        bill_id = self._window.bills.bill.bill_id
        if line_id is not None:
            self._window.showing.target = Place("line", line_id)
        elif bill_id is not None:
            self._window.showing.target = Place("bill", bill_id)

    @Slot(object)
    def show_line_on_paper(self, line_id: int) -> None:
        """From the line to the place on paper where it stands."""
        window = self._window
        if not window.showing.show_line(line_id):
            window.session.tell(
                self.tr("No place on paper is linked to this line yet. Press F7 and draw a box around it on the page.")
            )

    @Slot(object)
    def price_chosen(self, price_id: int | None) -> None:
        """A price note became current: regions drawn now are linked to it, and its proof comes up beside it."""
        showing = self._window.showing
        showing.target = Place("price", price_id) if price_id is not None else None
        if price_id is not None:
            showing.show_proof(price_id)

    @Slot(object)
    def show_proof(self, price_id: int) -> None:
        """From a price note to the place on paper where the price stands."""
        if not self._window.showing.show_proof(price_id):
            words = self.tr("No paper proves this price yet. Drop it here, or press F7 and draw a box on its page.")
            self._window.session.tell(words)

    def bill_for_papers(self) -> int | None:
        """The bill that dropped papers belong to: the one in front, or none (then they go to the inbox)."""
        return self._window.bills.bill.bill_id if self.page_name == "bills" else None

    def target_of_papers(self) -> tuple[int | None, int | None]:
        """The bill and the price note that dropped papers belong to: what is in front, or neither."""
        on_prices = self.page_name == "prices"
        return self.bill_for_papers(), self._window.prices.view.current_id() if on_prices else None

    def move_area(self, way: int) -> None:
        """Move the keyboard to the next or previous area of the window that has something to do in it."""
        window = self._window
        page = window.pages[self.page_name]
        areas: list[QWidget] = [window.side, page, window.call, window.after_call, window.notices, window.viewer]
        if self.page_name == "bills":
            areas[1:2] = [window.bills.view, window.bills.bill]
        seen = [area for area in areas if area.isVisible()]
        focus = window.focusWidget()
        inside = [area is focus or area.isAncestorOf(focus) for area in seen] if focus is not None else []
        here = inside.index(True) if True in inside else -1
        steps = (seen[(here + way * step) % len(seen)] for step in range(1, len(seen) + 1))
        next((area for area in steps if first_focus(area)), None)
