"""The cells of a workbook (.xlsx) as the texts that the same table has in its text file, row by row."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, BinaryIO

from medbills_desktop.domain.errors import UserError

MOST_ROWS = 1 << 20
"""Rows that a sheet can have at all; a row number beyond says that the file is not what it seems."""
MOST_SHEETS = 20
MOST_COLUMNS = 64
LARGEST_PART = 64 << 20
"""Bytes, unpacked, of a part that is held whole: styles, and the texts that cells share."""
LARGEST_SHEET = 1 << 30
"""Bytes, unpacked, of a sheet, which is read as a stream."""

_SHEETS = "xl/worksheets/"
_BROKEN = (
    OSError,
    EOFError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    SyntaxError,  # what both readers of XML raise
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the library raises for a file that is no workbook, or a damaged one."""


def sheet_names(stream: BinaryIO, name: str) -> list[str]:
    """The sheets of a workbook in their order. Raises `UserError` where it is none."""
    with _workbook(stream, name) as book:
        return [sheet.title for sheet in book.worksheets[:MOST_SHEETS]]


def sheet_rows(stream: BinaryIO, name: str, sheet: str, width: int = MOST_COLUMNS) -> Iterator[list[str]]:
    """The rows of one sheet, each with as many texts as `width`; of a formula the value that was last worked out.

    Only one row is held at a time; of each that is passed the reader keeps some hundred bytes, at most 110 MB.
    Raises `UserError` where the workbook is damaged.
    """
    with _workbook(stream, name) as book:
        if sheet not in book.sheetnames:
            raise UserError(f"“{name}” changed while it was read.", "Load it again once it is complete.")
        rows = book[sheet]
        # The size that the file claims of itself is often wrong; without it every row is read.
        rows.reset_dimensions()
        for number, row in enumerate(rows.iter_rows(max_col=width, values_only=True), 1):
            if number > MOST_ROWS:
                raise _refusal(name)
            yield [_text(value) for value in row]


@contextmanager
def _workbook(stream: BinaryIO, name: str) -> Iterator[Any]:
    # Here, because the window reads this module at its start and seldom a workbook.
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        _weigh(stream, name)
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()
    except (*_BROKEN, InvalidFileException) as error:
        raise _refusal(name) from error


def _weigh(stream: BinaryIO, name: str) -> None:
    """Refuse what would fill the memory, before any of it is unpacked."""
    with zipfile.ZipFile(stream) as archive:
        for part in archive.infolist():
            if part.file_size > (LARGEST_SHEET if part.filename.startswith(_SHEETS) else LARGEST_PART):
                raise UserError(
                    f"“{name}” is too large a workbook.", "Choose the text or CSV file of the same table instead."
                )
    stream.seek(0)


def _refusal(name: str) -> UserError:
    return UserError(
        f"“{name}” is no workbook that can be read.", "Choose the text or CSV file of the table, or download it again."
    )


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y%m%d")
    return str(value)
