"""The quiet strip that says where the itemized bill stands, with what can be done about it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QMenu, QPushButton, QVBoxLayout, QWidget

from medbills_desktop.commands.itemized import KeepAsItemizedBill
from medbills_desktop.commands.letters import ITEMIZATION, WriteLetter
from medbills_desktop.domain.case import Case
from medbills_desktop.domain.itemized_bill import ItemizedBill, itemized_bill
from medbills_desktop.domain.itemized_words import (
    QUESTION,
    SCRIPT,
    STATE,
    STATE_TONE,
    itemized_sentence,
    itemized_source,
)
from medbills_desktop.domain.records import Letter, Line
from medbills_desktop.qt.calls.call_wish import CallWish
from medbills_desktop.qt.flow import Flow, Headed
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.widgets import ElidedLabel, Pill, button, column, label, row
from medbills_desktop.qt.words.word_label import word_label
from medbills_desktop.store.queries.papers import ListPapers
from medbills_desktop.store.queries.rule_cards import CardsOn

MOST_PAPERS = 8
"""Papers offered as the one that came; any other is chosen on the Papers page."""


class ItemizedStrip(QFrame):
    """The strip; a `short` one has two lines at most, with the rest in its tooltip.

    Signals: `call_wanted` carries a `CallWish`; `file_wanted` the id of the bill that a file is to be chosen for.
    """

    call_wanted = Signal(object)
    file_wanted = Signal(object)

    def __init__(self, session: Session, short: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._session = session
        self._bill_id: int | None = None
        self.found: ItemizedBill | None = None
        """What is shown."""
        self._pill = Pill()
        self._short = short
        self._sentence = ElidedLabel("") if short else label("", "", wrap=True)
        self._source = label("", "muted", wrap=True)
        self.ask = button(self.tr("Ask on a call"), self._ask, "", QUESTION, session.writable)
        self.write = button(self.tr("Write for it"), self._write, "", self.tr("Drafts the letter"), session.writable)
        self.show_request = button(self.tr("Show the request"), self._go_to_request, "flat")
        self.show_paper = button(self.tr("Show the paper"), self._go_to_paper, "flat")
        self.came = QPushButton(self.tr("It came"))
        self.came.setAutoDefault(False)
        self.came.setEnabled(session.writable)
        self._menu = QMenu(self.came)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.came.setMenu(self._menu)
        self.setLayout(self._build_short() if short else self._build())

    def _build_short(self) -> QVBoxLayout:
        head = Flow(
            (word_label(self.tr("Itemized bill"), "strong"), self._pill), (self.ask, self.write, self.came), gap=8
        )
        for each in (self._source, self.show_request, self.show_paper):
            each.setParent(self)
            each.hide()
        layout = column(gap=2, margins=(12, 4, 8, 4))
        layout.addLayout(head)
        layout.addWidget(self._sentence)
        return layout

    def _build(self) -> Headed:
        title = row(word_label(self.tr("Itemized bill"), "strong"), self._pill, None)
        words = QWidget()
        inside = column(gap=2)
        inside.addLayout(title)
        inside.addWidget(self._sentence)
        inside.addWidget(self._source)
        words.setLayout(inside)
        layout = Headed(words, (self.show_request, self.show_paper, self.ask, self.write, self.came), least=300)
        keep(layout, margins=(14, 8, 10, 8))
        return layout

    def show_case(self, case: Case, bill_id: int, lines: Iterable[Line] | None = None) -> None:
        """Show where the itemized bill of an account stands; `lines` where the case is without them."""
        self._bill_id = bill_id
        cards = self._session.read(CardsOn())
        self._show(itemized_bill(case, bill_id, self._session.today, lines, cards))

    def _show(self, found: ItemizedBill) -> None:
        """Show a state, and the acts that fit it."""
        if found == self.found:
            return
        self.found = found
        source = itemized_source(found)
        self._pill.show_word(STATE[found.state], STATE_TONE[found.state])
        sentence = itemized_sentence(found, self._session.today)
        self._source.setText(source)
        if isinstance(self._sentence, ElidedLabel):
            self._sentence.set_text(sentence)
            self.setToolTip("\n".join(filter(None, (sentence, source))))
        else:
            self._sentence.setText(sentence)
            self._source.setVisible(bool(source))
        held = found.state == "held"
        for each in (self.ask, self.write):
            each.setVisible(not held)
        self.came.setVisible(not found.papers)
        if not self._short:
            self.show_request.setVisible(not held and bool(found.requests))
            self.show_paper.setVisible(bool(found.papers))
        self.updateGeometry()

    @property
    def sentence(self) -> str:
        """What is said, with its source."""
        said = self._sentence
        return " ".join(
            filter(None, (said.whole if isinstance(said, ElidedLabel) else said.text(), self._source.text()))
        )

    @Slot()
    def _ask(self) -> None:
        if self._bill_id is not None:
            self.call_wanted.emit(CallWish(self._bill_id, "", QUESTION, SCRIPT))

    @Slot()
    def _write(self) -> None:
        """Go to the draft that asks for it, or make one."""
        bill_id = self._bill_id
        if bill_id is None:
            return
        drafts = self._session.read(
            lambda reader: reader.find(Letter, bill_id=bill_id, kind=ITEMIZATION, status="draft")
        )
        letter = drafts[-1] if drafts else self._session.perform(WriteLetter(ITEMIZATION, bill_id))
        if letter is not None:
            self._session.go_to(Place("letter", letter.id))

    @Slot()
    def _go_to_request(self) -> None:
        if self.found is not None and self.found.latest is not None:
            self._session.go_to(Place(self.found.latest.kind, self.found.latest.id))

    @Slot()
    def _go_to_paper(self) -> None:
        if self.found is not None and self.found.papers:
            self._session.go_to(Place("document", self.found.papers[0].id))

    @Slot()
    def _fill_menu(self) -> None:
        """The papers that it may be: those of the bill, then the unfiled ones; and a file from outside."""
        self._menu.clear()
        bill_id = self._bill_id
        own = self._session.read(ListPapers(bill_id)) + self._session.read(ListPapers(inbox=True))
        papers = list({paper.id: paper for paper in own if paper.held}.values())
        for paper in papers[:MOST_PAPERS]:
            name = " · ".join(part for part in (paper.paper_number, paper.title) if part)
            act = self._menu.addAction(_short(name).replace("&", "&&"), self._keep)
            act.setData(paper.id)
            act.setToolTip(name)
        if papers:
            self._menu.addSeparator()
        self._menu.addAction(self.tr("Choose a file…"), self._choose)

    @Slot()
    def _keep(self) -> None:
        act = self.sender()
        if self._bill_id is not None and isinstance(act, QAction):
            self._session.perform(KeepAsItemizedBill(int(act.data()), self._bill_id))

    @Slot()
    def _choose(self) -> None:
        self.file_wanted.emit(self._bill_id)


def _short(name: str, most: int = 60) -> str:
    return name if len(name) <= most else f"{name[: most // 2]}…{name[-most // 2 + 1 :]}"
