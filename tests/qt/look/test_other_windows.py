"""The same lint over every window that opens above the main one: names, ways for the keyboard, nothing cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from medbills_desktop.qt.window import MainWindow
from tests.qt.look.test_accessible import _twice, nameless
from tests.qt.look.test_longer_words import longer_words
from tests.support.keys import focus, press
from tests.support.other_windows import WINDOWS
from tests.support.widgets_seen import clipped, cut_off, hidden_sideways, reached_by_tab, seen, settled, stops, told
from tests.support.windows import in_front, settle

__all__ = ["longer_words"]


def opened(window: MainWindow, name: str) -> QDialog:
    dialog = WINDOWS[name](window)
    in_front(dialog)
    settle(window)
    settled()
    return dialog


@pytest.mark.parametrize("name", WINDOWS)
def test_every_stop_has_a_name_and_tab_reaches_it(sample_window: MainWindow, name: str) -> None:
    dialog = opened(sample_window, name)
    assert not nameless(dialog)
    assert set(reached_by_tab(dialog, stops(dialog)[0])) == set(stops(dialog))
    start, visited = focus(), []
    for _ in range(400):
        visited.append(focus())
        press("Tab")
        if focus() is start:
            break
    else:
        pytest.fail(f"Tab is caught at {told(focus())}")
    assert set(stops(dialog)) <= {each for each in visited if each.window() is dialog}
    dialog.reject()


@pytest.mark.parametrize("name", WINDOWS)
def test_no_two_stops_of_a_kind_have_the_same_name_or_letter(sample_window: MainWindow, name: str) -> None:
    dialog = opened(sample_window, name)
    fields = [told(each) for each in stops(dialog) if isinstance(each, QLineEdit | QPlainTextEdit)]
    assert len(fields) == len(set(fields))
    assert not _twice([each.text() for each in seen(dialog) if isinstance(each, QPushButton)])
    dialog.reject()


@pytest.mark.parametrize("per_cent", [100, 150, 200])
@pytest.mark.parametrize("name", WINDOWS)
def test_no_text_is_cut(sample_window: MainWindow, name: str, per_cent: int) -> None:
    sample_window.set_look(False, per_cent)
    dialog = opened(sample_window, name)
    assert [*clipped(dialog), *cut_off(dialog), *hidden_sideways(dialog)] == []
    room = dialog.screen().availableGeometry()
    assert dialog.width() <= room.width()
    assert dialog.height() <= room.height()
    dialog.reject()


@pytest.mark.usefixtures("longer_words")
@pytest.mark.parametrize("name", WINDOWS)
def test_longer_words_are_cut_nowhere(sample_window: MainWindow, name: str) -> None:
    dialog = opened(sample_window, name)
    assert [*clipped(dialog), *cut_off(dialog), *hidden_sideways(dialog)] == []
    dialog.reject()


@pytest.mark.parametrize("name", WINDOWS)
def test_everything_that_is_said_can_be_read_in_either_scheme(sample_window: MainWindow, name: str) -> None:
    """A label follows the scheme while its window is open; none keeps the ink of the other one."""
    dialog = opened(sample_window, name)
    inks = []
    for dark in (False, True):
        sample_window.set_look(dark, 100)
        settled()
        inks.append({id(each): each.palette().windowText().color().name() for each in seen(dialog) if _said(each)})
    same = [each for each in seen(dialog) if _said(each) and inks[0][id(each)] == inks[1][id(each)]]
    assert not [told(each) for each in same]
    dialog.reject()


def _said(widget: object) -> bool:
    return isinstance(widget, QLabel) and bool(widget.text()) and not widget.pixmap()
