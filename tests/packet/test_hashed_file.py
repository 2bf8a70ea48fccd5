"""Hashing beside writing: the same digest as of the whole file, whatever comes in what pieces, and no thread left."""

from __future__ import annotations

import hashlib
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from medbills_desktop.packet import hashed_file as hashing
from medbills_desktop.packet.hashed_file import hashed_file


@pytest.mark.parametrize("size", [0, 1, 4096, 100_000, 1_000_003])
def test_what_is_hashed_beside_and_what_is_left_are_the_whole_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(hashing, "_CHUNK", 4096)
    data, path = os.urandom(size), tmp_path / "made.pdf"
    with hashed_file(path) as file:
        for start in range(0, size, 777):
            assert file.write(memoryview(data)[start : start + 777]) == len(data[start : start + 777])
    begun = file.begun
    assert path.read_bytes() == data
    assert begun.digest.hexdigest() == hashlib.sha256(data[: begun.size]).hexdigest()
    assert begun.size % 4096 == 0
    assert size - begun.size >= min(size, 4096), "the end is left: the seal is to be written there"
    assert begun.size >= size - 3 * 4096, "nearly all is hashed beside"


def _overfill(path: Path) -> None:
    """Write more than a file may hold."""
    resource = pytest.importorskip("resource", reason="only systems like Unix limit the size of a file")
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, kept[1]))
    try:
        with hashed_file(path) as file:
            for _ in range(9):
                file.write(bytes(50_000))
            file.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)


def test_where_writing_fails_no_thread_is_left(tmp_path: Path) -> None:
    turn, threads = sys.getswitchinterval(), threading.active_count()
    with pytest.raises(OSError, match="File too large"):
        _overfill(tmp_path / "made.pdf")
    assert threading.active_count() == threads
    assert sys.getswitchinterval() == turn
