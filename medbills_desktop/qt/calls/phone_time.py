"""How long one has been on the phone: the line below lists of calls."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from medbills_desktop.qt.widgets import counted
from medbills_desktop.store.queries.calls import CallRow

PHONE = ("phone", None)
"""Entries that count as calls; one whose way is not noted is taken for a call."""


def phone_time(asker: QObject, rows: Sequence[CallRow]) -> str:
    """`3 calls, 1 h 25 min; 2 without a time`, and how many entries are of another kind; empty without any."""
    calls = [row for row in rows if row.channel in PHONE]
    timed = [row.minutes for row in calls if row.minutes is not None]
    untimed, others = len(calls) - len(timed), len(rows) - len(calls)
    parts = []
    if calls:
        text = counted(len(calls), asker.tr("1 call"), asker.tr("{n} calls"))
        if timed:
            text += ", " + _hours(asker, int(sum(timed)))
        parts.append(text)
    if untimed:
        parts.append(counted(untimed, asker.tr("1 without a time"), asker.tr("{n} without a time")))
    if others:
        parts.append(counted(others, asker.tr("1 by another way"), asker.tr("{n} by other ways")))
    return "; ".join(parts)


def _hours(asker: QObject, minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return asker.tr("{minutes} min").format(minutes=rest)
    return asker.tr("{hours} h {minutes} min").format(hours=f"{hours:,}", minutes=rest)
