"""Bills without an EOB, EOBs without a bill, and bills that came before the insurer had decided."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.checks.care_days import first_day, may_cover
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper, statement_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.domain.claims_counted import stated_column, summed_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.money_views import asked_statement, left_by_eobs
from medbills_desktop.domain.paid import paid_by_statement
from medbills_desktop.domain.records import Bill, Claim, Organization, Policy, Statement, Visit


@check("missing-counterpart", "strong")
def missing_counterpart(facts: BillFacts) -> Iterator[Finding]:
    """Report, for an insured visit, a bill without EOB, one sent before the insurer's decision, an EOB without bill.

    A visit is insured where the patient has a policy that may cover its day. Silent where nothing is asked, where the
    statement shows what the insurer paid, where it asks for no more than a later EOB leaves, and for EOBs that leave
    nothing to pay or come from a provider that has a bill here.
    """
    visit = facts.visit
    if visit is None or visit.self_pay or not _insured(facts):
        return
    statement = asked_statement(facts.case, facts.bill.id)
    if statement is not None and (statement.balance or 0) > 0:
        if not facts.claims:
            yield from _without_eob(facts, statement)
        else:
            yield from _before_decision(facts, statement)
    yield from _without_bill(facts, visit)


def _insured(facts: BillFacts) -> bool:
    day = first_day(facts)
    return day is not None and any(may_cover(policy, day) for policy in facts.policies)


def _without_eob(facts: BillFacts, statement: Statement) -> Iterator[Finding]:
    if statement.insurer_paid:
        return
    asked, day = dollars(statement.balance), plain_day(statement.date)
    yield Finding(
        check="missing-counterpart",
        level="strong",
        bill_id=facts.bill.id,
        amount=None,
        title=f"The statement of {day} asks for {asked} and no EOB is entered for this bill, "
        "though a policy covers the visit.",
        explanation="Until the insurer has decided, nobody knows what your share is. Look for the EOB in the mail or "
        "on the insurer's website; if there is none, the bill may not have gone to the insurer yet.",
        ask="Was this bill sent to my insurer, and on what day? "
        f"Could you hold the {asked} until the claim is decided?",
        evidence=(
            "The insurer's EOB for this bill would settle this; none is entered.",
            statement_paper(facts, statement),
        ),
        statement_ids=(statement.id,),
        fingerprint=fingerprint("missing-counterpart", "no eob", statement.date, statement.balance),
    )


def _before_decision(facts: BillFacts, statement: Statement) -> Iterator[Finding]:
    pending = facts.counted.pending
    later = tuple(claim for claim in facts.counted.counted if claim.date is not None and claim.date > statement.date)
    share = summed_column(facts.case, facts.counted, "patient_responsibility")
    if not pending:
        enough = share is not None and (statement.balance or 0) <= left_by_eobs(
            share, paid_by_statement(facts.payments, statement)
        )
        if not later or enough:
            return
    claims = pending or later
    asked, day = dollars(statement.balance), plain_day(statement.date)
    if pending:
        when = f"while the claim {_named(claims[0])}is not decided yet"
    else:
        when = f"before the insurer decided on {plain_day(min(claim.date for claim in later if claim.date))}"
    yield Finding(
        check="missing-counterpart",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=tuple(claim.id for claim in claims),
        amount=None,
        title=f"The statement of {day} asks for {asked} {when}.",
        explanation="What is yours to pay is known only after the insurer has decided; a new statement should show it.",
        ask=f"Your statement of {day} is older than my insurer's decision. Could you hold the account and send a new "
        "statement after it?"
        if not pending
        else f"My insurer has not decided this claim yet. Could you hold the {asked} until it has?",
        evidence=(statement_paper(facts, statement), *(eob_paper(facts, claim) for claim in claims)),
        statement_ids=(statement.id,),
        fingerprint=fingerprint(
            "missing-counterpart",
            "before decision",
            statement.date,
            statement.balance,
            tuple(sorted((claim.number or "", str(claim.date or ""), claim.status or "") for claim in claims)),
        ),
    )


def _named(claim: Claim) -> str:
    return f"{claim.number} " if claim.number else ""


def _without_bill(facts: BillFacts, visit: Visit) -> Iterator[Finding]:
    """EOBs for the days of the visit that speak of no bill; the visit's first bill tells of them."""
    of_visit = facts.case.of(Bill, "visit_id", visit.id)
    if not of_visit or of_visit[0].id != facts.bill.id or visit.start is None:
        return
    last = visit.end.day if visit.end else visit.start.day
    person = facts.bill.person_id
    billers = facts.case.once(
        ("billers", person), lambda: {bill.biller_id for bill in facts.case.of(Bill, "person_id", person)}
    )
    for policy in facts.policies:
        for claim in _open_claims(facts, policy):
            days = [row.date.day for row in facts.claim_lines(claim) if row.date]
            if not days or claim.provider_id is None or claim.provider_id in billers:
                continue
            if visit.start.day <= min(days) and max(days) <= last:
                yield from _eob_finding(facts, claim)


def _open_claims(facts: BillFacts, policy: Policy) -> list[Claim]:
    """The decided EOBs of a policy that speak of no bill."""

    def by_policy() -> dict[int, list[Claim]]:
        found: dict[int, list[Claim]] = {}
        for claim in facts.case.all(Claim):
            if claim.bill_id is None and claim.status not in ("pending", "reversed"):
                found.setdefault(claim.policy_id, []).append(claim)
        return found

    return facts.case.once("claims without a bill", by_policy).get(policy.id, [])


def _eob_finding(facts: BillFacts, claim: Claim) -> Iterator[Finding]:
    share: Cents | None = stated_column(facts.case, claim, "patient_responsibility")
    if share is None or share <= 0:
        return
    biller = facts.case.find(Organization, claim.provider_id)
    provider = biller.name if biller else "the provider"
    yield Finding(
        check="missing-counterpart",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=(claim.id,),
        amount=None,
        title=f"The {eob_name(claim)} leaves {dollars(share)} to pay to {provider}, "
        "and no bill of theirs is entered for this visit.",
        explanation="Either their bill is still to come, or the EOB belongs to a bill entered under another name.",
        ask=f"Which bill does the {eob_name(claim)} belong to, and was it sent to me?",
        evidence=(eob_paper(facts, claim), f"The bill of {provider} would settle this; it is not entered."),
        fingerprint=fingerprint("missing-counterpart", "no bill", claim.number, claim.date, share),
    )
