"""Rows pasted from a spreadsheet, read as a whole: either every row can be kept, or none is and each fault is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import CELLS, typed_value

MOST_ROWS = 5000
"""Rows taken in one paste."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One pasted row: its number counted from 1, field names and values, with blanks left out."""

    number: int
    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste means, and why rows were refused; with refusals nothing is to be kept."""

    rows: tuple[PastedRow, ...]
    refused: tuple[str, ...]


def read_pasted(text: str, first_column: int) -> Pasted:
    """Read tab-separated rows. A header row with known titles names the columns, else they begin at `first_column`.

    Spreadsheets give every row the same number of cells; a row with fewer than the others has lost some, and which
    ones can't be known, so it is refused.
    """
    table, numbers = _table(text)
    if not table:
        return Pasted((), ())
    if len(table) > MOST_ROWS:
        return Pasted((), (f"That is more than {MOST_ROWS:,} rows. Paste them in parts.",))
    named = _header(table[0], first_column) if len(table) > 1 else None
    columns: Sequence[int | None] = named or range(first_column, len(CELLS))
    expected = max(len(cells) for cells in table)
    rows: list[PastedRow] = []
    refused: list[str] = []
    for number, cells in list(zip(numbers, table, strict=True))[1 if named else 0 :]:
        try:
            if len(cells) < expected:
                raise UserError(f"it has {_columns(len(cells))}, the others have {expected}.", "")
            rows.append(PastedRow(number, row_values(cells, columns)))
        except UserError as error:
            refused.append(f"Row {number}: {error}")
    return Pasted(tuple(rows), tuple(refused))


def _columns(count: int) -> str:
    return "1 column" if count == 1 else f"{count} columns"


def _table(text: str) -> tuple[list[list[str]], list[int]]:
    """The rows that hold anything, and their numbers counted from 1. A lone quotation mark is a mark like any other."""
    cells = io.StringIO(text.rstrip("\r\n"), newline="")
    lone_quote = text.count('"') % 2 == 1
    found = csv.reader(cells, delimiter="\t", quoting=csv.QUOTE_NONE if lone_quote else csv.QUOTE_MINIMAL)
    try:
        numbered = [(number, row) for number, row in enumerate(found, 1) if any(cell.strip() for cell in row)]
    except csv.Error:
        return [[text]], [1]
    return [row for _, row in numbered], [number for number, _ in numbered]


def _header(cells: list[str], first_column: int) -> list[int | None] | None:
    """The columns that a row of titles names: two known titles, or the one of the column that is pasted to."""
    found = [column_named(cell) for cell in cells]
    known = sum(number is not None for number in found)
    return found if known > 1 or found == [first_column] else None


def column_named(title: str) -> int | None:
    """The column of the grid that a title names, in any of the words that bills and exports use."""
    wanted = " ".join(title.split()).casefold()
    return next((number for number, cell in enumerate(CELLS) if wanted in cell.names), None)


def row_values(cells: list[str], columns: Sequence[int | None]) -> tuple[tuple[str, Any], ...]:
    """The fields of one row; `columns` says which column of the grid each cell belongs to. Raises `UserError`."""
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise UserError("it has more columns than there are from the chosen cell on.", "Choose the first cell again.")
    values: list[tuple[str, Any]] = []
    for cell, number in zip(cells, columns, strict=False):
        if number is not None and cell.strip():
            values.append((CELLS[number].field.name, _value(number, cell)))
    return tuple(values)


def _value(number: int, cell: str) -> Any:
    try:
        return typed_value(number, cell)
    except UserError as error:
        raise UserError(f"{CELLS[number].title}: {error.what}", error.todo) from error


def without_description(rows: tuple[PastedRow, ...]) -> list[int]:
    """Numbers of new rows that lack what the bill says, which every line needs."""
    return [row.number for row in rows if "description" not in dict(row.values)]
