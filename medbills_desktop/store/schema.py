"""Making the schema of a new library, and the parts of it that no table description covers."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Connection

from medbills_desktop.store.engine import APPLICATION_ID, engine_over, memory_connection
from medbills_desktop.store.tables import metadata

MAJOR, MINOR = 1, 4
"""Version of the library file. A newer major can't be opened by this program, a newer minor can't either yet."""

USER_VERSION = MAJOR * 100 + MINOR
HEAD = "0005"
"""The newest migration; a new library starts there."""

SEARCH = """CREATE VIRTUAL TABLE search USING fts5(body, tokenize="unicode61 remove_diacritics 2", prefix='2 3')"""
"""Full-text search; its row ids are made in `store.search`."""

GUARDS = (
    """CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    """CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'nothing is removed from the journal'); END""",
)
"""The journal can only grow."""


def create_schema(connection: Connection) -> None:
    """Make all tables in the running transaction and mark the file as ours."""
    metadata.create_all(connection)
    create_search(connection)
    for statement in GUARDS:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    mark_file(connection)


def create_search(connection: Connection) -> None:
    """Make an empty search index."""
    connection.exec_driver_sql(SEARCH)
    secure_search(connection)


def mark_file(connection: Connection) -> None:
    """Write the file's identity and version into its header."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={USER_VERSION}")


def secure_search(connection: Connection) -> None:
    """Let deleted words really leave the search index (an FTS5 option of SQLite 3.42 and later)."""
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    if tuple(int(part) for part in str(version).split(".")[:2]) >= (3, 42):
        connection.exec_driver_sql("INSERT INTO search(search, rank) VALUES('secure-delete', 1)")


Part = tuple[str, str]
"""The type and name of a part of a schema, such as `("trigger", "journal_never_changes")`."""


def parts_of(connection: Any) -> dict[Part, str]:
    """Every table, index, trigger and view of a raw connection's file with its SQL, blanks evened out.

    SQLite's own tables are left out, and so are the inner tables of the search index.
    """
    rows = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    return {
        (str(kind), str(name)): " ".join(str(sql).split())
        for kind, name, sql in rows
        if not str(name).startswith(("sqlite_", "search_"))
    }


@cache
def own_parts() -> dict[Part, str]:
    """The parts that a library of this version has."""
    connection = memory_connection("medbills-own-schema")
    engine = engine_over(lambda: connection)
    try:
        with engine.execution_options(medbills_writing=True).begin() as working:
            create_schema(working)
        return parts_of(connection)
    finally:
        engine.dispose()


def strange_parts(connection: Any, exactly: bool = True) -> list[str]:
    """What a file has that this program did not make, or lacks that it needs, each in words; empty where it is ours.

    A file from elsewhere can carry triggers and views that run when it is read or written. The search index may be
    missing; it is made again. `exactly` is off for a file of an older version, whose tables may differ.
    """
    found, own = parts_of(connection), own_parts()
    more = sorted(found.keys() - own.keys())
    changed = sorted(part for part in found.keys() & own.keys() if found[part] != own[part])
    fewer = sorted(part for part in own.keys() - found.keys() if part[1] != "search")
    if not exactly:
        more, changed, fewer = [part for part in more if part[0] in ("trigger", "view")], [], []
    return [
        *(f"it has a {kind} “{name}” that MedBills did not make" for kind, name in more),
        *(f"its {kind} “{name}” is not as MedBills made it" for kind, name in changed),
        *(f"its {kind} “{name}” is missing" for kind, name in fewer),
    ]
