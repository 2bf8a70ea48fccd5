"""Lines from a spreadsheet: the table as it came, which column is which, and what can't be read, before anything is
kept."""

from __future__ import annotations

import dataclasses
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from medbills_desktop.commands.lines import AddLines
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import CELLS, with_amounts
from medbills_desktop.qt.bill.line_paste import Pasted
from medbills_desktop.qt.bill.line_sheet import (
    Sheet,
    guess_columns,
    has_titles,
    read_lines,
    read_sheet,
    read_sheet_file,
)
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import open_at
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import token
from medbills_desktop.qt.widgets import button, column, counted, label

MOST_SHOWN = 200
"""Rows of the preview; all are read."""
MOST_NAMED = 6
"""Refused rows that are named one by one."""


class SheetDialog(QDialog):
    """Signals: `added` carries how many lines were added."""

    added = Signal(object)

    def __init__(self, session: Session, bill_id: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Lines from a spreadsheet"))
        self._session = session
        self._bill_id = bill_id
        self._sheet: Sheet | None = None
        self._read = Pasted((), ())
        self.choices: list[QComboBox] = []
        self.table = QTableWidget()
        self.table.setAccessibleName(self.tr("The table as it came"))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.horizontalHeader().hide()
        self.titles = QCheckBox(self.tr("The first row names the &columns"))
        self.titles.toggled.connect(self._read_anew)
        self.leave_out = QCheckBox(self.tr("&Leave out the rows that can't be read"))
        self.leave_out.toggled.connect(self._tell)
        self.problem = label("", "problem", wrap=True)
        self._buttons = QDialogButtonBox()
        self.add = self._buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = column(gap=8, margins=(16, 16, 16, 16))
        sources = (
            button(self.tr("From the &clipboard"), self.take_clipboard),
            button(self.tr("Choose a CSV &file…"), self._choose_file),
        )
        layout.addLayout(Flow(sources, (self.titles,)))
        say = self.tr("Say above each column what it is. Nothing is kept until you add it.")
        layout.addWidget(label(say, "muted", wrap=True))
        layout.addWidget(self.table, 1)
        for part in (self.problem, self.leave_out, self._buttons):
            layout.addWidget(part)
        self.setLayout(layout)
        open_at(self, 860, 560)
        self._tell()

    @Slot()
    def take_clipboard(self) -> None:
        """Show the table that is on the clipboard."""
        try:
            self.show_sheet(read_sheet(QGuiApplication.clipboard().text()))
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()

    @Slot()
    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, self.tr("Choose a CSV file"), "", self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        )
        if name:
            self.open_file(Path(name))

    def open_file(self, path: Path) -> None:
        """Show the table of a file."""
        try:
            self.show_sheet(read_sheet_file(path))
        except UserError as error:
            self.problem.setText(str(error))
            self.problem.show()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a table with a guess of what its columns are."""
        self._sheet = sheet
        self.titles.blockSignals(True)
        self.titles.setChecked(has_titles(sheet))
        self.titles.blockSignals(False)
        self._fill(sheet)
        self._read_anew()

    def _fill(self, sheet: Sheet) -> None:
        shown = sheet.rows[:MOST_SHOWN]
        self.table.clear()
        self.table.setRowCount(len(shown) + 1)
        self.table.setColumnCount(sheet.width)
        self.table.setVerticalHeaderLabels(["", *(str(number) for number in sheet.numbers[: len(shown)])])
        self.choices = [self._choice(place, guess) for place, guess in enumerate(guess_columns(sheet))]
        for place, choice in enumerate(self.choices):
            self.table.setCellWidget(0, place, choice)
            self.table.setRowHeight(0, choice.sizeHint().height())
        for number, cells in enumerate(shown, 1):
            for place, cell in enumerate(cells):
                self.table.setItem(number, place, QTableWidgetItem(" ".join(cell.split())))
        self.table.resizeColumnsToContents()
        self.table.setCurrentCell(1, 0)  # from the first row the keyboard would go on to the choice that stands in it
        self._order_stops()

    def _order_stops(self) -> None:
        """Tab goes from the table through its choices and on; Qt would go from the last of them to the top."""
        stops = (self.titles, self.table, *self.choices, self.leave_out, *self._buttons.buttons())
        for before, after in pairwise(stops):
            self.setTabOrder(before, after)

    def _choice(self, place: int, guess: int | None) -> QComboBox:
        choice = QComboBox()
        choice.setAccessibleName(self.tr("Column {n} is").format(n=place + 1))
        choice.addItem(self.tr("left out"), None)
        for number, cell in enumerate(CELLS):
            choice.addItem(cell.title, number)
        choice.setCurrentIndex(0 if guess is None else guess + 1)
        choice.activated.connect(self._read_anew)
        return choice

    @Slot()
    def _read_anew(self) -> None:
        if self._sheet is None:
            return
        columns = [choice.currentData() for choice in self.choices]
        twice = {number for number in columns if number is not None and columns.count(number) > 1}
        if twice:
            names = ", ".join(CELLS[number].title for number in sorted(twice))
            self._read = Pasted((), (self.tr("Two columns are called {names}.").format(names=names),))
        else:
            self._read = read_lines(self._sheet, columns, self.titles.isChecked())
        self._colour()
        self._tell()

    def _colour(self) -> None:
        """Rows that are left out, or that can't be read, are grey."""
        if self._sheet is None:
            return
        good = {one.number for one in self._read.rows}
        for place, number in enumerate(self._sheet.numbers[:MOST_SHOWN], 1):
            for at in range(self.table.columnCount()):
                if (item := self.table.item(place, at)) is not None:
                    item.setForeground(token("text" if number in good else "muted"))

    @Slot()
    def _tell(self) -> None:
        refused, rows = self._read.refused, self._read.rows
        named = list(refused[:MOST_NAMED])
        if len(refused) > MOST_NAMED:
            named.append(self.tr("and {count} more rows.").format(count=len(refused) - MOST_NAMED))
        self.problem.setText("\n".join(named))
        self.problem.setVisible(bool(refused))
        self.leave_out.setVisible(bool(refused and rows))
        self.add.setText(counted(len(rows), self.tr("&Add 1 line"), self.tr("&Add {n} lines")))
        self.add.setEnabled(bool(rows) and (not refused or self.leave_out.isChecked()))

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        lines = tuple(self._line(dict(one.values)) for one in self._read.rows)
        if self._session.perform(AddLines(self._bill_id, lines)) is not None:
            self.added.emit(len(lines))
            super().accept()

    def _line(self, values: dict[str, object]) -> Line:
        bare = Line(bill_id=self._bill_id, description=str(values["description"]))
        return dataclasses.replace(bare, **with_amounts(values))
