"""Tables that may run over hundreds of pages: every row is measured once, every page begins with the header row.

The PDF writer's own tables measure again at each page, which grows faster than the number of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from reportlab.platypus import Flowable

from medbills_desktop.packet import look
from medbills_desktop.packet.cells import Cell, PlainCell, cell_of
from medbills_desktop.packet.look import TableLook
from medbills_desktop.packet.table_tags import Drawn, TableTags, linked
from medbills_desktop.packet.typesetting import Typesetter

RowKind = Literal["plain", "total", "group"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in points and the side to which it is aligned."""

    title: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, as plain text or markup. A total stands under a rule, a group's first cell spans the row.

    A row with a `target` is a link as a whole.
    """

    cells: tuple[str, ...]
    kind: RowKind = "plain"
    target: str = ""


@dataclass(slots=True)
class _Measured:
    """One row ready to draw; a cell is missing where a part of a cut row has nothing in it."""

    row: Row
    cells: Sequence[Cell | None]
    height: float


@dataclass
class _Sheet:
    """What all parts of one table share: columns, rows, measures, each row measured at most once."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    setter: Typesetter
    look: TableLook
    measured: dict[int, _Measured] = field(default_factory=dict)

    @cached_property
    def tags(self) -> TableTags:
        """Its nodes for screen readers; without a title the first column names the rows, and so does a bold one."""
        named = self.look.first_cell is not None or not self.columns[0].title
        return TableTags(len(self.columns), named, self.look.are_facts)

    def row(self, place: int) -> _Measured:
        found = self.measured.get(place)
        if found is None:
            found = self.measured[place] = self._measure(self.rows[place])
        return found

    def header(self) -> _Measured | None:
        if not any(column.title for column in self.columns):
            return None
        if -1 not in self.measured:
            titles = Row(tuple(column.title for column in self.columns))
            measured = self._measure(titles, (look.HEAD_CELL, look.HEAD_CELL_RIGHT))
            most = max((len(cell.lines) for cell in measured.cells if isinstance(cell, PlainCell)), default=0)
            measured.cells = [cell.lowered(most) if isinstance(cell, PlainCell) else cell for cell in measured.cells]
            self.measured[-1] = measured
        return self.measured[-1]

    def room(self, place: int, row: Row) -> float:
        """Width of a cell in points, without the gap to the next."""
        if row.kind == "group" and place == 0:
            return sum(column.width for column in self.columns)
        last = place == len(self.columns) - 1
        return self.columns[place].width - (0 if last else self.look.gap)

    def left(self, place: int) -> float:
        return sum(column.width for column in self.columns[:place])

    def _measure(self, row: Row, styles: tuple[Any, Any] | None = None) -> _Measured:
        cells = [
            cell_of(text, self._style(place, row, styles), self.room(place, row), self.setter)
            for place, text in enumerate(row.cells)
        ]
        return _Measured(row, cells, max(cell.height for cell in cells) + 2 * self.look.pad)

    def _style(self, place: int, row: Row, styles: tuple[Any, Any] | None) -> Any:
        if styles is None and row.kind != "plain":
            styles = (look.CELL_BOLD, look.CELL_BOLD_RIGHT)
        if styles is None and place == 0 and self.look.first_cell:
            return self.look.first_cell
        left, right = styles or self.look.cells
        return right if self.columns[place].right else left


