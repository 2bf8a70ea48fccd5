"""The connection to `library.db`: which driver, which pragmas, how transactions begin."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from medbills_desktop.domain.errors import UserError

APPLICATION_ID = 0x4D_42_4C_4C
"""Marks the file as a library of this program ("MBLL")."""

BUSY_MILLISECONDS = 5000
"""How long a statement waits for another connection of the same program."""

LONGEST_PATH_BYTES = 480
"""SQLite's Unix layer stops at 512 bytes; the journal's suffix needs its share."""


def driver() -> ModuleType:
    """The SQLite driver: `sqlcipher3` brings a current SQLite; the standard library's where it has no wheel."""
    try:
        return importlib.import_module("sqlcipher3.dbapi2")
    except ImportError:
        return importlib.import_module("sqlite3")


def raw_connection(database: Path, mode: str) -> Any:
    """Open the file in SQLite's `ro`, `rw` or `rwc` mode with the pragmas that every connection has.

    A rollback journal with `synchronous=EXTRA` keeps every commit through a power cut; `trusted_schema`
    off keeps a foreign schema from running functions; `secure_delete` leaves no deleted text in the file.
    """
    if len(str(database).encode()) > LONGEST_PATH_BYTES:
        raise UserError(f"The path of the library is too long: {database}", "Choose a folder with a shorter path.")
    uri = f"file:{quote(str(database.resolve()))}?mode={mode}"
    connection = driver().connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    settings = [
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
        "synchronous=EXTRA",
    ]
    for setting in settings:
        connection.execute(f"PRAGMA {setting}")
    return connection


def open_engine(database: Path, mode: str) -> Engine:
    """A SQLAlchemy engine over `raw_connection`, with transactions that really begin where we say so."""
    engine = create_engine(
        "sqlite://",
        module=driver(),
        creator=lambda: raw_connection(database, mode),
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("medbills_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
