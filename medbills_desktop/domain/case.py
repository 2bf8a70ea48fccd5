"""A whole case in memory: what a case file holds, and what checks, packets and exports read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from medbills_desktop.domain.charge_history import ChargeHistory, charge_history
from medbills_desktop.domain.code_tables import NO_TABLES, CodeTables
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import (
    KINDS,
    Bill,
    CallBill,
    Claim,
    DocumentLink,
    Line,
    Organization,
    Record,
    Statement,
    fields_of,
)

R = TypeVar("R", bound=Record)
T = TypeVar("T")


@dataclass(frozen=True)
class Case:
    """All records of a case, by kind, each kind in the order of the file.

    Ids are whole numbers that name records inside this case only (in a library they are the library's own).
    `today` is the day on which a scenario is played; a user's own case has none. `tables` are those that the user
    loaded; `known_charges` sums up the charges of a library of which the case holds a part: neither is in a case file.
    """

    records: Mapping[type[Record], tuple[Record, ...]] = field(default_factory=dict)
    title: str | None = None
    notes: str | None = None
    today: Day | None = None
    tables: CodeTables = field(default=NO_TABLES, compare=False)
    known_charges: ChargeHistory | None = field(default=None, compare=False)

    def all(self, kind: type[R]) -> tuple[R, ...]:
        """Every record of a kind, in file order."""
        return self.records.get(kind, ())  # type: ignore[return-value]

    def get(self, kind: type[R], id: int) -> R:  # noqa: A002
        """The record with that id; raises `KeyError` where there is none."""
        return self._by_id[kind][id]  # type: ignore[return-value]

    def find(self, kind: type[R], id: int | None) -> R | None:  # noqa: A002
        """The record with that id, or `None` for no id or no such record."""
        return None if id is None else self._by_id.get(kind, {}).get(id)  # type: ignore[return-value]

    def of(self, kind: type[R], owner: str, id: int) -> tuple[R, ...]:  # noqa: A002
        """Records of `kind` whose field `owner` (such as `bill_id`) holds `id`, in file order."""
        key = (kind, owner)
        if key not in self._indexes:
            index: dict[int, list[Record]] = {}
            for record in self.all(kind):
                value = getattr(record, owner)
                if value is not None:
                    index.setdefault(value, []).append(record)
            self._indexes[key] = {value: tuple(found) for value, found in index.items()}
        return self._indexes[key].get(id, ())  # type: ignore[return-value]

    def statements(self, bill_id: int) -> tuple[Statement, ...]:
        """The statements of a bill, oldest first."""
        return tuple(sorted(self.of(Statement, "bill_id", bill_id), key=lambda statement: statement.date))

    def lines(self, bill_id: int) -> tuple[Line, ...]:
        """The lines of a bill in paper order."""
        return self.of(Line, "bill_id", bill_id)

    def claims(self, bill_id: int) -> tuple[Claim, ...]:
        """The claims (EOBs) that speak of a bill."""
        return self.of(Claim, "bill_id", bill_id)

    def call_ids(self, bill_id: int) -> tuple[int, ...]:
        """Ids of the calls that were about a bill."""
        return tuple(link.call_id for link in self.of(CallBill, "bill_id", bill_id))

    def links_to(self, kind: str, id: int) -> tuple[DocumentLink, ...]:  # noqa: A002
        """Links of papers to one record."""
        return tuple(link for link in self.of(DocumentLink, "target_id", id) if link.type == kind)

    @cached_property
    def charge_history(self) -> ChargeHistory:
        """What has been charged for each service: over the whole library where that is known, else over this case."""
        if self.known_charges is not None:
            return self.known_charges
        return charge_history(self.all(Line), self.all(Bill), self.all(Organization))

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What `work` gives, done on the first call with that key and kept: for what is asked anew for each bill."""
        if key not in self._kept:
            self._kept[key] = work()
        return self._kept[key]  # type: ignore[no-any-return]

    @cached_property
    def _kept(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _by_id(self) -> dict[type[Record], dict[int, Record]]:
        return {kind: {record.id: record for record in found} for kind, found in self.records.items()}

    @cached_property
    def _indexes(self) -> dict[tuple[type[Record], str], dict[int, tuple[Record, ...]]]:
        return {}


def case_of(
    records: Iterable[Record], title: str | None = None, notes: str | None = None, today: Day | None = None
) -> Case:
    """Gather records of any kinds into a case, keeping the order in which they come."""
    by_kind: dict[type[Record], list[Record]] = {}
    for record in records:
        by_kind.setdefault(type(record), []).append(record)
    ordered = {kind: tuple(by_kind[kind]) for kind in KINDS if kind in by_kind}
    return Case(ordered, title, notes, today)


def owner_field(kind: type[Record]) -> str | None:
    """The field by which records of a kind belong to another record, such as `bill_id` of a line."""
    return next((info.name for info in fields_of(kind) if info.owner), None)
