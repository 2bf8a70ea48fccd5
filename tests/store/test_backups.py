"""Backups: with the papers, proved, thinned without loss, restored equal, and never over anything."""

from __future__ import annotations

import io
import json
import random
import shutil
import threading
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.errors import NewerLibraryError, UserError
from medbills_desktop.domain.records import Bill, Document
from medbills_desktop.store.backup import list_backups, looks_whole, make_backup, newest_backup
from medbills_desktop.store.backup_file import restore_backup, write_backup_file
from medbills_desktop.store.library import Library
from medbills_desktop.store.thinning import ALL_FOR, superfluous
from medbills_desktop.store.verification import verify_backup, verify_library
from tests.support.libraries import dump, fill, records_of

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def rewritten(source: Path, target: Path, **changed: bytes | None) -> Path:
    """A backup file with other bytes for some parts (`None` leaves one out)."""
    names = {"database": "library.db", "manifest": "manifest.json"}
    replaced = {names.get(key, key): value for key, value in changed.items()}
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = replaced.get(name, old.read(name)) if name in replaced else old.read(name)
            if data is not None:
                new.writestr(name, data)
    return target


@pytest.fixture
def backup_file(filled: Path, tmp_path: Path) -> Path:
    write_backup_file(filled, tmp_path / "backup.zip")
    return tmp_path / "backup.zip"


def test_a_restored_library_is_equal_row_by_row_and_byte_by_byte(
    filled: Path, backup_file: Path, tmp_path: Path
) -> None:
    newest = newest_backup(filled)
    assert newest
    for number, source in enumerate((backup_file, newest)):
        target = tmp_path / f"restored {number}"
        restore_backup(source, target)
        assert dump(target) == dump(filled)
        papers = {path.name: path.read_bytes() for path in (target / "vault").glob("??/*")}
        assert papers == {path.name: path.read_bytes() for path in (filled / "vault").glob("??/*")}
        assert verify_library(target) == []
        with Library.open(filled, "read") as one, Library.open(target) as other:
            assert records_of(one) == records_of(other)


