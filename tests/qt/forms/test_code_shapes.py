"""A code of an unusual shape is told quietly below its field while one types, and kept as it was typed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from medbills_desktop.commands.records import AddRecord
from medbills_desktop.domain.codes import hcpcs_warning, npi_warning
from medbills_desktop.domain.records import Organization, Price, Record
from medbills_desktop.qt.forms.editing import edit_record, new_record
from medbills_desktop.qt.forms.form_dialog import FormDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import fill, go_to
from tests.support.keys import press, type_text
from tests.support.windows import in_front, wait_for

RIGHT, OFF_BY_ONE = "1234567893", "1234567890"


def form(window: MainWindow, kind: type[Record]) -> FormDialog:
    dialog = new_record(window.session, window, kind, {})
    in_front(dialog)
    return dialog


def caution(dialog: FormDialog) -> list[str]:
    found = [each for each in dialog.findChildren(QLabel) if each.objectName() == "caution"]
    return [each.text() for each in found if each.isVisible()]


def test_a_check_digit_that_does_not_fit_is_told_and_leaves_as_it_is_put_right(window: MainWindow) -> None:
    dialog = form(window, Organization)
    fill(dialog, npi=OFF_BY_ONE)
    wait_for(lambda: bool(dialog.form.notice("npi")))
    assert caution(dialog) == [dialog.form.notice("npi")] == [npi_warning(OFF_BY_ONE)]
    assert dialog.form.widget("npi").accessibleDescription() == npi_warning(OFF_BY_ONE)
    assert not dialog.form.widget("npi").property("wrong")
    press("Backspace")
    type_text(RIGHT[-1])
    assert caution(dialog) == []
    assert dialog.form.widget("npi").accessibleDescription() == ""
    dialog.drafts.drop()
    dialog.hide()


def test_what_is_unusual_is_kept_as_typed_and_told_again_when_the_form_opens(window: MainWindow) -> None:
    session = window.session
    session.desk.perform(AddRecord(Organization(name="Blue Mesa", kind="hospital")))
    dialog = edit_record(session, window, Organization, 1)
    in_front(dialog)
    fill(dialog, npi=OFF_BY_ONE)
    press("Return")
    in_front(window)
    assert session.read(lambda reader: reader.get(Organization, 1)).npi == OFF_BY_ONE
    again = edit_record(session, window, Organization, 1)
    assert again.form.notice("npi") == npi_warning(OFF_BY_ONE)
    again.reject()


@pytest.mark.parametrize("system", ["hcpcs", "HCPCS "])
def test_the_code_of_a_price_is_read_by_the_kind_beside_it(window: MainWindow, system: str) -> None:
    dialog = form(window, Price)
    fill(dialog, code="G04O3")
    press("Tab")
    assert caution(dialog) == []
    fill(dialog, code_system=system)
    wait_for(lambda: bool(caution(dialog)))
    assert caution(dialog) == [dialog.form.notice("code")] == [hcpcs_warning("G04O3")]
    fill(dialog, code_system="other")
    assert caution(dialog) == [], "a house number has no shape of its own"
    dialog.drafts.drop()
    dialog.hide()


def test_a_problem_and_something_unusual_are_both_read_out(window: MainWindow) -> None:
    dialog = form(window, Organization)
    go_to(dialog, "npi")
    type_text("12")
    wait_for(lambda: bool(dialog.form.notice("npi")))
    dialog.form.show_problem("npi", "Something is wrong.")
    assert dialog.form.widget("npi").accessibleDescription() == f"Something is wrong. {npi_warning('12')}"
    dialog.form.show_problem("npi", "")
    assert dialog.form.widget("npi").accessibleDescription() == npi_warning("12")
    dialog.drafts.drop()
    dialog.hide()


def test_nothing_is_said_of_a_code_that_is_half_typed(window: MainWindow) -> None:
    dialog = form(window, Organization)
    go_to(dialog, "npi")
    for sign in RIGHT:
        type_text(sign)
        assert caution(dialog) == []
    dialog.drafts.drop()
    dialog.hide()
