"""Everything that can be done in the viewer pane, as one table: buttons, keys and the context menu come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class ViewAction:
    """One action: its id, its words, its keys (the first is shown), and whether it is on or off."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    checkable: bool = False


ACTIONS: tuple[ViewAction, ...] = (
    ViewAction("zoom_out", "Zoom out", ("Ctrl+-",)),
    ViewAction("zoom_in", "Zoom in", ("Ctrl++", "Ctrl+=")),
    ViewAction("fit", "Fit", ()),
    ViewAction("fit_width", "Fit width", ("Ctrl+0",)),
    ViewAction("fit_page", "Fit page", ("Ctrl+9",)),
    ViewAction("actual_size", "Actual size", ("Ctrl+8",)),
    ViewAction("turn", "Turn page clockwise", ("Ctrl+R",)),
    ViewAction("turn_back", "Turn page counter-clockwise", ("Ctrl+Shift+R",)),
    ViewAction("thumbnails", "Page thumbnails", ("F9",), checkable=True),
    ViewAction("go_to_page", "Go to page", ("Ctrl+G",)),
    ViewAction("next_page", "Next page", ("Ctrl+PgDown",)),
    ViewAction("previous_page", "Previous page", ("Ctrl+PgUp",)),
    ViewAction("find", "Find in this paper", ("Ctrl+F",)),
    ViewAction("find_next", "Next place found", ("F3",)),
    ViewAction("find_previous", "Previous place found", ("Shift+F3",)),
    ViewAction("choose_region", "Link region", ("R",), checkable=True),
    ViewAction("take_out", "Take out of copies", ("T",), checkable=True),
    ViewAction("next_region", "Next linked region", ("Alt+Down",)),
    ViewAction("previous_region", "Previous linked region", ("Alt+Up",)),
    ViewAction("copy", "Copy", ("Ctrl+C",)),
    ViewAction("select_page", "Select the text of the page", ("Ctrl+A",)),
    ViewAction("detach", "Viewer in its own window, or back", ("Shift+F8",)),
)

MENU = (
    "copy",
    "select_page",
    "-",
    "choose_region",
    "take_out",
    "-",
    "fit_width",
    "fit_page",
    "actual_size",
    "zoom_in",
    "zoom_out",
    "-",
    "turn",
    "turn_back",
    "-",
    "go_to_page",
    "find",
    "thumbnails",
    "detach",
)
"""The context menu of the pages."""


def build_actions(parent: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """The actions by id. Their keys are pressed through `pressed`, so they never fight with the window's own."""
    built = {}
    for spec in ACTIONS:
        action = QAction(QCoreApplication.translate("ViewerPane", spec.text), parent)
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.setToolTip(with_keys(action))
        action.triggered.connect(handlers[spec.id])
        built[spec.id] = action
    return built


def with_keys(action: QAction) -> str:
    """The words of a button's tooltip, the keys with them."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.text()} ({keys})" if keys else action.text()


def pressed(actions: Mapping[str, QAction], event: QKeyEvent) -> QAction | None:
    """The action whose keys these are."""
    typed = _sequences(event)
    for action in actions.values():
        if action.isEnabled() and any(keys in typed for keys in action.shortcuts()):
            return action
    return None


def _sequences(event: QKeyEvent) -> list[QKeySequence]:
    """What was pressed, and the same without Shift for signs (on many keyboards + needs Shift)."""
    combination = event.keyCombination()
    key = combination.key()
    modifiers = combination.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
    found = [QKeySequence(int(key) | modifiers.value)]
    shift = Qt.KeyboardModifier.ShiftModifier
    if modifiers & shift and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
        found.append(QKeySequence(int(key) | (modifiers & ~shift).value))
    return found
