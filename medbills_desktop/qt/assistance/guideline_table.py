"""The poverty guidelines of a state's area as a table: each size of household, each year that is known."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.poverty_share import MOST_IN_TABLE, guideline_source
from medbills_desktop.domain.rules.poverty import Guideline, guideline_for, guideline_years
from medbills_desktop.qt.bill.cards_tab import as_high_as_its_rows, told
from medbills_desktop.qt.rows_model import Column
from medbills_desktop.qt.tables import RowsView
from medbills_desktop.qt.widgets import column


@dataclass(frozen=True, slots=True)
class GuidelineRow:
    """A size of household with the line of each year, the latest first."""

    id: int
    lines: tuple[Cents, ...]


def _line_of(place: int, year: int) -> Column:
    return Column(str(year), lambda row: dollars(row.lines[place]), lambda row: row.lines[place], right=True, width=110)


class GuidelineTable(QWidget):
    """The table with its source below it; `household` is the row to begin with."""

    def __init__(self, state: str | None, household: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        known: list[Guideline] = [one for year in guideline_years() if (one := guideline_for(state, year))]
        columns = (
            Column("Household size", lambda row: str(row.id), lambda row: row.id),
            *(_line_of(place, one.year) for place, one in enumerate(known)),
        )
        self.view = RowsView(
            columns, self.tr("Poverty guidelines, a year's income"), self.tr("None is issued."), quiet=True
        )
        sizes = range(1, MOST_IN_TABLE + 1)
        rows = [GuidelineRow(size, tuple(one.line(size) for one in known)) for size in sizes] if known else []
        as_high_as_its_rows(self.view, rows)
        if household is not None:
            self.view.choose(household)
        parts: list[QWidget] = [self.view]
        for one in known:
            more = self.tr("{year}, {area}: each further person adds {amount}. {source}")
            source = guideline_source(one)
            said = more.format(year=one.year, area=one.area, amount=dollars(one.each_further), source=source)
            parts.append(told(said, "muted"))
        self.setLayout(column(*parts, gap=4))
