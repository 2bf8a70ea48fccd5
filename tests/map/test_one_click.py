"""The click of `docs/map.md`, made in a real window and watched: it goes where the map says, in that order."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter, go_to_cell, lines_of
from tests.support.keys import press, type_text
from tests.support.windows import settle

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "medbills_desktop"
NO_CALLS = {"EditLines", "Herald.changed"}
"""Named on the map, but a class that is made and a signal that is sent; Python shows no frame of ours for either."""

Stop = tuple[str, str]
"""A file below the package, and a function or method in it."""


def stops() -> list[list[Stop]]:
    """For each step of the map, the functions that it names, as far as a call of them can be seen."""
    text = (ROOT / "docs" / "map.md").read_text("utf-8")
    steps = re.findall(r"^\| \d+ \|.*\| ([^|]+) \|$", text, re.MULTILINE)
    found: list[list[Stop]] = []
    home: dict[str, str] = {}
    for step in steps:
        found.append([])
        for file, name in re.findall(r"(?:`([\w/]+\.py)` )?`(\w+(?:\.\w+)?)`(?!\.)", step):
            owner = name.partition(".")[0]
            home.setdefault(owner, file)
            if name not in NO_CALLS:
                found[-1].append((file or home[owner], name))
    return found


@contextmanager
def watched() -> Iterator[list[Stop]]:
    """Every function of ours that is called on this thread, at its first call."""
    called: dict[Stop, None] = {}

    def note(frame: FrameType, event: str, _value: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(PACKAGE)):
            called.setdefault((code.co_filename[len(str(PACKAGE)) + 1 :].replace("\\", "/"), code.co_qualname))

    order: list[Stop] = []
    sys.setprofile(note)
    try:
        yield order
    finally:
        sys.setprofile(None)
        order.extend(called)


def test_the_click_goes_through_the_rooms_as_the_map_says(window: MainWindow) -> None:
    enter(window, count=2)
    go_to_cell(window, 0, "charge")
    type_text("450")
    with watched() as called:
        press("Tab")
        settle(window)
    assert lines_of(window)[0].charge == 45_000
    steps = stops()
    assert len(steps) == 10
    missed = [stop for step in steps for stop in step if stop not in called]
    assert missed == []
    begun = [min(called.index(stop) for stop in step) for step in steps if step]
    assert begun == sorted(begun), [called[place] for place in begun]
