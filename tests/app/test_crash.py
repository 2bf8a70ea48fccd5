from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from medbills_desktop.app import crash
from medbills_desktop.app.crash import Fault
from medbills_desktop.app.paths import own_paths
from medbills_desktop.domain.errors import UserError

pytestmark = pytest.mark.expects_log

PRIVATE = "Zofia Okafor owes 4310.77"


@pytest.fixture
def faults() -> Iterator[list[Fault]]:
    seen: list[Fault] = []
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    crash.catch_everything()
    crash.listen(seen.append)
    yield seen
    crash.stop_listening(seen.append)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def hand_to_hook(error: Exception) -> None:
    try:
        raise error
    except Exception as caught:  # noqa: BLE001  the interpreter would catch it just so
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_an_unhandled_exception_reaches_the_listener_without_its_text(faults: list[Fault]) -> None:
    hand_to_hook(RuntimeError(PRIVATE))
    (fault,) = faults
    assert "RuntimeError" in fault.text
    assert "tests/app/test_crash.py:" in fault.text
    assert fault.on_main_thread
    assert fault.refusal is None
    assert "Zofia" not in fault.text
    assert "4310" not in fault.text


def test_a_refusal_is_handed_on_with_its_sentences(faults: list[Fault]) -> None:
    hand_to_hook(UserError("The disk is full.", "Free some space and try again."))
    assert faults[0].refusal is not None
    assert faults[0].refusal.todo == "Free some space and try again."


def test_an_exception_in_a_thread_is_known_to_come_from_there(faults: list[Fault]) -> None:
    thread = threading.Thread(target=_raise, args=(ValueError("x"),))
    thread.start()
    thread.join()
    assert [fault.on_main_thread for fault in faults] == [False]


def _raise(error: Exception) -> None:
    raise error


def test_an_exception_in_a_destructor_is_caught_too(faults: list[Fault]) -> None:
    class Broken:
        def __del__(self) -> None:
            raise LookupError(PRIVATE)

    Broken()
    assert "LookupError" in faults[0].text


def test_a_listener_that_fails_does_not_end_the_program(faults: list[Fault]) -> None:
    def broken(fault: Fault) -> None:
        raise OSError(PRIVATE)

    crash.listen(broken)
    try:
        hand_to_hook(RuntimeError("first"))
        hand_to_hook(RuntimeError("second"))
    finally:
        crash.stop_listening(broken)
    assert len(faults) == 2


def test_an_interruption_from_the_keyboard_is_left_to_python(
    faults: list[Fault], capsys: pytest.CaptureFixture[str]
) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert faults == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_qt_message_is_logged_by_its_level_without_paths(caplog: pytest.LogCaptureFixture) -> None:
    crash.take_qt_message("QtCriticalMsg", "qt.core", "cannot open /home/ada/letter.pdf")
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert "ada" not in record.getMessage()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind exist on POSIX systems only")
def test_a_killed_run_is_told_once_at_the_next_start(tmp_path: Path) -> None:
    script = (
        "import ctypes, os\n"
        "from medbills_desktop.app import crash\n"
        "from medbills_desktop.app.paths import own_paths\n"
        "crash.leave_no_core_files(); crash.note_when_killed(own_paths())\n"
        "def deep_in_a_library(): ctypes.string_at(0)\n"
        "deep_in_a_library()\n"
    )
    environ = {**os.environ, "MEDBILLS_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", script], env=environ, check=False)
    assert done.returncode == -signal.SIGSEGV
    paths = own_paths(environ)
    told = crash.earlier_fault(paths)
    assert told is not None
    assert "deep_in_a_library" in told
    assert crash.earlier_fault(paths) is None


def test_an_orderly_run_leaves_nothing_to_tell(tmp_path: Path) -> None:
    script = (
        "from medbills_desktop.app import crash\n"
        "from medbills_desktop.app.paths import own_paths\n"
        "crash.note_when_killed(own_paths())\n"
    )
    environ = {**os.environ, "MEDBILLS_HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", script], env=environ, check=True)
    assert own_paths(environ).fault_file.exists()
    assert crash.earlier_fault(own_paths(environ)) is None


def test_none_of_the_nets_needs_qt() -> None:
    script = (
        "import sys, medbills_desktop.app.crash; assert not any(name.startswith('PySide6') for name in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
