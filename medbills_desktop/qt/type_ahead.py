"""Type-ahead: while one types, what was entered before is offered below the field; nothing is taken unasked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QCompleter, QLineEdit

from medbills_desktop.qt.theme import px

MOST_OFFERED = 10
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def folded(text: str) -> str:
    """A text as it is compared: without accents and capitals, so that `muller` finds `Müller`."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


class Offers:
    """Texts that can be offered, compared without accents and capitals; the earlier ones in the list come first."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(dict.fromkeys(text for text in texts if text))
        self._folded = tuple(folded(text) for text in self.texts)

    def find(self, typed: str, most: int = MOST_OFFERED) -> list[str]:
        """Texts that begin with what was typed, then those with a word that does, then those that hold it."""
        wanted = folded(typed.strip())
        if not wanted:
            return []
        ranked: tuple[list[str], list[str], list[str]] = ([], [], [])
        for text, plain in zip(self.texts, self._folded, strict=True):
            place = plain.find(wanted)
            if place == 0:
                ranked[0].append(text)
            elif place > 0:
                ranked[1 if not plain[place - 1].isalnum() else 2].append(text)
            if len(ranked[0]) >= most:
                break
        found = [text for rank in ranked for text in rank][:most]
        return [] if found == [typed] else found


class TypeAhead(QObject):
    """Offers texts below a field. Signals: `taken` carries the text that was chosen.

    Enter and Tab take the offer that is highlighted. With `goes_on` the key then does in the field what it always does
    there (the next cell); without it Enter only takes, so that it does not save a form by the way.
    """

    taken = Signal(object)

    def __init__(self, line: QLineEdit, offers: Offers, goes_on: bool = False) -> None:
        super().__init__(line)
        self.offers = offers
        self._line = line
        self._goes_on = goes_on
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(line)
        self._completer.activated.connect(self._take)
        popup = self._popup
        popup.setObjectName("offers")
        popup.setAccessibleName(self.tr("Entered before"))
        popup.installEventFilter(self)
        line.textEdited.connect(self._edited)

    @property
    def _popup(self) -> QAbstractItemView:
        popup = self._completer.popup()
        assert popup is not None  # only a completer that shows nothing below the field has none
        return popup

    @property
    def open(self) -> bool:
        """Whether something is being offered."""
        return self._popup.isVisible()

    @Slot(str)
    def _edited(self, typed: str) -> None:
        found = self.offers.find(typed)
        self._model.setStringList(found)
        if found:
            popup = self._popup
            popup.setMinimumWidth(max(self._line.width(), popup.sizeHintForColumn(0) + px(16)))
            self._completer.complete()
        else:
            self._popup.hide()

    @Slot(str)
    def _take(self, text: str) -> None:
        self._popup.hide()
        self._line.setText(text)
        self.taken.emit(text)

    # Qt's own names from here on

    def eventFilter(self, _popup: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.key() not in _TAKING:
            return False
        popup = self._popup
        index = popup.currentIndex()
        chosen = str(index.data()) if index.isValid() and popup.selectionModel().isSelected(index) else None
        popup.hide()
        if chosen is not None:
            self._take(chosen)
        if self._goes_on or chosen is None or event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QApplication.sendEvent(self._line, again)
        return True
