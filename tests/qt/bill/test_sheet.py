"""Tables from spreadsheets: the columns that are guessed, the rows that are refused, and the dialog that shows both."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.bill.line_cells import BY_NAME, CELLS
from medbills_desktop.qt.bill.line_sheet import guess_columns, has_titles, read_lines, read_sheet, read_sheet_file
from medbills_desktop.qt.dialogs.sheet_dialog import SheetDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter, lines_of
from tests.support.keys import press
from tests.support.windows import settle, wait_for

TITLED = "Service date,HCPCS,Description,Qty,Amount\n10/17/2025,J1885,Injection,2,84.00\n,A4550,Tray,1,$142.00\n"
BARE = "10/17/25;A4215;Gauze, large;3.00;9.00\n10/18/25;A4216;Saline;5.00;10.00\n"


def names(text: str) -> list[str | None]:
    """The fields that the columns of a table are guessed to be."""
    return [None if one is None else CELLS[one].field.name for one in guess_columns(read_sheet(text))]


def test_titles_name_the_columns() -> None:
    assert has_titles(read_sheet(TITLED))
    assert names(TITLED) == ["date", "code", "description", "units", "charge"]


def test_without_titles_looks_decide_and_what_is_unsure_is_left_out() -> None:
    assert not has_titles(read_sheet(BARE))
    assert names(BARE) == ["date", "code", "description", None, "charge"]


def test_a_title_that_stands_twice_names_one_column() -> None:
    assert names("Description\tAmount\tAmount\nGauze\t1.00\t2.00\n") == ["description", "charge", None]


@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
def test_every_usual_delimiter_is_known(delimiter: str) -> None:
    sheet = read_sheet(delimiter.join(("Gauze", "1.00")) + "\n" + delimiter.join(("Tape", "2.00")))
    assert sheet.rows == (("Gauze", "1.00"), ("Tape", "2.00"))


def test_refused_rows_are_named_with_their_number_in_the_file() -> None:
    sheet = read_sheet("Description,Amount\nGauze,1.00\n\nTape,1.2.3\n,4.00\n")
    read = read_lines(sheet, guess_columns(sheet), titles=True)
    assert [row.number for row in read.rows] == [2]
    assert [one.split(":")[0] for one in read.refused] == ["Row 4", "Row 5"]
    assert "1.2.3" in read.refused[0]


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"PK\x03\x04rest", "not a CSV"), (b"", "no table"), (b"\n\n", "no table"), (b"a,b\n" * 5001, "5,000 rows")],
)
def test_files_that_are_no_table_are_refused_in_words(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(UserError, match=said):
        read_sheet_file(path)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="can't be read"):
        read_sheet_file(tmp_path / "gone.csv")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("Description,Amount\nRöntgen – año,1.00\n".encode(encoding))
    assert read_sheet_file(path).rows[1] == ("Röntgen – año", "1.00")


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        sheet = read_sheet(text)
    except UserError:
        return
    read = read_lines(sheet, guess_columns(sheet), has_titles(sheet))
    assert len(read.rows) + len(read.refused) == len(sheet.rows) - has_titles(sheet)


def open_dialog(window: MainWindow, text: str) -> SheetDialog:
    """The dialog, opened by its shortcut with a table on the clipboard."""
    QGuiApplication.clipboard().setText(text)
    press("Ctrl+Shift+L")
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), SheetDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, SheetDialog)
    return dialog


def test_a_table_on_the_clipboard_becomes_lines_in_one_step(window: MainWindow) -> None:
    enter(window)
    dialog = open_dialog(window, TITLED)
    assert dialog.add.text() == "&Add 2 lines"
    dialog.add.click()
    settle(window)
    first, second = lines_of(window)
    assert (first.code, first.description, str(first.units), first.charge) == ("J1885", "Injection", "2", 8400)
    assert (second.date, second.charge) == (None, 14200)
    assert window.session.desk.undo_label == "Add 2 lines"
    window.session.desk.undo()
    settle(window)
    assert lines_of(window) == []


def test_nothing_is_added_while_a_row_is_refused_unless_it_is_left_out(window: MainWindow) -> None:
    enter(window)
    dialog = open_dialog(window, "Description\tAmount\nGauze\t1.00\nTape\tmuch\n")
    assert not dialog.add.isEnabled()
    assert "Row 3" in dialog.problem.text()
    dialog.leave_out.setChecked(True)
    dialog.add.click()
    settle(window)
    assert [line.description for line in lines_of(window)] == ["Gauze"]


def test_a_column_is_said_anew_and_never_twice(window: MainWindow) -> None:
    enter(window)
    dialog = open_dialog(window, BARE)
    units = dialog.choices[3]
    units.setCurrentIndex(BY_NAME["charge"] + 1)
    units.activated.emit(units.currentIndex())
    assert not dialog.add.isEnabled()
    assert "Charge" in dialog.problem.text()
    units.setCurrentIndex(BY_NAME["units"] + 1)
    units.activated.emit(units.currentIndex())
    dialog.add.click()
    settle(window)
    assert [str(line.units) for line in lines_of(window)] == ["3.00", "5.00"]


def test_cancel_keeps_nothing(window: MainWindow) -> None:
    enter(window)
    dialog = open_dialog(window, TITLED)
    dialog.reject()
    settle(window)
    assert lines_of(window) == []
