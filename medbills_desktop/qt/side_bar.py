"""The side bar: the pages, what waits in each, and whether everything is safe."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QWidget

from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.widgets import ElidedLabel, Pill, column, label, scrolling

WIDTH = 184


@dataclass(frozen=True, slots=True)
class SideEntry:
    """One page in the side bar."""

    name: str
    title: str


class SideBar(QWidget):
    """Signals: `wanted` carries the name of a page."""

    wanted = Signal(object)

    def __init__(self, entries: tuple[SideEntry, ...], library_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        keep(self, width=WIDTH)
        self._buttons: dict[str, QPushButton] = {}
        self._titles = {entry.name: entry.title for entry in entries}
        self._counts: dict[str, Pill] = {}
        group = QButtonGroup(self)
        group.setExclusive(True)
        name = ElidedLabel(library_name, "muted")
        for entry in entries:
            group.addButton(self._entry(entry))
        pages = QWidget()
        pages.setLayout(column(*self._buttons.values(), None, gap=2))
        self._pages = scrolling(pages)
        self._pages.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.saved: QLabel = label("", "muted", wrap=True)
        parts = (label("MedBills", "heading"), name, 8, self._pages, self.saved)
        self.setLayout(column(*parts, gap=2, margins=(12, 14, 12, 12)))

    def _entry(self, entry: SideEntry) -> QPushButton:
        one = QPushButton(entry.title)
        one.setObjectName("nav")
        one.setProperty("page", entry.name)
        one.setCheckable(True)
        one.setAutoDefault(False)
        one.setAccessibleName(entry.title)
        one.clicked.connect(self._clicked)
        count = Pill()
        count.show_word("", "accent")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(one)
        keep(inside, margins=(0, 0, 2, 0))
        inside.addStretch(1)
        inside.addWidget(count)
        self._buttons[entry.name] = one
        self._counts[entry.name] = count
        return one

    def choose(self, name: str) -> None:
        """Mark a page as the one that is shown."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)
            self._pages.ensureWidgetVisible(self._buttons[name], 0, 0)

    def show_count(self, name: str, count: int, tone: str = "accent") -> None:
        """Show how much waits on a page; nothing for zero."""
        self._counts[name].show_word(str(count) if count else "", tone)
        title = self._titles[name]
        self._buttons[name].setAccessibleName(f"{title}, {count}" if count else title)

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.wanted.emit(sender.property("page"))
