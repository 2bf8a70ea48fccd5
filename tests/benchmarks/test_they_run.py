"""The benchmarks run from end to end on a small library, so that they are there when a figure is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks import code_tables, library, packet, today
from benchmarks.make_library import make_library
from medbills_desktop.domain.records import Bill, Call, Line
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import verify_library

BILLS = 40


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "library"
    make_library(folder, BILLS)
    return folder


def test_the_library_is_whole_and_as_large_as_it_says(made: Path) -> None:
    assert verify_library(made) == []
    with Library.open(made, "read") as opened:
        sizes = [len(opened.read(lambda reader, kind=kind: reader.find(kind))) for kind in (Bill, Line, Call)]
    assert sizes == [BILLS, 20 * BILLS, 5 * BILLS // 2]


def test_every_act_of_the_library_is_measured(made: Path) -> None:
    rows = [act.row(1)[0] for act in library.acts(made)]
    assert len(rows) >= 20
    assert all(len(row.split()) >= 5 for row in rows)


def test_a_packet_is_measured(made: Path, tmp_path: Path) -> None:
    row = packet.measure("two bills", made, 2, 1, tmp_path)
    assert int(row.split()[2]) > 5


def test_scanned_pages_are_measured_against_copying_and_merging_them(tmp_path: Path) -> None:
    rows = {row.what.split(": ")[1]: row for row in packet.scanned(tmp_path, 18, 1)}
    assert rows["against the copy"].found > 0
    assert rows["memory"].found < rows["memory"].bound


def test_loading_tables_of_codes_is_measured_and_the_bill_is_checked_with_them(tmp_path: Path) -> None:
    loading, checking = (text for text, _ in code_tables.measure(tmp_path, 3000, 1))
    assert "load 3,000 pairs" in loading
    assert " more findings" in checking
    assert "(0 more" not in checking


def test_today_is_measured(made: Path, qapp: QApplication) -> None:
    with Library.open(made) as opened:
        (_, first, again), _ = today.measure(opened)
    assert "first opening of Today" in first
    assert len(again.split()) >= 7
