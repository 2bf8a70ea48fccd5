"""A case as a folder of CSV files, one for each kind of record, safe to open in any spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import decimal_text
from medbills_desktop.exchange.tables import TABLE_NAMES, Cell, Form, Table, tables_of
from medbills_desktop.exchange.whole_files import whole_file, whole_folder

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet may run a text that begins so as a formula; an apostrophe before it keeps it a text (OWASP's list)."""


def write_csv_folder(case: Case, out: Path) -> tuple[str, ...]:
    """Write the tables of a case as CSV files (UTF-8 with byte-order mark, RFC 4180); gives the names of the files.

    An earlier folder of such files is replaced when the new one is whole; a folder with anything else in it is refused
    with a `UserError`. Amounts are plain decimal numbers, dates are `YYYY-MM-DD`.
    """
    made: list[str] = []
    with whole_folder(out, is_ours) as folder:
        for table in tables_of(case):
            name = f"{table.name}.csv"
            _write_table(table, folder / name)
            made.append(name)
    return tuple(made)


def write_csv_file(table: Table, out: Path) -> None:
    """Write one table as a CSV file, as those of the folder are. Raises `UserError` where the target can't be used."""
    with whole_file(out) as aside:
        _write_table(table, aside)


def _write_table(table: Table, out: Path) -> None:
    with out.open("x", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(column.heading for column in table.columns)
        forms = [column.form for column in table.columns]
        for row in table.rows():
            writer.writerow(cell_text(form, cell) for form, cell in zip(forms, row, strict=True))


def is_ours(name: str) -> bool:
    """Whether a file in an export folder is one of those that an export makes."""
    return name.endswith(".csv") and name.removesuffix(".csv") in TABLE_NAMES


def cell_text(form: Form, cell: Cell) -> str:
    """One cell as it stands in the file; empty where it is not known."""
    return "" if cell is None else _TEXTS[form](cell)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(RISKY_STARTS) else text


def _number(value: Any) -> str:
    return format(value, "f") if not isinstance(value, int) else str(value)


def _moment(moment: Moment) -> str:
    return moment.text().replace("T", " ")


_TEXTS: dict[Form, Callable[[Any], str]] = {
    "text": _guarded,
    "money": decimal_text,
    "number": _number,
    "day": lambda day: day.isoformat(),
    "moment": _moment,
    "yes_no": lambda value: "yes" if value else "no",
}
