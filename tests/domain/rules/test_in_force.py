"""The cards in force: corrections beside what is shipped, own cards, switches, and texts that can't be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.records import OwnCard, RuleChoice
from medbills_desktop.domain.rules.in_force import CardInForce, cards_in_force, cards_on, shipped_on
from medbills_desktop.domain.rules.rule_cards import shipped_cards

TEXT = """[[card]]
id = "%s"
name = "Mine"
jurisdiction = "US"
binds = "Hospitals"
protects = "Me"
text = "Something is due."
anchor = "first_bill"
length = %s
citation = "Letter of the hospital"
where = "My desk"
checked = 2026-11-26
confidence = "C"
"""


def own(card_id: str, length: object = 100, id: int = 1, text: str | None = None) -> OwnCard:  # noqa: A002
    return OwnCard(id=id, card_id=card_id, text=text or TEXT % (card_id, length), written_at="2026-11-26T10:00:00Z")


def choice(card_id: str, on: bool, id: int = 1) -> RuleChoice:  # noqa: A002
    return RuleChoice(id=id, card_id=card_id, on=on)


def one(card_id: str, own_cards: tuple[OwnCard, ...] = (), choices: tuple[RuleChoice, ...] = ()) -> CardInForce:
    return {found.id: found for found in cards_in_force(own_cards, choices)}[card_id]


def test_without_records_the_shipped_cards_are_in_force_and_only_the_verified_are_on() -> None:
    found = cards_in_force()
    assert [each.card for each in found] == list(shipped_cards())
    assert {each.origin for each in found} == {"shipped"}
    assert shipped_on() == {card.id: card for card in shipped_cards() if card.verified}


def test_a_correction_stands_in_place_of_the_shipped_card_which_is_kept_beside_it() -> None:
    found = one("r.apply", (own("r.apply"),))
    assert found.card is not None
    assert found.shipped is not None
    assert (found.origin, found.card.length, found.card.own) == ("corrected", 100, True)
    assert (found.shipped.length, found.shipped.own) == (240, False)
    assert cards_on(cards_in_force((own("r.apply"),)))["r.apply"].length == 100


def test_an_own_card_comes_after_the_shipped_ones() -> None:
    found = cards_in_force((own("own.1"),))
    assert (found[-1].id, found[-1].origin, found[-1].on, found[-1].shipped) == ("own.1", "own", True, None)


def test_the_latest_record_about_a_card_counts() -> None:
    found = one("own.1", (own("own.1", 20, 2), own("own.1", 10, 1)), (choice("own.1", True, 2), choice("own.1", False)))
    assert found.card is not None
    assert (found.card.length, found.on, found.own_id, found.choice_id) == (20, True, 2, 2)


def test_an_unverified_card_is_off_until_it_is_switched_on() -> None:
    assert not one("fdcpa.sue").on
    found = one("fdcpa.sue", choices=(choice("fdcpa.sue", True),))
    assert (found.on, found.switched, found.verified) == (True, True, False)


def test_a_card_that_is_switched_off_starts_nothing() -> None:
    assert "r.apply" not in cards_on(cards_in_force(choices=(choice("r.apply", False),)))
    assert not one("r.apply", choices=(choice("r.apply", True),)).switched


UNREADABLE = ("", "no toml [", TEXT % ("x", '"ten"'), TEXT % ("x", 5) + 'colour = "red"\n', "card = 5", "[" * 5000)


@pytest.mark.parametrize("text", UNREADABLE)
def test_a_text_that_cant_be_read_leaves_the_shipped_card_in_force_and_says_why(text: str) -> None:
    bad = OwnCard(id=1, card_id="r.apply", text=text, written_at="?")
    found = one("r.apply", (bad,))
    assert found.unreadable
    assert (found.card, found.on) == (found.shipped, True)


def test_an_own_card_that_cant_be_read_is_named_and_never_on() -> None:
    found = one("own.9", (own("own.9", text="?"),), (choice("own.9", True),))
    assert (found.card, found.on, found.name) == (None, False, "own.9")


@given(st.text())
def test_no_text_breaks_the_list(text: str) -> None:
    bad = OwnCard(id=1, card_id="own.x", text=text, written_at="")
    assert len(cards_in_force((bad,))) == len(shipped_cards()) + 1
