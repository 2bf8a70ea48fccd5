"""Operating-room charges: which lines they are, and one charge divided evenly over procedures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids
from medbills_desktop.checks.names import read_name
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count, named
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars


def is_operating_room(read: ReadLine) -> bool:
    """Whether a line is a charge for the operating room, by its revenue code or its name."""
    return read.revenue_is(360, 369) or (read.revenue < 0 and read.is_kind("operating_room"))


def is_anesthesia(read: ReadLine) -> bool:
    """Whether a line is anesthesia, by its revenue code, its code or its name."""
    by_code = len(read.code) == 5 and read.code.isdecimal() and "00100" <= read.code <= "01999"
    return read.revenue_is(370, 379) or by_code or (read.revenue < 0 and read.is_kind("anesthesia"))


@check("split-room-charge", "question")
def split_room_charge(facts: BillFacts) -> Iterator[Finding]:
    """Report operating-room lines of one day with the same charge, one of them for something minor or said to be free.

    Minor things are known by their names (`names.toml`); that something was to be free, by the user's own words on the
    line. Lines with the same name and code are repeats, asked about by `duplicate-line`.
    """
    if "operating_room" not in facts.read.kinds and facts.read.revenues.isdisjoint(range(360, 370)):
        return
    groups: dict[tuple[date, int], list[ReadLine]] = {}
    for read in facts.read.lines:
        day = read.day
        if read.charged and day is not None and is_operating_room(read) and not facts.read.taken_back(read):
            groups.setdefault((day, read.line.charge or 0), []).append(read)
    for (day, charge), lines in groups.items():
        minor = [read for read in lines if _is_minor(read)]
        names = {(read.code, read.name.words) for read in lines}
        if len(lines) > len(minor) > 0 and len(names) == len(lines):
            yield _finding(facts, day, Cents(charge), lines, minor)


def _is_minor(read: ReadLine) -> bool:
    own = " ".join(filter(None, (read.line.my_words, read.line.reason)))
    kinds = read_name(own).kinds if own else frozenset()
    return read.is_kind("minor_procedure") or "minor_procedure" in kinds or "said_free" in kinds


def _finding(facts: BillFacts, day: date, charge: Cents, lines: list[ReadLine], minor: list[ReadLine]) -> Finding:
    amount = Cents(charge * len(minor))
    first = min((read.line for read in minor), key=lambda line: line.id)
    whole = Cents(charge * len(lines))
    return Finding(
        check="split-room-charge",
        level="question",
        bill_id=facts.bill.id,
        line_ids=line_ids(lines),
        amount=amount,
        title=f"The operating room is charged at {dollars(charge)} for each of "
        f"{count(len(lines), 'procedure', 'procedures')} on {plain_day(day)}, {named(first)} among them.",
        explanation=f"{count(len(lines), 'line', 'lines')} × {dollars(charge)} = {dollars(whole)}\n"
        f"The same share stands on {named(first)} as on the main procedure.",
        ask=f"How was the time in the operating room divided over the procedures of {plain_day(day)}? "
        f"How many minutes did {named(first)} take?",
        evidence=(
            itemised_bill(facts, [read.line for read in lines]),
            "The operating record with the minutes of each procedure would settle this.",
        ),
        fingerprint=fingerprint(
            "split-room-charge", day, charge, tuple(sorted((read.code, read.name.words) for read in lines)), len(minor)
        ),
    )
