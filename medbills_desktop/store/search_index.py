"""Making the search index anew: it is derived from the records, so damage to it costs nobody anything."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from medbills_desktop.store import search
from medbills_desktop.store.engine import DATABASE, driver, open_engine, raw_connection
from medbills_desktop.store.schema import create_search


def rebuild(connection: Connection) -> None:
    """Drop the index and make it again from the records and the kept page texts, in the running transaction."""
    connection.exec_driver_sql("DROP TABLE IF EXISTS search")
    create_search(connection)
    search.fill(connection.connection.driver_connection)


def repair(folder: Path) -> None:
    """Make the index of a closed library again, even where its pages can't be read any more.

    An index with damaged pages can't be dropped. Its names are then taken out of the schema and the file is written
    anew without its pages. Killed in between, the library has no index; the next opening makes one.
    """
    if not _dropped(folder):
        _cut_out(folder)
    engine = open_engine(folder / DATABASE, "rw")
    try:
        with engine.execution_options(medbills_writing=True).begin() as connection:
            rebuild(connection)
    finally:
        engine.dispose()


def _dropped(folder: Path) -> bool:
    connection = raw_connection(folder / DATABASE, "rw")
    try:
        connection.execute("DROP TABLE IF EXISTS search")
    except driver().DatabaseError:
        return False
    finally:
        connection.close()
    return True


def _cut_out(folder: Path) -> None:
    connection = raw_connection(folder / DATABASE, "rw")
    try:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("DELETE FROM sqlite_master WHERE tbl_name = 'search' OR tbl_name GLOB 'search[_]*'")
        connection.execute("PRAGMA writable_schema=RESET")
        connection.execute("VACUUM")
    finally:
        connection.close()
