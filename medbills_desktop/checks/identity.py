"""Whether a bill is this patient's: the name on its papers, and a visit that it can be for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from medbills_desktop.checks.care_days import Span, line_span
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import itemised_bill, statement_paper
from medbills_desktop.checks.person_names import may_be
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import shortened
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.records import Person, Statement, Visit

_OF_AGE = 18
_NEAR = timedelta(days=1)
"""Care that goes past midnight, and an ambulance on the evening before, belong to the visit."""

_LABORATORY_WAIT = timedelta(days=14)
"""Days after a visit on which a laboratory may work on what was taken there."""

_WITHOUT_VISIT = ("pharmacy", "equipment", "insurer", "collector")
"""Billers that send things rather than see a patient."""


@check("wrong-person", "strong")
def wrong_person(facts: BillFacts) -> Iterator[Finding]:
    """Report statements that print a name which can't be the patient's, a finding for each such name.

    See `may_be` for what counts as the same name. Silent for a child's statement in the name of an adult of the family,
    to whom the mail of a child goes.
    """
    patient = facts.case.find(Person, facts.bill.person_id)
    if patient is None:
        return
    found: dict[str, list[Statement]] = {}
    for statement in facts.statements:
        printed = " ".join((statement.patient_name_as_printed or "").split())
        if printed and not may_be(printed, patient.name):
            found.setdefault(printed.casefold(), []).append(statement)
    for statements in found.values():
        other = _someone_else(facts, patient, statements[0].patient_name_as_printed or "")
        if other is None or not _minor_at(patient, statements[0].date):
            yield _name_finding(facts, patient, other, statements)


def _someone_else(facts: BillFacts, patient: Person, printed: str) -> Person | None:
    """The other person of the case whose name it is."""
    others = (person for person in facts.case.all(Person) if person.id != patient.id)
    return next((person for person in others if may_be(printed, person.name)), None)


def _minor_at(person: Person, day: date) -> bool:
    born = person.date_of_birth
    return born is not None and (day.year - born.year - ((day.month, day.day) < (born.month, born.day))) < _OF_AGE


def _name_finding(facts: BillFacts, patient: Person, other: Person | None, statements: list[Statement]) -> Finding:
    printed = shortened(statements[0].patient_name_as_printed or "", 60)
    day = plain_day(statements[-1].date)
    known = f" That is the name of {other.name}, who is entered here as well." if other else ""
    return Finding(
        check="wrong-person",
        level="strong",
        bill_id=facts.bill.id,
        amount=None,
        title=f"The statement of {day} names “{printed}” as the patient; this bill is kept for {patient.name}.",
        explanation=f"Printed: “{printed}”. Kept here for: {patient.name}.{known} Two patients with like names, or two "
        "members of a family, can get on one account.",
        ask=f"Whose account is this? The statement of {day} names “{printed}”; the patient is {patient.name}. "
        "Could you compare the name, the date of birth and the member number with your record?",
        evidence=(
            *(statement_paper(facts, statement) for statement in statements),
            "A photo identification and the insurance card would settle this.",
        ),
        statement_ids=tuple(statement.id for statement in statements),
        fingerprint=fingerprint("wrong-person", printed.casefold(), patient.name),
    )


@check("unknown-visit", "strong")
def unknown_visit(facts: BillFacts) -> Iterator[Finding]:
    """Report a bill that is linked to no visit and whose days and place are those of none of the patient's visits.

    Silent where the patient has no visit entered, a visit has no day, no line is dated, or the biller sends things
    rather than sees patients.
    """
    bill, biller = facts.bill, facts.biller
    if bill.visit_id is not None or biller is None or biller.kind in _WITHOUT_VISIT:
        return
    visits = facts.case.of(Visit, "person_id", bill.person_id)
    spans = [span for line in facts.lines if (line.charge or 0) > 0 and (span := line_span(line))]
    if not visits or not spans:
        return
    known = facts.case.once(("visits known", bill.person_id), lambda: _known(visits))
    if not known.all_dated or biller.id in known.places:
        return
    after = _LABORATORY_WAIT if biller.kind == "laboratory" else _NEAR
    if not any(known.touches(span, after) for span in spans):
        yield _visit_finding(facts, biller.name, visits, spans)


@dataclass(frozen=True, slots=True)
class _Known:
    """The visits of one patient: their places, and in order of their first days the latest last day so far."""

    all_dated: bool
    places: frozenset[int | None]
    begins: tuple[date, ...]
    latest_ends: tuple[date, ...]

    def touches(self, span: Span, after: timedelta) -> bool:
        """Whether a visit begins by the end of the span and goes on, with the days after it, to its beginning."""
        first, last = span
        begun = bisect_right(self.begins, last + _NEAR)
        return begun > 0 and self.latest_ends[begun - 1] + after >= first


def _known(visits: tuple[Visit, ...]) -> _Known:
    dated = [(visit.start.day, (visit.end or visit.start).day) for visit in visits if visit.start is not None]
    spans = sorted((begin, max(begin, end)) for begin, end in dated)
    return _Known(
        len(spans) == len(visits),
        frozenset(visit.facility_id for visit in visits),
        tuple(begin for begin, _ in spans),
        tuple(accumulate((end for _, end in spans), max)),
    )


def _visit_finding(facts: BillFacts, biller: str, visits: tuple[Visit, ...], spans: list[Span]) -> Finding:
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    when = plain_day(first) if first == last else f"{plain_day(first)} to {plain_day(last)}"
    known = sorted(visit.start.day for visit in visits if visit.start)
    nearest = min(known, key=lambda day: abs((day - first).days))
    statement = asked_statement(facts.case, facts.bill.id)
    dated = [line for line in facts.lines if line.date]
    asked = statement.balance if statement and (statement.balance or 0) > 0 else None
    return Finding(
        check="unknown-visit",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=tuple(sorted(line.id for line in dated)),
        amount=None,
        title=f"{biller} bills care of {when}, and no visit at that place or on that day is entered.",
        explanation=f"Billed: {when}. The nearest visit entered is that of {plain_day(nearest)}. "
        "If the care was given, enter the visit or link the bill to it.",
        ask=f"What was done on {when}, where, and who ordered it? "
        f"Could you send the record of that visit{f' before the {dollars(asked)} is paid' if asked else ''}?",
        evidence=(
            itemised_bill(facts, dated),
            "The record of the visit, or a calendar of that day, would settle this.",
        ),
        fingerprint=fingerprint("unknown-visit", biller, first, last),
    )
