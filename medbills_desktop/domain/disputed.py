"""When a line is held against the biller: one rule for packets, points and letters."""

from __future__ import annotations

from medbills_desktop.domain.records import Line

NOT_DISPUTING = (None, "unreviewed", "ok", "removed_by_biller")


def is_disputed(line: Line) -> bool:
    """Whether a line is held against the biller: an amount is disputed, or its mark questions it."""
    if line.mark == "removed_by_biller":
        return False
    return bool(line.disputed) or line.mark not in NOT_DISPUTING
