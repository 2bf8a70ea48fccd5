from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from medbills_desktop.store.backup_clock import EVERY, backup_due

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "changed", "due"),
    [
        (EVERY, True, True),
        (EVERY - timedelta(seconds=1), True, False),
        (timedelta(0), True, False),
        (timedelta(days=300), False, False),
        (-timedelta(hours=1), True, True),
        (None, True, True),
        (None, False, False),
    ],
)
def test_a_backup_is_due_after_half_an_hour_of_change(ago: timedelta | None, changed: bool, due: bool) -> None:
    assert backup_due(None if ago is None else NOW - ago, changed, NOW) is due
