"""All keys on one page, made from the same tables as the menus."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from medbills_desktop.domain import words
from medbills_desktop.qt.actions import ACTIONS
from medbills_desktop.qt.bill.line_cells import MARK_KEYS
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.theme import px

KEY_COLUMNS = (
    Column("Keys", lambda row: row[1], lambda row: row[1], width=190),
    Column("What it does", lambda row: row[2], lambda row: row[2].casefold()),
)
IN_PLACES = (
    ("Enter, Tab", "Lines: next cell; after the charge, the next line"),
    ("Shift+Enter, Shift+Tab", "Lines: the cell before"),
    ("F2", "Lines: edit the cell"),
    ("Ctrl+V", "Lines: paste rows from a spreadsheet"),
    ("Delete", "Lines: clear cells, or remove whole chosen lines; elsewhere: remove the record"),
    ("Ctrl+Enter", "Call: save it"),
    ("Alt+1 … Alt+5", "Call: what it is for, with what one could say; Alt+0: anything else"),
    ("Alt+M", "Call: more fields, or fewer: their id, department, when it began, a private note"),
    ("Esc", "Call: close it; what was typed stays"),
)


class KeysDialog(QDialog):
    """The list of keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keyboard"))
        view = RowsView(KEY_COLUMNS, self.tr("Keys"), "", key=_number)
        view.set_rows([(number, *row) for number, row in enumerate(_rows())])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(16), px(16), px(16), px(16))
        layout.addWidget(view)
        layout.addWidget(buttons)
        open_at(self, 620, 640)


def _rows() -> list[tuple[str, str]]:
    found = [
        (QKeySequence(spec.keys).toString(), QCoreApplication.translate("Actions", spec.text).replace("&", ""))
        for spec in ACTIONS
        if spec.keys
    ]
    marks = [(f"Alt+{key}", f"Lines: mark “{words.MARK[mark]}”") for key, mark in MARK_KEYS.items()]
    return [*found, *IN_PLACES, *marks]


def _number(row: tuple[int, str, str]) -> int:
    return row[0]
