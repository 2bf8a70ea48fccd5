"""Whether a name as a paper prints it may be that of a person."""

from __future__ import annotations

import re
import unicodedata

from medbills_desktop.checks.word_lists import listed

_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sr", "jr", "ii", "iii", "iv", "md", "rn", "esq"])
_ROLES = frozenset(["parent", "parents", "guardian", "guarantor", "responsible", "party", "patient", "minor", "estate"])
_LINKS = frozenset(
    ["the", "of", "c", "o", "care", "to", "and", "or", "for", "member", "subscriber", "dependent", "self"]
)
_NOT_NAMES = _TITLES | _ROLES | _LINKS
_UNNAMED = frozenset(["baby", "babyboy", "babygirl", "newborn", "infant"])
_WITH_UNNAMED = _UNNAMED | {"boy", "girl", "male", "female", "twin", "a", "b"}
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
_SHORTEST_CUT = 3
"""Letters that a name cut short on a paper must have left to count as the beginning of a longer one."""


def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in listed("nicknames.txt"):
        names = line.split()
        for name in names:
            found.setdefault(name, set()).update(names)
    return {name: frozenset(others) for name, others in found.items()}


_NICKNAMES = _groups()


def may_be(printed: str, name: str) -> bool:
    """Whether `printed` may stand for `name`.

    The order of the parts, case, accents, punctuation, titles, middle names, initials, one letter that differs, names
    cut short, a part of a double name and usual nicknames make no difference. A newborn printed without a first name
    is told by the last name. What holds no name is nobody's and so never tells of another.
    """
    theirs, mine = _parts(printed), _parts(name)
    if len(theirs) < 2 or len(mine) < 2:
        return not theirs or not mine or any(_alike(one, other) for one in theirs for other in mine)
    if _UNNAMED & set(theirs):
        return any(_alike(one, other) for one in set(theirs) - _WITH_UNNAMED for other in mine)
    return _first_and_last(theirs, mine) or _joined(theirs) == _joined(mine)


def _first_and_last(theirs: list[str], mine: list[str]) -> bool:
    """Whether two parts agree, one of them more than an initial, and the given name is one of them or is left out.

    So a member of the family with the same double last name is somebody else.
    """
    matched = [(at, to) for at, one in enumerate(theirs) for to, other in enumerate(mine) if _alike(one, other)]
    whole = [(at, to) for at, to in matched if len(theirs[at]) > 1 and len(mine[to]) > 1]
    if not any(at != also and to != other for at, to in whole for also, other in matched):
        return False
    return any(to == 0 for _, to in matched) or len({at for at, _ in matched}) == len(theirs)


def _joined(parts: list[str]) -> str:
    return "".join(sorted("".join(parts)))


def _parts(name: str) -> list[str]:
    """The parts of a name as plain letters, the given name first also where the last one stands before a comma."""
    last, comma, first = name.partition(",")
    given = [part for part in _letters(first) if part not in _NOT_NAMES] if comma else []
    return given + [part for part in _letters(last) if part not in _NOT_NAMES]


def _letters(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN).replace("'", "").replace("’", ""))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return re.findall(r"[^\W\d_]+", letters)


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if one == other or other in _NICKNAMES.get(one, ()):
        return True
    if len(short) == 1:
        return long[0] == short
    return (len(short) >= _SHORTEST_CUT and long.startswith(short)) or _one_letter_apart(short, long)


def _one_letter_apart(short: str, long: str) -> bool:
    """Whether one letter was left out, added, changed or exchanged with the next, in names of four letters or more."""
    if len(short) < 4 or len(long) - len(short) > 1:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[at + 1 : at + 2] + short[at : at + 1]
    return short[at + 1 :] == long[at + 1 :] or (long[at : at + 2] == exchanged and short[at + 2 :] == long[at + 2 :])
