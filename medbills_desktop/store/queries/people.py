"""Everybody that a library knows: organizations and patients in one list, where each appears, and who is a patient."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

from medbills_desktop.domain.authorizations import authorization_words, in_force
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Authorization, Bill, Organization, Person
from medbills_desktop.domain.words import ORGANIZATION_KIND
from medbills_desktop.store.queries.today import OpenItem
from medbills_desktop.store.reader import Reader

Group = Literal["billers", "insurers", "collectors", "helpers", "regulators", "patients"]

_GROUPS: dict[str, Group] = {
    "insurer": "insurers",
    "collector": "collectors",
    "advocate": "helpers",
    "credit_counselor": "helpers",
    "regulator": "regulators",
}
"""The group of each kind of organization; all others send bills."""


@dataclass(frozen=True, slots=True)
class PartyRow:
    """An organization or a patient as the list shows it; `missing` are the fields that a letter or call needs.

    `key` names both kinds in one list: the id of an organization, or that of a patient below zero.
    """

    kind: Literal["organization", "person"]
    id: int
    name: str
    group: Group
    what: str
    phone: str | None
    address: str | None
    state: str | None
    bills: int
    calls: int
    letters: int
    missing: tuple[str, ...]

    @property
    def key(self) -> int:
        return self.id if self.kind == "organization" else -self.id


BILLS_OF_ORGANIZATION = """
SELECT id FROM bill WHERE biller_id = one.id
UNION SELECT bill_id FROM collection WHERE collector_id = one.id
UNION SELECT bill_id FROM assistance WHERE organization_id = one.id
UNION SELECT bill_id FROM claim WHERE provider_id = one.id AND bill_id IS NOT NULL
UNION SELECT bill_id FROM claim JOIN policy ON policy.id = claim.policy_id
  WHERE policy.insurer_id = one.id AND bill_id IS NOT NULL
UNION SELECT bill.id FROM bill JOIN visit ON visit.id = bill.visit_id WHERE visit.facility_id = one.id
"""
_ORGANIZATIONS = f"""
SELECT one.id, one.name, one.kind, one.phone, one.address, one.state,
  (SELECT count(*) FROM ({BILLS_OF_ORGANIZATION})) AS bills,
  (SELECT count(*) FROM call WHERE organization_id = one.id) AS calls,
  (SELECT count(*) FROM letter WHERE recipient_id = one.id) AS letters
FROM organization AS one ORDER BY one.name COLLATE NOCASE, one.id
"""
_PATIENTS = """
SELECT one.id, one.name, one.relationship,
  (SELECT count(*) FROM bill WHERE person_id = one.id) AS bills,
  (SELECT count(DISTINCT call_id) FROM call_bill JOIN bill ON bill.id = bill_id WHERE person_id = one.id) AS calls,
  (SELECT count(*) FROM letter JOIN bill ON bill.id = bill_id WHERE person_id = one.id) AS letters
FROM person AS one ORDER BY one.name COLLATE NOCASE, one.id
"""


@dataclass(frozen=True, slots=True)
class ListPeople:
    """Everybody by name: organizations, then patients, or only those of one group."""

    group: Group | None = None

    def __call__(self, reader: Reader) -> list[PartyRow]:
        rows = [_organization(tuple(row)) for row in reader.rows(_ORGANIZATIONS)]
        rows += [_patient(tuple(row)) for row in reader.rows(_PATIENTS)]
        return [row for row in rows if self.group in (None, row.group)]


def _organization(row: tuple[Any, ...]) -> PartyRow:
    number, name, kind, phone, address, state, bills, calls, letters = row
    missing = tuple(word for word, value in (("address", address), ("phone", phone)) if not (value or "").strip())
    group = _GROUPS.get(kind, "billers")
    what = ORGANIZATION_KIND[kind]
    return PartyRow("organization", number, name, group, what, phone, address, state, bills, calls, letters, missing)


def _patient(row: tuple[Any, ...]) -> PartyRow:
    number, name, relationship, bills, calls, letters = row
    what = f"Patient, {relationship}" if relationship else "Patient"
    return PartyRow("person", number, name, "patients", what, None, None, None, bills, calls, letters, ())


@dataclass(frozen=True, slots=True)
class Appearance:
    """One record that names somebody: its kind and id, its day where it has one, and what it is in a few words."""

    kind: str
    id: int
    day: Day | None
    text: str


_BILL_NAME = "biller.name || coalesce(' · ' || bill.account_number, '') || ' · ' || person.name"
_BILL_ROWS = f"""
SELECT 'bill' AS kind, bill.id AS number,
  (SELECT max(date) FROM statement WHERE bill_id = bill.id) AS day, {_BILL_NAME} AS what
