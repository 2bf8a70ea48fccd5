"""After a call: the letter and the next look are offered beside the window, never asked for."""

from __future__ import annotations

from datetime import date

import pytest

from medbills_desktop.commands.calls import LogCall
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Call, Letter, Promise, Task
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.dialogs import fill, form_in_front
from tests.support.keys import press
from tests.support.windows import settle

DAY = Day(2026, 3, 2)


@pytest.fixture
def logged(window: MainWindow) -> MainWindow:
    bill = enter(window)
    promise = Promise(call_id=0, text="Send a corrected bill.", due=Day(2026, 3, 30))
    call = Call(started=Moment(DAY), said="We look into it.")
    kept = window.session.desk.perform(LogCall(call, "Blue Mesa Imaging", (bill.id,), (), (promise,)))
    settle(window)
    window.session._scenario_day = date(2026, 3, 2)
    window.after_call.offer(kept.id)
    return window


def test_the_letter_is_one_press_away_and_opens(logged: MainWindow) -> None:
    logged.after_call.letter.click()
    settle(logged)
    (letter,) = logged.session.read(lambda reader: reader.find(Letter))
    assert letter.kind == "call_confirmation"
    assert logged.going.page_name == "letters"
    assert logged.after_call.isVisible(), "the next look is still offered"
    assert not logged.after_call.letter.isVisible()


def test_the_next_look_is_set_for_the_day_after_the_promise(logged: MainWindow) -> None:
    assert logged.after_call.follow.text() == "Follow up on Mar 31, 2026"
    logged.after_call.follow.click()
    (task,) = logged.session.read(lambda reader: reader.find(Task))
    assert (task.due, task.text) == (Day(2026, 3, 31), "Follow up with Blue Mesa Imaging: Send a corrected bill")
    assert task.bill_id is not None
    logged.session.desk.undo()
    assert logged.session.read(lambda reader: reader.find(Task)) == []


def test_another_day_is_typed_in_the_form_of_the_task(logged: MainWindow) -> None:
    logged.after_call.other_day.click()
    dialog = form_in_front()
    fill(dialog, due="4/15/2026")
    press("Return")
    settle(logged)
    (task,) = logged.session.read(lambda reader: reader.find(Task))
    assert task.due == Day(2026, 4, 15)
    assert not logged.after_call.follow.isVisible()


def test_the_offer_goes_once_both_are_done(logged: MainWindow) -> None:
    logged.after_call.follow.click()
    logged.after_call.letter.click()
    settle(logged)
    assert not logged.after_call.isVisible()


def test_the_offer_goes_when_the_call_is_undone(logged: MainWindow) -> None:
    logged.session.desk.undo()
    settle(logged)
    assert not logged.after_call.isVisible()


def test_the_offer_stands_back_while_a_call_is_open(logged: MainWindow) -> None:
    press("Ctrl+L")
    assert not logged.after_call.isVisible()
    press("Escape")
    assert logged.after_call.isVisible()


def test_a_call_about_no_bill_offers_no_letter_and_looks_again_in_two_weeks(window: MainWindow) -> None:
    kept = window.session.desk.perform(LogCall(Call(started=Moment(DAY), said="Wrong number"), "Somebody"))
    window.session._scenario_day = date(2026, 3, 2)
    window.after_call.offer(kept.id)
    assert not window.after_call.letter.isVisible()
    assert window.after_call.follow.text() == "Follow up on Mar 16, 2026"


def test_a_correction_offers_nothing_new(logged: MainWindow) -> None:
    logged.after_call.close_offer.click()
    logged.call.correct(1)
    press("Ctrl+Return")
    settle(logged)
    assert not logged.after_call.isVisible()
