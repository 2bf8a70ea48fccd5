"""Three nets under the program: Python's hooks, Qt's messages, and a note that the interpreter leaves when killed.

PySide6 prints an exception in a slot and goes on as if nothing had happened; without the first net a person
would press a button that does nothing. What is caught is logged discreetly and handed to a listener (the window
shows a dialog); a refusal in words for the person (`UserError`) is handed on as that.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, TextIO

from medbills_desktop import __version__
from medbills_desktop.app.discretion import cleaned, exception_lines
from medbills_desktop.app.paths import Paths, make_folder
from medbills_desktop.domain.errors import UserError

_log = logging.getLogger("medbills.app")
_qt_log = logging.getLogger("medbills.qt")

_LARGEST_NOTE: Final = 64 * 1024
_QT_LEVELS: Final = {
    "QtDebugMsg": logging.DEBUG,
    "QtInfoMsg": logging.INFO,
    "QtWarningMsg": logging.WARNING,
    "QtCriticalMsg": logging.ERROR,
    "QtFatalMsg": logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that went past every handler. `text` holds kinds and places in the code, nothing of a person's."""

    text: str
    refusal: UserError | None
    on_main_thread: bool
    """A dialog may be opened only there; from elsewhere the listener has to post."""


Listener = Callable[[Fault], None]

_listeners: list[Listener] = []
_reporting = threading.local()
_note: list[TextIO] = []


def describe(error: BaseException) -> str:
    """What a person can copy into a report: version, system, and the lines of code the exception went through."""
    system = f"MedBills {__version__}, Python {sys.version.split()[0]}, {sys.platform}"
    return "\n".join([system, *exception_lines(error)])


def report(error: BaseException) -> None:
    """Log an exception that nobody handled and tell the listeners; never raises, never calls itself."""
    if getattr(_reporting, "busy", False):
        return
    _reporting.busy = True
    try:
        refusal = error if isinstance(error, UserError) else None
        _log.error("unhandled exception", exc_info=(type(error), error, error.__traceback__))
        main = threading.current_thread() is threading.main_thread()
        for listener in tuple(_listeners):
            listener(Fault(describe(error), refusal, main))
    except Exception as second:  # noqa: BLE001  the last net: whatever fails in it must not end the program
        _log.critical("the report itself failed", exc_info=(type(second), second, second.__traceback__))
    finally:
        _reporting.busy = False


def listen(listener: Listener) -> None:
    """Hand every fault from now on to `listener`, on the thread where it happened."""
    if listener not in _listeners:
        _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    """Hand no more faults to `listener`; one that does not listen is ignored."""
    if listener in _listeners:
        _listeners.remove(listener)


def _hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, (KeyboardInterrupt, SystemExit)):
        sys.__excepthook__(kind, error, trace)
        return
    report(error if error.__traceback__ is not None else error.with_traceback(trace))


def _thread_hook(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_value is not None and not isinstance(arguments.exc_value, SystemExit):
        report(arguments.exc_value)


def _unraisable_hook(arguments: sys.UnraisableHookArgs) -> None:
    if arguments.exc_value is not None:
        report(arguments.exc_value)


def catch_everything() -> None:
    """Put the first net up, for the main thread, other threads and destructors alike."""
    sys.excepthook = _hook
    threading.excepthook = _thread_hook
    sys.unraisablehook = _unraisable_hook


def take_qt_message(kind: str, category: str, text: str) -> None:
    """Log one message of Qt; the window's room installs the Qt handler and calls this.

    `kind` is the name of Qt's message type (`QtWarningMsg`). File names, quotes and long numbers are taken out.
    """
    _qt_log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s: %s", cleaned(category), cleaned(text))


def earlier_fault(paths: Paths) -> str | None:
    """What the interpreter noted when it was killed the last time; `None` if it ended in order. Told once."""
    try:
        text = paths.fault_file.read_text("utf-8", errors="replace")[:_LARGEST_NOTE]
        if not text.strip():
            return None
        paths.fault_file.replace(paths.fault_file.with_name("fault-before.txt"))
    except OSError:
        return None
    _log.warning("the run before this one was killed in the middle of its work")
    return text


def note_when_killed(paths: Paths) -> None:
    """Have the interpreter write the lines it is in to the fault file when the system kills it for a fault.

    The note holds names of functions and numbers of lines only. No file means no note, never no program.
    """
    try:
        make_folder(paths.logs)
        note = paths.fault_file.open("a", encoding="utf-8")
    except OSError:
        return
    faulthandler.enable(note, all_threads=True)
    for before in _note:
        before.close()
    _note[:] = [note]


def leave_no_core_files() -> None:
    """Forbid memory dumps: they would hold everything that was on the screen."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
