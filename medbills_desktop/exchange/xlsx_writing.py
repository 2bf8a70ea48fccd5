"""A case as one Excel workbook: a sheet for each kind of record, amounts and dates as such, never a formula."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.exchange.csv_writing import cell_text
from medbills_desktop.exchange.tables import Form, Table, tables_of
from medbills_desktop.exchange.whole_files import whole_file

LONGEST_TEXT = 32_767
"""What an Excel cell holds, in UTF-16 units; longer texts are cut with a note (the CSV files hold them whole)."""

_CUT = " … [cut here: a cell of a workbook holds no more]"
_FIRST_YEAR = 1900
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter wants it without a zone
_LONG_TEXTS = frozenset({"notes", "said", "asked", "body", "explanation", "outcome", "private_note", "reason", "text"})

_FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bottom": 1},
    "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
    "number": {"num_format": "General"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm", "align": "left"},
    "text": {"num_format": "@"},
    "yes_no": {"align": "left"},
}
_WIDTHS: dict[Form, int] = {"text": 22, "money": 13, "number": 10, "day": 12, "moment": 17, "yes_no": 10}


def write_workbook(case: Case, out: Path) -> tuple[str, ...]:
    """Write the tables of a case as an `.xlsx` file; gives the names of its sheets. The same case, the same bytes."""
    return write_tables(tables_of(case), case.title or "", out)


def write_tables(tables: Sequence[Table], title: str, out: Path) -> tuple[str, ...]:
    """Write any tables as an `.xlsx` file, a sheet for each; gives the names of the sheets."""
    with whole_file(out) as aside, TemporaryDirectory(dir=aside.parent) as scratch:
        options = {
            "constant_memory": True,
            "tmpdir": scratch,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        workbook = xlsxwriter.Workbook(str(aside), options)
        workbook.set_properties({"title": title, "created": _MADE})
        formats = {name: workbook.add_format(look) for name, look in _FORMATS.items()}
        for table in tables:
            _write_sheet(workbook.add_worksheet(_sheet_name(table)), table, formats)
        try:
            workbook.close()
        except FileCreateError as fault:
            raise fault.args[0] from fault
    return tuple(_sheet_name(table) for table in tables)


def _sheet_name(table: Table) -> str:
    return table.name.replace("_", " ").capitalize()


def _write_sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for at, column in enumerate(table.columns):
        wide = column.heading in _LONG_TEXTS
        width = 48 if wide else max(_WIDTHS[column.form], len(column.heading) + 2)
        sheet.set_column(at, at, width, formats[column.form])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(table.records)), len(table.columns) - 1)
    for at, column in enumerate(table.columns):
        sheet.write_string(0, at, column.heading, formats["heading"])
    for number, row in enumerate(table.rows(), start=1):
        for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
            if cell is not None:
                _WRITERS[column.form](sheet, number, at, cell, formats)


def _write_text(sheet: Any, row: int, at: int, text: str, formats: dict[str, Any]) -> None:
    sheet.write_string(row, at, _fitting(text), formats["text"])


def _write_money(sheet: Any, row: int, at: int, cents: int, formats: dict[str, Any]) -> None:
    sheet.write_number(row, at, float(Decimal(cents) / 100), formats["money"])


def _write_number(sheet: Any, row: int, at: int, value: int | Decimal, formats: dict[str, Any]) -> None:
    sheet.write_number(row, at, float(value), formats["number"])


def _write_day(sheet: Any, row: int, at: int, day: date, formats: dict[str, Any]) -> None:
    if day.year < _FIRST_YEAR:
        sheet.write_string(row, at, cell_text("day", day), formats["text"])
    else:
        sheet.write_datetime(row, at, datetime.combine(day, time()), formats["day"])


def _write_moment(sheet: Any, row: int, at: int, moment: Moment, formats: dict[str, Any]) -> None:
    if moment.time is None or moment.day.year < _FIRST_YEAR:
        _write_day(sheet, row, at, moment.day, formats)
    else:
        sheet.write_datetime(row, at, datetime.combine(moment.day, moment.time), formats["moment"])


def _write_yes_no(sheet: Any, row: int, at: int, value: bool, formats: dict[str, Any]) -> None:
    sheet.write_string(row, at, cell_text("yes_no", value), formats["yes_no"])


def _fitting(text: str) -> str:
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TEXT:
        return text
    return units[: 2 * (LONGEST_TEXT - len(_CUT))].decode("utf-16-le", "ignore") + _CUT


_WRITERS: dict[Form, Callable[[Any, int, int, Any, dict[str, Any]], None]] = {
    "text": _write_text,
    "money": _write_money,
    "number": _write_number,
    "day": _write_day,
    "moment": _write_moment,
    "yes_no": _write_yes_no,
}
