"""Papers on their way into a packet: each in its turn, and none stops the others."""

from __future__ import annotations

import io
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from PIL import Image

from medbills_desktop.commands import exhibit_child, preparing_exhibits
from medbills_desktop.commands.preparing_exhibits import ExhibitPreparer
from medbills_desktop.domain.records import Document
from medbills_desktop.domain.redaction import Needles
from medbills_desktop.packet.order import CantShow, ExhibitSource
from tests.support.small_papers import small_pdf


def document(name: str, media_type: str = "application/pdf") -> Document:
    return Document(id=1, ref="D1", file=name, media_type=media_type)


@pytest.fixture
def preparer(tmp_path: Path) -> Iterator[ExhibitPreparer]:
    folder = tmp_path / "prepared"
    folder.mkdir()
    with ExhibitPreparer(folder) as made:
        yield made


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(small_pdf("A paper"))
    return path


def reason(source: ExhibitSource) -> str:
    assert isinstance(source.content, CantShow), source
    return source.content.what


def pages(source: ExhibitSource) -> int:
    assert isinstance(source.content, Path), source
    return len(pypdf.PdfReader(source.content).pages)


def test_a_plain_paper_goes_in_as_it_is(preparer: ExhibitPreparer, paper: Path) -> None:
    source = preparer.prepare(document("paper.pdf"), paper, {})
    assert source.content == paper
    assert source.shown_sizes == ((612.0, 792.0),)


def test_a_turned_page_is_told_as_it_was_before_it_was_turned(preparer: ExhibitPreparer, paper: Path) -> None:
    source = preparer.prepare(document("paper.pdf"), paper, {1: 90})
    assert source.content != paper
    assert source.shown_sizes == ((612.0, 792.0),)
    assert isinstance(source.content, Path)
    box = pypdf.PdfReader(source.content).pages[0]
    turned = (box.rotation % 180 != 0) != (box.mediabox.width > box.mediabox.height)
    assert turned


def test_words_outside_the_visible_part_stay_behind_where_personal_numbers_are_taken_out(
    preparer: ExhibitPreparer, tmp_path: Path
) -> None:
    cut = tmp_path / "cut.pdf"
    data = small_pdf("SECRET of the printer")
    cut.write_bytes(data.replace(b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 612 792] /CropBox [0 0 612 600]"))
    plain = preparer.prepare(document("cut.pdf"), cut, {})
    assert "Words lie outside the visible part of some pages" in " ".join(plain.notices)
    shared = preparer.prepare(document("cut.pdf"), cut, {}, needles=Needles())
    assert isinstance(shared.content, Path)
    assert pypdf.PdfReader(shared.content).pages[0].extract_text().strip() == ""


def test_a_picture_becomes_a_page(preparer: ExhibitPreparer, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(made, "PNG")
    (tmp_path / "photo").write_bytes(made.getvalue())
    assert pages(preparer.prepare(document("photo.png", "image/png"), tmp_path / "photo", {})) == 1


def test_a_paper_that_is_not_held_or_damaged_is_told_so_and_the_next_one_goes_in(
    preparer: ExhibitPreparer, paper: Path, tmp_path: Path
) -> None:
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    (tmp_path / "empty.pdf").write_bytes(b"")
    assert "not in the library" in reason(preparer.prepare(document("a.pdf"), None, {}))
    assert "not in the library" in reason(preparer.prepare(document("a.pdf"), tmp_path / "nowhere", {}))
    assert reason(preparer.prepare(document("bad.pdf"), tmp_path / "bad.pdf", {}))
    assert "empty" in reason(preparer.prepare(document("empty.pdf"), tmp_path / "empty.pdf", {}))
    assert pages(preparer.prepare(document("paper.pdf"), paper, {})) == 1


def test_a_paper_that_takes_too_long_is_stopped_and_the_next_one_goes_in(
    tmp_path: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExhibitPreparer(tmp_path, seconds=0.001) as hurried:
        monkeypatch.setattr(preparing_exhibits, "START_SECONDS", 0.0)
        assert "too long" in reason(hurried.prepare(document("paper.pdf"), paper, {}))
        monkeypatch.setattr(preparing_exhibits, "START_SECONDS", 60.0)
        assert pages(hurried.prepare(document("paper.pdf"), paper, {})) == 1


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits of a process can't be read on this system")
def test_the_process_can_not_take_more_memory_than_it_may(preparer: ExhibitPreparer, paper: Path) -> None:
    preparer.prepare(document("paper.pdf"), paper, {})
    child = preparer._child
    assert child is not None
    limits = dict(re.findall(r"^(Max [a-z ]+?) {2,}(\d+)", Path(f"/proc/{child.pid}/limits").read_text(), re.MULTILINE))
    assert int(limits["Max address space"]) == exhibit_child.ADDRESS_SPACE <= 3_000_000_000
    assert int(limits["Max core file size"]) == 0
    assert int(limits["Max cpu time"]) <= preparing_exhibits.SECONDS + 10


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="a process can't be held on this system")
def test_a_paper_is_given_up_at_once_when_the_packet_is_not_wanted_any_more(tmp_path: Path, paper: Path) -> None:
    stopped = threading.Event()
    with ExhibitPreparer(tmp_path, cancelled=stopped.is_set) as preparer:
        preparer.prepare(document("paper.pdf"), paper, {})
        child = preparer._child
        assert child is not None
        os.kill(child.pid, signal.SIGSTOP)
        began = time.monotonic()
        threading.Timer(0.3, stopped.set).start()
        preparer.prepare(document("paper.pdf"), paper, {})
        assert time.monotonic() - began < 10
        assert child.poll() is not None


def test_a_process_that_was_killed_from_outside_is_started_again(preparer: ExhibitPreparer, paper: Path) -> None:
    preparer.prepare(document("paper.pdf"), paper, {})
    child = preparer._child
    assert child is not None
    child.kill()
    child.wait()
    assert pages(preparer.prepare(document("paper.pdf"), paper, {})) == 1
