"""The list of checks, and the running of them over a case."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from medbills_desktop.checks.facts import BillFacts
from medbills_desktop.checks.findings import LEVELS, Finding, Level
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Bill

Rule = Callable[[BillFacts], Iterable[Finding]]
OnFault = Callable[[str, Exception], None]

_LOG = logging.getLogger("medbills.checks")
_CHECKS: dict[str, Check] = {}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its id (which never changes once released), the levels it may give, and its rule."""

    id: str
    levels: tuple[Level, ...]
    rule: Rule


def check(id: str, *levels: Level) -> Callable[[Rule], Rule]:  # noqa: A002
    """Register the function below it as the check `id`. Raises `ValueError` for an id that is taken."""

    def register(rule: Rule) -> Rule:
        if id in _CHECKS or not levels:
            raise ValueError(f"check {id!r} is registered twice or has no level")
        _CHECKS[id] = Check(id, levels, rule)
        return rule

    return register


def registered() -> tuple[Check, ...]:
    """Every check, in the order in which they were registered."""
    return tuple(_CHECKS.values())


def log_fault(check_id: str, fault: Exception) -> None:
    """Note that a check failed, without its words: they may hold what is private."""
    _LOG.error("check %s failed with %s", check_id, type(fault).__name__)


def run_checks(
    case: Case,
    today: Day,
    bill_ids: Collection[int] | None = None,
    on_fault: OnFault = log_fault,
) -> tuple[Finding, ...]:
    """Run every check over the bills asked for, or over all of them; ids that name no bill of the case are passed over.

    Findings come by bill in the order of the case, the strongest level first, then the largest amount, then by the
    check's id. A check that fails is handed to `on_fault` and never hides what the others find. The cost is that of the
    lines of the bills asked for, once the case has built its indexes.
    """
    wanted = None if bill_ids is None else frozenset(bill_ids)
    found: list[Finding] = []
    for bill in case.all(Bill):
        if wanted is None or bill.id in wanted:
            found.extend(sorted(_findings_of(BillFacts(case, bill, today), on_fault), key=_strongest_first))
    return tuple(found)


def _findings_of(facts: BillFacts, on_fault: OnFault) -> list[Finding]:
    found: list[Finding] = []
    for entry in _CHECKS.values():
        try:
            found.extend(entry.rule(facts))
        except Exception as fault:  # noqa: BLE001 - whatever one check trips over, the others still speak
            on_fault(entry.id, fault)
    return found


def _strongest_first(finding: Finding) -> tuple[int, bool, int, str, str, tuple[int, ...]]:
    amount = finding.amount
    of = (*finding.line_ids, *finding.claim_ids, *finding.statement_ids)
    return LEVELS.index(finding.level), amount is None, -(amount or 0), finding.check, finding.fingerprint, of
