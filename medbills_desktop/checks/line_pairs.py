"""Lines of a bill beside the lines of its EOBs: which belong together, and in what they differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from medbills_desktop.checks.care_days import Span, line_span
from medbills_desktop.checks.wording import words_of
from medbills_desktop.domain.records import ClaimLine, Line

Key = TypeVar("Key", bound=Hashable)

_STANDARD = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}")
_COUNTED = (None, "each", "days")
"""Units of measure in which a bill and an EOB count alike; minutes, miles or mg may be counted in blocks on one."""

_ONE_DIFFERENCE = (("code",), ("units",), ("charge",), ("date",), ("units", "charge"))
"""What may differ on lines that are still the same service; a charge goes with the units."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one line says on either paper, in a form that compares; `None` where it doesn't say."""

    service: str
    days: Span | None
    units: Decimal | None
    amount: int
    line: Line | None = None
    row: ClaimLine | None = None

    def same_day(self, other: Side) -> bool:
        """Whether the days may be the same: one lies within the other, or one of them is not known."""
        if self.days is None or other.days is None:
            return True
        return self.days[0] <= other.days[1] and other.days[0] <= self.days[1]

    def same_units(self, other: Side) -> bool:
        """Whether the units may be the same."""
        return self.units is None or other.units is None or self.units == other.units


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the bill and the line of an EOB that it must be, with the fields in which they differ."""

    line: Line
    row: ClaimLine
    fields: tuple[str, ...]


def standard_code(text: str | None) -> str:
    """A code as both papers have it: upper case, without blanks, and without modifiers that are written onto it."""
    plain = re.sub(r"[^0-9A-Z]", "", (text or "").upper())
    return plain[:5] if len(plain) in (7, 9) and _STANDARD.match(plain) else plain


def differing_pairs(lines: Iterable[Line], rows: Iterable[ClaimLine]) -> list[Pair]:
    """The lines that belong together beyond doubt and differ in code, units, charge or date.

    Beyond doubt means: the only ones left, on both papers, that agree in the other fields. Lines that agree are set
    aside first, then those that one paper sums up. An EOB with other lines for the same total sums up the bill. Where
    a line of the bill has no charge entered, charges are not compared: an EOB line may be for it as well.
    """
    lines = tuple(lines)
    all_charged = all(line.charge is not None for line in lines)
    bill = _without_reversals([_of_line(line) for line in sorted(lines, key=lambda line: line.id) if line.charge])
    eob = _without_reversals([_of_row(row) for row in sorted(rows, key=lambda row: row.id) if row.billed])
    if _sums_up(bill, eob):
        return []
    whole_claim = _days_of(bill) if len({side.days for side in eob if side.days}) < 2 else None
    bill, eob = _without_sums(*_without_equal(bill, eob))
    pairs: list[Pair] = []
    used: set[int] = set()
    for mine, theirs in [*_same_service(bill, eob), *_same_amount(bill, eob)]:
        fields = _fields(mine, theirs, whole_claim)
        told = fields in _ONE_DIFFERENCE and (all_charged or "charge" not in fields)
        if used.isdisjoint((id(mine), id(theirs))) and told and mine.line and theirs.row:
            pairs.append(Pair(mine.line, theirs.row, fields))
        used |= {id(mine), id(theirs)}
    return pairs


def _of_line(line: Line) -> Side:
    units = line.units if line.unit in _COUNTED else None
    code = line.code if line.code_system in (None, "cpt", "hcpcs", "cdt", "other") else None
    service = standard_code(code or line.revenue_code) or words_of(line)
    return Side(service, line_span(line), units, line.charge or 0, line=line)


def _of_row(row: ClaimLine) -> Side:
    days = (row.date.day, row.date.day) if row.date else None
    words = " ".join(re.findall(r"[^\W_]+", (row.description or "").casefold()))
    return Side(standard_code(row.code) or words, days, row.units, row.billed or 0, row=row)


def _days_of(sides: Iterable[Side]) -> Span | None:
    """From the first day to the last one."""
    spans = [side.days for side in sides if side.days]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def _without_reversals(sides: list[Side]) -> list[Side]:
    """The lines without those that a line below zero takes back, and without those below zero."""
    back = Counter((side.service, -side.amount) for side in sides if side.amount < 0)
    kept: list[Side] = []
    for side in sides:
        key = (side.service, side.amount)
        if back[key] > 0:
            back[key] -= 1
        elif side.amount > 0:
            kept.append(side)
    return kept


def _sums_up(bill: list[Side], eob: list[Side]) -> bool:
    """Whether one paper lists the same total in other portions, so that single lines can't be compared."""
    return len(bill) != len(eob) and sum(side.amount for side in bill) == sum(side.amount for side in eob)


