"""Readers and the writer side by side, and the places where that can't be."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from medbills_desktop.domain.records import Bill, Line
from medbills_desktop.store import places
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import verify_library


def journal_mode(library: Library) -> str:
    return str(library.read(lambda reader: reader.scalar("PRAGMA journal_mode")))


def test_a_reader_that_takes_long_does_not_hold_up_a_change(filled: Path) -> None:
    with Library.open(filled) as library:
        if journal_mode(library) != "wal":
            pytest.skip("this place allows no write-ahead log")
        begun, done = threading.Event(), threading.Event()
        seen: list[str | None] = []

        def read(reader: object) -> None:
            seen.append(reader.get(Bill, 1).notes)  # type: ignore[attr-defined]
            begun.set()
            done.wait(10)
            seen.append(reader.get(Bill, 1).notes)  # type: ignore[attr-defined]

        thread = threading.Thread(target=lambda: library.read(read))
        thread.start()
        begun.wait(10)
        started = time.monotonic()
        library.perform("Note", lambda work: work.change(Bill, 1, notes="while somebody reads"))
        took = time.monotonic() - started
        done.set()
        thread.join()
        assert seen == [None, None], "the reader's view changed under it"
        assert took < 2
        assert library.read(lambda reader: reader.get(Bill, 1)).notes == "while somebody reads"


def test_many_threads_read_and_write_one_library(filled: Path) -> None:
    with Library.open(filled) as library:
        failures: list[Exception] = []

        def work(number: int) -> None:
            try:
                for turn in range(15):
                    if number % 2:
                        library.read(lambda reader: reader.find(Line))
                    else:
                        text = f"{number} {turn}"
                        library.perform("Note", lambda work, t=text: work.change(Bill, number + 1, notes=t))
            except Exception as error:  # noqa: BLE001 - told by the test
                failures.append(error)

        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        for number in range(0, 8, 2):
            assert library.read(lambda reader, n=number: reader.get(Bill, n + 1)).notes == f"{number} 14"
    assert verify_library(filled) == []


def test_without_a_log_everything_works_the_same(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("medbills_desktop.store.library.allows_log", lambda folder: False)
    with Library.open(filled) as library:
        assert journal_mode(library) == "delete"
        library.perform("Note", lambda work: work.change(Bill, 1, notes="n"))
        library.back_up()
    assert verify_library(filled) == []


@pytest.mark.parametrize(
    ("kind", "point", "folder", "allowed"),
    [
        ("ext4", "/", "/home/ana/Library", True),
        ("nfs4", "/home", "/home/ana/Library", False),
        ("ext4", "/home", "/home/ana/Dropbox/Library", False),
        ("fuse.sshfs", "/home/ana/remote\\040disk", "/home/ana/remote disk/Library", False),
        ("cifs", "/mnt", "/home/ana/Library", True),
    ],
)
def test_a_log_is_used_on_local_disks_only(
    kind: str, point: str, folder: str, allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = f"1 0 8:1 / / rw - ext4 /dev/root rw\n2 1 8:2 / {point} rw shared:1 - {kind} /dev/x rw\n"
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_words: table)
    monkeypatch.setattr(places.sys, "platform", "linux")
    monkeypatch.setattr(places, "driver_version", lambda: (3, 53, 0))
    assert places.allows_log(Path(folder)) is allowed


def test_an_sqlite_with_the_fault_in_its_log_does_without(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(places, "driver_version", lambda: (3, 51, 2))
    assert not places.allows_log(tmp_path)


def test_a_record_changed_outside_of_perform_is_a_fault_of_the_program(filled: Path) -> None:
    with Library.open(filled) as library:
        with pytest.raises(RuntimeError, match="outside of perform"), library.working() as work:
            work.change(Bill, 1, notes="unjournaled")
        assert library.read(lambda reader: reader.get(Bill, 1)).notes is None
        with pytest.raises(RuntimeError, match="inside another one"):
            library.perform("Outer", lambda work: library.perform("Inner", lambda inner: None))
        library.perform("After", lambda work: work.change(Bill, 1, notes="fine"))
