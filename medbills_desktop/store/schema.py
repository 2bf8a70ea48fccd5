"""Making the schema of a new library, and the parts of it that no table description covers."""

from __future__ import annotations

from sqlalchemy import Connection

from medbills_desktop.store.engine import APPLICATION_ID
from medbills_desktop.store.tables import metadata

MAJOR, MINOR = 1, 0
"""Version of the library file. A newer major can't be opened by this program, a newer minor can't either yet."""

USER_VERSION = MAJOR * 100 + MINOR
HEAD = "0001"
"""The newest migration; a new library starts there."""

EXTRAS = (
    """CREATE VIRTUAL TABLE search USING fts5(body, tokenize="unicode61 remove_diacritics 2", prefix='2 3')""",
    """CREATE TRIGGER journal_never_changes BEFORE UPDATE ON journal
    BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END""",
    """CREATE TRIGGER journal_never_shrinks BEFORE DELETE ON journal
    BEGIN SELECT RAISE(ABORT, 'nothing is removed from the journal'); END""",
)
"""Full-text search and the guards of the journal."""


def create_schema(connection: Connection) -> None:
    """Make all tables in the running transaction and mark the file as ours."""
    metadata.create_all(connection)
    for statement in EXTRAS:
        connection.exec_driver_sql(statement)
    secure_search(connection)
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))
    mark_file(connection)


def mark_file(connection: Connection) -> None:
    """Write the file's identity and version into its header."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version={USER_VERSION}")


def secure_search(connection: Connection) -> None:
    """Let deleted words really leave the search index (an FTS5 option of SQLite 3.42 and later)."""
    version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
    if tuple(int(part) for part in str(version).split(".")[:2]) >= (3, 42):
        connection.exec_driver_sql("INSERT INTO search(search, rank) VALUES('secure-delete', 1)")
