"""What was billed but not received: by the user's marks, and by what the patient says of repeated items and doses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from medbills_desktop.checks.answers import said_yes
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, excess_charge, line_ids, summed_charges
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.visit_codes import is_visit_code
from medbills_desktop.checks.wording import count, named, number_text, on_day
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Line

NOT_RECEIVED = {"not_received": "not received", "cancelled": "cancelled"}
"""Marks that say that a service was not given, and how to say them."""

_RECORD = "The medical record of that day would settle this."
_MANY = 3


@check("not-received", "strong")
def not_received(facts: BillFacts) -> Iterator[Finding]:
    """Report each line that the user marked as not received or cancelled, and, where the patient left without being
    seen, the visit charged. Silent for lines at nothing and for those that a credit takes back."""
    for read in facts.read.lines:
        if read.line.mark in NOT_RECEIVED and not _settled(facts, read):
            yield _not_received(facts, read.line)
    answers = (facts.visit.answers if facts.visit else None) or {}
    if said_yes(answers.get("left_without_being_seen")):
        seen = [read for read in facts.read.lines if is_visit_code(read.code) and read.line.mark not in NOT_RECEIVED]
        seen = [read for read in seen if read.charged and not facts.read.taken_back(read)]
        if seen:
            yield _not_seen(facts, seen)


def _settled(facts: BillFacts, read: ReadLine) -> bool:
    charge = read.line.charge
    return charge is not None and (charge <= 0 or facts.read.taken_back(read))


def _not_received(facts: BillFacts, line: Line) -> Finding:
    said = NOT_RECEIVED[line.mark or ""]
    amount, got = line.charge, line.received_units
    if got and line.units and 0 < got < line.units:
        amount = excess_charge(line, line.units - got)
    of = f" for {dollars(line.charge)}" if line.charge is not None else ""
    return Finding(
        check="not-received",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=amount,
        title=f"{named(line)}{on_day(line)} is billed{of}; you marked it as {said}.",
        explanation=f"Charged: {dollars(line.charge)}\nYour mark: {said}",
        ask=f"By my notes {named(line)}{on_day(line)} was {said}. Could you send the entry of the record that "
        "shows it, or take off the charge?",
        evidence=(itemised_bill(facts, (line,)), _RECORD),
        fingerprint=fingerprint(
            "not-received", line.code, line.description, line.date, line.charge, line.units, said, got
        ),
    )


def _not_seen(facts: BillFacts, seen: list[ReadLine]) -> Finding:
    amount = summed_charges(seen)
    first = seen[0].line
    inputs = sorted((read.code, read.line.charge or 0) for read in seen)
    rows = "\n".join(f"{named(read.line)}{on_day(read.line)}: {dollars(read.line.charge)}" for read in seen)
    return Finding(
        check="not-received",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=line_ids(seen),
        amount=amount,
        title=f"{named(first)} is billed for {dollars(amount)}; you noted that the patient left without being seen.",
        explanation=f"{rows}\nYour answer for the visit: left without being seen.",
        ask=f"We left before anybody saw the patient. Which care does the charge of {dollars(amount)} stand for?",
        evidence=(itemised_bill(facts, [read.line for read in seen]), _RECORD),
        fingerprint=fingerprint("not-received", "left without being seen", tuple(inputs)),
    )


@check("repeated-item", "question")
def repeated_item(facts: BillFacts) -> Iterator[Finding]:
    """Report an item that is billed three times or more on one day and more often than the user says was received.

    The answer is `received_units` of the lines; a line without one counts as received in full, unless its one answer is
    for the item as a whole (more than that line bills). Silent where no line has an answer; doses are asked about by
    `doses-vs-record`.
    """
    if not any(read.line.received_units is not None for read in facts.read.lines):
        return
    for day, lines in facts.read.by_day.items():
        groups: dict[str, list[ReadLine]] = {}
        for read in lines:
            if read.charged and read.line.unit in (None, "each", "other") and not is_dose(read) and _open(facts, read):
                groups.setdefault(read.code or read.name.words, []).append(read)
        for same in groups.values():
            yield from _repeated(facts, day, same)


def _open(facts: BillFacts, read: ReadLine) -> bool:
    """Whether the line is not asked about already by the user's mark, nor taken back."""
    return read.line.mark not in NOT_RECEIVED and not facts.read.taken_back(read)


def _repeated(facts: BillFacts, day: date, same: list[ReadLine]) -> Iterator[Finding]:
    answers = [read.line.received_units for read in same if read.line.received_units is not None]
    billed = [read.line.units if read.line.units and read.line.units > 0 else Decimal(1) for read in same]
    total = sum(billed, Decimal(0))
    if not answers or total < _MANY or min(answers) < 0:
        return
    got = sum((_got(read, units) for read, units in zip(same, billed, strict=True)), Decimal(0))
    if len(answers) == 1 < len(same):
        of_its_line = next(u for read, u in zip(same, billed, strict=True) if read.line.received_units is not None)
        got = answers[0] if answers[0] > of_its_line else got
    if got < total:
        yield _repeated_finding(facts, day, same, total, got)


