"""`docs/following-up.md` says of the program what the program does: its numbers, its names, its words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from medbills_desktop.commands.after_calls import DAYS_WITHOUT_PROMISE
from medbills_desktop.domain.call_scripts import call_scripts
from medbills_desktop.domain.letter_templates import letter_kinds
from medbills_desktop.domain.rules.card_words import SURENESS
from medbills_desktop.domain.step_facts import ASK_AGAIN, SOON

ROOT = Path(__file__).parents[2]
PAGE = " ".join((ROOT / "docs" / "following-up.md").read_text("utf-8").split())


def test_the_numbers_are_those_of_the_program() -> None:
    assert f"within {SOON} days" in PAGE
    assert f"for {ASK_AGAIN} days" in PAGE
    assert DAYS_WITHOUT_PROMISE == 14
    assert "else two weeks later" in PAGE
    assert f"{len(letter_kinds())} letters in English, {len(letter_kinds('es'))} of them in Spanish too" in PAGE


def test_every_purpose_of_a_call_and_every_sureness_of_a_card_is_named_as_on_screen() -> None:
    for script in call_scripts().values():
        assert f"*{script.name}*" in PAGE
    for words in SURENESS.values():
        assert f"| {words} |" in PAGE


@pytest.mark.parametrize("name", ["Offers", "Assistance", "Appeals", "Collections"])
def test_the_tabs_are_called_as_in_the_window(name: str) -> None:
    source = (ROOT / "medbills_desktop" / "qt" / "bill" / "bill_panel.py").read_text("utf-8")
    assert f'self.tr("{name}")' in source
    assert f"*{name}*" in PAGE


def test_the_page_promises_nothing() -> None:
    assert not re.search(r"\bsav(?:e|es|ing|ings)\b (?:you|money)|you will win|guarantee|\bmust\b|!", PAGE)
