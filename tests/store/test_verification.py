"""The check of a library: every way of not being whole is found and told in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Document
from medbills_desktop.store.backup import newest_backup
from medbills_desktop.store.backup_file import write_backup_file
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import examine_backup, examine_library, verify_backup, verify_library
from tests.support.libraries import fill, tamper

OFF = ("DROP TRIGGER journal_never_changes", "DROP TRIGGER journal_never_shrinks")
ON = (
    "CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal\n"
    "    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END",
    "CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal\n"
    "    BEGIN SELECT RAISE(ABORT, 'nothing is removed from the journal'); END",
)


def first_paper(folder: Path) -> Path:
    with Library.open(folder, "read") as library:
        document = library.read(lambda reader: reader.get(Document, 1))
        assert document.sha256
        return library.vault.path(document.sha256)


def test_a_whole_library_has_no_faults_and_no_notes(filled: Path) -> None:
    assert examine_library(filled).faults == ()
    assert examine_library(filled).notes == ()


def test_the_check_changes_nothing_and_works_beside_a_window(filled: Path) -> None:
    with Library.open(filled) as library:
        assert verify_library(filled) == []
        assert library.journal_head()[0] > 0


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("UPDATE line SET charge = 1 WHERE id = 3",), "Line 3 was changed outside of the journal (charge)"),
        (("DELETE FROM payment WHERE id = 2",), "Payment 2 is in the journal, but not in the library"),
        (("INSERT INTO task (ref, text) VALUES ('T99', 'x')",), "is in the library, but not in the journal"),
        (("UPDATE statement SET date = '2025-02-30' WHERE id = 1",), "Statement 1 holds a value that can't be read"),
        (("UPDATE line SET bill_id = 999 WHERE id = 1",), "Line 1 refers to a bill that is not there"),
        (("UPDATE document_link SET target_id = 999 WHERE id = 1",), "points to bill 999, which is not there"),
        (("UPDATE document SET paper_number = 'P0001' WHERE id = 2",), "Two papers bear the number P0001"),
        (
            (*OFF, "UPDATE journal SET label = 'Else' WHERE seq = 5", *ON),
            "Journal entry 5 of",
        ),
        ((*OFF, "DELETE FROM journal WHERE seq = 7", *ON), "Journal entry 7 is missing"),
        (
            (*OFF, "DELETE FROM journal WHERE seq > (SELECT max(seq) - 3 FROM journal)", *ON),
            "The journal ends before the backup",
        ),
        (("CREATE TRIGGER sly AFTER INSERT ON bill BEGIN SELECT 1; END",), "trigger “sly”"),
    ],
)
def test_what_another_program_did_is_told(filled: Path, statements: tuple[str, ...], said: str) -> None:
    tamper(filled, *statements)
    assert any(said in fault for fault in verify_library(filled)), verify_library(filled)


def test_a_journal_that_was_written_anew_differs_from_the_one_in_a_backup(filled: Path, tmp_path: Path) -> None:
    """A chain proves itself only as a whole; a backup proves that it is the same chain."""
    other = tmp_path / "other"
    with Library.create(other) as library:
        fill(library, bills=31)
    shutil.copytree(filled / "backups", other / "backups")
    faults = verify_library(other)
    assert any("it was written anew" in fault for fault in faults), faults


def test_lost_changed_and_swapped_papers_are_told(filled: Path) -> None:
    path = first_paper(filled)
    path.chmod(0o600)
    path.write_bytes(b"paper X")
    assert verify_library(filled) == [
        "Paper P0001: its file was changed or damaged after it was received. A whole copy is kept with the backups."
    ]
    path.unlink()
    assert "its file is missing from the vault" in verify_library(filled)[0]


def test_stray_and_unreferenced_files_are_noted_and_never_removed(filled: Path) -> None:
    with Library.open(filled) as library:
        import io

        held = library.vault.take(io.BytesIO(b"nobody's"))
    (filled / "vault" / "scan.pdf").write_bytes(b"put there by hand")
    verdict = examine_library(filled)
    assert verdict.faults == ()
    assert sorted(verdict.notes) == sorted(
        [
            f"vault/{held.sha256[:2]}/{held.sha256} belongs to no paper; it stays where it is.",
            "vault/scan.pdf is not a paper's file; it was put there by hand or by another program.",
        ]
    )
    Library.open(filled).close()
    assert (filled / "vault" / "scan.pdf").exists()


def test_a_paper_known_by_name_only_is_no_fault(filled: Path) -> None:
    with Library.open(filled) as library:
        library.perform("Add", lambda work: work.add(Document(file="told-of.pdf", sha256="a" * 64)))
    verdict = examine_library(filled)
    assert verdict.faults == ()
    assert "1 papers are known by name only" in verdict.notes[0]


def test_a_damaged_page_is_told_with_the_backup(filled: Path) -> None:
    from tests.support.libraries import overwrite_page, pages_of

    overwrite_page(filled, pages_of(filled, "line")[-1])
    assert any("database is damaged" in fault for fault in verify_library(filled))


def test_many_faults_of_one_sort_are_counted(filled: Path) -> None:
    tamper(filled, "UPDATE line SET charge = 7")
    faults = verify_library(filled)
    assert faults[-1].startswith("… and ")
    assert len(faults) < 30


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no library"):
        verify_library(tmp_path)


def test_backups_are_proved_without_being_restored(filled: Path, tmp_path: Path) -> None:
    newest = newest_backup(filled)
    assert newest
    write_backup_file(filled, tmp_path / "backup.zip")
    assert verify_backup(newest) == []
    assert verify_backup(tmp_path / "backup.zip") == []
    assert list(tmp_path.glob(".*")) == []


def test_a_changed_backup_is_told(filled: Path, tmp_path: Path) -> None:
    newest = newest_backup(filled)
    assert newest
    pool = next((filled / "backups" / "papers").glob("??/*"))
    pool.chmod(0o600)
    pool.write_bytes(b"else")
    assert len(verify_backup(newest)) == 1
    database = newest / "library.db"
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(bytes(data))
    assert len(verify_backup(newest)) == 2


def test_a_broken_backup_is_noted_by_the_library(filled: Path) -> None:
    newest = newest_backup(filled)
    assert newest
    (newest / "library.db").unlink()
    assert examine_library(filled).notes == (f"The backup {newest.name} is not whole.",)


def test_a_backup_made_without_a_lost_paper_says_so(filled: Path, tmp_path: Path) -> None:
    path = first_paper(filled)
    path.unlink()
    shutil.rmtree(filled / "backups")
    manifest = write_backup_file(filled, tmp_path / "backup.zip")
    assert manifest.missing == (path.name,)
    assert verify_backup(tmp_path / "backup.zip") == [f"A paper was missing when it was made ({path.name[:12]}…)."]
    assert examine_backup(tmp_path / "backup.zip").notes == ()
