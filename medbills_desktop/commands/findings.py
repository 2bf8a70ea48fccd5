"""Deciding about a finding: ask about it, dispute it, say that it is not a problem, bring it back."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

from medbills_desktop.checks.findings import Finding
from medbills_desktop.commands.letters import AskInLetter
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.letter_drafts import LetterPoint
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import FindingDecision, Letter, Line
from medbills_desktop.domain.records.bills import Mark
from medbills_desktop.store.work import Work

MARK_OF_CHECK: dict[str, Mark] = {
    "line-arithmetic": "wrong_quantity",
    "duplicate-line": "duplicate",
    "near-duplicate-line": "duplicate",
    "duplicate-across-bills": "duplicate",
    "repeated-item": "wrong_quantity",
    "impossible-time": "wrong_quantity",
    "high-quantity": "wrong_quantity",
    "doses-vs-record": "wrong_quantity",
    "not-received": "not_received",
    "date-outside-visit": "wrong_date",
    "room-days": "wrong_quantity",
    "time-rounding": "wrong_quantity",
    "bundled-codes": "bundled",
    "supply-inside-charge": "bundled",
    "visit-level": "wrong_code",
    "two-visit-codes": "wrong_code",
    "denied-line": "covered_by_insurance",
    "preventive-cost-share": "covered_by_insurance",
    "surprise-billing": "covered_by_insurance",
    "payment-not-credited": "already_paid",
    "wrong-person": "not_mine",
    "unknown-visit": "not_mine",
}
"""The mark that a dispute sets on the lines of a finding; "Too high" for any other check."""

Decision = Literal["not_a_problem", "asked", "disputed"]


def _known(work: Work, finding: Finding) -> list[FindingDecision]:
    return work.find(FindingDecision, bill_id=finding.bill_id, check=finding.check, fingerprint=finding.fingerprint)


def _decide(work: Work, finding: Finding, decision: Decision, day: Day, reason: str | None) -> FindingDecision:
    known = _known(work, finding)
    wanted = FindingDecision(
        id=known[-1].id if known else 0,
        bill_id=finding.bill_id,
        check=finding.check,
        fingerprint=finding.fingerprint,
        decision=decision,
        reason=reason,
        decided_at=day.isoformat(),
    )
    return work.put(wanted) if known else work.add(wanted)


@dataclass(frozen=True, slots=True)
class AskAboutFinding:
    """Put the question of a finding on the list for the next call."""

    finding: Finding
    day: Day

    @property
    def label(self) -> str:
        return "Ask about finding"

    def run(self, work: Work) -> FindingDecision:
        return _decide(work, self.finding, "asked", self.day, None)


@dataclass(frozen=True, slots=True)
class AskFindingInLetter:
    """Put the question of a finding into the open letter with questions about its bill, or begin one. Gives the letter.

    The finding counts as asked, unless it is disputed already.
    """

    finding: Finding
    day: Day

    @property
    def label(self) -> str:
        return "Ask about finding in a letter"

    def run(self, work: Work) -> Letter:
        finding = self.finding
        if not any(one.decision == "disputed" for one in _known(work, finding)[-1:]):
            _decide(work, finding, "asked", self.day, None)
        point = LetterPoint(finding.ask, finding.line_ids, finding.statement_ids, finding.amount)
        return AskInLetter(finding.bill_id, point).run(work)


@dataclass(frozen=True, slots=True)
class DismissFinding:
    """Say that a finding is not a problem, so that it stays away until its figures change. Refuses an empty reason."""

    finding: Finding
    day: Day
    reason: str

    @property
    def label(self) -> str:
        return "Set finding aside"

    def run(self, work: Work) -> FindingDecision:
        if not self.reason.strip():
            raise UserError("The reason is missing.", "Type why this is not a problem, so that you know it later.")
        return _decide(work, self.finding, "not_a_problem", self.day, self.reason.strip())


@dataclass(frozen=True, slots=True)
class ReopenFinding:
    """Forget what was decided about a finding. Marks that a dispute set on lines stay: they are the user's own."""

    finding: Finding

    @property
    def label(self) -> str:
        return "Bring finding back"

    def run(self, work: Work) -> None:
        for known in _known(work, self.finding):
            work.remove(FindingDecision, known.id)


@dataclass(frozen=True, slots=True)
class DisputeFinding:
    """Dispute what a finding is about: its lines get a mark, the reason, and the amount at stake as disputed.

    The amount is laid on the lines from the last one backwards (of two equal lines the repeat comes last), never more
    than a line's charge; a larger amount that the user disputes already stays. Where the finding has no amount, none is
    set: the user types it. A finding that speaks of no line is only noted as disputed.
    """

    finding: Finding
    day: Day
    reason: str | None = None

    @property
    def label(self) -> str:
        return "Dispute finding"

    def run(self, work: Work) -> FindingDecision:
        finding = self.finding
        mark = MARK_OF_CHECK.get(finding.check, "overpriced")
        reason = (self.reason or "").strip() or finding.title
        left: int | None = finding.amount
        for line_id in reversed(finding.line_ids):
            line = work.get(Line, line_id)
            share = _share(line, left)
            if left is not None:
                if not share:
                    continue
                left -= share
            disputed = line.disputed if share is None else Cents(max(line.disputed or 0, share))
            work.put(dataclasses.replace(line, mark=mark, reason=reason, disputed=disputed, accepted=None))
        return _decide(work, finding, "disputed", self.day, reason)


def _share(line: Line, left: int | None) -> int | None:
    """Cents of the amount at stake that one line can carry; `None` where no amount is known."""
    if left is None:
        return None
    return min(max(line.charge or 0, 0), left)
