"""Real libraries and real windows for tests, and a watch over what a test leaves behind."""

from __future__ import annotations

import gc
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from medbills_desktop.commands.sample import make_sample
from medbills_desktop.qt import theme
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library

PLAY_DAY = date(2026, 3, 20)
"""The day on which the sample case is played."""


def settle(window: MainWindow, seconds: float = 20.0) -> None:
    """Let reading beside the window, the viewer's worker and the event loop come to rest."""
    link = window.link
    session = window.session

    def at_rest() -> bool:
        return session.tasks.idle and session.findings.whole and session.steps.whole and link.idle

    wait_for(lambda: at_rest() and not window.searching, seconds)
    QApplication.processEvents()


def wait_for(fits: Callable[[], bool], seconds: float = 20.0) -> None:
    """Run the event loop until something is so; fails the test when it does not become so."""
    end = time.monotonic() + seconds
    while not fits():
        if time.monotonic() > end:
            pytest.fail("waited too long")
        QApplication.processEvents()
        time.sleep(0.004)


def in_front(window: QWidget) -> None:
    """Wait until nothing stands before a window any more, and give it the keyboard as a window manager does."""

    def active() -> bool:
        if QApplication.activeModalWidget() not in (None, window):
            return False
        window.activateWindow()
        return QApplication.activeWindow() is window

    wait_for(active)


@pytest.fixture(scope="session", autouse=True)
def _fonts(qapp: QApplication) -> None:
    theme.load_fonts()
    theme.apply(qapp, False, 100)
    gc.freeze()  # modules stay for good: neither Python nor the search for what a test left behind goes over them again


@pytest.fixture(autouse=True)
def usual_look(qapp: QApplication) -> Iterator[None]:
    """Every test begins in the light scheme at 100 % text."""
    yield
    if theme.is_dark() or theme.per_cent() != 100:
        theme.apply(qapp, False, 100)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer, a process, a dialog or a window behind."""
    threads = set(threading.enumerate())
    before = {id(widget) for widget in QApplication.topLevelWidgets()}
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QApplication.processEvents()
    left = [f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads and _of_python(thread)]
    left += [
        f"window {type(widget).__name__} {widget.windowTitle()!r}"
        for widget in QApplication.topLevelWidgets()
        if id(widget) not in before and not _of_qt(widget)
    ]
    left += _running()
    if left:
        pytest.fail(f"left behind: {', '.join(left)}")


def _of_python(thread: threading.Thread) -> bool:
    """Whether Python started it. A thread of Qt's pool that once ran Python stays listed after it has ended."""
    return type(thread).__name__ != "_DummyThread"


def _of_qt(widget: QWidget) -> bool:
    """Whether Qt itself keeps this window for later (tooltips, the list of a combo box)."""
    return widget.metaObject().className() in ("QTipLabel", "QComboBoxPrivateContainer", "QDesktopWidget")


def _running() -> list[str]:
    found: list[str] = []
    for each in gc.get_objects():
        kind = type(each)
        if kind in (QTimer, QProcess) or (str(kind.__module__).startswith("medbills") and isinstance(each, QProcess)):
            if not isValid(each):
                continue
            if isinstance(each, QTimer) and each.isActive():
                found.append(f"timer of {_owner(each)}")
            if isinstance(each, QProcess) and each.state() != QProcess.ProcessState.NotRunning:
                found.append(f"process {each.program()}")
    return found


def _owner(each: QObject) -> str:
    parent = each.parent()
    return type(parent).__name__ if parent is not None else "nobody"


@pytest.fixture(scope="session")
def sample_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, made once; tests take a copy."""
    folder = tmp_path_factory.mktemp("sample") / "library"
    make_sample(folder)
    return folder


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library of the test's own."""
    with Library.create(tmp_path / "library") as made:
        yield made


@pytest.fixture
def sample(sample_source: Path, tmp_path: Path) -> Iterator[Library]:
    """The sample case in a library of the test's own."""
    folder = tmp_path / "sample"
    shutil.copytree(sample_source, folder)
    with Library.open(folder) as opened:
        yield opened


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., MainWindow]]:
    """Opens a main window on a library and waits until it takes keys; all are closed at the end."""
    opened: list[MainWindow] = []

    def show(library: Library, today: date | None = None, settings: Settings | None = None) -> MainWindow:
        session = Session(library, today)
        window = MainWindow(session, settings or Settings(), library.folder.name, tmp_path)
        opened.append(window)
        window.show()
        in_front(window)
        window.begin()
        settle(window)
        in_front(window)
        return window

    yield show
    for window in opened:
        for dialog in window.findChildren(QWidget):
            if dialog.isWindow() and dialog.isVisible():
                dialog.hide()
        if window.isVisible():
            window.close()
        window.deleteLater()


@pytest.fixture
def window(library: Library, open_window: Callable[..., MainWindow]) -> MainWindow:
    """The main window on an empty library."""
    return open_window(library)


@pytest.fixture
def session(window: MainWindow) -> Session:
    """The session of the window on an empty library."""
    return window.session


@pytest.fixture
def sample_window(sample: Library, open_window: Callable[..., MainWindow]) -> MainWindow:
    """The main window on the sample case, on the day it is played."""
    return open_window(sample, PLAY_DAY)
