"""Tables as snapshots: a model is a list of columns over frozen rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from medbills_desktop.qt.theme import font, token

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

KEY_ROLE = Role.UserRole + 1
"""The id of the row."""
ROW_ROLE = Role.UserRole + 2
"""The frozen row itself."""
PILL_ROLE = Role.UserRole + 3
"""The colour token of a pill, or nothing for plain text."""
SENTENCE_ROLE = Role.UserRole + 4
"""Whether a cell loses its end instead of its middle where there is no room."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, the text of a cell, what to sort by, and how it looks.

    `sort` gives an integer or case-folded text, never a date or money object. `pill` and `tone` give a colour token.
    `width` is in pixels at 100 % text; 0 takes the room that is left. Columns of figures and pills, and those that are
    `whole`, are widened so that nothing in them is cut. Where room is short the column of the highest `rank` is left
    out first; rank 0 always stays. A `sentence` loses its end where a name would lose its middle. `strong` says which
    cells are written bold.
    """

    title: str
    text: Callable[[Any], str]
    sort: Callable[[Any], Any] | None = None
    right: bool = False
    width: int = 0
    pill: Callable[[Any], str | None] | None = None
    tone: Callable[[Any], str | None] | None = None
    spoken: Callable[[Any], str] | None = None
    rank: int = 0
    whole: bool = False
    sentence: bool = False
    strong: Callable[[Any], bool] | None = None

    @property
    def uncut(self) -> bool:
        """Whether the column is made as wide as its widest cell."""
        return self.whole or self.right or self.pill is not None


class RowsModel(QAbstractTableModel):
    """A snapshot of rows, replaced as a whole; each row has an integer id by which selections survive."""

    def __init__(
        self, columns: Sequence[Column], key: Callable[[Any], int] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key or (lambda row: int(row.id))
        self._rows: list[Any] = []
        self._order: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show a new snapshot. Rows that are equal to the old ones cause no signal at all."""
        fresh = self._sorted(list(rows))
        if fresh == self._rows:
            return
        if [self._key(row) for row in fresh] == [self._key(row) for row in self._rows]:
            changed = [number for number, row in enumerate(fresh) if row != self._rows[number]]
            self._rows = fresh
            for number in changed:
                self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))
            return
        self.beginResetModel()
        self._rows = fresh
        self.endResetModel()

    def row_at(self, number: int) -> Any:
        """The frozen row at a place, or `None` outside."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    def number_of(self, key: int | None) -> int:
        """The place of the row with that id, or -1."""
        return next((number for number, row in enumerate(self._rows) if self._key(row) == key), -1)

    @property
    def rows(self) -> Sequence[Any]:
        """The rows as shown."""
        return self._rows

    def _sorted(self, rows: list[Any]) -> list[Any]:
        if self._order is None:
            return rows
        sort = self.columns[self._order[0]].sort
        if sort is None:
            return rows
        keyed = [(sort(row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=itemgetter(0), reverse=self._order[1] == Qt.SortOrder.DescendingOrder)
        return [row for _, row in known] + [row for key, row in keyed if key is None]

    # Qt's own names from here on

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or self.columns[column].sort is None:
            return
        self._order = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        keys = [(self._key(self._rows[index.row()]), index.column()) for index in before]
        self._rows = self._sorted(self._rows)
        places = {self._key(row): number for number, row in enumerate(self._rows)}
        self.changePersistentIndexList(before, [self.index(places[key], column) for key, column in keys])
        self.layoutChanged.emit()

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Role.DisplayRole:
            return self.columns[section].title
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if self.columns[section].right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return column.text(row)
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.AccessibleTextRole:
            spoken = column.spoken or column.text
            return f"{column.title}: {spoken(row)}"
        return self._extra(row, column, role)

    def _extra(self, row: Any, column: Column, role: int) -> Any:
        if role == KEY_ROLE:
            return self._key(row)
        if role == ROW_ROLE:
            return row
        if role == PILL_ROLE:
            return column.pill(row) if column.pill else None
        if role == SENTENCE_ROLE:
            return column.sentence
        if role == Role.FontRole:
            return font(strong=True) if column.strong and column.strong(row) else None
        if role == Role.ForegroundRole and column.tone:
            name = column.tone(row)
            return token(name) if name else None
        return None
