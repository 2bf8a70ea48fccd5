"""How long the window's thread stands still while a person works in a large library.

    python benchmarks/make_library.py DIR
    python benchmarks/window.py DIR

A heartbeat on the window's thread notes the longest gap during each act: in wall time, and in processor time of that
thread alone (which other work on the machine does not disturb). The bound is 100 ms; a bare Qt window doing nothing is
measured in the same run as the floor.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from medbills_desktop.app.paths import own_paths
from medbills_desktop.app.wiring import make_application
from medbills_desktop.commands.lines import EditLines, MarkLines
from medbills_desktop.domain.money import Cents
from medbills_desktop.qt import theme
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library

BOUND_MILLISECONDS = 100.0


@dataclass
class Gaps:
    """The longest gap of an act, in milliseconds."""

    wall: float = 0.0
    thread: float = 0.0


class Heartbeat(QObject):
    """Beats every two milliseconds; a late beat is a gap in which the window could not answer."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps = Gaps()
        self._wall, self._thread = time.perf_counter(), time.thread_time()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.beat)
        self._timer.start(2)

    def beat(self) -> None:
        wall, thread = time.perf_counter(), time.thread_time()
        self.gaps.wall = max(self.gaps.wall, (wall - self._wall) * 1000)
        self.gaps.thread = max(self.gaps.thread, (thread - self._thread) * 1000)
        self._wall, self._thread = wall, thread

    def reset(self) -> None:
        self._wall, self._thread = time.perf_counter(), time.thread_time()
        self.gaps = Gaps()


class Run:
    """Performs acts one after the other and prints a row for each."""

    def __init__(self, heart: Heartbeat) -> None:
        self._heart = heart
        self.worst = Gaps()

    def act(self, name: str, do: Callable[[], object], done: Callable[[], bool] = lambda: True) -> None:
        self._heart.reset()
        start = time.perf_counter()
        do()
        self._heart.beat()
        while not done():
            QApplication.processEvents()
        until = time.perf_counter() + 0.25
        while time.perf_counter() < until:
            QApplication.processEvents()
        took = (time.perf_counter() - start - 0.25) * 1000
        gaps = self._heart.gaps
        self.worst = Gaps(max(self.worst.wall, gaps.wall), max(self.worst.thread, gaps.thread))
        late = "  over" if gaps.thread > BOUND_MILLISECONDS else ""
        print(f"{name:34} {took:9.0f} {gaps.wall:12.1f} {gaps.thread:14.1f}{late}", flush=True)


def work(window: MainWindow, run: Run) -> None:
    """What a person does in an hour, in a minute."""
    session, going = window.session, window.going

    def idle() -> bool:
        return session.tasks.idle

    for page in ("today", "calls", "papers", "timeline", "bills"):
        run.act(f"show {page}", lambda page=page: going.show_page(page), idle)
    view, bill = window.bills.view, window.bills.bill
    order, bar = Qt.SortOrder.AscendingOrder, window.bills.view.verticalScrollBar()
    for number in (0, 500, 1999):
        run.act(f"choose bill {number}", lambda n=number: view.setCurrentIndex(view.rows_model.index(n, 0)), idle)
    for tab in ("money", "lines", "findings", "calls", "papers"):
        run.act(f"tab {tab}", lambda tab=tab: bill.tabs.setCurrentWidget(getattr(bill, tab)), idle)
    for column in (0, 3, 4):
        run.act(f"sort bills by column {column}", lambda c=column: view.sortByColumn(c, order), idle)
    run.act("scroll bills to the end", lambda: bar.setValue(bar.maximum()), idle)
    for typed in ("c", "ca", "car", "card 1", "1,2", "1,234.5"):
        run.act(f"search “{typed}”", lambda typed=typed: window.search_field.setText(typed), idle)
    run.act("search nothing", lambda: window.search_field.clear(), idle)
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.lines)
    line = window.bills.bill.lines.grid.lines_model.lines[0]
    edit = EditLines(((line.id, (("charge", Cents((line.charge or 0) + 100)),)),))
    run.act("edit a charge", lambda: session.desk.perform(edit), idle)
    run.act("mark a line", lambda: session.desk.perform(MarkLines((line.id,), "unclear")), idle)
    run.act("undo", session.desk.undo, idle)
    run.act("undo", session.desk.undo, idle)
    run.act("log a call", lambda: window.call.begin(window.bills.bill.bill_id), idle)
    run.act("type a word in the call", lambda: QTest.keyClicks(window.focusWidget(), "Dana"), idle)
    run.act("close the call", window.call.close_panel, idle)


def main() -> int:
    """Measure a library; 1 if the window's thread stood still longer than the bound."""
    make_application(own_paths())
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, False, 100)
    heart = Heartbeat()
    run = Run(heart)
    print(f"{'act':34} {'took ms':>9} {'longest gap':>12} {'of thread, ms':>14}")
    run.act("floor: an idle event loop", lambda: None)
    made: list[MainWindow] = []
    opened: list[Library] = []
    run.worst = Gaps()

    def open_library() -> None:
        opened.append(Library.open(Path(sys.argv[1])))

    def open_window() -> None:
        window = MainWindow(Session(opened[0]), Settings(), "Large", Path.home())
        window.show()
        window.begin()
        made.append(window)

    run.act("open the library", open_library)
    run.act("open the window", open_window, lambda: made[0].session.tasks.idle)
    start = Gaps(run.worst.wall, run.worst.thread)
    run.worst = Gaps()
    work(made[0], run)
    print(f"\nopening: {start.thread:.0f} ms of thread time at a stretch, before anything is shown")
    print(f"working: longest stretch {run.worst.thread:.0f} ms of thread time, {run.worst.wall:.0f} ms by the clock")
    made[0].close()
    opened[0].close()
    return int(run.worst.thread > BOUND_MILLISECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
