"""Lengths that follow the text size: given once for 100 % text, and set anew whenever the size changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from medbills_desktop.qt.theme import px

_KEPT: Final = "lengths"
_LISTS: Final = ("margins", "gaps")


def _margins(layout: Any, sides: Any) -> None:
    layout.setContentsMargins(*(px(float(side)) for side in sides))


def _gaps(layout: Any, gaps: Any) -> None:
    for place, points in gaps:
        layout.itemAt(int(place)).spacerItem().changeSize(px(float(points)), px(float(points)))
    layout.invalidate()


def _size(name: str) -> Callable[[Any, Any], None]:
    def set_length(thing: Any, points: Any) -> None:
        getattr(thing, name)(px(float(points)))

    return set_length


_SETTERS: Mapping[str, Callable[[Any, Any], None]] = {
    "spacing": _size("setSpacing"),
    "across": _size("setHorizontalSpacing"),
    "down": _size("setVerticalSpacing"),
    "margins": _margins,
    "gaps": _gaps,
    "width": _size("setFixedWidth"),
    "height": _size("setFixedHeight"),
    "least_width": _size("setMinimumWidth"),
    "least_height": _size("setMinimumHeight"),
    "most_width": _size("setMaximumWidth"),
    "most_height": _size("setMaximumHeight"),
    "handle": _size("setHandleWidth"),
}


def keep(thing: QObject, **lengths: Any) -> None:
    """Set lengths of a widget or layout, in pixels at 100 % text; `follow` sets them anew.

    Known names: spacing, across, down, margins (left, top, right, bottom), gaps ((place, length) of each spacer),
    width, height, least_width, least_height, most_width, most_height, handle. Raises `KeyError` for any other.
    """
    known = dict(thing.property(_KEPT) or {})
    for name, points in lengths.items():
        _SETTERS[name](thing, points)
        known[name] = [list(each) if name == "gaps" else each for each in points] if name in _LISTS else points
    thing.setProperty(_KEPT, known)


def open_at(window: QWidget, width: float, height: float) -> None:
    """Give a window its size, in pixels at 100 % text, or what the screen has room for with a frame around it."""
    room = window.screen().availableGeometry()
    window.resize(min(px(width), room.width() - px(24)), min(px(height), room.height() - px(48)))


def follow(root: QWidget) -> None:
    """Set the kept lengths of a window and everything in it for the text size in use.

    A widget with a method `rescale` is asked to look after itself, such as a table with its rows and columns.
    """
    for thing in (root, *root.findChildren(QObject)):
        for name, points in dict(thing.property(_KEPT) or {}).items():
            _SETTERS[name](thing, points)
        rescale = getattr(thing, "rescale", None)
        if callable(rescale):
            rescale()


def follow_everywhere() -> None:
    """Bring every open window to the text size in use."""
    for window in QApplication.topLevelWidgets():
        follow(window)
