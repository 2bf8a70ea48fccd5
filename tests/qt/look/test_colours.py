"""Contrast, computed over the palette: 4.5 to 1 for whatever is read, 3 to 1 for edges that tell where to click."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from medbills_desktop.qt.theme import DARK, LIGHT

GROUNDS = ("window", "side", "surface", "hover", "accent_soft")
READ = [(ink, ground) for ink in ("text", "muted") for ground in GROUNDS]
READ += [(tone, ground) for tone in ("accent", "amber", "red", "green") for ground in ("window", "surface", "hover")]
READ += [(tone, f"{tone}_soft") for tone in ("accent", "amber", "red", "green")]
READ += [("on_accent", "accent"), ("red", "accent_soft"), ("amber", "accent_soft"), ("green", "accent_soft")]
SEEN = [("control", "surface"), ("control", "window"), ("accent", "surface"), ("accent", "window"), ("red", "surface")]


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2."""
    parts = QColor(colour).getRgbF()[:3]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure_is_the_published_one() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), READ, ids=lambda name: name)
def test_whatever_is_read_stands_out(scheme: dict[str, str], ink: str, ground: str) -> None:
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), SEEN, ids=lambda name: name)
def test_edges_of_fields_and_of_the_focus_are_seen(scheme: dict[str, str], edge: str, ground: str) -> None:
    assert contrast(scheme[edge], scheme[ground]) >= 3
