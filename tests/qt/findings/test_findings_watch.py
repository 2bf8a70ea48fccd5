"""The findings of all bills follow what is typed, anew only for the bills that a change touches."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QLabel

from medbills_desktop.commands.checking import CheckBills
from medbills_desktop.commands.findings import DismissFinding
from medbills_desktop.commands.lines import AddLines, EditLines
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Bill, Line
from medbills_desktop.qt import findings_watch
from medbills_desktop.qt.findings.finding_card import FindingCard
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.bills import enter
from tests.support.windows import PLAY_DAY, settle


def kinds(window: MainWindow, bill_id: int) -> list[str]:
    return [one.finding.check for one in window.session.findings.of(bill_id) or ()]


def test_a_finding_appears_as_soon_as_its_figures_are_in(window: MainWindow) -> None:
    bill_id = enter(window).id
    line = Line(bill_id=0, description="Gauze", units=Decimal(3), unit_price=Cents(100), charge=Cents(500))
    (kept,) = window.session.perform(AddLines(bill_id, (line,)))
    settle(window)
    assert "line-arithmetic" in kinds(window, bill_id)
    assert window.bills.bill.tabs.tabText(2).endswith(str(len(kinds(window, bill_id))))
    window.session.perform(EditLines(((kept.id, (("charge", Cents(300)),)),)))
    settle(window)
    assert "line-arithmetic" not in kinds(window, bill_id)
    window.session.desk.undo()
    settle(window)
    assert "line-arithmetic" in kinds(window, bill_id)


def test_what_is_watched_is_what_a_fresh_check_finds(sample_window: MainWindow) -> None:
    session = sample_window.session
    ids = frozenset(bill.id for bill in session.read(lambda reader: reader.find(Bill)))
    assert len(ids) == 3
    assert {bill_id: session.findings.of(bill_id) for bill_id in ids} == session.read(CheckBills(ids, session.today))


def test_only_the_bills_that_a_change_touches_are_told(sample_window: MainWindow) -> None:
    session = sample_window.session
    told: list[frozenset[int]] = []
    first, *_ = session.read(lambda reader: reader.find(Bill))
    finding = (session.findings.of(first.id) or ())[0].finding
    session.findings.changed.connect(told.append)
    session.perform(DismissFinding(finding, session.today, "settled by phone"))
    settle(sample_window)
    assert told == [frozenset({first.id})]


def test_the_side_bar_counts_what_waits_for_a_decision(sample_window: MainWindow) -> None:
    session = sample_window.session
    before = session.findings.open_count
    assert before > 0
    assert sample_window.side.findChildren(type(sample_window.log_call))
    first, *_ = session.read(lambda reader: reader.find(Bill))
    session.perform(DismissFinding((session.findings.of(first.id) or ())[0].finding, session.today, "fine"))
    settle(sample_window)
    assert session.findings.open_count == before - 1


def test_a_checked_bill_with_nothing_to_ask_says_so(window: MainWindow) -> None:
    bill = enter(window)
    tab = window.bills.bill.findings
    window.bills.bill.tabs.setCurrentWidget(tab)
    settle(window)
    assert window.session.findings.of(bill.id) == ()
    said = [one.text() for one in tab.cards.findChildren(QLabel) if one.isVisible()]
    assert [text for text in said if text.startswith("Nothing stands out")]
    assert not [text for text in said if "being checked" in text]


def test_cards_are_built_only_when_they_are_seen(sample_window: MainWindow) -> None:
    tab = sample_window.bills.bill.findings
    assert tab.cards.findChildren(FindingCard) == []
    sample_window.bills.bill.tabs.setCurrentWidget(tab)
    settle(sample_window)
    found = sample_window.session.findings.of(sample_window.bills.bill.bill_id) or ()
    seen = [card for card in tab.cards.findChildren(FindingCard) if card.isVisible()]
    assert len(seen) == len(found) > 5


def test_a_large_library_is_checked_by_a_process_with_the_same_findings(
    sample: Library, open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings_watch, "MANY", 1)
    window = open_window(sample, PLAY_DAY)
    watch, ids = window.session.findings, frozenset({1, 2, 3})
    assert watch._process is not None
    assert watch._process.is_ready
    whole = window.session.read(CheckBills(ids, PLAY_DAY))
    assert {bill_id: watch.of(bill_id) for bill_id in ids} == whole
    line = Line(bill_id=0, description="Gauze", units=Decimal(3), unit_price=Cents(100), charge=Cents(500))
    window.session.perform(AddLines(2, (line,)))
    settle(window)
    assert "line-arithmetic" in kinds(window, 2)
    assert {bill_id: watch.of(bill_id) for bill_id in ids} == window.session.read(CheckBills(ids, PLAY_DAY))


def test_where_the_process_is_killed_the_bills_are_checked_all_the_same(
    sample: Library, open_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(findings_watch, "MANY", 1)
    window = open_window(sample, PLAY_DAY)
    watch = window.session.findings
    assert watch._process is not None
    os.kill(watch._process.process_id, signal.SIGKILL)
    line = Line(bill_id=0, description="Gauze", units=Decimal(3), unit_price=Cents(100), charge=Cents(500))
    window.session.perform(AddLines(2, (line,)))
    settle(window)
    assert watch._process is None
    assert "line-arithmetic" in kinds(window, 2)


def test_a_card_has_room_for_all_that_it_says(sample_window: MainWindow) -> None:
    window = sample_window
    window.going.show_page("bills")
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.findings)
    settle(window)
    cards = window.bills.bill.findings.findChildren(FindingCard)
    assert cards
    for card in cards:
        assert card.height() >= card.heightForWidth(card.width()) > 100
