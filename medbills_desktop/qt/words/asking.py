"""From a word on the screen to its entry: which word is meant, which words stand here, and the window that tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QTabBar,
    QTableView,
    QWidget,
)

from medbills_desktop.domain.glossary import Term, glossary, term_of
from medbills_desktop.qt.words.words_window import WordsWindow

KEY = "Shift+F1"
"""The key that asks what the word at the keyboard means, in the window and in forms."""
TERM = "glossary_term"
"""The property of a label that names its entry, where its text alone would not."""
_COUNT = re.compile(r"\s+\d[\d,]*$")
"""The number of things that a tab shows behind its title."""


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
    """The word that a widget stands for, by its column, its label, its tab or its name, or by what it lies in."""
    while widget is not None and not widget.isWindow():
        if (term := _own_term(widget)) is not None:
            return term
        widget = widget.parentWidget()
    return None


def words_here(window: QWidget) -> list[Term]:
    """The words that can be seen in a window, as they stand in it, each once."""
    found: dict[str, Term] = {}
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.window() is window.window():
            for term in _shown_terms(widget):
                found.setdefault(term.id, term)
    return list(found.values())


def term_of_section(header: QHeaderView, section: int) -> Term | None:
    """The word that the title of a table's column is, read within the name of the table."""
    table = header.parentWidget()
    return term_of(title_of_section(header, section), table.accessibleName() if table else "")


def title_of_section(header: QHeaderView, section: int) -> str:
    """The title that stands in a section of a table's header."""
    shown = header.model().headerData(section, header.orientation()) if section >= 0 else None
    return str(shown or "")


def tip(term: Term) -> str:
    """What a word says while the pointer rests on it: its first sentence."""
    return f"<p><b>{escape(term.term)}</b><br>{escape(term.first_sentence)}</p>"


def _own_term(widget: QWidget) -> Term | None:
    if isinstance(widget, QTableView):
        column = term_of_section(widget.horizontalHeader(), widget.currentIndex().column())
        return column or term_of(widget.accessibleName())
    if isinstance(widget, QTabBar):
        return term_of(_COUNT.sub("", widget.tabText(widget.currentIndex())))
    name = widget.accessibleName()
    texts = (_label_of(widget), name, name.partition(":")[0], *_button_text(widget))
    return next((found for text in texts if (found := _term(text)) is not None), None)


def _term(text: str | QLabel | None) -> Term | None:
    if isinstance(text, QLabel):
        kept = text.property(TERM)
        return glossary().get(str(kept)) if kept else term_of(text.text())
    return term_of(text) if text else None


def _label_of(widget: QWidget) -> QLabel | None:
    """The label that stands beside or above a field."""
    parent = widget.parentWidget()
    labels = parent.findChildren(QLabel) if parent is not None else []
    return next((each for each in labels if each.buddy() is widget), None)


def _button_text(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractButton):
        yield widget.text()


def _shown_terms(widget: QWidget) -> Iterator[Term]:
    if isinstance(widget, QTableView):
        header = widget.horizontalHeader()
        found = [term_of_section(header, n) for n in range(header.count()) if not header.isSectionHidden(n)]
        yield from (term for term in found if term is not None)
    elif isinstance(widget, QLabel) and (shown := _term(widget)) is not None:
        yield shown
