"""Rows from a spreadsheet into the grid: all of them or none, and every fault by the number of its row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication

from medbills_desktop.domain.dates import Moment
from medbills_desktop.qt.bill.line_paste import read_pasted
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import cell, enter, go_to_cell, lines_of
from tests.support.keys import press


def paste(window: MainWindow, text: str, row: int = 0, name: str = "date") -> None:
    go_to_cell(window, row, name)
    QGuiApplication.clipboard().setText(text)
    press("Ctrl+V")


def test_rows_without_titles_fill_the_columns_from_the_chosen_cell_on(window: MainWindow) -> None:
    enter(window)
    paste(window, "10/17/2025\tA4215\tNEEDLE\t6\t1.50\t9.00\n10/18/2025\t\tROOM\t1\t\t$1,200.00\n")
    first, second = lines_of(window)
    assert (first.date, first.code, first.units) == (Moment(date(2025, 10, 17)), "A4215", Decimal(6))
    assert (first.unit_price, first.charge) == (150, 900)
    assert (second.code, second.description, second.charge) == (None, "ROOM", 120_000)


def test_titles_name_the_columns_in_any_order_and_unknown_ones_are_left_out(window: MainWindow) -> None:
    enter(window)
    paste(window, "Amount\tDepartment\tDescription\tQty\n9.00\tER\tNEEDLE\t6\n1.00\tER\tCUP\t1\n", name="mark")
    assert [(each.description, each.units, each.charge) for each in lines_of(window)] == [
        ("NEEDLE", Decimal(6), 900),
        ("CUP", Decimal(1), 100),
    ]


def test_a_paste_goes_over_present_lines_and_beyond_them_as_one_step(window: MainWindow) -> None:
    enter(window, count=2)
    before = lines_of(window)
    paste(window, "FIRST\t1\nSECOND\t2\nTHIRD\t3\n", row=1, name="description")
    assert [(each.description, each.units) for each in lines_of(window)] == [
        ("Supply 1", None),
        ("FIRST", Decimal(1)),
        ("SECOND", Decimal(2)),
        ("THIRD", Decimal(3)),
    ]
    assert lines_of(window)[1].charge == 200
    assert window.session.desk.undo_label == "Paste 3 rows"
    press("Ctrl+Z")
    assert lines_of(window) == before
    press("Ctrl+Shift+Z")
    assert len(lines_of(window)) == 4


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (
            "Description\tCharge\nNEEDLE\t12,34\nCUP\t1.00\nROOM\t1.234,50\n",
            ["Row 2: Charge: “12,34”", "Row 4: Charge:"],
        ),
        ("NEEDLE\t6\t1.50\nCUP\nROOM\t1\n", ["Row 2: it has 1 column, the others have 3", "Row 3: it has 2 columns"]),
        ("Code\tCharge\nA4215\t1.00\nA4216\t2.00\n", ["Row 2: what the bill says is missing", "Row 3: what the bill"]),
        ("Date\tDescription\n13/13/2025\tNEEDLE\n", ["Row 2: Date: “13/13/2025”"]),
    ],
)
def test_bad_rows_are_named_and_nothing_is_pasted(window: MainWindow, text: str, named: list[str]) -> None:
    enter(window)
    paste(window, text, name="description")
    said = window.bills.bill.lines.problem
    assert said.startswith("Nothing was pasted.")
    for sentence in named:
        assert sentence in said
    assert lines_of(window) == []
    paste(window, "NEEDLE", name="description")
    assert window.bills.bill.lines.problem == ""


def test_many_bad_rows_are_counted_after_the_first_ones(window: MainWindow) -> None:
    enter(window)
    paste(window, "\n".join(f"THING\t{number},1" for number in range(20)), name="description")
    assert "and 12 more rows." in window.bills.bill.lines.problem


def test_text_beyond_the_last_column_is_refused(window: MainWindow) -> None:
    enter(window)
    paste(window, "A\tB\tC\n", name="accepted")
    assert "more columns than there are" in window.bills.bill.lines.problem


def test_a_pasted_mark_disputes_the_charge_as_the_key_does(window: MainWindow) -> None:
    enter(window)
    paste(window, "Description\tCharge\tMy mark\nNEEDLE\t9.00\tTwice\nCUP\t1.00\tOK\n")
    first, second = lines_of(window)
    assert (first.mark, first.disputed) == ("duplicate", 900)
    assert (second.mark, second.accepted) == ("ok", 100)


def test_what_is_copied_can_be_pasted_back(window: MainWindow) -> None:
    enter(window, count=3)
    go_to_cell(window, 0, "date")
    press("Ctrl+A", "Ctrl+C")
    text = QGuiApplication.clipboard().text()
    assert text.splitlines()[0].split("\t")[1:3] == ["A4215", "Supply 1"]
    before = [(each.code, each.description, each.charge) for each in lines_of(window)]
    enter(window, "Other biller")
    paste(window, text)
    assert [(each.code, each.description, each.charge) for each in lines_of(window)] == before


def test_rows_are_pasted_where_one_is_inserting(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "description")
    press("Ctrl+Return")
    paste(window, "ONE\nTWO\n", row=1, name="description")
    assert [each.description for each in lines_of(window)] == ["Supply 1", "ONE", "TWO", "Supply 2"]
    shown = [cell(window, row, "description") for row in range(5)]
    assert shown == ["Supply 1", "ONE", "TWO", "", "Supply 2"], "the blank row waits below what came in, to go on there"
    paste(window, "THREE\n", row=3, name="description")
    press("Escape")
    assert [cell(window, row, "description") for row in range(5)] == ["Supply 1", "ONE", "TWO", "THREE", "Supply 2"]


def test_pasting_into_an_open_editor_is_pasting_text(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "description")
    QGuiApplication.clipboard().setText("WORDS\n")
    press("F2", "Ctrl+A", "Ctrl+V", "Return")
    assert lines_of(window)[0].description == "WORDS"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('6" tube\t1', ['6" tube']),
        ('"A ""B"" C"\t1', ['A "B" C']),
        ('"lone quote\t1\nnext\t2', ['"lone quote', "next"]),
        ("A\t1\r\nB\t2\r\n", ["A", "B"]),
        ("\n\nA\t1\n\n", ["A"]),
        ('"two\nlines"\t1', ["two\nlines"]),
    ],
)
def test_odd_text_of_spreadsheets_is_read_as_they_mean_it(text: str, expected: list[str]) -> None:
    pasted = read_pasted(text, 2)
    assert pasted.refused == ()
    assert [dict(row.values)["description"] for row in pasted.rows] == expected


def test_more_rows_than_anyone_pastes_are_refused() -> None:
    assert "more than 5,000 rows" in read_pasted("A\n" * 5001, 2).refused[0]
