"""What can be done with lines, as one table: the context menu, the Lines menu and the keys of the grid come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from medbills_desktop.domain import words
from medbills_desktop.qt.bill.line_cells import MARK_KEYS

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class LineAct:
    """One act: its id, its words, its keys, and whether it changes the library."""

    id: str
    text: str
    keys: str
    writes: bool = True


ACTS: tuple[LineAct, ...] = (
    LineAct("insert_below", "Insert a line &below", "Ctrl+Return"),
    LineAct("insert_above", "Insert a line &above", "Ctrl+Shift+Return"),
    LineAct("copy", "&Copy cells", "Ctrl+C", writes=False),
    LineAct("paste", "&Paste rows", "Ctrl+V"),
    LineAct("clear", "C&lear cells", "Delete"),
    LineAct("remove", "&Remove lines", "Ctrl+Delete"),
)
MENU: tuple[str, ...] = ("insert_below", "insert_above", SEPARATOR, "copy", "paste", SEPARATOR, "clear", "remove")

MARK_PREFIX = "mark_"


def build_line_actions(grid: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """The actions of the grid by id. Their keys work only while the grid itself has the keyboard."""
    made: dict[str, QAction] = {}
    for act in ACTS:
        action = QAction(QCoreApplication.translate("Lines", act.text), grid)
        action.setShortcut(QKeySequence(act.keys))
        action.triggered.connect(handlers[act.id])
        made[act.id] = action
    for key, mark in MARK_KEYS.items():
        action = QAction(QCoreApplication.translate("Marks", words.MARK[mark]), grid)
        action.setShortcut(QKeySequence(f"Alt+{key}"))
        action.setData(mark)
        action.triggered.connect(handlers["mark"])
        made[f"{MARK_PREFIX}{mark}"] = action
    for action in made.values():
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        grid.addAction(action)
    return made


def is_writing(id_: str) -> bool:
    """Whether an action of the grid changes the library."""
    return id_.startswith(MARK_PREFIX) or next(act.writes for act in ACTS if act.id == id_)
