"""The window around a form: it saves, says why it can't, and never loses what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPushButton, QScrollArea, QWidget

from medbills_desktop.domain.errors import UserError
from medbills_desktop.qt.dialogs.ask import ask_discard
from medbills_desktop.qt.draft_keeper import DraftKeeper
from medbills_desktop.qt.forms.fields import Field
from medbills_desktop.qt.forms.form import Form
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import column, label

WIDTH = 560
MOST_HEIGHT = 680
"""Pixels at 100 % text; a longer form scrolls."""


class FieldError(UserError):
    """A refusal that belongs beside one field."""

    def __init__(self, field: str, what: str, todo: str = "") -> None:
        super().__init__(what, todo)
        self.field = field


@dataclass(frozen=True, slots=True)
class FormSpec:
    """One form: its title, the key under which unfinished typing is kept, its fields and what they begin with.

    `keep` gets the values once all can be read (with `only_changed` those of the fields that were changed, and it is
    not called where none was); it raises `UserError` or `FieldError` to refuse them.
    """

    title: str
    draft: str
    fields: tuple[Field, ...]
    values: Mapping[str, Any]
    keep: Callable[[dict[str, Any]], object]
    only_changed: bool = False


class FormDialog(QDialog):
    """Closing with changed fields asks first; what is typed is on the disk within a second, and back after a crash.

    In a library that is open for reading only the fields can be read and copied, not changed.
    """

    def __init__(self, session: Session, spec: FormSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(spec.title)
        self._spec = spec
        self.form = Form(spec.fields, spec.values)
        self._original = self.form.raw()
        self.drafts = DraftKeeper(session, f"form:{spec.draft}", self._typed, self)
        self._back = label(self.tr("What you typed before is back; it was not saved yet."), "muted", wrap=True)
        self._back.hide()
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._build()
        if self.drafts.writable:
            self._come_back()
            self.form.edited.connect(self.drafts.touch)
        else:
            self.form.lock()
        if spec.fields:
            self.form.widget(spec.fields[0].name).setFocus()

    def _build(self) -> None:
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self.form)
        buttons = QDialogButtonBox()
        if self.drafts.writable:
            save = buttons.addButton(self.tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
            save.setDefault(True)
        close = self.tr("Cancel") if self.drafts.writable else self.tr("Close")
        cancel = buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        cancel.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.setLayout(column(self._back, scroll, self._problem, buttons, gap=12, margins=(16, 16, 16, 16)))
        room = self.screen().availableGeometry()
        height = min(self.form.sizeHint().height() + px(96), px(MOST_HEIGHT))
        self.resize(min(px(WIDTH), room.width()), min(height, room.height() - px(48)))

    def _come_back(self) -> None:
        kept = self.drafts.find()
        if kept:
            self.form.put_back(kept)
            self._back.show()

    def _typed(self) -> dict[str, Any] | None:
        """The fields that differ from when the form opened."""
        typed = {name: value for name, value in self.form.raw().items() if value != self._original[name]}
        return typed or None

    @property
    def changed(self) -> bool:
        """Whether anything differs from when it opened."""
        return self._typed() is not None

    @property
    def problem(self) -> str:
        """What is said below the fields, empty while nothing is wrong."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _refuse(self, error: UserError) -> None:
        if isinstance(error, FieldError):
            self.form.show_problem(error.field, str(error))
            self.form.widget(error.field).setFocus()
            self.form.adjustSize()  # what is wrong stands below the field only once the form was laid out anew
            self._scroll.ensureWidgetVisible(self.form.problem(error.field))
            return
        self._problem.setText(str(error))
        self._problem.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self._problem, QAccessible.Event.Alert))

    def _may_close(self) -> bool:
        if self.drafts.writable and self.changed and not ask_discard(self):
            return False
        self.drafts.drop()
        return True

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        self._problem.hide()
        values = self.form.values(self._typed() or () if self._spec.only_changed else None)
        if values is None or not self.drafts.writable:
            return
        try:
            if values:
                self._spec.keep(values)
        except UserError as error:
            self._refuse(error)
            return
        self.drafts.drop()
        super().accept()

    @Slot()
    def reject(self) -> None:
        if self._may_close():
            super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not isinstance(self.focusWidget(), QPushButton):
            self.accept()  # not left to Qt, whose default button is gone once the keyboard has passed over another
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.isVisible() and not self._may_close():
            event.ignore()
            return
        super().closeEvent(event)
