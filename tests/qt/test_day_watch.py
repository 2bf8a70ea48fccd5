"""Another day while the program stays open: what is due, the steps and the findings are told anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.records import Task
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.windows import settle

EVENING = date(2025, 12, 31)


def test_what_is_due_tomorrow_is_due_after_midnight_without_a_click(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(library, EVENING)
    window.session.perform(AddRecord(Task(text="Call back", due=date(2026, 1, 1))))
    counts: list[int] = []
    window.today.counted.connect(counts.append)
    window.going.show_page("today")
    settle(window)
    assert counts == []
    window.session.move_to(date(2026, 1, 1))
    settle(window)
    assert counts == [1]
    assert [card.item.due for card in window.today.cards] == [window.session.today]


def test_the_same_day_tells_nothing_and_another_is_told_once(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    window = open_window(library, EVENING)
    told: list[bool] = []
    window.session.days.changed.connect(lambda: told.append(True))
    window.session.days.look()
    assert told == []
    window.session.move_to(date(2026, 1, 1))
    window.session.move_to(date(2026, 1, 1))
    assert told == [True]
