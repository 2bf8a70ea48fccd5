"""A locked paper asks for its password once: the viewer, search and the packet use it, and nothing keeps it."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog

from medbills_desktop.commands.make_packet import PacketRequest
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.receiving import receive_file
from medbills_desktop.papers.reasons import Why
from medbills_desktop.qt.packet_export import PacketWish
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.bills import enter
from tests.support.keys import press, type_text
from tests.support.small_papers import small_pdf
from tests.support.windows import settle, wait_for

PASSWORD = "Blue-Lamp 4471"
PRINTED = "LOCKED STATEMENT 8812"


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    path = tmp_path / "locked.pdf"
    with pikepdf.open(io.BytesIO(small_pdf(PRINTED))) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user=PASSWORD, owner="another"))
    return path


def add(window: MainWindow, paper: Path) -> str:
    """Add a paper to a new bill as the window does; gives its SHA-256."""
    enter(window)
    window.intake.take_files([paper], window.going.bill_for_papers())
    settle(window)
    return receive_file(window.session.library, paper).sha256


def export(window: MainWindow, target: Path) -> None:
    bill = window.bills.bill.bill_id
    ref = window.session.read(lambda reader: reader.scalar("SELECT ref FROM bill WHERE id = ?", bill))
    window.acts.packet.start(PacketWish((ref,), "biller", target))
    wait_for(lambda: not window.acts.packets.running, 120)
    settle(window)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(texts).split())


def answering(words: str | None) -> Callable[[], int]:
    """Answer the next questions for a password (None cancels); gives how many there were."""
    asked: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        # Keys go to whatever has them: a dialog that is not in front yet, or is closing, is not answered.
        focus = QApplication.focusWidget()
        ready = isinstance(dialog, QInputDialog) and focus is not None and dialog.isAncestorOf(focus)
        if isinstance(dialog, QInputDialog) and ready and not dialog.property("answered"):
            dialog.setProperty("answered", True)
            asked.append(dialog.labelText())
            if words is None:
                press("Escape")
            else:
                type_text(words)
                press("Return")

    asking = QTimer(QApplication.instance())
    asking.timeout.connect(answer)
    asking.start(30)

    def stop() -> int:
        asking.stop()
        asking.deleteLater()
        return len(asked)

    return stop


def test_the_password_typed_in_the_viewer_serves_search_and_packet(
    window: MainWindow, locked: Path, tmp_path: Path
) -> None:
    add(window, locked)
    assert window.viewer.source.refusal is not None
    assert window.viewer.source.refusal.code is Why.PASSWORD
    window.viewer.message.password.setFocus()
    type_text(PASSWORD)
    press("Return")
    settle(window)
    assert window.viewer.source.pages == 1

    window.search_field.setText("8812")
    settle(window)
    assert window.search.view.rows_model.rowCount() == 1

    stop = answering(None)
    export(window, tmp_path / "packet.pdf")
    assert stop() == 0
    assert PRINTED in text_of(tmp_path / "packet.pdf")


def test_a_paper_that_was_not_opened_yet_is_asked_for_before_the_packet(
    window: MainWindow, locked: Path, tmp_path: Path
) -> None:
    add(window, locked)
    stop = answering(PASSWORD)
    export(window, tmp_path / "packet.pdf")
    assert stop() == 1
    assert PRINTED in text_of(tmp_path / "packet.pdf")


@pytest.mark.parametrize("typed", [None, "not this one"])
def test_without_the_password_the_packet_names_the_paper_and_the_reason(
    window: MainWindow, locked: Path, tmp_path: Path, typed: str | None
) -> None:
    add(window, locked)
    stop = answering(typed)
    export(window, tmp_path / "packet.pdf")
    assert stop() == 1
    text = text_of(tmp_path / "packet.pdf")
    assert PRINTED not in text
    assert "locked.pdf" in text
    assert ("This file is locked with a password." if typed is None else "That password does not open") in text


def test_no_file_of_the_library_holds_the_password(window: MainWindow, locked: Path) -> None:
    add(window, locked)
    window.viewer.message.password.setFocus()
    type_text(PASSWORD)
    press("Return")
    settle(window)
    for path in window.session.library.folder.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes()


def test_the_password_is_in_no_text_that_could_be_logged() -> None:
    assert "secret" not in repr(PacketWish(("B1",), "biller", Path("a.pdf"), passwords={"0": "secret"}))
    assert "secret" not in repr(PacketRequest((1,), "biller", None, Path("a.pdf"), passwords={"0": "secret"}))  # type: ignore[arg-type]


def test_the_command_line_takes_passwords_from_standard_input(library: Library, locked: Path, tmp_path: Path) -> None:
    from medbills_desktop.commands.bills import EnterBill
    from medbills_desktop.commands.desk import Desk

    desk = Desk(library)
    bill = desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123"))
    paper = receive_file(library, locked)
    desk.perform(AddPapers((paper,), bill.id))
    library.close()
    out = tmp_path / "packet.pdf"
    command = [sys.executable, "-m", "medbills_desktop", "packet", "--library", str(library.folder)]
    command += ["--bill", "000123", "-o", str(out), "--passwords"]
    done = subprocess.run(
        command, input=json.dumps({paper.sha256: PASSWORD}), capture_output=True, text=True, env=dict(os.environ)
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert PRINTED in text_of(out)
    refused = subprocess.run(command, input="not json", capture_output=True, text=True, env=dict(os.environ))
    assert refused.returncode == 1
    assert refused.stderr.count("\n") == 1
    assert "passwords" in refused.stderr


def test_a_locked_paper_stays_known_as_locked_after_its_text_was_read(window: MainWindow, locked: Path) -> None:
    sha256 = add(window, locked)
    window.viewer.message.password.setFocus()
    type_text(PASSWORD)
    press("Return")
    settle(window)
    with sqlite3.connect(window.session.library.folder / "library.db") as database:
        rows = database.execute("SELECT pages, reason FROM reading WHERE sha256 = ?", (sha256,)).fetchall()
    database.close()
    assert rows == [(1, "password")]
