"""The form or the question in front, as a person sees it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMessageBox, QPlainTextEdit

from medbills_desktop.qt.forms.form_dialog import FormDialog
from tests.support.keys import press, type_text
from tests.support.windows import in_front, wait_for


def form_in_front() -> FormDialog:
    """The form that is open; it gets the keyboard, as a window manager sees to when a question above it closes."""
    wait_for(lambda: bool(_open_forms()))
    dialog = _open_forms()[-1]
    in_front(dialog)
    return dialog


def _open_forms() -> list[FormDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]


def go_to(dialog: FormDialog, name: str) -> None:
    """Put the keyboard into a field by tabbing there, as hands do."""
    wanted = dialog.form.widget(name)
    for _ in range(80):
        if QApplication.focusWidget() is wanted:
            return
        press("Tab")
    raise AssertionError(f"Tab never reaches {name}")


def fill(dialog: FormDialog, **typed: str) -> None:
    """Type into fields, in the order in which they are given."""
    for name, text in typed.items():
        go_to(dialog, name)
        press("Ctrl+A", "Delete")
        type_text(text)


def shown(dialog: FormDialog, name: str) -> str:
    """What stands in a field."""
    widget = dialog.form.widget(name)
    if isinstance(widget, QComboBox):
        return widget.currentText()
    assert isinstance(widget, QLineEdit | QPlainTextEdit)
    return widget.text() if isinstance(widget, QLineEdit) else widget.toPlainText()


def problem_at(dialog: FormDialog, name: str) -> str:
    """What is said below a field, empty while nothing is wrong with it."""
    said = dialog.form.problem(name)
    return said.text() if said.isVisible() else ""


class Answer:
    """Answers the next question with the button of these words; `asked` is then its text."""

    def __init__(self, words: str) -> None:
        self.asked = ""
        self._words = words
        self._timer = QTimer()
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._answer)
        self._timer.start()

    def _answer(self) -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox) and box.isVisible():
            self._timer.stop()
            self.asked = box.text()
            next(each for each in box.buttons() if each.text().replace("&", "") == self._words).click()
