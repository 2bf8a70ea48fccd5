"""Two cases side by side: which records of theirs are ours too, and in what those differ. Nothing is changed here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from medbills_desktop.commands.matching import IN_ORDER, OWNED, Ids
from medbills_desktop.commands.same_records import BY_ITSELF, ONE_ONLY, PASSED_OVER, WITH_THE_SAME_ID
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.records import KIND_BY_NAME, Document, Record
from medbills_desktop.domain.records.fields import FieldInfo, fields_of
from medbills_desktop.exchange.library_records import LIBRARY_KINDS

Choice = Literal["ours", "theirs", "both"]
"""What happens with a record that differs: ours stays, theirs replaces it, or theirs comes in beside it."""

Key = tuple[str, int]
"""A record of their case: name of its kind, and its id in that case."""

_SAME_PAPER: dict[type[Record], tuple[str, ...]] = {Document: ("sha256", "file")}
"""What makes two papers the same beside what is typed about them."""

_BASE = re.compile(r"(.+)-\d+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Difference:
    """One record that both have and that is not the same; `fields` names what differs, in the order of the record."""

    ours: Record
    theirs: Record
    fields: tuple[str, ...]

    @property
    def kind(self) -> type[Record]:
        return type(self.theirs)

    @property
    def key(self) -> Key:
        """By what a choice about it is noted."""
        return self.kind.KIND, self.theirs.id

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be done with it."""
        return ("ours", "theirs") if self.kind in ONE_ONLY else ("ours", "theirs", "both")


@dataclass(frozen=True, slots=True)
class Comparison:
    """`pairs` gives our id for each record of theirs that we have too; `added` counts by kind those that we have not,
    of the kinds that a person sees as things of their own."""

    ours: Case
    theirs: Case
    pairs: Ids
    differences: tuple[Difference, ...]
    added: dict[str, int]


def compare_cases(ours: Case, theirs: Case, apart: Collection[Key] = ()) -> Comparison:
    """Find the records of their case among ours and say in what they differ.

    Records are known again by content and ids (`same_records`), each of ours once, in the order of the file. Those in
    `apart`, with all that they own, are taken as new although they are known again. What we have and they have not is
    no difference: nothing is ever removed for it.
    """
    pairing = Pairing(ours, theirs, {}, apart)
    for kind in IN_ORDER:
        pairing.pair(kind)
    pairing.pair_library_records()
    return Comparison(ours, theirs, pairing.pairs, pairing.differences(), pairing.counted_new())


class Pairing:
    """Notes in `pairs` which record of ours each record of theirs is; kinds come after those that they refer to."""

    def __init__(self, ours: Case, theirs: Case, pairs: Ids, apart: Collection[Key] = ()) -> None:
        self.pairs = pairs
        self._ours, self._theirs, self._apart = ours, theirs, frozenset(apart)
        self._seen: list[tuple[Record, Record]] = []

    def pair(self, kind: type[Record]) -> None:
        """Look for all records of one kind, with what they own."""
        self._pair(kind, self._ours.all(kind), self._theirs.all(kind))

    def pair_library_records(self) -> None:
        """Look for what only libraries keep."""
        for kind in LIBRARY_KINDS:
            self.pair(kind)

    def _pair(self, kind: type[Record], ours: Sequence[Record], theirs: Sequence[Record]) -> None:
        left = {other.id: other for other in theirs}
        free = {one.id: one for one in ours}
        found: list[tuple[Record, Record]] = []
        for key in self._keys_of(kind):
            index: dict[Any, list[Record]] = {}
            for one in free.values():
                if (value := key(one, False)) is not None:
                    index.setdefault(value, []).append(one)
            for other in list(left.values()):
                fits = [one for one in index.get(key(other, True), ()) if one.id in free and key.fits(one, other)]
                if fits:
                    one = min(fits, key=lambda each, wanted=other.ref: each.ref != wanted)  # type: ignore[misc]
                    del free[one.id], left[other.id]
                    found.append((one, other))
        for one, other in found:
            self._note(one, other)

    def _note(self, one: Record, other: Record) -> None:
        kind = type(other)
        if (kind.KIND, other.id) in self._apart:
            return
        self.pairs[kind, other.id] = one.id
        self._seen.append((one, other))
        for child, owner in OWNED.get(kind, ()):
            self._pair(child, self._ours.of(child, owner, one.id), self._theirs.of(child, owner, other.id))

    def _keys_of(self, kind: type[Record]) -> list[_Key]:
        names = [info.name for info in compared_fields(kind) if not _own_kind(kind, info)]
        content = tuple(f"{name}?" for name in (*names, *_SAME_PAPER.get(kind, ())))
        alike = WITH_THE_SAME_ID.get(kind, ())
        return [
            _Key(self, kind, content, with_ref=True),
            _Key(self, kind, content, with_ref=False),
            *(_Key(self, kind, names, with_ref=True) for names in alike),
            *(_Key(self, kind, names, with_ref=False) for names in BY_ITSELF.get(kind, ())),
        ]

    def value(self, record: Record, name: str, is_theirs: bool) -> Any:
        """What a field says, comparable across both cases: references as our ids, texts folded."""
        value = getattr(record, name)
        info = _infos(type(record))[name]
        if value is not None and info.refers_to and is_theirs:
            return self.pairs.get((KIND_BY_NAME[info.refers_to], value), ("new", value))
        return value

    def differences(self) -> tuple[Difference, ...]:
        """In what the pairs differ, in the order of the kinds and of their file."""
        found = []
        for one, other in self._seen:
            names = tuple(
                info.name
                for info in compared_fields(type(other))
                if self.value(one, info.name, False) != self.value(other, info.name, True)
            )
            if names:
                found.append(Difference(one, other, names))
        return tuple(found)

    def counted_new(self) -> dict[str, int]:
        """How many records of each kind with ids of its own we do not have."""
        counted: dict[str, int] = {}
        for kind, records in self._theirs.records.items():
            count = sum((kind, record.id) not in self.pairs for record in records)
            if count and kind.TITLE and (kind.PREFIX or kind.PLURAL or kind in LIBRARY_KINDS):
                counted[kind.KIND] = count
        return counted


