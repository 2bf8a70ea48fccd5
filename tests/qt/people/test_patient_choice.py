"""Several patients of one family: whose bills are shown is chosen once, for Bills and Today."""

from __future__ import annotations

from datetime import timedelta

from medbills_desktop.commands.bills import EnterBill
from medbills_desktop.commands.people import AuthorizeHelper
from medbills_desktop.commands.records import AddRecord, RemoveRecord
from medbills_desktop.domain.dates import Day
from medbills_desktop.domain.records import Authorization, Bill, Task
from medbills_desktop.qt.session import Place
from medbills_desktop.qt.window import MainWindow
from tests.support.dialogs import form_in_front
from tests.support.keys import press
from tests.support.windows import settle


def family(window: MainWindow) -> None:
    """A bill of Ana and one of Ben, each with a task."""
    for name, biller in (("Ana", "Blue Mesa"), ("Ben", "County Hospital")):
        bill = window.session.desk.perform(EnterBill(biller, "hospital", name))
        due = window.session.today + timedelta(days=1)
        window.session.desk.perform(AddRecord(Task(text=f"Call for {name}", bill_id=bill.id, due=due)))
    settle(window)


def billers(window: MainWindow) -> list[str]:
    return [row.biller for row in window.bills.view.rows_model.rows]


def tasks(window: MainWindow) -> list[str]:
    return [card.item.text for card in window.today.cards if card.item.kind == "task"]


def test_one_patient_is_never_asked_about(window: MainWindow) -> None:
    window.session.desk.perform(EnterBill("Blue Mesa", "hospital", "Ana"))
    settle(window)
    assert not window.bills.patients.isVisible()
    window.session.desk.perform(EnterBill("Blue Mesa", "hospital", "Ben"))
    settle(window)
    assert window.bills.patients.isVisible()


def test_the_choice_holds_on_bills_and_on_today(window: MainWindow) -> None:
    family(window)
    assert [window.bills.patients.itemText(at) for at in range(3)] == ["Everyone", "Ana", "Ben"]
    window.bills.patients.setFocus()
    press("Down", "Down")
    settle(window)
    assert billers(window) == ["County Hospital"]
    press("Ctrl+1")
    settle(window)
    assert window.today.patients.currentText() == "Ben"
    assert tasks(window) == ["Call for Ben"]
    window.session.patients.choose(None)
    settle(window)
    assert tasks(window) == ["Call for Ana", "Call for Ben"]


def test_going_to_a_bill_of_another_patient_lists_everyones(window: MainWindow) -> None:
    family(window)
    window.session.patients.choose(2)
    settle(window)
    window.session.go_to(Place("bill", 1))
    settle(window)
    assert billers(window) == ["Blue Mesa", "County Hospital"]
    assert window.bills.bill.bill_id == 1
    assert window.bills.patients.currentText() == "Everyone"


def test_when_the_last_bill_of_the_patient_is_gone_everyones_are_listed(window: MainWindow) -> None:
    family(window)
    window.session.patients.choose(2)
    window.session.desk.perform(RemoveRecord(Bill, 2))
    settle(window)
    assert window.session.patients.person_id is None
    assert billers(window) == ["Blue Mesa"]


def test_the_bill_says_who_may_speak_for_its_patient_and_who_no_longer_may(window: MainWindow) -> None:
    family(window)
    window.session.go_to(Place("bill", 1))
    assert not window.bills.bill._helpers.isVisible()
    for name, ends in (("Maria", Day(2099, 1, 1)), ("Sam", Day(2020, 1, 1))):
        given = Authorization(person_id=1, helper_id=0, ends=ends)
        window.session.desk.perform(AuthorizeHelper(name, "advocate", given))
    settle(window)
    assert window.bills.bill._helpers.text() == (
        "Maria may speak for Ana until Jan 1, 2099. Sam may no longer speak for Ana: it ended on Jan 1, 2020."
    )


def test_today_reminds_of_an_authorization_that_ends_and_opens_it(window: MainWindow) -> None:
    family(window)
    ends = window.session.today + timedelta(days=3)
    window.session.desk.perform(
        AuthorizeHelper("Maria", "advocate", Authorization(person_id=1, helper_id=0, ends=ends))
    )
    press("Ctrl+1")
    settle(window)
    card = next(card for card in window.today.cards if card.item.kind == "helper")
    assert card.item.text.startswith("Maria may speak for Ana until ")
    card.acted.emit((card.item, "edit_helper"))
    dialog = form_in_front()
    assert dialog.windowTitle() == "Maria may speak for Ana"
    dialog.reject()
