"""Cards written as text come back as the same cards, whatever is typed into them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medbills_desktop.domain.rules.card_faults import faults_of
from medbills_desktop.domain.rules.card_text import card_text
from medbills_desktop.domain.rules.in_force import CardTextError, card_from_text
from medbills_desktop.domain.rules.rule_cards import Presumption, RuleCard, shipped_cards

CARD = next(card for card in shipped_cards() if card.id == "r.apply")
WORDS = st.text(alphabet=st.characters(codec="utf-8"), min_size=1).filter(lambda text: text.strip())


@pytest.mark.parametrize("card", shipped_cards(), ids=lambda card: card.id)
def test_every_shipped_card_comes_back_as_it_was(card: RuleCard) -> None:
    assert card_from_text(card.id, card_text(card)) == replace(card, own=True)


@given(WORDS, WORDS, st.integers(-9999, 9999), st.one_of(st.none(), st.integers(1, 365)))
def test_any_words_come_back(name: str, later: str, length: int, presumed: int | None) -> None:
    card = replace(
        CARD,
        name=name,
        later_of=later,
        length=length,
        presumption=Presumption(length=presumed, unit="business_day") if presumed else None,
        facts=((name, length), ("b", later)) if name != "b" else (),
    )
    assert card_from_text(card.id, card_text(card)) == replace(card, own=True)


def test_half_a_letter_is_written_as_one_that_is_not_known() -> None:
    assert card_from_text("x", card_text(replace(CARD, name="a\ud800"))).name == "a\N{REPLACEMENT CHARACTER}"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.datetimes(),
    lambda inside: st.lists(inside, max_size=2) | st.dictionaries(st.text(), inside, max_size=2),
    max_leaves=4,
)
NAMES = st.sampled_from(tuple(RuleCard.__dataclass_fields__)) | st.text()


@given(st.dictionaries(NAMES, ANYTHING, max_size=6))
def test_no_fields_break_the_checking_and_wrong_ones_are_named(values: dict[str, object]) -> None:
    faults = faults_of(values)
    assert faults
    assert all(fault.what for fault in faults)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('length = "ten"', "length is not a whole number"),
        ("length = true", "length is not a whole number"),
        ("length = 100000", "length is not between"),
        ("roll = 1", "roll is neither true nor false"),
        ("checked = 2026-11-25T10:00:00", "checked is not a day"),
        ("until = 1800-01-01", "until lies too far away"),
        ('presumption = { length = 5, unit = "hour" }', "presumption is not a number of days with its unit"),
        ('presumption = { length = 0, unit = "calendar_day" }', "presumption is not between"),
        ("facts = { years = [1] }", "facts holds something other"),
        ('name = "   "', "a text is empty"),
    ],
)
def test_each_field_is_held_to_its_kind(line: str, said: str) -> None:
    name = line.split(" = ")[0]
    kept = [one for one in card_text(CARD).splitlines() if not one.startswith(f"{name} = ")]
    with pytest.raises(CardTextError, match=said):
        card_from_text("r.apply", "\n".join([*kept, line]))
