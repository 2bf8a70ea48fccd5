"""Every card gives the same days wherever the computer is, over leap days and turns of the year."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = """
from datetime import date, datetime, time, timedelta
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.rules.deadlines import Event, deadline
from medbills_desktop.domain.rules.rule_cards import shipped_cards

DAYS = [date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 3, 8), date(2026, 11, 1)]
for card in sorted(shipped_cards(), key=lambda one: one.id):
    for day in DAYS:
        for at in (None, time(0, 5), time(23, 55)):
            found = deadline(card, Event(received=Moment(day, at), dated=day - timedelta(days=3)))
            print(card.id, day, at, found and (found.due, found.at, found.steps))
"""


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process is set by a variable on POSIX only")
def test_no_day_depends_on_the_time_zone() -> None:
    told = set()
    for zone in ("UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Asia/Kathmandu"):
        environ = {**os.environ, "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
        )
        told.add(done.stdout)
    assert len(told) == 1
    assert told.pop().count("datetime.date(") > 500
