"""What every test of the window shares."""

from __future__ import annotations

from tests.support.windows import (
    _fonts,
    library,
    nothing_left_behind,
    open_window,
    sample,
    sample_source,
    sample_window,
    session,
    usual_look,
    window,
)

__all__ = [
    "_fonts",
    "library",
    "nothing_left_behind",
    "open_window",
    "sample",
    "sample_source",
    "sample_window",
    "session",
    "usual_look",
    "window",
]
