"""Files with tables of codes, as they are published: which layout one has, its notice, and its rows as a stream.

Layouts (columns are found by their headings, which may hold line breaks or run over several lines): pairs of codes as
NCCI publishes them, unit limits as MUE publishes them, names of codes as HCPCS Level II has them. Each may be text with
tabs, CSV or a workbook; texts are cp1252 (or UTF-8 that says so), with notices above the headings. A zip is read where
it is clear which file in it is meant.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, BinaryIO, cast

from medbills_desktop.domain.codes import normal_form
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records.loaded_tables import TableKind, TableSetting
from medbills_desktop.exchange.code_name_rows import name_columns, name_release, name_rows
from medbills_desktop.exchange.workbook_cells import LARGEST_SHEET, MOST_COLUMNS, sheet_names, sheet_rows

MOST_HEAD = 80
"""Rows in which the headings must stand."""
HEADING_LINES = 8
"""Rows below the first heading that may go on with it."""
LONGEST_NOTICE = 20_000
LARGEST_CELL = 100_000

_CODE = re.compile(r"[0-9A-Z]{5}", re.ASCII)
_SETTINGS: tuple[tuple[str, TableSetting], ...] = (
    ("practitioner", "practitioner"),
    ("outpatient", "outpatient_hospital"),
    ("dme", "equipment"),
    ("ccipra", "practitioner"),
    ("ccioph", "outpatient_hospital"),
)
_VERSION = re.compile(r"v(\d\d)(\d)r(\d)", re.IGNORECASE)
_FROM_DAY = re.compile(r"eff\w*[_ -]+(\d{1,2})[-_](\d{1,2})[-_](\d{4})", re.IGNORECASE)
_FIRST_YEAR = 1994
"""Version 32.1 is that of the second quarter of 2026."""

Row = tuple[object, ...]
_Found = tuple[TableKind, tuple[int, ...], TableSetting | None]


@dataclass(frozen=True, slots=True)
class TableHead:
    """What stands above the rows. `setting` is `None` where neither headings nor name say whose bills it is for."""

    kind: TableKind
    setting: TableSetting | None
    release: str | None
    effective: Day | None
    notice: str | None
    columns: tuple[int, ...]
    first_row: int
    sheet: str | None = None
    """The sheet of a workbook on which the table stands."""

    @property
    def asks(self) -> bool:
        """Whether the user has to say that he may use the table: the names of HCPCS Level II are free for all."""
        return self.kind != "code_names"


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that can't be read, by its number in the file (counted from 1), and why."""

    number: int
    reason: str


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, str, int]]:
    """The bytes of a table's file, its name, and its size; of a zip those of the one in it that is meant."""
    try:
        if zipfile.is_zipfile(path) and not _is_workbook(path.name):
            with zipfile.ZipFile(path) as archive:
                member = _meant(archive, path.name)
                with archive.open(member) as stream:
                    if _is_workbook(member.filename):
                        with _aside(stream, member) as whole:
                            yield whole, member.filename, member.file_size
                    else:
                        yield io.BufferedReader(stream), member.filename, member.file_size  # type: ignore[type-var]
        else:
            with path.open("rb") as stream:
                yield stream, path.name, path.stat().st_size
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
        raise UserError(f"“{path.name}” can't be read.", "Check that the file is whole and still there.") from error