FROM bill JOIN organization AS biller ON biller.id = bill.biller_id JOIN person ON person.id = bill.person_id
"""
_CALL_ROWS = (
    "SELECT 'call', call.id, substr(started, 1, 10), coalesce(outcome, said, asked, representative, '') FROM call"
)
_LETTER_ROWS = "SELECT 'letter', letter.id, letter.date, coalesce(subject, kind) FROM letter"
_POLICY_ROWS = """
SELECT 'policy', policy.id, effective, insurer.name || coalesce(' · ' || plan_name, '') || ' · ' || person.name
FROM policy JOIN organization AS insurer ON insurer.id = insurer_id JOIN person ON person.id = policy.person_id
"""
_HELPER_ROWS = """
SELECT 'authorization', "authorization".id, begins, helper.name || ' may speak for ' || person.name
FROM "authorization" JOIN organization AS helper ON helper.id = helper_id
JOIN person ON person.id = "authorization".person_id
"""
_OF_ORGANIZATION = f"""
SELECT * FROM ({_BILL_ROWS} WHERE bill.id IN ({BILLS_OF_ORGANIZATION.replace("one.id", "?1")})
UNION ALL {_CALL_ROWS} WHERE organization_id = ?1
UNION ALL {_LETTER_ROWS} WHERE recipient_id = ?1
UNION ALL {_POLICY_ROWS} WHERE insurer_id = ?1
UNION ALL {_HELPER_ROWS} WHERE helper_id = ?1)
ORDER BY kind IN ('authorization', 'policy') DESC, day DESC, kind, number
"""
_OF_PERSON = f"""
SELECT * FROM ({_BILL_ROWS} WHERE bill.person_id = ?1
UNION ALL {_CALL_ROWS} WHERE call.id IN
  (SELECT call_id FROM call_bill JOIN bill ON bill.id = bill_id WHERE person_id = ?1)
UNION ALL {_LETTER_ROWS} WHERE bill_id IN (SELECT id FROM bill WHERE person_id = ?1)
UNION ALL {_POLICY_ROWS} WHERE policy.person_id = ?1
UNION ALL {_HELPER_ROWS} WHERE "authorization".person_id = ?1)
ORDER BY kind IN ('authorization', 'policy') DESC, day DESC, kind, number
"""


@dataclass(frozen=True, slots=True)
class ListAppearances:
    """Where an organization or a patient appears: policies and helpers, then bills, calls, letters, newest first."""

    kind: Literal["organization", "person"]
    id: int
    today: Day

    def __call__(self, reader: Reader) -> list[Appearance]:
        sql = _OF_ORGANIZATION if self.kind == "organization" else _OF_PERSON
        return [
            Appearance(
                kind, number, Moment.from_text(day).day if day else None, self._words(reader, kind, number, what)
            )
            for kind, number, day, what in reader.rows(sql, self.id)
        ]

    def _words(self, reader: Reader, kind: str, number: int, what: str) -> str:
        return AuthorizationWords(number, self.today)(reader) if kind == "authorization" else " ".join(what.split())


@dataclass(frozen=True, slots=True)
class AuthorizationWords:
    """The sentence on one authorization as it stands on a day."""

    id: int
    today: Day

    def __call__(self, reader: Reader) -> str:
        one = reader.get(Authorization, self.id)
        helper, patient = reader.get(Organization, one.helper_id), reader.get(Person, one.person_id)
        return authorization_words(one, helper.name, patient.name, self.today)


@dataclass(frozen=True, slots=True)
class ListHelperWords:
    """A sentence on each helper of a bill's patient: those who may speak on a day, and who no longer may."""

    bill_id: int
    today: Day

    def __call__(self, reader: Reader) -> list[str]:
        bill = reader.find(Bill, id=self.bill_id)
        found = reader.find(Authorization, person_id=bill[0].person_id) if bill else []
        by_helper = {one.helper_id: one for one in found}
        holding = {one.helper_id: one for one in in_force(tuple(found), self.today)}
        return [AuthorizationWords(one.id, self.today)(reader) for one in {**by_helper, **holding}.values()]


@dataclass(frozen=True, slots=True)
class PatientChoice:
    """A patient who has bills."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class ListPatients:
    """Everybody who has a bill, by name."""

    def __call__(self, reader: Reader) -> list[PatientChoice]:
        sql = "SELECT id, name FROM person WHERE id IN (SELECT person_id FROM bill) ORDER BY name COLLATE NOCASE, id"
        return [PatientChoice(int(row[0]), str(row[1])) for row in reader.rows(sql)]


@dataclass(frozen=True, slots=True)
class ListBillIdsOf:
    """The ids of the bills of one patient."""

    person_id: int

    def __call__(self, reader: Reader) -> frozenset[int]:
        return frozenset(int(row[0]) for row in reader.rows("SELECT id FROM bill WHERE person_id = ?", self.person_id))


BEFORE_IT_ENDS = timedelta(days=30)
"""How long before its last day an authorization is reminded of, and how long after it that it ended."""


@dataclass(frozen=True, slots=True)
class ListEndingHelpers:
    """Authorizations of helpers that end soon or ended lately, as open items; none that was taken back."""

    today: Day

    def __call__(self, reader: Reader) -> list[OpenItem]:
        given = reader.find(Authorization, revoked=None)
        newer = {(one.person_id, one.helper_id): one.ends for one in given}  # the last entered of each helper
        ending = [one for one in given if one.ends and newer[one.person_id, one.helper_id] == one.ends]
        return [
            OpenItem("helper", one.id, AuthorizationWords(one.id, self.today)(reader), one.ends, "", None, None)
            for one in ending
            if one.ends and abs(one.ends - self.today) <= BEFORE_IT_ENDS
        ]
