"""Two edits of one call: nothing is ever overwritten silently, and both wordings stay in the journal."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from medbills_desktop.commands.calls import ClosePromise, LogCall
from medbills_desktop.commands.records import EditRecord, RemoveRecord
from medbills_desktop.domain.dates import Day, Moment
from medbills_desktop.domain.records import Call, Promise
from medbills_desktop.qt.calls.wordings_dialog import WordingsDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.keys import focus, press, type_text
from tests.support.windows import settle


@pytest.fixture
def opened(window: MainWindow) -> MainWindow:
    """A call that is open for correction."""
    bill = enter(window)
    call = Call(started=Moment(Day(2026, 3, 2)), said="First")
    promise = Promise(call_id=0, text="Call back")
    window.session.desk.perform(LogCall(call, "Blue Mesa Imaging", (bill.id,), (), (promise,)))
    settle(window)
    window.call.correct(1)
    return window


def type_said(window: MainWindow, text: str) -> None:
    while focus().accessibleName() != "What they say":
        press("Tab")
    press("Ctrl+A")
    type_text(text)


def edit_elsewhere(window: MainWindow, **fields: object) -> None:
    window.session.desk.perform(EditRecord(Call, 1, tuple(fields.items())))
    settle(window)


def kept(window: MainWindow) -> Call:
    return window.session.read(lambda reader: reader.get(Call, 1))


def texts(window: MainWindow) -> list[str]:
    return [each.text() for each in window.call.changed.findChildren(QLabel) if each.isVisible()]


def test_nothing_typed_yet_is_simply_shown_anew(opened: MainWindow) -> None:
    edit_elsewhere(opened, said="Elsewhere")
    assert opened.call.draft().said == "Elsewhere"
    assert not opened.call.changed.isVisible()


def test_what_is_typed_and_what_was_changed_stand_side_by_side(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    edit_elsewhere(opened, said="Elsewhere", reference_number="REF-9")
    assert opened.call.changed.isVisible()
    shown = texts(opened)
    assert shown[1:] == [
        "", "As you typed it", "As it is now", "Reference", "–", "REF-9", "What they say", "Mine", "Elsewhere",
    ]  # fmt: skip
    press("Ctrl+Return")
    assert kept(opened).said == "Elsewhere", "saving again asks again and overwrites nothing"
    assert opened.call.changed.isVisible()


def test_keeping_mine_keeps_the_other_wording_in_the_journal(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    edit_elsewhere(opened, said="Elsewhere")
    opened.call.changed.mine.click()
    settle(opened)
    assert kept(opened).said == "Mine"
    assert not opened.call.isVisible()
    opened.session.desk.undo()
    assert kept(opened).said == "Elsewhere"


def test_taking_theirs_shows_the_call_as_it_is_now(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    edit_elsewhere(opened, said="Elsewhere")
    opened.call.changed.theirs.click()
    assert opened.call.draft().said == "Elsewhere"
    press("Ctrl+Return")
    assert kept(opened).said == "Elsewhere"


def test_going_on_with_editing_loses_nothing_and_asks_again(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    edit_elsewhere(opened, said="Elsewhere")
    assert focus() is opened.call.changed.editing
    press("Space")
    assert opened.call.fields.isVisible()
    assert opened.call.draft().said == "Mine"
    press("Ctrl+Return")
    assert opened.call.changed.isVisible()
    assert kept(opened).said == "Elsewhere"


def test_a_promise_closed_elsewhere_is_not_opened_again_silently(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    opened.session.desk.perform(ClosePromise(1, "kept", Day(2026, 3, 9)))
    settle(opened)
    assert "Call back · Kept" in texts(opened)
    press("Ctrl+Return")
    assert opened.session.read(lambda reader: reader.get(Promise, 1)).status == "kept"


def test_a_call_that_was_undone_can_be_kept_as_a_new_one(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    opened.session.desk.perform(RemoveRecord(Call, 1))
    settle(opened)
    assert opened.call.changed.isVisible()
    assert not opened.call.changed.theirs.isVisible()
    opened.call.changed.mine.click()
    settle(opened)
    (call,) = opened.session.read(lambda reader: reader.find(Call))
    assert (call.said, call.id) == ("Mine", 2)
    assert [one.text for one in opened.session.read(lambda reader: reader.find(Promise))] == ["Call back"]


def test_a_change_that_came_while_the_panel_was_closed_is_seen_too(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    press("Escape")
    edit_elsewhere(opened, said="Elsewhere")
    press("Ctrl+L")
    assert opened.call.draft().said == "Mine"
    press("Ctrl+Return")
    assert opened.call.changed.isVisible()
    assert kept(opened).said == "Elsewhere"


def test_a_correction_without_a_change_elsewhere_is_saved_at_once(opened: MainWindow) -> None:
    type_said(opened, "Mine")
    press("Ctrl+Return")
    assert kept(opened).said == "Mine"
    assert not opened.call.isVisible()


def test_a_correction_invents_no_way_and_no_direction(opened: MainWindow) -> None:
    type_said(opened, "Second")
    press("Ctrl+Return")
    assert (kept(opened).channel, kept(opened).direction) == (None, None)


def test_a_corrected_call_says_when_and_shows_what_stood_there(opened: MainWindow) -> None:
    assert not opened.call._earlier.isVisible()
    type_said(opened, "Second")
    press("Ctrl+Return")
    opened.call.correct(1)
    assert opened.call._state.text().startswith("Corrected on ")
    opened.call._earlier.click()
    dialog = opened.findChild(WordingsDialog)
    assert dialog is not None
    (row,) = dialog.view.rows_model.rows
    assert (row.field, row.was, row.became, row.step) == ("What they say", "First", "Second", "Correct call")
    assert (dialog.was.toPlainText(), dialog.became.toPlainText()) == ("First", "Second")
    dialog.close()
