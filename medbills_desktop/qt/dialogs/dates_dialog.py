"""Taking what is due into one's own calendar: what will be in the file, with how much of it, and where to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLineEdit, QWidget

from medbills_desktop.commands.calendar_files import ENDING
from medbills_desktop.domain.calendar_dates import CalendarDate
from medbills_desktop.domain.dates import plain_day
from medbills_desktop.qt.dialogs.ask import ask_target
from medbills_desktop.qt.lengths import keep, open_at
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.session import Session
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import button, column, counted, label, row
from medbills_desktop.store.queries.calendar_dates import ListCalendarDates

WIDTH, HEIGHT = 600, 520


@dataclass(frozen=True, slots=True)
class DatesWish:
    """A calendar file is to be written; `detailed` with what each date is about."""

    target: Path
    detailed: bool


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date in the list; `id` is its place."""

    id: int
    date: CalendarDate


DATE_COLUMNS = (
    Column("Day", lambda row: plain_day(row.date.day), lambda row: row.date.day.toordinal(), width=104, whole=True),
    Column("In your calendar", lambda row: row.date.title, lambda row: row.date.title.casefold(), sentence=True),
)


class DatesDialog(QDialog):
    """Signals: `wished` carries a `DatesWish`."""

    wished = Signal(object)

    def __init__(self, session: Session, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export dates"))
        dates = session.read(ListCalendarDates(session.today))
        empty = self.tr("Nothing is due from today on. Dates come from promises, tasks, letters, offers and rules.")
        self.view = RowsView(DATE_COLUMNS, self.tr("Dates in the file"), empty, quiet=True)
        self.view.set_rows([DateRow(number, date) for number, date in enumerate(dates, 1)])
        count = counted(len(dates), self.tr("1 date from today on"), self.tr("{n} dates from today on"))
        self._count = label(count if dates else "", "muted")
        self.detailed = QCheckBox(self.tr("With patient, account and your words"))
        self._target = QLineEdit(str(folder / f"MedBills dates{ENDING}"))
        self._target.setAccessibleName(self.tr("Save as"))
        self._replacing: Path | None = None
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        self._build(bool(dates))
        open_at(self, WIDTH, HEIGHT)

    def _build(self, any_dates: bool) -> None:
        buttons = QDialogButtonBox()
        write = buttons.addButton(self.tr("Export dates"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        keep(self.view, least_height=96)
        choose = button(self.tr("Choose…"), self._choose)
        choose.setAutoDefault(True)  # Enter on it chooses; elsewhere it exports
        what = self.tr(
            "A file for your own calendar program (.ics), a whole day for each date. Titles name the biller and what "
            "is due, and nothing else. Whoever sees your calendar sees them. Taken in again later, the entries move "
            "instead of being doubled."
        )
        layout = column(label(what, "", wrap=True), self._count, gap=8, margins=(16, 14, 16, 14))
        layout.addWidget(self.view, 1)
        layout.addWidget(self.detailed)
        layout.addLayout(row(self._target, choose))
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        self.setLayout(layout)
        write.setEnabled(any_dates)
        write.setDefault(True)

    @property
    def problem(self) -> str:
        """What stands in the way, in words."""
        return self._problem.text()

    @Slot()
    def _choose(self) -> None:
        target = ask_target(self, self.tr("Save dates as"), self._target.text(), "Calendar (*.ics)")
        if target is not None:
            self._target.setText(str(target))
            self._replacing = target  # the system's dialog has asked

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.show()

    # Qt's own names from here on

    @Slot()
    def accept(self) -> None:
        target = Path(self._target.text().strip()).expanduser()
        if not target.name:
            self._say(self.tr("Say where to save the dates."))
            return
        if target.suffix.lower() != ENDING:
            target = target.with_name(f"{target.name}{ENDING}")
        if target.exists() and target != self._replacing:
            self._replacing = target
            self._say(self.tr("There is a file of that name. Export once more to replace it."))
            return
        self.wished.emit(DatesWish(target, self.detailed.isChecked()))
        super().accept()
