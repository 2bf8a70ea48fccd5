"""The card files: whole, each with its source, and refused with the card's name where they are not."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from medbills_desktop.domain.appeal_levels import DATED_CARDS
from medbills_desktop.domain.resource_files import resource
from medbills_desktop.domain.rules.calendar import federal_holidays
from medbills_desktop.domain.rules.rule_cards import BadCardError, card_of, read_cards, shipped_cards

CARD: dict[str, Any] = {
    "id": "x.one",
    "name": "A rule",
    "jurisdiction": "US",
    "binds": "Somebody",
    "protects": "You",
    "text": "Something is due.",
    "anchor": "first_bill",
    "length": 10,
    "citation": "1 XYZ 2",
    "where": "a place",
    "checked": date(2026, 11, 25),
    "confidence": "B",
}


def test_every_shipped_card_has_its_source_and_the_day_it_was_checked() -> None:
    cards = shipped_cards()
    assert len(cards) > 150
    for card in cards:
        assert card.citation
        assert card.where
        assert card.checked >= date(2026, 11, 25)
        assert card.text.endswith(".")


def test_a_card_that_was_not_verified_says_so() -> None:
    off = {card.id for card in shipped_cards() if not card.verified}
    assert {"mc.qmb", "fdcpa.sue", "ap.ext.state"} <= off
    assert "ap.int.file" not in off


def test_no_card_accuses_or_promises() -> None:
    for card in shipped_cards():
        said = f"{card.name} {card.text} {card.effect}".casefold()
        assert not any(word in said for word in ("fraud", "illegal", "guarantee", "you will win", "must pay"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": "fortnight"}, "unit is “fortnight”"),
        ({"anchor": None}, "a clock needs an anchor and a length"),
        ({"citation": ""}, "a text is empty"),
        ({"colour": "red"}, "colour"),
        ({"first_day": date(2026, 1, 1), "until": date(2025, 1, 1)}, "ends before it begins"),
    ],
)
def test_a_card_that_is_wrong_is_refused_by_name(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadCardError, match=r"rule card x\.one") as refused:
        card_of(CARD | change)
    assert said in str(refused.value)


def test_a_file_gives_its_defaults_to_each_card(tmp_path: Path) -> None:
    path = tmp_path / "cards.toml"
    path.write_text(
        '[defaults]\njurisdiction = "OR"\nchecked = 2026-11-25\nbinds = "All"\nprotects = "You"\nwhere = "here"\n'
        '[[card]]\nid = "a"\nname = "A"\ntext = "T."\ncitation = "C"\nconfidence = "A"\n',
        "utf-8",
    )
    (card,) = read_cards(path)
    assert (card.jurisdiction, card.has_clock, card.verified) == ("OR", False, True)


def _by_weekday(year: int, month: int, weekday: int, number: int) -> date:
    found = [day for at in range(1, 29 + 3) if (day := _day(year, month, at)) and day.weekday() == weekday]
    return found[number - 1] if number > 0 else found[number]


def _day(year: int, month: int, at: int) -> date | None:
    try:
        return date(year, month, at)
    except ValueError:
        return None


def test_the_holidays_are_those_of_the_law() -> None:
    read = tomllib.loads(resource("rules/federal_holidays.toml").read_text("utf-8"))
    for text, listed in read["days"].items():
        year = int(text)
        fixed = [date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
        fixed += [date(year, 6, 19)] if year >= 2021 else []
        kept = [day + timedelta({5: -1, 6: 1}.get(day.weekday(), 0)) for day in fixed]
        kept += [_by_weekday(year, 1, 0, 3), _by_weekday(year, 2, 0, 3), _by_weekday(year, 5, 0, -1)]
        kept += [_by_weekday(year, 9, 0, 1), _by_weekday(year, 10, 0, 2), _by_weekday(year, 11, 3, 4)]
        assert sorted(listed) == sorted(kept)
    assert federal_holidays().first_year == 2015


_UNPLAIN = re.compile(
    r"for nothing|  |(?-i:\bNone\b)|\bcolour|\bprogramme\b|\backnowledgement|\bare in question|[ \t]$", re.IGNORECASE
)


def test_the_words_of_the_cards_are_plain_american_english() -> None:
    for card in shipped_cards():
        for words in (card.name, card.text, card.binds, card.protects, card.effect, card.contested):
            assert not _UNPLAIN.search(words), f"{card.id}: {words}"
        assert not card.name.endswith("."), card.id
        assert not card.effect or card.effect.endswith("."), card.id


def test_a_card_that_counts_from_the_date_on_a_notice_says_so() -> None:
    dated = {card.id: card for card in shipped_cards() if card.anchor == "notice_dated"}
    assert dated.keys() >= DATED_CARDS
    for card in dated.values():
        assert re.search(r"date on (the|its) notice", card.text), card.id
        assert card.presumption is None, card.id


@pytest.mark.parametrize("id", ["mc.3d", "mc.4d"])
def test_a_time_that_is_only_a_target_is_called_one(id: str) -> None:  # noqa: A002
    card = next(card for card in shipped_cards() if card.id == id)
    assert "target" in card.name
    assert "it may take longer" in card.text
    assert (card.confidence, card.detail_unverified) == ("C", "the number of the section")
