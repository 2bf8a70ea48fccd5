"""The words on bills, EOBs and screens, each explained in plain language: loaded once, searched, found by a label."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.resource_files import resource

Topic = Literal["bill", "insurance", "care", "codes", "people", "paying", "help", "collections", "rights", "program"]
TOPIC = {
    "bill": "On a bill or statement",
    "insurance": "Insurance and EOBs",
    "care": "Kinds of care",
    "codes": "Codes",
    "people": "Who is who",
    "paying": "Paying and agreeing",
    "help": "Financial help",
    "collections": "Collections and credit",
    "rights": "Rules of law",
    "program": "In this program",
}
"""What each topic is called on screen."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word and what it means.

    `names` are other names as they are printed or said, `labels` how screens of the program call it. `see` holds ids
    of related terms. `source` and `checked` are there for rules of law only: the citation, and the day on which it
    was last held against the text of the rule.
    """

    id: str
    term: str
    topic: Topic
    meaning: str
    example: str
    seen: str
    names: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    see: tuple[str, ...] = ()
    source: str = ""
    checked: Day | None = None

    @property
    def first_sentence(self) -> str:
        """The start of the meaning, short enough for a tooltip."""
        return re.split(r"(?<=[.?!])\s", self.meaning, maxsplit=1)[0]


@cache
def glossary() -> Mapping[str, Term]:
    """All terms by id, sorted by name. Raises `FileNotFoundError` where the program was installed without them."""
    with resource("glossary/en.toml").open("rb") as file:
        rows = tomllib.load(file)["term"]
    terms = sorted((_term(row) for row in rows), key=lambda term: _folded(term.term))
    return MappingProxyType({term.id: term for term in terms})


def find_terms(text: str) -> list[Term]:
    """The terms in which every word of a text occurs, the best first; all by name for a blank text.

    Case and accents make no difference. A name that is the text comes before one that begins with it, then names in
    which a word begins with it, then names that hold it anywhere, then the meanings and where a term is seen.
    """
    wanted = _folded(text)
    if not wanted:
        return list(glossary().values())
    ranked = [
        (rank, term) for term in glossary().values() if (rank := _rank(_search_text(term.id), wanted)) is not None
    ]
    return [term for _, term in sorted(ranked, key=lambda found: found[0])]


def name_found(term: Term, text: str) -> str:
    """The other name by which a search found a term, such as “Charity care”; empty where its own name did."""
    wanted = _folded(text)
    if not wanted or wanted in _folded(term.term):
        return ""
    return next((name for name in term.names if f" {wanted}" in f" {_folded(name)}"), "")


def term_of(label: str, within: str = "") -> Term | None:
    """The term that a label on a screen or a paper stands for, such as “Allowed” or “EOBs”; `None` for any other.

    `within` is what the label belongs to, such as the title of a list or a form: “Status” means one thing within
    “EOBs” and another within “Bill”.
    """
    wanted = _folded(label.replace("&", ""))
    if not wanted:
        return None
    outer = _folded(within).removesuffix("s")
    return (_named(f"{outer} {wanted}") if outer else None) or _named(wanted)


@dataclass(frozen=True, slots=True)
class _SearchText:
    term: str
    names: tuple[str, ...]
    meaning: str


def _term(row: Mapping[str, Any]) -> Term:
    lists = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Term(**{**row, **lists})


def _folded(text: str) -> str:
    """A text for comparing: lower case, no accents, single blanks, nothing but letters, digits and brackets."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w()]+", " ", bare.casefold()).split())


@cache
def _search_text(term_id: str) -> _SearchText:
    term = glossary()[term_id]
    names = tuple(_folded(name) for name in (*term.names, *term.labels))
    return _SearchText(_folded(term.term), names, _folded(f"{term.meaning} {term.seen} {TOPIC[term.topic]}"))


@cache
def _by_name() -> Mapping[str, Term]:
    return {_folded(name): term for term in glossary().values() for name in (term.term, *term.names, *term.labels)}


def _named(wanted: str) -> Term | None:
    """The term of a folded name; of its singular where the plural is none."""
    return _by_name().get(wanted) or (_by_name().get(wanted.removesuffix("s")) if wanted.endswith("s") else None)


def _rank(text: _SearchText, wanted: str) -> int | None:
    """How well a term answers what was typed, 0 the best; `None` where a word of it is nowhere in the term."""
    names = (text.term, *text.names)
    if wanted in names:
        return 0 if wanted == text.term else 1
    if text.term.startswith(wanted):
        return 2
    if any(name.startswith(wanted) for name in text.names):
        return 3
    if any(f" {wanted}" in name for name in names):
        return 4
    if any(wanted in name for name in names):
        return 5
    everything = " ".join((*names, text.meaning))
    words = wanted.split()
    if any(f" {word}" not in f" {everything}" for word in words):
        return None
    return 6 if all(any(f" {word}" in f" {name}" for name in names) for word in words) else 7
