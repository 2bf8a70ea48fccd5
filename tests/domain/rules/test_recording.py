"""Between two places the stricter rule counts, and a place that is not known is not taken for a lax one."""

from __future__ import annotations

import pytest

from medbills_desktop.domain.rules.recording import recording_rule
from medbills_desktop.domain.rules.rule_cards import shipped_cards

CARDS = {card.id: card for card in shipped_cards()}


@pytest.mark.parametrize(
    ("mine", "theirs", "consent"),
    [
        ("TX", "CA", "all"),
        ("ca", "tx", "all"),
        ("TX", "NY", "one"),
        ("TX", "TX", "one"),
        ("TX", None, "not_known"),
        ("CA", None, "all"),
        ("TX", "VT", "not_known"),
        ("TX", "GA", "not_known"),
        ("TX", "PR", "not_known"),
        (None, None, "not_known"),
    ],
)
def test_the_stricter_place_counts(mine: str | None, theirs: str | None, consent: str) -> None:
    assert recording_rule(mine, theirs, CARDS).consent == consent


def test_the_cards_of_both_places_are_shown() -> None:
    found = recording_rule("TX", "CA", CARDS)
    assert [card.id for card in found.cards] == ["recording.us", "state.recording.tx", "state.recording.ca"]


def test_every_state_has_a_card() -> None:
    states = {card.jurisdiction for card in CARDS.values() if card.id.startswith("state.recording.")}
    assert len(states) == 51