class _Key:
    """One way to know a record again: a value to look up, and what must not contradict."""

    def __init__(self, pairing: Pairing, kind: type[Record], names: tuple[str, ...], with_ref: bool) -> None:
        self._pairing, self._with_ref = pairing, with_ref and bool(kind.PREFIX)
        self._known = [name for name in names if name[-1] not in "?~"]
        self._either = [name[:-1] for name in names if name.endswith("?")]
        self._loose = [name[:-1] for name in names if name.endswith("~")]

    def __call__(self, record: Record, is_theirs: bool) -> Any:
        value = self._pairing.value
        known = [_folded(value(record, name, is_theirs)) for name in self._known]
        if any(one is None for one in known):
            return None
        either = [_folded(value(record, name, is_theirs)) for name in self._either]
        return _base(record.ref) if self._with_ref else "", tuple(known), tuple(either)

    def fits(self, one: Record, other: Record) -> bool:
        value = self._pairing.value
        pairs = ((value(one, name, False), value(other, name, True)) for name in self._loose)
        return all(a is None or b is None or _folded(a) == _folded(b) for a, b in pairs)


def compared_fields(kind: type[Record]) -> Iterable[FieldInfo]:
    """The fields by which two records are told apart: not ids and owner, nor what only one library knows."""
    passed = {"id", "ref"} | PASSED_OVER.get(kind, frozenset())
    infos = [info for info in fields_of(kind) if info.name not in passed and not info.local_only]
    return [info for info in infos if not _owned_by(kind, info)]


def _owned_by(kind: type[Record], info: FieldInfo) -> bool:
    return info.owner is not None and kind not in LIBRARY_KINDS


def _own_kind(kind: type[Record], info: FieldInfo) -> bool:
    return info.to is not None and info.to.kind == kind.KIND


_INFOS: dict[type[Record], dict[str, FieldInfo]] = {}


def _infos(kind: type[Record]) -> dict[str, FieldInfo]:
    if kind not in _INFOS:
        _INFOS[kind] = {info.name: info for info in fields_of(kind)}
    return _INFOS[kind]


def _base(ref: str) -> str:
    """The id from which an import made this one (`B1-2` of `B1`)."""
    alike = _BASE.fullmatch(ref)
    return alike[1] if alike else ref


def _folded(value: Any) -> Any:
    """A value that can be looked up; texts without regard to case and runs of blanks."""
    if isinstance(value, str):
        return " ".join(value.split()).casefold() or None
    if isinstance(value, dict):
        return tuple(sorted((name, repr(one)) for name, one in value.items()))
    return value
