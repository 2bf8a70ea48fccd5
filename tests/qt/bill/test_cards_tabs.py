"""Tabs made of cards: every stop has a name and a way, nothing is cut at any size, and the keyboard keeps its place."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QPushButton

from medbills_desktop.commands.assistance import AddAssistancePapers
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Appeal, Assistance, Claim, Collection, Organization
from medbills_desktop.qt.window import MainWindow
from tests.support.told import open_tab, press_button, said
from tests.support.widgets_seen import CARD_TABS, clipped, reached_by_tab, spoken, stops, told
from tests.support.windows import in_front, settle

LONG = "The Very Long Named Receivable Management Services of the Northeastern United States and Territories, LLC"


@pytest.fixture
def full(sample_window: MainWindow) -> MainWindow:
    """The sample with an appeal, a notice and papers on its first bill, and long names."""
    perform, read = sample_window.session.desk.perform, sample_window.session.read
    claim = read(lambda reader: reader.find(Claim, bill_id=1))[0]
    application = read(lambda reader: reader.find(Assistance, bill_id=1))[0]
    perform(EditRecord(Claim, claim.id, (("status", "denied"), ("number", "9" * 60))))
    perform(AddRecord(Appeal(claim_id=claim.id, level="internal", filed=date(2026, 3, 1), reason="Ordered. " * 20)))
    collector = perform(AddRecord(Organization(name=LONG, kind="collector")))
    perform(AddRecord(Collection(bill_id=1, collector_id=collector.id, amount=Cents(2_600_00))))
    perform(AddAssistancePapers(application.id, ("A letter of the employer " * 8, "Tax return"), date(2026, 3, 1)))
    return sample_window


@pytest.mark.parametrize("name", CARD_TABS)
def test_every_stop_has_a_name_and_tab_reaches_it(full: MainWindow, name: str) -> None:
    open_tab(full, getattr(full.bills.bill, name))
    found = stops(full)
    assert [told(each) for each in found if not spoken(each)] == []
    assert set(reached_by_tab(full, found[0])) == set(found)


@pytest.mark.parametrize("name", CARD_TABS)
@pytest.mark.parametrize(
    ("per_cent", "size"), [(100, QSize(1440, 900)), (150, QSize(1400, 880)), (200, QSize(1920, 1080))]
)
def test_no_text_is_cut(full: MainWindow, name: str, per_cent: int, size: QSize) -> None:
    full.set_look(False, per_cent)
    full.resize(size)
    open_tab(full, getattr(full.bills.bill, name))
    area = getattr(full.bills.bill, name)._area
    settle(full)
    for part in range(0, area.verticalScrollBar().maximum() + 1, max(1, area.viewport().height() // 2)):
        area.verticalScrollBar().setValue(part)
        QApplication.processEvents()
        assert clipped(full) == []


def test_the_keyboard_stays_where_it_was_when_something_changes(full: MainWindow) -> None:
    tab = full.bills.bill.assistance
    open_tab(full, tab)
    wanted = next(each for each in tab.findChildren(QPushButton) if each.text() == "Approved…")
    wanted.setFocus()
    in_front(full)
    assert QApplication.focusWidget() is wanted
    full.session.desk.perform(EditRecord(Assistance, 1, (("notes", "They called."),)))
    settle(full)
    assert said(tab, "They called.")
    held = QApplication.focusWidget()
    assert isinstance(held, QPushButton)
    assert held is not wanted
    assert held.text() == "Approved…"


def test_a_tab_that_is_not_seen_counts_and_is_told_anew_when_it_is(full: MainWindow) -> None:
    tabs, bill = full.bills.bill.tabs, full.bills.bill
    open_tab(full, bill.appeals)
    full.session.desk.perform(AddRecord(Assistance(bill_id=1, status="considering")))
    assert tabs.tabText(tabs.indexOf(bill.assistance)) == "Assistance 2"
    tabs.setCurrentWidget(bill.assistance)
    assert said(bill.assistance, "Not applied to")


def test_a_rule_is_read_on_its_own_page(full: MainWindow) -> None:
    open_tab(full, full.bills.bill.assistance)
    press_button(full.bills.bill.assistance, "Read the rule")
    assert full.going.page_name == "rules"
    settle(full)
