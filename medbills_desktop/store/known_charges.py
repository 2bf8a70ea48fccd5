"""What was charged for the services of some bills anywhere in the library: one charge is held against the others.

Summing up 40,000 lines takes a second, so the sums of the library read last are kept, and brought up to date by what
its journal says has changed since. The hash of the journal's newest entry says which records they are of.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from medbills_desktop.domain.charge_history import ChargeHistory, charge_history
from medbills_desktop.domain.records import Bill, Line, Organization
from medbills_desktop.store import journal
from medbills_desktop.store.reader import Reader

_FEW_BILLS = 5
"""Up to so many bills only the services that stand on them are looked up; for more the whole library is summed up."""

_MOST_ENTRIES, _MOST_CODES = 50, 20
"""Changes beyond this are not followed: summing up anew is quicker."""


@dataclass(frozen=True, slots=True)
class _Sums:
    """The charges of one whole library as of an entry of its journal."""

    seq: int
    digest: str
    history: ChargeHistory


_LAST: list[_Sums] = []


@dataclass(slots=True)
class _Touched:
    """What changed since: codes of lines, and billers with lines that have only a name."""

    codes: set[str] = field(default_factory=set)
    billers: set[int] = field(default_factory=set)
    bills: set[int] = field(default_factory=set)


def known_charges(reader: Reader, bills: Collection[Bill], lines: Iterable[Line]) -> ChargeHistory:
    """The charges for at least the services of these lines, which are all lines of these bills."""
    seq, digest = journal.head(reader.connection)
    last = _LAST[-1] if _LAST else None
    if last and last.digest == digest:
        return last.history
    touched = _touched_since(reader, last) if last else None
    if last and touched:
        history = _followed(reader, last.history, touched)
    elif len(bills) > _FEW_BILLS:
        history = charge_history(reader.find(Line), reader.find(Bill), reader.find(Organization))
    else:
        billers = {bill.biller_id for bill in bills}
        return _of_services(reader, {_code(line.code) for line in lines} - {""}, billers)
    _LAST[:] = [_Sums(seq, digest, history)]
    return history


def _followed(reader: Reader, before: ChargeHistory, touched: _Touched) -> ChargeHistory:
    codes, billers = touched.codes - {""}, {str(biller) for biller in touched.billers}
    kept = {
        service: charged
        for service, charged in before.charged.items()
        if service[0] not in codes and (service[0] or service[2] not in billers)
    }
    return ChargeHistory({**kept, **_of_services(reader, codes, touched.billers).charged})


def _of_services(reader: Reader, codes: Collection[str], billers: Collection[int]) -> ChargeHistory:
    """The charges for these codes by anybody, and for what has only a name by these billers."""
    spelled = [row[0] for row in reader.rows("SELECT DISTINCT code FROM line WHERE code IS NOT NULL")] if codes else []
    found = reader.find_any(Line, "code", [code for code in spelled if _code(code) in codes])
    theirs = {bill.id for bill in reader.find_any(Bill, "biller_id", billers)}
    found += [line for line in reader.find_any(Line, "bill_id", theirs) if not _code(line.code)]
    billed = reader.find_any(Bill, "id", {line.bill_id for line in found})
    return charge_history(found, billed, reader.find(Organization))


def _touched_since(reader: Reader, last: _Sums) -> _Touched | None:
    """What the journal says has changed; `None` for another library, too many changes, or a biller that is another."""
    if reader.scalar("SELECT hash FROM journal WHERE seq = ?", last.seq) != last.digest:
        return None
    sql = "SELECT changes FROM journal WHERE seq > ? LIMIT ?"
    entries = reader.rows(sql, last.seq, _MOST_ENTRIES + 1)
    touched = _Touched()
    if len(entries) > _MOST_ENTRIES or not all(_note(touched, json.loads(entry[0])) for entry in entries):
        return None
    touched.billers |= {bill.biller_id for bill in reader.find_any(Bill, "id", touched.bills)}
    return touched if len(touched.codes) <= _MOST_CODES else None


def _note(touched: _Touched, rows: list[dict[str, Any]]) -> bool:
    """Take in one entry; False where it changes what sort of biller a line is from."""
    for row in rows:
        images = list(_images(row))
        if row["kind"] == "line":
            touched.codes |= {_code(image["code"]) for image in images}
            touched.bills |= {image["bill_id"] for image in images if not _code(image["code"])}
        elif row["kind"] == "bill":
            touched.billers |= {image["biller_id"] for image in images}
            if len({image["biller_id"] for image in images}) > 1:
                return False
        elif row["kind"] == "organization" and len({image["kind"] for image in images}) > 1:
            return False
    return True


def _images(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from (row[name] for name in ("before", "after") if row[name] is not None)


def _code(code: str | None) -> str:
    return "".join(code.split()).upper() if code else ""
