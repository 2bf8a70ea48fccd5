"""Fixtures that every room's tests share: real folders, the shared scenarios, and nothing left behind."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run, so that a change is judged by what it changed; `MEDBILLS_EXAMPLES=1000` draws as many
# new ones for each property that sets no number of its own, and is how one hunts.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("hunting", max_examples=int(os.environ.get("MEDBILLS_EXAMPLES", "100")), deadline=None)
settings.load_profile("hunting" if "MEDBILLS_EXAMPLES" in os.environ else "repeatable")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of scenarios and sample files; tests that need it skip where it is missing."""
    folder = Path(os.environ.get("MEDBILLS_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"the shared scenarios and samples are not at {folder}; set MEDBILLS_SHARED to their folder")
    return folder


class _Recording(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append(record)


@pytest.fixture(autouse=True)
def no_unexpected_log_line(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, unless it is marked to expect one."""
    handler = _Recording()
    logger = logging.getLogger("medbills")
    logger.addHandler(handler)
    yield
    logger.removeHandler(handler)
    if handler.seen and not request.node.get_closest_marker("expects_log"):
        lines = "; ".join(record.getMessage() for record in handler.seen)
        pytest.fail(f"unexpected log line: {lines}")
