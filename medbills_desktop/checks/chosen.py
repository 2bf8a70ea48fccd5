"""The findings that became points: those that the user asked about or disputes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from medbills_desktop.checks.decided import DecidedFinding
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.points import ChosenFinding


def chosen_findings(found: Iterable[DecidedFinding]) -> tuple[ChosenFinding, ...]:
    """The findings with the decision to ask or to dispute, in their order."""
    return tuple(
        ChosenFinding(
            check=one.finding.check,
            fingerprint=one.finding.fingerprint,
            title=one.finding.title,
            ask=one.finding.ask,
            amount=one.finding.amount,
            line_ids=one.finding.line_ids,
            statement_ids=one.finding.statement_ids,
            listed=_day(one.decision.decided_at),
        )
        for one in found
        if one.decision is not None and one.decision.decision in ("asked", "disputed")
    )


def _day(text: str | None) -> Day | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
