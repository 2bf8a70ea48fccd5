"""One case out of a library, for somebody else: some bills with all that belongs to them, and nothing of others."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.price_comparison import plain_code
from medbills_desktop.domain.records import (
    KIND_BY_NAME,
    KINDS,
    Authorization,
    Bill,
    Call,
    Claim,
    Document,
    DocumentLink,
    Line,
    Organization,
    Person,
    Policy,
    Price,
    Record,
    Visit,
    fields_of,
)
from medbills_desktop.exchange.case_zip_writing import write_case_zip
from medbills_desktop.exchange.library_records import LIBRARY_KINDS, OF_THE_LIBRARY
from medbills_desktop.store.case_loading import load_bills
from medbills_desktop.store.library import Library
from medbills_desktop.store.own_place import keep_out_of
from medbills_desktop.store.reader import Reader

Found = dict[type[Record], tuple[Record, ...]]

_WHERE_USED: frozenset[type[Record]] = frozenset({Organization, Document})
"""Kinds of which only what something else names goes along."""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What goes along: the case, how many calls lose their private note, and the patients whose records stay here."""

    case: Case
    notes_left_out: int
    patients_left_out: tuple[str, ...]

    @property
    def counted(self) -> dict[type[Record], int]:
        """How many records of each kind, of those that a person sees as things of their own."""
        kinds = (kind for kind in KINDS if kind.PREFIX or kind is Price or kind in LIBRARY_KINDS)
        return {kind: len(self.case.all(kind)) for kind in kinds if self.case.all(kind)}


@dataclass(frozen=True, slots=True)
class ReadHandOver:
    """A query: the part of a library that is about some bills, complete in itself.

    Its patients come with their policies, its visits, and everything that speaks of these bills. Other patients stay
    out, but for the holder of a policy that paid on them. Private notes of calls stay out unless they are wanted.
    """

    bill_ids: tuple[int, ...]
    private_notes: bool = False

    def __call__(self, reader: Reader) -> HandedOver:
        whole = load_bills(reader, self.bill_ids)
        found: Found = {kind: records for kind, records in whole.records.items() if kind not in OF_THE_LIBRARY}
        _keep_patients(found)
        noted = 0
        if not self.private_notes:
            noted = sum(bool(call.private_note) for call in whole.all(Call))
            found[Call] = tuple(dataclasses.replace(call, private_note=None) for call in whole.all(Call))
        case = Case(_closed(found))
        inside = {person.id for person in case.all(Person)}
        others = tuple(person.name for person in reader.find(Person) if person.id not in inside)
        return HandedOver(case, noted, others)


@dataclass(frozen=True, slots=True)
class FindBillsBeside:
    """A query: the ids of the bills of one visit, of which one bill is given."""

    bill_id: int

    def __call__(self, reader: Reader) -> set[int]:
        bill = reader.find(Bill, id=self.bill_id)
        visit_id = bill[0].visit_id if bill else None
        beside = reader.find(Bill, visit_id=visit_id) if visit_id is not None else bill
        return {one.id for one in beside}


def hand_over(library: Library, bill_ids: Collection[int], private_notes: bool, target: Path) -> str:
    """Write the case of some bills as a zip; gives one sentence on what was written.

    Raises `UserError` where the target can't be written or lies in the library; an old file stays then.
    """
    keep_out_of(library.folder, target)
    handed = library.read(ReadHandOver(tuple(bill_ids), private_notes))

    def path_of(document: Document) -> Path | None:
        held = document.sha256 is not None and library.vault.holds(document.sha256)
        return library.vault.path(str(document.sha256)) if held else None

    missing = write_case_zip(handed.case, path_of, target)
    if missing:
        return f"Written to {target}, without {len(missing)} papers whose bytes are not held."
    return f"Written to {target}."


def _keep_patients(found: Found) -> None:
    """Leave out whoever the bills are not about, and what is theirs."""
    bills: tuple[Any, ...] = found.get(Bill, ())
    patients = {bill.person_id for bill in bills}
    visits = {bill.visit_id for bill in bills}
    used = {claim.policy_id for claim in found.get(Claim, ())}  # type: ignore[attr-defined]
    codes = {plain_code(line.code) for line in found.get(Line, ()) if line.code}  # type: ignore[attr-defined]
    tests: dict[type[Record], Any] = {
        Visit: lambda one: one.id in visits,
        Policy: lambda one: one.person_id in patients or one.id in used,
        Authorization: lambda one: one.person_id in patients,
        Price: lambda one: plain_code(one.code) in codes,
    }
    for kind, keeps in tests.items():
        found[kind] = tuple(one for one in found.get(kind, ()) if keeps(one))
    holders = {policy.person_id for policy in found[Policy]}  # type: ignore[attr-defined]
    found[Person] = tuple(one for one in found.get(Person, ()) if one.id in patients | holders)


def _closed(found: Found) -> Found:
    """Only records all of whose needed references are there too; other references to nothing are cleared."""
    while True:
        ids = {kind: {record.id for record in records} for kind, records in found.items()}
        kept: Found = {}
        for kind, records in found.items():
            held = (_held(record, ids) for record in records)
            kept[kind] = tuple(record for record in held if record is not None)
        used = _used(kept)
        for kind in _WHERE_USED:
            kept[kind] = tuple(record for record in kept.get(kind, ()) if (kind, record.id) in used)
        if kept == found:
            return {kind: kept[kind] for kind in KINDS if kept.get(kind)}
        found = kept


def _held(record: Record, ids: dict[type[Record], set[int]]) -> Record | None:
    cleared: dict[str, Any] = {}
    for info in fields_of(type(record)):
        value = getattr(record, info.name)
        if not info.refers_to or value is None or value in ids.get(KIND_BY_NAME[info.refers_to], ()):
            continue
        if not info.optional:
            return None
        cleared[info.name] = None
    if isinstance(record, DocumentLink) and record.target_id not in ids.get(KIND_BY_NAME[record.type], ()):
        return None
    return dataclasses.replace(record, **cleared) if cleared else record


def _used(found: Found) -> set[tuple[type[Record], int]]:
    used: set[tuple[type[Record], int]] = set()
    for records in found.values():
        for record in records:
            if isinstance(record, DocumentLink):
                used.add((Document, record.document_id))
                continue
            for info in fields_of(type(record)):
                value = getattr(record, info.name)
                if info.to and value is not None:
                    used.add((KIND_BY_NAME[info.to.kind], value))
    return used
