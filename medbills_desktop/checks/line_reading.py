"""The lines of a bill read once for all checks: name, code, modifiers and revenue code in the form that compares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from medbills_desktop.checks.names import Name, read_name
from medbills_desktop.domain.money import Cents, times
from medbills_desktop.domain.records import Line

_NONE: frozenset[str] = frozenset()


class ReadLine(NamedTuple):
    """One line with what the checks compare. `code` has no blanks and is upper case, empty where there is none.

    `revenue` is the revenue code as a number, so that `0360` and `360` are the same, or -1.
    """

    line: Line
    name: Name
    code: str
    modifiers: frozenset[str]
    revenue: int

    @property
    def day(self) -> date | None:
        return self.line.date.day if self.line.date else None

    def is_kind(self, kind: str) -> bool:
        """Whether the printed name is of a kind of `names.toml`."""
        return kind in self.name.kinds

    def revenue_is(self, first: int, last: int) -> bool:
        """Whether the revenue code lies between two, both included."""
        return first <= self.revenue <= last

    @property
    def charged(self) -> bool:
        """Whether something above zero is charged."""
        return self.line.charge is not None and self.line.charge > 0


def read_line(line: Line) -> ReadLine:
    """Read one line."""
    code = "".join(line.code.split()).upper() if line.code else ""
    modifiers = frozenset(part.strip().upper() for part in line.modifiers) if line.modifiers else _NONE
    return ReadLine(line, read_name(line.description), code, modifiers, _revenue(line, code))


def _revenue(line: Line, code: str) -> int:
    text = line.revenue_code.strip() if line.revenue_code else code if line.code_system == "revenue" else ""
    return int(text) if len(text) <= 4 and text.isdecimal() and text.isascii() else -1


@dataclass(frozen=True)
class ReadLines:
    """The lines of one bill that still stand, read."""

    lines: tuple[ReadLine, ...]

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of name that is on the bill: most checks see here that they have nothing to look at."""
        return frozenset[str]().union(*{read.name.kinds for read in self.lines})

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(read.code for read in self.lines)

    @cached_property
    def revenues(self) -> frozenset[int]:
        return frozenset(read.revenue for read in self.lines)

    def of_kind(self, kind: str) -> tuple[ReadLine, ...]:
        """The lines whose printed name is of a kind."""
        return tuple(read for read in self.lines if read.is_kind(kind)) if kind in self.kinds else ()

    @cached_property
    def by_day(self) -> Mapping[date, tuple[ReadLine, ...]]:
        """The lines with a date, by day, in the order of the bill."""
        found: dict[date, list[ReadLine]] = {}
        for read in self.lines:
            if read.line.date is not None:
                found.setdefault(read.line.date.day, []).append(read)
        return {day: tuple(lines) for day, lines in found.items()}

    @cached_property
    def credits(self) -> Mapping[tuple[str, int], int]:
        """How often a charge of a service is taken back by a line below zero, on whatever day that was booked."""
        found: dict[tuple[str, int], int] = {}
        for read in self.lines:
            if read.line.charge is not None and read.line.charge < 0:
                key = (read.code or read.name.words, -read.line.charge)
                found[key] = found.get(key, 0) + 1
        return found

    def taken_back(self, read: ReadLine) -> bool:
        """Whether a credit for the same service and amount stands on the bill."""
        return bool(self.credits) and (read.code or read.name.words, read.line.charge) in self.credits


def excess_charge(line: Line, excess: Decimal) -> Cents | None:
    """What `excess` units of a line cost: by its unit price, else by its charge where that divides to whole cents."""
    if line.unit_price is not None:
        return _above_zero(times(excess, line.unit_price)[0])
    if line.charge is None or not line.units or line.units < 0:
        return None
    whole, rest = divmod(Decimal(line.charge) * excess, line.units)
    return None if rest else _above_zero(Cents(int(whole)))


def _above_zero(amount: Cents) -> Cents | None:
    return amount if amount > 0 else None


def line_ids(lines: Iterable[ReadLine]) -> tuple[int, ...]:
    """The ids of lines, in ascending order."""
    return tuple(sorted(read.line.id for read in lines))


def summed_charges(lines: Iterable[ReadLine]) -> Cents | None:
    """The sum of the charges above zero, or `None` where there is none."""
    return _above_zero(Cents(sum(read.line.charge or 0 for read in lines if read.charged)))
