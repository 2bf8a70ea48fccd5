"""The tables of states: every state that was looked at has its card, with the figures of the table."""

from __future__ import annotations

import pytest

from medbills_desktop.domain.rules.card_filter import whom
from medbills_desktop.domain.rules.rule_cards import RuleCard, shipped_cards

CARDS = {card.id: card for card in shipped_cards()}
EVERY = (
    "al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or "
    "pa ri sc sd tn tx ut vt va wa wv wi wy"
)
SMALL_CLAIMS = "al ar az co ct fl ga ia il in ky ma md mi mn mo ms nc ne nj nm nv oh ok or pa sc tn tx ut va wa wi"
TABLES = {
    "itemized": "al ar az ca co ct fl ga il ky ma md mi mn mo ms nc ne nj nm nv ny oh ok or pa tn tx ut va",
    "interest": "az ca co ct de il md mn nc nj ny or ri va wa",
    "credit": "ca co ct de fl il md me mn nc nj nm nv ny or ri va vt wa",
    "assistance": "ca il nj ny or wa",
    "mandate": "ca co ct il ma md me mn nc nj nm ny oh or ri va vt wa",
    "small_claims": SMALL_CLAIMS,
    "limitation": EVERY,
    "recording": EVERY,
}
STATES = EVERY.split()


@pytest.mark.parametrize("table", TABLES)
def test_every_state_of_a_table_has_its_card(table: str) -> None:
    missing = [state for state in TABLES[table].split() if f"state.{table}.{state}" not in CARDS]
    assert missing == []
    for state in TABLES[table].split():
        assert CARDS[f"state.{table}.{state}"].jurisdiction == state.upper()


@pytest.mark.parametrize(
    ("card_id", "name", "value"),
    [
        ("state.limitation.ar", "medical_years", 2),
        ("state.limitation.fl", "medical_years", 3),
        ("state.limitation.ny", "medical_years", 3),
        ("state.limitation.va", "written_years", 5),
        ("state.limitation.wy", "open_years", 8),
        ("state.recording.ca", "consent", "all"),
        ("state.recording.tx", "consent", "one"),
        ("state.small_claims.tn", "limit_dollars", 25_000),
        ("state.small_claims.ky", "limit_dollars", 2_500),
        ("state.mandate.me", "free_percent", 200),
    ],
)
def test_figures_are_those_of_the_table(card_id: str, name: str, value: str | int) -> None:
    assert CARDS[card_id].fact(name) == value


def test_what_the_sources_could_not_confirm_is_off() -> None:
    unsure = ("state.interest.wa", "state.interest.md", "state.interest.nc", "state.interest.il", "state.recording.nj")
    assert not any(CARDS[card_id].verified for card_id in unsure)


@pytest.mark.parametrize("card", shipped_cards(), ids=lambda card: card.id)
def test_every_card_belongs_to_a_place_and_says_whom_it_binds(card: RuleCard) -> None:
    assert card.jurisdiction in {"US", "bureaus", *(state.upper() for state in STATES)}
    assert whom(card.binds)
