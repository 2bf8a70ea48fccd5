"""The Rules page: found by a state or a word, read with its source, counted from a day, remembered on Today."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPlainTextEdit

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.commands.rule_cards import SwitchRule
from medbills_desktop.domain.records import OwnCard, Task
from medbills_desktop.domain.rules.card_words import ANCHORS, clock_words, find_cards
from medbills_desktop.domain.rules.rule_cards import shipped_cards
from medbills_desktop.qt.forms.form_dialog import FormDialog
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from medbills_desktop.store.queries.rule_cards import ListCards


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


def open_form(window: MainWindow) -> FormDialog:
    (dialog,) = window.findChildren(FormDialog)
    return dialog


def type_into(dialog: FormDialog, **values: str) -> None:
    for name, text in values.items():
        widget = dialog.form.widget(name)
        if isinstance(widget, QComboBox):
            widget.setCurrentIndex(widget.findData(text))
        elif isinstance(widget, QPlainTextEdit):
            widget.setPlainText(text)
        else:
            widget.setText(text)


def test_a_card_is_switched_off_and_on_and_undone(window: MainWindow) -> None:
    shown(window, "r.apply")
    page = window.rules
    assert page.switch.text() == "Switch off"
    page.switch.click()
    assert page.card.found is not None
    assert not page.card.found.on
    assert "switched this card off" in page.card.accessibleDescription()
    assert page.switch.text() == "Switch on"
    window.actions_by_id["undo"].trigger()
    assert page.card.found.on


def test_an_unverified_card_says_so_wherever_it_stands(window: MainWindow) -> None:
    shown(window, "fdcpa.sue")
    page = window.rules
    assert "Not verified, so it is off" in page.card.accessibleDescription()
    page.switch.click()
    assert "You switched it on" in page.card.accessibleDescription()
    QTest.keyClicks(page.counter.day, "3/2/2026")
    assert "not verified" in page.counter.steps.text()
    page.counter.keep_it.click()
    (task,) = window.session.read(lambda reader: reader.find(Task))
    assert "(not verified)" in task.text


def test_a_correction_stands_beside_the_shipped_card_and_is_taken_back(window: MainWindow) -> None:
    shown(window, "r.apply")
    page = window.rules
    page.correct.click()
    dialog = open_form(window)
    type_into(dialog, length="200", where="The letter of Blue Mesa", checked="11/26/2026")
    dialog.accept()
    spoken = page.card.accessibleDescription()
    assert "200 days from" in spoken
    assert "240 days from" in spoken
    assert "Your correction, which counts" in spoken
    QTest.keyClicks(page.counter.day, "11/3/2025")
    assert page.counter.answer.text() == "May 22, 2026"
    page.take_back.click()
    assert "200 days" not in page.card.accessibleDescription()
    assert not page.take_back.isVisible()
    window.actions_by_id["undo"].trigger()
    assert "200 days from" in page.card.accessibleDescription()


def test_a_card_is_added_counted_from_and_removed(window: MainWindow) -> None:
    window.going.show_page("rules")
    page = window.rules
    page.add.click()
    dialog = open_form(window)
    type_into(
        dialog,
        name="Payment plan of Blue Mesa",
        text="A plan may be asked for.",
        jurisdiction="tx",
        binds="Blue Mesa",
        anchor="first_bill",
        length="45",
        citation="Letter of May 1",
        where="The letter itself",
        confidence="C",
    )
    dialog.accept()
    assert page.card.card is not None
    assert (page.card.card.name, page.card.card.jurisdiction) == ("Payment plan of Blue Mesa", "TX")
    assert "Entered or changed by you" in page.card.accessibleDescription()
    assert "starts by itself" in page.card.accessibleDescription()
    QTest.keyClicks(page.counter.day, "11/3/2025")
    assert page.counter.answer.text() == "Dec 18, 2025"
    page.take_back.click()
    assert "own.1" not in {found.id for found in window.session.read(ListCards())}


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"length": ""}, "length", "has to be a number"),
        ({"anchor": ""}, "anchor", "what the time runs from"),
        ({"until": "1/1/2020", "first_day": "1/1/2021"}, "until", "would end before it begins"),
        ({"presumed": "400", "presumed_unit": "calendar_day"}, "presumed", "has to be 1 to 365"),
        ({"length": "99999"}, "length", "number up to 9,999"),
        ({"citation": " "}, "citation", "is needed"),
        ({"checked": "soon"}, "checked", "soon"),
    ],
)
def test_a_field_that_is_wrong_says_so_and_nothing_is_lost(
    window: MainWindow, values: dict[str, str], field: str, said: str
) -> None:
    shown(window, "r.apply")
    window.rules.correct.click()
    dialog = open_form(window)
    type_into(dialog, effect="Mine", **values)
    dialog.accept()
    assert dialog.isVisible()
    assert said.casefold() in dialog.form.problem(field).text().casefold()
    assert dialog.form.raw()["effect"] == "Mine"
    assert not window.session.read(lambda reader: reader.find(OwnCard))
    dialog.drafts.drop()
    dialog.done(0)


def test_figures_of_a_state_are_fields_of_the_form(window: MainWindow) -> None:
    shown(window, "state.limitation.tx")
    window.rules.correct.click()
    dialog = open_form(window)
    type_into(dialog, **{"fact:written_years": "5"})
    dialog.accept()
    assert window.rules.card.card is not None
    assert window.rules.card.card.fact("written_years") == 5


def test_a_text_of_a_newer_version_is_shown_as_unreadable_and_can_be_removed(window: MainWindow) -> None:
    own = OwnCard(card_id="own.1", text='[[card]]\nname = "From tomorrow"\ncolour = "red"\n', written_at="")
    window.session.perform(AddRecord(own))
    shown(window, "own.1")
    page = window.rules
    assert "can’t be read" in page.card.accessibleDescription()
    assert not page.switch.isEnabled()
    assert not page.counter.isVisible()
    page.filters.state.setCurrentIndex(page.filters.state.findData("unreadable"))
    assert page.count.text() == "1 rule"
    page.take_back.click()
    assert not window.session.read(lambda reader: reader.find(OwnCard))


def test_the_list_is_narrowed_by_place_whom_origin_and_state(window: MainWindow) -> None:
    window.session.perform(SwitchRule("r.apply", False))
    window.going.show_page("rules")
    page = window.rules
    for combo, value, check in (
        (page.filters.where, "TX", lambda one: one.card.jurisdiction == "TX"),
        (
            page.filters.whom,
            "collectors",
            lambda one: re.search("(?i)collect|sues|debt buyer", one.card.binds),
        ),
        (page.filters.state, "switched", lambda one: one.id == "r.apply"),
        (page.filters.state, "unverified", lambda one: one.card.confidence == "U"),
    ):
        combo.setCurrentIndex(combo.findData(value))
        rows = page.view.rows_model.rows
        assert rows
        assert all(check(row.found) for row in rows)
        page.filters.clear()
    page.filters.origin.setCurrentIndex(page.filters.origin.findData("own"))
    assert page.view.rows_model.rowCount() == 0
    page.view.step_wanted.emit()
    assert page.view.rows_model.rowCount() > 300


def test_a_library_that_is_read_only_shows_the_cards_and_changes_none(
    library: Library, open_window: Callable[..., MainWindow]
) -> None:
    folder = library.folder
    library.close()
    with Library.open(folder, "read") as reading:
        window = open_window(reading)
        shown(window, "r.apply")
        page = window.rules
        assert not any(each.isEnabled() for each in (page.switch, page.correct, page.add))
