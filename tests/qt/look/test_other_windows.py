"""The same lint over every window that opens above the main one: names, ways for the keyboard, nothing cut.

One main window serves all looks at a window, since opening the main one takes longer than everything else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from medbills_desktop.qt.window import MainWindow
from tests.qt.look.test_accessible import _twice, nameless
from tests.qt.look.test_longer_words import Longer
from tests.support.keys import focus, press
from tests.support.other_windows import WINDOWS
from tests.support.widgets_seen import clipped, cut_off, hidden_sideways, reached_by_tab, seen, settled, stops, told
from tests.support.windows import in_front, settle


@contextmanager
def opened(window: MainWindow, name: str) -> Iterator[QDialog]:
    dialog = WINDOWS[name](window)
    in_front(dialog)
    settle(window)
    settled()
    yield dialog
    dialog.reject()
    settled()


@pytest.mark.parametrize("name", WINDOWS)
def test_another_window_is_for_every_key_eye_and_language(sample_window: MainWindow, name: str) -> None:
    with opened(sample_window, name) as dialog:
        found = {
            "without a name": nameless(dialog),
            "not reached by Tab": _not_reached(dialog),
            "of the same name or letter": _same_names(dialog),
            "cut": _cut(dialog),
            "in the ink of the other scheme": _of_the_other_scheme(sample_window, dialog),
        }
    for per_cent in (150, 200):
        sample_window.set_look(False, per_cent)
        with opened(sample_window, name) as dialog:
            found[f"cut at {per_cent} %"] = _cut(dialog)
    sample_window.set_look(False, 100)
    with _longer_words(), opened(sample_window, name) as dialog:
        found["cut where words are longer"] = _cut(dialog)
    assert {what: each for what, each in found.items() if each} == {}


def _not_reached(dialog: QDialog) -> list[str]:
    """Stops that Tab misses, by Qt's own order and by the key itself."""
    missed = set(stops(dialog)) - set(reached_by_tab(dialog, stops(dialog)[0]))
    more = set(reached_by_tab(dialog, stops(dialog)[0])) - set(stops(dialog))
    start, visited = focus(), []
    for _ in range(400):
        visited.append(focus())
        press("Tab")
        if focus() is start:
            break
    else:
        return [f"Tab is caught at {told(focus())}"]
    missed |= set(stops(dialog)) - {each for each in visited if each.window() is dialog}
    return [told(each) for each in missed | more]


def _same_names(dialog: QDialog) -> list[str]:
    fields = [told(each) for each in stops(dialog) if isinstance(each, QLineEdit | QPlainTextEdit)]
    twice = [each for each in set(fields) if fields.count(each) > 1]
    return [*twice, *_twice([each.text() for each in seen(dialog) if isinstance(each, QPushButton)])]


def _cut(dialog: QDialog) -> list[str]:
    """What is cut off in it, and the window itself where it is larger than the screen."""
    room = dialog.screen().availableGeometry()
    fits = dialog.width() <= room.width() and dialog.height() <= room.height()
    return [*clipped(dialog), *cut_off(dialog), *hidden_sideways(dialog), *([] if fits else ["the window"])]


def _of_the_other_scheme(window: MainWindow, dialog: QDialog) -> list[str]:
    """Labels that do not follow the scheme while their window is open, but keep the ink of the other one."""
    inks = []
    for dark in (False, True):
        window.set_look(dark, 100)
        settled()
        inks.append({id(each): each.palette().windowText().color().name() for each in seen(dialog) if _said(each)})
    kept = [told(each) for each in seen(dialog) if _said(each) and inks[0][id(each)] == inks[1][id(each)]]
    window.set_look(False, 100)
    return kept


def _said(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and bool(widget.text()) and not widget.pixmap()


@contextmanager
def _longer_words() -> Iterator[None]:
    translator = Longer()
    QApplication.installTranslator(translator)
    yield
    QApplication.removeTranslator(translator)
