"""Room for a call in a low window: the list of bills stands back, so that the bill and the call can both be read."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from medbills_desktop.qt.calls.call_panel import CallPanel
from medbills_desktop.qt.pages.bills_page import BillsPage
from medbills_desktop.qt.theme import px

ROOM_FOR_ALL = 920
"""Pixels at 100 % text in which list, bill and call all have what they need."""
LEAST_BESIDE_A_CALL = 220
"""Pixels at 100 % text for the bill while a call is open: its name, its tabs and the first lines of one."""


class CallRoom(QObject):
    """Makes room when a call opens, and gives it back, with the keyboard where it was, when the call is closed.

    The page of bills shows its list again as soon as somebody asks for that page.
    """

    def __init__(self, call: CallPanel, bills: BillsPage, middle: QSplitter) -> None:
        super().__init__(call)
        self._call, self._bills, self._middle = call, bills, middle
        self._before: QWidget | None = None
        call.opened.connect(self._opened)
        call.closed.connect(self._closed)

    @Slot()
    def _opened(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and not self._call.isAncestorOf(here):
            self._before = here
            here.destroyed.connect(self._forget)
        if self._middle.height() < px(ROOM_FOR_ALL) and self._bills.bill.bill_id is not None:
            self._bills.make_room(LEAST_BESIDE_A_CALL)

    @Slot()
    def _closed(self) -> None:
        self._bills.take_room()
        if self._before is not None and self._before.isVisible() and self._before.window().isActiveWindow():
            self._before.setFocus()
        self._before = None

    @Slot()
    def _forget(self) -> None:
        self._before = None

    @Slot(object)
    def page_wanted(self, name: str) -> None:
        """Somebody goes to a page by name: with that of the bills comes its list."""
        if name == "bills":
            self._bills.take_room()
