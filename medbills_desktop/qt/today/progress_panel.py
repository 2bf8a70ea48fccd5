"""How far one has come over all bills: three figures, a small chart by month, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QWidget

from medbills_desktop.domain.dates import plain_month
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.progress import NO_FIGURES, Month, Progress
from medbills_desktop.qt.flow import EvenColumns
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.tables import ROW, TITLES, RowsView
from medbills_desktop.qt.today.months_chart import SERIES, LineSample, MonthsChart, Series
from medbills_desktop.qt.widgets import button, column, counted, label, row

SHOWN_MONTHS = 6
"""Rows of the table that are seen at once."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the table."""

    id: int
    month: Month


def _figure_column(series: Series) -> Column:
    def value(row: MonthRow) -> Cents | None:
        return series.value(row.month.figures)

    return Column(series.name, lambda row: dollars(value(row)), value, right=True, width=120)


MONTH_COLUMNS = (
    Column("Month", lambda row: plain_month(row.month.first), lambda row: row.id, whole=True),
    *(_figure_column(series) for series in SERIES),
)


class _Figure(QWidget):
    """One figure below its name; the piece of a line says which line of the chart is its own."""

    def __init__(self, series: Series, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = series.name
        self.value = label("–", "figure")
        self.value.setAccessibleDescription(series.name)
        self.sample = LineSample(series)
        layout = column(gap=2)
        layout.addLayout(row(label(series.name, "muted"), self.sample, None, gap=8))
        layout.addWidget(self.value)
        self.setLayout(layout)
        layout.addStretch(1)
        self.setToolTip(hint)


class ProgressPanel(QFrame):
    """Hidden while no bill states a figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        hints = (
            self.tr("Total charges of the bills, from the newest statement that states them"),
            self.tr("What the newest statements ask for; nothing on a bill that is done with"),
            self.tr("How much less is asked than at first, beyond what you paid: taken off, or paid by an insurer"),
        )
        self.figures = [_Figure(series, hint) for series, hint in zip(SERIES, hints, strict=True)]
        self.chart = MonthsChart()
        self._without = label("", "muted", wrap=True)
        self._toggle = button(self.tr("Show by month"), self._show_table, "flat")
        self.table = RowsView(MONTH_COLUMNS, self.tr("Figures by month"), self.tr("No month yet."), quiet=True)
        self.table.hide()
        layout = column(gap=0, margins=(16, 12, 16, 4))
        three = QWidget()
        three.setLayout(EvenColumns(self.figures, least=108, gap=12))
        layout.addLayout(EvenColumns((three, self.chart), least=352, gap=16))
        foot = row(self._without, self._toggle)
        foot.setStretch(0, 1)
        layout.addLayout(foot)
        layout.addWidget(self.table)
        self.setLayout(layout)
        self.hide()

    def show_progress(self, found: Progress) -> None:
        """Show the figures of today and the months before."""
        for figure, series in zip(self.figures, SERIES, strict=True):
            figure.value.setText(dollars(series.value(found.today)))
        many = len(found.months) > 1
        self.chart.setVisible(many)
        self.chart.show_months(found.months)
        for figure in self.figures:
            figure.sample.setVisible(many)
        self._toggle.setVisible(many)
        self._without.setText(
            counted(found.without, self.tr("1 bill states no balance"), self.tr("{n} bills state no balance"))
            if found.without
            else ""
        )
        months = [MonthRow(month.first.toordinal(), month) for month in reversed(found.months)]
        self.table.set_rows(months)
        self._fit_table(len(months))
        if not many:
            self.table.hide()
        self.setVisible(found.today != NO_FIGURES)

    def _fit_table(self, count: int) -> None:
        keep(self.table, height=ROW * min(max(count, 1), SHOWN_MONTHS) + TITLES + 6)

    @Slot()
    def _show_table(self) -> None:
        shown = self.table.isHidden()
        self.table.setVisible(shown)
        self._toggle.setText(self.tr("Hide the months") if shown else self.tr("Show by month"))
