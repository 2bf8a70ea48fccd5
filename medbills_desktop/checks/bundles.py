"""Codes that the loaded pair table has as part of another code of the same day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids, summed_charges
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.quantities import setting_of
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named
from medbills_desktop.domain.code_tables import CodePair, LimitSetting
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars

BYPASS = frozenset(
    ["25", "24", "57", "58", "59", "78", "79", "91", "27", "XE", "XS", "XP", "XU", "LT", "RT", "TA", "FA"]
    + ["LC", "LD", "LM", "RC", "RI"]
    + [f"{part}{number}" for part, last in (("E", 4), ("F", 9), ("T", 9)) for number in range(1, last + 1)]
)
"""Modifiers that say that two services were apart, and so lift a pair whose indicator is 1."""


@check("bundled-codes", "question", "info")
def bundled_codes(facts: BillFacts) -> Iterator[Finding]:
    """Report two codes of one day and one provider that the loaded table holds for parts of one service.

    The pair counts on the day of service only while it is in force; indicator 9 never counts. For information where the
    indicator is 1 and a modifier says that the two were apart. Silent without a loaded table and where the lines name
    two providers. A table for other bills (doctors', or those of outpatients at a hospital) says nothing here.
    """
    parts_of = facts.case.tables.parts_of
    if not parts_of or parts_of.keys().isdisjoint(facts.read.codes):
        return
    settings: tuple[LimitSetting | None, ...] = ("any", setting_of(facts))
    for day, lines in facts.read.by_day.items():
        by_code: dict[str, list[ReadLine]] = {}
        for read in lines:
            if read.code and read.charged and not facts.read.taken_back(read):
                by_code.setdefault(read.code, []).append(read)
        for first, second, pair in _pairs(by_code, parts_of, day, settings):
            whole, part = by_code[first], _same_provider(by_code[first], by_code[second])
            if part:
                yield _finding(facts, day, whole, part, pair)


def _pairs(
    by_code: Mapping[str, list[ReadLine]],
    parts_of: Mapping[str, Mapping[str, tuple[CodePair, ...]]],
    day: date,
    settings: tuple[LimitSetting | None, ...],
) -> Iterator[tuple[str, str, CodePair]]:
    """The pairs of codes of a day that are in force; of the shorter of both lists each is looked up in the longer."""
    for first in sorted(by_code):
        known = parts_of.get(first, {})
        fewer, more = (by_code, known) if len(by_code) < len(known) else (known, by_code)
        for second in sorted(code for code in fewer if code in more and code != first):
            for pair in known[second]:
                if pair.setting in settings and pair.modifier_indicator != 9 and pair.holds_on(day):
                    yield first, second, pair
                    break


def _same_provider(whole: list[ReadLine], part: list[ReadLine]) -> list[ReadLine]:
    """The lines of the part that no other provider gave; a name that is not stated may be anybody's."""
    givers = {_provider(read) for read in whole}
    return [read for read in part if "" in givers or _provider(read) in (*givers, "")]


def _provider(read: ReadLine) -> str:
    return " ".join((read.line.rendering_provider or "").casefold().split())


def _finding(facts: BillFacts, day: date, whole: list[ReadLine], part: list[ReadLine], pair: CodePair) -> Finding:
    lifting = sorted(frozenset[str]().union(*(read.modifiers for read in (*whole, *part))) & BYPASS)
    lifted = pair.modifier_indicator == 1 and bool(lifting)
    amount = summed_charges(part)
    first, second = whole[0].line, part[0].line
    source = pair.source or facts.case.tables.source or "the table that is loaded"
    note = (
        f"Modifier {lifting[0]} says that the two were apart; both are then normally billed."
        if lifted
        else "A modifier could say that they were apart; none is on the bill."
        if pair.modifier_indicator == 1
        else "By that table no modifier sets these two apart."
    )
    inputs = sorted(f"{read.code} {sorted(read.modifiers)} {read.line.charge}" for read in (*whole, *part))
    return Finding(
        check="bundled-codes",
        level="info" if lifted else "question",
        bill_id=facts.bill.id,
        line_ids=line_ids((*whole, *part)),
        amount=None if lifted else amount,
        title=f"{named(second)} (code {pair.column2}) is billed for {dollars(amount)} besides {named(first)} "
        f"(code {pair.column1}) on {plain_day(day)}.",
        explanation=f"By {source} code {pair.column2} is usually part of code {pair.column1} on one day.\n{note}",
        ask=f"Is code {pair.column2} on {plain_day(day)} not part of code {pair.column1}? "
        "What in the record shows that it was apart?",
        evidence=(
            itemised_bill(facts, [read.line for read in (*whole, *part)]),
            "The record of the procedure would settle this.",
        ),
        fingerprint=fingerprint(
            "bundled-codes", day, pair.column1, pair.column2, pair.modifier_indicator, tuple(inputs)
        ),
    )
