"""CSV files and workbooks say what the case says, and no text in them is ever run as a formula."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import cents_from_decimal_text
from medbills_desktop.domain.records import Line, Statement
from medbills_desktop.exchange.case_reading import read_case
from medbills_desktop.exchange.csv_writing import RISKY_STARTS, cell_text, write_csv_folder
from medbills_desktop.exchange.tables import tables_of
from medbills_desktop.exchange.xlsx_writing import LONGEST_TEXT, write_workbook
from tests.support.cases import cases

RISKY = '=HYPERLINK("http://example.invalid","x")'
TREE: dict[str, Any] = {
    "format": "medbills-case",
    "version": 1,
    "people": [{"id": "P1", "name": 'Núñez, "Pat"', "date_of_birth": "1899-12-30", "notes": "two\nlines"}],
    "organizations": [{"id": "H", "name": "Example Hospital", "kind": "hospital", "nonprofit": True}],
    "visits": [
        {"id": "V1", "person": "P1", "facility": "H", "start": "2025-01-02T14:05", "answers": {"days_present": 2}}
    ],
    "bills": [
        {
            "id": "B1",
            "biller": "H",
            "person": "P1",
            "visit": "V1",
            "account_number": "000123",
            "notes": RISKY,
            "statements": [{"id": "ST1", "date": "2025-02-01", "balance": "-1234.50", "total_charges": "0.00"}],
            "lines": [
                {
                    "id": "L1",
                    "description": "+Film",
                    "charge": "-4.05",
                    "units": "0.333",
                    "modifiers": ["RT", "59"],
                    "evidence": [{"document": "D1", "page": 2, "rect": [1, 2.5, 3, 4]}],
                }
            ],
        }
    ],
    "calls": [{"id": "CALL1", "started": "2025-02-03", "minutes": 12.5, "said": "x" * 40_000, "bills": ["B1"]}],
    "documents": [{"id": "D1", "file": "a.pdf", "links": [{"type": "line", "id": "L1"}]}],
}


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(json.dumps(TREE))


def csv_rows(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_the_csv_folder_has_a_file_for_each_kind_with_references_by_id_and_name(case: Case, tmp_path: Path) -> None:
    made = write_csv_folder(case, tmp_path / "out")
    assert sorted(made) == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert made[:6] == ("people.csv", "organizations.csv", "visits.csv", "bills.csv", "statements.csv", "lines.csv")
    (bill,) = csv_rows(tmp_path / "out" / "bills.csv")
    assert (bill["id"], bill["biller"], bill["biller_name"]) == ("B1", "H", "Example Hospital")
    assert (bill["visit"], bill["visit_name"]) == ("V1", "Jan 2, 2025 2:05 pm · Example Hospital")
    assert bill["account_number"] == "000123"
    assert bill["status"] == ""
    (line,) = csv_rows(tmp_path / "out" / "lines.csv")
    assert (line["bill"], line["bill_name"]) == ("B1", "Example Hospital · 000123")
    assert (line["charge"], line["units"], line["modifiers"]) == ("-4.05", "0.333", "RT; 59")
    (region,) = csv_rows(tmp_path / "out" / "evidence.csv")
    assert [region[key] for key in ("bill", "line", "document_name", "page", "rect")] == [
        "B1",
        "L1",
        "a.pdf",
        "2",
        "1; 2.5; 3; 4",
    ]
    (link,) = csv_rows(tmp_path / "out" / "document_links.csv")
    assert (link["document"], link["type"], link["id"], link["id_name"]) == ("D1", "line", "L1", "'+Film")


def test_csv_texts_that_a_spreadsheet_would_run_get_an_apostrophe_and_amounts_stay_numbers(
    case: Case, tmp_path: Path
) -> None:
    write_csv_folder(case, tmp_path / "out")
    (bill,) = csv_rows(tmp_path / "out" / "bills.csv")
    assert bill["notes"] == "'" + RISKY
    (statement,) = csv_rows(tmp_path / "out" / "statements.csv")
    assert (statement["balance"], statement["total_charges"], statement["due"]) == ("-1234.50", "0.00", "")
    (person,) = csv_rows(tmp_path / "out" / "people.csv")
    assert (person["name"], person["notes"]) == ('Núñez, "Pat"', "two\nlines")
    raw = (tmp_path / "out" / "people.csv").read_bytes()
    assert raw.endswith(b"\r\n")
    assert b'"N\xc3\xba\xc3\xb1ez, ""Pat"""' in raw


