"""What the insurer refused to pay, and how long there is to appeal."""

from __future__ import annotations

from collections.abc import Iterator

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import Finding, fingerprint
from medbills_desktop.checks.papers_held import eob_name, eob_paper
from medbills_desktop.checks.registry import check
from medbills_desktop.checks.wording import count, sentence
from medbills_desktop.domain.dates import Day, plain_day
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.records import Claim, ClaimLine, MoneyColumns


@check("denied-line", "strong")
def denied_line(facts: BillFacts) -> Iterator[Finding]:
    """Report each EOB that denies lines, or the claim as a whole; the amount is what it states as not covered.

    Lines (or claims) for which the EOB leaves the patient nothing to pay are passed over, as are EOBs withdrawn since
    and lines that were decided again.
    """
    for claim in facts.claims:
        if claim in facts.counted.withdrawn:
            continue
        lines = [
            line
            for line in facts.claim_lines(claim)
            if line.denied and line.patient_responsibility != 0 and not _decided_since(facts, claim, line)
        ]
        whole = claim.status == "denied" and claim.patient_responsibility != 0
        if lines or (whole and not any(line.denied for line in facts.claim_lines(claim))):
            yield _finding(facts, claim, lines)


def _decided_since(facts: BillFacts, claim: Claim, denied: ClaimLine) -> bool:
    """Whether an EOB of that day or later takes the same charge of the same service and day without denying it."""
    if denied.billed is None or denied.code is None:
        return False
    for other in facts.claims:
        if other in facts.counted.withdrawn or (other.date and claim.date and other.date < claim.date):
            continue
        for line in facts.claim_lines(other):
            same = (line.code, line.billed) == (denied.code, denied.billed) and _day(line) == _day(denied)
            if same and not line.denied and other.policy_id == claim.policy_id:
                return True
    return False


def _day(line: ClaimLine) -> Day | None:
    return line.date.day if line.date else None


def _finding(facts: BillFacts, claim: Claim, lines: list[ClaimLine]) -> Finding:
    rows: list[MoneyColumns] = [*lines] if lines else [claim]
    refused = [row.not_covered for row in rows]
    known = [value for value in refused if value is not None]
    amount = Cents(sum(known)) if known and len(known) == len(refused) and sum(known) > 0 else None
    what = _lines(lines) if lines else "the whole claim"
    of = f", {dollars(amount)} not covered" if amount else ""
    remarks = sorted({code for line in lines for code in line.remark_codes or ()})
    day = claim.appeal_deadline
    return Finding(
        check="denied-line",
        level="strong",
        bill_id=facts.bill.id,
        claim_ids=(claim.id,),
        amount=amount,
        title=f"The {eob_name(claim)} denies {what}{of}: {_clock(facts, claim)}.",
        explanation="\n".join(
            [*(_row(line) for line in lines), *_remarks(remarks), *_said(facts), sentence(_clock(facts, claim)) + "."]
        ),
        ask=f"Could you tell me in plain words why the {eob_name(claim)} denies {what}, and which rules were used? "
        "Which papers would change the decision?",
        evidence=(eob_paper(facts, claim), "The plan's rules and the medical record would settle this."),
        fingerprint=fingerprint("denied-line", claim.number, claim.date, day, tuple(_inputs(rows)), tuple(remarks)),
    )


def _lines(lines: list[ClaimLine]) -> str:
    return "one line" if len(lines) == 1 else count(len(lines), "line", "lines")


def _clock(facts: BillFacts, claim: Claim) -> str:
    day = claim.appeal_deadline
    if day is None:
        return "look on the EOB for the last day to appeal"
    left = (day - facts.today).days
    if left < 0:
        return f"the last day to appeal was {plain_day(day)}"
    return f"{count(left, 'day is', 'days are')} left to appeal, until {plain_day(day)}"


def _row(line: ClaimLine) -> str:
    words = [line.description or line.code or "one line"]
    if line.date:
        words.append(f"on {plain_day(line.date.day)}")
    figures = [("billed", line.billed), ("not covered", line.not_covered)]
    stated = [f"{name} {dollars(value)}" for name, value in figures if value is not None]
    return sentence(f"{' '.join(words)}: {', '.join(stated) or 'no amount stated'}.")


def _said(facts: BillFacts) -> list[str]:
    answers = (facts.visit.answers if facts.visit else None) or {}
    if answers.get("insurer_said_covered") is not True:
        return []
    return ["You noted that the insurer said before that this is covered: look for the call or the letter."]


def _remarks(codes: list[str]) -> list[str]:
    return [f"Remark codes {', '.join(codes)}; the EOB or the insurer says what they mean."] if codes else []


def _inputs(rows: list[MoneyColumns]) -> list[tuple[int, int]]:
    return sorted((row.billed or 0, row.not_covered or 0) for row in rows)
