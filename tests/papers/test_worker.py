"""The worker takes what strangers made: it may die, it may not stop the program, and it writes nothing."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from medbills_desktop.papers import limits
from medbills_desktop.papers.client import PaperReader
from medbills_desktop.papers.engine_memory import STORE_BYTES
from medbills_desktop.papers.framing import FrameReader, request_bytes
from medbills_desktop.papers.protocol import PAGE_SECONDS, Ping, Pong
from medbills_desktop.papers.reasons import PaperRefusedError, Why
from medbills_desktop.papers.shelf import MOST_OPEN
from medbills_desktop.papers.starting import worker_command, worker_environment
from tests.papers.specimens import (
    colours_at_corners,
    corners,
    drawn_pdf,
    endless_pdf,
    marked_page,
    picture_of,
    plain_pdf,
    stream,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and resource limits are a matter of POSIX systems")


def why(refusal: pytest.ExceptionInfo[PaperRefusedError]) -> Why:
    return refusal.value.reason.code


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@POSIX
def test_a_worker_killed_between_requests_is_replaced_and_the_paper_opened_again(
    reader: PaperReader, tmp_path: Path
) -> None:
    paper = reader.open(drawn_pdf(tmp_path / "a.pdf", marked_page))
    first = reader.process_id
    os.kill(first, signal.SIGKILL)
    assert reader.draw(paper.document, 1, 0.5).width == 306
    assert reader.process_id != first


@POSIX
def test_a_worker_killed_in_the_middle_of_a_request_costs_only_time(tmp_path: Path) -> None:
    """A page that is drawn for ever: a killer strikes the first worker, the timer of the retry the second."""
    endless = written(tmp_path / "endless.pdf", endless_pdf())
    with PaperReader(patience=0.15) as reader:
        paper = reader.open(endless)
        first = reader.process_id
        killer = threading.Timer(0.3, os.kill, (first, signal.SIGKILL))
        killer.start()
        began = time.monotonic()
        with pytest.raises(PaperRefusedError) as refusal:
            reader.draw(paper.document, 1, 1)
        killer.join()
        assert why(refusal) is Why.TOOK_TOO_LONG
        assert time.monotonic() - began > 0.15 * PAGE_SECONDS
        other = reader.open(drawn_pdf(tmp_path / "good.pdf", marked_page))
        assert reader.draw(other.document, 1, 0.5).width == 306
        assert reader.process_id != first


@POSIX
def test_a_worker_that_dies_each_time_makes_the_paper_refused_as_crashed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "import os; os.read(0, 1); os.abort()"]
    monkeypatch.setattr("medbills_desktop.papers.client.worker_command", lambda: command)
    with PaperReader() as reader, pytest.raises(PaperRefusedError) as refusal:
        reader.open(tmp_path / "any.pdf")
    assert why(refusal) is Why.CRASHED


@POSIX
def test_processor_time_ends_a_drawing_that_would_never_end() -> None:
    code = "from medbills_desktop.papers import limits; limits.allow_processor_seconds(0)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    assert ended.returncode == -signal.SIGXCPU


@POSIX
def test_a_confined_process_can_not_write_start_programs_or_fill_the_memory(tmp_path: Path) -> None:
    code = f"""
import os
from medbills_desktop.papers import limits
limits.confine()
limits.refuse_writes_and_network()
refused = 0
for attempt in (
    lambda: open({str(tmp_path / "new.txt")!r}, "w"),
    lambda: __import__("subprocess").run(["true"]),
    lambda: __import__("socket").socket(),
    lambda: bytearray({limits.ADDRESS_SPACE}),
):
    try:
        attempt()
    except (PermissionError, MemoryError):
        refused += 1
descriptor = os.open({str(tmp_path / "raw.txt")!r}, os.O_WRONLY | os.O_CREAT)
import signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    os.write(descriptor, b"x")
except OSError:
    refused += 1
