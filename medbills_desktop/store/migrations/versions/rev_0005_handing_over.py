"""What leaves the library: areas of papers that are taken out of copies, and the packets that were made."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

STATEMENTS = (
    """CREATE TABLE redaction (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    document_id INTEGER NOT NULL, 
    page INTEGER NOT NULL, 
    rect TEXT NOT NULL, 
    kind TEXT NOT NULL, 
    CONSTRAINT ck_redaction_kind CHECK ("kind" IN ('birth_date', 'member_number', 'account_number', 'social_security_number', 'diagnosis', 'other')), 
    CONSTRAINT fk_redaction_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_redaction_document_id ON redaction (document_id)""",
    """CREATE TABLE made_packet (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    bill_id INTEGER, 
    packet_id TEXT NOT NULL, 
    audience TEXT NOT NULL, 
    prepared_on TEXT NOT NULL, 
    made_at TEXT NOT NULL, 
    file TEXT NOT NULL, 
    sha256 TEXT NOT NULL, 
    size INTEGER NOT NULL, 
    pages INTEGER NOT NULL, 
    redacted INTEGER NOT NULL, 
    CONSTRAINT fk_made_packet_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_made_packet_bill_id ON made_packet (bill_id)""",
)


def upgrade() -> None:
    """Add the tables of version 1.4; nothing that was there is touched."""
    for statement in STATEMENTS:
        op.execute(statement)
