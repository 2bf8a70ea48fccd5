"""Arabic letters in the form that joins them to their neighbours, from the tables of Unicode itself.

The PDF writer maps one character to one glyph. Unicode keeps a character for every joined form (isolated, initial,
medial, final, and lam-alef); the shipped Arabic font draws them. The text layer is turned back into plain
letters later.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_BLOCKS = (range(0xFB50, 0xFBB2), range(0xFBD3, 0xFC00), range(0xFE80, 0xFEFD))
_LAM = "\u0644"
_TATWEEL = "\u0640"


@cache
def _forms() -> dict[str, dict[str, str]]:
    """For each letter (or lam with alef) the character of each of its forms."""
    forms: dict[str, dict[str, str]] = {}
    for block in _BLOCKS:
        for code in block:
            parts = unicodedata.decomposition(chr(code)).split()
            if parts and parts[0].startswith("<") and len(parts) <= 3:
                letters = "".join(chr(int(part, 16)) for part in parts[1:])
                forms.setdefault(letters, {}).setdefault(parts[0][1:-1], chr(code))
    return forms


def shape_arabic(text: str) -> str:
    """The text, in reading order, with every Arabic letter in its joined form."""
    if not any("\u0600" <= char <= "\u06ff" for char in text):
        return text
    units = _units(text)
    out = []
    for i, unit in enumerate(units):
        forms = _forms().get(unit)
        if forms is None:
            out.append(unit)
            continue
        before = _joins_forward(_neighbour(units, i, -1)) and ("final" in forms or "medial" in forms)
        after = _joins_backward(_neighbour(units, i, 1)) and "initial" in forms
        name = "medial" if before and after else "final" if before else "initial" if after else "isolated"
        out.append(forms.get(name, unit))
    return "".join(out)


def _units(text: str) -> list[str]:
    """Single characters, but lam with a following alef as one, since they are drawn as one."""
    units: list[str] = []
    for char in text:
        if units and units[-1] == _LAM and _LAM + char in _forms():
            units[-1] = _LAM + char
        else:
            units.append(char)
    return units


def _neighbour(units: list[str], i: int, step: int) -> str:
    i += step
    while 0 <= i < len(units) and unicodedata.category(units[i][0]) == "Mn":
        i += step
    return units[i] if 0 <= i < len(units) else ""


def _joins_forward(unit: str) -> bool:
    return unit == _TATWEEL or "initial" in _forms().get(unit, {})


def _joins_backward(unit: str) -> bool:
    return unit == _TATWEEL or "final" in _forms().get(unit, {})
