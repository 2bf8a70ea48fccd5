"""A lint over the whole window: names for screen readers, ways for the keyboard, keys that are used once."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTabBar, QWidget

from medbills_desktop.domain.records import Bill, Call, Claim, Document, Offer, Payment, Record, Statement, Task
from medbills_desktop.qt.actions import ACTIONS, MENUS, SEPARATOR
from medbills_desktop.qt.bill.line_acts import ACTS
from medbills_desktop.qt.bill.line_cells import MARK_KEYS
from medbills_desktop.qt.dialogs.keys_dialog import KeysDialog
from medbills_desktop.qt.dialogs.packet_dialog import PacketDialog
from medbills_desktop.qt.forms.claim_form import enter_claim
from medbills_desktop.qt.forms.editing import edit_record, enter_bill
from medbills_desktop.qt.welcome import Welcome
from medbills_desktop.qt.window import MainWindow
from tests.support.keys import focus, press
from tests.support.widgets_seen import places, reached_by_tab, seen, settled, spoken, stops, told
from tests.support.windows import in_front, settle

EDITED: tuple[type[Record], ...] = (Bill, Statement, Claim, Payment, Offer, Call, Document, Task)


def nameless(window: QWidget) -> list[str]:
    return [told(each) for each in stops(window) if not spoken(each)]


def test_every_stop_of_the_keyboard_has_a_name_on_every_page(sample_window: MainWindow) -> None:
    found = {}
    for name in places(sample_window):
        settle(sample_window)
        if lacking := nameless(sample_window):
            found[name] = lacking
    assert not found


def test_tab_reaches_everything_and_gets_out_again(sample_window: MainWindow) -> None:
    for name in places(sample_window):
        settle(sample_window)
        wanted = stops(sample_window)
        assert set(reached_by_tab(sample_window, wanted[0])) == set(wanted), name


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_real_key_goes_around_the_window_and_is_caught_nowhere(sample_window: MainWindow, key: str) -> None:
    for name in places(sample_window):
        settle(sample_window)
        in_front(sample_window)
        sample_window.search_field.setFocus()
        visited: list[QWidget] = []
        for _ in range(700):
            press(key)
            if focus() is sample_window.search_field:
                break
            visited.append(focus())
        else:
            pytest.fail(f"{name}: {key} is caught at {told(focus())}")
        stuck = Counter(id(each) for each in visited).most_common(1)[0][1]
        assert stuck <= 450, name
        assert any(isinstance(each, QTabBar) for each in visited) or not name.startswith("bills/")


def _mnemonics(texts: list[str]) -> list[str]:
    return [found[1].casefold() for text in texts if (found := re.search(r"&([^&\s])", text.replace("&&", "")))]


def test_no_mnemonic_is_used_twice_in_a_menu() -> None:
    by_id = {spec.id: spec for spec in ACTIONS}
    groups = {"the menu bar": [title for title, _ in MENUS]}
    groups |= {title: [by_id[each].text for each in ids if each != SEPARATOR] for title, ids in MENUS}
    groups["the menu of lines"] = [act.text for act in ACTS]
    for name, texts in groups.items():
        letters = _mnemonics(texts)
        assert len(letters) == len(texts), f"{name}: something has no mnemonic"
        assert not [letter for letter, count in Counter(letters).items() if count > 1], name


def test_no_key_is_used_twice() -> None:
    keys = [QKeySequence(spec.keys).toString() for spec in ACTIONS if spec.keys]
    keys += [f"Alt+{letter.upper()}" for letter in _mnemonics([title for title, _ in MENUS])]
    keys += [f"Alt+{key}" for key in MARK_KEYS]
    assert not [key for key, count in Counter(keys).items() if count > 1]


def test_every_action_is_in_a_menu() -> None:
    in_menus = {each for _, ids in MENUS for each in ids}
    assert {spec.id for spec in ACTIONS} <= in_menus


def test_every_menu_key_is_in_the_list_of_keys(sample_window: MainWindow) -> None:
    dialog = KeysDialog(sample_window)
    dialog.open()
    settled()
    shown = " ".join(str(each) for row in dialog.findChild(QWidget, "").window().children() for each in [row])
    assert shown
    view = next(each for each in seen(dialog) if hasattr(each, "rows_model"))
    listed = {row[1] for row in view.rows_model.rows}
    assert {QKeySequence(spec.keys).toString() for spec in ACTIONS if spec.keys} <= listed
    assert not nameless(dialog)
    dialog.close()


@pytest.mark.parametrize("kind", EDITED, ids=lambda kind: kind.KIND)
def test_every_form_names_its_fields_and_tab_goes_through_all_of_them(
    sample_window: MainWindow, kind: type[Record]
) -> None:
    record = sample_window.session.read(lambda reader: reader.find(kind))[0]
    dialog = edit_record(sample_window.session, sample_window, kind, record.id)
    in_front(dialog)
    assert not nameless(dialog)
    assert set(reached_by_tab(dialog, stops(dialog)[0])) == set(stops(dialog))
    order = [dialog.form.widget(field.name) for field in dialog.form.fields]
    visited = [focus()]
    for _ in order[1:]:
        press("Tab")
        visited.append(focus())
    assert visited == order, "Tab goes from field to field as they stand"
    dialog.close()


def test_every_label_of_a_form_belongs_to_its_field(sample_window: MainWindow) -> None:
    bill = sample_window.session.read(lambda reader: reader.find(Bill))[0]
    for show in (enter_bill, lambda session, window: enter_claim(session, window, bill.id)):
        dialog = show(sample_window.session, sample_window)
        in_front(dialog)
        buddies = [each.buddy() for each in dialog.form.findChildren(QLabel) if each.buddy() is not None]
        assert set(buddies) == {dialog.form.widget(field.name) for field in dialog.form.fields}
        assert not _twice([each.text() for each in dialog.findChildren(QPushButton)])
        dialog.close()


def _twice(texts: list[str]) -> list[str]:
    return [letter for letter, count in Counter(_mnemonics(texts)).items() if count > 1]


def test_the_other_windows_have_names_and_ways_too(sample_window: MainWindow) -> None:
    session = sample_window.session
    for dialog in (
        Welcome("Documents/MedBills", sample_window),
        PacketDialog(session, None, session.library.folder, sample_window),
    ):
        dialog.open()
        in_front(dialog)
        assert not nameless(dialog)
        assert set(reached_by_tab(dialog, stops(dialog)[0])) == set(stops(dialog))
        dialog.close()


def test_the_call_panel_has_names_and_ways(sample_window: MainWindow) -> None:
    sample_window.call.begin(sample_window.bills.bill.bill_id)
    settle(sample_window)
    assert not nameless(sample_window)
    wanted = stops(sample_window)
    assert set(reached_by_tab(sample_window, wanted[0])) == set(wanted)
    fields = [each for each in sample_window.call.findChildren(QWidget) if isinstance(each, QLineEdit | QPlainTextEdit)]
    assert [each for each in fields if each in wanted]
    sample_window.call.close_panel()


def test_areas_follow_each_other_as_they_stand(sample_window: MainWindow) -> None:
    """F6 goes side bar, list, bill, viewer, from the left to the right and from the top down."""
    sample_window.going.show_page("bills")
    settle(sample_window)
    corners = []
    sample_window.side.findChild(QPushButton).setFocus()
    for _ in range(4):
        here = focus()
        corners.append(here.mapTo(sample_window, here.rect().topLeft()).x())
        press("F6")
    assert all(before <= after for before, after in pairwise(corners))
