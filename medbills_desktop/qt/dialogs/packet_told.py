"""What a finished packet has to be looked at for before it is handed over: papers that are in it by name only, pages
that could not be searched for personal numbers, older volumes that lie beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QDialogButtonBox, QListWidget, QWidget

from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.widgets import column, label


class PacketTold(QDialog):
    """Says where the packet is and, one in a row, what there is to look at.

    It stays open beside the window, in whose viewer the packet is looked through.
    """

    def __init__(self, where: str, told: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Before you hand the packet over"))
        saved = label(where, wrap=True)
        said = label(self.tr("Look at this before it goes out:"), wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("What to look at"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setWordWrap(True)
        self.list.addItems(list(told))
        self.list.setCurrentRow(0)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        buttons = QDialogButtonBox()
        close = buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(saved, said, self.list, buttons, margins=(16, 16, 16, 16)))
        close.setDefault(True)
        open_at(self, 560, 360)
