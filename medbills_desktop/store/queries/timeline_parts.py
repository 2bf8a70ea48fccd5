"""The statements that read events of the timeline, one for each kind of record and each of its days."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.timeline import Kind


@dataclass(frozen=True, slots=True)
class Part:
    """One statement: it gives id, at, who, what, amount, state, extra and document_id, and asks for `{scope}`.

    `scope` is the condition inside a scope, where `b` are the ids of its bills and `v` those of its visits; `None`
    where nothing of this part belongs to a scope. `record` is the kind of the record whose id it gives.
    """

    kind: Kind
    record: str
    sql: str
    scope: str | None


def _of_bill(kind: str) -> str:
    return f"{kind}.bill_id IN (SELECT id FROM b)"


_BILLER = "JOIN bill ON bill.id = {kind}.bill_id JOIN organization ON organization.id = bill.biller_id"
_OF_CALL = "call.id IN (SELECT call_id FROM call_bill WHERE bill_id IN (SELECT id FROM b))"
_OF_APPEAL = "claim.bill_id IN (SELECT id FROM b)"
_VISIT = (
    "SELECT visit.id AS id, visit.{at} AS at, organization.name AS who, coalesce(visit.reason, visit.kind) AS what, "
    "NULL AS amount, '{state}' AS state, NULL AS extra, NULL AS document_id FROM visit "
    "LEFT JOIN organization ON organization.id = visit.facility_id WHERE {{scope}}"
)
_ASSISTANCE = (
    "SELECT assistance.id AS id, {at} AS at, organization.name AS who, '' AS what, NULL AS amount, {state} AS state, "
    "NULL AS extra, NULL AS document_id FROM assistance JOIN bill ON bill.id = assistance.bill_id "
    "JOIN organization ON organization.id = coalesce(assistance.organization_id, bill.biller_id) "
    "WHERE {{scope}} AND {condition}"
)
_PAPER = (
    "SELECT assistance_paper.id AS id, {at} AS at, organization.name AS who, assistance_paper.text AS what, "
    "NULL AS amount, '{state}' AS state, NULL AS extra, {document} AS document_id FROM assistance_paper "
    "JOIN assistance ON assistance.id = assistance_paper.assistance_id JOIN bill ON bill.id = assistance.bill_id "
    "JOIN organization ON organization.id = coalesce(assistance.organization_id, bill.biller_id) "
    "WHERE {{scope}} AND {condition}"
)
_APPEAL = (
    "SELECT appeal.id AS id, {at} AS at, organization.name AS who, appeal.level AS what, NULL AS amount, "
    "'{state}' AS state, appeal.outcome AS extra, appeal.document_id AS document_id FROM appeal "
    "JOIN claim ON claim.id = appeal.claim_id JOIN policy ON policy.id = claim.policy_id "
    "JOIN organization ON organization.id = policy.insurer_id WHERE {{scope}} AND {condition}"
)
_COLLECTION = (
    "SELECT collection.id AS id, {at} AS at, organization.name AS who, collection.reference AS what, "
    "{amount} AS amount, '{state}' AS state, NULL AS extra, collection.document_id AS document_id FROM collection "
    "JOIN organization ON organization.id = collection.collector_id WHERE {{scope}} AND {condition}"
)
_PROOFS = (
    "(SELECT group_concat(CASE "
    "WHEN document.id IS NOT NULL THEN 'document' || char(9) || coalesce(document.title, document.file) "
    "WHEN proving.id IS NOT NULL THEN 'call' || char(9) || proving.started "
    "WHEN letter.id IS NOT NULL THEN 'letter' || char(9) || coalesce(letter.date, '') "
    "WHEN payment.id IS NOT NULL THEN 'payment' || char(9) || payment.date "
    "ELSE 'note' || char(9) || coalesce(promise_proof.note, '') END, char(30)) FROM promise_proof "
    "LEFT JOIN document ON document.id = promise_proof.document_id "
    "LEFT JOIN call AS proving ON proving.id = promise_proof.call_id "
    "LEFT JOIN letter ON letter.id = promise_proof.letter_id "
    "LEFT JOIN payment ON payment.id = promise_proof.payment_id WHERE promise_proof.promise_id = promise.id)"
)

PARTS: tuple[Part, ...] = (
    Part("visit", "visit", _VISIT.format(at="start", state="start"), "visit.id IN (SELECT id FROM v)"),
    Part(
        "visit",
        "visit",
        _VISIT.format(at='"end"', state="end") + ' AND substr(visit."end", 1, 10) <> substr(visit.start, 1, 10)',
        "visit.id IN (SELECT id FROM v)",
    ),
    Part(
        "statement",
        "statement",
        "SELECT statement.id AS id, statement.date AS at, organization.name AS who, statement.number AS what, "
        "statement.balance AS amount, CASE WHEN statement.itemized THEN 'itemized' END AS state, "
        "statement.due AS extra, statement.document_id AS document_id FROM statement "
        f"{_BILLER.format(kind='statement')} WHERE {{scope}}",
        _of_bill("statement"),
    ),
    Part(
        "claim",
        "claim",
        "SELECT claim.id AS id, coalesce(claim.date, claim.received) AS at, organization.name AS who, "
        "claim.number AS what, claim.patient_responsibility AS amount, claim.status AS state, NULL AS extra, "
        "claim.document_id AS document_id FROM claim JOIN policy ON policy.id = claim.policy_id "
        "JOIN organization ON organization.id = policy.insurer_id WHERE {scope}",
        _of_bill("claim"),
    ),
    Part(
        "estimate",
        "estimate",
        "SELECT estimate.id AS id, estimate.date AS at, organization.name AS who, "
        "CASE estimate.kind WHEN 'good_faith_estimate' THEN 'Good-faith estimate' ELSE 'Price quoted' END AS what, "
        "estimate.amount AS amount, NULL AS state, coalesce(estimate.by, estimate.notes) AS extra, "
        "estimate.document_id AS document_id FROM estimate "
        "LEFT JOIN organization ON organization.id = estimate.provider_id WHERE {scope}",
        "estimate.visit_id IN (SELECT id FROM v)",
    ),
    Part(
        "call",
        "call",
        "SELECT call.id AS id, call.started AS at, organization.name AS who, "
        "coalesce(call.outcome, call.said, call.asked) AS what, call.amount_quoted AS amount, "
        "call.direction AS state, call.representative AS extra, call.document_id AS document_id FROM call "
        "LEFT JOIN organization ON organization.id = call.organization_id WHERE {scope}",
        _OF_CALL,
    ),
    Part(
        "promise",
        "promise",
        "SELECT promise.id AS id, CASE WHEN promise.status IN ('kept', 'broken') "
        "THEN coalesce(promise.closed, promise.due, call.started) ELSE coalesce(promise.due, call.started) END AS at, "
        "organization.name AS who, promise.text AS what, NULL AS amount, coalesce(promise.status, 'open') AS state, "
        f"{_PROOFS} AS extra, (SELECT document_id FROM promise_proof WHERE promise_id = promise.id "
        "AND document_id IS NOT NULL ORDER BY id LIMIT 1) AS document_id FROM promise "
        "JOIN call ON call.id = promise.call_id LEFT JOIN organization ON organization.id = call.organization_id "
        "WHERE {scope}",
        _OF_CALL,
    ),
    Part(
        "letter",
        "letter",
        "SELECT letter.id AS id, letter.date AS at, organization.name AS who, "
        "coalesce(nullif(letter.subject, ''), letter.kind) AS what, NULL AS amount, "
        "coalesce(letter.status, 'draft') AS state, trim(coalesce('by ' || letter.method, '') || ' ' || "
        "coalesce('tracking ' || letter.tracking, '')) AS extra, letter.document_id AS document_id FROM letter "
        "LEFT JOIN organization ON organization.id = letter.recipient_id WHERE {scope}",
        _of_bill("letter"),
    ),
    Part(
        "payment",
        "payment",
        "SELECT payment.id AS id, payment.date AS at, organization.name AS who, payment.memo AS what, "
        "payment.amount AS amount, payment.kind AS state, payment.method AS extra, "
        f"payment.document_id AS document_id FROM payment {_BILLER.format(kind='payment')} WHERE {{scope}}",
        _of_bill("payment"),
    ),
    Part(
        "offer",
        "offer",
        "SELECT offer.id AS id, offer.date AS at, organization.name AS who, "
        "coalesce(offer.conditions, offer.basis) AS what, offer.amount AS amount, offer.status AS state, "
        f"offer.direction AS extra, offer.document_id AS document_id FROM offer {_BILLER.format(kind='offer')} "
        "WHERE {scope}",
        _of_bill("offer"),
    ),
    Part(
        "assistance",
        "assistance",
        _ASSISTANCE.format(at="assistance.applied", state="'applied'", condition="assistance.applied IS NOT NULL"),
        _of_bill("assistance"),
    ),
    Part(
        "assistance",
        "assistance",
        _ASSISTANCE.format(
            at="assistance.decided",
            state="coalesce(assistance.status, 'decided')",
            condition="assistance.decided IS NOT NULL",
        ),
        _of_bill("assistance"),
    ),
    Part(
        "assistance",
        "assistance",
        _ASSISTANCE.format(
            at="NULL", state="assistance.status", condition="assistance.applied IS NULL AND assistance.decided IS NULL"
        ),
        _of_bill("assistance"),
    ),
    Part(
        "assistance",
        "assistance_paper",
        _PAPER.format(
            at="assistance_paper.asked",
            state="paper_asked",
            document="NULL",
            condition="assistance_paper.asked IS NOT NULL",
        ),
        _of_bill("assistance"),
    ),
    Part(
        "assistance",
        "assistance_paper",
        _PAPER.format(
            at="assistance_paper.sent",
            state="paper_sent",
            document="assistance_paper.document_id",
            condition="assistance_paper.sent IS NOT NULL",
        ),
        _of_bill("assistance"),
    ),
    Part(
        "assistance",
        "assistance_paper",
        _PAPER.format(
            at="NULL",
            state="paper",
            document="assistance_paper.document_id",
            condition="assistance_paper.asked IS NULL AND assistance_paper.sent IS NULL",
        ),
        _of_bill("assistance"),
    ),
    Part(
        "appeal",
        "appeal",
        _APPEAL.format(
            at="coalesce(appeal.notice_received, appeal.notice_date)",
            state="notice",
            condition="coalesce(appeal.notice_received, appeal.notice_date) IS NOT NULL",
        ),
        _OF_APPEAL,
    ),
    Part(
        "appeal",
        "appeal",
        _APPEAL.format(at="appeal.filed", state="filed", condition="appeal.filed IS NOT NULL"),
        _OF_APPEAL,
    ),
    Part(
        "appeal",
        "appeal",
        _APPEAL.format(at="appeal.decided", state="decided", condition="appeal.decided IS NOT NULL"),
        _OF_APPEAL,
    ),
    Part(
        "appeal",
        "appeal",
        _APPEAL.format(
            at="NULL",
            state="begun",
            condition="coalesce(appeal.notice_received, appeal.notice_date, appeal.filed, appeal.decided) IS NULL",
        ),
        _OF_APPEAL,
    ),
    Part(
        "collection",
        "collection",
        _COLLECTION.format(
            at="coalesce(collection.notice_received, collection.notice_date)",
            amount="collection.amount",
            state="notice",
            condition="1",
        ),
        _of_bill("collection"),
    ),
    Part(
        "collection",
        "collection",
        _COLLECTION.format(
            at="collection.disputed_on",
            amount="NULL",
            state="disputed",
            condition="collection.disputed_on IS NOT NULL",
        ),
        _of_bill("collection"),
    ),
    Part(
        "collection",
        "collection",
        _COLLECTION.format(
            at="collection.validated_on",
            amount="NULL",
            state="validated",
            condition="collection.validated_on IS NOT NULL",
        ),
        _of_bill("collection"),
    ),
    Part(
        "task",
        "task",
        "SELECT task.id AS id, coalesce(task.done, task.due) AS at, '' AS who, task.text AS what, NULL AS amount, "
        "CASE WHEN task.done IS NOT NULL THEN 'done' END AS state, NULL AS extra, NULL AS document_id FROM task "
        "WHERE {scope}",
        _of_bill("task"),
    ),
    Part(
        "document",
        "document",
        "SELECT document.id AS id, coalesce(document.received, document.date) AS at, document.sender AS who, "
        "coalesce(document.title, document.file) AS what, NULL AS amount, NULL AS state, "
        "document.paper_number AS extra, document.id AS document_id FROM document WHERE {scope}",
        "{papers}",
    ),
)


def _due(record: str, field: str, what: str, who: str, scope: str, condition: str = "1") -> Part:
    sql = (
        f"SELECT {record}.id AS id, {record}.{field} AS at, organization.name AS who, {what} AS what, NULL AS amount, "
        f"NULL AS state, NULL AS extra, {record}.document_id AS document_id FROM {record} {who} "
        f"WHERE {{scope}} AND {record}.{field} IS NOT NULL AND {condition}"
    )
    return Part("deadline", record, sql, scope)


_RECIPIENT = "LEFT JOIN organization ON organization.id = letter.recipient_id"
_INSURER = "JOIN policy ON policy.id = claim.policy_id JOIN organization ON organization.id = policy.insurer_id"
DEADLINES: tuple[Part, ...] = (
    _due("statement", "due", "'Statement is due'", _BILLER.format(kind="statement"), _of_bill("statement")),
    _due("offer", "expires", "'Offer ends'", _BILLER.format(kind="offer"), _of_bill("offer")),
    _due("offer", "pay_by", "'Agreed sum is to be paid'", _BILLER.format(kind="offer"), _of_bill("offer")),
    _due("letter", "reply_due", "'Answer is due'", _RECIPIENT, _of_bill("letter"), "letter.status = 'sent'"),
    _due("claim", "appeal_deadline", "'Last day to appeal, as printed'", _INSURER, _of_bill("claim")),
    _due(
        "appeal",
        "printed_deadline",
        "'Last day to appeal, as printed'",
        f"JOIN claim ON claim.id = appeal.claim_id {_INSURER}",
        _OF_APPEAL,
    ),
)
"""Days that stand on papers or were agreed; those that follow from rules are counted, not read."""
