"""The People page by hand: who is there, what is missing, where they appear, helpers and their letter."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.people import AuthorizeHelper
from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Authorization, Letter, Organization, Policy
from medbills_desktop.qt.session import Place
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import fill, form_in_front, shown
from tests.support.keys import press, type_text
from tests.support.windows import in_front, settle


def names(window: MainWindow) -> list[str]:
    return [row.name for row in window.people.view.rows_model.rows]


def acts(window: MainWindow) -> set[str]:
    return {one.text() for one in window.people._below.findChildren(QPushButton) if one.isVisible()}


def opened(window: MainWindow) -> None:
    """A bill of Ana, and the same biller entered twice."""
    window.session.desk.perform(EnterBill("Blue Mesa Imaging", "imaging", "Ana Ruiz", "000123"))
    window.session.desk.perform(AddRecord(Organization(name="Blue Mesa Img.", kind="imaging", phone="555-0100")))
    press("Ctrl+J")
    settle(window)


def test_everybody_is_there_by_name_with_what_is_missing(window: MainWindow) -> None:
    opened(window)
    assert window.title.text() == "People"
    assert names(window) == ["Blue Mesa Imaging", "Blue Mesa Img.", "Ana Ruiz"]
    texts = [window.people.view.rows_model.index(row, 8).data() for row in range(3)]
    assert texts == ["no address, no phone", "no address", ""]
    assert "Same as…" in acts(window)
    press("Ctrl+End")
    assert {"Add policy…", "Helper may speak…"} <= acts(window)
    assert "Same as…" not in acts(window)


def test_the_list_is_narrowed_by_kind_and_words(window: MainWindow) -> None:
    opened(window)
    window.people.group.setCurrentIndex(6)
    window.people.group.activated.emit(6)
    settle(window)
    assert names(window) == ["Ana Ruiz"]
    window.people.words.setFocus()
    type_text("nobody")
    settle(window)
    assert names(window) == []
    window.session.go_to(Place("organization", 2))
    settle(window)
    assert window.people.current is not None
    assert window.people.current.name == "Blue Mesa Img."
    assert window.going.page_name == "people"


def test_enter_edits_and_a_new_address_is_no_longer_missing(window: MainWindow) -> None:
    opened(window)
    press("Return")
    dialog = form_in_front()
    fill(dialog, address="1 Mesa Road", phone="5")
    dialog.accept()
    settle(window)
    assert window.people.view.rows_model.rows[0].missing == ()


def test_two_records_become_one_and_undo_parts_them(window: MainWindow) -> None:
    opened(window)
    window.people._merge()
    dialog = form_in_front()
    assert shown(dialog, "gone_id") == "Choose…"
    combo = dialog.form.widget("gone_id")
    combo.setCurrentIndex(combo.findData(2))  # type: ignore[attr-defined]
    dialog.accept()
    settle(window)
    assert names(window) == ["Blue Mesa Imaging", "Ana Ruiz"]
    assert "They are one record now" in window.notices.text
    window.acts.undo()
    settle(window)
    assert len(names(window)) == 3


def test_delete_is_refused_with_the_reason_while_something_names_them(window: MainWindow) -> None:
    opened(window)
    press("Delete")
    assert "can't be removed while something names it: 1 × bill" in window.notices.text
    press("Down", "Delete")
    settle(window)
    assert names(window) == ["Blue Mesa Imaging", "Ana Ruiz"]
    assert window.notices.text == "Blue Mesa Img. was removed. Ctrl+Z brings it back."


def test_a_helper_is_authorized_and_the_letter_is_drafted_from_it(window: MainWindow) -> None:
    opened(window)
    press("Ctrl+End")
    window.people._authorize()
    dialog = form_in_front()
    assert shown(dialog, "person_id") == "Ana Ruiz"
    fill(dialog, scope="Speak and get copies", ends="12/31/2099")
    dialog.form.widget("helper").setFocus()
    type_text("Maria Lopez")
    dialog.accept()
    settle(window)
    assert names(window) == ["Blue Mesa Imaging", "Blue Mesa Img.", "Maria Lopez", "Ana Ruiz"]
    window.people.show_party("person", 1)
    settle(window)
    rows = window.people.where.rows_model.rows
    assert (rows[0].kind, rows[0].text) == (
        "authorization",
        "Maria Lopez may speak for Ana Ruiz until Dec 31, 2099.",
    )
    window.people.where.setCurrentIndex(window.people.where.rows_model.index(0, 0))
    assert "Write the helper's letter…" in acts(window)
    window.people._write()
    settle(window)
    assert window.going.page_name == "letters"
    (letter,) = window.session.read(lambda reader: reader.find(Letter))
    assert "Maria Lopez to speak with you" in (letter.body or "")
    assert window.session.read(lambda reader: reader.find(Authorization))[0].letter_id == letter.id


def test_a_policy_of_a_patient_is_added_and_opened_here(window: MainWindow) -> None:
    opened(window)
    window.session.desk.perform(AddRecord(Organization(name="Sun Plan", kind="insurer")))
    window.session.desk.perform(AddRecord(Policy(person_id=1, insurer_id=3, plan_name="Gold")))
    settle(window)
    window.people.show_party("person", 1)
    settle(window)
    window.people.where.setFocus()
    press("Home", "Return")
    dialog = form_in_front()
    fill(dialog, member_id="M-1")
    dialog.accept()
    settle(window)
    assert window.session.read(lambda reader: reader.find(Policy))[0].member_id == "M-1"
    in_front(window)
    window.people.where.setFocus()
    press("Delete")
    assert window.session.read(lambda reader: reader.find(Policy)) == []


def test_an_authorization_that_ended_says_so(window: MainWindow) -> None:
    opened(window)
    window.session.desk.perform(
        AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0, ends=Day(2020, 1, 1)))
    )
    window.people.show_party("person", 1)
    settle(window)
    assert window.people.where.rows_model.rows[0].text == (
        "Maria may no longer speak for Ana Ruiz: it ended on Jan 1, 2020."
    )


def test_the_empty_page_offers_its_first_step(window: MainWindow) -> None:
    press("Ctrl+J")
    settle(window)
    assert window.people.view.empty_state is not None
    window.people.view.step_wanted.emit()
    dialog = form_in_front()
    combo = dialog.form.widget("kind")
    combo.setCurrentIndex(combo.findData("advocate"))  # type: ignore[attr-defined]
    fill(dialog, name="Maria Lopez")
    dialog.accept()
    settle(window)
    assert names(window) == ["Maria Lopez"]
