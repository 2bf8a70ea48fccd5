"""Killed at any moment, a library opens again, is whole, and has everything that was acknowledged.

`MEDBILLS_KILLS=200` kills as often. Half of the kills come after a random time, half at once when a change
was acknowledged: whatever the program does later than that is then lost. A parent that has imported everything forks
a child for each kill, so that a kill costs no start of Python; the child opens the library itself.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from medbills_desktop.domain.records import Document
from medbills_desktop.store.backup import list_backups, looks_whole
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import examine_library
from tests.support import scripted_session

KILLS = int(os.environ.get("MEDBILLS_KILLS", "40"))
ROUNDS = 4
"""Libraries that the kills are spread over; each is killed again and again and keeps growing."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kill -9 and fork are of POSIX systems")


def child(folder: Path, seed: int) -> tuple[int, int]:
    """Start a session in a process of its own; gives its id and the end of the pipe on which it tells."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.dup2(writing, 1)
    sys.stdout = os.fdopen(1, "w")
    try:
        scripted_session.main(folder, seed)
    except Exception as error:
        sys.stdout.write(f"FAILED {error!r}\n")
        sys.stdout.flush()
        raise
    finally:
        os._exit(70)


def listen(reading: int, enough: Callable[[bytes], bool], seconds: float) -> bytes:
    """What a session tells until it is enough, it has ended, or the time is up."""
    said, end = b"", time.monotonic() + seconds
    while not enough(said) and (left := end - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            block = os.read(reading, 1 << 16)
            if not block:
                break
            said += block
    return said


def told_until_killed(folder: Path, seed: int, draw: random.Random) -> list[str]:
    """Let a session work until a random moment, kill it, and give what it had told by then."""
    process, reading = child(folder, seed)
    try:
        said = listen(reading, bool, 20)
        if draw.random() < 0.5:
            time.sleep(draw.random() * draw.choice((0.01, 0.1, 0.5)))
        else:
            awaited, times = draw.choice((b" paper", b"\n")), draw.randrange(1, 4)
            said += listen(reading, lambda more: more.count(awaited) >= times, 2)
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    while block := os.read(reading, 1 << 16):
        said += block
    os.close(reading)
    return said.decode().splitlines()


def check(folder: Path, told: list[str]) -> int:
    """The library opens, is whole, and holds every entry that was told; gives how many there were."""
    assert not any(line.startswith("FAILED") for line in told), told[-1]
    entries = [line.split()[:2] for line in told if len(line.split()) == 3]
    with Library.open(folder) as library:
        kept = dict(library.read(lambda r: [(row[0], row[1]) for row in r.rows("SELECT seq, hash FROM journal")]))
        lost = [entry for entry in entries if int(entry[0]) and kept.get(int(entry[0])) != entry[1]]
        assert lost == [], "a change that was acknowledged is not there"
        for document in library.read(lambda reader: reader.find(Document)):
            assert library.vault.holds(document.sha256), "a paper's record was kept without its bytes"
        assert not list((folder / "vault" / "incoming").glob("*"))
    verdict = examine_library(folder)
    assert verdict.faults == ()
    assert [note for note in verdict.notes if "belongs to no paper" not in note] == []
    assert all(looks_whole(entry) for entry in list_backups(folder))
    return len(entries)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(ROUNDS))
def test_no_acknowledged_change_is_lost_and_the_library_is_whole(part: int, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    Library.create(folder).close()
    draw = random.Random(part)
    acknowledged, did = 0, Counter[str]()
    for kill in range(KILLS // ROUNDS):
        told = told_until_killed(folder, part * 10_000 + kill, draw)
        acknowledged += check(folder, told)
        did.update(line.split()[2] for line in told if len(line.split()) == 3)
    assert acknowledged > KILLS // ROUNDS, "the sessions were killed before they did anything"
