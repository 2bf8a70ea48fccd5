"""Following up by the keyboard alone: call, confirmation, letter, answer, offer, assistance, hand-over, packet."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QTabBar, QWidget

from medbills_desktop.domain.records import Assistance, Letter, Offer, Task
from medbills_desktop.qt.window import MainWindow
from tests.journeys.test_keyboard_only import enter_the_bill, log_the_call
from tests.support.dialogs import fill, form_in_front
from tests.support.keys import focus, press, type_text
from tests.support.windows import settle, wait_for


def words_of(widget: QWidget) -> str:
    text = widget.property("text")
    return widget.accessibleName() or (text if isinstance(text, str) else "")


def tab_to(words: str, most: int = 90) -> None:
    """Press Tab until what has the keyboard is called so."""
    seen = []
    for _ in range(most):
        seen.append(words_of(focus()))
        if seen[-1].startswith(words):
            return
        press("Tab")
    raise AssertionError(f"{words} is not reached by Tab: {seen}")


def call_and_confirm(window: MainWindow) -> None:
    """The call, the day to ask again, and the letter that puts the promise in writing."""
    log_the_call(window)
    press("F6", "F6")
    tab_to("Follow up on")
    press("Space")
    settle(window)
    press("F6", "F6", "F6", "F6")
    tab_to("Write the confirmation letter")
    press("Space")
    settle(window)


def write_and_send(window: MainWindow) -> None:
    press("Ctrl+2", "Ctrl+Shift+W", "Return")
    settle(window)
    tab_to("Your name and address")
    press("Space")
    type_text("Robin Example")
    press("Return")
    type_text("12 Elm Street")
    press("Ctrl+Return")
    settle(window)
    tab_to("Their address")
    press("Space")
    fill(form_in_front(), address="1 Main Street")
    press("Ctrl+Return")
    settle(window)
    tab_to("It was sent")
    press("Space")
    fill(form_in_front(), day="2/10/2026", tracking="9400 1")
    press("Return")
    settle(window)


def note_the_answer(window: MainWindow) -> None:
    tab_to("They answered")
    press("Space")
    fill(form_in_front(), day="2/20/2026", subject="We are looking into it")
    press("Return")
    settle(window)


def offer_and_think_of_assistance(window: MainWindow) -> None:
    press("Ctrl+2", "Ctrl+Shift+F")
    fill(form_in_front(), date="2/24/2026", amount="500.00")
    press("Return")
    settle(window)
    press("F6")
    for _ in range(4):
        if isinstance(focus(), QTabBar):
            break
        press("Tab")
    press("Right")
    settle(window)
    tab_to("Think about applying")
    press("Space")
    settle(window)


def test_a_dispute_is_followed_up_by_the_keyboard_alone(window: MainWindow, tmp_path: Path) -> None:
    enter_the_bill(window)
    call_and_confirm(window)
    write_and_send(window)
    note_the_answer(window)
    offer_and_think_of_assistance(window)
    press("Ctrl+Shift+H")
    settle(window)
    tab_to("Save as")
    press("Ctrl+A")
    type_text(str(tmp_path / "case.zip"))
    press("Return")
    wait_for(lambda: (tmp_path / "case.zip").exists())
    settle(window)

    read = window.session.read
    (task,) = read(lambda reader: reader.find(Task))
    assert (task.due, task.done) == (date(2026, 4, 3), None)
    letters = read(lambda reader: reader.find(Letter))
    assert [(one.kind, one.status) for one in letters] == [
        ("call_confirmation", "draft"),
        ("itemization_request", "sent"),
        ("reply", "received"),
    ]
    assert (letters[1].date, letters[1].tracking, letters[2].answers_to_id) == (date(2026, 2, 10), "9400 1", 2)
    assert "Robin Example" in (letters[0].body or "")
    assert letters[1].document_id is not None
    (offer,) = read(lambda reader: reader.find(Offer))
    assert (offer.amount, offer.direction) == (50_000, "from_me")
    (assistance,) = read(lambda reader: reader.find(Assistance))
    assert assistance.status == "considering"
    with zipfile.ZipFile(tmp_path / "case.zip") as handed:
        assert "case.json" in handed.namelist()
        assert "Send a corrected bill" in handed.read("case.json").decode("utf-8")


def test_the_next_area_is_one_that_has_something_to_do_in_it(window: MainWindow) -> None:
    """The viewer without a paper is passed by, and what follows a call can be reached."""
    enter_the_bill(window)
    log_the_call(window)
    found = []
    for _ in range(4):
        press("F6")
        found.append(focus())
    assert len(set(found)) == 4
    assert window.after_call.isAncestorOf(found[1])
    press("Shift+F6")
    assert focus() is found[2]
