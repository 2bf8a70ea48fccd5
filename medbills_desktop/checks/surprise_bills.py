"""Bills above the share that the federal act against surprise bills leaves to an insured patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from medbills_desktop.checks.care_days import first_day
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper, payment_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.checks.word_lists import any_of, listed
from medbills_desktop.checks.wording import Row, sum_lines
from medbills_desktop.domain.claims_counted import summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import asked_statement, left_by_eobs
from medbills_desktop.domain.paid import PaidByStatement, paid_by_statement
from medbills_desktop.domain.records import Claim, Organization, Statement

IN_FORCE = date(2022, 1, 1)
"""The first day of care that the No Surprises Act protects (45 CFR 149.110, 149.120, 149.130, 149.410 to 149.440)."""

AIR_CODES = frozenset({"A0430", "A0431", "A0435", "A0436"})
"""HCPCS Level II codes of ambulances that fly: base rates and miles, fixed and rotary wing."""

_PLACES = ("hospital", "facility")
_NEVER_WAIVED_KINDS = ("laboratory", "imaging")
_NEVER_WAIVED = any_of(listed("never_waived.txt"))

Ground = Literal["emergency", "facility", "air", "ground"]
_WHY: dict[Ground, str] = {
    "emergency": "emergency care",
    "facility": "care by an out-of-network clinician at a facility in the network",
    "air": "an air ambulance",
    "ground": "a ground ambulance",
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked for care that may be protected, in cents. `left` is the share less what was paid, where stated."""

    ground: Ground
    statement: Statement
    asked: Cents
    share: Cents | None
    paid: PaidByStatement
    left: Cents | None
    claims: tuple[Claim, ...]


@check("surprise-billing", "strong", "info")
def surprise_billing(facts: BillFacts) -> Iterator[Finding]:
    """Report an out-of-network bill above the EOBs' share: emergency care, an outside clinician, an air ambulance.

    The amount is what is asked above the share less what was paid; it is not known where the EOB is a denial that
    states no share of its own. For information only where a ground ambulance asks for more, which the federal act does
    not cover. Silent before 2022, without an out-of-network EOB, and where consent was given for care that allows it.
    """
    visit, day = facts.visit, first_day(facts)
    statement = asked_statement(facts.case, facts.bill.id)
    if visit is None or visit.self_pay or day is None or day < IN_FORCE or facts.counted.pending:
        return
    if statement is None or statement.balance is None or statement.balance <= 0:
        return
    claims = facts.counted.counted
    ground = _ground(facts)
    if ground is None or not any(_out_of_network(facts, claim) for claim in claims):
        return
    share = summed_column(facts.case, facts.counted, "patient_responsibility")
    if any(claim.status == "denied" for claim in claims) and (share is None or share >= statement.balance):
        share = None
    elif share is None:
        return
    paid = paid_by_statement(facts.payments, statement)
    left = None if share is None else left_by_eobs(share, paid)
    if left is None or statement.balance > left:
        yield _finding(facts, _Asked(ground, statement, statement.balance, share, paid, left, claims))


def _out_of_network(facts: BillFacts, claim: Claim) -> bool:
    if claim.network in ("in", "out"):
        return claim.network == "out"
    own_place = facts.visit is not None and facts.visit.facility_id == facts.bill.biller_id
    return own_place and facts.visit is not None and facts.visit.network == "out"


def _ground(facts: BillFacts) -> Ground | None:
    """Why the care may be protected, or `None` where it is not."""
    visit, kind = facts.visit, facts.biller.kind if facts.biller else "other"
    if visit is None:
        return None
    if kind == "air_ambulance" or any(_flies(line.code) for line in facts.lines):
        return "air"
    if kind == "ambulance" or (visit.kind == "ambulance" and visit.facility_id == facts.bill.biller_id):
        return "ground"
    if visit.emergency or (visit.kind == "emergency" and visit.emergency is None):
        return "emergency"
    place = facts.case.find(Organization, visit.facility_id)
    outside = place is not None and place.kind in _PLACES and place.id != facts.bill.biller_id
    if not outside or visit.network != "in" or kind in ("equipment", "pharmacy", "collector"):
        return None
    return None if visit.consent_to_out_of_network and not _never_waived(facts) else "facility"


