"""Places of a packet that look like something personal: for a person to look at, one by one, and to let stay."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QListWidget, QListWidgetItem, QWidget

from medbills_desktop.domain.left_over import LeftOver, kind_in_words
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.widgets import column, label

HINTS: dict[str, str] = {
    "words": "in the words of the page: read them",
    "drawing": "in what the page draws as letters: read them, also where they are hard to see",
    "numbers": "in the measures by which the page is drawn: nobody sees them, they are hardly ever more than chance",
    "picture": "in the dots of a picture: look at it; its dots themselves are hardly ever more than chance",
    "font": "in the tables of a font: nobody sees them, they are hardly ever more than chance",
    "names": "in a name, title or note inside the file: look at titles and file names",
    "data": "in other data of the file: nobody sees it; who opens the file with a tool can",
    "bytes": "in the file beside its pages: nobody sees it; who opens the file with a tool can",
}
"""For each kind of place, where it is and what looking at it means."""


class KeptPlaces(QDialog):
    """Signals: `kept` carries the places (a tuple of `LeftOver`) when all of them were ticked and may stay.

    It stays open beside the window, in whose viewer the places are looked at.
    """

    kept = Signal(object)

    def __init__(self, left: Sequence[LeftOver], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Look at these places"))
        self._left = tuple(left)
        said = label(
            self.tr(
                "The finished packet was searched once more. These places look like something personal, so no file was "
                "written. What is personal: mark it in the viewer (T) or unlink that paper, then export again. What is "
                "not, or may be seen by the reader: tick it. The packet will say that you looked."
            ),
            wrap=True,
        )
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Places to look at (space ticks one)"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        for each in self._left:
            item = QListWidgetItem(place_in_words(each))
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        buttons = QDialogButtonBox()
        self.export = buttons.addButton(self.tr("Export with these"), QDialogButtonBox.ButtonRole.AcceptRole)
        close = buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(said, self.list, buttons, margins=(16, 16, 16, 16)))
        close.setDefault(True)
        self.list.itemChanged.connect(self._ticked)
        self._ticked()
        open_at(self, 640, 460)

    @Slot()
    def _ticked(self) -> None:
        items = (self.list.item(row) for row in range(self.list.count()))
        self.export.setEnabled(all(item.checkState() == Qt.CheckState.Checked for item in items))

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        if self.export.isEnabled():
            self.kept.emit(self._left)
            super().accept()


def place_in_words(left: LeftOver) -> str:
    """One place: page, paper, kind, and in what of the file; never what it is."""
    page = _tr("Page {page}").format(page=left.page) if left.page else _tr("Beside the pages")
    paper = f" ({left.paper})" if left.paper else ""
    often = " " + _tr("({count} times)").format(count=left.count) if left.count > 1 else ""
    return f"{page}{paper}: {kind_in_words(left.kind)}{often}, {_tr(HINTS[left.where])}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("KeptPlaces", text)
