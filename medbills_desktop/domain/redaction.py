"""Which characters of a text are taken out of copies by rule: birth dates but for the year, member and account numbers
but for their last four, Social Security numbers, codes of diagnoses.

What is known comes from the records; only Social Security numbers and diagnoses are known by their shape. Dates of
service, codes of services, amounts and claim numbers stay: a packet without them proves nothing. A text is read as
people read it: a number broken by blanks, hyphens, dots or a line end is that number still.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from medbills_desktop.domain.birth_dates import birth_patterns
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill, Line, Person, Policy, Record
from medbills_desktop.domain.records.handing_over import RedactionKind

KEPT = 4
"""Characters at the end of a member or account number that stay, as court rules allow and billing offices need."""

SHORTEST = KEPT + 1
"""A number with no more characters than are kept has nothing to be taken out."""

ANYWHERE = 7
"""A number of so many characters is also found inside a longer one, such as the line for the scanner of a payment slip;
a shorter one only where it stands by itself, or every second number would be thought to hold it."""

_FEWEST_DIGITS = 3
_LONGEST_GAP = 12
_SEPARATORS = frozenset(" -./_\\")
_SSN = r"\d{3}\s?[-.]\s?\d{2}\s?[-.]\s?\d{4}"
_SSN_ALONE = re.compile(rf"(?<![\w-])({_SSN})(?![\w]|-\d)")
_SSN_NAMED = re.compile(
    r"(?:SSN|SS\s?#|Social\s+Security(?:\s+(?:Number|No\.?|Num\.?))?)[\s:#.]*(\d(?:[\s.-]{0,3}\d){8})(?!\d)",
    re.IGNORECASE,
)
_DIAGNOSIS = re.compile(r"(?<![\w.])([A-Z]\d[0-9AB]\.[0-9A-Z]{1,4})(?!\w)")
_MONTH, _DAY, _SEP = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])", r"\s?[-/.]\s?"
_LIKE_DATE = re.compile(
    rf"{_MONTH}{_SEP}{_DAY}{_SEP}(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d{_SEP}{_MONTH}{_SEP}{_DAY}", re.ASCII
)
_BARE = r"[A-Z]\d[0-9AB][0-9A-Z]{0,4}(?!\w)"
_DIAGNOSIS_NAMED = re.compile(
    rf"(?i:\b(?:diagnos[ei]s|diagnosis|diagn[oó]stico|dx|icd(?:-?10)?(?:-?cm)?)(?:\s+codes?)?)[\s:#.]*({_BARE}(?:[\s,;/]+{_BARE})*)"
)
_ONE_BARE = re.compile(_BARE)


@dataclass(frozen=True, slots=True)
class Number:
    """A member or account number that is taken out; `value` holds only its letters (large) and digits.

    `like_date` says that the number itself is written like a day: otherwise what is written like a day is one, and
    stays.
    """

    kind: RedactionKind
    value: str
    like_date: bool = False


@dataclass(frozen=True, slots=True)
class Take:
    """Characters `start` up to `end` of a text are taken out, since they are of that kind.

    `whole` is where all of the number or date stands, with what of it may stay.
    """

    kind: RedactionKind
    start: int
    end: int
    whole: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Needles:
    """All that is looked for. `codes` are those of services in the records, which never are diagnoses."""

    numbers: tuple[Number, ...] = ()
    births: tuple[Day, ...] = ()
    codes: frozenset[str] = frozenset()

    @cached_property
    def birth_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern for day in self.births for pattern in birth_patterns(day))

    def told(self) -> dict[str, Any]:
        """As plain values, for another process."""
        return {
            "numbers": [[number.kind, number.value, number.like_date] for number in self.numbers],
            "births": [day.isoformat() for day in self.births],
            "codes": sorted(self.codes),
        }


def needles_told(told: dict[str, Any]) -> Needles:
    """What `Needles.told` gave, as needles again."""
    return Needles(
        tuple(Number(kind, value, dated) for kind, value, dated in told["numbers"]),
        tuple(map(Day.fromisoformat, told["births"])),
        frozenset(told["codes"]),
    )


def needles_of(records: Iterable[Record]) -> Needles:
    """What the records say of people, policies and accounts; records of other kinds only of codes of services."""
    numbers: dict[Number, None] = {}
    births: dict[Day, None] = {}
    codes: set[str] = set()
    for record in records:
        if isinstance(record, Person) and record.date_of_birth:
            births[record.date_of_birth] = None
        elif isinstance(record, Policy):
            for value in (record.member_id, record.group_number):
                numbers |= dict.fromkeys(_numbers("member_number", value))
        elif isinstance(record, Bill):
            numbers |= dict.fromkeys(_numbers("account_number", record.account_number))
        elif isinstance(record, Line) and record.code:
            codes.add(record.code.strip().upper())
    for number in [number for number in numbers if number.value in codes]:
        del numbers[number]
    ordered = sorted(numbers, key=lambda number: (-len(number.value), number.value, number.kind))
    return Needles(tuple(ordered), tuple(sorted(births)), frozenset(codes))


def _numbers(kind: RedactionKind, written: str | None) -> Iterator[Number]:
    """A number as it is compared, and its digits alone: many papers print it without letters or zeros before them."""
    value = "".join(char for char, _ in _folded(written or ""))
    digits = "".join(char for char in value if char.isdecimal())
    shorter = (form for form in (digits, digits.lstrip("0")) if len(form) >= ANYWHERE)
    for form in dict.fromkeys((value, *shorter)):
        if len(form) >= SHORTEST and len(digits) >= _FEWEST_DIGITS:
            yield Number(kind, form, _LIKE_DATE.fullmatch(flat(written or "").strip()) is not None)


def takes_in(text: str, needles: Needles) -> list[Take]:
    """What has to be taken out of a text, in its order and without overlaps."""
    found = [*_found_numbers(text, needles), *_found_by_shape(text, needles)]
    found.sort(key=lambda take: (take.start, -take.end))
    apart: list[Take] = []
    for take in found:
        if apart and take.start < apart[-1].end:
            last = apart[-1]
            whole = min(last.whole[0], take.whole[0]), max(last.whole[1], take.whole[1])
            apart[-1] = Take(last.kind, last.start, max(last.end, take.end), whole)
        else:
            apart.append(take)
    return apart


def values_in(text: str, needles: Needles) -> list[Take]:
    """As `takes_in`, but only what is known by its value: in texts that are not meant to be read anything may have the
    shape of a diagnosis."""
    return [take for take in takes_in(text, needles) if take.kind not in ("social_security_number", "diagnosis")]


def masked(text: str, needles: Needles) -> str:
    """The text with marks where something was taken out: `•••• 1234` for a number, `••/••/1980` for a birth date."""
    out: list[str] = []
    at = 0
    for take in takes_in(text, needles):
        out += [text[at : take.start], _mark(take, text)]
        at = take.end
    return "".join([*out, text[at:]])


def _mark(take: Take, text: str) -> str:
    before, after = text[: take.start], text[take.end :]
    match take.kind:
        case "birth_date":
            return "-••-••" if before[-4:].isdecimal() and not after[:1].isdecimal() else "••/••/"
        case "social_security_number":
            return "•••-••-••••"
        case "diagnosis":
            return "•••"
        case _:
            return "•••• " if after[:1].isalnum() else "••••"


def _folded(text: str) -> Iterator[tuple[str, int]]:
    """Letters (large) and digits (ASCII) of a text with the place of each; what is wide, raised or in a circle counts
    as what it looks like."""
    for place, char in enumerate(text):
        if char.isascii():
            if char.isalnum():
                yield char.upper(), place
            continue
        for part in unicodedata.normalize("NFKC", char):
            digit = unicodedata.digit(part, None)
            if digit is not None:
                yield str(digit), place
            elif part.isalnum():
                yield from ((each, place) for each in part.upper())


def flat(text: str) -> str:
    """The text character by character as it is compared by shape: the same length, plain digits, dashes and blanks."""
    if text.isascii():
        return text
    return "".join(map(_flat_char, text))


def _flat_char(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) == "Pd" or char in "\u2212\u00ad":
        return "-"
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    if char.isspace() or unicodedata.category(char) == "Cf":
        return " "
    apart = unicodedata.normalize("NFKC", char)
    return apart if len(apart) == 1 else char


def _found_numbers(text: str, needles: Needles) -> Iterator[Take]:
    folded = list(_folded(text))
    letters = "".join(char for char, _ in folded)
    places = [place for _, place in folded]
    for number in needles.numbers:
        start = letters.find(number.value)
        while start >= 0:
            end = start + len(number.value)
            if _is_number(text, number, places[start:end]):
                whole = places[start], places[end - 1] + 1
                yield Take(number.kind, places[start], places[end - 1 - KEPT] + 1, whole)
            start = letters.find(number.value, start + 1)


def _is_number(text: str, number: Number, places: list[int]) -> bool:
    if not _holds_together(text, places):
        return False
    if len(number.value) < ANYWHERE and not _stands_alone(text, places[0], places[-1]):
        return False
    return number.like_date or not _LIKE_DATE.fullmatch(flat(text[places[0] : places[-1] + 1]))


def _holds_together(text: str, places: list[int]) -> bool:
    """Whether only what may break a number stands between its characters."""
    for before, after in pairwise(places):
        if after - before > 1:
            gap = text[before + 1 : after]
            if len(gap) > _LONGEST_GAP or not all(_separates(char) for char in gap):
                return False
    return True


def _separates(char: str) -> bool:
    return char in _SEPARATORS or char.isspace() or _flat_char(char) in "- "


def _stands_alone(text: str, first: int, last: int) -> bool:
    return not text[max(0, first - 1) : first].isalnum() and not text[last + 1 : last + 2].isalnum()


def _found_by_shape(text: str, needles: Needles) -> Iterator[Take]:
    shown = flat(text)
    for pattern in needles.birth_patterns:
        for found in pattern.finditer(shown):
            yield Take("birth_date", *found.span("out"), found.span())
    for pattern in (_SSN_ALONE, _SSN_NAMED):
        for found in pattern.finditer(shown):
            yield Take("social_security_number", *found.span(1), found.span(1))
    for found in _DIAGNOSIS.finditer(shown):
        yield Take("diagnosis", *found.span(1), found.span(1))
    for listed in _DIAGNOSIS_NAMED.finditer(shown):
        for found in _ONE_BARE.finditer(shown, *listed.span(1)):
            if found[0] not in needles.codes:
                yield Take("diagnosis", *found.span(), found.span())
