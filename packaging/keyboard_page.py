"""Writes the tables of `docs/keyboard.md` anew from the tables from which the window makes its actions.

    .venv/bin/python packaging/keyboard_page.py

The text around the tables stays as it is. A test fails while the page and the program differ.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from medbills_desktop.domain import words
from medbills_desktop.qt import actions
from medbills_desktop.qt.bill import line_acts
from medbills_desktop.qt.bill.line_cells import MARK_KEYS
from medbills_desktop.qt.viewer import view_actions

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "keyboard.md"
Rows = list[tuple[str, str]]


def plain(text: str) -> str:
    """An action's words as they are read: without the mark of its mnemonic and the dots of a dialog."""
    return text.replace("&", "").removesuffix("…")


def tables() -> dict[str, Rows]:
    """Keys and what they do, by the heading on the page, in the order of the program's own tables."""
    viewer = [(" or ".join(act.keys), plain(act.text)) for act in view_actions.ACTIONS if act.keys]
    return {
        "Anywhere": [(spec.keys, plain(spec.text)) for spec in actions.ACTIONS if spec.keys],
        "In the lines of a bill": [(act.keys, plain(act.text)) for act in line_acts.ACTS],
        "Marks, on the chosen lines": [(f"Alt+{key}", words.MARK[mark]) for key, mark in MARK_KEYS.items()],
        "In a paper": viewer,
    }


def _in_place(page: str, heading: str, body: str) -> str:
    """The page with what stands under a heading replaced. Raises ValueError for a heading that it lacks."""
    found = re.search(rf"(?<=\n## {re.escape(heading)}\n\n).*?(?=\n## |\Z)", page, re.DOTALL)
    if found is None:
        raise ValueError(f"the page has no heading {heading!r}")
    return page[: found.start()] + body + page[found.end() :]


def written_anew(page: str) -> str:
    """The page as it has to be."""
    for heading, rows in tables().items():
        lines = ["| keys | what they do |", "| --- | --- |", *(f"| {keys} | {text} |" for keys, text in rows)]
        page = _in_place(page, heading, "\n".join(lines) + "\n")
    keyless = " · ".join(f"*{plain(spec.text)}*" for spec in actions.ACTIONS if not spec.keys)
    return _in_place(page, "Without a key", f"{keyless} stand in the menus.\n")


def main() -> int:
    """Write the page."""
    PAGE.write_text(written_anew(PAGE.read_text("utf-8")), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
