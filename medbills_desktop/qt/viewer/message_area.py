"""What stands in the pages' place: nothing chosen yet, a paper that can't be shown, a password that is needed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.papers.reasons import CantShow, Why
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, label, row

_WORTH_TRYING_AGAIN = frozenset({Why.CRASHED, Why.TOOK_TOO_LONG, Why.MISSING, Why.NOT_OPEN, Why.EMPTY})
_LOCKED = frozenset({Why.PASSWORD, Why.WRONG_PASSWORD})


class MessageArea(QWidget):
    """`password_typed` carries the password; `again_wanted` that the paper is to be opened once more."""

    password_typed = Signal(object)
    again_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = label("", "heading", wrap=True)
        self.sentence = label("", "", wrap=True)
        self.todo = label("", "muted", wrap=True)
        self.details = label("", "muted", wrap=True)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(self.tr("Password"))
        self.password.setAccessibleName(self.tr("Password of this paper"))
        self.password.returnPressed.connect(self._typed)
        self.open = button(self.tr("Open"), self._typed, "primary")
        self.again = button(self.tr("Try again"), self.again_wanted.emit)
        words = (self.heading, self.sentence, self.todo, self.details)
        for one in words:
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.password.setMaximumWidth(px(280))
        typing = row(None, self.password, self.open, None, gap=8)
        typing.setStretch(1, 4)
        trying = row(None, self.again, None)
        layout = column(None, *words, margins=(24, 24, 24, 24))
        layout.addLayout(typing)
        layout.addLayout(trying)
        layout.addStretch(2)
        self.setLayout(layout)
        self.setMinimumWidth(px(120))
        self.show_empty()

    def show_empty(self) -> None:
        """No paper is chosen."""
        self._show(
            self.tr("Choose a paper to see it here"),
            "",
            self.tr("Or drop a PDF or a photo here: it is added to your papers, and the original is kept unchanged."),
        )

    def show_reason(self, reason: CantShow) -> None:
        """Why the paper can't be shown, and what to do about it."""
        locked = reason.code in _LOCKED
        heading = self.tr("This paper needs its password") if locked else self.tr("This paper can't be shown")
        self._show(heading, _said(reason.sentence), _said(reason.what_to_do), reason.details)
        self.password.setVisible(locked)
        self.open.setVisible(locked)
        self.again.setVisible(reason.code in _WORTH_TRYING_AGAIN)
        if reason.code is Why.WRONG_PASSWORD:
            self.password.selectAll()
            self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, heading: str, sentence: str, todo: str, details: tuple[str, ...] = ()) -> None:
        shown = (
            (self.heading, heading),
            (self.sentence, sentence),
            (self.todo, todo),
            (self.details, "\n".join(details)),
        )
        for part, text in shown:
            part.setText(text)
            part.setVisible(bool(text))
        for widget in (self.password, self.open, self.again):
            widget.hide()
        self.setAccessibleName(" ".join(text for _, text in shown if text))

    @Slot()
    def _typed(self) -> None:
        text = self.password.text()
        if text:
            self.password.clear()
            self.password_typed.emit(text)


def _said(text: str) -> str:
    """The papers room's sentence in the person's language."""
    return QCoreApplication.translate("papers", text)
