"""Appealing by hand: from the EOB through each level, with the days that count and those that are missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.claims import EnterClaim
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Appeal, Claim, ClaimLine, Letter, Policy
from medbills_desktop.qt.appeals.appeals_tab import AppealsTab
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.dialogs import fill, form_in_front, go_to, problem_at
from tests.support.keys import press
from tests.support.told import buttons, open_tab, press_button, said, told

DAY = date(2026, 3, 2)


@pytest.fixture
def window(library: Library, open_window: Any) -> MainWindow:
    found: MainWindow = open_window(library, DAY)
    found.session.desk.perform(EnterBill("Lakeside Anesthesia", "physician", "Ana Ruiz", "001", None, None))
    open_tab(found, found.bills.bill.appeals)
    return found


@pytest.fixture
def tab(window: MainWindow) -> AppealsTab:
    """The tab on a bill whose claim of $1,870 was refused (scenario S32)."""
    claim = Claim(
        policy_id=0, bill_id=1, number="C-77", status="denied", date=date(2026, 1, 5), not_covered=Cents(187000)
    )
    window.session.desk.perform(EnterClaim("Example Health", claim))
    return window.bills.bill.appeals


def kept(tab: AppealsTab) -> list[Appeal]:
    return tab.session.read(lambda reader: reader.find(Appeal))


def test_an_empty_tab_says_what_an_appeal_starts_from(window: MainWindow) -> None:
    tab = window.bills.bill.appeals
    assert said(tab, "It starts from an EOB that denies something")
    press_button(tab, "Add EOB")
    form_in_front().reject()


def test_a_claim_says_what_is_refused_and_which_dates_are_missing(tab: AppealsTab) -> None:
    assert said(tab, "EOB dated Jan 5, 2026; the day it came is not entered; no last day to appeal is entered")
    assert said(tab, "The whole claim is denied; $1,870.00 not covered.")
    assert said(tab, "Internal appeal: until Jul 4, 2026, 124 days from today.")
    tab.session.desk.perform(EditRecord(Claim, 1, (("date", None),)))
    assert said(tab, "Internal appeal: can't be counted: enter the day on which the denial came.")
    press_button(tab, "Enter the date…")
    fill(form_in_front(), received="1/9/2026", appeal_deadline="7/31/2026")
    press("Return")
    assert said(tab, "Internal appeal: until Jul 31, 2026, 151 days from today.")
    assert said(tab, "Your notice prints Jul 31, 2026, which is later. The date on your own notice counts.")


def test_denied_lines_are_told_with_their_remarks(tab: AppealsTab) -> None:
    line = ClaimLine(
        claim_id=1,
        description="Supply",
        denied=True,
        billed=Cents(1000),
        not_covered=Cents(900),
        remark_codes=("N130",),
    )
    tab.session.desk.perform(AddRecord(line))
    assert said(tab, "Supply: billed $10.00, not covered $9.00; remark codes N130.")


def test_each_level_by_hand_until_the_external_review(tab: AppealsTab) -> None:
    press_button(tab, "Start the appeal…")
    dialog = form_in_front()
    fill(dialog, reason="The hospital was in network.")
    go_to(dialog, "notice_received")
    fill(dialog, notice_received="1/9/2026")
    press("Return")
    assert [(one.level, one.notice_date, one.notice_received) for one in kept(tab)] == [
        ("internal", date(2026, 1, 5), date(2026, 1, 9))
    ]
    assert said(tab, "Internal appeal: until Jul 8, 2026, 128 days from today.")
    assert said(tab, "Where it can't wait, ask for it to be urgent. An urgent appeal is decided within 72 hours.")
    press_button(tab, "Filed…")
    fill(form_in_front(), day="2/2/2026")
    press("Return")
    assert said(tab, "Decision on an appeal after care: they have until Apr 3, 2026, 32 days from today.")
    press_button(tab, "Decided…")
    dialog = form_in_front()
    fill(dialog, day="1/31/2026")
    go_to(dialog, "outcome")
    press("Down")
    press("Return")
    assert "filed on Feb 2, 2026, after this day" in dialog.problem
    fill(dialog, day="2/27/2026")
    press("Return")
    assert said(tab, "External review: until Jun 29, 2026, 119 days from today.")
    press_button(tab, "Next level…")
    dialog = form_in_front()
    go_to(dialog, "level")
    press("Down")
    go_to(dialog, "notice_date")
    press("Return")
    assert [(one.level, one.notice_date) for one in kept(tab)][1] == ("external", date(2026, 2, 27))
    assert "Next level…" not in buttons(tab)


def test_a_notice_dated_after_it_came_is_said_plainly_as_a_question(tab: AppealsTab) -> None:
    press_button(tab, "Start the appeal…")
    fill(form_in_front(), notice_date="2/9/2026", notice_received="2/1/2026")
    press("Return")
    question = (
        "The notice is dated Feb 9, 2026, after the day it came, Feb 1, 2026. Is one of the two dates typed wrongly?"
    )
    assert said(tab, question), told(tab)
    press_button(tab, "Edit…")
    dialog = form_in_front()
    fill(dialog, filed="3/1/2026", decided="2/1/2026")
    press("Return")
    assert "can't have been decided before it was filed" in problem_at(dialog, "decided")
    dialog.form.put_back({"decided": ""})
    press("Return")
    assert kept(tab)[0].filed == date(2026, 3, 1)


def test_the_letter_of_a_level_is_drafted_once_and_shown(tab: AppealsTab) -> None:
    press_button(tab, "Start the appeal…")
    form_in_front()
    press("Return")
    press_button(tab, "Write the letter")
    window: MainWindow = tab.window()  # type: ignore[assignment]
    assert window.going.page_name == "letters"
    open_tab(window, tab)
    assert "Write the letter" not in buttons(tab)
    press_button(tab, "Show the letter")
    letters = tab.session.read(lambda reader: reader.find(Letter))
    assert [one.kind for one in letters] == ["internal_appeal"]


def test_a_letter_that_went_out_without_a_level_is_told(tab: AppealsTab) -> None:
    sent = Letter(kind="internal_appeal", bill_id=1, body="Please decide again.", status="sent", date=date(2026, 2, 3))
    tab.session.desk.perform(AddRecord(sent))
    assert said(tab, "A letter of appeal went out on Feb 3, 2026. Start the level to count the days from here.")


def test_medicare_has_its_own_levels_and_a_printed_day_is_shown_where_nothing_counts(tab: AppealsTab) -> None:
    tab.session.desk.perform(EditRecord(Policy, 1, (("plan_name", "Original Medicare"),)))
    assert said(tab, "By the names on the policy this is original Medicare; its rules of appeal are used.")
    assert said(tab, "Medicare, level 1: redetermination: until May 10, 2026")
    assert said(tab, "it counts as received 5 days later, on Jan 10, 2026")
    tab.session.desk.perform(EditRecord(Policy, 1, (("plan_name", "Medigap Plan G"),)))
    press_button(tab, "Start the appeal…")
    fill(form_in_front(), printed_deadline="3/20/2026")
    press("Return")
    assert said(tab, "The notice prints Mar 20, 2026 as the last day, 18 days from today.")
    assert said(tab, "The program has no rule that counts days here")
    press_button(tab, "Remove")
    assert kept(tab) == []
