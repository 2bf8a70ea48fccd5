"""Which records of a case are in a library already: compared by content, whatever their ids in the library are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KIND_BY_NAME, Document, DocumentLink, Price, Record
from medbills_desktop.domain.records.fields import FieldInfo, fields_of
from medbills_desktop.exchange.layout import CASE_KINDS, owner_of
from medbills_desktop.store.work import Work

Ids = dict[tuple[type[Record], int], int]
"""Ids in the library by kind and id in the case."""

OWNED: dict[type[Record], tuple[tuple[type[Record], str], ...]] = {
    kind: tuple(
        (child, owner.name)
        for child in CASE_KINDS
        if child is not DocumentLink and (owner := owner_of(child)) and owner.refers_to == kind.KIND
    )
    for kind in CASE_KINDS
}
"""What a record owns and is compared with it: kind, and the field with the owner's id. Links of papers stand alone."""

_ALIKE = re.compile(r"(.+)-\d+", re.DOTALL)
_NEW = object()
"""Stands for a record that is not in the library, which no record there can refer to."""


class _Whatever:
    """Equal to anything: a reference round in a circle, which can't be told before the record that it starts from."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


def _in_order() -> tuple[type[Record], ...]:
    """Kinds that own themselves, each after all kinds that it and what it owns refer to."""
    waiting = [kind for kind in CASE_KINDS if kind.PLURAL]
    placed: list[type[Record]] = []
    while waiting:
        ready = next(kind for kind in waiting if _targets(kind) <= {*placed, kind, *_all_owned(kind)})
        waiting.remove(ready)
        placed.append(ready)
    return tuple(placed)


def _all_owned(kind: type[Record]) -> set[type[Record]]:
    return {child for child, _ in OWNED[kind]} | {below for child, _ in OWNED[kind] for below in _all_owned(child)}


def _targets(kind: type[Record]) -> set[type[Record]]:
    return {
        KIND_BY_NAME[info.to.kind]
        for one in (kind, *_all_owned(kind))
        for info in fields_of(one)
        if info.to is not None
    }


IN_ORDER = _in_order()


class Matching:
    """Finds the records of a case in a library and notes their ids there in `ids`; each record there is found once."""

    def __init__(self, work: Work, case: Case, ids: Ids) -> None:
        self._work, self._case, self._ids = work, case, ids
        self._decided: set[tuple[type[Record], int]] = set()
        self._owned: dict[type[Record], dict[int, list[Record]]] = {}

    def match(self, kind: type[Record]) -> None:
        """Look for all records of one kind, with what they own; kinds must come in the order of `IN_ORDER`."""
        present: dict[Any, list[Record]] = defaultdict(list)
        for record in self._work.find(kind):
            for key in _keys(record):
                present[key].append(record)
        used: set[int] = set()
        for record in self._answers_last(kind):
            candidates = [one for one in present.get(_keys(record)[0], ()) if one.id not in used]
            for candidate in sorted(candidates, key=lambda one: one.ref != record.ref):
                if self._incoming(record) == self._present(candidate):
                    used.add(candidate.id)
                    self._note(record, candidate)
                    break
            self._decided.add((kind, record.id))

    def _answers_last(self, kind: type[Record]) -> Iterable[Record]:
        """The records of a kind, each after the one of its own kind that it refers to."""
        own = [info.name for info in fields_of(kind) if info.to and info.to.kind == kind.KIND]
        done: set[int] = set()
        for record in self._case.all(kind):
            chain: list[Record] = []
            waiting: Record | None = record
            while waiting is not None and waiting.id not in done:
                done.add(waiting.id)
                chain.append(waiting)
                waiting = self._case.find(kind, getattr(waiting, own[0])) if own else None
            yield from reversed(chain)

    def _incoming(self, record: Record) -> Any:
        content = [self._mapped(record, info) for info in _compared(type(record))]
        owned = [self._case.of(child, owner, record.id) for child, owner in OWNED[type(record)]]
        return content, [[(child.ref, self._incoming(child)) for child in children] for children in owned]

    def _present(self, record: Record) -> Any:
        content = [getattr(record, info.name) for info in _compared(type(record))]
        owned = [self._owned_by(child, owner, record.id) for child, owner in OWNED[type(record)]]
        return content, [[(child.ref, self._present(child)) for child in children] for children in owned]

    def _mapped(self, record: Record, info: FieldInfo) -> Any:
        value = getattr(record, info.name)
        if info.to is None or value is None:
            return value
        key = (KIND_BY_NAME[info.to.kind], value)
        if key[0] is type(record) and key not in self._decided:
            return _Whatever()
        return self._ids.get(key, _NEW)

    def _note(self, record: Record, candidate: Record) -> None:
        self._ids[type(record), record.id] = candidate.id
        for child, owner in OWNED[type(record)]:
            pairs = zip(self._case.of(child, owner, record.id), self._owned_by(child, owner, candidate.id), strict=True)
            for one, other in pairs:
                self._note(one, other)

    def _owned_by(self, kind: type[Record], owner: str, owner_id: int) -> list[Record]:
        if kind not in self._owned:
            self._owned[kind] = defaultdict(list)
            for record in self._work.find(kind):
                self._owned[kind][getattr(record, owner)].append(record)
        return self._owned[kind].get(owner_id, [])


def _compared(kind: type[Record]) -> list[FieldInfo]:
    """Fields that make two records equal: not their ids, nor the number that a paper was given at import."""
    passed = {"id", "ref"} | ({"paper_number"} if kind is Document else set())
    return [info for info in fields_of(kind) if info.name not in passed and not info.local_only and not info.owner]


def _keys(record: Record) -> list[Any]:
    """Under what a record is looked up: its id in case files, and the id from which that was made by an import."""
    if isinstance(record, Price):
        return [record.code]
    alike = _ALIKE.fullmatch(record.ref)
    return [record.ref, *([alike[1]] if alike else [])]
