"""What does not add up: one function for each check, pure, over a `Case`."""

from __future__ import annotations

from medbills_desktop.checks import (
    arithmetic,
    assistance,
    balance,
    balance_moves,
    collectors,
    cost_shares,
    counterparts,
    coverage,
    denials,
    duplicates,
    eob,
    estimates,
    fees,
    identity,
    itemized_first,
    limits,
    mismatches,
    payments,
    plans,
    preventive,
    promises,
    summary,
    surprise_bills,
    totals,
)
from medbills_desktop.checks.findings import LEVELS, Finding, Level
from medbills_desktop.checks.registry import registered, run_checks

FAMILIES = (
    arithmetic,
    totals,
    eob,
    balance,
    duplicates,
    summary,
    payments,
    denials,
    promises,
    plans,
    limits,
    fees,
    estimates,
    assistance,
    balance_moves,
    collectors,
    cost_shares,
    counterparts,
    coverage,
    identity,
    itemized_first,
    mismatches,
    preventive,
    surprise_bills,
)
"""The files of checks, in the order in which they register: importing them is what makes their checks known."""

__all__ = ["FAMILIES", "LEVELS", "Finding", "Level", "registered", "run_checks"]
