"""Deciding about findings: what a decision does to lines, how long it holds, and that it can be taken back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from medbills_desktop.checks import run_checks
from medbills_desktop.checks.decided import DecidedFinding, decided
from medbills_desktop.checks.registry import registered
from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.findings import (
    MARK_OF_CHECK,
    AskAboutFinding,
    AskFindingInLetter,
    DismissFinding,
    DisputeFinding,
    ReopenFinding,
)
from medbills_desktop.commands.lines import AddLines, EditLines
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import FindingDecision, Letter, Line, Statement
from medbills_desktop.store.case_loading import load_checked
from medbills_desktop.store.library import Library
from medbills_desktop.store.reader import Reader

DAY = date(2025, 5, 4)
TWICE = Line(
    bill_id=0, date=Moment(DAY), code="J1885", description="Injection", units=None, unit_price=None, charge=Cents(4200)
)


class BillDesk(Desk):
    """A desk that shows its library."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.library = library


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[BillDesk]:
    with Library.create(tmp_path / "library") as library:
        desk = BillDesk(library)
        desk.perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "001", DAY, Statement(bill_id=0, date=DAY)))
        desk.perform(AddLines(1, (TWICE, Line(bill_id=0, description="Gauze", charge=Cents(100)), TWICE)))
        yield desk


def found(desk: BillDesk, check: str = "duplicate-line") -> DecidedFinding:
    """The one finding of a check on the bill, with its decision."""

    def read(reader: Reader) -> list[DecidedFinding]:
        case = load_checked(reader, {1})
        return [
            one for one in decided(run_checks(case, DAY, {1}), case.all(FindingDecision)) if one.finding.check == check
        ]

    (one,) = desk.library.read(read)
    return one


def lines(desk: BillDesk) -> list[Line]:
    return desk.library.read(lambda reader: reader.find(Line, bill_id=1))


def test_a_dispute_marks_the_repeat_and_leaves_the_first(desk: BillDesk) -> None:
    finding = found(desk).finding
    desk.perform(DisputeFinding(finding, DAY))
    first, gauze, repeat = lines(desk)
    assert first.disputed is None
    assert first.mark in (None, "unreviewed")
    assert (repeat.mark, repeat.disputed, repeat.reason) == ("duplicate", 4200, finding.title)
    assert gauze.disputed is None
    assert found(desk).decision
    assert found(desk).decision.decision == "disputed"


def test_a_dispute_is_one_step_that_undo_takes_back_whole(desk: BillDesk) -> None:
    before = lines(desk)
    desk.perform(DisputeFinding(found(desk).finding, DAY))
    assert desk.undo_label == "Dispute finding"
    desk.undo()
    assert lines(desk) == before
    assert found(desk).open


def test_a_larger_amount_that_was_typed_stays(desk: BillDesk) -> None:
    repeat = lines(desk)[2]
    desk.perform(EditLines(((repeat.id, (("charge", Cents(5000)), ("disputed", Cents(5000)))),)))
    desk.perform(EditLines(((lines(desk)[0].id, (("charge", Cents(5000)),)),)))
    finding = found(desk).finding
    smaller = dataclasses.replace(finding, amount=Cents(1))
    desk.perform(DisputeFinding(smaller, DAY))
    assert lines(desk)[2].disputed == 5000


def test_an_amount_that_no_line_can_carry_alone_is_laid_on_several(desk: BillDesk) -> None:
    finding = found(desk).finding
    more = dataclasses.replace(finding, amount=Cents(6000))
    desk.perform(DisputeFinding(more, DAY))
    first, _gauze, repeat = lines(desk)
    assert (first.disputed, repeat.disputed) == (1800, 4200)


def test_without_an_amount_none_is_invented(desk: BillDesk) -> None:
    finding = found(desk).finding
    unknown = dataclasses.replace(finding, amount=None)
    desk.perform(DisputeFinding(unknown, DAY))
    assert [line.disputed for line in lines(desk)] == [None, None, None]
    assert lines(desk)[2].mark == "duplicate"


def test_what_was_set_aside_comes_back_when_its_figures_change(desk: BillDesk) -> None:
    desk.perform(DismissFinding(found(desk).finding, DAY, "two visits"))
    assert found(desk).set_aside
    assert found(desk).decision.reason == "two visits"  # type: ignore[union-attr]
    for line in (lines(desk)[0], lines(desk)[2]):
        desk.perform(EditLines(((line.id, (("charge", Cents(4300)),)),)))
    assert found(desk).open


def test_a_reason_is_needed_to_set_aside(desk: BillDesk) -> None:
    with pytest.raises(UserError, match="reason"):
        desk.perform(DismissFinding(found(desk).finding, DAY, "  "))
    assert found(desk).open


def test_a_new_decision_takes_the_place_of_the_old(desk: BillDesk) -> None:
    finding = found(desk).finding
    desk.perform(AskAboutFinding(finding, DAY))
    desk.perform(DismissFinding(finding, DAY, "explained on the phone"))
    kept = desk.library.read(lambda reader: reader.find(FindingDecision))
    assert [one.decision for one in kept] == ["not_a_problem"]
    desk.perform(ReopenFinding(finding))
    assert found(desk).open


def test_marks_are_named_for_checks_that_exist() -> None:
    assert set(MARK_OF_CHECK) <= {check.id for check in registered()}


def test_asking_in_a_letter_writes_the_question_as_a_point_and_counts_as_asked(desk: BillDesk) -> None:
    finding = found(desk).finding
    desk.perform(AskFindingInLetter(finding, DAY))
    (letter,) = desk.library.read(lambda reader: reader.find(Letter))
    decision = found(desk).decision
    assert (decision and decision.decision) == "asked"
    body = letter.body or ""
    assert f"\n{finding.ask}" in body
    assert "1. Line 1, May 4, 2025, J1885, Injection, $42.00; Line 3," in body
    assert "Amount in question: $42.00." in body
    desk.undo()
    assert desk.library.read(lambda reader: reader.find(Letter)) == []
    assert found(desk).open


def test_asking_in_a_letter_about_what_is_disputed_leaves_it_disputed(desk: BillDesk) -> None:
    finding = found(desk).finding
    desk.perform(DisputeFinding(finding, DAY))
    desk.perform(AskFindingInLetter(finding, DAY))
    decision = found(desk).decision
    assert (decision and decision.decision) == "disputed"
