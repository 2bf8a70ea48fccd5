"""Libraries that older versions wrote, and one of this version, kept as files here: nothing of them is lost."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import ReadOnlyError
from medbills_desktop.domain.records import Bill, CodeTable, Line, OwnCard, RuleChoice
from medbills_desktop.domain.records.handing_over import MadePacket, Redaction
from medbills_desktop.exchange.library_records import LIBRARY_KINDS
from medbills_desktop.store.backup import list_backups, read_manifest
from medbills_desktop.store.backup_file import restore_backup
from medbills_desktop.store.library import Library
from medbills_desktop.store.schema import USER_VERSION
from medbills_desktop.store.verification import verify_backup, verify_library
from tests.support.libraries import dump

RELEASED = sorted((Path(__file__).parent / "released").glob("*.medbills-backup"))


def version_of(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return int(json.loads(archive.read("manifest.json"))["library_version"])


OLDER = [path for path in RELEASED if version_of(path) < USER_VERSION]


@pytest.fixture(params=OLDER, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A library folder of a released version, as that version left it."""
    folder = tmp_path / "Old"
    with zipfile.ZipFile(request.param) as archive:
        for name in archive.namelist():
            if name == "library.db":
                archive.extract(name, folder)
            elif name.startswith("papers/"):
                sha = name.removeprefix("papers/")
                kept = folder / "vault" / sha[:2] / sha
                kept.parent.mkdir(parents=True)
                kept.write_bytes(archive.read(name))
    return folder


def test_every_row_is_there_after_the_upgrade_and_a_proved_backup_holds_the_old_state(old: Path) -> None:
    before = [row for row in dump(old) if not row.startswith("alembic_version")]
    with Library.open(old) as library:
        assert library.read(lambda reader: reader.scalar("PRAGMA user_version")) == USER_VERSION
        assert len(library.read(lambda reader: reader.find(Bill))) == 2
        assert len(library.read(lambda reader: reader.find(Line))) == 10
        assert library.read(lambda reader: reader.find(CodeTable)) == []
    assert [row for row in dump(old) if not row.startswith("alembic_version")] == before
    assert verify_library(old) == []
    (backup,) = list_backups(old)
    assert read_manifest(backup).library_version < USER_VERSION
    assert verify_backup(backup) == []


def test_an_old_library_is_not_upgraded_for_reading_only(old: Path) -> None:
    before = (old / "library.db").read_bytes()
    with pytest.raises(ReadOnlyError, match="older version"):
        Library.open(old, "read")
    assert (old / "library.db").read_bytes() == before


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_backup_of_an_older_version_restores_and_opens(released: Path, tmp_path: Path) -> None:
    assert verify_backup(released) == []
    restore_backup(released, tmp_path / "New")
    with Library.open(tmp_path / "New") as library:
        assert len(library.read(lambda reader: reader.find(Line))) == 10


def test_every_kind_that_only_a_library_keeps_is_in_the_newest_kept_file_and_opens(tmp_path: Path) -> None:
    restore_backup(RELEASED[-1], tmp_path / "New")
    with Library.open(tmp_path / "New") as library:
        for kind in (*LIBRARY_KINDS, OwnCard, RuleChoice, Redaction, MadePacket):
            assert library.read(lambda reader, kind=kind: reader.find(kind)), kind.KIND
    assert verify_library(tmp_path / "New") == []
