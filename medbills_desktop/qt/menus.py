"""Building the menu bar from the tables in `actions`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from medbills_desktop.qt.actions import ACTIONS, MENUS, SEPARATOR


def build_actions(window: QMainWindow, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """Make every action, connected to its handler; raises `KeyError` where one has none."""
    made: dict[str, QAction] = {}
    for spec in ACTIONS:
        action = QAction(QCoreApplication.translate("Actions", spec.text), window)
        action.setObjectName(spec.id)
        action.setCheckable(spec.checkable)
        if spec.keys:
            action.setShortcut(QKeySequence(spec.keys))
        action.triggered.connect(handlers[spec.id])
        window.addAction(action)
        made[spec.id] = action
    return made


def build_menus(window: QMainWindow, actions: Mapping[str, QAction]) -> None:
    """Fill the menu bar."""
    for title, ids in MENUS:
        menu = window.menuBar().addMenu(QCoreApplication.translate("Menus", title))
        for id_ in ids:
            if id_ == SEPARATOR:
                menu.addSeparator()
            else:
                menu.addAction(actions[id_])
