"""What keeps a dispute going: proofs of promises, places of recordings, enclosures, appeals, helpers, own rules."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

STATEMENTS = (
    """CREATE TABLE promise_proof (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    promise_id INTEGER NOT NULL, 
    document_id INTEGER, 
    call_id INTEGER, 
    letter_id INTEGER, 
    payment_id INTEGER, 
    note TEXT, 
    CONSTRAINT fk_promise_proof_promise_id FOREIGN KEY(promise_id) REFERENCES promise (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_promise_proof_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_promise_proof_call_id FOREIGN KEY(call_id) REFERENCES call (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_promise_proof_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_promise_proof_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_promise_proof_call_id ON promise_proof (call_id)""",
    """CREATE INDEX ix_promise_proof_document_id ON promise_proof (document_id)""",
    """CREATE INDEX ix_promise_proof_letter_id ON promise_proof (letter_id)""",
    """CREATE INDEX ix_promise_proof_payment_id ON promise_proof (payment_id)""",
    """CREATE INDEX ix_promise_proof_promise_id ON promise_proof (promise_id)""",
    """CREATE TABLE recording_places (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    call_id INTEGER NOT NULL, 
    my_state TEXT, 
    their_state TEXT, 
    CONSTRAINT fk_recording_places_call_id FOREIGN KEY(call_id) REFERENCES call (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_recording_places_call_id ON recording_places (call_id)""",
    """CREATE TABLE enclosure (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    letter_id INTEGER NOT NULL, 
    document_id INTEGER NOT NULL, 
    position INTEGER NOT NULL, 
    CONSTRAINT fk_enclosure_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_enclosure_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_enclosure_document_id ON enclosure (document_id)""",
    """CREATE INDEX ix_enclosure_letter_id ON enclosure (letter_id)""",
    """CREATE TABLE assistance_paper (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    assistance_id INTEGER NOT NULL, 
    text TEXT NOT NULL, 
    asked TEXT, 
    sent TEXT, 
    document_id INTEGER, 
    CONSTRAINT fk_assistance_paper_assistance_id FOREIGN KEY(assistance_id) REFERENCES assistance (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_assistance_paper_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_assistance_paper_assistance_id ON assistance_paper (assistance_id)""",
    """CREATE INDEX ix_assistance_paper_document_id ON assistance_paper (document_id)""",
    """CREATE TABLE appeal (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    claim_id INTEGER NOT NULL, 
    level TEXT NOT NULL, 
    notice_date TEXT, 
    notice_received TEXT, 
    printed_deadline TEXT, 
    reason TEXT, 
    filed TEXT, 
    letter_id INTEGER, 
    decided TEXT, 
    outcome TEXT, 
    document_id INTEGER, 
    notes TEXT, 
    CONSTRAINT ck_appeal_level CHECK ("level" IN ('internal', 'second_internal', 'external', 'redetermination', 'reconsideration', 'hearing', 'council', 'court', 'other')), 
    CONSTRAINT ck_appeal_outcome CHECK ("outcome" IN ('upheld', 'partly', 'overturned', 'withdrawn')), 
    CONSTRAINT fk_appeal_claim_id FOREIGN KEY(claim_id) REFERENCES claim (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_appeal_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_appeal_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_appeal_claim_id ON appeal (claim_id)""",
    """CREATE INDEX ix_appeal_document_id ON appeal (document_id)""",
    """CREATE INDEX ix_appeal_letter_id ON appeal (letter_id)""",
    """CREATE TABLE authorization (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    person_id INTEGER NOT NULL, 
    helper_id INTEGER NOT NULL, 
    scope TEXT, 
    begins TEXT, 
    ends TEXT, 
    revoked TEXT, 
    letter_id INTEGER, 
    document_id INTEGER, 
    notes TEXT, 
    CONSTRAINT fk_authorization_person_id FOREIGN KEY(person_id) REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_authorization_helper_id FOREIGN KEY(helper_id) REFERENCES organization (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_authorization_letter_id FOREIGN KEY(letter_id) REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED, 
    CONSTRAINT fk_authorization_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED
)
 STRICT""",
    """CREATE INDEX ix_authorization_document_id ON authorization (document_id)""",
    """CREATE INDEX ix_authorization_helper_id ON authorization (helper_id)""",
    """CREATE INDEX ix_authorization_letter_id ON authorization (letter_id)""",
    """CREATE INDEX ix_authorization_person_id ON authorization (person_id)""",
    """CREATE TABLE own_card (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    card_id TEXT NOT NULL, 
    text TEXT NOT NULL, 
    written_at TEXT NOT NULL
)
 STRICT""",
    """CREATE TABLE rule_choice (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
    card_id TEXT NOT NULL, 
    "on" INTEGER NOT NULL
)
 STRICT""",
)


def upgrade() -> None:
    """Add the tables of version 1.3; nothing that was there is touched."""
    for statement in STATEMENTS:
        op.execute(statement)