def _got(read: ReadLine, units: Decimal) -> Decimal:
    answer = read.line.received_units
    return units if answer is None else answer


def _repeated_finding(facts: BillFacts, day: date, same: list[ReadLine], total: Decimal, got: Decimal) -> Finding:
    first = min((read.line for read in same), key=lambda line: line.id)
    amount = _price_of(same, total - got)
    inputs = sorted(
        (str(read.line.units), str(read.line.received_units), read.line.charge or 0, read.name.words) for read in same
    )
    more = number_text(total - got)
    return Finding(
        check="repeated-item",
        level="question",
        bill_id=facts.bill.id,
        line_ids=line_ids(same),
        amount=amount,
        title=f"{named(first)} is billed {number_text(total)} times on {plain_day(day)}; "
        f"you noted that {number_text(got)} {'was' if got == 1 else 'were'} received.",
        explanation=f"Billed on {count(len(same), 'line', 'lines')}: {number_text(total)}\n"
        f"− received by your notes: {number_text(got)}\n= {more} more"
        + (f", together {dollars(amount)}" if amount else ""),
        ask=f"How many of {named(first)} were used on {plain_day(day)}? By my notes it was {number_text(got)}.",
        evidence=(itemised_bill(facts, [read.line for read in same]), _RECORD),
        fingerprint=fingerprint("repeated-item", same[0].code, day, tuple(inputs)),
    )


def _price_of(same: list[ReadLine], excess: Decimal) -> Cents | None:
    """What the excess costs, if all lines cost the same for one unit."""
    prices = {excess_charge(_one_unit(read.line), Decimal(1)) for read in same}
    price = prices.pop()
    if prices or price is None:
        return excess_charge(same[0].line, excess) if len(same) == 1 else None
    amount = Decimal(price) * excess
    return Cents(int(amount)) if amount == int(amount) else None


def _one_unit(line: Line) -> Line:
    if line.units or line.unit_price is not None:
        return line
    return Line(id=line.id, bill_id=line.bill_id, description=line.description, units=Decimal(1), charge=line.charge)


def is_dose(read: ReadLine) -> bool:
    """Whether a line is medicine: by its code, its revenue code or its name."""
    by_code = read.line.code_system == "ndc" or (len(read.code) == 5 and read.code[0] == "J")
    return by_code or read.revenue_is(250, 259) or read.revenue_is(630, 639) or read.is_kind("drug")


def is_taken_oneself(read: ReadLine) -> bool:
    """Whether a line is medicine that one can bring from home and take oneself."""
    injected = len(read.code) == 5 and read.code[0] == "J" and read.code < "J8000"
    return is_dose(read) and not injected and read.is_kind("taken_oneself")


@check("doses-vs-record", "strong")
def doses_vs_record(facts: BillFacts) -> Iterator[Finding]:
    """Report medicine of which more is billed than the record or the patient reports.

    The answer is `received_units` of the line, in its own units; where the patient brought medicine from home, none of
    what one takes oneself was the hospital's. Silent without an answer, and for lines that the user already calls
    repeats or not received.
    """
    answers = (facts.visit.answers if facts.visit else None) or {}
    brought = said_yes(answers.get("brought_own_medicine"))
    for read in facts.read.lines:
        line = read.line
        if line.received_units is None and not brought:
            continue
        if not read.charged or line.mark == "duplicate" or not is_dose(read) or not _open(facts, read):
            continue
        units = line.units if line.units is not None else Decimal(1)
        if line.received_units is not None:
            if 0 <= line.received_units < units:
                yield _dose_finding(facts, line, units, line.received_units, from_home=False)
        elif brought and units > 0 and is_taken_oneself(read):
            yield _dose_finding(facts, line, units, Decimal(0), from_home=True)


def _dose_finding(facts: BillFacts, line: Line, units: Decimal, got: Decimal, *, from_home: bool) -> Finding:
    amount = line.charge if got == 0 else excess_charge(line, units - got)
    billed, received = number_text(units), number_text(got)
    known = "you noted that the patient brought medicine from home"
    if not from_home:
        known = f"by your notes {'none' if got == 0 else received} {'was' if got <= 1 else 'were'} given"
    ask = (
        f"The patient brought medicine from home. Which of {named(line)}{on_day(line)} came from your pharmacy? "
        "Could you take off what did not?"
        if from_home
        else f"How many of {named(line)} does the medication record show{on_day(line)}? By my notes it was {received}."
    )
    return Finding(
        check="doses-vs-record",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=amount,
        title=f"{billed} of {named(line)} {'is' if units == 1 else 'are'} billed{on_day(line)}; {known}.",
        explanation=f"Billed: {billed}\n− given by the hospital: {received}\n= {number_text(units - got)} more"
        + (f", together {dollars(amount)}" if amount else ""),
        ask=ask,
        evidence=(itemised_bill(facts, (line,)), "The medication record of that day would settle this."),
        fingerprint=fingerprint(
            "doses-vs-record", line.code, line.description, line.date, units, got, line.charge, from_home
        ),
    )
