"""Kept records in their forms: only what was changed is sent, undo is named and refuses to go over later changes."""

from __future__ import annotations

from datetime import date

import pytest

from medbills_desktop.commands.desk import Desk
from medbills_desktop.commands.records import AddRecord, EditRecord
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Bill, Claim, Organization, Payment, Statement
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.window import MainWindow
from medbills_desktop.store.library import Library
from tests.support.bills import enter
from tests.support.dialogs import fill, form_in_front, problem_at, shown
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle


def bill_of(window: MainWindow) -> Bill:
    return window.session.read(lambda reader: reader.find(Bill))[0]


def test_an_edit_keeps_zeros_and_is_named_in_the_menu(window: MainWindow) -> None:
    enter(window)
    press("Ctrl+B")
    dialog = form_in_front()
    assert shown(dialog, "account_number") == "000123"
    fill(dialog, account_number="0000456")
    press("Return")
    in_front(window)
    settle(window)
    assert bill_of(window).account_number == "0000456"
    undo = window.actions_by_id["undo"]
    assert undo.text() == "&Undo: Edit bill"
    press("Ctrl+Z")
    assert bill_of(window).account_number == "000123"
    assert undo.text() == "&Undo: Add bill"
    assert window.actions_by_id["redo"].text() == "&Redo: Edit bill"


def test_an_edit_sends_only_what_was_changed_here(window: MainWindow) -> None:
    bill = enter(window)
    press("Ctrl+B")
    dialog = form_in_front()
    Desk(window.session.library).perform(EditRecord(Bill, bill.id, (("account_number", "00077"),)))
    fill(dialog, notes="Asked for the itemised bill")
    dialog.accept()
    in_front(window)
    assert (bill_of(window).account_number, bill_of(window).notes) == ("00077", "Asked for the itemised bill")


def test_undo_is_refused_with_a_sentence_when_the_row_changed_meanwhile(window: MainWindow) -> None:
    bill = enter(window)
    window.session.perform(EditRecord(Bill, bill.id, (("notes", "mine"),)))
    Desk(window.session.library).perform(EditRecord(Bill, bill.id, (("notes", "theirs"),)))
    press("Ctrl+Z")
    assert "“Edit bill” can't be taken back" in window.notices.text
    assert "was changed meanwhile" in window.notices.text
    assert bill_of(window).notes == "theirs"


def test_a_refusal_is_said_in_the_form_and_the_text_stays(window: MainWindow) -> None:
    bill = enter(window)
    dialog = edit_record(window.session, window, Bill, bill.id)
    in_front(dialog)
    Desk(window.session.library).perform(EditRecord(Bill, bill.id, (("notes", "before"),)))
    fill(dialog, account_number="0009")
    window.session.library.perform("Remove", lambda work: work.remove(Bill, bill.id), lambda _changes: None)
    dialog.accept()
    assert dialog.isVisible()
    assert dialog.problem
    assert shown(dialog, "account_number") == "0009"
    dialog.drafts.drop()
    dialog.hide()
    dialog.deleteLater()


@pytest.mark.parametrize(
    ("keys", "kind", "typed", "expected"),
    [
        (
            "Ctrl+Shift+S",
            Statement,
            {"date": "3/1/2026", "balance": "80.10"},
            {"date": date(2026, 3, 1), "balance": 8010},
        ),
        ("Ctrl+Shift+P", Payment, {"date": "3/2/2026", "amount": "(5.00)"}, {"date": date(2026, 3, 2), "amount": -500}),
        (
            "Ctrl+Shift+O",
            Claim,
            {"insurer": "Prairie Health Plan", "number": "0012", "billed": "100"},
            {"number": "0012", "billed": 10_000, "allowed": None},
        ),
    ],
)
def test_what_belongs_to_a_bill_is_added_by_its_keys(
    window: MainWindow, keys: str, kind: type, typed: dict[str, str], expected: dict[str, object]
) -> None:
    enter(window)
    press(keys)
    dialog = form_in_front()
    fill(dialog, **typed)
    press("Return")
    in_front(window)
    settle(window)
    (made,) = window.session.read(lambda reader: reader.find(kind))
    assert {name: getattr(made, name) for name in expected} == expected
    press("Ctrl+Z")
    assert window.session.read(lambda reader: reader.find(kind)) == []


def test_notes_of_several_lines_are_typed_and_left_by_tab(window: MainWindow) -> None:
    enter(window)
    press("Ctrl+B")
    dialog = form_in_front()
    fill(dialog, notes="one")
    press("Return")
    type_text("two")
    assert dialog.isVisible()
    dialog.accept()
    in_front(window)
    assert bill_of(window).notes == "one\ntwo"


def test_an_unchanged_field_is_not_read_again(window: MainWindow) -> None:
    """What came in by import and can't be typed so (a note with spaces at its end) is left as it is."""
    bill = enter(window)
    window.session.perform(EditRecord(Bill, bill.id, (("notes", "ends with blanks  "),)))
    press("Ctrl+B")
    dialog = form_in_front()
    fill(dialog, account_number="1")
    press("Return")
    in_front(window)
    assert bill_of(window).notes == "ends with blanks  "


def test_a_library_for_reading_shows_records_and_lets_nothing_be_typed(library: Library, open_window) -> None:
    desk = Desk(library)
    organization = desk.perform(AddRecord(Organization(name="Blue Mesa Imaging", kind="imaging")))
    library.close()
    with Library.open(library.folder, "read") as closed:
        window = open_window(closed)
        dialog = edit_record(window.session, window, Organization, organization.id)
        in_front(dialog)
        assert dialog.windowTitle() == "Organization"
        fill(dialog, name="Other")
        assert shown(dialog, "name") == "Blue Mesa Imaging"
        dialog.accept()
        assert dialog.isVisible()
        press("Escape")
        in_front(window)
        with pytest.raises(UserError):
            window.session.desk.perform(EditRecord(Organization, organization.id, (("name", "Other"),)))


def test_the_problem_beside_a_field_goes_once_it_can_be_read(window: MainWindow) -> None:
    enter(window)
    press("Ctrl+Shift+P")
    dialog = form_in_front()
    fill(dialog, amount="12,34")
    press("Return")
    assert problem_at(dialog, "amount")
    fill(dialog, amount="12.34", date="nothing")
    press("Return")
    assert not problem_at(dialog, "amount")
    assert problem_at(dialog, "date")
    fill(dialog, date="3/3/2026")
    press("Return")
    in_front(window)


def test_a_field_changed_here_and_elsewhere_is_pointed_out_before_it_is_kept_as_typed(window: MainWindow) -> None:
    bill = enter(window)
    dialog = edit_record(window.session, window, Bill, bill.id)
    in_front(dialog)
    fill(dialog, notes="mine")
    Desk(window.session.library).perform(EditRecord(Bill, bill.id, (("notes", "theirs"),)))
    dialog.accept()
    assert dialog.isVisible()
    assert "changed elsewhere while it was open here: “theirs”" in problem_at(dialog, "notes")
    assert bill_of(window).notes == "theirs"
    assert shown(dialog, "notes") == "mine"
    dialog.accept()
    in_front(window)
    assert bill_of(window).notes == "mine"