@pytest.mark.parametrize("start", RISKY_STARTS)
def test_every_risky_beginning_is_guarded_in_texts_only(start: str) -> None:
    assert cell_text("text", f"{start}1+1") == f"'{start}1+1"
    assert cell_text("money", -5) == "-0.05"
    assert cell_text("number", Decimal("-2.50")) == "-2.50"


def test_a_folder_with_other_files_is_left_alone(case: Case, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "diary.csv").write_text("mine")
    with pytest.raises(UserError, match="holds other files"):
        write_csv_folder(case, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["diary.csv"]


def sheet_rows(path: Path, name: str) -> Iterator[dict[str, Any]]:
    sheet = openpyxl.load_workbook(path)[name]
    rows = sheet.iter_rows()
    headings = [cell.value for cell in next(rows)]
    for row in rows:
        yield dict(zip(headings, row, strict=True))


def test_the_workbook_has_numbers_as_numbers_dates_as_dates_and_never_a_formula(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    names = write_workbook(case, path)
    assert names[:3] == ("People", "Organizations", "Visits")
    assert openpyxl.load_workbook(path).sheetnames == list(names)
    (bill,) = sheet_rows(path, "Bills")
    assert (bill["notes"].value, bill["notes"].data_type) == (RISKY, "s")
    assert (bill["account_number"].value, bill["account_number"].data_type) == ("000123", "s")
    (statement,) = sheet_rows(path, "Statements")
    assert (statement["balance"].value, statement["balance"].data_type) == (-1234.5, "n")
    assert "#,##0.00" in statement["balance"].number_format
    assert (statement["total_charges"].value, statement["due"].value) == (0, None)
    assert (statement["date"].value, statement["date"].is_date) == (datetime.fromisoformat("2025-02-01"), True)
    (visit,) = sheet_rows(path, "Visits")
    assert visit["start"].value == datetime.fromisoformat("2025-01-02T14:05")
    (person,) = sheet_rows(path, "People")
    assert person["date_of_birth"].value == "1899-12-30"
    (call,) = sheet_rows(path, "Calls")
    assert call["minutes"].value == 12.5
    assert len(call["said"].value) <= LONGEST_TEXT
    assert call["said"].value.endswith("holds no more]")
    (line,) = sheet_rows(path, "Lines")
    assert (line["description"].value, line["description"].data_type) == ("+Film", "s")
    assert line["units"].value == 0.333


def test_the_workbook_keeps_its_headings_in_sight_and_is_the_same_every_time(case: Case, tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_workbook(case, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["Lines"]
    assert sheet.freeze_panes == "A2"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.xlsx", "two.xlsx"]


def test_an_empty_case_still_makes_a_folder_and_a_workbook(tmp_path: Path) -> None:
    empty = read_case('{"format": "medbills-case", "version": 1}')
    assert write_csv_folder(empty, tmp_path / "out") == ("bills.csv",)
    assert write_workbook(empty, tmp_path / "out.xlsx") == ("Bills",)
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Bills"]["A1"].value == "id"


def _original(text: str) -> str:
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY_STARTS) else text


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases(), st.integers())
def test_the_csv_of_any_case_reads_back_to_what_the_case_says(tmp_path_factory: Any, case: Case, number: int) -> None:
    out = tmp_path_factory.mktemp("csv") / "out"
    write_csv_folder(case, out)
    for table in tables_of(case):
        assert len(csv_rows(out / f"{table.name}.csv")) == len(table.records)
    for line, row in zip(case.all(Line), csv_rows(out / "lines.csv") if case.all(Line) else [], strict=True):
        assert _original(row["description"]) == line.description or line.description.startswith("'")
        assert (Decimal(row["units"]) if row["units"] else None) == line.units
    for statement, row in zip(
        case.all(Statement), csv_rows(out / "statements.csv") if case.all(Statement) else [], strict=True
    ):
        assert date.fromisoformat(row["date"]) == statement.date
        assert (cents_from_decimal_text(row["balance"]) if row["balance"] else None) == statement.balance


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_the_workbook_of_any_case_opens_with_a_row_for_each_record(tmp_path_factory: Any, case: Case) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "out.xlsx"
    names = write_workbook(case, path)
    book = openpyxl.load_workbook(path)
    for name, table in zip(names, tables_of(case), strict=True):
        assert len(list(book[name].iter_rows(min_row=2, values_only=True))) == len(table.records)
        assert all(cell.data_type != "f" for row in book[name].iter_rows() for cell in row)
