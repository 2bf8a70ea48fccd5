"""Minutes billed against the minutes in the record: operating room and anesthesia."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from medbills_desktop.checks.answers import positive_number
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.rooms_of_surgery import is_anesthesia, is_operating_room
from medbills_desktop.checks.wording import named, number_text, on_day
from medbills_desktop.domain.money import Cents, dollars, times

_MINUTES = {"minutes": 1, "hours": 60}
_USUAL_BLOCKS = (5, 6, 10, 15, 20, 30, 60)
_SHARED = frozenset({"AA", "AD", "QK", "QX", "QY", "QZ", "26", "TC"})
"""Modifiers of those who bill one anesthesia together: their minutes are the same minutes."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """Lines of one kind with the minutes billed and those in the record."""

    what: str
    lines: tuple[ReadLine, ...]
    billed: Decimal
    recorded: Decimal
    block: Decimal | None

    @property
    def rounded(self) -> Decimal:
        """The record rounded up to full blocks, or as it is where no block is known."""
        return rounded_up(self.recorded, self.block) if self.block else self.recorded


def rounded_up(minutes: Decimal, block: Decimal | int) -> Decimal:
    """Minutes rounded up to full blocks."""
    return (minutes / block).to_integral_value(ROUND_CEILING) * block


@check("time-rounding", "info", "question")
def time_rounding(facts: BillFacts) -> Iterator[Finding]:
    """Report more minutes billed than the record shows; for information where rounding up to a block explains them.

    The block is the one that the user noted, else the smallest usual one that gives the minutes billed. Silent without
    an answer for the minutes, and where a line of that kind is not billed in minutes or hours.
    """
    answers = (facts.visit.answers if facts.visit else None) or {}
    for key, what, belongs in (
        ("minutes_in_operating_room", "the operating room", is_operating_room),
        ("minutes_of_anesthesia", "anesthesia", is_anesthesia),
    ):
        recorded = positive_number(answers.get(key))
        lines = [read for read in facts.read.lines if belongs(read) and read.charged] if recorded else []
        if recorded and lines:
            yield from _compared(facts, what, lines, recorded, answers)


def _compared(
    facts: BillFacts, what: str, lines: list[ReadLine], recorded: Decimal, answers: dict[str, Any]
) -> Iterator[Finding]:
    timed = [read for read in lines if read.line.unit in _MINUTES and read.line.units and read.line.units > 0]
    groups: dict[tuple[str, ...], list[ReadLine]] = {}
    for read in timed:
        groups.setdefault(tuple(sorted(read.modifiers & _SHARED)), []).append(read)
    for same in groups.values():
        billed = sum((_minutes(read) for read in same), Decimal(0))
        found = _Timed(what, tuple(same), billed, recorded, positive_number(answers.get("rounding_block_minutes")))
        if billed > recorded:
            yield _finding(facts, found)


def _minutes(read: ReadLine) -> Decimal:
    return (read.line.units or Decimal(0)) * _MINUTES[read.line.unit or ""]


def _finding(facts: BillFacts, found: _Timed) -> Finding:
    block = found.block
    if block is None:
        block = next((Decimal(b) for b in _USUAL_BLOCKS if rounded_up(found.recorded, b) == found.billed), None)
    explained = block is not None and rounded_up(found.recorded, block) >= found.billed
    over = found.billed - found.rounded
    amount = None if explained else _price(found, over)
    first = found.lines[0].line
    billed, recorded = number_text(found.billed), number_text(found.recorded)
    note = _note(found, block, explained)
    return Finding(
        check="time-rounding",
        level="info" if explained else "question",
        bill_id=facts.bill.id,
        line_ids=line_ids(found.lines),
        amount=amount,
        title=f"{billed} minutes of {found.what} are billed and the record shows {recorded}"
        f"{_in_title(found, block) if explained and block else ''}.",
        explanation=f"Billed: {_said(found.billed)}\nIn the record: {_said(found.recorded)}\n"
        f"More billed: {_said(found.billed - found.recorded)}\n{note}"
        + (f"\n{_said(over)} × the price of a minute = {dollars(amount)}." if amount else ""),
        ask=f"In which blocks of time is {named(first)}{on_day(first)} charged, and where is that rule written down?"
        if explained
        else f"The record shows {_said(found.recorded)}. How do {billed} minutes of {found.what} come about?",
        evidence=(
            itemised_bill(facts, [read.line for read in found.lines]),
            "The operating or anesthesia record with its start and end would settle this.",
        ),
        fingerprint=fingerprint(
            "time-rounding", found.what, found.billed, found.recorded, found.block, _charges(found.lines)
        ),
    )


def _said(minutes: Decimal) -> str:
    return f"{number_text(minutes)} {'minute' if minutes == 1 else 'minutes'}"


def _in_title(found: _Timed, block: Decimal) -> str:
    return f"; blocks of {number_text(block)} minutes {'explain' if found.block else 'would explain'} it"


def _note(found: _Timed, block: Decimal | None, explained: bool) -> str:
    if block is None:
        return "No usual block of time gives that figure."
    size, rounded = number_text(block), number_text(rounded_up(found.recorded, block))
    if explained and found.block:
        return f"Rounded up to blocks of {size} minutes the record gives {rounded} minutes."
    if explained:
        return f"Rounded up to blocks of {size} minutes the record gives {rounded} minutes; the block is our guess."
    return f"Rounded up to the blocks of {size} minutes that you noted, the record gives {rounded} minutes."


def _price(found: _Timed, over: Decimal) -> Cents | None:
    prices = {(read.line.unit_price, read.line.unit) for read in found.lines}
    price, unit = next(iter(prices))
    if len(prices) > 1 or price is None:
        return None
    amount = times(over / _MINUTES[unit or ""], price)[0]
    return amount if amount > 0 else None


def _charges(lines: tuple[ReadLine, ...]) -> tuple[int, ...]:
    return tuple(sorted(read.line.charge or 0 for read in lines))
