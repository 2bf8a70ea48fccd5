"""Rule cards of the user: switched, corrected, added, taken back; refused in words where they are no cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.commands.rule_cards import KeepOwnCard, SwitchRule, TakeBackCard
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import OwnCard, RuleChoice
from medbills_desktop.domain.rules.in_force import CardInForce
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.rule_cards import CardsOn, ListCards, ReadableCards

NOW = "2026-11-26T10:00:00+00:00"
CARD = next(card for card in shipped_cards() if card.id == "r.apply")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Library.create(tmp_path / "library") as library:
        yield Desk(library)


def found(desk: Desk, card_id: str) -> CardInForce | None:
    return next((card for card in desk._library.read(ListCards()) if card.id == card_id), None)


def test_a_switch_back_to_what_the_card_is_by_itself_leaves_no_choice(desk: Desk) -> None:
    desk.perform(SwitchRule("fdcpa.sue", True))
    assert "fdcpa.sue" in desk._library.read(CardsOn())
    desk.perform(SwitchRule("fdcpa.sue", False))
    assert not desk._library.read(lambda reader: reader.find(RuleChoice))
    assert "fdcpa.sue" not in desk._library.read(CardsOn())
    assert "fdcpa.sue" in desk._library.read(ReadableCards())


def test_a_correction_is_kept_changed_and_taken_back(desk: Desk) -> None:
    desk.perform(KeepOwnCard(replace(CARD, length=200), NOW))
    desk.perform(KeepOwnCard(replace(CARD, length=250), NOW))
    assert desk._library.read(CardsOn())["r.apply"].length == 250
    assert len(desk._library.read(lambda reader: reader.find(OwnCard))) == 1
    desk.perform(TakeBackCard("r.apply"))
    assert desk._library.read(CardsOn())["r.apply"] == CARD


def test_a_choice_against_the_shipped_card_outlives_a_correction(desk: Desk) -> None:
    desk.perform(SwitchRule("r.apply", False))
    desk.perform(KeepOwnCard(replace(CARD, length=200), NOW))
    desk.perform(TakeBackCard("r.apply"))
    card = found(desk, "r.apply")
    assert card is not None
    assert not card.on


def test_new_cards_get_ids_of_their_own(desk: Desk) -> None:
    first, second = (desk.perform(KeepOwnCard(replace(CARD, id="", name=name), NOW)) for name in ("A", "B"))
    assert (first.card_id, second.card_id) == ("own.1", "own.2")
    desk.perform(SwitchRule("own.1", False))
    desk.perform(TakeBackCard("own.1"))
    assert found(desk, "own.1") is None
    assert not desk._library.read(lambda reader: reader.find(RuleChoice))


def test_what_is_no_card_is_refused_and_says_which_field(desk: Desk) -> None:
    with pytest.raises(UserError, match="length is not between"):
        desk.perform(KeepOwnCard(replace(CARD, length=10**6), NOW))
    with pytest.raises(UserError, match="Nothing differs"):
        desk.perform(KeepOwnCard(CARD, NOW))
    with pytest.raises(UserError, match="as it was shipped"):
        desk.perform(TakeBackCard("r.apply"))
    with pytest.raises(UserError, match="no longer there"):
        desk.perform(SwitchRule("own.7", True))


def test_a_card_that_cant_be_read_can_be_removed_but_not_switched_on(desk: Desk) -> None:
    desk.perform(AddRecord(OwnCard(card_id="own.1", text="from = tomorrow", written_at=NOW)))
    card = found(desk, "own.1")
    assert card is not None
    assert card.unreadable
    with pytest.raises(UserError, match="can't be read"):
        desk.perform(SwitchRule("own.1", True))
    desk.perform(TakeBackCard("own.1"))
    assert found(desk, "own.1") is None
