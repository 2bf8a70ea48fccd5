"""The Timeline page: everything that happened under its months, of everything, a patient, a visit or a bill."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from medbills_desktop.domain.records import KIND_BY_NAME
from medbills_desktop.domain.timeline import MonthHeading, Row, TimelineEvent, under_months
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.flow import Headed
from medbills_desktop.qt.forms.editing import edit_record
from medbills_desktop.qt.page import Page
from medbills_desktop.qt.session import Place, Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.timeline.timeline_columns import EVENT_COLUMNS
from medbills_desktop.qt.timeline.timeline_filters import TimelineFilters
from medbills_desktop.qt.timeline.timeline_saving import FILE_KINDS, TimelineSaving, TimelineWish
from medbills_desktop.qt.widgets import button, column, counted, label, panel
from medbills_desktop.store.queries.belonging import FindBillOf
from medbills_desktop.store.queries.timeline import (
    EVERYTHING,
    EventPage,
    ListEvents,
    ListFirstEvents,
    ListScopes,
    TimelineChoice,
    TimelineScope,
)

WITH_A_BILL = frozenset({"visit", "estimate", "claim"})
"""Kinds that are shown with their bill; where they have none, their form is opened."""
WHEN = 0
"""The place of the column by which the list stands under months."""
MOST_EVENTS, ALL_EVENTS = 2000, 10**9
"""Events with a day that are listed at first; all of them only where that is asked for."""
Answer = tuple[int, EventPage, list[TimelineChoice]]


class TimelinePage(Page):
    """Signals: `place_wanted` carries the `Place` of an event that was opened, `paper_wanted` that of its paper, to be
    shown beside; `saved` the path of a PDF, `print_wanted` one to be printed; `enter_wanted` nothing."""

    KINDS: ClassVar[frozenset[str]] = frozenset()
    TITLE = "Timeline"
    place_wanted = Signal(object)
    paper_wanted = Signal(object)
    saved = Signal(object)
    print_wanted = Signal(object)
    enter_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._empty = self.tr("Nothing with a date yet. Bills, calls, letters and papers appear here by themselves.")
        self._words = QLineEdit()
        self._words.setPlaceholderText(self.tr("Narrow the list: a name, a word, “broken” …"))
        self._words.setAccessibleName(self.tr("Narrow the timeline"))
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self.mark_stale)
        self.filters = TimelineFilters()
        self.filters.changed.connect(self.mark_stale)
        self.count = label("", "muted")
        self._enter = self.tr("Enter a bill  Ctrl+N") if session.writable else ""
        step = self._enter or self.tr("Show the whole timeline")
        self.view = RowsView(EVENT_COLUMNS, self.tr("Timeline"), self._empty, quiet=True, step=step)
        self.view.step_wanted.connect(self._step)
        self.view.opened.connect(self._opened)
        self.view.selectionModel().currentRowChanged.connect(self._moved)
        self.view.horizontalHeader().sortIndicatorChanged.connect(self._sorted_by)
        self.saving = TimelineSaving(session, self)
        self.saving.saved.connect(self.saved)
        self.saving.print_wanted.connect(self.print_wanted)
        self.save = button(self.tr("Save…"), self.ask_and_save, tip=self.tr("Save this list as a PDF or a spreadsheet"))
        self.print = button(self.tr("Print…"), self.print_list, tip=self.tr("Print this list"))
        self.more = button(self.tr("List all"), self.show_whole)
        self.more.hide()
        self.events: list[TimelineEvent] = []
        self.total = 0
        self._asked = 0
        self._whole = False
        listing = panel()
        listing.setLayout(column(self.view, margins=(4, 4, 4, 4)))
        layout = column(gap=8)
        layout.addLayout(Headed(self._words, (self.count, self.more, self.save, self.print), least=200))
        layout.addWidget(self.filters)
        layout.addWidget(listing, 1)
        self.setLayout(layout)

    def show_scope(self, scope: TimelineScope) -> None:
        """Show all that happened to one bill, visit or patient."""
        self._words.clear()
        self.filters.offer(self.session.read(ListScopes()))
        self.filters.show_scope(scope)
        self.mark_stale()

    @Slot()
    def _step(self) -> None:
        """Enter a bill; where the list is only narrowed too far, show all of it again."""
        if self._narrowed:
            self._words.clear()
            self.filters.show_scope(EVERYTHING)
        else:
            self.enter_wanted.emit()

    @property
    def _narrowed(self) -> bool:
        return bool(self._words.text() or self.filters.narrowed)

    def refresh(self) -> None:
        self._asked += 1
        asked, scopes = self._asked, ListScopes()
        query = ListFirstEvents(self._query(), ALL_EVENTS if self._whole else MOST_EVENTS)
        read = self.session.library.read
        self.session.tasks.start(
            lambda _task: read(lambda reader: (asked, query(reader), scopes(reader))), self._show_rows
        )

    def _query(self) -> ListEvents:
        return ListEvents(self.filters.chosen, self.filters.narrowing(self._words.text()), self._newest_first)

    @Slot()
    def show_whole(self) -> None:
        """List every event, however many there are."""
        self._whole = True
        self.mark_stale()

    @property
    def _newest_first(self) -> bool:
        header = self.view.horizontalHeader()
        return header.sortIndicatorSection() != WHEN or header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder

    @property
    def _under_months(self) -> bool:
        return self.view.horizontalHeader().sortIndicatorSection() in (-1, WHEN)

    def _show_rows(self, answer: Answer) -> None:
        if answer[0] != self._asked:
            return
        narrowed = self.tr("Nothing of this kind."), self.tr("Show the whole timeline")
        self.view.say_when_empty(*narrowed if self._narrowed else (self._empty, self._enter))
        self.events, self.total = answer[1].events, answer[1].total
        self.filters.offer(answer[2])
        self._say_how_many()
        for each in (self.save, self.print):
            each.setEnabled(bool(self.events))
        self._put_rows()

    def _say_how_many(self) -> None:
        every = counted(self.total, self.tr("1 entry"), self.tr("{n} entries"))
        left = self.total > len(self.events)
        some = self.tr("{some} of {every}").format(some=f"{len(self.events):,}", every=every)
        self.count.setText(some if left else every)
        self.more.setVisible(left)

    def _put_rows(self) -> None:
        newest = self._newest_first
        rows: list[Row] = under_months(self.events, newest) if self._under_months else [*self.events]
        self.view.set_rows(rows)

    @Slot(int, Qt.SortOrder)
    def _sorted_by(self, _section: int, _order: Qt.SortOrder) -> None:
        """Headings stand above their months only while the list is in the order of days."""
        self._put_rows()
        if self.total > len(self.events):
            self.mark_stale()  # the other end of the list was not read yet

    def _row(self, key: object) -> TimelineEvent | None:
        row = self.view.rows_model.row_at(self.view.rows_model.number_of(key))  # type: ignore[arg-type]
        return row if isinstance(row, TimelineEvent) else None

    @Slot(object)
    def _opened(self, key: object) -> None:
        event = self._row(key)
        if event is None:
            return
        if event.record in WITH_A_BILL and self.session.read(FindBillOf(event.record, event.record_id)) is None:
            edit_record(self.session, self, KIND_BY_NAME[event.record], event.record_id)
        else:
            self.place_wanted.emit(Place(event.record, event.record_id))

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _before: QModelIndex) -> None:
        """Show the paper of the event beside, while one goes through the list with the keyboard or the mouse."""
        row = self.view.rows_model.row_at(current.row())
        if self.view.hasFocus() and not isinstance(row, MonthHeading) and row is not None and row.document_id:
            self.paper_wanted.emit(Place("document", row.document_id))

    @Slot()
    def ask_and_save(self) -> None:
        """Save the list as it stands, where the person says."""
        target = ask_target(self, self.tr("Save the timeline"), "timeline.pdf", FILE_KINDS)
        if target is not None:
            if target.suffix.casefold() not in (".pdf", ".csv"):
                target = target.with_name(f"{target.name}.pdf")
            self.saving.save(self._wish(), target)

    @Slot()
    def print_list(self) -> None:
        """Print the list as it stands."""
        self.saving.print(self._wish())

    def _wish(self) -> TimelineWish:
        query = self._query()
        return TimelineWish(query, self.filters.scope.currentText(), self.filters.words(query.narrowing))
