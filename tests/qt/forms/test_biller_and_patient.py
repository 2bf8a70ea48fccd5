"""Who sent a bill and whose care it was for are corrected from the bill's menu."""

from __future__ import annotations

from medbills_desktop.domain.records import Organization, Person
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.dialogs import fill, form_in_front
from tests.support.windows import settle


def test_the_address_and_the_npi_of_the_biller_are_kept(window: MainWindow) -> None:
    enter(window)
    window.actions_by_id["edit_biller"].trigger()
    form = form_in_front()
    fill(form, address="12 Example Street", npi="1234567893")
    form.accept()
    settle(window)
    (found,) = window.session.read(lambda reader: reader.find(Organization))
    assert (found.address, found.npi) == ("12 Example Street", "1234567893")


def test_the_name_of_the_patient_is_corrected(window: MainWindow) -> None:
    enter(window)
    window.actions_by_id["edit_patient"].trigger()
    form = form_in_front()
    fill(form, name="Ana Maria Ruiz")
    form.accept()
    settle(window)
    assert [one.name for one in window.session.read(lambda reader: reader.find(Person))] == ["Ana Maria Ruiz"]
