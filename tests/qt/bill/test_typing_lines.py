"""Typing lines with the keyboard alone, into the real grid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from medbills_desktop.commands.lines import AddLines
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.records import Line
from medbills_desktop.qt.bill.line_cells import BY_NAME
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import cell, enter, go_to_cell, line, lines_of
from tests.support.keys import focus, pause, press, type_text
from tests.support.windows import settle


def test_a_line_is_typed_from_left_to_right_and_the_next_one_below_it(window: MainWindow) -> None:
    enter(window)
    press("Ctrl+K")
    type_text("10/17/2025")
    press("Tab")
    type_text("A4215")
    press("Tab")
    type_text("NEEDLE")
    press("Return")
    type_text("2")
    press("Tab")
    type_text("1.50")
    press("Tab")
    type_text("3")
    press("Return")
    type_text("10/18/2025")
    press("Tab", "Tab")
    type_text("SYRINGE")
    press("Return")
    first, second = lines_of(window)
    assert (first.date, first.code, first.description) == (Moment(date(2025, 10, 17)), "A4215", "NEEDLE")
    assert (first.units, first.unit_price, first.charge) == (Decimal(2), 150, 300)
    assert (second.date, second.description, second.charge) == (Moment(date(2025, 10, 18)), "SYRINGE", None)


def test_a_cell_that_reads_like_the_one_before_it_is_kept_too(window: MainWindow) -> None:
    enter(window)
    go_to_cell(window, 0, "description")
    for text in ("NEEDLE", "40"):
        type_text(text)
        press("Tab")
    go_to_cell(window, 0, "unit_price")
    type_text("40.00")
    press("Tab")
    type_text("40.00")
    press("Tab")
    (kept,) = lines_of(window)
    assert (kept.units, kept.unit_price, kept.charge) == (Decimal(40), 4000, 4000)


def test_a_list_of_offers_that_closes_does_not_carry_the_cursor_a_cell_too_far(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 1, "description")
    type_text("Supply 1")
    window.activateWindow()
    press("Tab")
    grid = window.bills.bill.lines.grid
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, BY_NAME["units"])


def test_cells_typed_before_the_description_come_along_with_it(window: MainWindow) -> None:
    enter(window)
    go_to_cell(window, 0, "charge")
    type_text("12.30")
    press("Return")
    assert lines_of(window) == []
    assert window.bills.bill.lines.problem.startswith("This line needs what the bill says.")
    type_text("WRIST XRAY")
    press("Return")
    (kept,) = lines_of(window)
    assert (kept.description, kept.charge) == ("WRIST XRAY", 1230)
    assert window.bills.bill.lines.problem == ""


def test_after_the_description_the_cursor_goes_on_in_the_same_line(window: MainWindow) -> None:
    enter(window)
    go_to_cell(window, 0, "description")
    type_text("NEEDLE")
    press("Tab")
    grid = window.bills.bill.lines.grid
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (0, BY_NAME["units"])
    assert grid.lines_model.rowCount() == 2


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (("Shift+Tab",), (0, "code")),
        (("Shift+Return",), (0, "code")),
        (("Down",), (1, "description")),
        (("Tab",), (0, "units")),
        (("Tab", "Tab", "Tab", "Tab"), (1, "date")),
    ],
)
def test_keys_lead_from_cell_to_cell(window: MainWindow, keys: tuple[str, ...], expected: tuple[int, str]) -> None:
    enter(window, count=3)
    go_to_cell(window, 0, "description")
    press(*keys)
    index = window.bills.bill.lines.grid.currentIndex()
    assert (index.row(), index.column()) == (expected[0], BY_NAME[expected[1]])


def test_arrows_up_and_down_leave_an_editor_and_keep_what_was_typed(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "charge")
    type_text("7.25")
    press("Down")
    type_text("8.50")
    press("Up")
    assert [kept.charge for kept in lines_of(window)] == [725, 850]
    assert window.bills.bill.lines.grid.currentIndex().row() == 0


@pytest.mark.parametrize(
    ("name", "typed", "says", "key"),
    [
        ("charge", "12,34", "can't be read as a dollar amount", "Return"),
        ("charge", "1.234,50", "can't be read as a dollar amount", "Tab"),
        ("charge", "1E20", "can't be read as a dollar amount", "Shift+Tab"),
        ("date", "13/13/2025", "is not a day that exists", "Down"),
        ("date", "2/30/2025", "is not a day that exists", "Up"),
        ("units", "1E20", "can't be read as a number", "Return"),
        ("unit_price", "99999999999999", "is too large for an amount", "Shift+Return"),
    ],
)
def test_text_that_cannot_be_read_stays_in_the_open_editor(
    window: MainWindow, name: str, typed: str, says: str, key: str
) -> None:
    enter(window, count=2)
    before = lines_of(window)
    go_to_cell(window, 0, name)
    type_text(typed)
    press(key)
    editor = focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == typed
    assert says in window.bills.bill.lines.problem
    assert editor.accessibleDescription() == window.bills.bill.lines.problem
    assert lines_of(window) == before
    editor.clear()
    type_text("4/5/2025" if name == "date" else "5")
    assert window.bills.bill.lines.problem == ""
    press("Return")
    assert lines_of(window) != before


def test_escape_gives_the_old_value_back_and_takes_the_complaint_away(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "charge")
    type_text("12,34")
    press("Return", "Esc")
    assert cell(window, 0, "charge") == "$1.00"
    assert window.bills.bill.lines.problem == ""
    assert focus() is window.bills.bill.lines.grid


def test_a_text_left_by_mouse_is_shown_as_unread_until_it_is_put_right(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "charge")
    type_text("12,34")
    go_to_cell(window, 1, "date")
    grid = window.bills.bill.lines.grid
    assert cell(window, 0, "charge") == "12,34"
    assert "can't be read" in str(grid.lines_model.index(0, BY_NAME["charge"]).data(3))
    assert lines_of(window)[0].charge == 100
    go_to_cell(window, 0, "charge")
    press("F2", "Ctrl+A")
    type_text("12.34")
    press("Return")
    assert cell(window, 0, "charge") == "$12.34"
    assert lines_of(window)[0].charge == 1234


def test_what_the_bill_says_cannot_be_emptied(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "description")
    press("F2", "Ctrl+A", "Del", "Return")
    assert "What the bill says is needed" in window.bills.bill.lines.problem
    press("Esc")
    assert lines_of(window)[0].description == "Supply 1"


def test_undo_inside_an_editor_is_undo_of_the_text(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "description")
    press("F2", "End")
    type_text("xyz")
    press("Ctrl+Z")
    editor = focus()
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "Supply 1"
    assert len(lines_of(window)) == 1
    press("Esc", "Ctrl+Z")
    assert lines_of(window) == []


def test_undo_after_leaving_the_cell_takes_back_the_whole_edit(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 1, "description")
    type_text("NEW WORDS")
    press("Return", "Ctrl+Z")
    assert cell(window, 1, "description") == "Supply 2"
    index = window.bills.bill.lines.grid.currentIndex()
    assert (index.row(), index.column()) == (1, BY_NAME["units"])
    press("Ctrl+Shift+Z")
    assert cell(window, 1, "description") == "NEW WORDS"


def test_an_unchanged_cell_makes_no_undo_step(window: MainWindow) -> None:
    enter(window)
    window.session.desk.perform(
        AddLines(window.bills.bill.bill_id or 0, (line(1, date=Moment.from_text("2025-01-02T03:04:05")),))
    )
    before = window.session.desk.undo_label
    go_to_cell(window, 0, "date")
    press("F2", "Return")
    assert window.session.desk.undo_label == before
    assert lines_of(window)[0].date == Moment.from_text("2025-01-02T03:04:05")


def test_tab_leaves_the_grid_at_its_end_and_shift_tab_at_its_start(window: MainWindow) -> None:
    enter(window, count=1)
    grid = window.bills.bill.lines.grid
    go_to_cell(window, 1, "date")
    press("Tab")
    assert QApplication.focusWidget() is not grid
    go_to_cell(window, 0, "date")
    press("Shift+Tab")
    assert QApplication.focusWidget() is not grid


def test_codes_and_descriptions_of_earlier_lines_are_offered_and_never_a_figure(window: MainWindow) -> None:
    first = enter(window)
    earlier = Line(bill_id=0, code="A4215", description="Needle, stérile", unit_price=99, charge=990, unit="each")
    window.session.desk.perform(AddLines(first.id, (earlier,)))
    enter(window, "Other biller")
    go_to_cell(window, 0, "description")
    type_text("sterile")
    press("Down", "Return")
    (kept,) = lines_of(window)
    assert (kept.description, kept.code, kept.unit) == ("Needle, stérile", "A4215", "each")
    assert (kept.unit_price, kept.charge, kept.units) == (None, None, None)
    index = window.bills.bill.lines.grid.currentIndex()
    assert (index.row(), index.column()) == (0, BY_NAME["units"])


def test_a_code_that_is_taken_brings_its_description(window: MainWindow) -> None:
    first = enter(window)
    window.session.desk.perform(AddLines(first.id, (Line(bill_id=0, code="A4215", description="Needle"),)))
    enter(window, "Other biller")
    go_to_cell(window, 0, "code")
    type_text("a42")
    press("Down", "Tab")
    (kept,) = lines_of(window)
    assert (kept.code, kept.description) == ("A4215", "Needle")


def test_typing_something_else_than_what_is_offered_keeps_what_was_typed(window: MainWindow) -> None:
    first = enter(window)
    window.session.desk.perform(AddLines(first.id, (Line(bill_id=0, code="A4215", description="Needle"),)))
    enter(window, "Other biller")
    go_to_cell(window, 0, "description")
    type_text("Nee")
    press("Return")
    assert lines_of(window)[0].description == "Nee"
    assert lines_of(window)[0].code is None


def test_cells_of_an_unfinished_line_are_there_after_looking_at_another_bill(window: MainWindow) -> None:
    first = enter(window)
    go_to_cell(window, 0, "charge")
    type_text("12.30")
    press("Tab")
    go_to_cell(window, 0, "date")
    type_text("13/13/2025")
    enter(window, "Other biller", count=2)
    assert cell(window, 2, "charge") == ""
    window.bills.show_bill(first.id)
    settle(window)
    assert cell(window, 0, "charge") == "$12.30"
    assert cell(window, 0, "date") == "13/13/2025"


def test_an_open_editor_is_kept_as_a_draft_within_a_second(window: MainWindow) -> None:
    bill = enter(window, count=1)
    go_to_cell(window, 1, "description")
    type_text("HALF A WO")
    pause(0.9)
    body = window.session.read(lambda reader: reader.scalar("SELECT body FROM draft WHERE key = ?", f"lines:{bill.id}"))
    assert "HALF A WO" in str(body)
    press("Return")
    pause(0.9)
    assert window.session.read(lambda reader: reader.scalar("SELECT count(*) FROM draft")) == 0


def test_the_mark_is_chosen_from_a_list_too(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "mark")
    press("F2")
    pause(0.05)
    combo = window.bills.bill.lines.grid.findChild(QComboBox)
    assert combo is not None
    press("Down", "Return")
    assert lines_of(window)[0].mark == "ok"
