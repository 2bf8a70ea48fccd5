"""Pictures of every page of the window, without a screen: for the README, for review, for a machine with no display."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from medbills_desktop.app.paths import own_paths
from medbills_desktop.app.wiring import make_application
from medbills_desktop.qt import theme
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library

SIZE = (1600, 980)
SETTLE_SECONDS = 20.0
QUIET_SECONDS = 0.25
"""Longer than any timer that waits for typing or scrolling to end."""


def say_nothing_of_sizes() -> None:
    """Keep Qt from saying, once for each window, that a screen which is not there has no size hints."""

    def pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if "propagateSizeHints" not in text:
            sys.stderr.write(f"{text}\n")

    qInstallMessageHandler(pass_on)


def settle(window: MainWindow) -> None:
    """Let reading, drawing and layout come to rest: nothing under way anywhere, and nothing new for a moment."""
    window.repaint()
    end, quiet_since = time.monotonic() + SETTLE_SECONDS, time.monotonic()
    while time.monotonic() - quiet_since < QUIET_SECONDS and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
        session = window.session
        if not (session.tasks.idle and session.findings.whole and session.steps.whole and window.link.idle):
            quiet_since = time.monotonic()


def take_pictures(library: Library, out: Path, dark: bool, per_cent: int = 100) -> list[Path]:
    """Save a picture of each page and each tab of a bill; gives their paths."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("no application")
    theme.apply(application, dark, per_cent)
    today = library.read(lambda reader: reader.info("today"))

    session = Session(library, date.fromisoformat(today) if today else None)
    title = library.read(lambda reader: reader.info("title")) or library.folder.name
    window = MainWindow(session, Settings(text_size=per_cent), title, library.folder)
    window.resize(*SIZE)
    window.show()
    window.begin()
    suffix = ("dark" if dark else "light") + (f"-{per_cent}" if per_cent != 100 else "")
    made: list[Path] = []

    def keep(name: str) -> None:
        settle(window)
        path = out / f"{name}-{suffix}.png"
        window.grab().save(str(path))
        made.append(path)

    for name in (
        "today",
        "bills",
        "findings",
        "calls",
        "letters",
        "papers",
        "payments",
        "people",
        "prices",
        "codes",
        "rules",
        "timeline",
    ):
        window.going.show_page(name)
        keep(name)
    window.going.show_page("bills")
    for tab in ("money", "lines", "findings", "calls", "letters", "papers", "offers"):
        window.bills.bill.tabs.setCurrentWidget(getattr(window.bills.bill, tab))
        keep(f"bill-{tab}")
    window.call.begin(window.bills.bill.bill_id)
    keep("call")
    window.call.close_panel()
    window.close()
    window.deleteLater()
    return made


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures of a library; prints where they are."""
    parser = argparse.ArgumentParser(prog="medbills-pictures", description="Pictures of every page of the window.")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=("light", "dark", "both"), default="light")
    parser.add_argument("--text-size", type=int, default=100)
    asked = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    asked.out.mkdir(parents=True, exist_ok=True)
    say_nothing_of_sizes()
    make_application(own_paths())
    with Library.open(asked.library) as library:
        for dark in {"light": (False,), "dark": (True,), "both": (False, True)}[asked.scheme]:
            for path in take_pictures(library, asked.out, dark, asked.text_size):
                sys.stdout.write(f"{path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
