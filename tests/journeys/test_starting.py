"""The first start, and libraries that can't be opened as asked: one clear sentence each."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget

from medbills_desktop.app.paths import Paths
from medbills_desktop.app.wiring import Program
from medbills_desktop.domain.records import Bill
from medbills_desktop.qt.welcome import Welcome
from medbills_desktop.store.library import Library
from tests.support.keys import press
from tests.support.windows import settle, wait_for


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "config", tmp_path / "cache", tmp_path / "logs")


@pytest.fixture
def program(qapp: QApplication, paths: Paths) -> Iterator[Program]:
    started = Program(qapp, paths)
    yield started
    qapp.aboutToQuit.disconnect(started.close)
    started.close()
    if started.window is not None:
        started.window.deleteLater()
    for welcome in _welcomes():
        welcome.close()
    started.deleteLater()


@pytest.fixture
def told(qapp: QApplication) -> Iterator[list[str]]:
    """The messages that came up; each is answered with Enter."""
    heard: list[str] = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            heard.append(f"{box.text()} {box.informativeText()}")
            box.accept()

    asking = QTimer()
    asking.timeout.connect(answer)
    asking.start(30)
    yield heard
    asking.stop()


def _welcomes() -> list[QWidget]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Welcome) and one.isVisible()]


def notice(program: Program) -> str:
    assert program.window is not None
    return program.window.notices.text


@pytest.fixture
def kept(paths: Paths) -> Path:
    """The person's own library, closed."""
    paths.data.mkdir()
    Library.create(paths.default_library).close()
    return paths.default_library


def test_the_first_start_offers_two_ways_on_one_screen(program: Program, paths: Paths) -> None:
    program.start(None)
    (welcome,) = _welcomes()
    shown = " ".join(label.text() for label in welcome.findChildren(QLabel))
    assert "An empty library" in shown
    assert "A worked sample case" in shown
    assert str(paths.default_library).replace("/", "") in shown.replace("/", "").replace("\u200b", "")


@pytest.mark.parametrize(("keys", "bills"), [(("Return",), 0), (("Tab", "Return"), 3)])
def test_enter_takes_either_way(program: Program, keys: tuple[str, ...], bills: int) -> None:
    program.start(None)
    (welcome,) = _welcomes()
    welcome.activateWindow()
    wait_for(lambda: QApplication.activeWindow() is welcome)
    press(*keys)
    wait_for(lambda: program.window is not None and program.window.isVisible(), 60)
    assert program.window is not None
    settle(program.window)
    assert len(program.window.session.read(lambda reader: reader.find(Bill))) == bills
    assert not _welcomes()


def test_a_library_in_use_is_shown_for_reading_and_says_who_has_it(program: Program, kept: Path) -> None:
    with Library.open(kept):
        program.start(None)
        assert program.window is not None
        settle(program.window)
        assert program.window.session.library.mode == "read"
        assert "already open" in notice(program)
        assert "open for reading only here" in notice(program)
        assert not program.window.actions_by_id["add_bill"].isEnabled()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the owner of everything may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_shown_for_reading(program: Program, kept: Path) -> None:
    kept.chmod(0o500)
    try:
        program.start(None)
        assert "can't be written to" in notice(program)
    finally:
        kept.chmod(0o700)


def newer(folder: Path) -> None:
    with sqlite3.connect(folder / "library.db") as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        database.execute(f"PRAGMA user_version = {version + 1_000_000}")
    database.close()


def no_library(folder: Path) -> None:
    (folder / "library.db").write_bytes(b"not a database" * 1_000)


@pytest.mark.parametrize(("spoil", "words"), [(newer, "newer version of MedBills"), (no_library, "")])
def test_a_library_that_cannot_be_opened_says_why_and_the_two_ways_are_offered(
    program: Program, kept: Path, told: list[str], spoil: Callable[[Path], None], words: str
) -> None:
    spoil(kept)
    before = (kept / "library.db").read_bytes()
    program.start(None)
    (message,) = told
    assert words in message
    assert str(kept) in message or words
    assert _welcomes()
    assert (kept / "library.db").read_bytes() == before