def _flies(code: str | None) -> bool:
    return "".join((code or "").split()).upper() in AIR_CODES


def _never_waived(facts: BillFacts) -> bool:
    """Whether the biller, its name or a line tells of care for which consent can't give up the protection."""
    biller = facts.biller
    if biller is not None and biller.kind in _NEVER_WAIVED_KINDS:
        return True
    names = [biller.name if biller else "", *(line.description for line in facts.lines)]
    return any(_NEVER_WAIVED.search(_words(name)) for name in names)


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def _finding(facts: BillFacts, asked: _Asked) -> Finding:
    day, over = plain_day(asked.statement.date), None
    if asked.left is not None:
        over = Cents(asked.asked - asked.left)
    info = asked.ground == "ground"
    return Finding(
        check="surprise-billing",
        level="info" if info else "strong",
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in asked.claims),
        payment_ids=tuple(payment.id for payment in asked.paid.payments),
        amount=over,
        title=_title(asked, over),
        explanation="\n".join(_explained(asked, over)),
        ask=_ask(asked, over),
        evidence=(
            statement_paper(facts, asked.statement),
            *(eob_paper(facts, claim) for claim in asked.claims),
            *(payment_paper(facts, payment) for payment in asked.paid.payments),
            *(() if info else ("Any notice and consent form that was signed would settle this; ask for a copy.",)),
        ),
        statement_ids=(asked.statement.id,),
        fingerprint=fingerprint(
            "surprise-billing", asked.ground, asked.statement.date, asked.asked, asked.share, asked.paid.counted, day
        ),
    )


def _title(asked: _Asked, over: Cents | None) -> str:
    what, day = _WHY[asked.ground], plain_day(asked.statement.date)
    share = "what is left of your share" if asked.paid.counted else "your share"
    above = f", {dollars(over)} above {share}" if over is not None else ""
    if asked.ground == "ground":
        return (
            f"The statement of {day} asks {dollars(asked.asked)} for {what}{above}; the federal act does not cover it."
        )
    outside = "" if asked.ground == "facility" else " out of the network"
    return (
        f"The statement of {day} asks {dollars(asked.asked)} for {what}{outside}{above}: "
        "ask whether the No Surprises Act limits it."
    )


def _explained(asked: _Asked, over: Cents | None) -> list[str]:
    rows: list[Row] = [("", "asked", asked.asked)]
    if asked.share is not None:
        rows.append(("", "your share by the EOBs", asked.share))
    if asked.paid.counted:
        rows.append(("−", "paid by you", asked.paid.counted))
    if asked.left is not None and asked.paid.counted:
        rows.append(("=", "left of the share", asked.left))
    if over is not None:
        rows.append(("", "asked above it", over))
    notes = [sum_lines(rows)]
    if asked.ground == "ground":
        notes.append("Some states have a rule for ground ambulances. Look for the one of your state.")
        return notes
    notes.append(
        f"Since January 1, 2022 an insured patient owes for {_WHY[asked.ground]} what the plan sets as the share "
        "in the network; the rest is between the plan and the provider."
    )
    if asked.share is None:
        notes.append("The EOB is a denial and states no share of its own, so no amount can be worked out yet.")
    return [*notes, source("45 CFR 149.110, 149.120 and 149.130")]


def _ask(asked: _Asked, over: Cents | None) -> str:
    if asked.ground == "ground":
        return "Which rule of the state limits what may be asked for this ride, and would the plan pay more of it?"
    if over is None:
        names = " and ".join(eob_name(claim) for claim in asked.claims)
        return (
            f"Was this processed as {_WHY[asked.ground]} under the No Surprises Act? What is my share by the {names}?"
        )
    return (
        f"My share is {dollars(asked.share)}. Does the No Surprises Act apply to this care, "
        f"and if so, could you take off the {dollars(over)} above it?"
    )
