"""Questions that only the patient can answer: asked on the visit, kept once, read by the checks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from medbills_desktop.checks.answers import QUESTIONS
from medbills_desktop.domain.errors import UserError
from medbills_desktop.domain.records import Visit
from medbills_desktop.qt.forms import answers_form
from medbills_desktop.qt.forms.form_dialog import FormDialog
from medbills_desktop.qt.window import MainWindow
from tests.support.bills import enter
from tests.support.windows import settle, wait_for


def answers(window: MainWindow) -> dict[str, object]:
    (visit,) = window.session.read(lambda reader: reader.find(Visit))
    return dict(visit.answers or {})


def test_the_tab_offers_the_questions_of_its_visit(sample_window: MainWindow) -> None:
    tab = sample_window.bills.bill.findings
    sample_window.bills.bill.tabs.setCurrentWidget(tab)
    settle(sample_window)
    left = len(QUESTIONS) - len(set(answers(sample_window)) & {question.key for question in QUESTIONS})
    assert tab.questions.isVisible()
    assert str(left) in tab.questions.text()
    tab.questions.click()
    wait_for(lambda: isinstance(QApplication.activeModalWidget(), FormDialog))
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    assert dialog.windowTitle() == "What only you know"
    dialog.close()


def test_answers_are_kept_as_the_case_format_has_them(sample_window: MainWindow) -> None:
    session = sample_window.session
    (visit,) = session.read(lambda reader: reader.find(Visit))
    before = answers(sample_window)
    given = {"room_type_had": "semi-private", "brought_own_medicine": True, "days_present": "2025-10-17"}
    answers_form._keep(session, visit.id, given)
    assert answers(sample_window) == {**before, **given}
    answers_form._keep(session, visit.id, {"brought_own_medicine": None})
    assert "brought_own_medicine" not in answers(sample_window)
    session.desk.undo()
    assert answers(sample_window)["brought_own_medicine"] is True
    settle(sample_window)


def test_days_that_can_not_be_read_are_refused_in_words(sample_window: MainWindow) -> None:
    session = sample_window.session
    (visit,) = session.read(lambda reader: reader.find(Visit))
    before = answers(sample_window)
    with pytest.raises(UserError, match="days"):
        answers_form._keep(session, visit.id, {"days_present": "most of October"})
    assert answers(sample_window) == before


def test_a_bill_without_a_visit_has_no_questions(window: MainWindow) -> None:
    enter(window)
    window.bills.bill.tabs.setCurrentWidget(window.bills.bill.findings)
    settle(window)
    assert not window.bills.bill.findings.questions.isVisible()
