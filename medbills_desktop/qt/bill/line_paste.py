"""Rows pasted from a spreadsheet, read as a whole: either every row can be kept, or none is and each fault is named."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import CELLS, typed_value

MOST_ROWS = 5000
"""Rows taken in one paste."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One pasted row: field names and values, with blanks left out."""

    values: tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a paste means, and why rows were refused; with refusals nothing is to be kept."""

    rows: tuple[PastedRow, ...]
    refused: tuple[str, ...]


def read_pasted(text: str, first_column: int) -> Pasted:
    """Read tab-separated rows. A header row with known titles names the columns, else they begin at `first_column`."""
    found = csv.reader(io.StringIO(text.rstrip("\r\n")), delimiter="\t")
    table = [row for row in found if any(cell.strip() for cell in row)]
    if not table:
        return Pasted((), ())
    if len(table) > MOST_ROWS:
        return Pasted((), (f"That is more than {MOST_ROWS:,} rows. Paste them in parts.",))
    columns = _header(table[0])
    body = table[1:] if columns else table
    columns = columns or list(range(first_column, len(CELLS)))
    rows: list[PastedRow] = []
    refused: list[str] = []
    for number, cells in enumerate(body, start=2 if body is not table else 1):
        try:
            rows.append(_row(cells, columns))
        except UserError as error:
            refused.append(f"Row {number}: {error}")
    return Pasted(tuple(rows), tuple(refused))


def _header(cells: list[str]) -> list[int | None] | None:
    found = [_column_named(cell) for cell in cells]
    return found if sum(number is not None for number in found) >= 2 else None


def _column_named(title: str) -> int | None:
    wanted = " ".join(title.split()).casefold()
    return next((number for number, cell in enumerate(CELLS) if wanted in cell.names), None)


def _row(cells: list[str], columns: list[int | None] | list[int]) -> PastedRow:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra:
        raise UserError("it has more columns than the grid.", "Check where the first column should go.")
    values: list[tuple[str, Any]] = []
    for cell, number in zip(cells, columns, strict=False):
        if number is not None and cell.strip():
            values.append((CELLS[number].field.name, typed_value(number, cell)))
    return PastedRow(tuple(values))


def without_description(rows: tuple[PastedRow, ...]) -> list[int]:
    """Numbers of new rows that lack what the bill says, which every line needs; counted from 1."""
    return [n for n, row in enumerate(rows, 1) if "description" not in dict(row.values)]
