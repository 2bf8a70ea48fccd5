"""What a field of a record means: the marks in annotations, and how they are read back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Union, get_args, get_origin, get_type_hints

Leaving = Literal["refuse", "remove", "clear"]
"""What happens to a record when the one that it refers to is removed."""


@dataclass(frozen=True, slots=True)
class To:
    """The field holds the id of a record of `kind`."""

    kind: str
    when_removed: Leaving = "refuse"


@dataclass(frozen=True, slots=True)
class Owner:
    """The field holds the id of the record that owns this one; `plural` is the list's name in the case format."""

    kind: str
    plural: str


@dataclass(frozen=True, slots=True)
class LocalOnly:
    """The field is known only inside a library and never written to a case file."""


@dataclass(frozen=True, slots=True)
class Choices:
    """The words that a text field may hold, with no other allowed."""

    words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a case.

    `id` is its key inside one library (0: not kept yet), never used twice; `ref` is its id in a case file.
    """

    KIND: ClassVar[str]
    PLURAL: ClassVar[str] = ""
    PREFIX: ClassVar[str] = ""
    TITLE: ClassVar[str]

    id: Annotated[int, LocalOnly()] = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of a record kind as the rest of the program derives things from it."""

    name: str
    type: Any
    optional: bool
    to: To | None
    owner: Owner | None
    choices: tuple[str, ...]
    local_only: bool

    @property
    def refers_to(self) -> str | None:
        """The kind that the field's id belongs to, whether as owner or as reference."""
        return self.owner.kind if self.owner else self.to.kind if self.to else None


_FIELDS: dict[type[Record], tuple[FieldInfo, ...]] = {}


def fields_of(kind: type[Record]) -> tuple[FieldInfo, ...]:
    """All fields of a record kind, in the order of the class (which is the order of the case format)."""
    if kind not in _FIELDS:
        hints = get_type_hints(kind, include_extras=True)
        _FIELDS[kind] = tuple(_field_info(field.name, hints[field.name]) for field in dataclasses.fields(kind))
    return _FIELDS[kind]


def case_key(field: FieldInfo) -> str:
    """The field's name in the case format: a reference drops its `_id`, `ref` is the `id` there."""
    if field.name == "ref":
        return "id"
    return field.name.removesuffix("_id") if field.to else field.name


def _field_info(name: str, hint: Any) -> FieldInfo:
    marks: list[Any] = []
    bare = _bare(hint, marks)
    optional = False
    if get_origin(bare) in (Union, UnionType):
        members = [_bare(member, marks) for member in get_args(bare) if member is not NoneType]
        optional = True
        bare = members[0]
    choices: tuple[str, ...] = ()
    if get_origin(bare) is Literal:
        choices, bare = tuple(get_args(bare)), str
    return FieldInfo(
        name=name,
        type=bare,
        optional=optional,
        to=_mark(marks, To),
        owner=_mark(marks, Owner),
        choices=choices,
        local_only=_mark(marks, LocalOnly) is not None,
    )


def _bare(hint: Any, marks: list[Any]) -> Any:
    if get_origin(hint) is Annotated:
        first, *rest = get_args(hint)
        marks.extend(rest)
        return _bare(first, marks)
    return hint


def _mark(marks: list[Any], wanted: type) -> Any:
    return next((mark for mark in marks if isinstance(mark, wanted)), None)
