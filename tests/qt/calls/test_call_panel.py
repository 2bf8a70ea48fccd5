"""The call panel: from anywhere, beside everything, quick to fill by keys, and nothing typed in it is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from medbills_desktop.domain.records import Call, CallBill, Organization, Promise
from medbills_desktop.qt.actions import ACTIONS
from medbills_desktop.qt.calls.call_panel import DRAFT_KEY
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.drafts import find_draft
from medbills_desktop.store.library import Library
from tests.support.bills import enter
from tests.support.keys import focus, pause, press, type_text
from tests.support.windows import settle, wait_for

KEYS = {action.id: action.keys for action in ACTIONS}
ROOT = Path(__file__).resolve().parents[3]
TYPING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from PySide6.QtWidgets import QApplication
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.settings import Settings
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.keys import press, type_text
application = QApplication([])
library = Library.open(Path(sys.argv[1]))
window = MainWindow(Session(library, None), Settings(), "library", Path(sys.argv[1]).parent)
window.show()
window.activateWindow()
while QApplication.activeWindow() is None:
    application.processEvents()
press("Ctrl+L")
type_text("Blue Mesa")
press("Tab", "Tab", "Tab", "Tab")
type_text("why twice")
press("Tab")
type_text("they look into it, call 17")
press("Tab")
type_text("A new bill")
print("typed", flush=True)
application.exec()
"""


def fields(window: MainWindow) -> dict[str, str]:
    draft = window.call.draft()
    return {"said": draft.said, "asked": draft.asked, "organization": draft.organization}


def texts(widget: object) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.text())  # type: ignore[attr-defined]


def fill(window: MainWindow) -> int:
    """Log a whole call from the keyboard; gives how many keys it took apart from the words themselves."""
    before = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - the person's own clock
    press("Ctrl+L")
    keys = 1
    for text in ("Ms. Field", "REF-0077", "1,234.50"):
        type_text(text)
        press("Tab")
        keys += 1
    for text in ("Why twice?", "They look into it.", "Send a corrected bill", "Ms. Field"):
        type_text(text)
        press("Tab")
        keys += 1
    type_text("4/2/2026")
    press("Return")
    type_text("Call back")
    press("Tab", "Tab")
    type_text("4/9/2026")
    began = window.call.draft().started
    assert datetime.strptime(began, "%m/%d/%Y %H:%M") - before <= timedelta(minutes=1)  # noqa: DTZ007
    press("Ctrl+Return")
    settle(window)
    return keys + 4


def test_a_whole_call_takes_a_handful_of_keys_beside_its_words(window: MainWindow) -> None:
    bill = enter(window)
    keys = fill(window)
    assert keys < 14
    assert not window.call.isVisible()
    read = window.session.read
    (call,) = read(lambda reader: reader.find(Call))
    assert (call.representative, call.reference_number, call.amount_quoted) == ("Ms. Field", "REF-0077", 123450)
    assert (call.asked, call.said, call.minutes) == ("Why twice?", "They look into it.", 1)
    assert read(lambda reader: reader.get(Organization, call.organization_id or 0)).name == "Blue Mesa Imaging"
    assert [link.bill_id for link in read(lambda reader: reader.find(CallBill))] == [bill.id]
    promises = read(lambda reader: reader.find(Promise))
    assert [(promise.text, promise.by, promise.due) for promise in promises] == [
        ("Send a corrected bill", "Ms. Field", date(2026, 4, 2)),
        ("Call back", None, date(2026, 4, 9)),
    ]


