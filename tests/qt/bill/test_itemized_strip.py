"""The itemized bill on the screen: its state beside the lines and the money, asked for, written for, and come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from medbills_desktop.commands.letters import ITEMIZATION
from medbills_desktop.commands.lines import AddLines
from medbills_desktop.commands.papers import AddPapers
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.itemized_words import QUESTION, SCRIPT
from medbills_desktop.domain.records import Bill, Call, Document, Letter, Organization, Payment, Statement
from medbills_desktop.qt.bill.itemized_strip import ItemizedStrip
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.drafts import find_draft
from tests.support.bills import enter, line
from tests.support.keys import press, type_text
from tests.support.libraries import received
from tests.support.windows import settle


def strip_of(window: MainWindow, tab: str = "lines") -> ItemizedStrip:
    panel = window.bills.bill
    page = panel.money if tab == "money" else panel.lines
    panel.tabs.setCurrentWidget(page)
    settle(window)
    return page.itemized


def state(strip: ItemizedStrip) -> str:
    assert strip.found is not None
    return strip.found.state


def sent(window: MainWindow, bill: Bill, days: int) -> Letter:
    letter = Letter(kind=ITEMIZATION, bill_id=bill.id, status="sent", date=window.session.today - timedelta(days=days))
    kept: Letter = window.session.perform(AddRecord(letter))
    settle(window)
    return kept


@pytest.mark.parametrize("tab", ["lines", "money"])
def test_asking_on_a_call_makes_it_asked_for(window: MainWindow, tab: str) -> None:
    enter(window)
    strip = strip_of(window, tab)
    assert state(strip) == "not_asked"
    strip.ask.click()
    draft = window.call.draft()
    assert (draft.organization, draft.asked) == ("Blue Mesa Imaging", QUESTION)
    beside = "\n".join(each.text() for each in window.call.about.findChildren(QLabel))
    assert all(words in beside for words in SCRIPT)
    window.call.save()
    settle(window)
    assert state(strip) == "asked"
    assert "by phone" in strip.sentence
    assert "45 CFR 164.524" in strip.sentence


def test_an_untouched_call_leaves_nothing_and_a_typed_one_is_kept_and_joined(window: MainWindow) -> None:
    enter(window)
    strip = strip_of(window)
    strip.ask.click()
    window.call.close_panel()
    assert find_draft(window.session.library, "call") is None
    press("Ctrl+L")
    type_text("Ms. Field")
    strip.ask.click()
    strip.ask.click()
    draft = window.call.draft()
    assert draft.representative == "Ms. Field"
    assert draft.asked == QUESTION
    window.call.save()
    settle(window)
    assert [each.asked for each in window.session.read(lambda reader: reader.find(Call))] == [QUESTION]


def test_a_call_with_somebody_else_is_not_mixed_up(window: MainWindow) -> None:
    enter(window)
    strip = strip_of(window)
    press("Ctrl+L")
    press("Shift+Tab")
    press("Ctrl+A")
    type_text("Example Health Plan")
    strip.ask.click()
    assert window.call.draft().asked == ""
    assert "Save or close the open call first." in window.notices.text
    window.call._end()


def test_writing_for_it_drafts_one_letter_and_comes_back_to_it(window: MainWindow) -> None:
    bill = enter(window)
    strip_of(window).write.click()
    settle(window)
    assert window.going.page_name == "letters"
    window.going.show_page("bills")
    settle(window)
    strip_of(window).write.click()
    settle(window)
    letters = window.session.read(lambda reader: reader.find(Letter, bill_id=bill.id))
    assert [(each.kind, each.status) for each in letters] == [(ITEMIZATION, "draft")]


def test_overdue_is_said_on_the_bill_and_on_today(window: MainWindow, qtbot: QtBot) -> None:
    bill = enter(window)
    sent(window, bill, 31)
    strip = strip_of(window)
    assert state(strip) == "overdue"
    assert "1 day ago" in strip.sentence
    window.going.show_page("today")
    settle(window)
    (card,) = window.today.cards
    assert (card.item.kind, card.item.bill_id, card.item.who) == ("itemized", bill.id, "Blue Mesa Imaging")
    with qtbot.waitSignal(window.today.counted) as counted:
        window.today.count()
    assert counted.args == [1]
    window.session.perform(EditRecord(Bill, bill.id, (("status", "paid"),)))
    settle(window)
    assert window.today.cards == []


def test_the_paper_that_came_is_kept_as_it_and_taken_back_in_one_step(window: MainWindow) -> None:
    bill = enter(window)
    sent(window, bill, 3)
    (paper,) = window.session.perform(AddPapers((received(window.session.library, "came"),)))
    settle(window)
    strip = strip_of(window, "money")
    strip._fill_menu()
    acts = strip.came.menu().actions()
    assert acts[0].text().startswith("P0001")
    acts[0].trigger()
    settle(window)
    assert state(strip) == "held"
    assert "P0001" in strip.sentence
    assert window.session.read(lambda reader: reader.get(Document, paper.id)).kind == "itemized_bill"
    window.guard(window.session.desk.undo)
    settle(window)
    assert state(strip) == "asked"


def test_the_strip_follows_the_lines_and_leaves_once_the_paper_is_here(sample_window: MainWindow) -> None:
    panel = sample_window.bills.bill
    sample_window.bills.show_bill(sample_window.session.read(lambda reader: reader.find(Bill))[0].id)
    settle(sample_window)
    assert not strip_of(sample_window).isVisible()
    assert panel.money.itemized is not panel.lines.itemized


def test_lines_with_codes_say_that_something_itemized_is_there(window: MainWindow) -> None:
    bill = enter(window)
    strip = strip_of(window)
    window.session.perform(AddLines(bill.id, (line(1),)))
    settle(window)
    assert state(strip) == "held"
    assert "the paper itself is not attached" in strip.sentence


def test_a_gap_is_one_click_from_its_call(sample_window: MainWindow) -> None:
    bills = sample_window.session.read(lambda reader: reader.find(Bill))
    sample_window.bills.show_bill(bills[1].id)
    money = sample_window.bills.bill.money
    sample_window.bills.bill.tabs.setCurrentWidget(money)
    settle(sample_window)
    gaps = [each.gap for each in money.parting.rows]
    assert [gap.kind for gap in gaps][:2] == ["adjustments", "patient_paid"]
    money.parting.rows[0].call.click()
    draft = sample_window.call.draft()
    biller = sample_window.session.read(lambda reader: reader.get(Organization, bills[1].biller_id))
    assert (draft.organization, draft.asked, draft.bill_ids) == (biller.name, gaps[0].question, [bills[1].id])
    sample_window.call.close_panel()


def test_the_card_follows_a_payment(sample_window: MainWindow) -> None:
    bill = sample_window.session.read(lambda reader: reader.find(Bill))[1]
    sample_window.bills.show_bill(bill.id)
    money = sample_window.bills.bill.money
    sample_window.bills.bill.tabs.setCurrentWidget(money)
    settle(sample_window)
    before = money.parting.said
    day = sample_window.session.read(lambda reader: reader.find(Statement, bill_id=bill.id))[0].date
    paid = Payment(bill_id=bill.id, date=day - timedelta(days=40), amount=1_000)  # type: ignore[arg-type]
    sample_window.session.perform(AddRecord(paid))
    settle(sample_window)
    assert money.parting.said != before
