"""Right-to-left text in the order in which its glyphs are drawn, since the PDF writer only draws left to right.

Follows the Unicode bidirectional algorithm (UAX #9) for one line without embedded direction marks, which are dropped
before.
"""

from __future__ import annotations

import unicodedata

_RTL = ("R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def has_rtl(text: str) -> bool:
    """Whether any character is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(char) in _RTL for char in text)


def starts_rtl(text: str) -> bool:
    """Whether the first letter is of a right-to-left script, so that the paragraph reads from the right."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L" or kind in _RTL:
            return kind in _RTL
    return False


def visual_order(line: str, rtl: bool | None = None) -> str:
    """The characters of one line as drawn from left to right; `rtl` is the paragraph's direction, `None` to find it."""
    if not has_rtl(line):
        return line
    base = int(starts_rtl(line) if rtl is None else rtl)
    levels = _levels(line, base)
    order = _reordered(levels)
    drawn = [line[i].translate(_MIRRORED) if levels[i] % 2 else line[i] for i in order]
    return _marks_after_letters(drawn)


def _levels(line: str, base: int) -> list[int]:
    kinds = [unicodedata.bidirectional(char) or "L" for char in line]
    _resolve_weak(kinds, "R" if base else "L")
    _resolve_brackets(line, kinds, "R" if base else "L")
    _resolve_neutral(kinds, "R" if base else "L")
    levels = []
    for kind in kinds:
        if base % 2 == 0:
            levels.append(base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0))
        else:
            levels.append(base + (1 if kind in ("L", "EN", "AN") else 0))
    for i in range(len(line) - 1, -1, -1):
        if not line[i].isspace():
            break
        levels[i] = base
    return levels


def _resolve_weak(kinds: list[str], start: str) -> None:
    before, strong = start, start
    for i, kind in enumerate(kinds):
        if kind in ("NSM", "BN"):
            kinds[i] = before
        elif kind == "EN" and strong == "AL":
            kinds[i] = "AN"
        if kinds[i] in ("L", "R", "AL"):
            strong = kinds[i]
        before = kinds[i]
    for i, kind in enumerate(kinds):
        if kind == "AL":
            kinds[i] = "R"
    _resolve_number_signs(kinds)
    strong = start
    for i, kind in enumerate(kinds):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[i] = "L"


def _resolve_number_signs(kinds: list[str]) -> None:
    """Separators between two numbers and signs beside a number belong to it (W4 to W6)."""
    for i in range(1, len(kinds) - 1):
        left, right = kinds[i - 1], kinds[i + 1]
        if left == right and ((kinds[i] == "ES" and left == "EN") or (kinds[i] == "CS" and left in ("EN", "AN"))):
            kinds[i] = left
    for around in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        before = ""
        for i in around:
            if kinds[i] == "ET" and before == "EN":
                kinds[i] = "EN"
            before = kinds[i]
    for i, kind in enumerate(kinds):
        if kind in ("ES", "CS", "ET"):
            kinds[i] = "ON"


def _resolve_brackets(line: str, kinds: list[str], base: str) -> None:
    """Both brackets of a pair take the direction of what they hold, or of what stands before them (N0)."""
    for opening, closing in _bracket_pairs(line, kinds):
        inside = {_side(kind) for kind in kinds[opening + 1 : closing] if kind not in _NEUTRAL}
        if base in inside:
            kinds[opening] = kinds[closing] = base
        elif inside:
            before = next((_side(kind) for kind in reversed(kinds[:opening]) if kind not in _NEUTRAL), base)
            kinds[opening] = kinds[closing] = before


def _bracket_pairs(line: str, kinds: list[str]) -> list[tuple[int, int]]:
    opened: list[int] = []
    pairs = []
    for i, char in enumerate(line):
        if kinds[i] != "ON":
            continue
        if char in _BRACKETS.values():
            opened.append(i)
        elif char in _BRACKETS:
            for depth in range(len(opened) - 1, -1, -1):
                if line[opened[depth]] == _BRACKETS[char]:
                    pairs.append((opened[depth], i))
                    del opened[depth:]
                    break
    return sorted(pairs)


def _resolve_neutral(kinds: list[str], base: str) -> None:
    i = 0
    while i < len(kinds):
        if kinds[i] not in _NEUTRAL:
            i += 1
            continue
        end = i
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        left = _side(kinds[i - 1]) if i else base
        right = _side(kinds[end]) if end < len(kinds) else base
        kinds[i:end] = [left if left == right else base] * (end - i)
        i = end


def _side(kind: str) -> str:
    return "R" if kind in ("R", "AN", "EN") else "L"


def _reordered(levels: list[int]) -> list[int]:
    order = list(range(len(levels)))
    for level in range(max(levels), 0, -1):
        i = 0
        while i < len(order):
            if levels[order[i]] < level:
                i += 1
                continue
            end = i
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[i:end] = reversed(order[i:end])
            i = end
    return order


def _marks_after_letters(drawn: list[str]) -> str:
    """Vowel signs that reversal put before their letter go behind it again, where fonts expect them (L3)."""
    out: list[str] = []
    waiting: list[str] = []
    for char in drawn:
        if unicodedata.bidirectional(char) == "NSM":
            waiting.append(char)
            continue
        out.append(char)
        if unicodedata.bidirectional(char) in _RTL:
            out.extend(reversed(waiting))
        else:
            out[-1:-1] = waiting
        waiting = []
    return "".join(out + waiting)
