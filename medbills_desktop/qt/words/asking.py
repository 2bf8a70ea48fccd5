"""From a word on the screen to its entry: which word is meant, which words stand here, and the window that tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QTabBar,
    QTableView,
    QWidget,
)

from medbills_desktop.domain.glossary import Term, term_of
from medbills_desktop.qt.words.words_window import WordsWindow

KEY = "Shift+F1"
"""The key that asks what the word at the keyboard means, in the window and in forms."""


def show_words(near: QWidget) -> WordsWindow:
    """Bring the window of words to the front; each window has one of its own, so that a form does not block it."""
    window = near.window()
    found = next((each for each in window.findChildren(WordsWindow) if each.isVisible()), None)
    found = found or WordsWindow(window)
    found.show()
    found.raise_()
    found.activateWindow()
    return found


def show_term(near: QWidget, term: Term) -> None:
    """Show the entry of a word."""
    show_words(near).show_term(term.id)


def explain_focused(window: QWidget) -> None:
    """Explain what the keyboard is at; where that is no word, offer the words that stand in the window."""
    focused = QApplication.focusWidget()
    term = term_at(focused) if focused is not None else None
    if term is not None:
        show_term(window, term)
    else:
        show_words(window).show_here(words_here(window))


class WordsKey(QShortcut):
    """Shift+F1 in a form or another window of its own, where the keys of the main window do nothing."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(QKeySequence(KEY), inside)
        self._inside = inside
        self.activated.connect(self._explain)

    @Slot()
    def _explain(self) -> None:
        explain_focused(self._inside.window())


def term_at(widget: QWidget | None) -> Term | None:
    """The word that a widget stands for, by its column, its tab, its name or its words, or what it lies in."""
    while widget is not None and not widget.isWindow():
        for text in _texts_of(widget):
            if (term := term_of(text)) is not None:
                return term
        widget = widget.parentWidget()
    return None


def words_here(window: QWidget) -> list[Term]:
    """The words that can be seen in a window, as they stand in it, each once."""
    found: dict[str, Term] = {}
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window.window():
            continue
        for text in _titles_of(widget) if isinstance(widget, QTableView) else _label_text(widget):
            if (term := term_of(text)) is not None:
                found.setdefault(term.id, term)
    return list(found.values())


def tip(term: Term) -> str:
    """What a word says while the pointer rests on it: its first sentence."""
    return f"<p><b>{escape(term.term)}</b><br>{escape(term.first_sentence)}</p>"


def _texts_of(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QTableView):
        yield _title(widget, widget.currentIndex().column())
    if isinstance(widget, QTabBar):
        yield re.sub(r"\s+\d[\d,]*$", "", widget.tabText(widget.currentIndex()))
    if isinstance(widget, QAbstractButton):
        yield widget.text()
    name = widget.accessibleName()
    yield name
    yield name.partition(":")[0]


def _label_text(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield widget.text()


def _titles_of(view: QTableView) -> Iterator[str]:
    return (_title(view, column) for column in range(view.model().columnCount()) if not view.isColumnHidden(column))


def _title(view: QAbstractItemView, column: int) -> str:
    shown = view.model().headerData(column, Qt.Orientation.Horizontal) if column >= 0 else None
    return str(shown or "")


def title_of_section(header: QHeaderView, section: int) -> str:
    """The title that stands in a section of a table's header."""
    shown = header.model().headerData(section, header.orientation()) if section >= 0 else None
    return str(shown or "")
