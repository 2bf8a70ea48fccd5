"""Points and answers by hand: offered after a call, noted point by point, and first on the next list."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.calls import LogCall
from medbills_desktop.commands.letters import EditLetter, MarkLetterSent, RecordReply, WriteLetter
from medbills_desktop.commands.lines import AddLines, EditLines, MarkLines
from medbills_desktop.commands.points import RecordAnswers
from medbills_desktop.domain.dates import Moment
from medbills_desktop.domain.money import Cents
from medbills_desktop.domain.records import Call, Line, PointAnswer, Statement
from medbills_desktop.qt.points.points_dialog import PointsDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle, wait_for

DAY = date(2025, 5, 4)


@pytest.fixture
def disputed(window: MainWindow) -> MainWindow:
    """A window on a bill of which two lines are disputed."""
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "001", DAY, Statement(bill_id=0, date=DAY)))
    lines = tuple(Line(bill_id=0, description=name, charge=Cents(5000)) for name in ("Film", "Gauze"))
    perform(AddLines(1, lines))
    perform(MarkLines((1, 2), "not_received", None))
    perform(EditLines(((1, (("disputed", Cents(5000)),)), (2, (("disputed", Cents(100)),)))))
    window.going.show_page("bills")
    window.bills.show_bill(1)
    settle(window)
    return window


def call(window: MainWindow) -> int:
    return int(window.session.desk.perform(LogCall(Call(started=Moment(date(2025, 5, 20))), "Blue Mesa", (1,))).id)


def dialog_of(window: MainWindow) -> PointsDialog:
    wait_for(lambda: any(each.isVisible() for each in window.findChildren(PointsDialog)))
    found = next(each for each in window.findChildren(PointsDialog) if each.isVisible())
    in_front(found)
    return found


def answers(window: MainWindow) -> list[PointAnswer]:
    return window.session.read(lambda reader: reader.find(PointAnswer))


def test_the_findings_of_a_bill_say_how_many_points_wait_and_open_them(disputed: MainWindow) -> None:
    tab = disputed.bills.bill.findings
    disputed.bills.bill.tabs.setCurrentWidget(tab)
    assert tab.points.isVisible()
    assert tab.points.text() == "2 points without an answer"
    tab.points.click()
    dialog = dialog_of(disputed)
    assert [row.point.title.partition(" ")[0] for row in dialog.rows] == ["Film", "Gauze"]
    assert not any(row.answer.isVisible() for row in dialog.rows), "no call or letter of theirs is there yet"
    dialog.reject()


def test_after_a_call_it_is_offered_without_a_question_in_the_way_and_noted_by_keys(disputed: MainWindow) -> None:
    disputed.going.show_page("bills")
    press("Ctrl+L")
    settle(disputed)
    type_text("Blue Mesa")
    disputed.call.fields.edited.emit()
    press("Ctrl+Return")
    settle(disputed)
    assert QApplication.activeModalWidget() is None
    assert disputed.offer.isVisible()
    disputed.offer.note()
    dialog = dialog_of(disputed)
    first = dialog.rows[0]
    first.answer.setFocus()
    press("Down")
    press("Tab")
    type_text("They will take it off")
    press("Tab")
    type_text("50")
    press("Return")
    wait_for(lambda: bool(answers(disputed)))
    in_front(disputed)
    (kept,) = answers(disputed)
    assert (kept.line_id, kept.answer, kept.said, kept.amount_off) == (1, "answered", "They will take it off", 5000)
    assert disputed.session.desk.undo_label == "Note their answers"


def test_what_cannot_be_read_is_said_at_its_point_and_nothing_is_kept(disputed: MainWindow) -> None:
    call(disputed)
    disputed.bills.bill.findings.points.open_points()
    dialog = dialog_of(disputed)
    dialog.rows[1].amount.setText("12,34")
    dialog.rows[1].answer.setCurrentIndex(1)
    dialog.rows[0].said.setText("Something")
    dialog.accept()
    assert dialog.isVisible()
    said = [[each.text() for each in row.findChildren(QLabel) if each.objectName() == "problem"] for row in dialog.rows]
    assert "how far they answered" in said[0][0]
    assert "12,34" in said[1][0]
    assert answers(disputed) == []
    dialog.reject()


def test_what_is_typed_and_not_saved_comes_back(disputed: MainWindow) -> None:
    call(disputed)
    disputed.bills.bill.findings.points.open_points()
    dialog = dialog_of(disputed)
    dialog.rows[0].said.setText("Half")
    dialog.rows[0].answer.setCurrentIndex(2)
    dialog.reject()
    settle(disputed)
    disputed.bills.bill.findings.points.open_points()
    dialog = dialog_of(disputed)
    assert (dialog.rows[0].said.text(), dialog.rows[0].answer.currentData()) == ("Half", "partly")
    dialog.accept()
    assert [one.said for one in answers(disputed)] == ["Half"]


def test_a_letter_of_theirs_is_offered_too_and_refusing_is_one_click(disputed: MainWindow) -> None:
    perform = disputed.session.desk.perform
    perform(WriteLetter("itemization_request", 1))
    perform(EditLetter(1, "Mine", "Please."))
    perform(MarkLetterSent(1, DAY))
    reply = perform(RecordReply(1, date(2025, 5, 9)))
    disputed.offer.after_letter(reply.id)
    assert disputed.offer.isVisible()
    disputed.session.desk.undo()
    assert not disputed.offer.isVisible()


def test_nothing_is_offered_where_nothing_waits(window: MainWindow) -> None:
    perform = window.session.desk.perform
    perform(EnterBill("Blue Mesa", "hospital", "Ana Ruiz", "001", DAY, None))
    window.offer.after_call(call(window))
    assert not window.offer.isVisible()


def test_unanswered_points_come_first_on_the_next_call_with_the_day_they_were_asked(disputed: MainWindow) -> None:
    number = call(disputed)
    given = (
        PointAnswer(bill_id=1, line_id=1, answer="answered"),
        PointAnswer(bill_id=1, line_id=2, answer="not_answered"),
    )
    disputed.session.desk.perform(RecordAnswers(1, given, call_id=number))
    settle(disputed)
    disputed.call.begin(1)
    text = disputed.call.about.sheet.text
    first = text.partition("To ask\n")[2].splitlines()[0]
    assert first.endswith("(asked May 20, 2025)")
    assert text.count("Please look at this charge again") == 1
    disputed.call.close_panel()
