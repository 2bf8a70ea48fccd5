from __future__ import annotations

from pathlib import Path

from medbills_desktop.store.engine import open_engine
from medbills_desktop.store.library import Library
from medbills_desktop.store.migrating import upgrade
from medbills_desktop.store.reader import Reader

SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE '%alembic%' ORDER BY type, name"


def _schema(reader: Reader) -> list[tuple[str, str, str]]:
    return [(row[0], row[1], " ".join(str(row[2]).split())) for row in reader.rows(SCHEMA)]


def test_migrations_lead_to_the_same_schema_as_a_new_library(tmp_path: Path) -> None:
    with Library.create(tmp_path / "new") as library:
        fresh = library.read(_schema)
    engine = open_engine(tmp_path / "migrated.db", "rwc")
    with engine.execution_options(medbills_writing=True).begin() as connection:
        upgrade(connection)
    with engine.connect() as connection:
        assert _schema(Reader(connection)) == fresh
    engine.dispose()


def test_every_table_is_strict_and_every_constraint_is_named(tmp_path: Path) -> None:
    with Library.create(tmp_path / "new") as library:
        tables = library.read(_schema)
    for kind, name, sql in tables:
        if kind == "table" and not name.startswith(("search", "sqlite")):
            assert sql.endswith("STRICT"), name
            assert " FOREIGN KEY" not in sql.replace("CONSTRAINT fk_", "") or "CONSTRAINT fk_" in sql, name
