"""Visit codes: what decides a high level, and two of them on one day.

Only bare numbers stand here, no descriptions: what a code means is on the user's own paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import named, on_day
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars

_RANGES = (
    ("99202", "99215"),
    ("99221", "99236"),
    ("99238", "99239"),
    ("99242", "99255"),
    ("99281", "99285"),
    ("99304", "99316"),
    ("99341", "99350"),
    ("99381", "99397"),
    ("G0380", "G0384"),
)
_SINGLE = frozenset({"99201", "92002", "92004", "92012", "92014", "G0402", "G0438", "G0439", "G0463"})
_HOUSE = frozenset({"G0463", "G0380", "G0381", "G0382", "G0383", "G0384"})
"""Codes under which only the house bills a visit; the clinician's own code stands beside them."""

_EMERGENCY_HIGH = frozenset({"99285", "G0384"})
_OFFICE_HIGH = frozenset({"99205", "99215"})
_BYPASS = frozenset({"25", "27"})
"""25 says that the visit was apart from another service of the day, 27 that a hospital saw the patient twice."""

_SETS_APART = frozenset({"24", "57", "FS", "26", "TC"})


@lru_cache(maxsize=4096)
def is_visit_code(code: str) -> bool:
    """Whether a code (upper case, no blanks) is one for seeing a patient."""
    return code in _SINGLE or (len(code) == 5 and any(first <= code <= last for first, last in _RANGES))


@check("visit-level", "question")
def visit_level(facts: BillFacts) -> Iterator[Finding]:
    """Report visits charged at the highest level of emergency or office visits, with what decides the level."""
    high = _EMERGENCY_HIGH | _OFFICE_HIGH
    if high.isdisjoint(facts.read.codes):
        return
    for read in facts.read.lines:
        if read.code in high and read.line.code_system in ("cpt", "hcpcs", None) and _asked(facts, read):
            yield _level_finding(facts, read)


def _asked(facts: BillFacts, read: ReadLine) -> bool:
    charge = read.line.charge
    return (charge is None or charge > 0) and not facts.read.taken_back(read)


def _level_finding(facts: BillFacts, read: ReadLine) -> Finding:
    line = read.line
    emergency = read.code in _EMERGENCY_HIGH
    charge = f" for {dollars(line.charge)}" if line.charge else ""
    return Finding(
        check="visit-level",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=None,
        title=f"{named(line)}{on_day(line)} is billed{charge} with code {read.code}, the highest level of its kind.",
        explanation=_what_decides(read.day, emergency=emergency),
        ask=f"Which problems, tests and risks in the record support code {read.code}{on_day(line)}? "
        "Could a coder look at the level once more and send me the result?",
        evidence=(itemised_bill(facts, (line,)), "The doctor's note of the visit would settle this."),
        fingerprint=fingerprint("visit-level", read.code, line.date, line.charge),
    )


def _what_decides(day: date | None, *, emergency: bool) -> str:
    questions = (
        "Questions that decide the level: how many problems were looked at and how serious they were; which tests, "
        "records and talks with others had to be weighed; how risky the treatment or the decision was."
    )
    if not emergency:
        return f"{questions}\nFor office visits since 2021 the total time on that day can decide instead: ask for it."
    since = "" if day is not None and day.year < 2023 else " (since 2023 the rules say so plainly)"
    return f"{questions}\nHow long an emergency visit took does not decide its level{since}."


@check("two-visit-codes", "question", "info")
def two_visit_codes(facts: BillFacts) -> Iterator[Finding]:
    """Report two different visit codes of one biller on one day; for information where a modifier sets one apart.

    Silent where the lines name two clinicians or two times, where one is taken back, for two lines with one code (those
    are repeats), and for a house's code beside a clinician's.
    """
    if sum(is_visit_code(code) for code in facts.read.codes) < 2:
        return
    for day, lines in facts.read.by_day.items():
        every = [read for read in lines if is_visit_code(read.code) and _asked(facts, read)]
        every = [read for read in every if _SETS_APART.isdisjoint(read.modifiers)]
        for house in (False, True):
            visits = [read for read in every if (read.code in _HOUSE) == house]
            if len({read.code for read in visits}) > 1 and not _seen_apart(visits):
                yield _two_visits(facts, day, visits)


def _seen_apart(visits: list[ReadLine]) -> bool:
    """Whether every visit has its own clinician, its own time, or the hospital's and the professional's part differ."""
    providers = {" ".join((read.line.rendering_provider or "").casefold().split()) for read in visits}
    times = {read.line.date.time for read in visits if read.line.date}
    parts = {960 <= read.revenue <= 989 for read in visits if read.revenue >= 0}
    own = [group for group, missing in ((providers, ""), (times, None)) if missing not in group]
    return any(len(group) == len(visits) for group in own) or len(parts) > 1


def _two_visits(facts: BillFacts, day: date, visits: list[ReadLine]) -> Finding:
    bypass = sorted(frozenset[str]().union(*(read.modifiers for read in visits)) & _BYPASS)
    codes = sorted({read.code for read in visits})
    listed = " and ".join(codes) if len(codes) == 2 else ", ".join(codes)
    rows = "\n".join(
        f"{named(read.line)}, code {' '.join([read.code, *sorted(read.modifiers)])}: {dollars(read.line.charge)}"
        for read in sorted(visits, key=lambda one: (one.code, one.line.id))
    )
    note = (
        f"Modifier {bypass[0]} says that one visit was apart from the other: both are then normally billed."
        if bypass
        else "One group normally bills one visit a day, unless the second was for something apart (modifier 25)."
    )
    said = tuple(sorted(f"{read.code} {sorted(read.modifiers)} {read.line.charge}" for read in visits))
    return Finding(
        check="two-visit-codes",
        level="info" if bypass else "question",
        bill_id=facts.bill.id,
        line_ids=line_ids(visits),
        amount=None,
        title=f"{len(codes)} visit codes, {listed}, are billed for {plain_day(day)}.",
        explanation=f"{rows}\n{note}",
        ask=f"Were there {len(codes)} separate visits on {plain_day(day)}? What was each of them for?",
        evidence=(
            itemised_bill(facts, [read.line for read in visits]),
            "The notes of both visits would settle this.",
        ),
        fingerprint=fingerprint("two-visit-codes", day, said),
    )
