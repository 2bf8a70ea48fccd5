"""Damaged library files: noticed, said in words, never a crash, and the rest stays readable."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import DamagedLibraryError, ReadOnlyError, UserError
from medbills_desktop.domain.records import Bill, Call, Line
from medbills_desktop.store.backup import newest_backup
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.bills import ListBills
from medbills_desktop.store.queries.searching import Search
from medbills_desktop.store.verification import examine_library, verify_library
from tests.support.libraries import PAGE, overwrite_page, pages_of, records_of, tamper

NOISE = random.Random(5).randbytes(PAGE)


def middle_page(folder: Path, table: str) -> int:
    pages = pages_of(folder, table)
    return pages[len(pages) // 2]


@pytest.mark.parametrize("table", ["line", "bill", "journal", "statement"])
@pytest.mark.parametrize("mode", ["write", "read"])
def test_a_damaged_page_is_noticed_and_the_newest_backup_named(filled: Path, table: str, mode: str) -> None:
    overwrite_page(filled, middle_page(filled, table), NOISE)
    with pytest.raises(DamagedLibraryError, match="is damaged") as refused:
        Library.open(filled, mode)  # type: ignore[arg-type]
    assert str(newest_backup(filled)) in refused.value.todo


def test_the_rest_of_a_damaged_library_can_be_read_and_its_journal_fills_the_gaps(filled: Path) -> None:
    with Library.open(filled, "read") as library:
        whole = records_of(library)
    before = (filled / "library.db").stat().st_mtime_ns
    overwrite_page(filled, middle_page(filled, "line"), NOISE)
    changed = (filled / "library.db").read_bytes()
    with Library.open(filled, "read", accept_damage=True) as library:
        assert records_of(library) == whole
        assert library.left_out == {}
        assert library.read(Search("supply"))
        with pytest.raises(ReadOnlyError):
            library.perform("x", lambda work: work.change(Bill, 1, notes="n"))
    assert (filled / "library.db").read_bytes() == changed, "reading a damaged library changed it"
    assert before != (filled / "library.db").stat().st_mtime_ns


def test_what_neither_table_nor_journal_tells_is_left_out_and_counted(filled: Path) -> None:
    with Library.open(filled, "read") as library:
        lines = {line.id for line in library.read(lambda reader: reader.find(Line))}
        calls = library.read(lambda reader: reader.find(Call))
    overwrite_page(filled, middle_page(filled, "line"), NOISE)
    for page in pages_of(filled, "journal"):
        overwrite_page(filled, page, NOISE)
    with Library.open(filled, "read", accept_damage=True) as library:
        read = {line.id for line in library.read(lambda reader: reader.find(Line))}
        assert read < lines
        assert library.left_out["line"] == len(lines - read) > 0
        assert library.read(lambda reader: reader.find(Call)) == calls
        assert len(library.read(ListBills())) == 30


def test_a_damaged_library_is_never_opened_for_writing(filled: Path) -> None:
    with pytest.raises(ReadOnlyError):
        Library.open(filled, accept_damage=True)


@pytest.mark.parametrize("table", ["search_data", "search_content", "search_idx", "search_docsize"])
def test_a_damaged_search_index_is_made_again_without_asking(filled: Path, table: str) -> None:
    with Library.open(filled) as library:
        whole = records_of(library)
    overwrite_page(filled, middle_page(filled, table), NOISE)
    with Library.open(filled, "read") as library:
        assert len(library.read(ListBills())) == 30, "a reader is kept out by a damaged index"
    with Library.open(filled) as library:
        assert records_of(library) == whole
        assert library.read(Search("supply 7"))
    assert examine_library(filled).faults == ()
    assert examine_library(filled).notes == ()


def test_a_search_index_damaged_while_it_is_open_is_made_again(filled: Path) -> None:
    with Library.open(filled) as library:
        library.perform("Note", lambda work: work.change(Bill, 1, notes="findme"))
        with library.working() as work:
            work.rows_written("UPDATE search_data SET block = x'00ff00ff' WHERE id > 10")
        assert [hit.kind for hit in library.read(Search("findme"))] == ["bill"]
        library.perform("Note", lambda work: work.change(Bill, 1, notes="other"))
    assert examine_library(filled).notes == ()


def test_a_missing_search_index_is_made_again(filled: Path) -> None:
    tamper(filled, "DROP TABLE search")
    with Library.open(filled) as library:
        assert library.read(Search("supply"))


def test_an_index_that_lacks_a_record_is_told_by_the_check(filled: Path) -> None:
    tamper(filled, "DELETE FROM search WHERE rowid = (SELECT max(rowid) FROM search)")
    verdict = examine_library(filled)
    assert verdict.faults == ()
    assert "differs from the records in 1 places" in verdict.notes[0]
    with Library.open(filled) as library:
        library.rebuild_search()
    assert examine_library(filled).notes == ()


def test_a_file_cut_off_anywhere_is_refused_in_words(filled: Path, tmp_path: Path) -> None:
    data = (filled / "library.db").read_bytes()
    draw = random.Random(11)
    for size in [0, 1, 15, 16, 99, 100, 511, 512, 4095, *(draw.randrange(4096, len(data)) for _ in range(40))]:
        (filled / "library.db").write_bytes(data[:size])
        with pytest.raises(UserError):
            Library.open(filled)


def test_noise_anywhere_never_crashes_and_never_passes_for_whole(filled: Path, tmp_path: Path) -> None:
    """Opened or refused in words; what opens is whole or the check says why not."""
    data = (filled / "library.db").read_bytes()
    draw, copy = random.Random(23), tmp_path / "copy"
    for _ in range(40):
        damaged = bytearray(data)
        place, length = draw.randrange(len(data)), draw.choice((1, 16, 512, 4096))
        damaged[place : place + length] = draw.randbytes(min(length, len(data) - place))
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(filled, copy, ignore=shutil.ignore_patterns("backups", "derived"))
        (copy / "library.db").write_bytes(bytes(damaged))
        with Library.open(filled, "read") as library:
            whole = records_of(library)
        try:
            with Library.open(copy) as library:
                found = records_of(library)
        except UserError:
            continue
        assert found == whole or verify_library(copy), (place, length)
