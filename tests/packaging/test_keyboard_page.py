"""The page of keys against the tables from which the window makes its actions: all of them, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtGui import QKeySequence

from medbills_desktop.domain import words
from medbills_desktop.qt import actions
from medbills_desktop.qt.bill import line_acts
from medbills_desktop.qt.bill.line_cells import MARK_KEYS
from medbills_desktop.qt.viewer import view_actions

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "keyboard.md").read_text("utf-8")

Rows = list[tuple[str, str]]


def plain(text: str) -> str:
    """An action's words as they are read: without the mark of its mnemonic and the dots of a dialog."""
    return text.replace("&", "").removesuffix("…")


def tables() -> dict[str, Rows]:
    """The tables that the page has to hold, by their headings, in the order of the program's own tables."""
    viewer = [(" or ".join(act.keys), plain(act.text)) for act in view_actions.ACTIONS if act.keys]
    return {
        "Anywhere": [(spec.keys, plain(spec.text)) for spec in actions.ACTIONS if spec.keys],
        "In the lines of a bill": [(act.keys, plain(act.text)) for act in line_acts.ACTS],
        "Marks, on the chosen lines": [(f"Alt+{key}", words.MARK[mark]) for key, mark in MARK_KEYS.items()],
        "In a paper": viewer,
    }


def on_the_page(heading: str) -> Rows:
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", part, re.MULTILINE)[2:]


def test_the_page_holds_every_key_of_the_program_and_no_other() -> None:
    for heading, rows in tables().items():
        wanted = [f"| {keys} | {text} |" for keys, text in rows]
        have = [f"| {keys} | {text} |" for keys, text in on_the_page(heading)]
        assert have == wanted, f"docs/keyboard.md, “{heading}”"


def test_the_page_names_every_action_that_has_no_key() -> None:
    named = {
        plain(text)
        for text in re.findall(r"\*([^*]+)\*", PAGE.partition("\n## Without a key\n")[2].partition("\n## ")[0])
    }
    assert named == {plain(spec.text) for spec in actions.ACTIONS if not spec.keys}


def test_every_key_on_the_page_is_one_that_a_keyboard_has() -> None:
    for rows in tables().values():
        for keys, _ in rows:
            for one in keys.split(" or "):
                sequence = QKeySequence(one)
                assert sequence.count() == 1, one
                assert sequence.toString(), one


def test_no_key_has_two_meanings_in_one_place() -> None:
    for heading in ("Anywhere", "In the lines of a bill", "In a paper"):
        used = [one for keys, _ in tables()[heading] for one in keys.split(" or ")]
        assert len(used) == len(set(used)), heading
