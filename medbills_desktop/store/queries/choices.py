"""The records that a field of a form may refer to, each by a short name."""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.store.reader import Reader

_NAMES = {
    "person": "SELECT id, name FROM person ORDER BY name COLLATE NOCASE",
    "organization": "SELECT id, name FROM organization ORDER BY name COLLATE NOCASE",
    "policy": "SELECT policy.id, organization.name || coalesce(' · ' || policy.plan_name, '') || ' · ' || person.name "
    "FROM policy JOIN organization ON organization.id = insurer_id JOIN person ON person.id = person_id "
    "ORDER BY policy.id",
    "visit": "SELECT visit.id, coalesce(substr(start, 1, 10), '') || ' · ' || person.name "
    "|| coalesce(' · ' || reason, '') FROM visit JOIN person ON person.id = person_id ORDER BY start DESC",
    "bill": "SELECT bill.id, organization.name || coalesce(' · ' || account_number, '') FROM bill "
    "JOIN organization ON organization.id = biller_id ORDER BY organization.name COLLATE NOCASE",
    "document": "SELECT id, paper_number || ' · ' || coalesce(title, file) FROM document ORDER BY id DESC",
    "call": "SELECT call.id, substr(started, 1, 10) || coalesce(' · ' || organization.name, '') FROM call "
    "LEFT JOIN organization ON organization.id = organization_id ORDER BY started DESC",
    "letter": "SELECT id, coalesce(date || ' · ', '') || coalesce(subject, kind) FROM letter ORDER BY id DESC",
    "payment": "SELECT payment.id, date || ' · ' || printf('$%d.%02d', abs(amount) / 100, abs(amount) % 100) || ' · ' "
    "|| organization.name FROM payment JOIN bill ON bill.id = bill_id JOIN organization ON organization.id = biller_id "
    "ORDER BY date DESC",
    "claim": "SELECT claim.id, organization.name || coalesce(' · ' || number, '') || coalesce(' · ' || date, '') "
    "FROM claim JOIN policy ON policy.id = policy_id JOIN organization ON organization.id = insurer_id "
    "ORDER BY date DESC",
    "assistance": "SELECT assistance.id, organization.name || coalesce(' · ' || applied, '') FROM assistance "
    "JOIN bill ON bill.id = bill_id JOIN organization ON organization.id = biller_id ORDER BY assistance.id DESC",
    "offer": "SELECT id, date FROM offer ORDER BY date DESC",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A record that can be chosen."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ListChoices:
    """All records of a kind that other records refer to. Raises `KeyError` for a kind that none refers to."""

    kind: str

    def __call__(self, reader: Reader) -> list[Choice]:
        return [Choice(int(row[0]), str(row[1])) for row in reader.rows(_NAMES[self.kind])]
