"""The fonts of the printed page: one family in two weights, italics for letters, fallbacks for other scripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from medbills_desktop.domain.resource_files import resource

REGULAR = "MedBillsSans"
BOLD = "MedBillsSans-SemiBold"
ITALIC = "MedBillsSans-Italic"
BOLD_ITALIC = "MedBillsSans-SemiBoldItalic"
"""The italics are for letters alone and read only where a letter has any; scripts of fallback fonts stand upright."""


@dataclass(frozen=True, slots=True)
class _Fallback:
    """A font that is asked for characters of some blocks only, so that a large file is read only when it is needed."""

    name: str
    file: str
    blocks: tuple[tuple[int, int], ...]


_FILES = {
    REGULAR: "MedBillsSans-Regular.ttf",
    BOLD: "MedBillsSans-SemiBold.ttf",
    ITALIC: "MedBillsSans-Italic.ttf",
    BOLD_ITALIC: "MedBillsSans-SemiBoldItalic.ttf",
}
_FALLBACKS = (
    _Fallback("Arabic", "NotoSansArabic-Regular.ttf", ((0x0600, 0x077F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))),
    _Fallback("Hebrew", "NotoSansHebrew-Regular.ttf", ((0x0590, 0x05FF), (0xFB1D, 0xFB4F))),
    _Fallback("Devanagari", "NotoSansDevanagari-Regular.ttf", ((0x0900, 0x097F), (0xA8E0, 0xA8FF))),
    _Fallback("Thai", "NotoSansThai-Regular.ttf", ((0x0E00, 0x0E7F),)),
    _Fallback("Korean", "NanumGothicCoding.ttf", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    _Fallback("Han", "DroidSansFallbackFull.ttf", ((0x2000, 0x2FFFF),)),
    _Fallback("Korean", "NanumGothicCoding.ttf", ((0x2000, 0xFFFF),)),
)


class _Widths(dict[str, float]):
    """Width of each character at size 1, found once."""

    def __init__(self, face: Any) -> None:
        super().__init__()
        self._face = face

    def __missing__(self, char: str) -> float:
        found: float = self._face.getCharWidth(ord(char)) / 1000
        self[char] = found
        return found


class _Font(TTFont):  # type: ignore[misc]
    """A font that measures text several times as fast as the PDF writer's own class does."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(name, file, asciiReadable=True, shapable=False)
        self._widths = _Widths(self.face)

    def stringWidth(self, text: str | bytes, size: float, encoding: str = "utf8") -> float:
        shown = text.decode(encoding) if isinstance(text, bytes) else text
        return size * sum(map(self._widths.__getitem__, shown))


@cache
def font(name: str) -> TTFont:
    """The font of that name, read and registered with the PDF writer at first use."""
    file = _FILES.get(name) or next(fallback.file for fallback in _FALLBACKS if fallback.name == name)
    found = _Font(name, str(resource(f"fonts/{file}")))
    pdfmetrics.registerFont(found)
    return found


def register() -> None:
    """Make the family known to the PDF writer, bold as its drawn weight. Italics are asked for by their own names."""
    font(REGULAR)
    font(BOLD)
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    pdfmetrics.registerFontFamily(BOLD, normal=BOLD, bold=BOLD, italic=BOLD, boldItalic=BOLD)


@cache
def font_for(char: str, weight: str) -> str | None:
    """The name of the font that draws a character: the family if it can, else a fallback, else `None`."""
    code = ord(char)
    if code in font(weight).face.charToGlyph:
        return weight
    for fallback in _FALLBACKS:
        inside = any(first <= code <= last for first, last in fallback.blocks)
        if inside and code in font(fallback.name).face.charToGlyph:
            return fallback.name
    return None


def width(text: str, weight: str, size: float) -> float:
    """How wide a text is in points at a size, fallbacks included; a character without glyph has no width."""
    if text.isascii():
        return float(font(weight).stringWidth(text, size))
    total = 0.0
    for char in text:
        name = font_for(char, weight)
        total += float(font(name).stringWidth(char, size)) if name else 0.0
    return total
