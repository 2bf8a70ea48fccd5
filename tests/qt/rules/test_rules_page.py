"""The Rules page: found by a state or a word, read with its source, counted from a day, remembered on Today."""

from __future__ import annotations

from datetime import date

from PySide6.QtTest import QTest

from medbills_desktop.domain.records import Task
from medbills_desktop.domain.rules.card_words import ANCHORS, clock_words, find_cards
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.qt.window import MainWindow


def shown(window: MainWindow, card_id: str) -> None:
    window.going.show_page("rules")
    window.rules.show_rule(card_id)


def test_every_event_has_its_words() -> None:
    assert {card.anchor for card in shipped_cards() if card.anchor} <= set(ANCHORS)
    words = {card.id: clock_words(card) for card in shipped_cards()}
    assert words["r.apply"] == "240 days from the day of the first bill"
    assert words["nsa.consent.72h"] == "72 hours before the day of the service"


def test_cards_are_found_by_words_in_any_order_and_case() -> None:
    found = [card.id for card in find_cards(shipped_cards(), "TEXAS itemized")]
    assert "state.itemized.tx" in found
    assert all("tx" in one for one in found)


def test_the_list_is_narrowed_as_one_types(window: MainWindow) -> None:
    window.going.show_page("rules")
    QTest.keyClicks(window.rules.words, "external review")
    assert window.rules.view.rows_model.rowCount() < 20
    assert window.rules.count.text().split()[0] == str(window.rules.view.rows_model.rowCount())
    QTest.keyClicks(window.rules.words, " zzz")
    assert window.rules.view.rows_model.rowCount() == 0
    assert window.rules.card.card is None


def test_a_card_shows_its_source_and_the_day_it_was_checked(window: MainWindow) -> None:
    shown(window, "nsa.ppdr.window")
    spoken = window.rules.card.accessibleDescription()
    assert "45 CFR 149.620(c)(1)" in spoken
    assert "Checked on Nov 25, 2026" in spoken
    assert "not legal advice" in spoken


def test_a_date_is_counted_and_each_step_is_told(window: MainWindow) -> None:
    shown(window, "r.apply")
    counter = window.rules.counter
    QTest.keyClicks(counter.day, "11/3/2025")
    assert counter.answer.text() == "Jul 1, 2026"
    assert "240 days after Nov 3, 2025 is Jul 1, 2026." in counter.steps.text()


def test_a_day_that_cant_be_read_gives_no_date(window: MainWindow) -> None:
    shown(window, "r.apply")
    counter = window.rules.counter
    QTest.keyClicks(counter.day, "soon")
    assert counter.answer.text() == ""
    assert "soon" in counter.steps.text()
    assert not counter.keep_it.isEnabled()


def test_a_card_without_a_clock_has_no_counter(window: MainWindow) -> None:
    shown(window, "nsa.emergency")
    assert not window.rules.counter.isVisible()


def test_a_date_is_remembered_on_today_and_undone(window: MainWindow) -> None:
    shown(window, "ap.int.file")
    QTest.keyClicks(window.rules.counter.day, "9/5/2025")
    window.rules.counter.keep_it.click()
    (task,) = window.session.read(lambda reader: reader.find(Task))
    assert task.due == date(2026, 3, 4)
    assert "29 CFR 2560.503-1" in task.text
    window.actions_by_id["undo"].trigger()
    assert not window.session.read(lambda reader: reader.find(Task))
