"""The connection to `library.db`: which driver, which pragmas, how transactions begin."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from medbills_desktop.domain.errors import UserError

DATABASE = "library.db"
"""The file of a library that holds all its records."""

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


def reading_errors() -> tuple[type[Exception], ...]:
    """What reading a damaged file raises; the driver can't even tell of a damaged schema when its text is no UTF-8."""
    return (driver().DatabaseError, UnicodeDecodeError)


def raw_connection(database: Path, mode: str) -> Any:
    """Open the file in SQLite's `ro`, `rw` or `rwc` mode with the pragmas that every connection has.

    `synchronous=EXTRA` keeps every commit through a power cut, in a rollback journal and in a write-ahead log;
    `trusted_schema` off keeps a foreign schema from running functions; without `cache_spill` nobody is kept from
    reading before a commit; `secure_delete` leaves no deleted text in the file. Raises `UserError` for a path that
    SQLite can't take.
    """
    connection = _connect(_uri(database, mode))
    settings = [
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "secure_delete=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
        "cache_spill=OFF",
        "synchronous=EXTRA",
    ]
    try:
        for setting in settings:
            connection.execute(f"PRAGMA {setting}")
    except BaseException:
        connection.close()
        raise
    return connection


def check_path(database: Path) -> None:
    """Refuse a path that SQLite can't take, before anything is made there."""
    if len(str(database.resolve()).encode()) > LONGEST_PATH_BYTES:
        raise UserError("The path of the library is too long.", f"Choose a folder with a shorter path: {database}")


def memory_connection(name: str) -> Any:
    """A connection to a database that lives in this process under a name as long as one connection to it is open."""
    return _connect(f"file:/{name}?vfs=memdb")


def open_engine(database: Path, mode: str) -> Engine:
    """A SQLAlchemy engine over `raw_connection`, with transactions that really begin where we say so."""
    return engine_over(lambda: raw_connection(database, mode))


def engine_over(connect: Callable[[], Any]) -> Engine:
    """A SQLAlchemy engine over connections made by `connect`."""
    engine = create_engine(
        "sqlite://",
        module=driver(),
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        max_overflow=4,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def driver_version() -> tuple[int, ...]:
    """The version of the SQLite that the driver brings."""
    return tuple(int(part) for part in str(driver().sqlite_version).split("."))


def _connect(uri: str) -> Any:
    return driver().connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def _uri(database: Path, mode: str) -> str:
    check_path(database)
    return f"file:{quote(str(database.resolve()))}?mode={mode}"


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("medbills_writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
