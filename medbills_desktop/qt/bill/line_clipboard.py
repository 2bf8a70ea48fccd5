"""Lines and the clipboard: cells out as tab-separated text, rows of a spreadsheet in, all of them or none."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Slot
from PySide6.QtGui import QGuiApplication

from medbills_desktop.commands.lines import PasteLines
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import with_amounts
from medbills_desktop.qt.bill.line_paste import Pasted, read_pasted, without_description

if TYPE_CHECKING:
    from medbills_desktop.qt.bill.lines_grid import LinesGrid

Edit = tuple[int, tuple[tuple[str, Any], ...]]


class LineClipboard(QObject):
    """Copies from and pastes into one grid."""

    def __init__(self, grid: LinesGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    @Slot()
    def copy(self) -> None:
        """Copy the chosen cells, a line of text for each row, as a spreadsheet takes them."""
        chosen = sorted((index.row(), index.column()) for index in self._grid.selectionModel().selectedIndexes())
        rows: dict[int, list[str]] = {}
        for row, column in chosen:
            index = self._grid.lines_model.index(row, column)
            rows.setdefault(row, []).append(_cell(str(index.data() or "")))
        if rows:
            QGuiApplication.clipboard().setText("\n".join("\t".join(cells) for cells in rows.values()))

    def paste(self) -> tuple[str, ...]:
        """Paste at the current cell; gives the sentences for which nothing was pasted."""
        grid, model = self._grid, self._grid.lines_model
        text = QGuiApplication.clipboard().text()
        if model.bill_id is None or not text.strip():
            return ()
        row, column = max(grid.currentIndex().row(), 0), max(grid.currentIndex().column(), 0)
        pasted = read_pasted(text, column)
        if pasted.refused:
            return pasted.refused
        return self._perform(pasted, row, model.bill_id)

    def _perform(self, pasted: Pasted, row: int, bill_id: int) -> tuple[str, ...]:
        model = self._grid.lines_model
        present = [line for line in map(model.line_at, range(row, model.rowCount())) if line is not None]
        if model.line_at(row) is None:
            present = []
        over, beyond = pasted.rows[: len(present)], pasted.rows[len(present) :]
        if missing := without_description(beyond):
            sentence = QCoreApplication.translate("Lines", "Row {row}: what the bill says is missing.")
            return tuple(sentence.format(row=number) for number in missing)
        edits: tuple[Edit, ...] = tuple(
            (line.id, tuple(_with_amounts(line, dict(row.values)).items()))
            for line, row in zip(present, over, strict=False)
            if row.values
        )
        new = tuple(_new_line(bill_id, dict(row.values)) for row in beyond)
        try:
            inserting = model.blank_moved and not present
            after = model.blank_after if inserting else None
            added = self._grid.session.desk.perform(PasteLines(bill_id, edits, new, after))
            if inserting and added:
                model.put_blank(added[-1].id)
        except UserError as error:
            return (str(error),)
        return ()


def _cell(text: str) -> str:
    quoted = '"' + text.replace('"', '""') + '"'
    return quoted if any(mark in text for mark in "\t\n\r") else text


def _with_amounts(line: Line, values: dict[str, Any]) -> dict[str, Any]:
    if "mark" not in values:
        return values
    whole = with_amounts({"charge": line.charge, **values})
    return {name: value for name, value in whole.items() if name in values or name in ("disputed", "accepted")}


def _new_line(bill_id: int, values: dict[str, Any]) -> Line:
    return dataclasses.replace(Line(bill_id=bill_id, description=values["description"]), **with_amounts(values))
