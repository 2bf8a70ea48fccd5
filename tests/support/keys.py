"""Keys pressed as a person presses them: on whatever has the keyboard at that moment."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget


def focus() -> QWidget:
    """The widget that has the keyboard; fails when nothing has."""
    found = QApplication.focusWidget()
    assert found is not None, "nothing has the keyboard"
    return found


def press(*keys: str) -> None:
    """Press keys one after the other, named as in menus: `press("Ctrl+N", "Tab")`.

    They go to the window in front, which sends them to an open list or menu first, as real keys do.
    """
    for name in keys:
        window = QGuiApplication.focusWindow() or _window_given_the_keyboard()
        combination = QKeySequence(name)[0]
        QTest.keyClick(window, combination.key(), combination.keyboardModifiers())
        if combination.keyboardModifiers() and (still := QGuiApplication.focusWindow()) is not None:
            QTest.keyRelease(still, Qt.Key.Key_Control)
        QApplication.processEvents()


def _window_given_the_keyboard() -> QWindow:
    """Do what a window manager does when the window in front has closed, since without a screen there is none."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not each.isHidden()]
    wanted = QApplication.activeModalWidget() or next((each for each in shown if isinstance(each, QMainWindow)), None)
    end = time.monotonic() + 5
    while QGuiApplication.focusWindow() is None and wanted is not None and time.monotonic() < end:
        wanted.activateWindow()
        QApplication.processEvents()
    found = QGuiApplication.focusWindow()
    assert found is not None, "no window has the keyboard"
    return found


def type_text(text: str) -> None:
    """Type a text letter by letter."""
    for letter in text:
        QTest.keyClicks(focus(), letter)
    QApplication.processEvents()


def pause(seconds: float) -> None:
    """Let time go by in the event loop (for timers only; what can be waited for is waited for)."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)
