"""The page of keys against the tables from which the window makes its actions: all of them, and nothing else."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QKeySequence

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "keyboard.md").read_text("utf-8")


@pytest.fixture(scope="module")
def writer() -> ModuleType:
    """The script that writes the page."""
    spec = importlib.util.spec_from_file_location("keyboard_page", ROOT / "packaging" / "keyboard_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_holds_every_action_of_the_program_and_no_other(writer: ModuleType) -> None:
    assert writer.written_anew(PAGE).splitlines() == PAGE.splitlines(), "run  python packaging/keyboard_page.py"


def test_a_key_that_is_missing_or_invented_is_seen(writer: ModuleType) -> None:
    row = "| Ctrl+L | Log a call |\n"
    assert row in PAGE
    for other in (PAGE.replace(row, ""), PAGE.replace(row, row + "| Ctrl+J | Jump |\n")):
        assert writer.written_anew(other) == writer.written_anew(PAGE)
        assert writer.written_anew(other) != other


def test_every_key_on_the_page_is_one_that_a_keyboard_has(writer: ModuleType) -> None:
    for rows in writer.tables().values():
        for keys, _ in rows:
            for one in keys.split(" or "):
                sequence = QKeySequence(one)
                assert sequence.count() == 1, one
                assert sequence.toString(), one


def test_no_key_has_two_meanings_in_one_place(writer: ModuleType) -> None:
    for heading in ("Anywhere", "In the lines of a bill", "In a paper"):
        used = [one for keys, _ in writer.tables()[heading] for one in keys.split(" or ")]
        assert len(used) == len(set(used)), heading
