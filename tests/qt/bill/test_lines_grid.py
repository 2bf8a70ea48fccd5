"""Marks, inserting, removing, undo and pace of the lines grid."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from medbills_desktop.commands.lines import AddLines, MarkLines, RemoveLines
from medbills_desktop.qt.bill.line_cells import BY_NAME, CELLS, MARK_KEYS
from medbills_desktop.qt.row_steps import row_steps
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import cell, enter, go_to_cell, line, lines_of
from tests.support.keys import press, type_text


def totals(window: MainWindow) -> list[str]:
    return [
        found.text()
        for found in window.bills.bill.lines.findChildren(QLabel)
        if "$" in found.text() or found.text() == "–"
    ]


@pytest.mark.parametrize("key", sorted(MARK_KEYS))
def test_every_mark_has_a_key_in_its_column_and_with_alt_anywhere(window: MainWindow, key: str) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "mark")
    press(key)
    go_to_cell(window, 1, "description")
    press(f"Alt+{key}")
    assert [kept.mark for kept in lines_of(window)] == [MARK_KEYS[key]] * 2


def test_several_lines_are_marked_as_one_step(window: MainWindow) -> None:
    enter(window, count=4)
    go_to_cell(window, 1, "description")
    press("Shift+Down", "Alt+N")
    assert [kept.mark for kept in lines_of(window)] == [None, "not_received", "not_received", None]
    assert window.session.desk.undo_label == "Mark 2 lines"
    press("Ctrl+Z")
    assert [kept.mark for kept in lines_of(window)] == [None] * 4


def test_totals_follow_every_change(window: MainWindow) -> None:
    enter(window, count=3)
    go_to_cell(window, 0, "mark")
    press("N", "Down", "O")
    assert totals(window) == ["$6.00 charged", "$1.00", "$2.00"]
    go_to_cell(window, 0, "charge")
    type_text("5")
    press("Return")
    assert totals(window) == ["$10.00 charged", "$5.00", "$2.00"]
    press("Ctrl+Z", "Ctrl+Z")
    assert totals(window) == ["$6.00 charged", "$1.00", "–"]
    go_to_cell(window, 2, "date")
    press("Ctrl+Del")
    assert totals(window) == ["$3.00 charged", "$1.00", "–"]


def test_a_line_is_inserted_below_and_above_the_current_one(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "description")
    press("Ctrl+Return", "Tab", "Tab")
    type_text("BETWEEN")
    press("Return")
    assert [kept.description for kept in lines_of(window)] == ["Supply 1", "BETWEEN", "Supply 2"]
    go_to_cell(window, 0, "description")
    press("Ctrl+Shift+Return", "Tab", "Tab")
    type_text("FIRST")
    press("Return")
    assert [kept.description for kept in lines_of(window)] == ["FIRST", "Supply 1", "BETWEEN", "Supply 2"]


def test_the_next_line_follows_the_inserted_one_until_escape(window: MainWindow) -> None:
    enter(window, count=2)
    grid = window.bills.bill.lines.grid
    go_to_cell(window, 0, "charge")
    press("Ctrl+Return")
    for name in ("ONE", "TWO"):
        go_to_cell(window, grid.lines_model.blank_row, "description")
        type_text(name)
        press("Return")
    assert [kept.description for kept in lines_of(window)] == ["Supply 1", "ONE", "TWO", "Supply 2"]
    assert grid.lines_model.blank_row == 3
    press("Esc")
    assert grid.lines_model.blank_row == 4


def test_delete_clears_cells_but_never_what_the_bill_says(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "code")
    press("Shift+Right", "Shift+Down", "Del")
    assert [(kept.code, kept.description) for kept in lines_of(window)] == [(None, "Supply 1"), (None, "Supply 2")]
    assert window.session.desk.undo_label == "Edit 2 lines"


def test_delete_on_whole_lines_removes_them_and_undo_brings_them_back(window: MainWindow) -> None:
    enter(window, count=3)
    before = lines_of(window)
    go_to_cell(window, 0, "date")
    window.bills.bill.lines.grid.select_row(0)
    press("Del")
    assert [kept.description for kept in lines_of(window)] == ["Supply 2", "Supply 3"]
    press("Ctrl+Z")
    assert lines_of(window) == before


def test_undo_and_redo_keep_the_current_line_and_never_leave_a_dead_row(window: MainWindow) -> None:
    bill = enter(window, count=5)
    grid, desk = window.bills.bill.lines.grid, window.session.desk
    go_to_cell(window, 3, "charge")
    wanted = lines_of(window)[3].id
    desk.perform(RemoveLines((lines_of(window)[0].id,)))
    desk.perform(AddLines(bill.id, (line(9),)))
    desk.perform(MarkLines((wanted,), "ok"))
    for act in ("Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z", "Ctrl+Shift+Z"):
        press(act)
        assert grid.lines_model.id_at(grid.currentIndex().row()) == wanted
        assert grid.currentIndex().column() == BY_NAME["charge"]
        assert [shown.id for shown in grid.lines_model.lines] == [kept.id for kept in lines_of(window)]
        assert grid.lines_model.rowCount() == len(lines_of(window)) + 1


def test_the_context_menu_offers_what_the_keys_do(window: MainWindow) -> None:
    enter(window, count=1)
    go_to_cell(window, 0, "date")
    grid = window.bills.bill.lines.grid
    grid.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(4, 4), QPoint(200, 200)))
    menu = next(found for found in grid.findChildren(QMenu) if found.isVisible())
    texts = [action.text().replace("&", "") for action in menu.actions() if action.text()]
    assert texts == [
        "Insert a line below",
        "Insert a line above",
        "Copy cells",
        "Paste rows",
        "Clear cells",
        "Remove lines",
        "Mark",
    ]
    menu.close()


def test_three_thousand_lines_stay_quick(window: MainWindow) -> None:
    bill = enter(window)
    window.session.desk.perform(AddLines(bill.id, tuple(line(number) for number in range(1, 3001))))
    go_to_cell(window, 1500, "charge")
    QApplication.processEvents()
    for act in (lambda: (type_text("7.00"), press("Return")), lambda: press("Alt+N"), lambda: press("Ctrl+Z")):
        began = time.process_time()
        act()
        assert time.process_time() - began < 0.35, "typing in a long bill takes too long"


def test_the_grid_says_each_cell_to_a_screen_reader(window: MainWindow) -> None:
    enter(window, count=1)
    model = window.bills.bill.lines.grid.lines_model
    spoken = [str(model.index(row, number).data(11)) for row in (0, 1) for number in range(len(CELLS))]
    assert "Charge: $1.00" in spoken
    assert "Units: not known" in spoken
    assert "Charge, new line" in spoken


ids = st.lists(st.integers(1, 12), max_size=9, unique=True)


@given(ids, ids, st.integers(0, 9), st.integers(0, 9))
def test_the_steps_between_two_lists_lead_from_one_to_the_other(
    old: list[int], new: list[int], old_blank: int, new_blank: int
) -> None:
    old = [*old[:old_blank], 0, *old[old_blank:]]
    new = [*new[:new_blank], 0, *new[new_blank:]]
    steps = row_steps(old, new)
    if steps is None:
        assert old == new
        return
    rows = list(old)
    after = steps.first + steps.replaced
    rows[after : after + steps.removed] = []
    rows[after:after] = new[after : after + steps.inserted]
    rows[steps.first : after] = new[steps.first : after]
    assert rows == new
    assert not (steps.inserted and steps.removed)


def test_a_line_typed_in_the_blank_row_stays_in_its_row() -> None:
    steps = row_steps([5, 6, 0], [5, 6, 7, 0])
    assert steps is not None
    assert (steps.first, steps.replaced, steps.inserted, steps.removed) == (2, 1, 1, 0)


def test_a_bill_without_lines_invites_to_type_or_paste(window: MainWindow) -> None:
    enter(window)
    assert cell(window, 0, "description") == "Type the first line here, or paste rows from a spreadsheet"
    go_to_cell(window, 0, "description")
    type_text("X")
    press("Return")
    assert cell(window, 1, "description") == ""
