"""Tables of codes as workbooks, and names of codes: made-up files in the published layouts."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from medbills_desktop.domain.errors import UserError
from medbills_desktop.exchange.code_table_files import TableHead, TableRows, cells_of, opened, read_head

NOTICE = "An invented notice of an invented owner."
PAIR_HEADINGS = [
    "Column 1",
    "Column 2",
    "*=in existence\nprior to 1996",
    "Effective\nDate",
    "Deletion\nDate",
    "Modifier",
]
LIMIT_HEADINGS = [
    "HCPCS/\nCPT Code",
    "Practitioner Services\nMUE Values",
    "MUE Adjudication Indicator",
    "MUE Rationale",
]
NAME_HEADINGS = ["HCPC", "SEQNUM", "RECID", "LONG DESCRIPTION", "SHORT DESCRIPTION", "PRICE1"]
NAMES = [
    ["A1", "00100", "7", "Made-up modifier", "Made-up mod"],
    ["A4215", "00100", "3", "Made-up thing, of which the name", "Made-up thing"],
    ["A4215", "00200", "4", "goes on below", ""],
    ["D0120", "00100", "3", "Made-up", ""],
    ["00000", "00100", "3", "Made-up", ""],
    ["W1234", "00100", "3", "Made-up", ""],
    ["G0101", "00100", "3", "Another made-up name", "Other"],
]


def workbook(path: Path, rows: list[list[Any]], sheet: str = "Table", before: tuple[str, ...] = ()) -> Path:
    """A file as spreadsheet programs write it, with the texts that cells share, and with its own library."""
    with xlsxwriter.Workbook(path) as book:
        for name in before:
            book.add_worksheet(name).write(0, 0, f"About {name}")
        into = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            into.write_row(at, 0, row)
    return path


def text(path: Path, rows: list[list[str]], separator: str = "\t") -> Path:
    path.write_bytes("\r\n".join(separator.join(row) for row in rows).encode("cp1252"))
    return path


def read(path: Path) -> tuple[TableHead, list[tuple[object, ...]], dict[int, str]]:
    head = read_head(path)
    with opened(path) as (stream, name, _size):
        rows = TableRows(head, cells_of(stream, name, head.sheet, max(head.columns) + 1))
        found = list(rows)
    assert rows.refused_count == len(rows.refused)
    return head, found, {one.number: one.reason for one in rows.refused}


def test_pairs_of_a_workbook_are_those_of_the_text_file(tmp_path: Path) -> None:
    rows = [
        [NOTICE],
        PAIR_HEADINGS,
        ["G0101", "Q0091", "", 20200101, "*", 0],
        ["G0101", "G0102", "", "20100101", 20151231, "1"],
    ]
    head, found, refused = read(workbook(tmp_path / "ccipra-v321r0-f1.xlsx", rows, before=("Read me",)))
    assert (head.kind, head.setting, head.sheet) == ("code_pairs", "practitioner", "Table")
    assert head.notice == f"About Read me\n{NOTICE}"
    assert found == [("G0101", "Q0091", "2020-01-01", "", 0), ("G0101", "G0102", "2010-01-01", "2015-12-31", 1)]
    assert refused == {}
    lines = [[str(cell).replace("\n", " ") for cell in row] for row in rows]
    assert read(text(tmp_path / "ccipra-v321r0-f1.txt", lines))[1] == found


def test_days_and_formulas_of_a_workbook_count_as_what_they_show(tmp_path: Path) -> None:
    path = tmp_path / "pairs.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, PAIR_HEADINGS)
        sheet.write_row(1, 0, ["G0101", "Q0091", ""])
        sheet.write_datetime(1, 3, date(2020, 1, 1), book.add_format({"num_format": "m/d/yyyy"}))
        sheet.write_formula(1, 5, "=2-1", None, 1)
        sheet.write_row(2, 0, ["G0101", "Q0092", "", 20200101, "*"])
        sheet.write_formula(2, 5, "=2-1", None, "")
    _head, found, refused = read(path)
    assert found == [("G0101", "Q0091", "2020-01-01", "", 1)]
    assert list(refused) == [3]


def test_limits_of_a_workbook_are_read(tmp_path: Path) -> None:
    rows = [
        [NOTICE],
        LIMIT_HEADINGS,
        ["G0101", 1, "2 Date of Service Edit: Policy"],
        ["Q0091", 0.0, "1 Line Edit"],
        ["Q0092", 1.5, ""],
    ]
    head, found, refused = read(workbook(tmp_path / "MCR_MUE_PractitionerServices_Eff_04-01-2026.xlsx", rows))
    assert (head.kind, head.setting, head.effective, head.asks) == (
        "unit_limits",
        "practitioner",
        date(2026, 4, 1),
        True,
    )
    assert found == [("G0101", 1, "2 Date of Service Edit: Policy"), ("Q0091", 0, "1 Line Edit")]
    assert refused == {5: "“1.5” is no number of units"}


@pytest.mark.parametrize("kind", ["xlsx", "txt", "csv"])
def test_names_are_taken_of_level_ii_codes_only_and_joined(tmp_path: Path, kind: str) -> None:
    rows = [["Made-up title"], NAME_HEADINGS, *NAMES]
    path = tmp_path / f"HCPC2026_JAN_ANWEB.{kind}"
    if kind == "xlsx":
        workbook(path, rows)
    else:
        quoted = [[f'"{cell}"' if "," in cell else cell for cell in row] for row in rows]
        text(path, quoted, "," if kind == "csv" else "\t")
    head, found, refused = read(path)
    assert (head.kind, head.setting, head.release, head.asks) == ("code_names", "any", "January 2026", False)
    assert found == [
        ("A4215", "Made-up thing, of which the name goes on below", "Made-up thing"),
        ("G0101", "Another made-up name", "Other"),
    ]
    assert {number: reason.partition("”")[2].split(",")[0].split(";")[0] for number, reason in refused.items()} == {
        3: " is a modifier",
        6: " is a dental code",
        7: " is a CPT code",
        8: " has not the letter (A to V",
    }


@pytest.mark.parametrize(
    ("rows", "names", "refused"),
    [
        ([["A4215", "200", "4", "two", ""], ["A4215", "100", "3", "one", ""]], {"A4215": "one two"}, []),
        ([["A4215", "", "3", "one", ""], ["A4215", "", "4", "two", ""]], {"A4215": "one two"}, []),
        ([["A4215", "", "", "one", ""], ["A4215", "", "", "two", ""]], {"A4215": "one"}, [3]),
        ([["A4215", "100", "3", "one", ""], ["A4215", "200", "3", "two", ""]], {"A4215": "one"}, [3]),
        ([["A4215", "100", "3", "one", ""], ["A4215", "100", "4", "two", ""]], {"A4215": "one"}, [3]),
        ([["A4215", "200", "4", "two", ""]], {}, [2]),
        ([["a4215 ", "100", "3", "", "short"], ["G0101", "100", "3", "", ""]], {"A4215": "short"}, [3]),
        (
            [["A4215", "100", "3", "one", ""], ["G0101", "100", "3", "x", ""], ["A4215", "100", "3", "two", ""]],
            {"A4215": "one", "G0101": "x"},
            [4],
        ),
        (
            [["A4215", str(n), "3" if n == 1 else "4", "x", ""] for n in range(1, 63)],
            {"A4215": " ".join("x" * 60)},
            [62, 63],
        ),
    ],
)
def test_rows_that_go_on_are_joined_and_what_does_not_fit_is_refused(
    tmp_path: Path, rows: list[list[str]], names: dict[str, str], refused: list[int]
) -> None:
    _head, found, why = read(text(tmp_path / "names.txt", [NAME_HEADINGS, *rows]))
    assert {row[0]: row[1] for row in found} == names
    assert list(why) == refused


def test_a_csv_in_utf8_and_without_numbers_of_rows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_bytes("HCPCS Code,Long Description\r\nA4215,Größe\r\n".encode("utf-8-sig"))
    head, found, _refused = read(path)
    assert (head.release, found) == (None, [("A4215", "Größe", "")])


def test_of_a_zip_with_many_files_the_names_are_chosen(tmp_path: Path) -> None:
    book = workbook(tmp_path / "one.xlsx", [NAME_HEADINGS, *NAMES])
    other = workbook(tmp_path / "other.xlsx", [["no table"]])
    path = tmp_path / "names.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("HCPC2026_recordlayout.txt", "layout")
        archive.writestr("proc_notes.txt", "notes")
        archive.write(other, "HCPC2026_JAN_TRANS_ALL.xlsx")
        archive.write(book, "HCPC2026_JAN_ANWEB.xlsx")
    head, found, _refused = read(path)
    assert (head.release, len(found)) == ("January 2026", 2)
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(other, "a.xlsx")
        archive.write(book, "b.xlsx")
    with pytest.raises(UserError, match="2 workbooks"):
        read_head(path)


def remade(path: Path, part: str, change: Any) -> Path:
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 20) for n in range(1, 9))
    + b"]>"
)
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda data: data[: len(data) // 2]),
        (SHEET, lambda data: BOMB + data.partition(b"?>")[2].replace(b"<v>0</v>", b"<v>&a8;</v>", 1)),
        ("xl/sharedStrings.xml", lambda data: BOMB + data.partition(b"?>")[2].replace(b"Column 1", b"&a8;")),
        ("xl/sharedStrings.xml", lambda _data: b"<sst"),
        ("xl/workbook.xml", lambda _data: b""),
        ("[Content_Types].xml", lambda _data: b"<x/>"),
        (SHEET, lambda data: data.replace(b'r="2"', b'r="999999999"').replace(b'"A2"', b'"A999999999"')),
        ("xl/sharedStrings.xml", lambda data: data + b" " * (70 << 20)),
    ],
)
def test_a_damaged_or_hostile_workbook_is_refused_in_words(tmp_path: Path, part: str, change: Any) -> None:
    path = workbook(tmp_path / "pairs.xlsx", [PAIR_HEADINGS, ["G0101", "Q0091", "", 20200101, "*", 0]])
    assert len(read(path)[1]) == 1
    with pytest.raises(UserError) as told:
        read(remade(path, part, change))
    assert "“pairs.xlsx”" in told.value.what


@pytest.mark.parametrize("data", [b"", b"PK", b"HCPC\tLONG DESCRIPTION\nA4215\tx\n"])
def test_what_is_only_named_like_a_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    for name in ("names.xlsx", "names.xls"):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(UserError, match=r"names\.xls|old kind"):
            read_head(tmp_path / name)


def test_a_size_that_a_sheet_claims_wrongly_hides_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "names.xlsx", [NAME_HEADINGS, *NAMES])
    remade(path, SHEET, lambda data: data.replace(b'<dimension ref="A1:F8"/>', b'<dimension ref="A1"/>'))
    assert len(read(path)[1]) == 2


PEAK = """
import io, sys, tracemalloc
import openpyxl
from medbills_desktop.exchange.workbook_cells import sheet_rows

def peak(rows):
    stream = io.BytesIO()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Table")
    for number in range(rows):
        sheet.append([f"G{number % 9999:04d}", f"Q{number % 9999:04d}", None, 20200101, "*", 0, "Made up"])
    book.save(stream)
    stream.seek(0)
    tracemalloc.start()
    count = sum(1 for _ in sheet_rows(stream, "a.xlsx", "Table", 6))
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == rows
    return found

print(peak(2000), peak(20_000))
"""


def test_a_long_workbook_is_read_in_little_memory() -> None:
    """A row that is passed leaves at most the empty element that the reader keeps: far less than its texts.

    Measured in a process of its own: what else lives in one decides how long rubbish waits there to be collected.
    """
    done = subprocess.run(
        [sys.executable, "-c", PEAK],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    small, large = map(int, done.stdout.split())
    assert large - small < 18_000 * 150
