"""A small chart of the three figures by month: one line each, told apart by its dashes as well as by its colour."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from medbills_desktop.domain.dates import plain_month
from medbills_desktop.domain.money import Cents, dollars
from medbills_desktop.domain.progress import Figures, Month
from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.theme import font, px, token

HEIGHT, LEAST_WIDTH = 72, 132
"""Pixels at 100 % text."""
FOOT = 18
"""Pixels at 100 % text below the lines, for the first and the last month."""


@dataclass(frozen=True, slots=True)
class Series:
    """One of the figures: how it is called, drawn and read."""

    name: str
    tone: str
    dashes: tuple[float, ...]
    value: Callable[[Figures], Cents | None]

    def pen(self) -> QPen:
        """The pen of its line at the text size in use."""
        pen = QPen(QColor(token(self.tone)), max(px(2), 2))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if self.dashes:
            pen.setDashPattern(list(self.dashes))
        return pen


SERIES = (
    Series("Billed", "muted", (1.0, 1.5), lambda figures: figures.billed),
    Series("Still asked", "accent", (), lambda figures: figures.asked),
    Series("Taken off", "green", (4.0, 2.0), lambda figures: figures.off),
)
"""The figures in the order in which they are told."""


def month_words(month: Month) -> str:
    """A month and its figures in a line; what is not known is left out."""
    known = [(one.name.lower(), one.value(month.figures)) for one in SERIES]
    parts = [f"{name} {dollars(value)}" for name, value in known if value is not None]
    return f"{plain_month(month.first)}: {', '.join(parts) or 'nothing known'}"


class LineSample(QWidget):
    """A short piece of a line, beside the name of its figure."""

    def __init__(self, series: Series, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series = series
        keep(self, width=22, height=14)

    # Qt's own names from here on

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._series.pen())
        middle = self.height() / 2
        painter.drawLine(QPointF(0, middle), QPointF(self.width(), middle))


class MonthsChart(QWidget):
    """The figures by month, from nothing to the highest of them. A month that is not known leaves a gap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._months: tuple[Month, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        keep(self, height=HEIGHT, least_width=LEAST_WIDTH)
        self.setAccessibleName(self.tr("Billed, still asked and taken off, by month"))

    def show_months(self, months: tuple[Month, ...]) -> None:
        """Show these months."""
        self._months = months
        self.setAccessibleDescription("\n".join(month_words(month) for month in months))
        self.update()

    def _room(self) -> QRectF:
        side = px(4)
        return QRectF(side, px(4), max(self.width() - 2 * side, 1), max(self.height() - px(FOOT) - px(8), 1))

    def _x(self, place: int) -> float:
        room = self._room()
        return room.left() + room.width() * (place / max(len(self._months) - 1, 1))

    def points_of(self, series: Series) -> list[list[QPointF]]:
        """The line of a figure, in pieces where months are not known."""
        values = [one.value(month.figures) for one in SERIES for month in self._months]
        most = max((value for value in values if value is not None), default=0) or 1
        room = self._room()
        pieces: list[list[QPointF]] = [[]]
        for place, month in enumerate(self._months):
            value = series.value(month.figures)
            if value is None:
                pieces.append([])
            else:
                pieces[-1].append(QPointF(self._x(place), room.bottom() - room.height() * value / most))
        return [piece for piece in pieces if piece]

    def month_at(self, x: float) -> Month | None:
        """The month that is nearest to a place across."""
        if not self._months:
            return None
        return min(enumerate(self._months), key=lambda pair: abs(self._x(pair[0]) - x))[1]

    # Qt's own names from here on

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(HEIGHT))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            month = self.month_at(event.pos().x())
            if month is not None:
                QToolTip.showText(event.globalPos(), month_words(month).replace(": ", "\n").replace(", ", "\n"), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._months:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self._room()
        painter.setPen(QPen(token("border"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        for series in SERIES:
            painter.setPen(series.pen())
            for piece in self.points_of(series):
                if len(piece) == 1:
                    painter.drawPoint(piece[0])
                painter.drawPolyline(QPolygonF(piece))
        painter.setPen(token("muted"))
        painter.setFont(font(11))
        foot = QRectF(room.left(), room.bottom() + px(2), room.width(), px(FOOT))
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, plain_month(self._months[0].first))
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, plain_month(self._months[-1].first))
