"""Everything with a date, in one list."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing: `kind` and `id` name the record, `what` is the short text, `amount` a figure where it has one."""

    number: int
    kind: str
    id: int
    when: Moment
    who: str
    what: str
    amount: Cents | None


_BILLER = "JOIN bill ON bill.id = {kind}.bill_id JOIN organization ON organization.id = bill.biller_id"
_PARTS = (
    "SELECT 'visit' AS kind, visit.id, visit.start AS at, coalesce(organization.name, '') AS who, "
    "coalesce(visit.reason, visit.kind, '') AS what, NULL AS amount "
    "FROM visit LEFT JOIN organization ON organization.id = visit.facility_id WHERE visit.start IS NOT NULL",
    "SELECT 'statement', statement.id, statement.date, organization.name, coalesce(statement.number, ''), statement.balance "
    f"FROM statement {_BILLER.format(kind='statement')}",
    "SELECT 'claim', claim.id, claim.date, organization.name, coalesce(claim.number, ''), claim.patient_responsibility "
    "FROM claim JOIN policy ON policy.id = claim.policy_id JOIN organization ON organization.id = policy.insurer_id "
    "WHERE claim.date IS NOT NULL",
    "SELECT 'call', call.id, call.started, coalesce(organization.name, ''), coalesce(call.said, call.asked, ''), call.amount_quoted "
    "FROM call LEFT JOIN organization ON organization.id = call.organization_id",
    "SELECT 'promise', promise.id, promise.due, coalesce(organization.name, ''), promise.text, NULL "
    "FROM promise JOIN call ON call.id = promise.call_id LEFT JOIN organization ON organization.id = call.organization_id "
    "WHERE promise.due IS NOT NULL",
    "SELECT 'letter', letter.id, letter.date, coalesce(organization.name, ''), coalesce(letter.subject, letter.kind), NULL "
    "FROM letter LEFT JOIN organization ON organization.id = letter.recipient_id WHERE letter.date IS NOT NULL",
    "SELECT 'payment', payment.id, payment.date, organization.name, coalesce(payment.memo, payment.method, ''), payment.amount "
    f"FROM payment {_BILLER.format(kind='payment')}",
    "SELECT 'offer', offer.id, offer.date, organization.name, coalesce(offer.conditions, offer.basis, ''), offer.amount "
    f"FROM offer {_BILLER.format(kind='offer')}",
    "SELECT 'estimate', estimate.id, estimate.date, coalesce(organization.name, ''), coalesce(estimate.notes, ''), estimate.amount "
    "FROM estimate LEFT JOIN organization ON organization.id = estimate.provider_id WHERE estimate.date IS NOT NULL",
    "SELECT 'collection', collection.id, coalesce(collection.notice_received, collection.notice_date), organization.name, "
    "coalesce(collection.reference, ''), collection.amount FROM collection "
    "JOIN organization ON organization.id = collection.collector_id "
    "WHERE coalesce(collection.notice_received, collection.notice_date) IS NOT NULL",
    "SELECT 'task', task.id, coalesce(task.done, task.due), '', task.text, NULL FROM task "
    "WHERE coalesce(task.done, task.due) IS NOT NULL",
    "SELECT 'document', document.id, coalesce(document.received, document.date), coalesce(document.sender, ''), "
    "coalesce(document.title, document.file), NULL FROM document WHERE coalesce(document.received, document.date) IS NOT NULL",
)


@dataclass(frozen=True, slots=True)
class ListEvents:
    """All dated things, newest first, at most `limit`; `words` keeps those whose text has all of them."""

    words: str = ""
    limit: int = 2000

    def __call__(self, reader: Reader) -> list[Event]:
        terms = [f"%{_escaped(term)}%" for term in self.words.split()]
        clause = " AND ".join(r"(kind || ' ' || who || ' ' || what) LIKE ? ESCAPE '\'" for _ in terms)
        sql = f"SELECT * FROM ({' UNION ALL '.join(_PARTS)})"
        rows = reader.rows(
            f"{sql} {f'WHERE {clause}' if clause else ''} ORDER BY at DESC, kind, id DESC LIMIT ?", *terms, self.limit
        )
        return [
            Event(
                number,
                row.kind,
                row.id,
                Moment.from_text(row.at),
                row.who,
                " ".join(str(row.what).split()),
                None if row.amount is None else Cents(row.amount),
            )
            for number, row in enumerate(rows)
        ]


def _escaped(term: str) -> str:
    for mark in ("\\", "%", "_"):
        term = term.replace(mark, f"\\{mark}")
    return term
