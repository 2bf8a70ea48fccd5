"""Appeals in words: what a plan is, where a level stands, what a claim says, and what is missing on it."""

from __future__ import annotations

from medbills_desktop.domain.appeal_levels import kind_of_claim
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import dollars
from medbills_desktop.domain.records import Appeal, Claim, ClaimLine, Organization, Policy
from medbills_desktop.domain.rules.plan_kinds import PlanKind

PLAN: dict[PlanKind, str] = {
    "private": "an employer or individual plan",
    "medicare": "original Medicare",
    "medicare_advantage": "a Medicare Advantage plan",
    "part_d": "a Medicare drug plan",
    "medicaid": "Medicaid",
    "tricare": "TRICARE",
    "va": "the VA",
    "unknown": "a plan whose rules its names do not settle",
}
OUTCOME = {
    "upheld": "Denial stays",
    "partly": "Partly won",
    "overturned": "Won",
    "withdrawn": "Withdrawn",
}
OUTCOME_TONE = {"upheld": "red", "partly": "amber", "overturned": "green", "withdrawn": "accent"}


def appeal_state(appeal: Appeal) -> tuple[str, str]:
    """Where a level stands, in a word or two, and its colour."""
    if appeal.outcome:
        return OUTCOME[appeal.outcome], OUTCOME_TONE[appeal.outcome]
    if appeal.decided:
        return "Decided", "amber"
    return ("Filed", "accent") if appeal.filed else ("Not filed yet", "amber")


def appeal_days(appeal: Appeal) -> str:
    """The days of a level as far as they are entered, in a sentence; empty where none is."""
    parts = (
        _on("notice dated", appeal.notice_date),
        _on("it came on", appeal.notice_received),
        _on("last day printed", appeal.printed_deadline),
        _on("filed on", appeal.filed),
        _on("decided on", appeal.decided),
    )
    text = "; ".join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def printed_words(appeal: Appeal, today: Day) -> str:
    """The last day that the notice of an open level prints, with the days left; empty where there is none."""
    day = appeal.printed_deadline
    if day is None or appeal.filed or appeal.decided or appeal.outcome:
        return ""
    left = (day - today).days
    if left < 0:
        return f"The last day that the notice prints was {plain_day(day)}."
    days = "today" if left == 0 else "1 day from today" if left == 1 else f"{left:,} days from today"
    return f"The notice prints {plain_day(day)} as the last day, {days}."


def _on(words: str, day: Day | None) -> str:
    return f"{words} {plain_day(day)}" if day else ""


def notice_question(dated: Day | None, came: Day | None) -> str:
    """That a notice is dated after it came, as a question; empty where it is not."""
    if dated and came and dated > came:
        return (
            f"The notice is dated {plain_day(dated)}, after the day it came, {plain_day(came)}. "
            "Is one of the two dates typed wrongly?"
        )
    return ""


def claim_name(case: Case, claim: Claim) -> str:
    """What a claim is called: the insurer, and its number where it has one."""
    policy = case.find(Policy, claim.policy_id)
    insurer = case.find(Organization, policy.insurer_id) if policy else None
    parts = (insurer.name if insurer else "EOB", f"claim {claim.number}" if claim.number else "")
    return ", ".join(part for part in parts if part)


def claim_days(claim: Claim) -> str:
    """The days of a claim, with those that are missing called so."""
    parts = (
        f"EOB dated {plain_day(claim.date)}" if claim.date else "the date on the EOB is not entered",
        f"it came on {plain_day(claim.received)}" if claim.received else "the day it came is not entered",
        f"last day to appeal printed: {plain_day(claim.appeal_deadline)}"
        if claim.appeal_deadline
        else "no last day to appeal is entered: look on the notice",
    )
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def plan_sentence(case: Case, claim: Claim) -> str:
    """Which rules of appeal are taken, and why."""
    kind = kind_of_claim(case, claim)
    if kind == "unknown":
        return "The names on the policy do not say which rules of appeal it has: look on the notice."
    return f"By the names on the policy this is {PLAN[kind]}; its rules of appeal are used."


def refused_lines(case: Case, claim: Claim) -> tuple[str, ...]:
    """The lines that a claim denies, a sentence each; the claim as a whole where no line is marked."""
    lines = [line for line in case.of(ClaimLine, "claim_id", claim.id) if line.denied]
    if lines:
        return tuple(_line(line) for line in lines)
    if claim.status != "denied":
        return ()
    amount = dollars(claim.not_covered) if claim.not_covered else ""
    return (f"The whole claim is denied{f'; {amount} not covered' if amount else ''}.",)


def _line(line: ClaimLine) -> str:
    name = " ".join(part for part in (line.code, " ".join((line.description or "").split())) if part) or "One line"
    figures = [("billed", line.billed), ("not covered", line.not_covered)]
    stated = [f"{words} {dollars(amount)}" for words, amount in figures if amount is not None]
    remarks = f"remark codes {', '.join(line.remark_codes)}" if line.remark_codes else ""
    day = f"on {plain_day(line.date.day)}" if line.date else ""
    said = "; ".join(part for part in (", ".join(stated), remarks) if part)
    return f"{' '.join(part for part in (name, day) if part)}: {said or 'no amount stated'}."
