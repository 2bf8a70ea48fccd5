"""A library that is open for reading only: everything shows, nothing can be typed, and why is said once."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton

from medbills_desktop.qt.actions import ACTIONS
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.bills import go_to_cell
from tests.support.keys import press, type_text
from tests.support.widgets_seen import places, seen
from tests.support.windows import PLAY_DAY, settle

WRITING = (
    "Add task",
    "Kept",
    "Done",
    "Add statement",
    "Add EOB",
    "Add payment",
    "Add offer",
    "Add paper",
    "Log a call",
    "Edit bill",
    "Dispute",
    "Take off",
)


@pytest.fixture
def reading_window(sample_source: Path, tmp_path: Path, open_window: Callable[..., MainWindow]) -> Iterator[MainWindow]:
    folder = tmp_path / "reading"
    shutil.copytree(sample_source, folder)
    with Library.open(folder, "read") as opened:
        yield open_window(opened, PLAY_DAY)


def test_every_page_shows_and_whatever_writes_is_greyed_out(reading_window: MainWindow) -> None:
    enabled = []
    for name in places(reading_window):
        settle(reading_window)
        for each in seen(reading_window):
            if isinstance(each, QPushButton) and each.isEnabled() and each.text().startswith(WRITING):
                enabled.append(f"{name}: {each.text()}")
    assert enabled == []
    for spec in ACTIONS:
        assert reading_window.actions_by_id[spec.id].isEnabled() or spec.writes or spec.id in ("undo", "redo")
        assert not (spec.writes and reading_window.actions_by_id[spec.id].isEnabled()), spec.id
    assert reading_window.bills.view.rows_model.rowCount() == 3


def test_why_nothing_can_be_changed_is_said_once(reading_window: MainWindow) -> None:
    said = [each for each in seen(reading_window) if isinstance(each, QLabel) and "reading only" in each.text()]
    assert len(said) == 1


def test_nothing_can_be_typed_into_the_lines(reading_window: MainWindow) -> None:
    go_to_cell(reading_window, 0, "description")
    grid = reading_window.bills.bill.lines.grid
    before = grid.lines_model.lines
    for keys in ("x", "F2", "Delete", "Ctrl+V", "Ctrl+Return", "Ctrl+Delete", "Alt+N"):
        press(keys)
        assert not grid.findChildren(QLineEdit), keys
    type_text("words")
    assert grid.lines_model.lines == before
    assert not any(grid.lines_model.flags(grid.lines_model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable for _ in (0,))


def test_writing_keys_do_nothing(reading_window: MainWindow) -> None:
    shown = {id(each) for each in seen(reading_window)}
    press("Ctrl+N", "Ctrl+L", "Ctrl+T", "Ctrl+B")
    assert not reading_window.call.isVisible()
    assert {id(each) for each in seen(reading_window) if isinstance(each, QPlainTextEdit)} <= shown
