"""What tabs of a bill that consist of cards share: they are told anew from frozen facts, and keep their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractButton, QApplication, QFrame, QWidget

from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.theme import px
from medbills_desktop.qt.value_button import ValueButton
from medbills_desktop.qt.widgets import column, label, row, scrolling
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.reader import Reader

ROW_HEIGHT, TITLES_HEIGHT, MOST_ROWS = 34, 36, 8


class CardsTab(Page):
    """Signals: `call_wanted` carries a `CallWish`; `rule_wanted` the id of a rule card; `counted` how many there are.

    A subclass reads frozen facts in `read_facts` and makes the cards of them in `parts`. Facts that are equal to those
    shown change nothing, so that whoever reads or types is not disturbed.
    """

    call_wanted = Signal(object)
    rule_wanted = Signal(object)
    counted = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.bill_id: int | None = None
        self._facts: Any = None
        holder = QWidget()
        self._inside, self._cards = column(gap=0), QWidget(holder)
        self._inside.addWidget(self._cards)
        holder.setLayout(self._inside)
        self._area = scrolling(holder)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLayout(column(self._area, gap=0, margins=(0, 4, 0, 0)))

    @property
    def facts(self) -> Any:
        """What is shown."""
        return self._facts

    def read_facts(self, reader: Reader, bill_id: int) -> Any:
        """Everything that the cards show, as one frozen value."""
        raise NotImplementedError

    def parts(self, facts: Any) -> Sequence[QWidget]:
        """The cards, from the top."""
        raise NotImplementedError

    def count_of(self, facts: Any) -> int:
        """The number beside the title of the tab."""
        raise NotImplementedError

    def read_count(self, reader: Reader, bill_id: int) -> int:
        """The number beside the title, for a tab that is not seen: a subclass may know a shorter way."""
        return self.count_of(self.read_facts(reader, bill_id))

    def show_bill(self, bill_id: int | None) -> None:
        """Show a bill."""
        self.bill_id = bill_id
        self._area.verticalScrollBar().setValue(0)
        self.mark_stale()

    def mark_stale(self) -> None:
        """What is here is counted on the tab, so at least that is read at once; the rest when it is seen."""
        self._stale = True
        if self.isVisible():
            self._freshen()
        else:
            bill_id = self.bill_id
            count = 0 if bill_id is None else self.session.read(lambda reader: self.read_count(reader, bill_id))
            self.counted.emit(count)

    def refresh(self) -> None:
        bill_id = self.bill_id
        facts = None if bill_id is None else self.session.read(lambda reader: self.read_facts(reader, bill_id))
        if facts == self._facts:
            return
        self._facts = facts
        self.counted.emit(0 if facts is None else self.count_of(facts))
        self._tell([] if facts is None else self.parts(facts))

    def rescale(self) -> None:
        """Make the cards anew for another text size."""
        self._facts = None
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _tell(self, parts: Sequence[QWidget]) -> None:
        place, focus = self._area.verticalScrollBar().value(), self._focused()
        self._inside.removeWidget(self._cards)
        self._cards.hide()
        self._cards.deleteLater()
        self._cards = QWidget(self._area.widget())
        layout = column(*parts, gap=8, margins=(0, 0, 6, 8))
        layout.addStretch(1)
        self._cards.setLayout(layout)
        self._inside.addWidget(self._cards)
        self._cards.show()
        self._area.verticalScrollBar().setValue(place)
        if focus:
            self._focus_again(focus)

    def _focused(self) -> str:
        """The name of what has the keyboard here, so that it can have it again."""
        held = QApplication.focusWidget()
        return _name_of(held) if held is not None and self.isAncestorOf(held) else ""

    def _focus_again(self, name: str) -> None:
        found = [each for each in self._cards.findChildren(QWidget) if each.focusPolicy() and each.isEnabled()]
        same = next((each for each in found if _name_of(each) == name), found[0] if found else None)
        if same is not None:
            same.setFocus(Qt.FocusReason.OtherFocusReason)

    def act(
        self, text: str, slot: Callable[[Any], object], value: Any = None, role: str = "", tip: str = ""
    ) -> ValueButton:
        """A button for something that changes the library; `slot` gets the value."""
        return self.way(text, slot, value, role, tip, self.session.writable)

    def way(
        self,
        text: str,
        slot: Callable[[Any], object],
        value: Any = None,
        role: str = "",
        tip: str = "",
        enabled: bool = True,
    ) -> ValueButton:
        """A button that only leads somewhere."""
        found = ValueButton(text, value, role, tip, enabled)
        found.taken.connect(slot)
        return found


def _name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return widget.accessibleName() or text


def card(title: str | QWidget, acts: Sequence[QWidget], *parts: QWidget, pill: QWidget | None = None) -> QFrame:
    """A card: its title, a pill beside it and what can be done on the right, then its parts below one another.

    A title that is a widget, such as a name of any length, takes the room that is left.
    """
    frame = QFrame()
    frame.setObjectName("card")
    head, names = QWidget(), row()
    if isinstance(title, str):
        names.addWidget(word_label(title, "strong"))
    else:
        names.addWidget(title, 100)
    if pill is not None:
        names.addWidget(pill)
    names.addStretch(1)
    head.setLayout(names)
    layout = column(gap=6, margins=(14, 10, 10, 12))
    layout.addLayout(Headed(head, tuple(acts), least=200) if acts else row(head))
    for part in parts:
        layout.addWidget(part)
    frame.setLayout(layout)
    return frame


def told(text: str, role: str = "") -> QWidget:
    """A wrapped text to be read and copied; no stop for Tab."""
    found = label(text, role, wrap=True)
    found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return found


def as_high_as_its_rows(view: RowsView, rows: Sequence[Any], most: int = MOST_ROWS, chosen: bool = False) -> None:
    """Fill a list and give it the height of its rows; beyond `most` it scrolls. Unless `chosen` none is chosen yet."""
    view.set_rows(rows)
    if not chosen:
        view.setCurrentIndex(QModelIndex())
    shown = max(1, min(len(rows), most))
    view.setFixedHeight(px(ROW_HEIGHT) * shown + px(TITLES_HEIGHT) + (0 if rows else px(8)))
