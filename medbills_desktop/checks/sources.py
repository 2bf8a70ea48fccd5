"""Where the rule behind a finding is written, and when that was last looked at."""

from __future__ import annotations

from datetime import date

from medbills_desktop.domain.dates import plain_day

CHECKED = date(2026, 11, 25)
"""The day on which the federal rules that the checks name were last read."""


def source(citation: str, checked: date = CHECKED) -> str:
    """The last line of an explanation that rests on a rule: `Source: 45 CFR 149.620, checked on Nov 25, 2026.`"""
    return f"Source: {citation}, checked on {plain_day(checked)}."
