"""The next steps on Today and in the list of bills: in order, done by one click, kept up to date."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.changes import ChangeSet
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import (
    Assistance,
    Bill,
    Claim,
    Collection,
    Letter,
    Offer,
    Organization,
    Statement,
    Task,
)
from medbills_desktop.domain.step_facts import Act
from medbills_desktop.domain.step_words import ACT_WORDS, list_words
from medbills_desktop.qt.step_acts import LETTERS, TABS, StepWish
from medbills_desktop.qt.steps_watch import bills_named
from medbills_desktop.qt.today.step_row import StepCard
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.queries.steps import ListNextSteps
from tests.support.dialogs import form_in_front
from tests.support.keys import focus, press
from tests.support.windows import in_front, settle


def cards(window: MainWindow) -> list[StepCard]:
    window.going.show_page("today")
    settle(window)
    return window.today.steps.cards


def card(window: MainWindow, act: str) -> StepCard:
    return next(one for one in cards(window) if one.step_row.step.act == act)


def test_every_open_bill_has_one_card_what_presses_first(sample_window: MainWindow) -> None:
    shown = [one.step_row for one in cards(sample_window)]
    bills = sample_window.session.read(lambda reader: reader.find(Bill))
    assert sorted(row.bill_id for row in shown) == sorted(bill.id for bill in bills)
    assert [row.step.act for row in shown] == ["dispute_debt", "look_at_findings", "wait"]
    assert shown[0].step.day == date(2026, 4, 12)
    assert all(one.act.accessibleName().endswith(one.step_row.step.sentence) for one in sample_window.today.steps.cards)


def test_the_list_of_bills_says_the_same(sample_window: MainWindow) -> None:
    by_bill = {one.step_row.bill_id: list_words(one.step_row.step) for one in cards(sample_window)}
    sample_window.going.show_page("bills")
    settle(sample_window)
    assert {row.id: row.next_step for row in sample_window.bills.view.rows_model.rows} == by_bill


def test_a_dispute_begins_the_right_letter(sample_window: MainWindow) -> None:
    card(sample_window, "dispute_debt").act.click()
    dialog = form_in_front()
    assert dialog.form.widget("kind").currentData() == "debt_validation"
    press("Ctrl+Return")
    in_front(sample_window)
    settle(sample_window)
    assert sample_window.going.page_name == "letters"
    letter = sample_window.letters.editor.letter
    assert letter is not None
    assert letter.kind == "debt_validation"


def test_findings_open_on_the_tab_of_the_bill(sample_window: MainWindow) -> None:
    one = card(sample_window, "look_at_findings")
    one.act.click()
    settle(sample_window)
    assert sample_window.going.page_name == "bills"
    assert sample_window.bills.bill.bill_id == one.step_row.bill_id
    assert sample_window.bills.bill.tabs.currentWidget() is sample_window.bills.bill.findings


def test_a_late_answer_opens_the_call_with_whom_and_what_to_ask(sample_window: MainWindow) -> None:
    session = sample_window.session
    bill_id = next(one.step_row.bill_id for one in cards(sample_window) if one.step_row.step.act == "wait")
    due = session.today - timedelta(days=3)
    letter = Letter(
        kind="billing_dispute", bill_id=bill_id, status="sent", date=due - timedelta(days=30), reply_due=due
    )
    session.perform(AddRecord(letter))
    settle(sample_window)
    one = card(sample_window, "chase")
    assert one.step_row.bill_id == bill_id
    one.act.click()
    settle(sample_window)
    assert sample_window.call.isVisible()
    draft = sample_window.call.draft()
    assert draft.bill_ids == [bill_id] or draft.bill_ids == (bill_id,)
    assert "asked for an answer by Mar 17, 2026. When will I have it?" in draft.asked
    assert draft.organization == one.step_row.biller
    sample_window.call.close_panel()


def test_a_missing_date_is_entered_in_the_form_of_its_record(sample_window: MainWindow) -> None:
    session = sample_window.session
    (notice,) = session.read(lambda reader: reader.find(Collection))
    session.perform(EditRecord(Collection, notice.id, (("notice_received", None), ("notice_date", None))))
    settle(sample_window)
    card(sample_window, "enter_date").act.click()
    dialog = form_in_front()
    assert dialog.form.widget("notice_received") is not None
    press("Escape")
    in_front(sample_window)


def test_a_closed_bill_has_no_step_and_undo_brings_it_back(sample_window: MainWindow) -> None:
    before = len(cards(sample_window))
    bill_id = sample_window.today.steps.cards[0].step_row.bill_id
    sample_window.session.perform(EditRecord(Bill, bill_id, (("status", "closed"),)))
    settle(sample_window)
    assert len(cards(sample_window)) == before - 1
    press("Ctrl+Z")
    settle(sample_window)
    assert len(cards(sample_window)) == before


def test_after_a_step_is_done_the_keyboard_stays_in_the_list(sample_window: MainWindow) -> None:
    first = cards(sample_window)[0]
    first.act.setFocus()
    sample_window.session.perform(EditRecord(Bill, first.step_row.bill_id, (("status", "closed"),)))
    settle(sample_window)
    now = sample_window.today.steps.cards
    assert any(one.isAncestorOf(focus()) for one in now)


def test_every_act_has_its_word_and_a_way(sample_window: MainWindow) -> None:
    """No click of a step leads nowhere: each opens a form, a page, a tab or the call panel."""
    bill = sample_window.session.read(lambda reader: reader.find(Bill))[0]
    panel = sample_window.bills.bill
    acts: list[Act] = list(ACT_WORDS)
    for act in acts:
        if act in LETTERS or act in ("enter_date", "enter_statement", "do_task", "finish_letter"):
            continue
        sample_window.going.show_page("today")
        sample_window.steps.do(StepWish(act, bill.id, question="May I ask?"))
        settle(sample_window)
        if act in TABS:
            assert panel.tabs.currentWidget() is getattr(panel, TABS[act], panel.tabs.currentWidget())
        assert sample_window.call.isVisible() or sample_window.going.page_name == "bills"
        sample_window.call.close_panel()


@pytest.mark.parametrize("kind", [Statement, Offer, Assistance, Claim, Task])
def test_steps_follow_whatever_is_entered(sample_window: MainWindow, kind: type) -> None:
    session = sample_window.session
    bill_id = next(one.step_row.bill_id for one in cards(sample_window) if one.step_row.step.act == "wait")
    record = {
        Statement: Statement(bill_id=bill_id, date=session.today, balance=Cents(1)),
        Offer: Offer(bill_id=bill_id, date=session.today, amount=Cents(5), direction="from_them", status="open"),
        Assistance: Assistance(bill_id=bill_id, status="denied", decided=session.today),
        Claim: Claim(policy_id=1, bill_id=bill_id, status="denied", received=session.today - timedelta(days=170)),
        Task: Task(text="Look again", bill_id=bill_id, due=session.today),
    }[kind]
    session.perform(AddRecord(record))
    settle(sample_window)
    read = {row.bill_id: row for row in session.read(ListNextSteps(session.today, found_of(sample_window)))}
    assert dict(session.steps.rows) == read


def found_of(window: MainWindow) -> dict:
    return window.session.steps._facts_found(None)


def test_a_change_asks_only_for_the_bills_that_it_names(sample_window: MainWindow) -> None:
    """Typing lines must not read every bill anew."""
    session = sample_window.session
    told: list[ChangeSet] = []
    session.herald.changed.connect(told.append)
    bill = session.read(lambda reader: reader.find(Bill))[1]
    session.perform(AddRecord(Statement(bill_id=bill.id, date=session.today)))
    session.perform(EditRecord(Bill, bill.id, (("notes", "x"),)))
    session.perform(EditRecord(Organization, bill.biller_id, (("notes", "x"),)))
    settle(sample_window)
    assert [bills_named(one) for one in told] == [{bill.id}, {bill.id}, None]
    session.herald.changed.disconnect(told.append)


def test_the_figures_follow_while_today_is_in_sight(sample_window: MainWindow) -> None:
    cards(sample_window)
    before = [one.value.text() for one in sample_window.today.progress.figures]
    bill = sample_window.session.read(lambda reader: reader.find(Bill))[0]
    record = Statement(bill_id=bill.id, date=sample_window.session.today, total_charges=Cents(1), balance=Cents(1))
    sample_window.session.perform(AddRecord(record))
    settle(sample_window)
    assert [one.value.text() for one in sample_window.today.progress.figures] != before
