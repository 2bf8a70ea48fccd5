"""Tables of codes that the user loads: what each file was, and the licence notice that was accepted."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

STATEMENTS = (
    """CREATE TABLE code_table (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    kind TEXT NOT NULL, 
    setting TEXT NOT NULL, 
    file TEXT NOT NULL, 
    sha256 TEXT NOT NULL, 
    size INTEGER NOT NULL, 
    release TEXT, 
    effective TEXT, 
    rows INTEGER NOT NULL, 
    refused INTEGER NOT NULL, 
    rows_sha256 TEXT NOT NULL, 
    notice TEXT, 
    accepted_at TEXT NOT NULL, 
    loaded_at TEXT NOT NULL, 
    CONSTRAINT ck_code_table_kind CHECK ("kind" IN ('code_pairs', 'unit_limits', 'code_names')), 
    CONSTRAINT ck_code_table_setting CHECK ("setting" IN ('practitioner', 'outpatient_hospital', 'equipment', 'any'))
)
 STRICT""",
)


def upgrade() -> None:
    """Add the table of version 1.1; nothing that was there is touched."""
    for statement in STATEMENTS:
        op.execute(statement)
