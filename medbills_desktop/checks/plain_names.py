"""Questions that the printed names raise: names that say nothing, supplies inside another charge, activation fees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.line_reading import ReadLine, line_ids, summed_charges
from medbills_desktop.checks.names import PUZZLING
from medbills_desktop.checks.papers_held import itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.rooms import is_observation, is_room
from medbills_desktop.checks.rooms_of_surgery import is_operating_room
from medbills_desktop.checks.visit_codes import is_visit_code
from medbills_desktop.checks.wording import count, named, on_day
from medbills_desktop.domain.money import dollars

_SETTLED = ("ok", "duplicate", "not_received", "cancelled")
"""Marks after which a hint about the name helps nobody: accepted, or asked about already."""

_SHOWN = 12


@check("unclear-name", "question")
def unclear_name(facts: BillFacts) -> Iterator[Finding]:
    """Report lines without a code whose name says nothing, or hides an everyday thing (`names.toml`).

    The name of a department (laboratory, pharmacy) is a summary and the business of `summary-only`.
    """
    puzzling = [read for read in facts.read.lines if read.name.words in PUZZLING]
    for read in (*facts.read.of_kind("nothing"), *puzzling):
        if not read.code and _is_asked(facts, read):
            yield _unclear(facts, read)


def _is_asked(facts: BillFacts, read: ReadLine) -> bool:
    charge = read.line.charge
    charged = charge is None or (charge > 0 and not facts.read.taken_back(read))
    return charged and read.line.mark not in _SETTLED and "department" not in read.name.kinds


def _unclear(facts: BillFacts, read: ReadLine) -> Finding:
    line = read.line
    meaning = PUZZLING.get(read.name.words)
    charge = f" for {dollars(line.charge)}" if line.charge else ""
    name = named(line) if read.name.words else "A line without a name"
    said = (
        f"On other bills this name has stood for {meaning}."
        if meaning
        else "The line has no code, and its name says nothing."
    )
    return Finding(
        check="unclear-name",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=line.charge,
        title=f"{name}{on_day(line)} is billed{charge}, and the line does not say what it was.",
        explanation=f"{said}\nWithout knowing what it was nobody can tell whether it was given.",
        ask=f"What is {name if read.name.words else 'the line without a name'}{on_day(line)}{charge}? "
        "Could you send its code and a plain description?",
        evidence=(itemised_bill(facts, (line,)),),
        fingerprint=fingerprint("unclear-name", read.name.words, line.date, line.charge),
    )


@check("supply-inside-charge", "question")
def supply_inside_charge(facts: BillFacts) -> Iterator[Finding]:
    """Report routine supplies and nursing tasks that stand beside a charge of which they are usually a part.

    Things of the ward stand beside a room or observation, or beside a procedure; things of a procedure beside an
    operating, procedure or emergency room or a surgical code. All of a bill are one finding. Silent without such a
    charge.
    """
    if not facts.read.kinds & {"supply_of_room", "supply_of_procedure"}:
        return
    procedure = _dearest(read for read in facts.read.lines if read.charged and _is_procedure(read))
    room = _dearest(read for read in facts.read.lines if read.charged and _is_ward(read)) or procedure
    found = [
        read
        for read in facts.read.lines
        if (room and read.is_kind("supply_of_room")) or (procedure and read.is_kind("supply_of_procedure"))
    ]
    found = [read for read in found if read.charged and _is_asked(facts, read)]
    beside = procedure or room
    if found and beside:
        yield _supplies(facts, found, beside)


def _dearest(lines: Iterable[ReadLine]) -> ReadLine | None:
    return max(lines, key=lambda read: (read.line.charge or 0, read.name.words), default=None)


def _is_procedure(read: ReadLine) -> bool:
    surgical = len(read.code) == 5 and read.code.isdecimal() and "10004" <= read.code <= "69990"
    return surgical or is_operating_room(read) or read.is_kind("procedure_place") or read.revenue_is(450, 459)


def _is_ward(read: ReadLine) -> bool:
    return is_room(read) or is_observation(read)


def _supplies(facts: BillFacts, found: list[ReadLine], beside: ReadLine) -> Finding:
    amount = summed_charges(found)
    names = named(found[0].line) if len(found) == 1 else f"{count(len(found), 'routine supply', 'routine supplies')}"
    rows = "\n".join(f"{named(read.line)}{on_day(read.line)}: {dollars(read.line.charge)}" for read in found[:_SHOWN])
    more = f"\nand {count(len(found) - _SHOWN, 'more line', 'more lines')}" if len(found) > _SHOWN else ""
    inputs = sorted((read.code, read.name.words, read.line.charge or 0) for read in found)
    return Finding(
        check="supply-inside-charge",
        level="question",
        bill_id=facts.bill.id,
        line_ids=line_ids(found),
        amount=amount,
        title=f"{names} for {dollars(amount)} {_is_or_are(found)} billed besides {named(beside.line)}.",
        explanation=f"{rows}{more}\nTogether {dollars(amount)}.\n"
        f"Things of this kind are often part of the charge for the room or the procedure ({named(beside.line)}).",
        ask=f"{'Are these things' if len(found) > 1 else f'Is {names}'} not part of the charge for "
        f"{named(beside.line)}? Where is it written which supplies are billed apart?",
        evidence=(
            itemised_bill(facts, [read.line for read in found]),
            "The hospital's own rule on routine supplies, or the insurer's, would settle this.",
        ),
        fingerprint=fingerprint("supply-inside-charge", tuple(inputs), beside.code, beside.name.words),
    )


def _is_or_are(found: list[ReadLine]) -> str:
    return "is" if len(found) == 1 else "are"


@check("activation-fee", "question")
def activation_fee(facts: BillFacts) -> Iterator[Finding]:
    """Report trauma activation and facility fees: what was given for them?

    A fee for a team is known by its name, its revenue code or G0390; a facility fee by its name, where it stands
    without a code or with a visit code. A facility fee with the code of a procedure is that procedure.
    """
    for read in facts.read.lines:
        team = read.revenue_is(680, 689) or read.code == "G0390" or read.is_kind("trauma_activation")
        fee = read.is_kind("facility_fee") and (not read.code or is_visit_code(read.code) or _is_own_code(read))
        if (team or fee) and _is_asked(facts, read):
            yield _activation(facts, read, team=team)


def _is_own_code(read: ReadLine) -> bool:
    return read.line.code_system in ("other", "revenue")


def _activation(facts: BillFacts, read: ReadLine, *, team: bool) -> Finding:
    line = read.line
    charge = f" of {dollars(line.charge)}" if line.charge else ""
    explanation = (
        "Such a fee stands for calling a team together before the patient comes, on word from outside. "
        "Questions: who called the team, at what time, who came, and what did they do?"
        if team
        else "Such a fee stands for the house and its staff, besides what the clinician bills. "
        "Questions: what was used, is it in another charge already, and was the fee told beforehand?"
    )
    return Finding(
        check="activation-fee",
        level="question",
        bill_id=facts.bill.id,
        line_ids=(line.id,),
        amount=line.charge,
        title=f"{named(line)}{charge} stands on the bill{on_day(line)}: ask what was given for it.",
        explanation=explanation,
        ask=f"What was given for {named(line)}{charge}{on_day(line)}? "
        + ("Could you send the record of the activation?" if team else "Is any of it in another charge of this visit?"),
        evidence=(itemised_bill(facts, (line,)), "The record of the visit with its times would settle this."),
        fingerprint=fingerprint("activation-fee", read.code, read.name.words, line.date, line.charge),
    )
