"""How a call was worded at each time: read from the journal, which keeps every wording with the day it was written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from medbills_desktop.domain.changes import Image, RowChange
from medbills_desktop.domain.records import Call, Organization, Promise
from medbills_desktop.store.codec import from_row
from medbills_desktop.store.journal import changes_from_text
from medbills_desktop.store.reader import Reader


@dataclass(frozen=True, slots=True)
class Wording:
    """A call as it stood after one entry of the journal. `at` is the local time of the entry, `label` what was done."""

    at: datetime
    label: str
    call: Call | None
    organization: str
    promises: tuple[Promise, ...]
    bill_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ListWordings:
    """Every wording of a call, the oldest first; entries that left it as it was are passed over.

    A call that came with an imported case begins with its import. The journal is read as a whole, which takes a moment
    in a large library.
    """

    call_id: int

    def __call__(self, reader: Reader) -> list[Wording]:
        found: list[Wording] = []
        call: Image | None = None
        promises: dict[int, Image] = {}
        bills: dict[int, Image] = {}
        for entry in reader.rows(_ENTRIES, f'"id":{self.call_id},"kind":"call"', f'"call_id":{self.call_id},'):
            changes = changes_from_text(entry.label, entry.changes)
            own = [row for row in changes.rows if row.kind == Call.KIND and row.id == self.call_id]
            call = own[-1].after if own else call
            _follow(promises, self._of(changes.rows, Promise.KIND))
            _follow(bills, self._of(changes.rows, "call_bill"))
            at = datetime.fromisoformat(entry.at).astimezone().replace(tzinfo=None)
            wording = _wording(reader, at, entry.label, call, promises, bills)
            if not found or _said(found[-1]) != _said(wording):
                found.append(wording)
        return found

    def _of(self, rows: Iterable[RowChange], kind: str) -> list[RowChange]:
        return [row for row in rows if row.kind == kind and (row.after or row.before or {})["call_id"] == self.call_id]


_ENTRIES = "SELECT at, label, changes FROM journal WHERE instr(changes, ?) > 0 OR instr(changes, ?) > 0 ORDER BY seq"


def _follow(images: dict[int, Image], rows: Iterable[RowChange]) -> None:
    for row in rows:
        if row.after is None:
            images.pop(row.id, None)
        else:
            images[row.id] = row.after


def _wording(
    reader: Reader,
    at: datetime,
    label: str,
    call: Image | None,
    promises: Mapping[int, Image],
    bills: Mapping[int, Image],
) -> Wording:
    kept = from_row(Call, call) if call is not None else None
    office = reader.find(Organization, id=kept.organization_id) if kept and kept.organization_id else []
    return Wording(
        at,
        label,
        kept,
        office[0].name if office else "",
        tuple(from_row(Promise, promises[number]) for number in sorted(promises)),
        tuple(sorted(image["bill_id"] for image in bills.values())),
    )


def _said(wording: Wording) -> tuple[object, ...]:
    return wording.call, wording.promises, wording.bill_ids
