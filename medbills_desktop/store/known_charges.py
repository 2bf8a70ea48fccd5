"""What was charged for the services of some bills anywhere in the library: one charge is held against the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from medbills_desktop.domain.charge_history import ChargeHistory, charge_history
from medbills_desktop.domain.records import Bill, Line, Organization
from medbills_desktop.store import journal
from medbills_desktop.store.reader import Reader

_FEW_BILLS = 5
"""Up to so many bills only the services that stand on them are looked up; for more the whole library is summed up."""

_LAST: dict[str, ChargeHistory] = {}
"""The sums of one whole library, by the hash of the journal's newest entry: that names its records exactly."""


def known_charges(reader: Reader, bills: Collection[Bill], lines: Iterable[Line]) -> ChargeHistory:
    """The charges for at least the services of these lines, which are all lines of these bills."""
    _, digest = journal.head(reader.connection)
    found = _LAST.get(digest)
    if found is None and len(bills) > _FEW_BILLS:
        every = reader.find(Line)
        found = charge_history(every, reader.find(Bill), reader.find(Organization))
        _LAST.clear()
        _LAST[digest] = found
    return found or _of_services(reader, bills, lines)


def _of_services(reader: Reader, bills: Collection[Bill], lines: Iterable[Line]) -> ChargeHistory:
    codes = {_code(line.code) for line in lines}
    spelled = [row[0] for row in reader.rows("SELECT DISTINCT code FROM line WHERE code IS NOT NULL")]
    found = reader.find_any(Line, "code", [code for code in spelled if _code(code) and _code(code) in codes])
    if "" in codes:
        found += _without_code(reader, {bill.biller_id for bill in bills})
    billed = reader.find_any(Bill, "id", {line.bill_id for line in found})
    return charge_history(found, billed, reader.find(Organization))


def _without_code(reader: Reader, billers: Collection[int]) -> list[Line]:
    """Lines that have only a name: they are compared with those of the same biller."""
    theirs = {bill.id for bill in reader.find_any(Bill, "biller_id", billers)}
    return [line for line in reader.find_any(Line, "bill_id", theirs) if not _code(line.code)]


def _code(code: str | None) -> str:
    return "".join(code.split()).upper() if code else ""
