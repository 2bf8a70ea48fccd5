"""What can be seen in a window, and whether it is whole: for checks that go over every widget."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QWidget,
)

from medbills_desktop.qt.widgets import ElidedLabel, Pill
from medbills_desktop.qt.window import MainWindow

GIVES_WAY = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
"""A choice among names of any length, which are cut and stand in full in its list."""
PAGES = (
    "today",
    "bills",
    "findings",
    "calls",
    "letters",
    "papers",
    "payments",
    "people",
    "prices",
    "codes",
    "rules",
    "timeline",
    "search",
)
TABS = ("money", "lines", "findings", "calls", "letters", "papers", "offers")

CARD_TABS = ("assistance", "appeals", "collections", "dates")


def places(window: MainWindow) -> Iterator[str]:
    """Bring every page and every tab of a bill to the front, one after the other; gives its name."""
    for name in PAGES:
        if name not in window.pages:
            continue
        if name == "search":
            window.search_field.setText("itemized")
        window.going.show_page(name)
        yield name
    window.search_field.clear()
    window.going.show_page("bills")
    for name in (*TABS, *CARD_TABS):
        window.bills.bill.tabs.setCurrentWidget(getattr(window.bills.bill, name))
        yield f"bills/{name}"


def seen(window: QWidget) -> list[QWidget]:
    """Every widget that is shown in a window."""
    return [each for each in window.findChildren(QWidget) if each.isVisible() and each.window() is window]


def stops(window: QWidget) -> list[QWidget]:
    """Every widget at which Tab stops."""
    return [
        each
        for each in seen(window)
        if each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None
    ]


def spoken(widget: QWidget) -> str:
    """What a screen reader calls a widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface is not None else ""


def told(widget: QWidget) -> str:
    """A widget in words, for the message of a test that fails."""
    name = spoken(widget) or widget.objectName()
    return f"{type(widget).__name__} “{name[:40]}” in {type(widget.parentWidget()).__name__}"


def reached_by_tab(window: QWidget, start: QWidget) -> list[QWidget]:
    """The widgets that Tab visits from one on, in the order of the focus chain, once around."""
    found: list[QWidget] = []
    wanted = set(stops(window))
    step = start
    while True:
        if step in wanted:
            found.append(step)
        step = step.nextInFocusChain()
        if step is start or len(found) > 2000:
            return found


def _part_of_qt(widget: QWidget) -> bool:
    inside_a_field = isinstance(widget.parentWidget(), QLineEdit)
    return inside_a_field or isinstance(widget, QScrollBar | QSplitterHandle) or widget.objectName().startswith("qt_")


def clipped(window: QWidget) -> list[str]:
    """Labels, buttons and choices whose text has less room than it needs. Elided names are meant to give way."""
    found = []
    for each in seen(window):
        if _part_of_qt(each) or isinstance(each, ElidedLabel) or each.visibleRegion().isEmpty():
            continue
        if isinstance(each, QLabel) and each.text():
            wanted = each.heightForWidth(each.width()) if each.wordWrap() else each.sizeHint().height()
            if each.height() < wanted or (not each.wordWrap() and each.width() < each.sizeHint().width()):
                found.append(f"{told(each)}: {each.size().toTuple()} for {each.sizeHint().toTuple()}")
        elif isinstance(each, Pill):
            if each.width() < each.sizeHint().width():
                found.append(f"{told(each)}: {each.width()} for {each.sizeHint().width()}")
        elif isinstance(each, QAbstractButton) and each.text():
            letters = each.fontMetrics()
            of_the_text = QSize(letters.horizontalAdvance(each.text().replace("&", "")), letters.height())
            wanted_size = of_the_text if isinstance(each, QToolButton) else each.sizeHint()
            if each.width() < wanted_size.width() or each.height() < wanted_size.height():
                found.append(f"{told(each)}: {each.size().toTuple()} for {wanted_size.toTuple()}")
        elif isinstance(each, QComboBox) and each.sizeAdjustPolicy() != GIVES_WAY:
            wanted_width = each.fontMetrics().horizontalAdvance(each.currentText())
            if each.width() < wanted_width or each.height() < each.minimumSizeHint().height():
                found.append(f"{told(each)}: {each.width()} for {wanted_width}")
        elif isinstance(each, QTabBar):
            whole = sum(each.tabSizeHint(number).width() for number in range(each.count()))
            if each.width() < whole:
                found.append(f"{told(each)}: {each.width()} for {whole}")
    return found


def cut_off(window: QWidget) -> list[str]:
    """Buttons and labels that lie partly outside what holds them, where nothing can be scrolled to show them."""
    found = []
    for each in seen(window):
        if not isinstance(each, QLabel | QAbstractButton | QComboBox) or _part_of_qt(each):
            continue
        parent = each.parentWidget()
        if parent is None or isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue
        inside = QRect(0, 0, parent.width(), parent.height())
        if not inside.contains(each.geometry().intersected(QRect(each.pos(), each.size()))):
            found.append(f"{told(each)}: {each.geometry().getRect()} in {inside.getRect()}")
    return found


def hidden_sideways(window: QWidget) -> list[str]:
    """What lies beyond the right edge of a part that scrolls up and down only."""
    found = []
    for area in seen(window):
        if not isinstance(area, QScrollArea):
            continue
        if area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            continue
        inside = area.widget()
        if inside is not None and inside.width() > area.viewport().width():
            found.append(f"{told(inside)}: {inside.width()} in {area.viewport().width()}")
    return found


def settled() -> None:
    """Let layouts come to rest."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
