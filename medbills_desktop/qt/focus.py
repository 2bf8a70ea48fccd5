"""Where the keyboard goes when it is sent to a part of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def first_focus(area: QWidget) -> bool:
    """Give the keyboard to an area: to itself, or to the first thing inside that takes it; whether anything did."""
    if area.focusPolicy() & Qt.FocusPolicy.TabFocus:
        area.setFocus(Qt.FocusReason.TabFocusReason)
        return True
    step: QWidget | None = area.nextInFocusChain()
    while step is not None and step is not area:
        takes_it = step.isVisible() and step.isEnabled() and step.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes_it and area.isAncestorOf(step):
            step.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        step = step.nextInFocusChain()
    return False
