"""Scripts for calls: filled from the records, nothing invented, nothing that reads like a blank."""

from __future__ import annotations

import re

import pytest

from medbills_desktop.domain.call_scripts import PURPOSES, call_scripts, other_side, script_languages, script_lines
from medbills_desktop.domain.case import case_of
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Collection, Offer, Organization, Person, Statement

PEOPLE = (
    Person(id=1, ref="P1", name="Ana Ruiz"),
    Organization(id=1, ref="O1", name="Blue Mesa Imaging", kind="imaging"),
    Organization(id=2, ref="O2", name="Red Fork Recovery", kind="collector"),
)
BARE = case_of((*PEOPLE, Bill(id=1, ref="B1", biller_id=1, person_id=1)))
FULL = case_of(
    (
        *PEOPLE,
        Bill(id=1, ref="B1", biller_id=1, person_id=1, account_number="000123"),
        Statement(id=1, ref="S1", bill_id=1, date=Day(2026, 3, 2), balance=Cents(84_00)),
        Offer(id=1, ref="F1", bill_id=1, date=Day(2026, 3, 9), direction="from_me", amount=Cents(50_00)),
        Collection(id=1, ref="C1", bill_id=1, collector_id=2, reference="RF-77", amount=Cents(90_00)),
    )
)


def test_every_purpose_has_a_script_in_the_order_of_a_dispute() -> None:
    assert tuple(call_scripts()) == PURPOSES
    assert all(script.name and script.ask and len(script.lines) >= 5 for script in call_scripts().values())


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("case", [BARE, FULL], ids=["bare", "full"])
def test_no_line_shows_a_blank_or_a_none(purpose: str, case: object) -> None:
    lines = script_lines(purpose, case, 1)  # type: ignore[arg-type]
    assert len(lines) >= 4
    assert not [line for line in lines if re.search(r"None|\[|\{|\$0\.00|  ", line)]


def test_lines_hold_the_numbers_and_amounts_of_the_bill() -> None:
    assert "account 000123" in script_lines("itemized", FULL, 1)[0]
    assert "$84.00" in " ".join(script_lines("question", FULL, 1))
    assert "$50.00" in " ".join(script_lines("lump_sum", FULL, 1))
    assert "RF-77" in " ".join(script_lines("collector", FULL, 1))


def test_what_is_not_known_takes_its_line_along() -> None:
    assert "account" not in script_lines("itemized", BARE, 1)[0]
    assert "$" not in " ".join(script_lines("lump_sum", BARE, 1))


def test_a_call_with_a_collector_is_with_the_collector_where_one_is_known() -> None:
    names = [
        getattr(other_side(purpose, case, 1), "name", "")
        for purpose in ("collector", "itemized", "")
        for case in (FULL, BARE)
    ]
    assert names == ["Red Fork Recovery", *["Blue Mesa Imaging"] * 5]


def test_a_call_about_anything_else_has_no_script() -> None:
    assert script_lines("", FULL, 1) == ()


def test_every_language_has_the_same_purposes_names_and_facts() -> None:
    assert script_languages() == ("en", "es")
    for purpose, script in call_scripts().items():
        other = call_scripts("es")[purpose]
        assert (other.to, len(other.lines)) == (script.to, len(script.lines))
        assert [line.names for line in other.lines] == [line.names for line in script.lines]
        assert other.name != script.name


def test_lines_in_spanish_write_days_in_spanish() -> None:
    assert "2 de marzo de 2026" in " ".join(script_lines("question", FULL, 1, "es"))


def test_nothing_to_say_accuses_or_admits() -> None:
    said = " ".join(line.text for script in call_scripts().values() for line in script.lines).casefold()
    assert not re.search(r"fraud|error|wrong|illegal|overcharg|i owe(?! it, and)|i will pay", said)
