"""Which parts a packet has: the usual ones of each reader, or just those that were chosen, without a dangling link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from medbills_desktop.domain.errors import UserError
from medbills_desktop.packet.order import PacketOrder, PacketReport, PacketRule
from medbills_desktop.packet.parts import EXHIBITS, OFFERS, PART_KEYS, PARTS, WITHOUT_SECTION, chosen_parts, usual_parts
from medbills_desktop.packet.sections import AFTER_EXHIBITS, BEFORE_EXHIBITS
from medbills_desktop.packet.verification import verify_packet
from tests.packet.packets import DAY, build, links, order, reader, small_case

Sample = tuple[PacketOrder, PacketReport]
RULE = PacketRule("r.apply", "A rule", "It says so.", "26 CFR 1", "ecfr.gov", DAY, "It was read.")


def _titles(path: Path) -> list[str]:
    return [re.sub(r" \(p\. \d+\)$", "", str(entry.title)) for entry in reader(path).outline]  # type: ignore[union-attr]


def test_every_section_is_a_part_that_can_be_switched() -> None:
    for sections in BEFORE_EXHIBITS.values():
        keys = {section.key for section in (*sections, *AFTER_EXHIBITS)}
        assert keys - {"taken_out"} == PART_KEYS - WITHOUT_SECTION


@pytest.mark.parametrize("left_out", sorted(PART_KEYS - {OFFERS}))
def test_a_packet_without_one_part_has_all_others_and_no_link_that_leads_nowhere(
    left_out: str, sample: Sample, tmp_path: Path
) -> None:
    asked = replace(sample[0], rules=(RULE,), parts=PART_KEYS - {left_out})
    if left_out == EXHIBITS:
        asked = replace(asked, exhibits=())
    made = build(asked, tmp_path)
    titles = _titles(made.path)
    expected = {part.title for part in PARTS if part.key not in {left_out, *WITHOUT_SECTION}}
    assert {title for title in titles if not title.startswith("Exhibit ")} == expected
    assert any(title.startswith("Exhibit ") for title in titles) is (left_out != EXHIBITS)
    assert all(1 <= link.target <= made.pages for link in links(made.path))
    assert verify_packet(made.path) == []


@pytest.mark.parametrize("audience", ["biller", "insurer", "regulator", "court", "advocate"])
def test_each_reader_gets_the_usual_parts(audience: str, sample: Sample, tmp_path: Path) -> None:
    made = build(replace(sample[0], audience=audience, rules=(RULE,), exhibits=()), tmp_path)  # type: ignore[arg-type]
    usual = usual_parts(audience)  # type: ignore[arg-type]
    assert set(_titles(made.path)) == {part.title for part in PARTS if part.key in usual - WITHOUT_SECTION}


def test_rules_and_negotiations_are_for_the_parties_and_not_for_a_court() -> None:
    assert {"rules", OFFERS} == PART_KEYS - usual_parts("court")
    assert "copies" not in usual_parts("advocate")
    assert usual_parts("biller") == PART_KEYS


@pytest.mark.parametrize(("keys", "said"), [((), "No part"), (("cover", "poem"), "“poem”")])
def test_no_part_and_an_unknown_part_are_refused(keys: Iterable[str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        chosen_parts(keys)


def test_a_single_part_makes_a_packet(tmp_path: Path) -> None:
    made = build(order(small_case(), parts=frozenset({"money"})), tmp_path)
    assert _titles(made.path) == ["What each side says"]
    assert made.pages == 1
    assert verify_packet(made.path) == []


def test_parts_that_have_nothing_to_tell_are_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="None of the chosen parts"):
        build(order(small_case(), parts=frozenset({"calls", "index"})), tmp_path)
    assert list(tmp_path.iterdir()) == []
