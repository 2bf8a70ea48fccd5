"""A table from a spreadsheet or a CSV file, and which of its columns is which field of a line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import BY_NAME, CELLS, typed_value
from medbills_desktop.qt.bill.line_paste import MOST_ROWS, Pasted, PastedRow, column_named, row_values

LARGEST_FILE = 20_000_000
"""Bytes of a file that is read at all."""
_DELIMITERS = "\t,;|"
_CODE = re.compile(r"[A-Z]{0,2}-?\d{3,6}[A-Z]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table that hold anything, each with its number in the source, counted from 1."""

    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max((len(row) for row in self.rows), default=0)


def read_sheet(text: str) -> Sheet:
    """Read a table whose columns are parted by tabs, commas, semicolons or bars, whichever fits best.

    Raises `UserError` for a text without rows, with more than 5,000, or with unbalanced quotation marks.
    """
    best: list[list[str]] = []
    score = (-1.0, 0)
    for delimiter in _DELIMITERS:
        try:
            found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        except csv.Error:
            continue
        filled = [row for row in found if any(cell.strip() for cell in row)]
        widths = [len(row) for row in filled]
        width = max(set(widths), key=widths.count, default=0)
        same = widths.count(width) / len(widths) if widths and width > 1 else 0.0
        if (same, width) > score:
            best, score = found, (same, width)
    numbered = [(number, tuple(row)) for number, row in enumerate(best, 1) if any(cell.strip() for cell in row)]
    if not numbered:
        raise UserError("There is no table in this text.", "Copy the rows in your spreadsheet, or choose a CSV file.")
    if len(numbered) > MOST_ROWS:
        raise UserError(f"That is more than {MOST_ROWS:,} rows.", "Take them in parts.")
    return Sheet(tuple(row for _, row in numbered), tuple(number for number, _ in numbered))


def read_sheet_file(path: Path) -> Sheet:
    """Read a CSV or text file, in UTF-8, UTF-16 or the Windows letters of Western Europe."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{path.name} is too large for a list of charges.", "Choose the file with the rows alone.")
        data = path.read_bytes()
    except OSError as error:
        raise UserError(f"{path.name} can't be read.", "See that it is still there and may be opened.") from error
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise UserError(f"{path.name} is not a CSV file.", "Open it in your spreadsheet and save it as CSV.")
    return read_sheet(_decoded(data))


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def has_titles(sheet: Sheet) -> bool:
    """Whether the first row names columns: two known titles or more."""
    return len(sheet.rows) > 1 and sum(column_named(cell) is not None for cell in sheet.rows[0]) > 1


def guess_columns(sheet: Sheet) -> tuple[int | None, ...]:
    """For each column of a sheet the column of the grid that it seems to be, or `None`; a guess that the person sees.

    Titles decide where there are any. Else dates, codes and amounts are known by their looks: of several columns of
    amounts the last is taken as the charge, since bills print it last.
    """
    if has_titles(sheet):
        named = [column_named(cell) for cell in sheet.rows[0]]
        named += [None] * (sheet.width - len(named))
        return tuple(one if one not in named[:place] else None for place, one in enumerate(named))
    columns = [[row[place].strip() for row in sheet.rows if place < len(row)] for place in range(sheet.width)]
    found: list[int | None] = [None] * sheet.width
    for name, fits in (("date", _is_date), ("code", _is_code)):
        place = next((at for at, cells in enumerate(columns) if found[at] is None and _mostly(cells, fits)), None)
        if place is not None:
            found[place] = BY_NAME[name]
    amounts = [at for at, cells in enumerate(columns) if found[at] is None and _mostly(cells, _is_amount)]
    if amounts:
        found[amounts[-1]] = BY_NAME["charge"]
    words = [at for at in range(sheet.width) if found[at] is None and at not in amounts]
    if words:
        longest = max(words, key=lambda at: sum(map(len, columns[at])))
        found[longest] = BY_NAME["description"]
    return tuple(found)


def _mostly(cells: Sequence[str], fits: Callable[[str], bool]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(fits, filled)) * 5 >= len(filled) * 4


def _is_date(cell: str) -> bool:
    return any(mark in cell for mark in "/-.") and _readable("date", cell)


def _is_amount(cell: str) -> bool:
    return any(mark.isdigit() for mark in cell) and ("." in cell or "$" in cell) and _readable("charge", cell)


def _is_code(cell: str) -> bool:
    return _CODE.fullmatch(cell) is not None


def _readable(name: str, cell: str) -> bool:
    try:
        return typed_value(BY_NAME[name], cell) is not None
    except UserError:
        return False


def read_lines(sheet: Sheet, columns: Sequence[int | None], titles: bool) -> Pasted:
    """The lines of a sheet under the chosen columns, and why rows are refused."""
    rows: list[PastedRow] = []
    refused: list[str] = []
    for number, cells in list(zip(sheet.numbers, sheet.rows, strict=True))[1 if titles else 0 :]:
        try:
            values = row_values(list(cells), [*columns, *[None] * (len(cells) - len(columns))])
            if "description" not in dict(values):
                raise UserError(f"{CELLS[BY_NAME['description']].title}: nothing stands there.", "")
            rows.append(PastedRow(number, values))
        except UserError as error:
            refused.append(f"Row {number}: {error}")
    return Pasted(tuple(rows), tuple(refused))
