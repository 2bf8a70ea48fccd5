"""Preventive care for which the patient is asked to pay a share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from medbills_desktop.checks.care_days import first_day
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.sources import source
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, ClaimLine, Line

IN_FORCE = date(2010, 9, 23)
"""From plan years that begin on this day, plans cover preventive care without a share (42 USC 300gg-13)."""

_APART = "25"
"""The modifier of a visit for something else on the same day, which may have a share of its own."""


@check("preventive-cost-share", "strong")
def preventive_cost_share(facts: BillFacts) -> Iterator[Finding]:
    """Report a share on the in-network EOB of a visit that the user says was preventive.

    Rows of a visit for something else on the same day (modifier 25) don't count. Silent where such a visit is on the
    bill and the EOB doesn't give the shares row by row, before the rule was in force, and without insurance.
    """
    visit, day = facts.visit, first_day(facts)
    if visit is None or not visit.preventive or visit.self_pay or day is None or day < IN_FORCE:
        return
    for claim in facts.counted.counted:
        in_network = claim.network == "in" or (claim.network in (None, "unknown") and visit.network == "in")
        share = _share(facts, claim) if in_network and claim not in facts.counted.second else None
        if share is not None and share > 0:
            yield _finding(facts, claim, share)


def _share(facts: BillFacts, claim: Claim) -> Cents | None:
    rows = facts.claim_lines(claim)
    apart = [row for row in rows if _has_apart(row)]
    codes = {_plain(line.code) for line in facts.lines if _has_apart(line)}
    apart += [row for row in rows if row not in apart and row.code and _plain(row.code) in codes]
    if not apart and not codes:
        return stated_column(facts.case, claim, "patient_responsibility")
    rest = [row.patient_responsibility for row in rows if row not in apart]
    known = [share for share in rest if share is not None]
    return Cents(sum(known)) if apart and len(known) == len(rest) else None


def _has_apart(row: Line | ClaimLine) -> bool:
    return any(modifier.strip() == _APART for modifier in row.modifiers or ())


def _plain(code: str | None) -> str:
    return "".join((code or "").split()).upper()


def _finding(facts: BillFacts, claim: Claim, share: Cents) -> Finding:
    name = eob_name(claim)
    return Finding(
        check="preventive-cost-share",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=(claim.id,),
        amount=share,
        title=f"The {name} leaves you {dollars(share)} to pay for a preventive visit in the network.",
        explanation="Most plans cover recommended preventive care in the network without deductible, copay or "
        "coinsurance. A share can come from a code that does not say that the visit was preventive, from other care on "
        f"the same day, or from a plan that is exempt.\nShare on the {name}: {dollars(share)}\n"
        f"{source('42 USC 300gg-13')}",
        ask="This visit was preventive. Were its codes sent as preventive care, and if not, could a corrected claim be "
        f"sent? Could the plan process the {name} again without a share?",
        evidence=(
            eob_paper(facts, claim),
            "The order or the note of the visit, and the plan's list of preventive services, would settle this.",
        ),
        fingerprint=fingerprint("preventive-cost-share", claim.number, claim.date, share),
    )
