"""The layout of the case format, derived from the marks on the record classes.

Reading, writing and the spreadsheets all follow this one plan, so a field added to a record is carried by all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from medbills_desktop.domain.records import (
    KINDS,
    Appeal,
    AssistancePaper,
    Authorization,
    Call,
    Claim,
    ClaimLine,
    CodeTable,
    DocumentLink,
    Enclosure,
    FindingDecision,
    MadePacket,
    MoneyColumns,
    OwnCard,
    PageView,
    PointAnswer,
    PromiseProof,
    Record,
    RecordingPlaces,
    Redaction,
    RuleChoice,
    Statement,
)
from medbills_desktop.domain.records.fields import FieldInfo, case_key, fields_of

FORMAT, VERSION = "medbills-case", 1

KEPT_IN_LIBRARY: frozenset[type[Record]] = frozenset(
    {
        PageView,
        FindingDecision,
        CodeTable,
        PointAnswer,
        PromiseProof,
        RecordingPlaces,
        Enclosure,
        AssistancePaper,
        Appeal,
        Authorization,
        OwnCard,
        RuleChoice,
        Redaction,
        MadePacket,
    }
)
"""Kinds for which the case format has no place."""

CASE_KINDS: tuple[type[Record], ...] = tuple(kind for kind in KINDS if kind not in KEPT_IN_LIBRARY)
"""Kinds that a case file holds, owners before what they own."""

TOP_KINDS: tuple[type[Record], ...] = tuple(kind for kind in CASE_KINDS if kind.PLURAL)
"""Kinds with a list of their own at the top of a case file, in the order of the file."""


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """One field written under `key`."""

    key: str
    field: FieldInfo
    required: bool


@dataclass(frozen=True, slots=True)
class ListEntry:
    """Records owned by this one, as a list under `key`.

    `only` is set where the list holds bare ids; `always` where the list is written even when it is empty.
    """

    key: str
    kind: type[Record]
    only: FieldInfo | None
    always: bool = False


@dataclass(frozen=True, slots=True)
class GroupEntry:
    """Optional fields of this record that stand in an object of their own under `key`."""

    key: str
    fields: tuple[FieldEntry, ...]


Entry = FieldEntry | ListEntry | GroupEntry


@dataclass(frozen=True, slots=True)
class Plan:
    """How one kind stands in a case file: whether it has an id there, and its keys in order."""

    kind: type[Record]
    has_id: bool
    entries: tuple[Entry, ...]


_PLACES: dict[type[Record], tuple[tuple[str, str], ...]] = {
    Call: (("bills", "reference_number"), ("claims", "bills")),
    ClaimLine: (("remark_codes", "patient_responsibility"), ("denied", "remark_codes")),
}
"""Keys that stand elsewhere than their class has them: (key, the key that it follows)."""


def plan_of(kind: type[Record]) -> Plan:
    """The plan of one kind; raises `KeyError` for a kind that no case file holds."""
    return _PLANS[kind]


def owner_of(kind: type[Record]) -> FieldInfo | None:
    """The field by which a kind belongs to another, or `None` for one that stands at the top."""
    return next((info for info in fields_of(kind) if info.owner), None)


def kind_for_link(word: str) -> type[Record] | None:
    """The kind that a paper's link names, by its singular or its plural; `None` for a word that names none."""
    return _LINKED.get(word)


def _plan(kind: type[Record]) -> Plan:
    columns = {info.name for info in fields_of(MoneyColumns)} - {"id", "ref"}
    if not issubclass(kind, MoneyColumns):
        columns = set()
    infos = [info for info in fields_of(kind) if not info.local_only and not info.owner]
    own = [_entry(kind, info) for info in infos if info.name not in columns and (info.name != "ref" or kind.PREFIX)]
    money = tuple(_entry(kind, info) for info in infos if info.name in columns)
    entries: list[Entry] = [*own]
    if kind is Claim:
        entries.append(GroupEntry("totals", money))
    else:
        entries.extend(money)
    entries.extend(_owned(kind))
    for key, after in _PLACES.get(kind, ()):
        _move(entries, key, after)
    return Plan(kind, bool(kind.PREFIX), tuple(entries))


def _entry(kind: type[Record], info: FieldInfo) -> FieldEntry:
    key = "id" if kind is DocumentLink and info.name == "target_id" else case_key(info)
    return FieldEntry(key, info, not info.optional)


def _owned(kind: type[Record]) -> list[Entry]:
    found: list[Entry] = []
    for child in CASE_KINDS:
        owner = owner_of(child)
        if owner and owner.owner and owner.owner.kind == kind.KIND:
            others = [info for info in fields_of(child) if not info.local_only and info is not owner]
            bare = [info for info in others if info.name != "ref"]
            only = bare[0] if len(bare) == 1 and bare[0].to else None
            found.append(ListEntry(owner.owner.plural, child, only, always=child is Statement))
    return found


def _move(entries: list[Entry], key: str, after: str) -> None:
    moved = entries.pop(next(at for at, entry in enumerate(entries) if entry.key == key))
    entries.insert(1 + next(at for at, entry in enumerate(entries) if entry.key == after), moved)


def _plural(kind: type[Record]) -> str:
    owner = owner_of(kind)
    return owner.owner.plural if owner and owner.owner else kind.PLURAL


_PLANS: dict[type[Record], Plan] = {kind: _plan(kind) for kind in CASE_KINDS}

_LINKED: dict[str, type[Record]] = {
    word: kind for kind in reversed(CASE_KINDS) if kind.PREFIX for word in (_plural(kind), kind.KIND)
}
"""Words for a kind in a paper's link; “lines” are those of a bill."""
