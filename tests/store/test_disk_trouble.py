"""Full disks and folders that can't be written to: refused in words, nothing half-written, usable afterwards."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.domain.errors import ReadOnlyError, UserError
from medbills_desktop.domain.records import Bill
from medbills_desktop.store.backup import list_backups
from medbills_desktop.store.backup_file import restore_backup, write_backup_file
from medbills_desktop.store.library import Library
from medbills_desktop.store.verification import verify_library
from tests.support.libraries import dump, fill, fill_up, read_only, records_of, small_disk

ROOT = Path(__file__).resolve().parents[2]


def change_until_refused(library: Library) -> tuple[dict[str, Any], UserError]:
    """Enter ever new notes; gives what the library said after the last one that was kept, and the refusal."""
    number = 0
    while True:
        before = records_of(library)
        number += 1
        try:
            library.perform("Note", lambda work, n=number: work.change(Bill, 1, notes=str(n) * 9000))
        except UserError as error:
            return before, error


def test_a_full_disk_refuses_the_change_and_the_library_goes_on(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3000) as disk:
        library = Library.create(disk / "library")
        fill(library, bills=2)
        filler = fill_up(disk)
        before, refused = change_until_refused(library)
        assert "disk is full" in str(refused)
        assert records_of(library) == before
        with pytest.raises(UserError, match="disk is full"):
            library.vault.take(io.BytesIO(os.urandom(200_000)))
        with pytest.raises(UserError, match=r"could not be made|disk is full"):
            library.back_up()
        assert list_backups(library.folder) == []
        filler.unlink()
        library.perform("Note", lambda work: work.change(Bill, 1, notes="room again"))
        library.close(with_backup=True)
        assert verify_library(disk / "library") == []
        assert not list((disk / "library" / "vault" / "incoming").iterdir())
        with Library.open(disk / "library") as library:
            assert library.read(lambda reader: reader.get(Bill, 1)).notes == "room again"


def test_a_library_on_a_full_disk_can_be_opened_and_read(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 3000) as disk:
        with Library.create(disk / "library") as library:
            fill(library, bills=1)
        shutil.copytree(disk / "library", tmp_path / "kept")
        fill_up(disk)
        with Library.open(disk / "library") as library:
            assert len(library.read(lambda reader: reader.find(Bill))) == 1
        assert dump(disk / "library") == dump(tmp_path / "kept")


def test_no_half_made_library_is_left_on_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 64) as disk:
        with pytest.raises(UserError):
            Library.create(disk / "library")
        assert list(disk.iterdir()) == []


def test_no_half_written_backup_is_left_on_a_full_disk(filled: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 128) as disk:
        with pytest.raises(UserError):
            write_backup_file(filled, disk / "backup.zip")
        assert list(disk.iterdir()) == []
        write_backup_file(filled, tmp_path / "backup.zip")
        with pytest.raises(UserError):
            restore_backup(tmp_path / "backup.zip", disk / "restored")
        assert list(disk.iterdir()) == []


def test_a_read_only_folder_is_read_and_a_change_refused(filled: Path) -> None:
    with read_only(filled) as folder:
        with pytest.raises(ReadOnlyError, match="can't be written"):
            Library.open(folder)
        with Library.open(folder, "read") as library:
            assert len(library.read(lambda reader: reader.find(Bill))) == 30
            with pytest.raises(ReadOnlyError):
                library.perform("Note", lambda work: work.change(Bill, 1, notes="n"))
        assert verify_library(folder) == []


def leave_half_way(folder: Path, journal_mode: str, then: str) -> None:
    code = (
        "import os, sys\nfrom medbills_desktop.store.engine import driver\n"
        "c = driver().connect(sys.argv[1], isolation_level=None)\n"
        f"c.execute('PRAGMA journal_mode={journal_mode}').fetchall(); c.execute('PRAGMA cache_size=1')\n"
        f"c.execute('BEGIN'); c.execute('UPDATE bill SET notes = hex(randomblob(3000))')\n{then}\nos._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(folder / "library.db")], check=False, cwd=ROOT)


@pytest.mark.parametrize(("mode", "then"), [("DELETE", ""), ("WAL", "c.execute('COMMIT')")])
def test_an_unfinished_change_in_a_read_only_folder_is_explained(filled: Path, mode: str, then: str) -> None:
    leave_half_way(filled, mode, then)
    (filled / "library.db-shm").unlink(missing_ok=True)
    left = [path for path in filled.glob("library.db-*") if path.stat().st_size]
    assert left, "nothing was left half-way"
    with read_only(filled) as folder, pytest.raises(ReadOnlyError, match="middle of a change") as refused:
        Library.open(folder, "read")
    assert "Copy the whole folder" in refused.value.todo
    with Library.open(filled) as library:
        assert len(library.read(lambda reader: reader.find(Bill))) == 30


def test_another_user_without_permission_gets_a_sentence(filled: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("becoming another user needs root")
    filled.chmod(0o755)
    for parent in filled.parents:
        if parent.is_relative_to("/tmp"):
            parent.chmod(parent.stat().st_mode | 0o055)
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom medbills_desktop.store.library import Library\n"
        "from medbills_desktop.domain.errors import UserError\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "for act in (Library.open, lambda folder: Library.create(folder / 'new')):\n"
        "    try:\n        act(Path(sys.argv[1]))\n    except UserError as error:\n        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(filled)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    said = done.stdout.splitlines()
    assert len(said) == 2, done.stdout + done.stderr
    assert "can't be written" in said[0]
    assert "can't be made" in said[1]
