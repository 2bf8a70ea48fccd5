"""The window of words: a search field, the list, and the entry beside it. It stays open while one works."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from medbills_desktop.domain.glossary import Term, find_terms, glossary, name_found
from medbills_desktop.qt.flow import Flow
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.widgets import button, column, counted, label, panel, row
from medbills_desktop.qt.words.entry import Entry

SIZE = (820, 600)
LIST_WIDTH = 270
"""Pixels at 100 % text."""
PADDING = 20
"""Pixels at 100 % text that the style sheet and Qt keep free left and right of a name."""
LIST_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
"""Keys that move in the list while one types in the search field."""
TERM_ROLE = Qt.ItemDataRole.UserRole


class WrappedNames(QStyledItemDelegate):
    """Gives a name the lines that it needs: Qt forgets that the padding of the style sheet makes them shorter."""

    # Qt's own names from here on

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        narrower = QStyleOptionViewItem(option)
        narrower.rect.setWidth(option.rect.width() - px(PADDING))
        return super().sizeHint(narrower, index)


class WordsWindow(QDialog):
    """All words of the glossary, or those of the screen from which it was asked for, until something is typed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Words"))
        self._here: tuple[Term, ...] = ()
        self._before: list[str] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("A word, as it is printed"))
        self.search.setAccessibleName(self.tr("Find a word"))
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("words")
        self.list.setAccessibleName(self.tr("Words"))
        self.list.setWordWrap(True)
        self.list.setItemDelegate(WrappedNames(self.list))
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entry = Entry()
        self._count = label("", "muted")
        self._all = button(self.tr("All words"), self.show_all, "link")
        self._back = button(self.tr("Back"), self.go_back, "", QKeySequence("Alt+Left").toString())
        self._close = button(self.tr("Close"), self.close)
        self._lay_out()
        self.search.textChanged.connect(self._fill)
        self.list.currentRowChanged.connect(self._row_chosen)
        self.entry.wanted.connect(self.follow, Qt.ConnectionType.QueuedConnection)
        QShortcut(QKeySequence("Alt+Left"), self, self.go_back)
        self._fill()
        self.search.setFocus()

    def _lay_out(self) -> None:
        left, right = QWidget(), QWidget()
        shelf = panel()
        shelf.setLayout(column(self.list, margins=(0, 0, 0, 0)))
        which = QWidget()
        which.setLayout(Flow([self._count], [self._all]))
        left.setLayout(column(self.search, which, shelf, gap=8))
        page = panel()
        page.setLayout(column(self.entry, margins=(0, 0, 0, 0)))
        right.setLayout(column(page, gap=0))
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.setChildrenCollapsible(False)
        keep(beside, handle=12)
        beside.addWidget(left)
        beside.addWidget(right)
        beside.setStretchFactor(1, 1)
        room = self.screen().availableGeometry()
        width, height = min(px(SIZE[0]), room.width() - px(24)), min(px(SIZE[1]), room.height() - px(48))
        self.resize(width, height)
        beside.setSizes([min(px(LIST_WIDTH), width * 2 // 5), width])
        layout = column(gap=12, margins=(16, 16, 16, 12))
        layout.addWidget(beside, 1)
        layout.addLayout(row(self._back, None, self._close))
        self.setLayout(layout)

    def show_term(self, term_id: str) -> None:
        """Show the entry of a term, with all words in the list."""
        self._here, self._before = (), []
        self._show(term_id)
        self.list.setFocus()

    def show_here(self, terms: Sequence[Term]) -> None:
        """Offer the words of one screen, the first of them shown; all words where it has none."""
        self._here, self._before = tuple(terms), []
        self._clear_search()
        self._fill()
        (self.list if terms else self.search).setFocus()

    @Slot()
    def show_all(self) -> None:
        """Offer all words again."""
        self._here, self._before = (), []
        self._clear_search()
        self._fill()
        self.search.setFocus()

    @Slot(object)
    def follow(self, term_id: str) -> None:
        """Go from the entry to a related one; Back returns."""
        if self.entry.term is not None:
            self._before.append(self.entry.term.id)
        self._show(term_id)
        self.entry.setFocus()

    @Slot()
    def go_back(self) -> None:
        """Show the entry from which a link was followed."""
        if self._before:
            self._show(self._before.pop())

    def _show(self, term_id: str) -> None:
        if not self._choose(term_id):
            self._here = ()
            self._clear_search()
            self._fill()
            self._choose(term_id)
        self._back.setEnabled(bool(self._before))

    def _choose(self, term_id: str) -> bool:
        found = next((n for n in range(self.list.count()) if self.list.item(n).data(TERM_ROLE) == term_id), -1)
        if found >= 0:
            self.list.setCurrentRow(found)
            self.list.scrollToItem(self.list.item(found), QListWidget.ScrollHint.PositionAtCenter)
        return found >= 0

    def _clear_search(self) -> None:
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)

    @Slot()
    def _fill(self) -> None:
        text = self.search.text()
        terms = find_terms(text) if text.strip() or not self._here else list(self._here)
        self.list.blockSignals(True)
        self.list.clear()
        for term in terms:
            self.list.addItem(_item(term, text))
        self.list.blockSignals(False)
        narrowed = bool(text.strip()) or bool(self._here)
        if self._here and not text.strip():
            self._count.setText(self.tr("Words on this screen"))
        else:
            self._count.setText(counted(len(terms), self.tr("1 word"), self.tr("{n} words")))
        self._all.setVisible(narrowed)
        self.list.setCurrentRow(0 if terms else -1)
        self.list.scrollToTop()
        if not terms:
            self.entry.show_term(None)
        self._back.setEnabled(bool(self._before))

    @Slot(int)
    def _row_chosen(self, number: int) -> None:
        item = self.list.item(number)
        if item is not None:
            self.entry.show_term(glossary()[item.data(TERM_ROLE)])

    # Qt's own names from here on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in LIST_KEYS:
                self.list.event(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.entry.setFocus()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton):
                focused.click()
            elif focused is self.list:
                self.entry.setFocus()
            return
        super().keyPressEvent(event)


def _item(term: Term, text: str) -> QListWidgetItem:
    other = name_found(term, text)
    item = QListWidgetItem(f"{term.term}  ({other})" if other else term.term)
    item.setData(TERM_ROLE, term.id)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{item.text()}. {term.meaning}")
    item.setToolTip(item.text())
    return item
