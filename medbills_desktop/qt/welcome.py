"""The first start: one screen with two ways in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QWidget

from medbills_desktop.qt.acts import LibraryWish
from medbills_desktop.qt.flow import EvenColumns
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.widgets import button, column, label, panel


class Welcome(QDialog):
    """Signals: `wished` carries a `LibraryWish`."""

    wished = Signal(object)

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("MedBills")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        intro = self.tr(
            "Keep every bill, EOB, call and letter in one private place on this computer, see what does not add up, "
            "and hand over a packet that others can follow. No account, and it never uses the network."
        )
        self._own = button(self.tr("Start with my own bills"), self._start_own, "primary")
        self._own.setDefault(True)
        sample = button(self.tr("Look at the sample"), self._start_sample)
        for one in (self._own, sample):
            one.setAutoDefault(True)  # Enter takes the one that has the keyboard
        layout = column(gap=12, margins=(28, 24, 28, 24))
        layout.addWidget(label("MedBills", "title"))
        layout.addWidget(label(intro, "", wrap=True))
        layout.addLayout(
            EvenColumns(
                (
                    self._choice(
                        self.tr("An empty library"),
                        self.tr("Kept in {place}").format(place=place),
                        self._own,
                    ),
                    self._choice(
                        self.tr("A worked sample case"),
                        self.tr("An invented family with three bills, calls and papers. It never mixes with your own."),
                        sample,
                    ),
                ),
                least=220,
            )
        )
        self.setLayout(layout)
        open_at(self, 640, 320)
        self._own.setFocus()

    def _choice(self, title: str, text: str, act: QWidget) -> QWidget:
        card = panel("card")
        words = label(text, "muted", wrap=True)
        card.setLayout(column(label(title, "heading"), words, None, act, margins=(16, 14, 16, 14)))
        return card

    @Slot()
    def _start_own(self) -> None:
        self.wished.emit(LibraryWish("new"))
        self.accept()

    @Slot()
    def _start_sample(self) -> None:
        self.wished.emit(LibraryWish("sample"))
        self.accept()
