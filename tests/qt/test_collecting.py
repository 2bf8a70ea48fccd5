"""What Python finds unused is thrown away on the window's thread, however busy the threads of the pool are."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import Any

from PySide6.QtWidgets import QWidget

from medbills_desktop.qt.tasks import Task, Tasks
from tests.support.windows import wait_for


class Round(QWidget):
    """A widget that only the search for unused objects can free."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def make_many(_task: Task) -> list[Any]:
    """Enough new objects for Python to look several times."""
    return [[{}, [number]] for number in range(200_000)]


def test_a_widget_is_never_destroyed_on_a_thread_of_the_pool(qtbot: Any) -> None:
    tasks = Tasks()
    threads: list[int] = []
    done: list[object] = []
    for _ in range(5):
        gone = Round()
        weakref.finalize(gone, lambda: threads.append(threading.get_ident()))
        del gone
    tasks.start(make_many, done.append)
    wait_for(lambda: bool(done))
    assert threads == []
    wait_for(lambda: len(threads) == 5)
    assert set(threads) == {threading.get_ident()}
    tasks.close()


def test_python_looks_by_itself_again_after_the_last_window(qtbot: Any) -> None:
    first, second = Tasks(), Tasks()
    assert not gc.isenabled()
    first.close()
    first.close()
    assert not gc.isenabled()
    second.close()
    assert gc.isenabled()
