"""Exporting dates from the window: what is inside is said first, nothing is replaced without a word."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.records import Task
from medbills_desktop.qt.dialogs.dates_dialog import DatesDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.keys import press
from tests.support.windows import in_front, settle, wait_for


def opened(window: MainWindow) -> DatesDialog:
    window.actions_by_id["export_dates"].trigger()
    found = [each for each in QApplication.topLevelWidgets() if isinstance(each, DatesDialog) and each.isVisible()]
    in_front(found[-1])
    return found[-1]


def test_the_dates_are_shown_and_written(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(sample_window)
    titles = [row.date.title for row in dialog.view.rows_model.rows]
    dialog._target.setText(str(tmp_path / "mine"))
    dialog._target.setFocus()
    press("Return")
    in_front(sample_window)
    settle(sample_window)
    events = Calendar.from_ical((tmp_path / "mine.ics").read_bytes()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == titles
    assert len(titles) > 3
    assert not any("DESCRIPTION" in event for event in events)


def test_details_go_along_only_when_ticked(sample_window: MainWindow, tmp_path: Path) -> None:
    dialog = opened(sample_window)
    dialog._target.setText(str(tmp_path / "mine.ics"))
    dialog.detailed.setFocus()
    press("Space")
    dialog.accept()
    in_front(sample_window)
    settle(sample_window)
    assert b"DESCRIPTION" in (tmp_path / "mine.ics").read_bytes()


def test_a_file_that_is_there_is_replaced_only_after_asking(sample_window: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "mine.ics"
    target.write_text("older")
    dialog = opened(sample_window)
    dialog._target.setText(str(target))
    dialog.accept()
    assert dialog.isVisible()
    assert "There is a file of that name." in dialog.problem
    assert target.read_text() == "older"
    dialog.accept()
    in_front(sample_window)
    wait_for(lambda: target.read_bytes().startswith(b"BEGIN:VCALENDAR"))


def test_without_any_date_there_is_nothing_to_export(window: MainWindow) -> None:
    dialog = opened(window)
    (buttons,) = dialog.findChildren(QDialogButtonBox)
    assert [each.text() for each in buttons.buttons() if not each.isEnabled()] == ["Export dates"]
    assert "Nothing is due" in dialog.view.accessibleDescription()
    dialog.reject()
    in_front(window)
    window.session.perform(AddRecord(Task(text="Call", due=window.session.today)))
    again = opened(window)
    assert [row.date.title for row in again.view.rows_model.rows] == ["A task of yours"]
    again.reject()
