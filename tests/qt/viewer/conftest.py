"""A worker link and a pane, and the proof that nothing of them stays behind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

from medbills_desktop.qt import theme
from medbills_desktop.qt.viewer.pane import ViewerPane
from medbills_desktop.qt.viewer.shown import ShownPaper
from medbills_desktop.qt.viewer.worker_link import WorkerLink

WAIT = 30_000
"""Milliseconds: what a busy machine may take to start a worker and draw."""


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> QApplication:
    theme.load_fonts()
    theme.apply(qapp, dark=False, per_cent=100)
    return qapp


@pytest.fixture
def link(look: QApplication) -> Iterator[WorkerLink]:
    link = WorkerLink()
    yield link
    link.close()
    assert all(process.state() is QProcess.ProcessState.NotRunning for process in link.findChildren(QProcess))
    assert not [timer for timer in link.findChildren(QTimer) if timer.isActive()]


@pytest.fixture
def pane(link: WorkerLink, qtbot: Any) -> ViewerPane:
    pane = ViewerPane(link)
    qtbot.addWidget(pane)
    pane.resize(500, 760)
    pane.show()
    qtbot.waitExposed(pane)
    return pane


@pytest.fixture
def settled(link: WorkerLink, qtbot: Any) -> Callable[[ViewerPane], None]:
    """Wait until the paper is open or refused and nothing is under way any more."""

    def wait(pane: ViewerPane) -> None:
        def nothing_left() -> bool:
            return bool(pane.source.opened or pane.source.refusal) and link.idle

        qtbot.waitUntil(nothing_left, timeout=WAIT)

    return wait


@pytest.fixture
def show(pane: ViewerPane, settled: Callable[[ViewerPane], None]) -> Callable[..., ViewerPane]:
    """Show a file and wait for everything it needs."""

    def shown(path: Path, **more: Any) -> ViewerPane:
        facts = {"document_id": 7, "path": path, "media_type": "", "title": path.name, "footer": "Kept", **more}
        pane.show_paper(ShownPaper(**facts))
        settled(pane)
        return pane

    return shown
