"""The same service on two or more lines of one bill."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, read_line
from medbills_desktop.checks.names import read_name
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count, named, number_text, on_one_line
from medbills_desktop.domain.charge_history import MANY_THINGS
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Line

REPEATS = frozenset({"76", "77", "91", "59", "XE", "XS", "XP", "XU"})
"""Modifiers that say a service was given again or apart from another: such a line is no repeat of any."""

SIDES = frozenset(
    ["RT", "LT", "FA", "TA", "LC", "LD", "LM", "RC", "RI"]
    + [f"{part}{number}" for part, last in (("E", 4), ("F", 9), ("T", 9)) for number in range(1, last + 1)]
)
"""Modifiers that name a side, an eyelid, a finger, a toe or a coronary vessel: another one is another service."""

PARTS = frozenset({"26", "TC", "AA", "AD", "QK", "QX", "QY", "QZ", "GN", "GO", "GP"})
"""Modifiers for parts of one service that are billed apart: professional and technical part, those who share an
anesthesia, and the disciplines of therapy."""

DISCARDED = "JW"
"""The modifier of the part of a drug that was thrown away, which stands beside the part that was given."""

ASSISTANTS = frozenset({"80", "81", "82", "AS"})
"""Modifiers of those who assist at surgery."""

_NONE: frozenset[str] = frozenset()
_RIDE = re.compile(r"[DEGHIJNPRSX]{2}")
"""The modifier of an ambulance: where the ride began and where it ended, a letter each."""

_WHICH = re.compile(
    r"\b(?:(?:tooth|twin|baby|newborn|infant|quadrant|quad|finger|toe|eye|ear) (?:#? ?\d{1,2}|[a-t]|[ul][rl])"
    r"|left|right|lt|rt|upper|lower|ur|ul|lr|ll)\b"
)
"""Words of a name that say which of several was meant: a tooth, a quadrant, a side, one of twins."""

Key = tuple[str, date, int, Decimal | None, bool]


@dataclass(frozen=True, slots=True)
class _Traits:
    """What may tell apart two lines that are otherwise the same; empty where the line doesn't say."""

    time: str
    end: str
    revenue_code: str
    sides: tuple[str, ...]
    parts: tuple[str, ...]
    ride: tuple[str, ...]
    which: tuple[str, ...]
    assistant: tuple[str, ...]
    provider: str

    @property
    def said(self) -> tuple[str | tuple[str, ...], ...]:
        apart = self.time, self.end, self.revenue_code, self.sides, self.parts, self.ride, self.which
        return *apart, self.assistant, self.provider

    @property
    def order(self) -> tuple[int, str]:
        """Those that say most come first, so that the outcome never depends on the order of the lines."""
        return -sum(bool(trait) for trait in self.said), repr(self.said)

    def differ(self, other: _Traits) -> bool:
        """Whether both lines say something that makes them two services."""
        pairs = list(zip(self.said, other.said, strict=True))[:-2]
        if any(mine and theirs and mine != theirs for mine, theirs in pairs):
            return True
        if not self.assistant and not other.assistant:
            return False
        if self.provider and other.provider:
            return self.provider != other.provider
        return self.assistant != other.assistant


@check("duplicate-line", "strong")
def duplicate_line(facts: BillFacts) -> Iterator[Finding]:
    """Report lines of one bill with the same service, day, charge and units; the amount is that of the repeats.

    A service is the same by its code or, without one, by its printed name. Silent where the lines say what sets them
    apart (see `_Traits`) or one of them is marked as given again, and where a credit takes the repeat back.
    """
    groups: dict[Key, list[Line]] = {}
    for read in facts.read.lines:
        key = _key(read)
        if key is not None and REPEATS.isdisjoint(read.modifiers):
            groups.setdefault(key, []).append(read.line)
    taken_back = _credits(facts) if any(len(lines) > 1 for lines in groups.values()) else {}
    for key, lines in groups.items():
        for same in _alike(lines) if len(lines) > 1 else ():
            repeats = len(same) - 1 - taken_back.get((key[0], key[2]), 0)
            if repeats > 0:
                yield _finding(facts, same, repeats)


def _key(read: ReadLine) -> Key | None:
    """Service, day, charge and units; `None` where the day, the name or a charge above zero is missing.

    Units that neither line states are the same: the charge is. Units that one of them states are not.
    """
    line, charge = read.line, read.line.charge
    if line.date is None or charge is None or charge <= 0 or not (read.code or read.name.words):
        return None
    return _service(read), line.date.day, charge, line.units, DISCARDED in read.modifiers


