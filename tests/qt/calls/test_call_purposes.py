"""What a call is for: whom it is with, what to ask and what one could say, filled in before anybody has typed."""

from __future__ import annotations

import time

import pytest
from PySide6.QtGui import QGuiApplication

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.call_scripts import call_scripts
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, Collection, Organization, Promise, Statement, Task
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.keys import focus, press, type_text
from tests.support.windows import settle

ITEMIZED = call_scripts()["itemized"]


@pytest.fixture
def bill_id(window: MainWindow) -> int:
    bill = enter(window)
    perform = window.session.desk.perform
    perform(AddRecord(Statement(bill_id=bill.id, date=Day(2026, 3, 2), balance=Cents(84_00))))
    collector = perform(AddRecord(Organization(name="Red Fork Recovery", kind="collector")))
    perform(AddRecord(Collection(bill_id=bill.id, collector_id=collector.id, reference="RF-77", amount=Cents(90_00))))
    settle(window)
    return bill.id


def sheet(window: MainWindow) -> str:
    return window.call.about.sheet.text


def test_the_menu_of_the_bill_begins_a_call_for_a_purpose(window: MainWindow, bill_id: int) -> None:
    bill = window.bills.bill
    bill.tabs.setCurrentWidget(bill.calls)
    menu = bill.calls.about.menu()
    assert menu is not None
    assert [act.text()[4:] for act in menu.actions()] == [script.name for script in call_scripts().values()]
    menu.actions()[4].trigger()
    draft = window.call.draft()
    assert (draft.organization, draft.purpose, draft.bill_ids) == ("Red Fork Recovery", "collector", [bill_id])
    assert draft.asked == call_scripts()["collector"].ask
    assert "RF-77" in sheet(window)
    assert "I’m not saying that I owe it" in sheet(window)


def test_the_sheet_has_the_numbers_and_nothing_that_is_not_known(window: MainWindow, bill_id: int) -> None:
    window.call.begin_about(CallWish(bill_id, purpose="itemized"))
    text = sheet(window)
    for words in ("Account 000123", "Patient Ana Ruiz", "Asked $84.00 on Mar 2, 2026", "Collector’s reference RF-77"):
        assert words in text
    for words in ("None", "–", "[", "born", "Claim", "Plan", "EOB"):
        assert words not in text
    window.call.about.copy_sheet()
    assert QGuiApplication.clipboard().text() == text


def test_one_key_chooses_what_the_call_is_for(window: MainWindow, bill_id: int) -> None:
    press("Ctrl+L", "Alt+1")
    assert window.call.draft().asked == ITEMIZED.ask
    assert "itemized bill" in sheet(window)
    press("Alt+5")
    draft = window.call.draft()
    assert (draft.organization, draft.asked) == ("Red Fork Recovery", call_scripts()["collector"].ask)
    press("Alt+0")
    draft = window.call.draft()
    assert (draft.organization, draft.asked, draft.purpose) == ("Blue Mesa Imaging", "", "")
    assert "You could say" not in sheet(window)


def test_what_is_typed_is_never_replaced_by_a_purpose(window: MainWindow, bill_id: int) -> None:
    window.call.begin(bill_id)
    window.call.fields.set_other("Somebody else")
    window.call.fields.add_question("Why twice?")
    press("Alt+1")
    draft = window.call.draft()
    assert (draft.organization, draft.asked) == ("Somebody else", "Why twice?")


def test_a_purpose_comes_back_with_what_was_left_behind(window: MainWindow, bill_id: int) -> None:
    press("Ctrl+L", "Alt+4", "Tab")
    type_text("Ms. Field")
    press("Escape", "Ctrl+L")
    assert window.call.draft().purpose == "lump_sum"
    assert "Is there a discount for paying" in sheet(window)


def test_what_one_could_say_is_there_in_spanish_too(window: MainWindow, bill_id: int) -> None:
    press("Ctrl+L", "Alt+1")
    combo = window.call.about._language
    assert combo.isVisible()
    combo.setFocus()
    press("Down")
    assert "Quisiera una factura detallada" in sheet(window)
    assert window.call.draft().asked == ITEMIZED.ask, "what is noted stays in English"
    press("Alt+0")
    assert not combo.isVisible()


def test_open_promises_of_the_other_side_are_on_the_sheet(window: MainWindow, bill_id: int) -> None:
    press("Ctrl+L", "Tab")
    window.call.fields.promises.rows()
    while focus().accessibleName() != "Promise 1":
        press("Tab")
    type_text("Send a corrected bill")
    press("Tab", "Tab")
    type_text("3/9/2020")
    press("Ctrl+Return")
    window.call.begin(bill_id)
    assert "What they promised" in sheet(window)
    assert "Send a corrected bill · due Mar 9, 2020" in sheet(window)
    assert "days late" in sheet(window)


def test_a_hold_is_noted_as_a_promise_with_its_last_day(window: MainWindow, bill_id: int) -> None:
    press("Ctrl+L")
    window.call.fields.promises._hold.click()
    assert focus().accessibleName() == "Promise 1: due"
    type_text("4/30/2026")
    press("Ctrl+Return")
    (kept,) = window.session.read(lambda reader: reader.find(Promise))
    assert (kept.text[:4], kept.due) == ("Keep", Day(2026, 4, 30))


def test_from_the_first_ring_to_the_next_look_by_keys_alone_in_less_than_a_minute(
    window: MainWindow, bill_id: int
) -> None:
    """A whole call with a purpose, a name, a reference, what was said, a promise, and the day to look again."""
    keys, letters, began = 0, 0, time.monotonic()

    def hit(*names: str) -> None:
        nonlocal keys
        press(*names)
        keys += len(names)

    def say(text: str) -> None:
        nonlocal letters
        type_text(text)
        letters += len(text)

    hit("Ctrl+L", "Alt+1")
    say("Ms. Field")
    hit("Tab")
    say("REF-0077")
    while focus().accessibleName() != "What they say":
        hit("Tab")
    say("It goes out this week.")
    hit("Tab")
    say("Send the itemized bill")
    hit("Tab", "Tab")
    say("4/2/2026")
    hit("Ctrl+Return")
    settle(window)
    assert window.after_call.isVisible()
    press("F6")
    window.after_call.follow.setFocus()
    hit("Space")
    settle(window)
    read = window.session.read
    (call,) = read(lambda reader: reader.find(Call))
    assert (call.representative, call.reference_number, call.asked) == ("Ms. Field", "REF-0077", ITEMIZED.ask)
    (task,) = read(lambda reader: reader.find(Task))
    assert task.due == Day(2026, 4, 3)
    assert keys <= 16
    assert (keys + letters) / 5 < 60, "five keys a second are a slow typist's"
    assert time.monotonic() - began < 60
