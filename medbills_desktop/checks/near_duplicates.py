"""Lines of one bill that may be the same service written in two ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from medbills_desktop.checks.duplicates import REPEATS, which_one
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named
from medbills_desktop.domain.charge_history import MANY_THINGS
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars

_THINGS = frozenset("ABCEJKLPQV")
"""First letters of HCPCS Level II codes for supplies, devices and drugs: many different things share such a code."""

_PROFESSIONAL = range(960, 990)
"""Revenue codes of a professional's part, which a hospital may bill beside its own part of the same service."""


@check("near-duplicate-line", "question")
def near_duplicate_line(facts: BillFacts) -> Iterator[Finding]:
    """Report lines of one day that may be one service: the same code with another charge or revenue code, or, where a
    code is missing, nearly the same words at the same charge.

    Silent where something sets the lines apart (times, modifiers, providers, units), where a credit takes one of them
    back, for professional and hospital part, and for what `duplicate-line` reports. The amount is that of all but the
    dearest line.
    """
    for day, lines in facts.read.by_day.items():
        if len(lines) < 2:
            continue
        for alike in _sharing(lines, lambda read: read.code):
            for same in _by_code([read for read in alike if _is_asked(facts, read)]):
                yield _finding(facts, day, same)
        for alike in _sharing(lines, lambda read: read.name.near) if not all(read.code for read in lines) else ():
            for same in _by_words([read for read in alike if _is_asked(facts, read)]):
                yield _finding(facts, day, same)


def _sharing(lines: tuple[ReadLine, ...], key: Callable[[ReadLine], object]) -> list[list[ReadLine]]:
    """The lines in groups of two and more with the same key, where there is one."""
    groups: dict[object, list[ReadLine]] = {}
    for read in lines:
        groups.setdefault(key(read), []).append(read)
    return [same for value, same in groups.items() if value and len(same) > 1]


def _is_asked(facts: BillFacts, read: ReadLine) -> bool:
    return read.charged and REPEATS.isdisjoint(read.modifiers) and not facts.read.taken_back(read)


def _by_code(lines: list[ReadLine]) -> Iterator[list[ReadLine]]:
    groups: dict[tuple[object, ...], list[ReadLine]] = {}
    for read in lines:
        if read.code not in MANY_THINGS and read.line.code_system != "revenue":
            words = read.name.words if read.code[0] in _THINGS else ""
            groups.setdefault((read.modifiers, read.line.units, words, *_setting(read)), []).append(read)
    for same in groups.values():
        if len(same) > 1:
            yield from _if_they_differ(same)


def _setting(read: ReadLine) -> tuple[object, ...]:
    """Time, period, provider, and which tooth or side: what says that two lines are two services."""
    line = read.line
    time = line.date.text() if line.date and line.date.time else ""
    return time, line.end, " ".join((line.rendering_provider or "").casefold().split()), which_one(line)


def _if_they_differ(same: list[ReadLine]) -> Iterator[list[ReadLine]]:
    """One line for each look, if there are several looks: equal lines are the business of `duplicate-line`."""
    looks: dict[tuple[object, ...], ReadLine] = {}
    for read in sorted(same, key=lambda one: one.line.id):
        looks.setdefault((read.line.charge, read.revenue), read)
    distinct = list(looks.values())
    revenues = {read.revenue for read in distinct}
    charges = {read.line.charge for read in distinct}
    if len(charges) == 1 and (len(revenues) == 1 or -1 in revenues):
        return
    if any(revenue in _PROFESSIONAL for revenue in revenues) and len(revenues) > 1:
        return
    if len(distinct) > 1:
        yield distinct


def _by_words(lines: list[ReadLine]) -> Iterator[list[ReadLine]]:
    groups: dict[tuple[object, ...], list[ReadLine]] = {}
    for read in lines:
        if not read.modifiers and not {"nothing", "department"} & read.name.kinds:
            part = read.revenue in _PROFESSIONAL
            groups.setdefault((read.line.charge, read.line.units, part, *_setting(read)), []).append(read)
    for same in groups.values():
        codes = {read.code for read in same}
        looks: dict[tuple[str, str], ReadLine] = {}
        for read in sorted(same, key=lambda one: one.line.id):
            looks.setdefault((read.code, read.name.words), read)
        if len(looks) > 1 and "" in codes and len(codes) <= 2:
            yield list(looks.values())


def _finding(facts: BillFacts, day: date, same: list[ReadLine]) -> Finding:
    ordered = sorted(same, key=lambda read: (read.line.charge or 0, read.name.words, read.line.id))
    amount = Cents(sum(read.line.charge or 0 for read in ordered[:-1]))
    listed = _list([f"{named(read.line)} at {dollars(read.line.charge)}" for read in ordered])
    code = f", all with code {ordered[0].code}" if len({read.code for read in same}) == 1 and ordered[0].code else ""
    rows = "\n".join(f"{named(read.line)}{_code(read)}: {dollars(read.line.charge)}" for read in ordered)
    return Finding(
        check="near-duplicate-line",
        level="question",
        bill_id=facts.bill.id,
        line_ids=line_ids(same),
        amount=amount if amount > 0 else None,
        title=f"{listed} stand on {plain_day(day)}{code}: they may be one service.",
        explanation=f"{rows}\nIf they are one service, {dollars(amount)} stands on the bill besides it.",
        ask=f"Are {_these(ordered)} of {plain_day(day)} separate services? "
        "If so, what sets them apart; if not, could you take off the repeat?",
        evidence=(
            itemised_bill(facts, [read.line for read in same]),
            "The medical record of that day would settle this.",
        ),
        fingerprint=fingerprint("near-duplicate-line", day, _looks(ordered)),
    )


def _these(lines: list[ReadLine]) -> str:
    names = list(dict.fromkeys(named(read.line) for read in lines))
    return f"the {len(lines)} lines {names[0]}" if len(names) == 1 else _list([named(read.line) for read in lines])


def _code(read: ReadLine) -> str:
    parts = [f"code {read.code}"] if read.code else []
    if read.revenue >= 0:
        parts.append(f"revenue code {read.revenue:04}")
    return f", {', '.join(parts)}" if parts else ""


def _looks(lines: Iterable[ReadLine]) -> tuple[str, ...]:
    looks = (f"{read.code}|{read.name.words}|{read.revenue}|{read.line.charge}|{read.line.units}" for read in lines)
    return tuple(sorted(looks))


def _list(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else parts[0]
