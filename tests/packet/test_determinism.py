"""The same order gives the same bytes: in another process, with another hash seed, time zone and working folder."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from tests.packet.packets import ROOT, build, order, paper, papers_case

_MAKE = """
import dataclasses, pathlib, sys
from tests.packet.packets import build, quiet, never, sample_order
folder = pathlib.Path(sys.argv[1])
build(sample_order(folder), folder)
"""


def _made(folder: Path, seed: str, zone: str) -> bytes:
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", _MAKE, str(folder)], check=True, cwd=folder, env=environment)
    return (folder / "packet.pdf").read_bytes()


def test_two_processes_make_the_same_packet(tmp_path: Path) -> None:
    first = _made(tmp_path / "one", "1", "UTC")
    second = _made(tmp_path / "a longer name of a folder", "4242", "Pacific/Auckland")
    assert hashlib.sha256(first).hexdigest() == hashlib.sha256(second).hexdigest()


def test_the_order_in_which_papers_are_given_changes_nothing(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / f"{name}.pdf", text=name) for name in "abc"])
    first = build(order(case, sources), tmp_path).sha256
    assert build(order(case, sources[::-1]), tmp_path).sha256 == first


def test_another_day_is_another_packet(tmp_path: Path) -> None:
    from datetime import date

    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    first = build(order(case, sources), tmp_path)
    second = build(order(case, sources, prepared_on=date(2025, 4, 1)), tmp_path)
    assert first.packet_id != second.packet_id


def test_the_report_tells_size_and_hash_of_the_file(tmp_path: Path) -> None:
    case, sources = papers_case([paper(tmp_path / "a.pdf")])
    made = build(order(case, sources), tmp_path)
    data = made.path.read_bytes()
    assert (made.size, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
