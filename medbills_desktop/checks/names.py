"""What the printed name of a line tells: its words, and the kinds of things that it may be (`names.toml`)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from medbills_desktop.domain.resource_files import resource

_LISTS: Final[Mapping[str, Any]] = tomllib.loads(resource("checks/names.toml").read_text("utf-8"))


class _Kind(NamedTuple):
    kind: str
    any: re.Pattern[str]
    unless: re.Pattern[str] | None


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    parts = (re.escape(phrase.removesuffix("*")) + (r"\w*" if phrase.endswith("*") else "") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(parts)})\b")


_KINDS = tuple(
    _Kind(kind, _pattern(entry["any"]), _pattern(entry["unless"]) if "unless" in entry else None)
    for kind, entry in _LISTS.items()
    if "any" in entry
)
_NOTHING = frozenset(_LISTS["nothing"]["words"])
_DEPARTMENTS = frozenset(_LISTS["department"]["any"])
_FILLERS = frozenset(_LISTS["fillers"]["words"])
PUZZLING: Final[Mapping[str, str]] = _LISTS["puzzling"]
"""Names that hide an everyday thing, with what they have stood for."""


class Name(NamedTuple):
    """The words of a name (no case, punctuation or double spaces) and the kinds of `names.toml` that fit it.

    Two kinds are about the whole name: `nothing` is one that says nothing, `department` one that only names where.
    `near` are the words that matter, without plural endings, in alphabetical order: two names with the same ones are
    nearly the same. Numbers stay as they are, since 5 mg and 10 mg are two things.
    """

    words: str
    kinds: frozenset[str]
    near: tuple[str, ...]


@lru_cache(maxsize=8192)
def read_name(text: str) -> Name:
    """Read a printed name; the same names come again and again, so what was read is kept."""
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    apart = re.sub(r"(\d)([^\W\d_])", r"\1 \2", words)
    kinds = {entry.kind for entry in _KINDS if _fits(entry, apart)} - {"department"}
    if all(word in _NOTHING or any(letter.isdigit() for letter in word) for word in words.split()):
        kinds.add("nothing")
    if words in _DEPARTMENTS:
        kinds.add("department")
    near = tuple(sorted(_singular(word) for word in words.split() if word not in _FILLERS))
    return Name(words, frozenset(kinds), near)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _fits(entry: _Kind, words: str) -> bool:
    return bool(entry.any.search(words)) and not (entry.unless and entry.unless.search(words))
