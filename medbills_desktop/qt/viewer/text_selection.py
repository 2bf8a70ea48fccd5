"""Words of a paper between two of them, chosen with the mouse, for copying. No widget."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from medbills_desktop.papers.protocol import Box, Word

WordsOf = Callable[[int], "tuple[Word, ...] | None"]


@dataclass(frozen=True, order=True)
class WordPlace:
    """A word by its page and its running number on it (from 0)."""

    page: int
    index: int


@dataclass(frozen=True)
class TextSelection:
    """From the word where the mouse went down to the one where it is now; either may come first."""

    anchor: WordPlace
    head: WordPlace

    @property
    def pages(self) -> range:
        """The pages it touches."""
        return range(min(self.anchor.page, self.head.page), max(self.anchor.page, self.head.page) + 1)

    def words(self, page: int, words: Sequence[Word]) -> Sequence[Word]:
        """The selected ones of a page's words."""
        first, last = sorted((self.anchor, self.head))
        start = first.index if page == first.page else 0
        stop = last.index + 1 if page == last.page else len(words)
        return words[start:stop] if page in self.pages else ()

    def boxes(self, page: int, words: Sequence[Word]) -> Iterator[Box]:
        """One box for each printed line of the selection on a page."""
        for line in lines(self.words(page, words)):
            yield box_around(line)

    def text(self, words_of: WordsOf) -> str:
        """What is copied: words parted by blanks, printed lines by line ends."""
        chosen = (self.words(page, words_of(page) or ()) for page in self.pages)
        return "\n".join(" ".join(word.text for word in line) for words in chosen for line in lines(words))


def lines(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words grouped by the printed line they stand in."""
    for _, group in itertools.groupby(words, key=lambda word: word.line):
        yield list(group)


def box_around(words: Sequence[Word]) -> Box:
    """The smallest box that holds all of `words` (at least one)."""
    return Box(
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def word_at(words: Sequence[Word], x: float, y: float) -> int | None:
    """The number of the word under a point of the page, None when there is none."""
    for index, word in enumerate(words):
        if word.left <= x <= word.right and word.top <= y <= word.bottom:
            return index
    return None


def nearest_word(words: Sequence[Word], x: float, y: float) -> int | None:
    """The number of the word nearest to a point, a line's height counting more than the way along it."""
    if not words:
        return None

    def distance(index: int) -> tuple[float, float]:
        word = words[index]
        return _outside(y, word.top, word.bottom), _outside(x, word.left, word.right)

    return min(range(len(words)), key=distance)


def _outside(value: float, low: float, high: float) -> float:
    return low - value if value < low else max(0.0, value - high)
