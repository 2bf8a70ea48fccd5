"""Rows that go on in the next line where there is no room: nothing is cut at large text or in a narrow window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from medbills_desktop.qt.lengths import keep
from medbills_desktop.qt.theme import px


class Flow(QLayout):
    """Parts side by side, wrapped like words. Those after `end` stand at the right while all fit in one line."""

    def __init__(
        self, parts: Sequence[QWidget] = (), end: Sequence[QWidget] = (), gap: float = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._first_at_end = len(parts)
        self.setContentsMargins(0, 0, 0, 0)
        keep(self, spacing=gap)
        for part in (*parts, *end):
            self.addWidget(part)

    def _lines(self, items: Sequence[QLayoutItem], width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        left = width
        for item in items:
            wanted = item.sizeHint().width()
            if lines[-1] and wanted > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= wanted + self.spacing()
        return lines

    def _lines_with_end(self, width: int) -> list[list[QLayoutItem]]:
        """The lines of all parts; those at the end stay together where that takes no further line."""
        seen, last = self._seen(), self._items[self._first_at_end :]
        lines = self._lines(seen, width)
        first = [item for item in seen if item not in last]
        if len(lines) > 1 and first and len(first) < len(seen):
            apart = self._lines(first, width) + self._lines(seen[len(first) :], width)
            return apart if len(apart) <= len(lines) else lines
        return lines

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, place: QRect, move: bool) -> int:
        """Lay the parts out in a place; gives the height that they need. Moves nothing unless asked."""
        lines = self._lines_with_end(place.width())
        top = place.top()
        for line in lines:
            height = max((item.sizeHint().height() for item in line), default=0)
            left = place.left()
            for item in line:
                if len(lines) == 1 and self._items.index(item) == self._first_at_end:
                    rest = line[line.index(item) :]
                    wanted = sum(one.sizeHint().width() for one in rest) + self.spacing() * (len(rest) - 1)
                    left = max(left, place.right() + 1 - wanted)
                size = QSize(min(item.sizeHint().width(), place.width()), item.sizeHint().height())
                if move:
                    item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
                left += size.width() + self.spacing()
            top += height + self._between()
        return max(top - self._between() - place.top(), 0)

    @staticmethod
    def _between() -> int:
        return px(4)

    # Qt's own names from here on

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks dozens of times at one width while a page is shown, so each answer is kept until a part changes."""
        found = self._heights.get(width)
        if found is None:
            sides = self.contentsMargins()
            inside = QRect(0, 0, width - sides.left() - sides.right(), 0)
            found = self._heights[width] = self._lay(inside, move=False) + sides.top() + sides.bottom()
        return found

    def setGeometry(self, place: QRect) -> None:
        super().setGeometry(place)
        self._lay(place.marginsRemoved(self.contentsMargins()), move=True)

    def sizeHint(self) -> QSize:
        seen = self._seen()
        width = sum(item.sizeHint().width() for item in seen) + self.spacing() * max(len(seen) - 1, 0)
        return self._with_margins(QSize(width, max((item.sizeHint().height() for item in seen), default=0)))

    def minimumSize(self) -> QSize:
        seen = self._seen()
        width = max((item.minimumSize().width() for item in seen), default=0)
        return self._with_margins(QSize(width, max((item.sizeHint().height() for item in seen), default=0)))

    def _with_margins(self, size: QSize) -> QSize:
        sides = self.contentsMargins()
        return size + QSize(sides.left() + sides.right(), sides.top() + sides.bottom())


class Headed(Flow):
    """A part that takes the room that the others leave; under `least` pixels (at 100 % text) it has its own line."""

    def __init__(self, head: QWidget, parts: Sequence[QWidget], least: float, parent: QWidget | None = None) -> None:
        super().__init__((head, *parts), parent=parent)
        self._least = least

    def _lay(self, place: QRect, move: bool) -> int:
        head, *others = self._items
        wanted = sum(item.sizeHint().width() + self.spacing() for item in others if not item.isEmpty())
        left = place.width() - wanted
        if left < px(self._least):
            height = _height(head, place.width())
            if move:
                head.setGeometry(QRect(place.left(), place.top(), place.width(), height))
            return height + self._between() + self._lay_others(place.adjusted(0, height + self._between(), 0, 0), move)
        height = max(_height(head, left), *(item.sizeHint().height() for item in others))
        if move:
            head.setGeometry(QRect(place.left(), place.top(), left, height))
        self._lay_others(QRect(place.left() + left + self.spacing(), place.top(), wanted, height), move, height)
        return height

    def _lay_others(self, place: QRect, move: bool, height: int = 0) -> int:
        """Lay out all but the head, each in the middle of its line; with a `height` there is one line of it."""
        others, top = self._seen()[1:], place.top()
        for line in [others] if height else self._lines(others, place.width()):
            tallest = max([height, *(item.sizeHint().height() for item in line)])
            left = place.left()
            for item in line:
                size = item.sizeHint()
                if move:
                    down = top + (tallest - size.height()) // 2
                    item.setGeometry(QRect(left, down, min(size.width(), place.width()), size.height()))
                left += size.width() + self.spacing()
            top += tallest + self._between()
        return top - self._between() - place.top()


class EvenColumns(Flow):
    """Parts of one width, as many side by side as have at least `least` pixels (at 100 % text) and nothing cut.

    Where they need several lines, these are as even as can be: four of which three would fit stand two by two.
    """

    def __init__(self, parts: Sequence[QWidget], least: float, gap: float = 12, parent: QWidget | None = None) -> None:
        super().__init__(parts, gap=gap, parent=parent)
        self._least = least

    def _lay(self, place: QRect, move: bool) -> int:
        seen = self._seen()
        if not seen:
            return 0
        least = max(px(self._least), *(item.minimumSize().width() for item in seen))
        fitting = (place.width() + self.spacing()) // (least + self.spacing())
        across = -(-len(seen) // -(-len(seen) // max(fitting, 1)))
        width = (place.width() - self.spacing() * (across - 1)) // across
        top = place.top()
        for first in range(0, len(seen), across):
            line = seen[first : first + across]
            height = max(_height(item, width) for item in line)
            for number, item in enumerate(line):
                if move:
                    item.setGeometry(QRect(place.left() + number * (width + self.spacing()), top, width, height))
            top += height + self.spacing()
        return top - self.spacing() - place.top()

    # Qt's own names from here on

    def minimumSize(self) -> QSize:
        seen = self._seen()
        width = max((item.minimumSize().width() for item in seen), default=0)
        return self._with_margins(QSize(width, max((item.minimumSize().height() for item in seen), default=0)))


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