def _service(read: ReadLine) -> str:
    if not read.code:
        return f"name {read.name.words}"
    if read.code in MANY_THINGS or read.line.code_system == "revenue":
        return f"code {read.code} {read.name.words}"
    return f"code {read.code}"


def _credits(facts: BillFacts) -> dict[tuple[str, int], int]:
    """How often a charge of a service is taken back by a line below zero, on whatever day that was booked."""
    found: dict[tuple[str, int], int] = {}
    for read in facts.read.lines:
        if read.line.charge is not None and read.line.charge < 0:
            key = (_service(read), -read.line.charge)
            found[key] = found.get(key, 0) + 1
    return found


def _alike(lines: list[Line]) -> list[list[Line]]:
    """The lines in groups that nothing sets apart; a line that says less joins the first group that it fits."""
    groups: list[tuple[_Traits, list[Line]]] = []
    for traits, line in sorted(((_traits(line), line) for line in lines), key=lambda pair: (pair[0].order, pair[1].id)):
        home = next((same for known, same in groups if not known.differ(traits)), None)
        if home is None:
            groups.append((traits, [line]))
        else:
            home.append(line)
    return [same for _, same in groups if len(same) > 1]


def _modifiers(line: Line) -> frozenset[str]:
    if not line.modifiers:
        return _NONE
    return frozenset(modifier.strip().upper() for modifier in line.modifiers)


def which_one(line: Line) -> tuple[str, ...]:
    """What the printed name says of which tooth, quadrant, side or twin was meant, in alphabetical order."""
    return tuple(sorted(_WHICH.findall(read_name(line.description).words)))


def _rides(line: Line, modifiers: frozenset[str]) -> tuple[str, ...]:
    ambulance = "".join((line.code or "").split()).upper().startswith("A0")
    return tuple(sorted(filter(_RIDE.fullmatch, modifiers))) if ambulance else ()


def _traits(line: Line) -> _Traits:
    modifiers = _modifiers(line)
    has_time = line.date is not None and line.date.time is not None
    return _Traits(
        time=line.date.text() if line.date and has_time else "",
        end=line.end.text() if line.end else "",
        revenue_code=(line.revenue_code or "").strip().lstrip("0"),
        sides=tuple(sorted(modifiers & SIDES)),
        parts=tuple(sorted(modifiers & PARTS)),
        ride=_rides(line, modifiers),
        which=which_one(line),
        assistant=tuple(sorted(modifiers & ASSISTANTS)),
        provider=" ".join((line.rendering_provider or "").casefold().split()),
    )


def _finding(facts: BillFacts, same: list[Line], repeats: int) -> Finding:
    first = min(same, key=lambda line: line.id)
    charge = first.charge or Cents(0)
    amount = Cents(repeats * charge)
    day = plain_day(first.date.day if first.date else None)
    ids = tuple(sorted(line.id for line in same))
    times = "twice" if len(same) == 2 else f"{len(same)} times"
    units = f", {number_text(first.units)} units each" if first.units not in (None, Decimal(1)) else ""
    code = f", code {on_one_line(first.code)}" if on_one_line(first.code) else ""
    numbers = [str(line.number) for line in sorted(same, key=lambda line: line.id) if line.number is not None]
    place = f"Lines {', '.join(numbers)}: " if len(numbers) == len(same) else ""
    back = len(same) - 1 - repeats
    credited = f"\n{count(back, 'repeat is', 'repeats are')} already taken back by a credit." if back else ""
    return Finding(
        check="duplicate-line",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=ids,
        amount=amount,
        title=f"{named(first)} is listed {times} on {day} at {dollars(charge)} each; "
        f"{'the repeat comes' if repeats == 1 else f'the {repeats} repeats come'} to {dollars(amount)}.",
        explanation=f"{place}{named(first)}{code}, {day}, {dollars(charge)}{units}, {len(same)} lines.{credited}\n"
        f"{count(repeats, 'repeat', 'repeats')} × {dollars(charge)} = {dollars(amount)}",
        ask=f"Was {named(first)} given {times} on {day}? If so, could you send the entries of the record that show it; "
        f"if not, could you take off {'the repeat' if repeats == 1 else 'the repeats'}?",
        evidence=(itemised_bill(facts, same), "The medical record of that day would settle this."),
        fingerprint=_fingerprint(first, repeats, same),
    )


def _fingerprint(first: Line, repeats: int, same: list[Line]) -> str:
    said = sorted((_traits(line).said for line in same), key=repr)
    day = first.date.day if first.date else None
    return fingerprint(
        "duplicate-line", _service(read_line(first)), day, first.charge, first.units, repeats, tuple(said)
    )
