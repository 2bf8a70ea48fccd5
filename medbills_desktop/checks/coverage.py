"""The days of care against the days of the policies, and policies that were left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from medbills_desktop.checks.care_days import Span, care_spans, line_span, may_cover
from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_paper, itemised_bill
from medbills_desktop.checks.registry import check
from medbills_desktop.domain.claims_counted import stated_column
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.domain.money_views import asked_statement
from medbills_desktop.domain.records import Claim, Line, Organization, Policy


@dataclass(frozen=True, slots=True)
class _Coverage:
    """The days of care, the policies that were billed for them, and those that were not though they may cover a day."""

    days: Span
    outside: tuple[tuple[Policy, Claim], ...]
    left_out: tuple[Policy, ...]


@check("coverage-dates", "strong")
def coverage_dates(facts: BillFacts) -> Iterator[Finding]:
    """Report care on days outside the policy that was billed for it, and a second policy that was not billed.

    A policy is billed where it has an EOB for this bill. One that is not billed counts where it covers days that the
    billed one does not, or where the dates or the order entered say that both cover them and something is left to pay.
    Silent without an EOB, or while one is pending.
    """
    claims = [claim for claim in facts.claims if claim not in facts.counted.withdrawn]
    if not claims or facts.counted.pending:
        return
    found = ((facts.case.find(Policy, claim.policy_id), claim) for claim in claims)
    by_claim = [(policy, claim) for policy, claim in found if policy is not None]
    billed = tuple({policy.id: policy for policy, _ in by_claim}.values())
    others = tuple(policy for policy in facts.policies if policy not in billed)
    if not others and not any(policy.effective or policy.terminated for policy in billed):
        return
    spans = care_spans(facts)
    outside: dict[int, tuple[Policy, Claim]] = {}
    for policy, claim in by_claim if not _shared_out(billed, spans) else ():
        if any(_outside(policy, span) for span in _spans_of(facts, claim, spans)):
            outside.setdefault(policy.id, (policy, claim))
    left_out = tuple(policy for policy in others if _should_be_billed(facts, policy, billed, spans))
    if spans and (outside or left_out):
        days = min(first for first, _ in spans), max(last for _, last in spans)
        yield _finding(facts, _Coverage(days, tuple(outside.values()), left_out))


def _spans_of(facts: BillFacts, claim: Claim, spans: tuple[Span, ...]) -> list[Span]:
    """The days that an EOB is for: those of its own rows, else those of the bill."""
    own = [(row.date.day, row.date.day) for row in facts.claim_lines(claim) if row.date]
    return own or list(spans)


def _outside(policy: Policy, span: Span) -> bool:
    first, last = span
    return bool((policy.effective and first < policy.effective) or (policy.terminated and last > policy.terminated))


def _shared_out(billed: tuple[Policy, ...], spans: tuple[Span, ...]) -> bool:
    """Whether several policies were billed that together cover every day of care."""
    ends = [day for span in spans for day in span]
    return len(billed) > 1 and all(any(may_cover(policy, day) for policy in billed) for day in ends)


def _should_be_billed(facts: BillFacts, policy: Policy, billed: tuple[Policy, ...], spans: tuple[Span, ...]) -> bool:
    """Whether a policy that was not billed covers a day of care that no billed one does, or all of them as well."""
    ends = [day for span in spans for day in span]
    covered = [day for day in ends if may_cover(policy, day)]
    if any(not any(may_cover(one, day) for one in billed) for day in covered):
        return policy.effective is not None or policy.terminated is not None
    if len(covered) < len(ends) or policy.effective is None or _nothing_left(facts):
        return False
    orders = {one.order for one in (policy, *billed)}
    if orders == {"primary", "secondary"}:
        return True
    began = [one.effective for one in billed if one.effective]
    return None in orders and len(began) == len(billed) and policy.effective >= max(began)


def _nothing_left(facts: BillFacts) -> bool:
    statement = asked_statement(facts.case, facts.bill.id)
    if statement is not None and (statement.balance or 0) <= 0:
        return True
    shares = [stated_column(facts.case, claim, "patient_responsibility") for claim in facts.counted.counted]
    return all(share == 0 for share in shares)


def _not_covered(facts: BillFacts, found: _Coverage) -> tuple[Line, ...]:
    """The lines with a day outside the policy that was billed; else all dated ones."""
    dated = [(line, span) for line in facts.lines if (span := line_span(line))]
    outside = [line for line, span in dated if any(_outside(policy, span) for policy, _ in found.outside)]
    return tuple(outside or [line for line, _ in dated])


def _finding(facts: BillFacts, found: _Coverage) -> Finding:
    sentences = [
        f"{_plan(facts, policy)} {_dates(policy)}, and an EOB of it is for {_when(found.days)}"
        for policy, _ in found.outside
    ]
    sentences += [
        f"{_plan(facts, policy)} {_dates(policy)}, and no EOB of it is entered for this bill"
        for policy in found.left_out
    ]
    lines = _not_covered(facts, found)
    claims = tuple(claim for _, claim in found.outside)
    also = f", also to {_plan(facts, found.left_out[0])}" if found.left_out else ""
    return Finding(
        check="coverage-dates",
        level="strong",
        bill_id=facts.bill.id,
        line_ids=tuple(sorted(line.id for line in lines)),
        claim_ids=tuple(claim.id for claim in claims),
        amount=None,
        title=f"{sentences[0]}.",
        explanation="\n".join(
            [
                f"Care on this bill: {_when(found.days)}.",
                *(f"{_plan(facts, policy)}: {_dates(policy)}." for policy in _policies(facts, found)),
                "Each policy pays for the days it covers; where two cover the same day, the second may pay a part of "
                "what the first leaves.",
            ]
        ),
        ask=f"Could the care of {_when(found.days)} be billed to the policy that covers each day{also}, "
        "and the account be held until then?",
        evidence=(
            itemised_bill(facts, lines),
            *(eob_paper(facts, claim) for claim in claims),
            "The insurance cards or letters with the dates of coverage would settle this.",
        ),
        fingerprint=fingerprint(
            "coverage-dates",
            found.days,
            tuple(sorted(_values(policy) for policy, _ in found.outside)),
            tuple(sorted(_values(policy) for policy in found.left_out)),
        ),
    )


def _policies(facts: BillFacts, found: _Coverage) -> list[Policy]:
    shown = {policy.id for policy, _ in found.outside} | {policy.id for policy in found.left_out}
    shown |= {claim.policy_id for claim in facts.claims}
    return [policy for policy in facts.case.all(Policy) if policy.id in shown]


def _plan(facts: BillFacts, policy: Policy) -> str:
    insurer = facts.case.find(Organization, policy.insurer_id)
    name = insurer.name if insurer else "The policy"
    return f"{name} ({policy.plan_name})" if policy.plan_name else name


def _dates(policy: Policy) -> str:
    if policy.effective and policy.terminated:
        return f"covers {plain_day(policy.effective)} to {plain_day(policy.terminated)}"
    if policy.terminated:
        return f"covers days until {plain_day(policy.terminated)}"
    return f"covers days from {plain_day(policy.effective)} on" if policy.effective else "is entered without dates"


def _when(days: Span) -> str:
    first, last = days
    return plain_day(first) if first == last else f"{plain_day(first)} to {plain_day(last)}"


def _values(policy: Policy) -> tuple[str, str, str]:
    return str(policy.effective or ""), str(policy.terminated or ""), policy.order or ""
