"""How far each answer of theirs covered the points of a bill."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

STATEMENTS = (
    """CREATE TABLE point_answer (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    bill_id INTEGER NOT NULL, 
    line_id INTEGER, 
    "check" TEXT, 
    fingerprint TEXT, 
    call_id INTEGER, 
    letter_id INTEGER, 
    answer TEXT NOT NULL, 
    said TEXT, 
    amount_off INTEGER, 
    CONSTRAINT ck_point_answer_answer CHECK ("answer" IN ('answered', 'partly', 'not_answered')), 
    CONSTRAINT fk_point_answer_bill_id FOREIGN KEY(bill_id) REFERENCES bill (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_point_answer_line_id FOREIGN KEY(line_id) REFERENCES line (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_point_answer_call_id FOREIGN KEY(call_id) REFERENCES call (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_point_answer_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_point_answer_bill_id ON point_answer (bill_id)""",
    """CREATE INDEX ix_point_answer_call_id ON point_answer (call_id)""",
    """CREATE INDEX ix_point_answer_letter_id ON point_answer (letter_id)""",
    """CREATE INDEX ix_point_answer_line_id ON point_answer (line_id)""",
)


def upgrade() -> None:
    """Add the table of version 1.2; nothing that was there is touched."""
    for statement in STATEMENTS:
        op.execute(statement)