class RowsTable(Flowable):  # type: ignore[misc]
    """A table, or the part of one that stands on one page.

    `frame_height` is the height of an empty page's text area: only a row that is taller is cut between pages.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Row],
        setter: Typesetter,
        table_look: TableLook = look.PLAIN_TABLE,
        frame_height: float = look.TEXT_HEIGHT,
    ) -> None:
        super().__init__()
        self.sheet = _Sheet(columns, rows, setter, table_look)
        self.first, self.end = 0, len(rows)
        self.frame_height = frame_height
        self.cut: dict[int, _Measured] = {}

    def wrap(self, *_: float) -> tuple[float, float]:
        header = self.sheet.header()
        self.width = sum(column.width for column in self.sheet.columns)
        self.height = header.height if header else 0.0
        for place in range(self.first, self.end):
            self.height += self._row(place).height
            if self.height > self.frame_height:
                break
        return self.width, self.height

    def split(self, _width: float, height: float) -> list[RowsTable]:
        header = self.sheet.header()
        used = header.height if header else 0.0
        place = self.first
        while place < self.end and used + self._row(place).height <= height:
            used += self._row(place).height
            place += 1
        if place == self.end:
            return [self]
        too_tall = self._row(place).height > self.frame_height - (header.height if header else 0.0)
        if too_tall:
            return self._split_row(place, height - used)
        if place - 1 > self.first and (self._row(place).row.kind == "total" or self._is_last(place)):
            place -= 1  # neither a total nor the last row stands alone at the head of a page
        while place - 1 > self.first and self._row(place - 1).row.kind == "group":
            place -= 1  # a heading goes with the first row of what stands below it
        return [self._part(self.first, place), self._part(place, self.end)] if place > self.first else []

    def draw(self) -> None:
        y = self.height
        header = self.sheet.header()
        if header:
            self._draw_row(header, y, self.sheet.tags.header(self.canv))
            y -= header.height
        self._rule(y, look.RULE, look.BLACK)
        for place in range(self.first, self.end):
            measured = self._row(place)
            if measured.row.kind == "total" and place > self.first:
                self._rule(y, look.RULE, look.BLACK)
            self._draw_linked_row(place, measured, y)
            y -= measured.height
            self._rule(y, look.THIN, look.HAIRLINE)

    def _is_last(self, place: int) -> bool:
        return place == len(self.sheet.rows) - 1

    def _row(self, place: int) -> _Measured:
        return self.cut.get(place) or self.sheet.row(place)

    def _part(self, first: int, end: int) -> RowsTable:
        part = RowsTable(self.sheet.columns, self.sheet.rows, self.sheet.setter, self.sheet.look, self.frame_height)
        part.sheet, part.first, part.end = self.sheet, first, end
        part.cut = {place: row for place, row in self.cut.items() if first <= place < end}
        return part

    def _split_row(self, place: int, room: float) -> list[RowsTable]:
        """Cut one row that is taller than a page: the first lines of each cell here, the rest on the next page."""
        measured = self._row(place)
        pad = self.sheet.look.pad
        halves = [
            cell.split(self.sheet.room(i, measured.row), room - 2 * pad) if cell else (None, None)
            for i, cell in enumerate(measured.cells)
        ]
        if all(above is None or not above.height for above, _ in halves):
            return [self._part(self.first, place), self._part(place, self.end)] if place > self.first else []
        head, tail = self._part(self.first, place + 1), self._part(place, self.end)
        head.cut[place] = _measured(measured.row, [above for above, _ in halves], pad)
        tail.cut[place] = _measured(measured.row, [below for _, below in halves], pad)
        return [head, tail]

    def _draw_linked_row(self, place: int, measured: _Measured, top: float) -> None:
        row = measured.row
        drawn = self.sheet.tags.row(self.canv, place, row.cells, row.kind == "group")
        if not row.target:
            self._draw_row(measured, top, drawn)
            return
        drawn, self.canv.whole_link = linked(drawn, row.cells)
        self._draw_row(measured, top, drawn)
        self.canv.linkRect("", row.target, (0, top - measured.height, self.width, top), relative=1)
        self.canv.whole_link = None

    def _draw_row(self, measured: _Measured, top: float, drawn: Drawn) -> None:
        for place, cell in enumerate(measured.cells):
            if cell is not None:
                self.canv.drawn_as = drawn[place]
                room = self.sheet.room(place, measured.row)
                cell.draw(self.canv, self.sheet.left(place), top - self.sheet.look.pad, room)
        self.canv.drawn_as = None

    def _rule(self, y: float, thickness: float, grey: float) -> None:
        self.canv.setLineWidth(thickness)
        self.canv.setStrokeGray(grey)
        self.canv.line(0, y, self.width, y)


def _measured(row: Row, cells: list[Cell | None], pad: float) -> _Measured:
    return _Measured(row, cells, max((cell.height for cell in cells if cell), default=0.0) + 2 * pad)
