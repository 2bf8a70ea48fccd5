"""What goes wrong leaves the packet that was there before, and nothing else; papers that fail never stop it."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from medbills_desktop.packet.export import build_packet
from medbills_desktop.packet.order import CantShow, ExhibitSource, PacketCancelledError, Progress
from medbills_desktop.packet.target import partial_folder, remove_leftovers, work_folder
from medbills_desktop.packet.verification import verify_packet
from tests.packet.packets import (
    ROOT,
    build,
    changed,
    never,
    order,
    paper,
    papers_case,
    quiet,
    small_case,
    texts,
    whole_text,
)


def _left(folder: Path, keep: set[str]) -> set[str]:
    return {path.name for path in folder.iterdir()} - keep


def _asked_times(folder: Path) -> int:
    """How often the export asks whether it is cancelled."""
    asked = [0]

    def count() -> bool:
        asked[0] += 1
        return False

    case, sources = papers_case([paper(folder / "counted.pdf", pages=3)])
    build_packet(order(case, sources), folder / "counted-packet.pdf", quiet, count)
    return asked[0]


def test_cancelling_at_any_moment_leaves_the_old_packet_and_nothing_else(tmp_path: Path) -> None:
    times = _asked_times(tmp_path)
    assert times > 15
    out = tmp_path / "out" / "packet.pdf"
    out.parent.mkdir()
    out.write_bytes(b"the old packet")
    case, sources = papers_case([paper(tmp_path / "a.pdf", pages=3)])
    for moment in range(times):
        left = [moment]

        def now(left: list[int] = left) -> bool:
            left[0] -= 1
            return left[0] < 0

        with pytest.raises(PacketCancelledError, match=r"\AThe export was stopped\."):
            build_packet(order(case, sources), out, quiet, now)
        assert out.read_bytes() == b"the old packet"
        assert _left(out.parent, {"packet.pdf"}) == set()


def test_progress_is_told_all_the_way(tmp_path: Path) -> None:
    told: list[Progress] = []
    case, sources = papers_case([paper(tmp_path / "a.pdf", pages=3)])
    build_packet(order(case, sources), tmp_path / "packet.pdf", told.append, never)
    texts_told = list(dict.fromkeys(progress.text for progress in told))
    assert texts_told == [
        "Looking at the papers",
        "Writing the pages of the packet",
        "Stamping exhibit A",
        "Taking the fingerprint of each page",
        "Writing the packet",
        "Sealing the packet",
    ]
    assert all(0 <= progress.done <= progress.total for progress in told)


def test_a_long_packet_tells_every_few_pages_how_far_it_is(tmp_path: Path) -> None:
    told: list[Progress] = []
    lines = [Line(id=place, bill_id=1, description=f"Item {place}", mark="duplicate") for place in range(1, 1201)]
    made = build_packet(order(small_case(*lines)), tmp_path / "packet.pdf", told.append, never)
    writing = [progress for progress in told if progress.text == "Writing the pages of the packet"]
    assert [progress.done for progress in writing] == sorted(progress.done for progress in writing)
    assert all(progress.done <= progress.total for progress in writing)
    assert len({progress.done for progress in writing}) > made.pages / 4


@pytest.mark.parametrize("place", ["a folder", "nowhere/packet.pdf", "x" * 300 + ".pdf"])
def test_a_place_that_can_not_take_the_packet_is_refused_in_words(place: str, tmp_path: Path) -> None:
    (tmp_path / "a folder").mkdir()
    with pytest.raises(UserError) as refusal:
        build_packet(order(small_case()), tmp_path / place, quiet, never)
    assert refusal.value.what
    assert refusal.value.todo
    assert _left(tmp_path, {"a folder"}) == set()


@pytest.mark.skipif(os.name == "nt", reason="folders are made read-only in another way there")
def test_a_read_only_folder_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    try:
        probe = folder / "probe"
        try:
            probe.write_bytes(b"")
        except PermissionError:
            with pytest.raises(UserError, match="read-only"):
                build_packet(order(small_case()), folder / "packet.pdf", quiet, never)
            return
        probe.unlink()
        pytest.skip("this user may write everywhere")
    finally:
        folder.chmod(0o700)


_ON_FULL_DISK = """
import resource, signal, sys, pathlib
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Line
from tests.packet.packets import build, order, paper, papers_case
folder = pathlib.Path(sys.argv[1])
case, sources = papers_case([folder / "big.pdf"])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    build(order(case, sources), folder)
except UserError as refusal:
    print(refusal.what)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="file sizes can't be limited here")
