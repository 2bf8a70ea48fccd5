"""What the rows and cells of a table are for screen readers: one table, on however many pages it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from medbills_desktop.packet.tagging import DECORATION, HEADER_AGAIN, Element

_OF_COLUMN = "<</O/Table/Scope/Column>>"
_OF_ROW = "<</O/Table/Scope/Row>>"

Drawn = Sequence[Element | str | None]
"""As what each cell of a row is drawn: a node, or an operator for what is none; nothing on a canvas without tags."""


class TableTags:
    """The nodes of one table. Its header row is told once; where it is drawn again, that is decoration."""

    def __init__(self, columns: int, rows_are_named: bool, are_facts: bool = False) -> None:
        self._columns = columns
        self._are_facts = are_facts
        self._rows_are_named = rows_are_named
        self._table: Element | None = None
        self._last: tuple[int, list[Element | str | None]] | None = None

    def header(self, canvas: Any) -> Drawn:
        """The cells of the header row, on the first page and on further ones."""
        if getattr(canvas, "tags", None) is None:
            return [None] * self._columns
        if self._table is not None:
            return [HEADER_AGAIN] * self._columns
        row = self._begun(canvas).add("TR")
        return [row.add("TH", _OF_COLUMN) for _ in range(self._columns)]

    def row(self, canvas: Any, place: int, cells: Sequence[str], spans: bool) -> Drawn:
        """The cells of the row at a place; `spans` says that its first cell takes the whole row.

        A row that is cut between two pages is one row.
        """
        if getattr(canvas, "tags", None) is None:
            return [None] * len(cells)
        if self._last is not None and self._last[0] == place:
            return self._last[1]
        drawn = self._fact(canvas, cells) if self._are_facts else self._cells(canvas, cells, spans)
        self._last = (place, drawn)
        return drawn

    def _fact(self, canvas: Any, cells: Sequence[str]) -> list[Element | str | None]:
        """A label and what it says are one paragraph: a third of the nodes, of which each sheet has dozens."""
        told = canvas.tags.here.add("P")
        return [told] * len(cells)

    def _cells(self, canvas: Any, cells: Sequence[str], spans: bool) -> list[Element | str | None]:
        row = self._begun(canvas).add("TR")
        if spans:
            drawn: list[Element | str | None] = [row.add("TH", f"<</O/Table/Scope/Row/ColSpan {self._columns}>>")]
            drawn += [DECORATION] * (len(cells) - 1)
        else:
            named = self._rows_are_named and bool(cells[0])
            drawn = [row.add("TH", _OF_ROW) if named else row.add("TD")]
            drawn += [row.add("TD") for _ in cells[1:]]
        return drawn

    def _begun(self, canvas: Any) -> Element:
        if self._table is None:
            self._table = canvas.tags.here.add("Table")
        return self._table


def linked(drawn: Drawn, cells: Sequence[str]) -> tuple[Drawn, Element | None]:
    """The cells of a row that leads somewhere as a whole: its longest text is the link."""
    place = max(range(len(cells)), key=lambda each: len(cells[each]))
    cell = drawn[place]
    if not isinstance(cell, Element):
        return drawn, None
    link = next((kid for kid in cell.kids if isinstance(kid, Element)), None) or cell.add("Link")
    return [link if each == place else cell for each, cell in enumerate(drawn)], link
