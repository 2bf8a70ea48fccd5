"""Which bills a change may have findings for: the bill itself and those that are compared with it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.price_comparison import plain_code
from medbills_desktop.store.reader import Reader

_BILLS_BEHIND = {
    "claim_id": "SELECT bill_id FROM claim WHERE id IN (SELECT value FROM json_each(?)) AND bill_id IS NOT NULL",
    "call_id": "SELECT bill_id FROM call_bill WHERE call_id IN (SELECT value FROM json_each(?))",
    "line_id": "SELECT bill_id FROM line WHERE id IN (SELECT value FROM json_each(?))",
    "visit_id": "SELECT id FROM bill WHERE visit_id IN (SELECT value FROM json_each(?))",
    "person_id": "SELECT id FROM bill WHERE person_id IN (SELECT value FROM json_each(?))",
    "organization_id": "SELECT id FROM bill WHERE biller_id IN (SELECT value FROM json_each(?))",
    "document_id": "SELECT target_id FROM document_link WHERE type = 'bill' AND document_id IN "
    "(SELECT value FROM json_each(?))",
}
"""For a reference, the bills behind it."""

_SAME_VISIT = """
SELECT other.id FROM bill JOIN bill AS other ON other.visit_id = bill.visit_id
WHERE bill.id IN (SELECT value FROM json_each(?))
"""
_PLAIN = "replace(replace(replace(replace(upper({0}.account_number), ' ', ''), '-', ''), '.', ''), '/', '')"
_SAME_ACCOUNT = f"""
SELECT other.id FROM bill JOIN bill AS other ON other.biller_id = bill.biller_id AND other.person_id = bill.person_id
WHERE bill.id IN (SELECT value FROM json_each(?)) AND {_PLAIN.format("bill")} = {_PLAIN.format("other")}
"""
_SAME_PERSON = """
SELECT other.id FROM bill JOIN bill AS other ON other.person_id = bill.person_id
WHERE bill.id IN (SELECT value FROM json_each(?))
"""
_OF_THE_YEAR = frozenset({"claim", "claim_line", "payment", "policy", "visit", "bill"})
"""Kinds that count for all bills of a patient: limits of the year, visits."""
_WITHOUT_FINDINGS = frozenset(
    {
        "appeal",
        "assistance_paper",
        "authorization",
        "enclosure",
        "made_packet",
        "own_card",
        "page_view",
        "point_answer",
        "promise_proof",
        "recording_places",
        "redaction",
        "rule_choice",
        "task",
    }
)


@dataclass(frozen=True, slots=True)
class FindAffectedBills:
    """Ids of the bills whose findings may differ after a change; ids of bills that are gone are among them."""

    changes: ChangeSet

    def __call__(self, reader: Reader) -> frozenset[int]:
        found: set[int] = set()
        behind: dict[str, set[int]] = {}
        for row in self.changes.rows:
            if row.kind in _WITHOUT_FINDINGS:
                continue
            if row.kind == "bill":
                found.add(row.id)
            behind.setdefault(f"{row.kind}_id", set()).add(row.id)
            for image in (row.before, row.after):
                for name, value in (image or {}).items():
                    if name == "bill_id" and value is not None:
                        found.add(value)
                    elif name in ("claim_id", "call_id", "line_id", "visit_id", "person_id") and value is not None:
                        behind.setdefault(name, set()).add(value)
        for name, ids in behind.items():
            if name in _BILLS_BEHIND:
                found |= _ids(reader, _BILLS_BEHIND[name], ids)
        if "price" in self.changes.kinds:
            found |= _with_codes(reader, self.changes)
        if self.changes.kinds & _OF_THE_YEAR:
            return frozenset(found | _ids(reader, _SAME_PERSON, found))
        same_account = _ids(reader, _SAME_ACCOUNT, found) if self.changes.kinds & {"statement", "line"} else set()
        return frozenset(found | _ids(reader, _SAME_VISIT, found) | same_account)


@dataclass(frozen=True, slots=True)
class ListBillIds:
    """The ids of all bills, the newest first."""

    def __call__(self, reader: Reader) -> list[int]:
        return [int(row[0]) for row in reader.rows("SELECT id FROM bill ORDER BY id DESC")]


def _with_codes(reader: Reader, changes: ChangeSet) -> set[int]:
    """The bills with a line of a code for which a price was noted, changed or taken away."""
    images = [image for row in changes.rows if row.kind == "price" for image in (row.before, row.after) if image]
    codes = {plain_code(image["code"]) for image in images} - {""}
    sql = "SELECT bill_id FROM line WHERE upper(replace(code, ' ', '')) IN (SELECT value FROM json_each(?))"
    return _numbers(row[0] for row in reader.rows(sql, json.dumps(sorted(codes)))) if codes else set()


def _ids(reader: Reader, sql: str, ids: Collection[int]) -> set[int]:
    return _numbers(row[0] for row in reader.rows(sql, json.dumps(sorted(ids))))


def _numbers(values: Iterable[int | None]) -> set[int]:
    return {int(value) for value in values if value is not None}
