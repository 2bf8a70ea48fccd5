"""Colours, type and metrics of the window: one place from which light, dark and every text size come."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from medbills_desktop.domain.resource_files import resource

FAMILY = "MedBills Sans"
BODY_PIXELS = 13
SIZES = (100, 110, 125, 150, 175, 200)
"""Text sizes offered, in per cent."""

LIGHT = {
    "window": "#F5F6F8",
    "side": "#EEF0F3",
    "surface": "#FFFFFF",
    "border": "#E2E5EA",
    "control": "#818B9E",
    "text": "#1A2230",
    "muted": "#5B6679",
    "accent": "#1F5FA8",
    "accent_soft": "#E8F0FA",
    "on_accent": "#FFFFFF",
    "amber": "#8F5400",
    "amber_soft": "#FFF4DF",
    "red": "#A9332B",
    "red_soft": "#FDECEA",
    "green": "#1C6B45",
    "green_soft": "#E5F4EC",
    "hover": "#F0F3F7",
}
DARK = {
    "window": "#15181D",
    "side": "#1B1F26",
    "surface": "#1F242C",
    "border": "#313843",
    "control": "#7C879A",
    "text": "#E8EBF0",
    "muted": "#9AA5B5",
    "accent": "#7FB2F0",
    "accent_soft": "#22344C",
    "on_accent": "#10151C",
    "amber": "#F2B96B",
    "amber_soft": "#3A2E18",
    "red": "#F19A92",
    "red_soft": "#3E2220",
    "green": "#86D1A8",
    "green_soft": "#1B3528",
    "hover": "#262C36",
}


@dataclass(slots=True)
class _Look:
    dark: bool = False
    per_cent: int = 100


_look = _Look()


def token(name: str) -> QColor:
    """The colour of a token in the scheme in use."""
    return QColor((DARK if _look.dark else LIGHT)[name])


def is_dark() -> bool:
    """Whether the dark scheme is in use."""
    return _look.dark


def per_cent() -> int:
    """The text size in use, 100 to 200."""
    return _look.per_cent


def px(points: float) -> int:
    """A length in pixels that grows with the text size."""
    return round(points * _look.per_cent / 100)


def font(pixels: float = BODY_PIXELS, strong: bool = False) -> QFont:
    """The program's typeface at a size given for 100 % text."""
    found = QFont(FAMILY)
    found.setPixelSize(px(pixels))
    found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
    return found


def load_fonts() -> None:
    """Make the shipped fonts known to Qt; must run once after the application object exists."""
    for path in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def apply(application: QApplication, dark: bool, per_cent: int) -> None:
    """Put the scheme and text size into force for every window.

    Under a style sheet each of these steps dresses every widget anew, so the sheet is off until the last one.
    """
    _look.dark, _look.per_cent = dark, per_cent
    with _nothing_thrown_away():
        application.setStyleSheet("")
        if application.style().name() != "fusion":
            application.setStyle("Fusion")
        application.setFont(font())
        application.setPalette(_palette())
        application.setStyleSheet(_style_sheet())


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Keep Python from looking for what can be thrown away while Qt dresses every widget.

    Qt goes through a list of all widgets and tells each; where Python removes one of them meanwhile, Qt goes on with
    one that is gone, and the program is killed.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()


@contextmanager
def undressed() -> Iterator[None]:
    """Build a large window without the style sheet, which is put on once at the end.

    Qt applies it anew to everything inside whenever a part moves into a layout: half a second against a tenth.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        yield
        return
    sheet = application.styleSheet()
    with _nothing_thrown_away():
        application.setStyleSheet("")
    try:
        yield
    finally:
        with _nothing_thrown_away():
            application.setStyleSheet(sheet)


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for name, colour in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "window"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.PlaceholderText, "muted"),
        (role.Highlight, "accent_soft"),
        (role.HighlightedText, "text"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.Accent, "accent"),
        (role.Light, "surface"),
        (role.Midlight, "border"),
        (role.Mid, "border"),
        (role.Dark, "control"),
        (role.Shadow, "border"),
        (role.BrightText, "red"),
    ):
        palette.setColor(name, token(colour))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, token("muted"))
    return palette


def _style_sheet() -> str:
    values = dict(DARK if _look.dark else LIGHT)
    sizes = {f"p{n}": f"{px(n)}px" for n in (1, 2, 3, 4, 5, 6, 8, 10, 11, 12, 13, 15, 16, 20, 22, 24, 28, 32, 36)}
    for name in ("arrow", "left", "right", "tick"):
        values[name] = resource(f"style/{name}-{'dark' if _look.dark else 'light'}.svg").as_posix()
    text = resource("style/window.qss").read_text(encoding="utf-8")
    return Template(text).substitute(values | sizes)