def _without_equal(bill: list[Side], eob: list[Side]) -> tuple[list[Side], list[Side]]:
    """Set aside line for line what agrees, the surest first: the same service, then one that can't be compared."""
    left: dict[int, list[Side]] = {}
    for side in bill:
        left.setdefault(side.amount, []).append(side)
    for agrees in (_same_in_all, _nothing_differs):
        unmatched: list[Side] = []
        for theirs in sorted(eob, key=lambda side: (side.days is None, side.units is None)):
            fitting = [mine for mine in left.get(theirs.amount, ()) if agrees(mine, theirs)]
            if fitting:
                taken = min(fitting, key=lambda mine: (mine.days != theirs.days, mine.units != theirs.units))
                left[theirs.amount] = [side for side in left[theirs.amount] if side is not taken]
            else:
                unmatched.append(theirs)
        eob = unmatched
    return [side for sides in left.values() for side in sides], eob


def _same_in_all(mine: Side, theirs: Side) -> bool:
    return mine.service == theirs.service and mine.same_day(theirs) and mine.same_units(theirs)


def _nothing_differs(mine: Side, theirs: Side) -> bool:
    return not _codes_differ(mine, theirs) and mine.same_day(theirs) and mine.same_units(theirs)


def _codes_differ(mine: Side, theirs: Side) -> bool:
    """Whether both have a code of the national sets, and not the same; a house number or a revenue code is no such."""
    standard = _STANDARD.fullmatch(mine.service) and _STANDARD.fullmatch(theirs.service)
    return bool(standard) and mine.service != theirs.service


def _without_sums(bill: list[Side], eob: list[Side]) -> tuple[list[Side], list[Side]]:
    """Set aside services that one paper has in other portions, and EOB lines that sum up a day or the whole bill."""
    portions = [_by_service(sides) for sides in (bill, eob)]
    summed = {
        service
        for service, amounts in portions[1].items()
        if len(amounts) != len(portions[0].get(service, ())) and sum(amounts) == sum(portions[0].get(service, ()))
    }
    bill = [side for side in bill if side.service not in summed]
    eob = [side for side in eob if side.service not in summed]
    if len(bill) < 2:
        return bill, eob
    sums: dict[Span | None, list[int]] = {None: [side.amount for side in bill]}
    for side in bill:
        if side.days:
            sums.setdefault(side.days, []).append(side.amount)
    of_several = {sum(amounts) for amounts in sums.values() if len(amounts) > 1}
    return bill, [side for side in eob if side.amount not in of_several]


def _by_service(sides: list[Side]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for side in sides:
        found.setdefault(side.service, []).append(side.amount)
    return found


def _same_service(bill: list[Side], eob: list[Side]) -> list[tuple[Side, Side]]:
    """The lines whose service stands once on each paper."""
    mine, theirs = _once(bill, lambda side: side.service), _once(eob, lambda side: side.service)
    return [(mine[service], theirs[service]) for service in mine if service and service in theirs]


def _same_amount(bill: list[Side], eob: list[Side]) -> list[tuple[Side, Side]]:
    """The lines whose charge stands once on each paper, under codes that differ."""
    mine, theirs = _once(bill, lambda side: side.amount), _once(eob, lambda side: side.amount)
    both = [(mine[amount], theirs[amount]) for amount in mine if amount in theirs]
    return [pair for pair in both if _codes_differ(*pair)]


def _once(sides: list[Side], key: Callable[[Side], Key]) -> dict[Key, Side]:
    """The lines by a key that only one of them has, in paper order."""
    seen = Counter(key(side) for side in sides)
    return {key(side): side for side in sides if seen[key(side)] == 1}


def _fields(mine: Side, theirs: Side, whole_claim: Span | None) -> tuple[str, ...]:
    """In what two lines differ. An EOB with a single date, within the days of the bill, dates the whole claim."""
    found: list[str] = []
    if _codes_differ(mine, theirs):
        found.append("code")
    if not mine.same_units(theirs):
        found.append("units")
    if mine.amount != theirs.amount:
        found.append("charge")
    for_all = whole_claim and theirs.days and whole_claim[0] <= theirs.days[0] <= whole_claim[1]
    if not mine.same_day(theirs) and not for_all:
        found.append("date")
    return tuple(found)
