"""`docs/file-format.md` read as a stranger would, with Python's own SQLite, JSON and hashes, on a real library."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from medbills_desktop.commands.sample import make_sample
from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.store.backup_file import write_backup_file
from medbills_desktop.store.drafts import drop_draft, keep_draft
from medbills_desktop.store.library import Library
from medbills_desktop.store.places import allows_log
from medbills_desktop.store.schema import MAJOR, MINOR

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "file-format.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case, changed once, closed with a backup."""
    place = tmp_path_factory.mktemp("library") / "Library"
    make_sample(place)
    library = Library.open(place)
    keep_draft(library, "call", {"notes": "half a sentence"})
    drop_draft(library, "call")
    library.close(with_backup=True)
    return place


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{folder / 'library.db'}?mode=ro", uri=True)) as connection:
        yield connection


def names_on_the_page() -> set[str]:
    (tree,) = re.findall(r"```\nLibrary/\n(.*?)```", PAGE, re.DOTALL)
    return set(re.findall(r"^  (\S+)", tree, re.MULTILINE))


def test_the_folder_holds_what_the_page_says_and_at_rest_one_database_file(folder: Path) -> None:
    have = {path.name + "/" * path.is_dir() for path in folder.iterdir()}
    assert have <= names_on_the_page()
    assert {"library.db", "vault/", "backups/"} <= have
    assert [path.name for path in folder.iterdir() if path.name.startswith("library.db")] == ["library.db"]


def test_while_it_is_open_the_log_lies_beside_it(tmp_path: Path) -> None:
    with Library.create(tmp_path / "Library") as library:
        if not allows_log(library.folder):
            pytest.skip("this place or this SQLite allows no write-ahead log")
        keep_draft(library, "call", {"notes": "one"})
        beside = {path.name for path in library.folder.iterdir()} - {"library.db-shm"}
        assert "library.db-wal" in beside
        assert beside <= {name.rstrip("/") for name in names_on_the_page()}


def test_the_header_names_the_program_and_the_version(database: sqlite3.Connection) -> None:
    assert f"`0x{database.execute('PRAGMA application_id').fetchone()[0]:08X}`" in PAGE
    (version,) = database.execute("PRAGMA user_version").fetchone()
    assert version == 100 * MAJOR + MINOR
    assert PAGE.splitlines()[2].startswith(f"Version {MAJOR}.{MINOR}.")


def test_every_table_is_one_of_those_that_the_page_names(database: sqlite3.Connection) -> None:
    other = set(re.findall(r"`(\w+)`", PAGE.partition("**Other tables.**")[2].partition("\n## ")[0]))
    rows = database.execute("SELECT name, sql FROM sqlite_master WHERE type='table'").fetchall()
    tables = {name: sql for name, sql in rows if not name.startswith(("sqlite_", "search_"))}
    assert set(tables) == set(KIND_BY_NAME) | other
    assert [name for name in KIND_BY_NAME if not tables[name].rstrip().endswith("STRICT")] == []


def test_money_days_and_ids_are_stored_as_the_page_says(database: sqlite3.Connection) -> None:
    charge, units, day = database.execute("SELECT charge, units, date FROM line ORDER BY id LIMIT 1").fetchone()
    assert (charge, units) == (148_600, "1")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?", day)
    assert database.execute("SELECT typeof(charge) FROM line GROUP BY 1").fetchall() == [("integer",)]


def test_a_stranger_can_prove_the_journal(database: sqlite3.Connection) -> None:
    before, entries = "0" * 64, 0
    query = "SELECT seq, at, label, changes, previous, hash FROM journal ORDER BY seq"
    for entries, (seq, at, label, changes, previous, found) in enumerate(database.execute(query), 1):
        text = "\n".join((previous, str(seq), at, label, changes))
        assert (seq, previous, found) == (entries, before, hashlib.sha256(text.encode()).hexdigest())
        images = json.loads(changes)
        assert changes == json.dumps(images, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert {tuple(sorted(image)) for image in images} <= {("after", "before", "id", "kind")}
        before = found
    assert entries


def test_papers_lie_under_their_hashes(folder: Path, database: sqlite3.Connection) -> None:
    papers = database.execute("SELECT sha256, size FROM document").fetchall()
    assert papers
    for sha256, size in papers:
        data = (folder / "vault" / sha256[:2] / sha256).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (sha256, size)


def manifest_keys() -> set[str]:
    table = PAGE.partition("| key | holds |")[2].partition("\n\n")[0]
    return {key for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}


def test_backups_of_both_kinds_hold_what_the_page_says(folder: Path, tmp_path: Path) -> None:
    (made,) = [path for path in (folder / "backups").iterdir() if path.name != "papers"]
    assert re.fullmatch(r"\d{8}T\d{6}Z(-\d+)?", made.name)
    assert {path.name for path in made.iterdir()} == {"library.db", "manifest.json"}
    manifest = json.loads((made / "manifest.json").read_text("utf-8"))
    assert set(manifest) == manifest_keys()
    assert manifest["database_sha256"] == hashlib.sha256((made / "library.db").read_bytes()).hexdigest()
    kept = {path.name for path in (folder / "backups" / "papers").glob("*/*")}
    assert kept == set(manifest["papers"])

    target = tmp_path / "one.medbills-backup"
    write_backup_file(folder, target)
    with zipfile.ZipFile(target) as archive:
        assert set(archive.namelist()) == {"manifest.json", "library.db", *(f"papers/{paper}" for paper in kept)}
        assert set(json.loads(archive.read("manifest.json"))) == manifest_keys()
