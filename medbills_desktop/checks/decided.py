"""Findings together with what the user decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from medbills_desktop.checks.findings import Finding
from medbills_desktop.domain.records import FindingDecision


@dataclass(frozen=True, slots=True)
class DecidedFinding:
    """A finding and the decision that holds for it, if any: it holds while the finding's figures stay the same."""

    finding: Finding
    decision: FindingDecision | None = None

    @property
    def set_aside(self) -> bool:
        """Whether the user said that it is not a problem."""
        return self.decision is not None and self.decision.decision == "not_a_problem"

    @property
    def open(self) -> bool:
        """Whether nothing was decided yet."""
        return self.decision is None


def open_count(found: Iterable[DecidedFinding]) -> int:
    """How many findings wait for a decision; notes are not counted. The number that stands everywhere."""
    return sum(one.open and one.finding.level != "info" for one in found)


def decided(findings: Iterable[Finding], decisions: Iterable[FindingDecision]) -> tuple[DecidedFinding, ...]:
    """Join findings with decisions by bill, check and fingerprint, in the order of the findings.

    A decision whose finding is gone or has other figures now is passed over; the newest decision wins.
    """
    known = {(one.bill_id, one.check, one.fingerprint): one for one in sorted(decisions, key=lambda one: one.id)}
    return tuple(DecidedFinding(one, known.get((one.bill_id, one.check, one.fingerprint))) for one in findings)
