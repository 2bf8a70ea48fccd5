"""Bringing an older library to the newest version: a verified copy first, then one transaction, then checks."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from medbills_desktop.domain.errors import ReadOnlyError
from medbills_desktop.store.backup import make_backup
from medbills_desktop.store.engine import DATABASE, open_engine
from medbills_desktop.store.opening import check_whole
from medbills_desktop.store.schema import mark_file


def migrate(folder: Path, mode: str) -> None:
    """Upgrade the library in place; on any fault nothing has changed and a backup of before is there."""
    if mode == "read":
        raise ReadOnlyError(
            "This library is of an older version and must be upgraded first.", "Open it for writing once."
        )
    make_backup(folder)
    engine = open_engine(folder / DATABASE, "rw")
    writer = engine.execution_options(medbills_writing=True)
    try:
        with writer.connect() as connection:
            _foreign_keys(connection, "OFF")
            with connection.begin():
                upgrade(connection)
                mark_file(connection)
            _foreign_keys(connection, "ON")
    finally:
        engine.dispose()
    check_whole(folder, "rw")


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations up to a revision inside the caller's transaction."""
    config = Config()
    config.set_main_option("script_location", str(resources.files("medbills_desktop.store") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _foreign_keys(connection: Connection, switch: str) -> None:
    raw = connection.connection.dbapi_connection
    if raw is not None:
        raw.cursor().execute(f"PRAGMA foreign_keys={switch}")
