"""Opening a library: what is refused, in which words, and that nothing is made or changed by it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import DamagedLibraryError, LibraryBusyError, NewerLibraryError, UserError
from medbills_desktop.domain.records import Bill
from medbills_desktop.store.backup import newest_backup
from medbills_desktop.store.library import Library
from tests.support.libraries import dump, records_of, tamper

ROOT = Path(__file__).resolve().parents[2]


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_library_opened_and_closed_many_times_keeps_every_row(filled: Path) -> None:
    before = dump(filled)
    for _ in range(20):
        Library.open(filled).close()
    assert dump(filled) == before


def test_a_closed_library_is_one_file_without_a_log(filled: Path) -> None:
    with Library.open(filled) as library:
        library.perform("Note", lambda work: work.change(Bill, 1, notes="n"))
    assert not [path for path in filled.iterdir() if path.name.startswith("library.db-")]
    header = (filled / "library.db").read_bytes()[:20]
    assert (header[18], header[19]) == (1, 1), "the file is marked as one with a write-ahead log"


def test_a_missing_folder_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is not there"):
        Library.open(tmp_path / "gone")
    assert not (tmp_path / "gone").exists()


def test_an_empty_folder_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no library"):
        Library.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_library_whose_file_is_missing_names_the_newest_backup(filled: Path) -> None:
    (filled / "library.db").unlink()
    with pytest.raises(DamagedLibraryError, match=r"library\.db is missing") as refused:
        Library.open(filled)
    assert str(newest_backup(filled)) in refused.value.todo
    assert not (filled / "library.db").exists()


def test_a_newer_library_is_refused_with_its_number_and_left_as_it_is(filled: Path) -> None:
    tamper(filled, "PRAGMA user_version=205")
    before = everything(filled)
    with pytest.raises(NewerLibraryError, match=r"2\.5"):
        Library.open(filled)
    after = everything(filled)
    assert {name: data for name, data in after.items() if "lock" not in name} == {
        name: data for name, data in before.items() if "lock" not in name
    }


def test_a_database_of_another_program_is_refused(filled: Path) -> None:
    tamper(filled, "PRAGMA application_id=7")
    with pytest.raises(UserError, match="another program"):
        Library.open(filled)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("CREATE TRIGGER quiet AFTER INSERT ON line BEGIN DELETE FROM line WHERE id = new.id; END", "trigger “quiet”"),
        ("CREATE VIEW all_bills AS SELECT * FROM bill", "view “all_bills”"),
        ("CREATE TABLE more (a)", "table “more”"),
        ("DROP TRIGGER journal_never_changes", "“journal_never_changes” is missing"),
        ("ALTER TABLE bill ADD COLUMN extra TEXT", "table “bill” is not as"),
    ],
)
def test_a_file_with_foreign_parts_is_refused(filled: Path, statement: str, named: str) -> None:
    tamper(filled, statement)
    for mode in ("write", "read"):
        with pytest.raises(DamagedLibraryError, match="changed by another program") as refused:
            Library.open(filled, mode)  # type: ignore[arg-type]
        assert named in str(refused.value)


def test_a_refused_library_is_free_for_others(filled: Path) -> None:
    tamper(filled, "CREATE VIEW v AS SELECT 1")
    for _ in range(2):
        with pytest.raises(DamagedLibraryError):
            Library.open(filled)


def test_a_second_window_is_refused_and_may_read(filled: Path) -> None:
    with Library.open(filled) as library:
        code = (
            "import sys; from pathlib import Path\n"
            "from medbills_desktop.domain.errors import LibraryBusyError\n"
            "from medbills_desktop.domain.records import Bill\n"
            "from medbills_desktop.store.library import Library\n"
            "folder = Path(sys.argv[1])\n"
            "try:\n    Library.open(folder)\n"
            "except LibraryBusyError as error:\n    print(error)\n"
            "with Library.open(folder, 'read') as other:\n    print(other.read(lambda r: r.get(Bill, 1)).notes)\n"
        )
        library.perform("Note", lambda work: work.change(Bill, 1, notes="seen by both"))
        done = subprocess.run(
            [sys.executable, "-c", code, str(filled)], capture_output=True, text=True, check=True, cwd=ROOT
        )
        assert f"process {os.getpid()}" in done.stdout
        assert "already open" in done.stdout
        assert "seen by both" in done.stdout
    Library.open(filled).close()


def test_two_libraries_in_one_program_are_refused_too(filled: Path) -> None:
    with Library.open(filled), pytest.raises(LibraryBusyError):
        Library.open(filled)


def test_a_path_that_is_too_long_is_refused_and_nothing_is_made(tmp_path: Path) -> None:
    folder = tmp_path.joinpath(*["a" * 100] * 5)
    for act in (Library.create, Library.open):
        with pytest.raises(UserError, match="too long"):
            act(folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_odd_signs_in_its_name_works(tmp_path: Path) -> None:
    folder = tmp_path / "Ärzte & 100% #1? 病院 'x'"
    with Library.create(folder):
        pass
    with Library.open(folder, "read") as library:
        assert records_of(library)["bill"] == []


def test_a_library_is_not_made_where_something_is(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UserError, match="is not empty"):
        Library.create(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_library_cut_short_while_it_was_made_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / ".library.db.making").write_bytes(b"half")
    Library.create(tmp_path).close()
    Library.open(tmp_path).close()


def test_a_folder_that_vanishes_while_it_is_open_is_said_and_not_made_again(filled: Path) -> None:
    library = Library.open(filled)
    moved = filled.with_name("elsewhere")
    filled.rename(moved)
    with pytest.raises(UserError, match="no longer there"):
        library.vault.take_file(Path(__file__))
    with pytest.raises(UserError, match="not there"):
        library.back_up()
    library.close()
    assert not filled.exists()
    shutil.rmtree(moved)


def test_a_change_cut_short_by_a_crash_is_taken_back_for_readers_too(filled: Path) -> None:
    code = (
        "import os, sys\nfrom medbills_desktop.store.engine import driver\n"
        "c = driver().connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA cache_size=1'); c.execute('BEGIN'); c.execute('DELETE FROM line')\n"
        "c.execute('UPDATE bill SET notes = hex(randomblob(2000))')\nos._exit(9)\n"
    )
    before = dump(filled)
    subprocess.run([sys.executable, "-c", code, str(filled / "library.db")], check=False, cwd=ROOT)
    assert (filled / "library.db-journal").stat().st_size > 0, "no change was left half-way"
    with Library.open(filled, "read"):
        pass
    assert dump(filled) == before


def test_an_unclean_stop_is_followed_by_a_full_check(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from medbills_desktop.store import opening

    looked: list[object] = []
    whole = opening.soundness
    monkeypatch.setattr(opening, "soundness", lambda *args: looked.append(1) or whole(*args))
    Library.open(filled).close()
    assert looked, "a copied library was taken on trust"
    looked.clear()
    Library.open(filled).close()
    assert not looked, "a library closed in good order was read through again"
    os.utime(filled / "library.db")
    Library.open(filled).close()
    assert looked, "a library that somebody touched was taken on trust"