def test_a_saved_call_is_in_calls_in_the_timeline_and_its_promises_are_due_today(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(library, date(2026, 4, 3))
    enter(window)
    fill(window)
    for page, keys in ((window.calls, "page_calls"), (window.timeline, "page_timeline")):
        press(KEYS[keys])
        settle(window)
        shown = " ".join(repr(row) for row in page.view.rows_model.rows)
        assert "They look into it." in shown or "Ms. Field" in shown
    press("Ctrl+1")
    settle(window)
    assert "Send a corrected bill" in texts(window.today)


@pytest.mark.parametrize("keys", [KEYS[name] for name in KEYS if name.startswith("page_")])
def test_the_panel_opens_from_every_page_and_the_window_stays_usable(window: MainWindow, keys: str) -> None:
    press(keys, "Ctrl+L")
    assert window.call.isVisible()
    assert window.call.fields.isAncestorOf(focus())
    type_text("Somebody")
    press(KEYS["page_papers"])
    settle(window)
    assert window.going.page_name == "papers"
    assert window.call.isVisible()
    press("Ctrl+L")
    assert window.call.fields.isAncestorOf(focus())
    assert fields(window)["organization"] == "Somebody"


def test_escape_keeps_what_was_typed_for_the_next_time(window: MainWindow) -> None:
    press("Ctrl+L")
    press("Tab")
    type_text("Ms. Field")
    press("Escape")
    assert not window.call.isVisible()
    assert "Ctrl+L" in window.notices.text
    press("Ctrl+L")
    assert window.call.draft().representative == "Ms. Field"


def test_closing_the_window_at_once_keeps_what_was_typed(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(library)
    press("Ctrl+L", "Tab")
    type_text("Ms. Field")
    window.close()
    kept = find_draft(library, DRAFT_KEY)
    assert kept is not None
    assert kept["representative"] == "Ms. Field"
    again = open_window(library)
    assert again.call.isVisible()
    assert again.call.draft().representative == "Ms. Field"


def test_only_a_due_date_or_a_name_of_a_promise_is_kept_too(window: MainWindow) -> None:
    press("Ctrl+L")
    while focus().accessibleName() != "Promise 1: due":
        press("Tab")
    type_text("4/2/2026")
    press("Escape")
    press("Ctrl+L")
    assert [row.due for row in window.call.draft().promises] == ["4/2/2026"]
    press("Ctrl+Return")
    assert "A promise has no words yet." in texts(window.call)
    assert window.session.read(lambda reader: reader.find(Call)) == []


@pytest.mark.parametrize(("field", "text"), [("Amount said", "12,34"), ("Began", "13/13/2025"), ("Minutes", "soon")])
def test_what_cannot_be_read_is_told_and_stays_as_typed(window: MainWindow, field: str, text: str) -> None:
    press("Ctrl+L")
    type_text("Somebody")
    if field != "Amount said":
        press("Alt+M")
    while focus().accessibleName() != field:
        press("Tab")
    press("Ctrl+A")
    type_text(text)
    press("Ctrl+Return")
    assert window.call.isVisible()
    assert text in texts(window.call)
    assert window.session.read(lambda reader: reader.find(Call)) == []
    assert focus().property("text") == text


def test_fields_that_are_needed_less_often_come_when_wanted_and_when_something_stands_in_them(
    window: MainWindow,
) -> None:
    press("Ctrl+L")
    settle(window)
    (begun,) = [each for each in window.call.findChildren(QLineEdit) if each.accessibleName() == "Began"]
    assert not begun.isVisible()
    press("Alt+M")
    assert begun.isVisible()
    assert focus().accessibleName() == "Their id"
    type_text("A-17")
    window.call.fields.more.click()
    assert not begun.isVisible()
    press("Escape", "Ctrl+L")
    assert begun.isVisible(), "an id stands there"
    assert window.call.draft().representative_id == "A-17"


def test_a_low_window_puts_the_list_of_bills_away_while_a_call_is_open(sample_window: MainWindow) -> None:
    sample_window.resize(1366, 768)
    settle(sample_window)
    sample_window.bills.view.setFocus()
    press("Ctrl+L")
    settle(sample_window)
    assert not sample_window.bills.view.isVisible()
    for each in sample_window.call.fields.findChildren(QLineEdit):
        if each.isVisible():
            hint = each.fontMetrics().horizontalAdvance(each.placeholderText())
            assert each.width() > hint, each.accessibleName()
            assert not each.visibleRegion().isEmpty(), f"{each.accessibleName()} is in sight without scrolling"
    press(KEYS["page_bills"])
    assert sample_window.bills.view.isVisible(), "whoever wants the list has it"
    press("Ctrl+L", "Escape")
    settle(sample_window)
    assert sample_window.bills.view.isVisible()
    assert focus() is sample_window.bills.view, "the keyboard is where it was"


def test_the_time_runs_while_one_types(window: MainWindow) -> None:
    press("Ctrl+L")
    assert "0:00" in texts(window.call)
    wait_for(lambda: "0:01" in texts(window.call), 5)


@pytest.mark.skipif(sys.platform == "win32", reason="kills by a signal")
def test_a_killed_program_loses_nothing_that_was_typed_a_second_before(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    folder = library.folder
    library.close()
    command = [sys.executable, "-c", TYPING, str(folder), str(ROOT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as typing:
        assert typing.stdout is not None
        assert typing.stdout.readline() == "typed\n"
        time.sleep(1.0)
        typing.send_signal(signal.SIGKILL)
        typing.wait()
    with Library.open(folder) as again:
        window = open_window(again)
        assert window.call.isVisible()
        assert fields(window) == {
            "said": "they look into it, call 17",
            "asked": "why twice",
            "organization": "Blue Mesa",
        }
        assert [row.text for row in window.call.draft().promises] == ["A new bill"]
        window.close()


def test_a_draft_is_on_the_disk_within_a_second(window: MainWindow) -> None:
    press("Ctrl+L", "Tab")
    type_text("Ms. Field")
    pause(1.0)
    kept = find_draft(window.session.library, DRAFT_KEY)
    assert kept is not None
    assert kept["representative"] == "Ms. Field"