def test_a_restore_never_overwrites(backup_file: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", encoding="utf-8")
    for target in (taken, backup_file):
        with pytest.raises(UserError, match="is not empty"):
            restore_backup(backup_file, target)
    assert [path.name for path in taken.iterdir()] == ["mine.txt"]
    (tmp_path / "empty").mkdir()
    restore_backup(backup_file, tmp_path / "empty")


def test_a_backup_file_never_overwrites(filled: Path, backup_file: Path) -> None:
    before = backup_file.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        write_backup_file(filled, backup_file)
    assert backup_file.read_bytes() == before


def test_a_changed_backup_is_refused_and_leaves_nothing(filled: Path, backup_file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup_file) as archive:
        database = bytearray(archive.read("library.db"))
        manifest = archive.read("manifest.json")
        paper = next(name for name in archive.namelist() if name.startswith("papers/"))
    database[5000] ^= 1
    newer = json.dumps(json.loads(manifest) | {"library_version": 900}).encode()
    cases = {
        "was changed or damaged": rewritten(backup_file, tmp_path / "1.zip", database=bytes(database)),
        "paper": rewritten(backup_file, tmp_path / "2.zip", **{paper: b"else"}),
        "not a whole": rewritten(backup_file, tmp_path / "3.zip", **{paper: None}),
        "not a backup": rewritten(backup_file, tmp_path / "4.zip", manifest=b"{}"),
        "not a whole backup": rewritten(backup_file, tmp_path / "5.zip", manifest=None),
        "newer version": rewritten(backup_file, tmp_path / "6.zip", manifest=newer),
    }
    for said, path in cases.items():
        with pytest.raises(UserError, match=said):
            restore_backup(path, tmp_path / "restored")
    assert not (tmp_path / "restored").exists()
    assert list(tmp_path.glob(".*")) == []
    with pytest.raises(NewerLibraryError):
        restore_backup(cases["newer version"], tmp_path / "restored")


def test_a_backup_cut_off_or_bent_anywhere_is_refused_in_words(backup_file: Path, tmp_path: Path) -> None:
    data, draw = backup_file.read_bytes(), random.Random(3)
    for number in range(40):
        bent = bytearray(data)
        if number % 2:
            bent = bent[: draw.randrange(len(bent))]
        else:
            place = draw.randrange(len(bent))
            bent[place : place + 16] = draw.randbytes(16)
        (tmp_path / "bent.zip").write_bytes(bytes(bent))
        try:
            restore_backup(tmp_path / "bent.zip", tmp_path / f"restored {number}")
        except UserError:
            assert not (tmp_path / f"restored {number}").exists()
        else:
            assert verify_library(tmp_path / f"restored {number}") == []


def test_a_backup_that_unpacks_without_end_is_stopped(backup_file: Path, tmp_path: Path) -> None:
    bomb = rewritten(backup_file, tmp_path / "bomb.zip", database=bytes(40 << 20))
    assert bomb.stat().st_size < 1 << 20
    with pytest.raises(UserError, match="changed or damaged"):
        restore_backup(bomb, tmp_path / "restored")
    with pytest.raises(UserError, match="not a backup"):
        restore_backup(rewritten(backup_file, tmp_path / "b2.zip", manifest=bytes(17 << 20)), tmp_path / "restored")


@pytest.mark.parametrize("name", ["../../evil", "a" * 63, "A" * 64, "ä" * 64])
def test_a_manifest_cannot_name_a_path(backup_file: Path, tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(backup_file) as archive:
        plain = json.loads(archive.read("manifest.json"))
    plain["papers"][name] = 4
    evil = rewritten(backup_file, tmp_path / "evil.zip", manifest=json.dumps(plain).encode())
    with pytest.raises(UserError, match="not a backup"):
        restore_backup(evil, tmp_path / "restored")


def test_a_backup_with_a_trigger_in_its_database_is_refused(filled: Path, tmp_path: Path) -> None:
    from tests.support.libraries import tamper

    tamper(filled, "CREATE TRIGGER sly AFTER INSERT ON bill BEGIN DELETE FROM bill; END")
    write_backup_file(filled, tmp_path / "sly.zip")
    with pytest.raises(UserError, match="sly"):
        restore_backup(tmp_path / "sly.zip", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def test_a_backup_beside_a_busy_writer_is_one_moment(filled: Path) -> None:
    """Two records that always change together are never seen apart in a backup."""
    with Library.open(filled) as library:
        stop = threading.Event()

        def write() -> None:
            number = 0
            while not stop.is_set():
                number += 1
                text = str(number)

                def both(work: object, text: str = text) -> None:
                    work.change(Bill, 1, notes=text)  # type: ignore[attr-defined]
                    work.change(Bill, 2, notes=text)  # type: ignore[attr-defined]

                library.perform("Both", both)

        thread = threading.Thread(target=write)
        thread.start()
        try:
            made = [library.back_up() for _ in range(5)]
        finally:
            stop.set()
            thread.join()
        head = library.journal_head()[0]
    assert head > 10
    assert len(set(made)) == 5, "a backup of the same second replaced another"
    for number, entry in enumerate(made):
        assert verify_backup(entry) == []
        restore_backup(entry, filled.parent / f"moment {number}")
        with Library.open(filled.parent / f"moment {number}", "read") as library:
            one, other = (library.read(lambda reader, id_=id_: reader.get(Bill, id_)) for id_ in (1, 2))
            assert one.notes == other.notes


def test_papers_are_kept_once_for_all_backups_and_healed_while_the_vault_has_them(filled: Path) -> None:
    with Library.open(filled) as library:
        pool = filled / "backups" / "papers"
        before = len(list(pool.glob("??/*")))
        assert before == 30
        library.vault.take(io.BytesIO(b"not linked"))
        library.back_up()
        assert len(list(pool.glob("??/*"))) == before
        hurt = next(pool.glob("??/*"))
        hurt.chmod(0o600)
        hurt.write_bytes(b"rotten")
        for number in range(16):
            library.perform("Note", lambda work, n=number: work.change(Bill, 1, notes=str(n)))
            library.back_up()
        newest = newest_backup(filled)
        assert newest
        assert verify_backup(newest) == []


def test_a_library_that_lost_a_paper_still_gets_backups_that_can_be_restored(filled: Path, tmp_path: Path) -> None:
    shutil.rmtree(filled / "backups")
    with Library.open(filled) as library:
        document = library.read(lambda reader: reader.get(Document, 1))
        assert document.sha256
        library.vault.path(document.sha256).unlink()
        entry = library.back_up()
    manifest = restore_backup(entry, tmp_path / "restored")
    assert manifest.missing == (document.sha256,)
    assert "missing" in verify_library(tmp_path / "restored")[0]


def test_closing_backs_up_only_what_changed_also_after_a_crash(filled: Path) -> None:
    count = len(list_backups(filled))
    Library.open(filled).close(with_backup=True)
    assert len(list_backups(filled)) == count
    library = Library.open(filled)
    library.perform("Note", lambda work: work.change(Bill, 1, notes="kept"))
    library.close()
    Library.open(filled).close(with_backup=True)
    assert len(list_backups(filled)) == count + 1, "a change of an earlier session was not backed up"


def test_a_new_library_has_nothing_to_back_up(tmp_path: Path) -> None:
    library = Library.create(tmp_path / "new")
    assert not library.changed_since_backup()
    assert library.last_backup_at() is None
    fill(library, bills=1)
    assert library.changed_since_backup()
    library.back_up()
    assert not library.changed_since_backup()
    last = library.last_backup_at()
    assert last is not None
    assert abs((datetime.now(UTC) - last).total_seconds()) < 60
    library.close()


def test_a_damaged_library_makes_no_backup_and_loses_none(filled: Path) -> None:
    from tests.support.libraries import overwrite_page, pages_of

    before = list_backups(filled)
    overwrite_page(filled, pages_of(filled, "bill")[-1])
    with pytest.raises(UserError, match=r"not whole|damaged"):
        make_backup(filled)
    assert list_backups(filled) == before
    assert not list((filled / "backups").glob(".making*"))


def test_what_a_cut_short_backup_left_is_swept_at_the_next_opening(filled: Path) -> None:
    left = filled / "backups" / ".making-0"
    left.mkdir()
    (left / "library.db").write_bytes(b"half")
    Library.open(filled).close()
    assert not left.exists()


def test_a_backup_that_is_not_whole_never_pushes_out_one_that_is(filled: Path) -> None:
    parent = filled / "backups"
    (good,) = list_backups(filled)
    old = parent / (NOW - timedelta(days=400)).strftime("%Y%m%dT%H%M%SZ")
    good.rename(old)
    for hours in range(5):
        bad = parent / (NOW - timedelta(days=390, hours=hours)).strftime("%Y%m%dT%H%M%SZ")
        shutil.copytree(old, bad)
        (bad / "library.db").write_bytes(b"cut off")
    assert newest_backup(filled) == old
    made = make_backup(filled, NOW)
    assert looks_whole(old)
    assert {entry for entry in list_backups(filled) if looks_whole(entry)} == {old, made}


@given(st.lists(st.integers(-50, 900 * 24 * 60), max_size=120, unique=True))
def test_thinning_keeps_the_newest_and_all_of_two_days_and_never_all_goes(minutes: list[int]) -> None:
    backups = {Path(str(ago)): NOW - timedelta(minutes=ago) for ago in minutes}
    gone = set(superfluous(backups, NOW))
    kept = backups.keys() - gone
    assert gone <= backups.keys()
    if backups:
        assert max(backups, key=lambda path: backups[path]) in kept
    assert all(path in kept for path, moment in backups.items() if NOW - moment <= ALL_FOR)
    assert superfluous({path: backups[path] for path in kept}, NOW) == [], "thinning twice lets more go"
    assert len([path for path in kept if NOW - backups[path] > ALL_FOR]) <= 12 + 10 + 9


def test_a_backup_every_day_leaves_days_weeks_and_months() -> None:
    """Made and thinned day by day, there is always one from about a week, a month and half a year ago."""
    backups: dict[Path, datetime] = {}
    for day in range(400):
        now = NOW + timedelta(days=day)
        backups[Path(str(day))] = now
        for path in superfluous(backups, now):
            del backups[path]
        ages = sorted((now - moment).days for moment in backups.values())
        assert ages[:10] == list(range(min(day + 1, 10)))
        for wanted, slack in ((7, 0), (30, 8), (90, 32), (180, 32)):
            if day >= wanted + slack:
                assert any(wanted <= age <= wanted + slack for age in ages), (day, wanted, ages)