def _meant(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The one text file; else the one workbook of names of codes, or the one workbook."""
    texts = [one for one in archive.infolist() if one.filename.casefold().endswith((".txt", ".csv"))]
    books = [one for one in archive.infolist() if _is_workbook(one.filename)]
    names = [one for one in books if name_release(one.filename)]
    for found in (names, texts, books):
        if len(found) == 1:
            return found[0]
    raise UserError(
        f"“{name}” holds {len(texts)} text files and {len(books)} workbooks.",
        "Unpack it and choose the one with the table.",
    )


@contextmanager
def _aside(stream: IO[bytes], member: zipfile.ZipInfo) -> Iterator[BinaryIO]:
    """A workbook of a zip as a file without a name, since it is read from its end; it goes with its last reader."""
    if member.file_size > LARGEST_SHEET:
        raise UserError(f"“{member.filename}” is too large a workbook.", "Choose the text file of the same table.")
    with tempfile.TemporaryFile() as whole:
        shutil.copyfileobj(stream, whole)
        whole.seek(0)
        yield cast("BinaryIO", whole)


def _is_workbook(name: str) -> bool:
    return name.casefold().endswith((".xlsx", ".xlsm"))


def cells_of(stream: BinaryIO, name: str, sheet: str | None = None, width: int = MOST_COLUMNS) -> Iterator[list[str]]:
    """The rows of a file as texts: of a sheet where one is named, else commas for `.csv` and tabs for others.

    `width` is how many columns of a sheet are read. Raises `UserError` for what is no table.
    """
    return _text_cells(stream, name) if sheet is None else sheet_rows(stream, name, sheet, width)


def _text_cells(stream: BinaryIO, name: str) -> Iterator[list[str]]:
    begins = stream.peek(3) if isinstance(stream, io.BufferedReader) else b""
    encoding = "utf-8-sig" if begins.startswith(b"\xef\xbb\xbf") else "cp1252"
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    separated = (
        csv.reader(text)
        if name.casefold().endswith(".csv")
        else csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE)
    )
    try:
        yield from separated
    except csv.Error as error:
        raise UserError(f"“{name}” is no table of text.", "Choose the text or CSV file of the table.") from error
    finally:
        text.detach()


def read_head(path: Path) -> TableHead:
    """What a file is; raises `UserError` where it has no layout that is known here. Only its beginning is read."""
    if path.suffix.casefold() == ".xls":
        raise UserError(
            "Workbooks of the old kind (.xls) can't be read.", "Choose the text, CSV or .xlsx file of the same table."
        )
    with opened(path) as (stream, name, _size):
        above: list[str] = []
        for sheet in sheet_names(stream, name) if _is_workbook(name) else [None]:
            for number, cells in enumerate(islice(cells_of(stream, name, sheet), MOST_HEAD), 1):
                found = _headings(cells)
                if found:
                    return _head(found, f"{path.name} {name}", above, number + 1, sheet)
                above.append(" ".join(cell.strip() for cell in cells if cell.strip())[:LARGEST_CELL])
    raise UserError(
        f"“{path.name}” has no headings of a table that is known here.",
        "Choose a file of code pairs (NCCI), of unit limits (MUE) or of names of codes (HCPCS Level II).",
    )


def _head(found: _Found, names: str, above: list[str], first_row: int, sheet: str | None) -> TableHead:
    kind, columns, setting = found
    notice = "\n".join(above).strip()[:LONGEST_NOTICE] or None
    if kind == "code_names":
        return TableHead(kind, "any", name_release(names), None, notice, columns, first_row, sheet)
    whose = setting or _setting(names)
    return TableHead(kind, whose, _release(names), _effective(names), notice, columns, first_row, sheet)


class TableRows:
    """The rows of a file, one by one; those that can't be read are in `refused` once all were taken."""

    def __init__(self, head: TableHead, cells: Iterator[list[str]], most_refused: int = 1000) -> None:
        self._head = head
        self._cells = cells
        self._most = most_refused
        self.refused: list[RefusedRow] = []
        self.refused_count = 0

    def __iter__(self) -> Iterator[Row]:
        if self._head.kind == "code_names":
            return name_rows(self._below_headings(), self._head.columns, self._refuse)
        return self._pairs_or_limits()

    def _below_headings(self) -> Iterator[tuple[int, list[str]]]:
        for number, cells in enumerate(self._cells, 1):
            if number >= self._head.first_row and any(cell.strip() for cell in cells):
                yield number, cells

    def _pairs_or_limits(self) -> Iterator[Row]:
        read = _pair if self._head.kind == "code_pairs" else _limit
        began = False
        for number, cells in self._below_headings():
            try:
                row = read(cells, self._head.columns)
            except ValueError as error:
                if began or number > self._head.first_row + HEADING_LINES or _begins(cells, self._head.columns):
                    self._refuse(number, str(error))
                continue
            began = True
            yield row

    def _refuse(self, number: int, reason: str) -> None:
        self.refused_count += 1
        if len(self.refused) < self._most:
            self.refused.append(RefusedRow(number, reason))


def _begins(cells: list[str], columns: tuple[int, ...]) -> bool:
    """Whether a row begins with a code, so that it is a row and no further line of the headings."""
    return columns[0] < len(cells) and _CODE.fullmatch(normal_form(cells[columns[0]])) is not None


def _headings(cells: list[str]) -> _Found | None:
    named = ["".join(cell.casefold().split()) for cell in cells]

    def place(beginning: str) -> int | None:
        return next((at for at, name in enumerate(named) if name.startswith(beginning)), None)

    pair = [place(name) for name in ("column1", "column2", "effective", "deletion", "modifier")]
    if len(cells) > 2 and None not in pair:
        return "code_pairs", tuple(at for at in pair if at is not None), None
    code = place("hcpcs/cpt")
    most = next((at for at, name in enumerate(named) if name.endswith("muevalues")), None)
    per = place("mueadjudication")
    if code is not None and most is not None and per is not None:
        return "unit_limits", (code, most, per), _setting(named[most])
    names = name_columns(named)
    return ("code_names", names, None) if names else None


def _setting(text: str) -> TableSetting | None:
    return next((setting for word, setting in _SETTINGS if word in text.casefold()), None)


def _release(names: str) -> str | None:
    if found := _VERSION.search(names):
        year, quarter = _FIRST_YEAR + int(found[1]), int(found[2]) + 1
        return f"version {found[1]}.{found[2]} ({year}, quarter {quarter})" if quarter <= 4 else found[0]
    day = _effective(names)
    return f"from {day.month}/{day.day}/{day.year}" if day else None


def _effective(names: str) -> Day | None:
    found = _FROM_DAY.search(names)
    try:
        return date(int(found[3]), int(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


def _pair(cells: list[str], columns: tuple[int, ...]) -> Row:
    if len(cells) <= max(columns):
        raise ValueError(f"it has {len(cells)} cells, which is too few")
    first, second, effective, deleted, indicator = (cells[at].strip() for at in columns)
    if indicator not in ("0", "1", "9"):
        raise ValueError(f"“{indicator[:20]}” is no modifier indicator (0, 1 or 9)")
    return _code(first), _code(second), _day_text(effective), _day_text(deleted), int(indicator)


def _limit(cells: list[str], columns: tuple[int, ...]) -> Row:
    if len(cells) <= max(columns):
        raise ValueError(f"it has {len(cells)} cells, which is too few")
    code, most, per = (cells[at].strip() for at in columns)
    if not re.fullmatch(r"[0-9]{1,6}", most):
        raise ValueError(f"“{most[:20]}” is no number of units")
    return _code(code), int(most), per[:200]


# The same few thousand codes and days stand in millions of rows.
@lru_cache(maxsize=65536)
def _code(text: str) -> str:
    code = normal_form(text)
    if not _CODE.fullmatch(code):
        raise ValueError(f"“{text[:20]}” has not the five digits or letters of a code")
    return code


@lru_cache(maxsize=4096)
def _day_text(text: str) -> str:
    """A day as the files write it (20260401) in the form of the library; empty for none (`*`)."""
    if text in ("", "*"):
        return ""
    try:
        if not re.fullmatch(r"[0-9]{8}", text):
            raise ValueError
        return date(int(text[:4]), int(text[4:6]), int(text[6:])).isoformat()
    except ValueError:
        raise ValueError(f"“{text[:20]}” is no day (such as 20260401)") from None