@pytest.mark.parametrize("limit", [10_000, 200_000])
def test_when_the_room_ends_while_writing_the_old_packet_stays(limit: int, tmp_path: Path) -> None:
    big = paper(tmp_path / "big.pdf")

    def swell(pdf) -> None:  # type: ignore[no-untyped-def]
        noise = os.urandom(400_000)
        pdf.pages[0].obj.Resources.XObject = {"/Noise": pdf.make_stream(noise)}

    changed(big, swell)
    (tmp_path / "packet.pdf").write_bytes(b"the old packet")
    run = [sys.executable, "-c", _ON_FULL_DISK, str(tmp_path), str(limit)]
    done = subprocess.run(
        run, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=ROOT
    )
    assert done.stdout.strip() == "There is no room left where the packet was to be written."
    assert (tmp_path / "packet.pdf").read_bytes() == b"the old packet"
    assert _left(tmp_path, {"packet.pdf", "big.pdf"}) == set()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes with a name")
def test_what_is_no_file_is_never_replaced_by_one(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UserError, match="no file"):
        build_packet(order(small_case()), tmp_path / "pipe", quiet, never)
    assert (tmp_path / "pipe").is_fifo()
    assert _left(tmp_path, {"pipe"}) == set()


def test_what_a_killed_export_left_is_found_by_its_process_and_removed_after_a_day(tmp_path: Path) -> None:
    """At once where the process of this computer is over; where it may still be at work, after a day."""
    over = subprocess.Popen([sys.executable, "-c", ""])
    over.wait()
    left = [make(tmp_path / "any.pdf", over.pid) for make in (partial_folder, work_folder)]
    old, fresh = (
        partial_folder(tmp_path / "packet.pdf", os.getppid()),
        work_folder(tmp_path / "other.pdf", os.getppid()),
    )
    foreign = tmp_path / f".medbills-0123456789ab-ba9876543210-{over.pid}.part"
    for folder in (*left, old, fresh, foreign):
        folder.mkdir()
        (folder / "packet.pdf").write_bytes(b"half")
    two_days_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (two_days_ago, two_days_ago))
    build(order(small_case()), tmp_path)
    assert not old.exists()
    assert fresh.exists()
    assert foreign.exists()
    assert [folder.exists() for folder in left] == [os.name != "posix"] * 2
    remove_leftovers(tmp_path / "other.pdf", os.getppid())
    assert not fresh.exists()


