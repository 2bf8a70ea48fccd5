"""A rule that was not verified says so wherever its name stands by itself."""

from __future__ import annotations

from datetime import date

from medbills_desktop.domain.rules.card_words import plain_name
from medbills_desktop.domain.rules.deadlines import Deadline
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.domain.rules.running import Clock
from medbills_desktop.domain.steps_of_dates import words_of_clock

CARDS = {card.id: card for card in shipped_cards()}


def test_the_name_of_an_unverified_card_says_so() -> None:
    assert plain_name(CARDS["fdcpa.sue"]) == "A suit against a collector (not verified)"
    assert plain_name(CARDS["r.apply"]) == CARDS["r.apply"].name


def test_a_step_that_follows_from_it_says_so_too() -> None:
    card = CARDS["fdcpa.sue"]
    clock = Clock(card=card, bill_id=1, about=("bill", 1), deadline=Deadline(card=card, due=date(2026, 3, 2)))
    assert "(not verified)" in words_of_clock(clock)[1]
