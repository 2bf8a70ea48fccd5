"""Text of the user's records made fit for the page: nothing vanishes, nothing is read as markup, no box for a glyph."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

from medbills_desktop.domain.letter_markup import Runs
from medbills_desktop.packet.bidi import has_rtl, starts_rtl, visual_order
from medbills_desktop.packet.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, font, font_for, width
from medbills_desktop.packet.shaping import shape_arabic
from medbills_desktop.packet.tagging import TaggedParagraph

_SPACES = dict.fromkeys(map(ord, "\t\v\f\u2028\u2029"), " ")
_INVISIBLE = ("Cf",)
_LOOKS = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
_LONGEST_TEXT = 200_000
OURS = "\N{LEFT-TO-RIGHT MARK}"
"""Put before a sentence of the program that may begin with a name, so that it reads from the left whatever the name."""
_ENDLESS = 1e6


class Markup(str):
    """Text that is already escaped and set in fonts, to be put into a paragraph as it is."""

    __slots__ = ()


def cleaned(text: str) -> str:
    """The text with composed letters; control characters and lone surrogates made visible as `[U+0000]`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text
    text = unicodedata.normalize("NFC", text.translate(_SPACES))
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char == "\n" or char.isprintable():
        return char
    kind = unicodedata.category(char)
    if kind in _INVISIBLE:
        return ""
    return " " if kind == "Zs" else code_point(char)


def code_point(char: str) -> str:
    """How a character stands that can't be drawn, such as `[U+1F600]`."""
    return f"[U+{ord(char):04X}]"


@dataclass
class Typesetter:
    """Turns text into markup for paragraphs and remembers the characters for which no font has a glyph."""

    missing: set[str] = field(default_factory=set)
    turned: dict[str, str] = field(default_factory=dict)
    """Lines with words that read from the right: as they are drawn, and as they are read."""
    _paragraphs: dict[tuple[str, str, float], TaggedParagraph] = field(default_factory=dict)

    def markup(self, text: str, bold: bool = False, size: float = 9.5, room: float | None = None) -> Markup:
        """Escaped text with a font for each run; lines that read from the right are broken to `room` points here."""
        weight = BOLD if bold else REGULAR
        shown = cleaned(text[:_LONGEST_TEXT])
        lines = shown.split("\n")
        if has_rtl(shown):
            ours = text.startswith(OURS)
            lines = [part for line in lines for part in self._rtl_lines(line, weight, size, room, ours)]
        return Markup("<br/>".join(self._runs(line, weight) for line in lines))

    def rich(self, lines: Iterable[Runs], size: float, room: float) -> Markup:
        """Lines with bold and italic stretches. A line with words that read from the right is put into its visual order
        whole, so it has one look: what all its stretches share, else the usual one."""
        return Markup("<br/>".join(self._rich_line(line, size, room) for line in lines))

    def _rich_line(self, line: Runs, size: float, room: float) -> str:
        text = "".join(run.text for run in line)
        if not line or has_rtl(text):
            looks = {(run.bold, run.italic) for run in line if run.text.strip()}
            weight = _LOOKS[looks.pop()] if len(looks) == 1 else REGULAR
            parts = self._rtl_lines(cleaned(text[:_LONGEST_TEXT]), weight, size, room, ours=False)
            return "<br/>".join(self._runs(part, weight, REGULAR) for part in parts)
        return "".join(
            self._runs(cleaned(run.text[:_LONGEST_TEXT]), _LOOKS[run.bold, run.italic], REGULAR) for run in line
        )

    def paragraph(self, text: Markup, style: Any, room: float) -> TaggedParagraph:
        """A paragraph broken to `room` points; the one of the pass before where nothing in it has changed."""
        key = (text, style.name, room)
        found = self._paragraphs.get(key)
        if found is None:
            found = self._paragraphs[key] = TaggedParagraph(text, style)
            found.wrap(room, _ENDLESS)
        return found

    def drawable(self, text: str, bold: bool = False) -> str:
        """One line of text as it can be drawn directly: in visual order, each missing glyph as its number."""
        weight = BOLD if bold else REGULAR
        line = cleaned(text).replace("\n", " ")
        if has_rtl(line):
            line = self._turned(line, False if text.startswith(OURS) else None)
        return "".join(char if self._font(char, weight) else code_point(char) for char in line)

    def _rtl_lines(self, line: str, weight: str, size: float, room: float | None, ours: bool) -> list[str]:
        rtl = not ours and starts_rtl(line)
        return [self._turned(part, rtl) for part in _broken(line, weight, size, room)]

    def _turned(self, line: str, rtl: bool | None) -> str:
        drawn = visual_order(shape_arabic(line), rtl)
        self.turned[" ".join(drawn.split())] = line
        return drawn

    def _font(self, char: str, weight: str) -> str | None:
        name = font_for(char, weight)
        if name is None:
            self.missing.add(char)
        return name

    def _runs(self, line: str, weight: str, usual: str = "") -> str:
        """A line in fonts; `usual` is the font of the paragraph, where that is another than the weight asked for."""
        usual = usual or weight
        if line.isascii():
            if weight != usual:
                font(weight)
            return _tagged(line, weight, usual)
        out: list[str] = []
        run, run_font = "", weight
        for char in line:
            name = self._font(char, weight)
            drawn = char if name else code_point(char)
            name = name or weight
            if name != run_font and run:
                out.append(_tagged(run, run_font, usual))
                run = ""
            run, run_font = run + drawn, name
        out.append(_tagged(run, run_font, usual))
        return "".join(out)


def _tagged(run: str, name: str, weight: str) -> str:
    return escape(run) if name == weight else f'<font name="{name}">{escape(run)}</font>'


def _broken(line: str, weight: str, size: float, room: float | None) -> list[str]:
    """The line broken at spaces so that each part fits into `room` points."""
    if room is None or width(line, weight, size) <= room:
        return [line]
    parts: list[str] = []
    for word in line.split(" "):
        longer = f"{parts[-1]} {word}" if parts else word
        if parts and width(longer, weight, size) <= room:
            parts[-1] = longer
        else:
            parts.append(word)
    return parts
