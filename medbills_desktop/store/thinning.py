"""Which backups may go: everything of two days stays, then one a day, a week, a month."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

ALL_FOR = timedelta(days=2)
DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many daily, weekly and monthly backups stay after the first two days (the newest of each period)."""


def superfluous(backups: Mapping[Path, datetime], now: datetime) -> list[Path]:
    """The backups that the rule lets go; the newest is never among them."""
    ordered = sorted(backups, key=lambda path: backups[path], reverse=True)
    kept = {path for path in ordered if now - backups[path] <= ALL_FOR}
    for count, period in ((DAILY, "%Y-%m-%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y-%m")):
        seen: set[str] = set()
        for path in ordered:
            name = backups[path].strftime(period)
            if path not in kept and name not in seen and len(seen) < count:
                kept.add(path)
                seen.add(name)
    return [path for path in ordered[1:] if path not in kept]
