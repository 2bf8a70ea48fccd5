"""A collector's notice by hand: its dates, its amount against the balance, the dispute, and contacts after a stop."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, Collection, Letter, Organization, Statement
from medbills_desktop.qt.collections.collections_tab import CollectionsTab
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.dialogs import fill, form_in_front, problem_at
from tests.support.keys import press
from tests.support.told import buttons, open_tab, press_button, said, told

DAY = date(2026, 3, 20)


@pytest.fixture
def tab(library: Library, open_window: Any) -> CollectionsTab:
    """The tab on a bill that was settled and paid, before a collector writes (scenario S8)."""
    window: MainWindow = open_window(library, DAY)
    zero = Statement(bill_id=0, date=date(2025, 8, 1), balance=Cents(0))
    window.session.desk.perform(EnterBill("Penn Endoscopy", "facility", "Ana Ruiz", "001", None, zero))
    found = window.bills.bill.collections
    open_tab(window, found)
    return found


@pytest.fixture
def noted(tab: CollectionsTab) -> CollectionsTab:
    press_button(tab, "Add notice…")
    fill(
        form_in_front(),
        collector="Red Fork Recovery",
        notice_date="3/2/2026",
        notice_received="3/6/2026",
        amount="300",
        reference="R-1",
    )
    press("Return")
    return tab


def kept(tab: CollectionsTab) -> Collection:
    return tab.session.read(lambda reader: reader.get(Collection, 1))


def test_an_empty_tab_says_what_to_note_and_a_notice_makes_its_collector(tab: CollectionsTab) -> None:
    assert said(tab, "No collector has written about this bill")
    press_button(tab, "Add notice…")
    dialog = form_in_front()
    press("Return")
    assert "Collector is needed" in problem_at(dialog, "collector")
    fill(dialog, collector="Red Fork Recovery", amount="-5")
    press("Return")
    assert "less than nothing" in dialog.problem
    fill(dialog, amount="300")
    press("Return")
    collector = tab.session.read(lambda reader: reader.get(Organization, kept(tab).collector_id))
    assert (collector.name, collector.kind) == ("Red Fork Recovery", "collector")


def test_the_notice_is_held_against_the_last_balance_and_its_window_counted(noted: CollectionsTab) -> None:
    assert said(noted, "Asks for $300.00; reference R-1; dated Mar 2, 2026; it came on Mar 6, 2026.")
    assert said(noted, "Not entered from the notice: the creditor it is owed to, the itemization date.")
    assert said(noted, "was $0.00, on Aug 1, 2025. The collector asks for $300.00 more: could it show")
    assert said(noted, "Dispute the debt in writing: until Apr 5, 2026, 16 days from today.")
    assert said(noted, "It starts on Mar 6, 2026. 30 days after Mar 6, 2026 is Apr 5, 2026.")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 4), "until Apr 5, 2026, 1 day from today."),
        (date(2026, 4, 5), "until Apr 5, 2026, today."),
        (date(2026, 4, 6), "ended on Apr 5, 2026, 1 day ago."),
    ],
)
def test_the_window_day_by_day(noted: CollectionsTab, day: date, words: str) -> None:
    noted.session._scenario_day = day
    noted.rescale()
    assert said(noted, f"Dispute the debt in writing: {words}")
    assert said(noted, "You may still dispute later") == (day > date(2026, 4, 5))


def test_odd_dates_are_kept_and_asked_about_and_a_missing_day_is_named(noted: CollectionsTab) -> None:
    press_button(noted, "Edit notice…")
    fill(form_in_front(), notice_received="2/27/2026")
    press("Return")
    assert said(noted, "The notice is dated Mar 2, 2026, after the day it came, Feb 27, 2026. Is one of the two")
    perform = noted.session.desk.perform
    perform(EditRecord(Collection, 1, (("notice_received", None),)))
    assert said(noted, "it counts as received 5 business days later, on Mar 9, 2026")
    perform(EditRecord(Collection, 1, (("notice_date", None),)))
    assert said(noted, "can't be counted: enter the day on which the collector's notice came.")
    press_button(noted, "Enter the date…")
    form_in_front().reject()


def test_disputing_in_writing_then_their_answer(noted: CollectionsTab) -> None:
    window: MainWindow = noted.window()  # type: ignore[assignment]
    press_button(noted, "Dispute in writing")
    assert window.going.page_name == "letters"
    open_tab(window, noted)
    press_button(noted, "Dispute in writing")
    letters = noted.session.read(lambda reader: reader.find(Letter))
    assert [(one.kind, one.recipient_id) for one in letters] == [("debt_validation", kept(noted).collector_id)]
    open_tab(window, noted)
    press_button(noted, "Disputed on…")
    dialog = form_in_front()
    fill(dialog, day="3/1/2026")
    press("Return")
    assert "came on Mar 6, 2026, after this day" in dialog.problem
    fill(dialog, day="3/19/2026")
    press("Return")
    assert said(noted, "the collector may not go on with the disputed part")
    press_button(noted, "They answered on…")
    fill(form_in_front(), day="3/20/2026")
    press("Return")
    assert kept(noted).validated_on == DAY
    assert said(noted, "disputed on Mar 19, 2026; they answered on Mar 20, 2026.")


def test_a_mark_on_the_credit_report_is_one_click_and_undone(noted: CollectionsTab) -> None:
    assert said(noted, "Whether it stands on a credit report is not noted.")
    press_button(noted, "It does")
    assert kept(noted).on_credit_report is True
    assert "It does" not in buttons(noted)
    noted.session.desk.undo()
    assert kept(noted).on_credit_report is None


def test_a_call_after_the_letter_that_asked_for_none_is_marked(noted: CollectionsTab) -> None:
    perform = noted.session.desk.perform
    stop = Letter(
        kind="collector_stop_contact",
        bill_id=1,
        recipient_id=kept(noted).collector_id,
        subject="No more contact",
        body="Please stop.",
        status="sent",
        date=date(2026, 3, 10),
    )
    perform(AddRecord(stop))
    perform(LogCall(Call(started=Moment(date(2026, 3, 12)), direction="in", said="Pay now"), "Red Fork Recovery", (1,)))
    assert said(noted, "They were in touch after your letter. What was it about?"), told(noted)
    window: MainWindow = noted.window()  # type: ignore[assignment]
    press_button(noted, "Log this call")
    assert window.call.draft().organization == "Red Fork Recovery"
    window.call.close_panel()


def test_a_notice_can_be_taken_away_and_comes_back(noted: CollectionsTab) -> None:
    press_button(noted, "Remove")
    assert said(noted, "No collector has written about this bill")
    noted.session.desk.undo()
    assert said(noted, "Asks for $300.00")
