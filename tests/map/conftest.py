"""A real window for following the click."""

from __future__ import annotations

from tests.support.windows import _fonts, library, open_window, window

__all__ = ["_fonts", "library", "open_window", "window"]
