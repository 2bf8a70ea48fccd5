"""A tab of cards as a person sees it: what is told on it, and its buttons by their words."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from medbills_desktop.qt.bill.cards_tab import CardsTab
from medbills_desktop.qt.window import MainWindow
from tests.support.windows import settle


def open_tab(window: MainWindow, tab: CardsTab, bill_id: int = 1) -> None:
    """Bring a tab of a bill to the front."""
    window.going.show_page("bills")
    window.bills.show_bill(bill_id)
    window.bills.bill.tabs.setCurrentWidget(tab)
    settle(window)


def told(tab: QWidget) -> str:
    """All texts that are seen, a line each."""
    return "\n".join(each.text() for each in tab.findChildren(QLabel) if each.isVisible() and each.text())


def said(tab: QWidget, words: str) -> bool:
    """Whether a text is seen that holds these words."""
    return words in told(tab)


def buttons(tab: QWidget) -> list[str]:
    """The words of the buttons that are seen."""
    return [each.text() for each in tab.findChildren(QAbstractButton) if each.isVisible()]


def press_button(tab: QWidget, words: str, nth: int = 0) -> None:
    """Press the button of these words, the `nth` where there are several."""
    found = [each for each in tab.findChildren(QAbstractButton) if each.isVisible() and each.text() == words]
    assert len(found) > nth, f"no button “{words}” among {buttons(tab)}"
    assert found[nth].isEnabled(), words
    found[nth].click()


def field(tab: QWidget, name: str) -> QLineEdit:
    """A field of the tab by its name."""
    return next(each for each in tab.findChildren(QLineEdit) if each.accessibleName() == name and each.isVisible())