os._exit(refused)
"""
    ended = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)
    assert ended.returncode == (5 if sys.platform == "linux" else 4)
    assert not (tmp_path / "new.txt").exists()
    assert (tmp_path / "raw.txt").read_bytes() == b""


def test_standard_output_carries_frames_only_and_the_worker_ends_with_its_input() -> None:
    worker = subprocess.run(
        worker_command(), input=request_bytes(Ping(number=5)), capture_output=True, env=worker_environment(),
        check=True, timeout=60,
    )  # fmt: skip
    (answer,) = FrameReader().feed(worker.stdout)
    assert isinstance(answer, Pong)
    assert answer.number == 5
    assert worker.stderr == b""


def test_more_papers_than_the_shelf_holds_stay_usable(reader: PaperReader, tmp_path: Path) -> None:
    keys = []
    for number in range(MOST_OPEN + 3):
        path = drawn_pdf(tmp_path / f"{number}.pdf", marked_page, size=(100 + number, 100))
        keys.append(reader.open(path).document)
    assert reader.ping().open_papers == MOST_OPEN
    assert [reader.draw(key, 1, 1).width for key in keys] == list(range(100, 107))
    for key in keys:
        reader.forget(key)
    assert reader.ping().open_papers == 0


def test_memory_stays_bounded_while_a_long_scan_is_read(reader: PaperReader, tmp_path: Path) -> None:
    """Thirty pages that decode to 4 MB each; the engine alone would keep all of them."""

    def scan(canvas: Canvas) -> None:
        page = io.BytesIO()
        Image.new("L", (2000, 2000), 5 * canvas.getPageNumber()).save(page, "JPEG")
        canvas.drawImage(ImageReader(page), 0, 0, 612, 792)

    paper = reader.open(drawn_pdf(tmp_path / "scan.pdf", scan, pages=30))
    stored = []
    for page in range(1, paper.pages + 1):
        reader.draw(paper.document, page, 2)
        stored.append(reader.ping().store_bytes)
    assert max(stored) < STORE_BYTES
    assert min(stored[20:]) > 1_000_000, "trimming everything each time would cost the fonts"


def test_what_was_never_opened_and_pages_that_are_not_there_are_refused(reader: PaperReader, tmp_path: Path) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        reader.draw("never opened", 1, 1)
    assert why(refusal) is Why.NOT_OPEN
    paper = reader.open(drawn_pdf(tmp_path / "a.pdf", marked_page))
    for page in (0, 2, -1):
        with pytest.raises(PaperRefusedError) as refusal:
            reader.draw(paper.document, page, 1)
        assert why(refusal) is Why.NO_SUCH_PAGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Why.EMPTY),
        (b"<html><body>Please sign in</body></html>", Why.NOT_A_PDF),
        (b"%PDF-1.7\nnothing else", Why.DAMAGED),
        (b"just words", Why.UNKNOWN_KIND),
        (plain_pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>"]), Why.NO_PAGES),
        (b"\xff\xd8\xff\xe0 not a photograph", Why.DAMAGED),
        (b"\x89PNG\r\n\x1a\n", Why.DAMAGED),
        (b"II*\0\xff\xff\xff\xff", Why.DAMAGED),
    ],
)
def test_each_kind_of_bad_file_has_its_own_reason(
    reader: PaperReader, tmp_path: Path, data: bytes, reason: Why
) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        reader.open(written(tmp_path / "statement.pdf", data))
    assert why(refusal) is reason


def test_a_file_that_vanished_is_missing(reader: PaperReader, tmp_path: Path) -> None:
    with pytest.raises(PaperRefusedError) as refusal:
        reader.open(tmp_path / "gone.pdf")
    assert why(refusal) is Why.MISSING


def test_a_cut_off_pdf_is_repaired_with_a_notice_or_refused_never_worse(reader: PaperReader, tmp_path: Path) -> None:
    whole = drawn_pdf(tmp_path / "whole.pdf", marked_page, pages=3).read_bytes()
    outcomes = set()
    for tenth in range(1, 10):
        cut = written(tmp_path / f"{tenth}.pdf", whole[: len(whole) * tenth // 10])
        try:
            outcomes.update(remark.code.value for remark in reader.open(cut).notices)
        except PaperRefusedError as refusal:
            outcomes.add(refusal.reason.code.value)
    assert outcomes <= {"repaired", "damaged", "no-pages"}
    assert "repaired" in outcomes


def test_an_image_bomb_is_refused_before_it_is_unpacked(reader: PaperReader, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.png"
    Image.new("1", (19_000, 19_000)).save(bomb)
    assert bomb.stat().st_size < 100_000
    began = time.monotonic()
    with pytest.raises(PaperRefusedError) as refusal:
        reader.open(bomb)
    assert why(refusal) is Why.TOO_LARGE
    assert time.monotonic() - began < 2


def test_a_large_honest_picture_is_shown(reader: PaperReader, tmp_path: Path) -> None:
    """64 megapixels with transparency, which is never in memory twice."""
    large = tmp_path / "large.png"
    corners(8_000, 8_000).convert("RGBA").save(large, compress_level=1)
    paper = reader.open(large)
    drawn = reader.draw(paper.document, 1, 0.5)
    assert (drawn.width, drawn.height) == (306, 306)
    assert colours_at_corners(picture_of(drawn)) == (True, True)


def test_drawing_commands_without_end_in_a_tiny_file_are_stopped(tmp_path: Path) -> None:
    packed = zlib.compress(b"0 0 m 600 700 l S\n" * 900_000)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        stream(b"/Filter /FlateDecode", packed),
    ]
    with PaperReader(patience=0.1) as reader:
        paper = reader.open(written(tmp_path / "bomb.pdf", plain_pdf(objects)))
        with pytest.raises(PaperRefusedError) as refusal:
            reader.draw(paper.document, 1, 1)
        assert why(refusal) is Why.TOOK_TOO_LONG


def test_a_page_of_two_hundred_thousand_points_is_drawn_small(reader: PaperReader, tmp_path: Path) -> None:
    paper = reader.open(drawn_pdf(tmp_path / "wall.pdf", marked_page, size=(200_000, 200_000)))
    drawn = reader.draw(paper.document, 1, 2)
    assert drawn.zoom < 0.04
    assert drawn.width * drawn.height <= 40_000_000
