"""The Today page: what is open by date, done by one key, and the count in the side bar."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtWidgets import QApplication, QPushButton

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, Promise, Statement, Task
from medbills_desktop.qt.pages.today_page import OpenItemRow
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.queries.answers import ListAwaitedAnswers
from medbills_desktop.store.queries.clocks import ListClocks
from tests.support.dialogs import form_in_front
from tests.support.keys import focus, press
from tests.support.windows import in_front, settle


def cards(window: MainWindow) -> list[OpenItemRow]:
    return window.today.cards


def show(window: MainWindow) -> None:
    press("Ctrl+1")
    settle(window)


def open_items(window: MainWindow) -> tuple[list[Promise], list[Task]]:
    promises = window.session.read(lambda reader: reader.find(Promise))
    tasks = window.session.read(lambda reader: reader.find(Task))
    return [each for each in promises if each.status in (None, "open")], [each for each in tasks if each.done is None]


def test_every_open_promise_and_task_is_shown_the_earliest_first(sample_window: MainWindow) -> None:
    show(sample_window)
    promises, tasks = open_items(sample_window)
    shown = [card.item.text for card in cards(sample_window) if card.item.kind in ("promise", "task")]
    assert sorted(shown) == sorted(each.text for each in [*promises, *tasks])
    days = [card.item.due for card in cards(sample_window) if card.item.due]
    assert days == sorted(days)


def test_the_side_bar_counts_what_is_due_by_now(sample_window: MainWindow) -> None:
    promises, tasks = open_items(sample_window)
    today = sample_window.session.today
    answers = sample_window.session.read(ListAwaitedAnswers())
    due = [each for each in [*promises, *tasks, *answers] if each.due and each.due <= today]
    button = next(each for each in sample_window.side.findChildren(QPushButton) if each.text() == "Today")
    assert button.accessibleName() == f"Today, {len(due)}"
    sample_window.session.perform(AddRecord(Task(text="Call back", due=today)))
    assert button.accessibleName() == f"Today, {len(due) + 1}"


def test_several_are_done_in_a_row_by_keyboard(sample_window: MainWindow) -> None:
    show(sample_window)
    first = next(card for card in cards(sample_window) if card.item.kind == "task")
    place = cards(sample_window).index(first)
    done = next(each for each in first.findChildren(QPushButton) if each.text() == "Done")
    done.setFocus()
    following = cards(sample_window)[place + 1].item
    press("Space")
    settle(sample_window)
    assert first.item not in [card.item for card in cards(sample_window)]
    card = next(card for card in cards(sample_window) if card.isAncestorOf(focus()))
    assert card.item == following
    press("Ctrl+Z")
    settle(sample_window)
    assert first.item in [card.item for card in cards(sample_window)]


def test_a_new_task_appears_at_once(sample_window: MainWindow) -> None:
    show(sample_window)
    before = len(cards(sample_window))
    day = sample_window.session.today + timedelta(days=2)
    sample_window.session.perform(AddRecord(Task(text="Ask for the itemised bill", due=day)))
    settle(sample_window)
    assert len(cards(sample_window)) == before + 1
    assert "Ask for the itemised bill" in [card.item.text for card in cards(sample_window)]


def test_nothing_due_offers_one_next_step(window: MainWindow) -> None:
    show(window)
    (step,) = [each for each in window.today.findChildren(QPushButton) if each.isVisible()]
    step.setFocus()
    press("Space")
    assert form_in_front().windowTitle() == "Add task"
    press("Escape")
    in_front(window)
    assert QApplication.activeWindow() is window


def test_a_date_that_follows_from_a_rule_leads_to_the_rule_and_to_the_bill(sample_window: MainWindow) -> None:
    show(sample_window)
    (clock,) = [card for card in cards(sample_window) if card.item.kind == "clock"]
    assert clock.item.rule_id == "fdcpa.window"
    assert clock.item.due == date(2026, 4, 12)
    act, rule, bill = clock.findChildren(QPushButton)
    assert act.text() == "Write letter"
    rule.click()
    settle(sample_window)
    assert sample_window.going.page_name == "rules"
    assert sample_window.rules.card.card is not None
    assert sample_window.rules.card.card.id == "fdcpa.window"
    show(sample_window)
    bill.click()
    assert sample_window.going.page_name == "bills"
    assert sample_window.bills.bill.bill_id == clock.item.bill_id


def test_a_date_far_away_stays_away_until_its_last_two_months(sample_window: MainWindow) -> None:
    read = sample_window.session.read
    assert [item.rule_id for item in read(ListClocks(date(2026, 3, 20)))] == ["fdcpa.window"]
    assert not [item for item in read(ListClocks(date(2026, 4, 13))) if item.rule_id == "fdcpa.window"]


def test_a_call_about_a_promise_brings_its_question_and_whom_it_is_with(sample_window: MainWindow) -> None:
    desk = sample_window.session.desk
    due = date(2026, 3, 18)
    promise = Promise(call_id=0, text="Send the corrected bill.", by="Ms. Field", due=due)
    desk.perform(LogCall(Call(started=Moment(date(2026, 3, 10))), "Fern Valley Office", (), (), (promise,)))
    show(sample_window)
    card = next(one for one in cards(sample_window) if one.item.text == promise.text)
    call = next(each for each in card.findChildren(QPushButton) if each.text() == "Call")
    call.click()
    draft = sample_window.call.draft()
    assert (draft.organization, draft.bill_ids) == ("Fern Valley Office", [])
    assert draft.asked == "I was promised for Mar 18, 2026: “Send the corrected bill”. Has it been done?"


def test_progress_is_that_of_the_patient_who_is_chosen(sample_window: MainWindow) -> None:
    desk, session = sample_window.session.desk, sample_window.session
    stated = Statement(bill_id=0, date=date(2026, 3, 1), total_charges=Cents(77_00), balance=Cents(55_00))
    bill = desk.perform(EnterBill("Fern Valley Office", "physician", "Another Patient", None, None, stated))
    show(sample_window)
    everyone = [figure.value.text() for figure in sample_window.today.progress.figures]
    session.patients.choose(bill.person_id)
    settle(sample_window)
    assert [figure.value.text() for figure in sample_window.today.progress.figures] == ["$77.00", "$55.00", "$0.00"]
    session.patients.choose(None)
    settle(sample_window)
    assert [figure.value.text() for figure in sample_window.today.progress.figures] == everyone
