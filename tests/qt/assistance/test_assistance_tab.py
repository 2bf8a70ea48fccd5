"""Applying for assistance by hand, from the first thought to the refund, and what each day shows."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    AssistancePaper,
    Bill,
    Call,
    Letter,
    Organization,
    Payment,
    Statement,
)
from medbills_desktop.qt.assistance.assistance_tab import AssistanceTab
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.dialogs import fill, form_in_front, problem_at
from tests.support.keys import press
from tests.support.told import buttons, field, open_tab, press_button, said, told
from tests.support.windows import settle

DAY = date(2026, 3, 2)


@pytest.fixture
def tab(library: Library, open_window: object) -> AssistanceTab:
    """The tab on a bill of $36,000 of a nonprofit hospital in Illinois (scenario S22)."""
    window: MainWindow = open_window(library, DAY)  # type: ignore[operator]
    perform = window.session.desk.perform
    statement = Statement(bill_id=0, date=date(2026, 1, 5), balance=Cents(36_000_00))
    perform(EnterBill("Prairie Hospital", "hospital", "Ana Ruiz", "001", None, statement))
    perform(EditRecord(Organization, 1, (("nonprofit", True), ("state", "IL"))))
    found = window.bills.bill.assistance
    open_tab(window, found)
    return found


def kept(tab: AssistanceTab) -> Assistance:
    return tab.session.read(lambda reader: reader.get(Assistance, 1))


def test_an_empty_tab_says_what_it_is_for_and_begins_by_one_click(tab: AssistanceTab) -> None:
    assert said(tab, "an application costs nothing")
    press_button(tab, "Think about applying")
    assert kept(tab).status == "considering"
    assert said(tab, "Not applied to Prairie Hospital yet.")
    assert tab.window().bills.bill.tabs.tabText(tab.window().bills.bill.tabs.indexOf(tab)) == "Assistance 1"  # type: ignore[attr-defined]


def test_household_and_income_give_the_share_of_each_year(tab: AssistanceTab) -> None:
    press_button(tab, "Household and income…")
    dialog = form_in_front()
    fill(dialog, household_size="0", annual_income="40,980.00")
    press("Return")
    assert "one person at least" in dialog.problem
    fill(dialog, household_size="3")
    press("Return")
    settle(tab.window())  # type: ignore[arg-type]
    assert said(tab, "2026, 48 states and DC: the line for 3 people is $27,320.00 a year; the income is 150.0 % of it.")
    assert said(tab, "2025, 48 states and DC: the line for 3 people is $26,650.00 a year; the income is 153.7 % of it.")
    assert said(tab, "91 FR 1797, in force from Jan 13, 2026")
    press_button(tab, "Show the guidelines")
    assert said(tab, "2026, 48 states and DC: each further person adds $5,680.00.")
    press_button(tab, "Hide the guidelines")
    assert not said(tab, "each further person adds")


def test_the_windows_are_counted_and_a_missing_fact_is_asked_for(tab: AssistanceTab) -> None:
    assert said(tab, "Apply for assistance: until Sep 2, 2026, 184 days from today.")
    assert said(tab, "Counted from the oldest statement here, Jan 5, 2026.")
    perform = tab.session.desk.perform
    perform(EditRecord(Bill, 1, (("first_bill_date", date(2025, 12, 20)),)))
    assert said(tab, "120 days without hard collection: until Apr 19, 2026, 48 days from today.")
    assert said(tab, "It starts on Dec 20, 2025. 240 days after Dec 20, 2025 is Aug 17, 2026.")
    assert not said(tab, "Counted from the oldest statement here")
    perform(EditRecord(Organization, 1, (("nonprofit", None),)))
    assert said(tab, "Apply for assistance: can't be counted: enter whether the hospital is a nonprofit.")
    press_button(tab, "Say so…", 1)
    form_in_front().reject()
    perform(EditRecord(Organization, 1, (("nonprofit", False),)))
    assert said(tab, "Prairie Hospital is noted as no nonprofit")


def test_the_way_to_a_whole_bill_that_is_taken_off(tab: AssistanceTab) -> None:
    perform = tab.session.desk.perform
    perform(AddRecord(Payment(bill_id=1, date=date(2026, 2, 1), amount=Cents(250_00))))
    press_button(tab, "Think about applying")
    press_button(tab, "Applied…")
    fill(form_in_front(), day="3/2/2026")
    press("Return")
    assert kept(tab).applied == DAY
    assert said(tab, "Call from Mar 23, 2026 on, three weeks after you applied.")
    perform(LogCall(Call(started=Moment(date(2026, 3, 24))), "Prairie Hospital", (1,)))
    assert said(tab, "The last contact was on Mar 24, 2026. Call again between Mar 31, 2026 and Apr 7, 2026.")
    press_button(tab, "Approved…")
    dialog = form_in_front()
    fill(dialog, day="4/20/2026", discount_percent="100")
    press("Return")
    assert (kept(tab).decided, kept(tab).discount_percent) == (date(2026, 4, 20), 100)
    assert said(tab, "Prairie Hospital decided on Apr 20, 2026: approved. 100 percent off.")
    assert said(tab, "Off what is asked now, $36,000.00: $36,000.00 less, $0.00 left to pay.")
    assert said(tab, "$250.00 would come back to you.")
    assert said(tab, "26 CFR 1.501(r)-6(c)(6)(i)(C)")
    assert said(tab, "there is no call to make by the calendar")
    perform(AddRecord(Statement(bill_id=1, date=date(2026, 5, 1), balance=Cents(0))))
    assert said(tab, "The statement of May 1, 2026 is from after the decision: the discount may be in it already.")


def test_a_day_before_the_application_is_refused_beside_nothing_lost(tab: AssistanceTab) -> None:
    press_button(tab, "Think about applying")
    tab.session.desk.perform(EditRecord(Assistance, 1, (("applied", DAY), ("status", "applied"))))
    press_button(tab, "Denied…")
    dialog = form_in_front()
    fill(dialog, note="Income too high")
    fill(dialog, day="2/1/2026")
    press("Return")
    assert "before the day you applied, Mar 2, 2026" in dialog.problem
    fill(dialog, day="33/1/2026")
    press("Return")
    assert "not a day that exists" in problem_at(dialog, "day")
    fill(dialog, day="4/1/2026")
    press("Return")
    assert kept(tab).notes == "Apr 1, 2026: Denied. Income too high"
    press_button(tab, "Write the appeal")
    letters = tab.session.read(lambda reader: reader.find(Letter, kind="assistance_appeal"))
    assert "April 1, 2026" in (letters[0].body or "")


def test_papers_are_picked_asked_for_and_sent_by_keys(tab: AssistanceTab) -> None:
    press_button(tab, "Think about applying")
    assert said(tab, "No paper on the list.")
    menu = next(each for each in tab.findChildren(QMenu) if each.actions())
    menu.actions()[1].trigger()
    settle(tab.window())  # type: ignore[arg-type]
    papers = tab.session.read(lambda reader: reader.find(AssistancePaper))
    assert [(one.text, one.asked, one.sent) for one in papers] == [("The last tax return", None, None)]
    press_button(tab, "Sent on…")
    fill(form_in_front(), day="3/5/2026")
    press("Return")
    press_button(tab, "Add a paper…")
    fill(form_in_front(), text="Letter of the landlord", asked="3/6/2026")
    press("Return")
    papers = tab.session.read(lambda reader: reader.find(AssistancePaper))
    assert [(one.text, one.asked, one.sent) for one in papers] == [
        ("The last tax return", None, date(2026, 3, 5)),
        ("Letter of the landlord", date(2026, 3, 6), None),
    ]


def test_a_call_is_begun_with_the_question(tab: AssistanceTab) -> None:
    press_button(tab, "Think about applying")
    press_button(tab, "Log this call")
    window: MainWindow = tab.window()  # type: ignore[assignment]
    assert window.call.isVisible()
    assert window.call.draft().organization == "Prairie Hospital"
    assert "application for financial assistance" in window.call.draft().asked
    window.call.close_panel()


def test_a_discount_that_is_typed_shows_its_cents_and_a_bad_one_says_why(tab: AssistanceTab) -> None:
    percent = field(tab, "Discount percent")
    for typed, seen in (
        ("33.335", "$12,000.60 less, $23,999.40 left to pay"),
        ("x", "can't be read as a number"),
        ("101", "between 0 and 100 percent"),
        ("", "Type the percentage of the hospital's policy"),
    ):
        percent.setText(typed)
        assert said(tab, seen), told(tab)


def test_of_two_applications_the_latest_is_shown_and_the_other_can_be_chosen(tab: AssistanceTab) -> None:
    perform = tab.session.desk.perform
    perform(AddRecord(Assistance(bill_id=1, status="denied", decided=date(2026, 1, 20))))
    perform(AddRecord(Assistance(bill_id=1, status="applied", applied=DAY)))
    assert said(tab, "Not decided yet.")
    assert "They want more…" in buttons(tab)
