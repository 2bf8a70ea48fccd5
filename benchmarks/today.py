"""How long Today takes to be there with 500 bills, and how long the window's thread stands still for it.

    python benchmarks/make_library.py DIR --bills 500
    python benchmarks/today.py DIR

The floor is what reading the same takes alone, with no window; the bound is a second to be shown, and 100 ms of the
window's thread at a stretch.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtWidgets import QApplication

from benchmarks.window import BOUND_MILLISECONDS, Gaps, Heartbeat
from medbills_desktop.app.paths import own_paths
from medbills_desktop.app.wiring import make_application
from medbills_desktop.qt import theme
from medbills_desktop.qt.pages.today_page import read_today
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.steps import ListNextSteps

DAY = date(2025, 12, 1)
SHOWN_MILLISECONDS = 1000.0


def floor(library: Library) -> float:
    """Milliseconds to read what is open and every next step, once, with nothing else going on."""
    began = time.perf_counter()
    library.read(partial(read_today, today=DAY))
    library.read(ListNextSteps(DAY))
    return (time.perf_counter() - began) * 1000


def rest(fits: Callable[[], bool], seconds: float = 0.2) -> None:
    """Run the event loop until something is so, and a little longer."""
    while not fits():
        QApplication.processEvents()
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        QApplication.processEvents()


def show(window: MainWindow, heart: Heartbeat) -> tuple[float, Gaps]:
    """Show Today; milliseconds until all of it is there, and the longest gap meanwhile."""
    session = window.session
    heart.reset()
    began = time.perf_counter()
    window.going.show_page("today")
    heart.beat()
    rest(lambda: session.tasks.idle and session.steps.whole, 0)
    took = (time.perf_counter() - began) * 1000
    rest(lambda: True)
    return took, heart.gaps


def measure(library: Library) -> tuple[list[str], bool]:
    """The table, and whether the bounds are kept. Needs the application object."""
    alone = min(floor(library) for _ in range(3))
    session, heart = Session(library, DAY), Heartbeat()
    window = MainWindow(session, Settings(), "Large", Path.home())
    window.show()
    window.begin()
    rest(lambda: session.tasks.idle and session.findings.whole)
    rows, kept = [f"{'act':28} {'floor ms':>9} {'ours ms':>9} {'ratio':>7} {'longest gap':>12} {'of thread':>10}"], True
    for name in ("first opening of Today", "Today again"):
        took, gaps = show(window, heart)
        over = took > SHOWN_MILLISECONDS or gaps.thread > BOUND_MILLISECONDS
        kept = kept and not over
        row = f"{name:28} {alone:9.1f} {took:9.1f} {took / alone:7.2f} {gaps.wall:12.1f} {gaps.thread:10.1f}"
        rows.append(row + ("  over" if over else ""))
        window.going.show_page("bills")
        rest(lambda: session.tasks.idle)
    window.close()
    window.deleteLater()
    heart.deleteLater()
    return rows, kept


def main() -> int:
    """Measure a library; 1 where a bound is not kept."""
    make_application(own_paths())
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, False, 100)
    with Library.open(Path(sys.argv[1])) as library:
        rows, kept = measure(library)
    print("\n".join(rows))
    return int(not kept)


if __name__ == "__main__":
    raise SystemExit(main())
