"""Printing what the viewer shows: the system's dialog in a real loop, wide pages turned, a range, progress, cancel."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPageRanges
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.qt.printing import Printing, PrintJob, letter_printer
from medbills_desktop.qt.tasks import Progress
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle, wait_for

SIZES = ((612, 792), (792, 612), (595, 842), (792, 612))


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """Pages of several sizes, each with a black bar along its upper edge and its number."""
    canvas = Canvas(str(tmp_path / "Packet.pdf"), pagesize=SIZES[0], invariant=1)
    for number, (width, height) in enumerate(SIZES, 1):
        canvas.setPageSize((width, height))
        canvas.rect(36, height - 72, width - 72, 36, fill=1)
        canvas.drawString(72, height / 2, f"Page {number}")
        canvas.showPage()
    canvas.save()
    return tmp_path / "Packet.pdf"


def to_file(printer: QPrinter, out: Path) -> QPrinter:
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(out))
    printer.setResolution(72)
    return printer


def bar_of(page: pymupdf.Page) -> str:
    """At which edge of a printed sheet the bar is."""
    pixels = page.get_pixmap(dpi=20, colorspace="gray")
    width, height = pixels.width, pixels.height
    dark = [(at % pixels.stride, at // pixels.stride) for at, value in enumerate(pixels.samples) if value < 100]
    x, y = (sum(each) / len(dark) for each in zip(*dark, strict=True))
    edges = {"left": x / width, "right": 1 - x / width, "top": y / height, "bottom": 1 - y / height}
    return min(edges, key=lambda edge: edges[edge])


def test_a_range_is_printed_on_sheets_of_one_size_and_wide_pages_are_turned(
    sample_window: MainWindow, made: Path, tmp_path: Path
) -> None:
    printer = to_file(letter_printer("Packet"), tmp_path / "printed.pdf")
    ranges = QPageRanges()
    ranges.addRange(1, 3)
    printer.setPageRanges(ranges)
    steps: list[Progress] = []
    told: list[str] = []
    job = PrintJob(sample_window.link, printer, made, sample_window, {1: 180})
    job.progressed.connect(steps.append)
    job.ended.connect(told.append)
    job.begin()
    wait_for(lambda: bool(told))
    assert told == [""]
    assert [(step.done, step.whole) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    with pymupdf.open(tmp_path / "printed.pdf") as printed:
        assert {(round(page.rect.width), round(page.rect.height)) for page in printed} == {(612, 792)}
        assert [bar_of(page) for page in printed] == ["bottom", "right", "top"]


def test_a_cancelled_print_leaves_no_half_file(sample_window: MainWindow, made: Path, tmp_path: Path) -> None:
    printer = to_file(letter_printer("Packet"), tmp_path / "printed.pdf")
    told: list[str] = []
    job = PrintJob(sample_window.link, printer, made, sample_window)
    job.progressed.connect(lambda _step: job.cancel())
    job.ended.connect(told.append)
    job.begin()
    wait_for(lambda: bool(told))
    settle(sample_window)
    assert told == ["Printing was cancelled."]
    assert not (tmp_path / "printed.pdf").exists()


@pytest.mark.parametrize("accepted", [True, False])
def test_the_systems_dialog_is_asked_and_obeyed(
    sample_window: MainWindow, made: Path, tmp_path: Path, accepted: bool
) -> None:
    """The menu's action, the dialog in its own loop, and what is printed or not."""
    out = tmp_path / "printed.pdf"
    sample_window.showing.show_file(made, "Packet.pdf")
    settle(sample_window)
    seen: list[str] = []

    def answer() -> None:
        dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QPrintDialog))
        seen.append(dialog.windowTitle())
        if accepted:
            to_file(dialog.printer(), out)
            dialog.done(QPrintDialog.DialogCode.Accepted)
        else:
            dialog.reject()

    QTimer.singleShot(200, answer)
    sample_window.actions_by_id["print_shown"].trigger()
    assert seen == ["Print"]
    if not accepted:
        assert not out.exists()
        return
    wait_for(lambda: sample_window.notices.text == f"It is printed to {out}")
    with pymupdf.open(out) as printed:
        assert printed.page_count == len(SIZES)


def test_a_file_is_never_printed_over_itself(sample_window: MainWindow, made: Path) -> None:
    before = made.read_bytes()
    printing = Printing(sample_window.session, sample_window.link, sample_window)
    printing.print_on(to_file(letter_printer("Packet"), made), made)
    assert "printed over itself" in sample_window.notices.text
    assert made.read_bytes() == before


def test_with_nothing_in_the_viewer_it_says_what_to_do(sample_window: MainWindow) -> None:
    sample_window.showing.clear()
    sample_window.actions_by_id["print_shown"].trigger()
    assert "what the viewer shows is printed" in sample_window.notices.text


@pytest.mark.qt_log_ignore("Returned false", extend=True)
def test_where_printing_never_began_the_file_that_is_there_stays(
    sample_window: MainWindow, made: Path, tmp_path: Path
) -> None:
    folder, ended = tmp_path / "folder.pdf", list[bool]()
    folder.mkdir()
    printing = Printing(sample_window.session, sample_window.link, sample_window)
    printing.finished.connect(lambda: ended.append(True))
    printing.print_on(to_file(letter_printer("x"), folder), made)
    settle(sample_window)
    assert ended == [True], "else every later print would wait for this one"
    assert folder.is_dir()


def test_closing_the_window_stops_a_print_and_leaves_no_half_file(
    sample_window: MainWindow, made: Path, tmp_path: Path
) -> None:
    out, steps = tmp_path / "half.pdf", list[object]()
    printing = Printing(sample_window.session, sample_window.link, sample_window)
    printing.progressed.connect(steps.append)
    sample_window.acts._prints._printing = printing
    printing.print_on(to_file(letter_printer("x"), out), made)
    wait_for(lambda: bool(steps))
    sample_window.close()
    settle(sample_window)
    assert not out.exists()
