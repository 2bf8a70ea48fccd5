"""Proving a library or a backup: the file, the records, the journal and every paper's bytes."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medbills_desktop.domain.errors import DamagedLibraryError, UserError
from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.store import backup, journal, search
from medbills_desktop.store.backup_source import BackupSource, opened_backup
from medbills_desktop.store.copying import contents
from medbills_desktop.store.engine import DATABASE, raw_connection, reading_errors
from medbills_desktop.store.history_check import history_faults, value_faults
from medbills_desktop.store.opening import connected, version_of
from medbills_desktop.store.paper_check import paper_faults, paper_notes
from medbills_desktop.store.schema import USER_VERSION, parts_of, strange_parts
from medbills_desktop.store.soundness import reason_of, soundness
from medbills_desktop.store.table_check import table_notes

MOST_OF_A_SORT = 20
"""Sentences of one sort that are told; of more only the number."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found. `faults`: not whole. `notes`: worth knowing, but nothing is lost or wrong."""

    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def verify_library(folder: Path) -> list[str]:
    """Everything that is not whole in a library, as plain sentences; empty where all is. May run beside a window.

    Raises `UserError` where there is no library, or one of a newer version.
    """
    return list(examine_library(folder).faults)


def verify_backup(path: Path) -> list[str]:
    """Everything that is not whole in a backup file or an automatic backup's folder; empty where all is."""
    return list(examine_backup(path).faults)


def examine_library(folder: Path) -> Verdict:
    """Check a library without changing anything: faults and notes."""
    try:
        with connected(folder, "ro") as connection:
            connection.execute("BEGIN")
            faults, notes = _of_database(folder, connection)
            if version_of(folder, connection) == USER_VERSION:
                faults += _few(_careful(paper_faults(folder, connection)))
                notes += _few(_careful(paper_notes(folder, connection)))
                notes += _few(_careful(table_notes(folder, connection)))
            faults += _few(_careful(_backup_faults(folder, connection)))
    except DamagedLibraryError as error:
        return Verdict((str(error),))
    notes += [f"The backup {entry.name} is not whole." for entry in _broken_backups(folder)]
    return Verdict(tuple(faults), tuple(notes))


def examine_backup(path: Path) -> Verdict:
    """Check a backup without restoring it: every byte against its manifest, then the records as in a library."""
    faults: list[str] = []
    try:
        with opened_backup(path) as source, tempfile.TemporaryDirectory(prefix="medbills-") as room:
            faults += [fault for name in source.parts() if (fault := _fault_of_part(source, name, Path(room)))]
            faults += [f"A paper was missing when it was made ({sha[:12]}…)." for sha in source.manifest.missing]
            if (Path(room) / DATABASE).is_file():
                found, notes = _of_copy(source, Path(room))
                return Verdict(tuple(faults + found), tuple(notes))
    except DamagedLibraryError as error:
        faults.append(f"{error.what}")
    return Verdict(tuple(faults))


def _of_database(folder: Path, connection: Any) -> tuple[list[str], list[str]]:
    """Faults and notes of the file and its records."""
    found = soundness(connection, thorough=True)
    faults = [f"The database is damaged: {fault}." for fault in found.records]
    notes = ["The search index is damaged; it is made again when the library is opened."] if found.search else []
    current = version_of(folder, connection) == USER_VERSION
    faults += [f"The database was changed by another program: {part}." for part in strange_parts(connection, current)]
    faults += _few(_careful(_dangling(connection)))
    if current:
        faults += _few(_careful(value_faults(connection)))
        faults += _few(_careful(history_faults(connection)))
    else:
        notes.append("The library is of an older version; its records are checked once it was opened.")
    if current and not found.search and (wrong := _search_gaps(connection)):
        notes.append(f"The search index differs from the records in {wrong} places; make it anew.")
    return faults, notes


def _search_gaps(connection: Any) -> int:
    try:
        return search.gaps(connection)
    except reading_errors():
        return 1


def _dangling(connection: Any) -> Iterator[str]:
    there = parts_of(connection)
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{_title(table)} {row} refers to a {_title(parent).lower()} that is not there."
    # An older version may lack a kind's table.
    for kind in (kind for kind in KIND_BY_NAME if ("table", kind) in there):
        rows = connection.execute(
            f"SELECT id, target_id FROM document_link WHERE type = ? AND target_id NOT IN (SELECT id FROM {kind})",  # noqa: S608
            (kind,),
        )
        for id_, target in rows:
            yield f"Link {id_} of a paper points to {_title(kind).lower()} {target}, which is not there."


def _backup_faults(folder: Path, connection: Any) -> Iterator[str]:
    """Backups know the journal as it was: a later journal that tells otherwise was written anew."""
    newest, _ = journal.head_of(connection)
    for entry in backup.list_backups(folder):
        if not backup.looks_whole(entry):
            continue
        manifest = backup.read_manifest(entry)
        row = connection.execute("SELECT hash FROM journal WHERE seq = ?", (manifest.journal_entry,)).fetchone()
        if manifest.journal_entry > newest:
            yield f"The journal ends before the backup {entry.name}: entries are missing at its end."
        elif row is not None and row[0] != manifest.journal_hash:
            yield f"The journal is another one than in the backup {entry.name}: it was written anew."


def _broken_backups(folder: Path) -> list[Path]:
    return [entry for entry in backup.list_backups(folder) if not backup.looks_whole(entry)]


def _fault_of_part(source: BackupSource, name: str, room: Path) -> str | None:
    """What is wrong with one part; the database is kept for the checks that follow."""
    try:
        if name != DATABASE:
            for _ in source.blocks(name):
                pass
            return None
        with (room / DATABASE).open("xb") as target:
            for block in source.blocks(name):
                target.write(block)
    except UserError as error:
        (room / DATABASE).unlink(missing_ok=True) if name == DATABASE else None
        return error.what
    except (OSError, KeyError, ValueError) as error:
        return f"{'The database' if name == DATABASE else f'A paper ({name[:12]}…)'} can't be read: {error}."
    return None


def _of_copy(source: BackupSource, room: Path) -> tuple[list[str], list[str]]:
    connection = raw_connection(room / DATABASE, "ro")
    try:
        faults, notes = _of_database(room, connection)
        if contents(connection) != dict(source.manifest.counts):
            faults.append("It has other numbers of records than it had when it was made.")
        if journal.head_of(connection) != (source.manifest.journal_entry, source.manifest.journal_hash):
            faults.append("Its journal ends elsewhere than it did when it was made.")
    finally:
        connection.close()
    return faults, notes


def _careful(found: Iterable[str]) -> Iterator[str]:
    """The findings up to where the database can't be read any further."""
    try:
        yield from found
    except reading_errors() as error:
        yield f"Part of the database can't be read: {reason_of(error)}."


def _few(found: Iterable[str]) -> list[str]:
    told = iter(found)
    first = list(itertools.islice(told, MOST_OF_A_SORT))
    more = sum(1 for _ in told)
    return [*first, f"… and {more} more of this sort."] if more else first


def _title(kind: str) -> str:
    title = KIND_BY_NAME[kind].TITLE if kind in KIND_BY_NAME else kind
    return f"{title[:1].upper()}{title[1:]}"