DAMAGED = {
    "half": lambda data: data[: len(data) // 2],
    "empty": lambda _data: b"",
    "page-of-html": lambda _data: b"<html><body>Please log in</body></html>",
    "noise": lambda _data: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_paper_that_can_not_be_opened_is_named_and_never_stops_the_packet(name: str, tmp_path: Path) -> None:
    good, bad = paper(tmp_path / "good.pdf", text="good"), paper(tmp_path / "bad.pdf", pages=4)
    bad.write_bytes(DAMAGED[name](bad.read_bytes()))
    case, sources = papers_case([good, bad])
    made = build(order(case, sources), tmp_path)
    shown = {exhibit.title: exhibit for exhibit in made.exhibits}
    assert shown["good.pdf"].pages == 1
    if shown["bad.pdf"].shown:
        assert shown["bad.pdf"].pages > 0
        return
    text = whole_text(made.path)
    assert "This paper can’t be shown here" in text
    assert f"{2:064x}" in text.replace(" ", "")
    assert made.not_shown[0].startswith(f"Exhibit {shown['bad.pdf'].letter}, bad.pdf: ")


def test_a_paper_that_can_be_merged_but_not_be_stamped_is_named(tmp_path: Path) -> None:
    def tangle(pdf: pikepdf.Pdf) -> None:
        link = pdf.make_indirect(pikepdf.Dictionary(End=True))
        for _ in range(4000):
            link = pdf.make_indirect(pikepdf.Dictionary(Next=link))
        pdf.pages[0].obj.Resources.Properties = pikepdf.Dictionary(P0=link)

    tangled = changed(paper(tmp_path / "tangled.pdf"), tangle)
    case, sources = papers_case([tangled, paper(tmp_path / "fine.pdf")])
    made = build(order(case, sources), tmp_path)
    assert {each.title: each.shown for each in made.exhibits} == {"tangled.pdf": False, "fine.pdf": True}
    assert "can’t be opened as a PDF" in whole_text(made.path)
    assert verify_packet(made.path) == []


def test_papers_with_damaged_bytes_never_stop_the_packet_and_it_stays_provable(shared: Path, tmp_path: Path) -> None:
    dice = random.Random(20250331)
    whole = [path for path in sorted((shared / "samples" / "odd-pdfs").glob("*.pdf")) if path.stat().st_size < 60_000]
    files = []
    for place in range(60):
        data = bytearray(dice.choice(whole).read_bytes() or b"%PDF-1.4")
        for _ in range(dice.choice((1, 2, 5, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        files.append(tmp_path / f"damaged-{place}.pdf")
        files[-1].write_bytes(data)
    case, sources = papers_case(files)
    made = build(order(case, sources), tmp_path)
    assert len(made.exhibits) == 60
    assert len(made.not_shown) == sum(not each.shown for each in made.exhibits) < 40
    assert verify_packet(made.path) == []


def test_a_paper_that_vanished_or_has_no_pages_is_named(tmp_path: Path) -> None:
    def none(pdf) -> None:  # type: ignore[no-untyped-def]
        del pdf.pages[0]

    case, sources = papers_case([tmp_path / "gone.pdf", changed(paper(tmp_path / "none.pdf"), none)])
    made = build(order(case, sources), tmp_path)
    assert [exhibit.shown for exhibit in made.exhibits] == [False, False]
    assert len(made.not_shown) == 2


def test_the_reason_for_a_paper_that_can_not_be_shown_stands_on_its_page(tmp_path: Path) -> None:
    case, sources = papers_case([tmp_path / "talk.mp3"], title="The call", date=date(2025, 3, 1))
    reason = CantShow("A recording can’t be printed.", "Play it in the library.")
    made = build(order(case, [ExhibitSource(sources[0].document, reason)]), tmp_path)
    page = texts(made.path)[made.exhibits[0].first_page - 1]
    assert "A recording can’t be printed." in page
    assert "Play it in the library." in page
    assert "talk.mp3" in page


def test_a_packet_that_lacks_a_copy_is_nowhere_called_complete(tmp_path: Path) -> None:
    """On its first page, in the contents, and above all in the statement that somebody signs."""
    files = [paper(tmp_path / f"{name}.pdf") for name in ("good", "bad", "gone")]
    case, (good, *others) = papers_case(files, sha256=None)
    reason = CantShow("It was changed after it was received.", "Bring it back.")
    sources = [good, *(replace(other, content=reason) for other in others)]
    asked = order(case, sources, parts=frozenset({"cover", "contents", "missing", "copies", "exhibits"}))
    pages = [" ".join(text.split()) for text in texts(build(asked, tmp_path).path)]
    assert "3 exhibits, A to C. Without a copy, since the paper can’t be shown: B, C." in pages[0]
    assert "Not held: 4 papers that the records mention" in pages[1]
    (missing,) = [text for text in pages if "They are not in this packet." in text]
    assert missing.count("gone.pdf") == missing.count("bad.pdf") == 1
    assert "there is no copy here, since the paper can’t be shown: B, C." in pages[-1]


def test_an_encrypted_paper_without_password_is_merged_decrypted(tmp_path: Path) -> None:
    import pikepdf

    path = paper(tmp_path / "locked.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="owner", user="", R=6))
    case, sources = papers_case([path])
    made = build(order(case, sources), tmp_path)
    assert made.exhibits[0].shown
    with pikepdf.open(made.path) as pdf:
        assert not pdf.is_encrypted
