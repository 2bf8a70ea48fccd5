"""The Dates tab: what runs and how it was counted, what can't be counted yet, and the way to enter it."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLabel, QPushButton

from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.records import Bill, Collection, RuleChoice
from medbills_desktop.qt.bill.dates_tab import DatesTab
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import fill, form_in_front
from tests.support.keys import press
from tests.support.windows import in_front, settle


def shown(window: MainWindow) -> tuple[DatesTab, Collection]:
    (notice,) = window.session.read(lambda reader: reader.find(Collection))
    window.going.show_page("bills")
    window.bills.show_bill(notice.bill_id)
    window.bills.bill.show_tab("dates")
    settle(window)
    return window.bills.bill.dates, notice


def words(tab: DatesTab) -> str:
    return "\n".join(each.text() for each in tab.findChildren(QLabel) if each.isVisible())


def test_a_clock_says_its_day_its_steps_and_its_source(sample_window: MainWindow) -> None:
    tab, _ = shown(sample_window)
    text = words(tab)
    assert "Running" in text
    assert "until Apr 12, 2026, 23 days from today" in text
    assert "30 days after" in text
    assert "checked" in text
    title = sample_window.bills.bill.tabs.tabText(sample_window.bills.bill.tabs.indexOf(tab))
    assert title == "Dates 1"


def test_the_rule_opens_on_the_rules_page(sample_window: MainWindow) -> None:
    tab, _ = shown(sample_window)
    rule = next(each for each in tab.findChildren(QPushButton) if each.text() == "Read the rule")
    rule.click()
    settle(sample_window)
    assert sample_window.going.page_name == "rules"
    assert sample_window.rules.card.card is not None
    assert sample_window.rules.card.card.id == "fdcpa.window"


def test_a_missing_date_leads_to_its_form_and_then_runs(sample_window: MainWindow) -> None:
    tab, notice = shown(sample_window)
    fields = (("notice_received", None), ("notice_date", None))
    sample_window.session.perform(EditRecord(Collection, notice.id, fields))
    settle(sample_window)
    assert "A date is missing" in words(tab)
    assert "enter the day on which the collector's notice came" in words(tab)
    next(each for each in tab.findChildren(QPushButton) if each.text() == "Enter the date…").click()
    fill(form_in_front(), notice_received="3/13/2026")
    press("Ctrl+Return")
    in_front(sample_window)
    settle(sample_window)
    assert "until Apr 12, 2026" in words(tab)
    assert "A date is missing" not in words(tab)


def test_a_notice_dated_after_it_came_is_said(sample_window: MainWindow) -> None:
    tab, notice = shown(sample_window)
    came = notice.notice_received or date(2026, 3, 13)
    later = date.fromordinal(came.toordinal() + 2)
    sample_window.session.perform(
        EditRecord(Collection, notice.id, (("notice_received", came), ("notice_date", later)))
    )
    settle(sample_window)
    assert "Please check both dates." in words(tab)


def test_a_card_that_is_switched_off_counts_no_more(sample_window: MainWindow) -> None:
    tab, _ = shown(sample_window)
    sample_window.session.perform(AddRecord(RuleChoice(card_id="fdcpa.window", on=False)))
    settle(sample_window)
    assert "until Apr 12, 2026" not in words(tab)
    assert "No date follows from a rule yet" in words(tab)


def test_what_was_done_is_below_as_ended(sample_window: MainWindow) -> None:
    tab, notice = shown(sample_window)
    sample_window.session.perform(EditRecord(Bill, notice.bill_id, (("status", "closed"),)))
    settle(sample_window)
    assert "Ended" in words(tab)
    assert "The bill is marked as “Closed”." in words(tab)
