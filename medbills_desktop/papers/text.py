"""Pure functions on the text of papers: folding for search, finding with places, lines for the search index."""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Sequence

from medbills_desktop.papers.protocol import Box, Word

_LIKE: dict[str, str] = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″", '"'),
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_LIKE_TABLE = str.maketrans(_LIKE)


@functools.lru_cache(maxsize=4096)
def folded_char(char: str) -> str:
    """What `char` counts as in a search: small, without accents, dashes and quotes made plain; may be longer."""
    if char in _LIKE:
        return _LIKE[char]
    if char.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", char)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold()


def folded(text: str) -> str:
    """`text` as it counts in a search: every character folded, runs of blanks made one, no blanks at the
    ends."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_LIKE_TABLE))
        text = "".join(char for char in text if not unicodedata.combining(char)).casefold()
    return " ".join(text.lower().split())


Place = tuple[str, float, float, float, float, int]
"""One character, left, top, right, bottom in points, running number of its line. A blank may have no width."""


def places_of(needle: str, chars: Sequence[Place], limit: int) -> list[tuple[Box, ...]]:
    """Where `needle` stands among the characters of a page, at most `limit` times: one box per line touched.

    Text that a file draws twice on nearly the same spot (to look bold) counts once.
    """
    wanted = folded(needle)
    if not wanted:
        return []
    haystack, owners = _joined(chars)
    found: list[tuple[Box, ...]] = []
    start = haystack.find(wanted)
    while start >= 0 and len(found) < limit:
        boxes = _boxes([chars[owner] for owner in owners[start : start + len(wanted)] if owner >= 0])
        if boxes and not any(_same_spot(boxes, other) for other in found[-50:]):
            found.append(boxes)
        start = haystack.find(wanted, start + len(wanted))
    return found


def in_lines(words: Iterable[Word]) -> list[Word]:
    """The words in reading order of printed rows, `line` numbered from 0: top to bottom, then left to right.

    Files store words in any order, and engines end a line at every wide gap; a row of a bill is one line
    here. A word belongs to a row when its middle lies within the middle half of the row's first word.
    Upright words (codes printed up the margin) are lines of their own, at the end.
    """
    rows: list[list[Word]] = []
    upright: list[list[Word]] = []
    reach = float("-inf")
    for word in sorted(words, key=_middle):
        middle = (word.top + word.bottom) / 2
        if _upright(word):
            upright.append([word])
        elif middle < reach:
            rows[-1].append(word)
        else:
            rows.append([word])
            reach = middle + (word.bottom - word.top) / 4
    rows += upright
    return [
        Word(word.text, word.left, word.top, word.right, word.bottom, number)
        for number, row in enumerate(rows)
        for word in sorted(row, key=_left)
    ]


def lines_of(words: Iterable[Word]) -> list[str]:
    """The printed lines of a page, words joined by one blank, for the search index and for previews."""
    lines: dict[int, list[str]] = {}
    for word in without_shadows(words):
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


def without_shadows(words: Iterable[Word]) -> list[Word]:
    """The words less those printed again with an offset under a third of their height, as bold by double
    print."""
    kept: list[Word] = []
    spots: dict[str, list[Word]] = {}
    for word in words:
        near = (word.bottom - word.top) / 3
        twins = spots.setdefault(word.text, [])
        if not any(abs(word.left - twin.left) < near and abs(word.top - twin.top) < near for twin in twins):
            twins.append(word)
            kept.append(word)
    return kept


def _joined(chars: Sequence[Place]) -> tuple[str, list[int]]:
    """Folded text of the page with single blanks (line ends count as one) and the index of each one's owner."""
    parts: list[str] = []
    owners: list[int] = []
    line = None
    for index, (char, *_, its_line) in enumerate(chars):
        fold = folded_char(char)
        if (fold == " " or its_line != line) and parts and parts[-1] != " ":
            parts.append(" ")
            owners.append(-1)
        line = its_line
        if fold == " ":
            continue
        for each in fold:
            parts.append(each)
            owners.append(index)
    return "".join(parts), owners


def _boxes(chars: Iterable[Place]) -> tuple[Box, ...]:
    lines: dict[int, list[float]] = {}
    for _, left, top, right, bottom, line in chars:
        box = lines.setdefault(line, [left, top, right, bottom])
        box[:] = min(box[0], left), min(box[1], top), max(box[2], right), max(box[3], bottom)
    return tuple(Box(*box) for box in lines.values())


def _same_spot(one: tuple[Box, ...], other: tuple[Box, ...]) -> bool:
    near = (one[0].bottom - one[0].top) / 3
    return abs(one[0].left - other[0].left) < near and abs(one[0].top - other[0].top) < near


def _left(word: Word) -> float:
    return word.left


def _middle(word: Word) -> float:
    return (word.top + word.bottom) / 2


def _upright(word: Word) -> bool:
    return len(word.text) > 1 and word.bottom - word.top > 2 * (word.right - word.left)
